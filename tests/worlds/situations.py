"""Whole situations to test in: the small world, played by real actions as far as the test needs and no further."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from samspel.actions import applications as application_actions
from samspel.actions import calls, selection
from samspel.cli.world import Stage, _fields, folder, read_world
from samspel.engine.calls.edition import FILES
from samspel.store.models import (
    Application,
    Assessment,
    Call,
    Constellation,
    JournalEntry,
    Organisation,
    Priority,
    Proposal,
    Theme,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from samspel.engine.permissions import Actor

ROOT = Path(__file__).resolve().parents[2]
CALL_FOLDER = ROOT / "calls" / "kluster-2016"
PACK = ROOT / "registers" / "sweden"
SMALL = Path(__file__).with_name("small.toml")
AT = datetime(2016, 10, 3, 10, 0, tzinfo=UTC)
"""When everything happens in the small world."""


def call_files(**changed: str) -> dict[str, str]:
    """Read the real call's files; `call`, `form`, `cases` and `source` put another text in place of one of them."""
    names = {"call": "call.toml", "form": "form.toml", "cases": "cases.toml", "source": "SOURCE.md"}
    return folder(CALL_FOLDER, FILES) | {names[key]: text for key, text in changed.items()}


@dataclass
class Situation:
    """The small world as far as it has been played. Every row is read afresh when it is asked for."""

    stage: Stage

    @classmethod
    def small(cls) -> Situation:
        return cls(Stage(read_world(SMALL.read_text(encoding="utf-8")), lambda: AT))

    def entry(self, name: str) -> Mapping[str, Any]:
        return next(one for one in self.stage.world.applications if one["id"] == name)

    def person(self, name: str) -> Actor:
        return self.stage.person(name)

    @property
    def officer(self) -> Actor:
        return self.person("officer")

    @property
    def decision_maker(self) -> Actor:
        return self.person("decision-maker")

    @property
    def assessor(self) -> Actor:
        return self.person("assessor")

    @property
    def lead(self) -> Actor:
        return self.person("lead")

    @property
    def call(self) -> Call:
        return Call.objects.get()

    def constellation(self, name: str = "alfa") -> Constellation:
        return Constellation.objects.get(lead=f"small-{name}")

    def application(self, name: str = "alfa") -> Application:
        return Application.objects.get(constellation__lead=f"small-{name}")

    def assessment(self, name: str = "alfa") -> Assessment:
        return Assessment.objects.get(application__constellation__lead=f"small-{name}")

    @property
    def proposal(self) -> Proposal:
        return Proposal.objects.get()

    def organisation(self, name: str) -> Organisation:
        return Organisation.objects.get(pk=f"small-{name}")

    def theme(self, code: str = "health-care") -> Theme:
        return Theme.objects.get(pk=code)

    def priority(self, pk: str = "se110-halsa-vard-omsorg") -> Priority:
        return Priority.objects.get(pk=pk)

    # The steps, each on top of the one before.

    def load_register(self) -> None:
        self.stage.load_register(PACK)
        self.stage.enter_invented()
        self.stage.open_accounts()

    def draft_call(self) -> None:
        calls.draft(actor=self.officer, at=AT, files=call_files())

    def publish_call(self) -> None:
        calls.publish(actor=self.decision_maker, at=AT, call=self.call)

    def form(self, name: str = "alfa") -> None:
        self.stage.form(self.entry(name), self.call)

    def write(self, name: str = "alfa") -> None:
        """Start the application and save all of its parts, without submitting it."""
        entry = self.entry(name)
        lead = self.stage.person({"alfa": "lead", "delta": "other-lead", "epsilon": "third-lead"}[name])
        application = application_actions.start(actor=lead, at=AT, constellation=self.constellation(name))
        for part, fields in _fields(entry):
            application_actions.save(actor=lead, at=AT, application=application, part=part, fields=fields, revision=0)

    def submit_all(self) -> None:
        application_actions.submit(actor=self.lead, at=AT, application=self.application())
        for name in ("delta", "epsilon"):
            self.form(name)
            self.stage.apply(self.entry(name), self.constellation(name))

    def determine_all(self) -> None:
        for name in ("alfa", "delta", "epsilon"):
            self.stage.determine(self.entry(name), self.application(name))

    def assess_all(self) -> None:
        for name in ("alfa", "delta"):
            self.stage.assess(self.entry(name), self.application(name))

    def close_call(self) -> None:
        calls.close(actor=self.officer, at=AT, call=self.call)

    def propose(self) -> None:
        selection.propose(actor=self.officer, at=AT, call=self.call)

    def decide(self) -> None:
        selection.decide(actor=self.decision_maker, at=AT, proposal=self.proposal, motivation="Som föreslaget.")


def journal_length() -> int:
    return JournalEntry.objects.count()


def newest_line() -> dict[str, Any]:
    """The journal's newest line as plain values, all but its digests."""
    entry = JournalEntry.objects.latest("number")
    return {
        "verb": entry.verb,
        "noun": entry.noun,
        "subject": entry.subject,
        "actor": entry.actor_id,
        "actor_name": entry.actor_name,
        "at": entry.at,
        "before": entry.before,
        "after": entry.after,
    }


def line(
    verb: str, noun: str, subject: object, actor: Actor, *, before: dict[str, Any], after: dict[str, Any]
) -> dict[str, Any]:
    """A journal line as it must be, to compare with the newest."""
    return {
        "verb": verb,
        "noun": noun,
        "subject": str(subject),
        "actor": actor.id if actor.id > 0 else None,
        "actor_name": actor.name,
        "at": AT,
        "before": before,
        "after": after,
    }
