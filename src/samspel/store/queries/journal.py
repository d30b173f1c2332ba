"""Reading the journal: its head, which is the version of everything, and its lines for officers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from samspel.store import journal
from samspel.store.access import visible_to
from samspel.store.models import JournalEntry, JournalHead

if TYPE_CHECKING:
    from datetime import datetime

    from samspel.engine.permissions import Actor

PAGE_LENGTH = 50


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the journal."""

    number: int
    at: datetime
    actor: str
    verb: str
    noun: str
    subject: str
    before: dict[str, Any]
    after: dict[str, Any]
    digest: str


def head() -> str:
    """The number and digest of the newest entry; it changes with every write and with nothing else."""
    row = JournalHead.objects.filter(id=1).values_list("number", "digest").first()
    return f"{row[0]} {row[1]}" if row else "0"


def lines(actor: Actor, *, noun: str = "", subject: str = "", page: int = 1) -> tuple[list[Line], int]:
    """A page of the journal, newest first, and how many lines there are in all."""
    rows = visible_to(actor, JournalEntry)
    if noun:
        rows = rows.filter(noun=noun)
    if subject:
        rows = rows.filter(subject=subject)
    first = (page - 1) * PAGE_LENGTH
    found = [
        Line(
            number=row.number,
            at=row.at,
            actor=row.actor_name,
            verb=row.verb,
            noun=row.noun,
            subject=row.subject,
            before=row.before,
            after=row.after,
            digest=row.digest,
        )
        for row in rows.order_by("-number")[first : first + PAGE_LENGTH]
    ]
    return found, rows.count()


def first_broken() -> int | None:
    """The number of the first entry whose digest does not fit; None when the whole chain holds."""
    entry = journal.broken(JournalEntry.objects.order_by("number").iterator())
    return entry.number if entry else None
