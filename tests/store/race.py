"""Two people at the same moment, on a database of their own; run by itself, it prints what became of each.

Each writer is a thread with a connection of its own. They wait for each other before they act.
"""

from __future__ import annotations

import json
import sys
from threading import Barrier, Thread
from typing import TYPE_CHECKING, Any

import django

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS = 5


def both(act: Callable[[int], str]) -> list[str]:
    """Let two threads act at once and give what became of each."""
    from django.db import connection

    together, told = Barrier(2), ["", ""]

    def run(number: int) -> None:
        try:
            together.wait()
            told[number] = act(number)
        except Exception as error:  # noqa: BLE001 - whatever happens is the answer
            told[number] = type(error).__name__ + f" {error}"
        finally:
            connection.close()

    threads = [Thread(target=run, args=(number,)) for number in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(told)


def play() -> dict[str, Any]:
    """Save the same revision twice, several times over; then submit the same application twice."""
    from samspel.actions import applications
    from samspel.store.models import JournalEntry, Submission
    from samspel.store.queries.journal import first_broken
    from tests.worlds.situations import AT, Situation

    world = Situation.small()
    world.load_register()
    world.draft_call()
    world.publish_call()
    world.form()
    world.write()
    application = world.application()
    writers = [world.lead, world.person("member")]
    answers = dict(world.entry("alfa")["answers"])
    read = [1]

    def save(number: int) -> str:
        fields = answers | {"need": f"Skrivet av {number}."}
        part = applications.save(
            actor=writers[number], at=AT, application=application, part="answers", fields=fields, revision=read[0]
        )
        return f"saved {part.revision}"

    def submit(_: int) -> str:
        return applications.submit(actor=world.lead, at=AT, application=world.application()).receipt

    saves = []
    for revision in range(1, ROUNDS + 1):
        read[0] = revision
        saves.append(both(save))
    submits = both(submit)
    return {
        "saves": saves,
        "save_lines": JournalEntry.objects.filter(verb="applications.save").count(),
        "revision": world.application().parts.get(key="answers").revision,
        "submits": submits,
        "submit_lines": JournalEntry.objects.filter(verb="applications.submit").count(),
        "submissions": list(Submission.objects.values_list("receipt", flat=True)),
        "broken": first_broken(),
    }


if __name__ == "__main__":
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    json.dump(play(), sys.stdout)
