"""Reading the journal: its lines for officers, and whether they hold together.

A line is shown to everybody who may read the journal. What was written in the matter is shown only if the reader
might have seen the matter in the state it was in then: a draft of an application, or an assessor's unfinished
grades, stay with those who wrote them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from samspel.engine import permissions
from samspel.engine.permissions import Subject
from samspel.store import journal
from samspel.store.access import visible_to
from samspel.store.models import JournalEntry, JournalHead

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from samspel.engine.permissions import Actor

PAGE_LENGTH = 50


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the journal; `before` and `after` are empty when they are `withheld` from the reader.

    `about` names the call or application that the line belongs to, as far as it is known: a noun and its key.
    """

    number: int
    at: datetime
    actor: str
    verb: str
    noun: str
    subject: str
    before: dict[str, Any]
    after: dict[str, Any]
    digest: str
    withheld: bool = False
    about: tuple[str, str] = ("", "")


def _withheld(actor: Actor, row: JournalEntry) -> bool:
    """Whether the reader could not have seen the matter in the state that the line left it in."""
    state = str(row.after.get("state") or row.before.get("state") or "")
    if row.noun not in permissions.AUTHORITY_STATES or not state:
        return False
    return not permissions.may_see(row.noun, actor, Subject(state=state))


def _about(row: JournalEntry) -> tuple[str, str]:
    """The call or application that the line belongs to."""
    columns = row.before | row.after
    if row.noun in ("call", "application"):
        return row.noun, row.subject
    for noun in ("application", "call"):
        if columns.get(f"{noun}_id"):
            return noun, str(columns[f"{noun}_id"])
    return "", ""


def _line(actor: Actor, row: JournalEntry) -> Line:
    """One entry as this person may read it."""
    withheld = _withheld(actor, row)
    return Line(
        number=row.number,
        at=row.at,
        actor=row.actor_name,
        verb=row.verb,
        noun=row.noun,
        subject=row.subject,
        before={} if withheld else row.before,
        after={} if withheld else row.after,
        digest=row.digest,
        withheld=withheld,
        about=_about(row),
    )


def lines(actor: Actor, *, noun: str = "", subject: str = "", page: int = 1) -> tuple[list[Line], int]:
    """A page of the journal, newest first, and how many lines there are in all."""
    rows = visible_to(actor, JournalEntry)
    if noun:
        rows = rows.filter(noun=noun)
    if subject:
        rows = rows.filter(subject=subject)
    first = (page - 1) * PAGE_LENGTH
    found = [_line(actor, row) for row in rows.order_by("-number")[first : first + PAGE_LENGTH]]
    return found, rows.count()


def history(actor: Actor, matters: Iterable[tuple[str, str]]) -> list[Line]:
    """The newest lines about any of these matters (noun and key), newest first."""
    wanted = Q(pk__in=[])
    for noun, subject in matters:
        wanted |= Q(noun=noun, subject=subject)
    return [
        _line(actor, row) for row in visible_to(actor, JournalEntry).filter(wanted).order_by("-number")[:PAGE_LENGTH]
    ]


def first_broken() -> int | None:
    """The number of the first line that does not hold; None when the whole journal does."""
    return journal.broken(JournalEntry.objects.order_by("number").iterator(), JournalHead.objects.first())
