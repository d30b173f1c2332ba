"""Reading for a rehearsal: the text that would be rehearsed, as its page would be, and why it cannot be, if so.

Everything here is for officers and decision makers; for anybody else each question has no answer.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from samspel.engine.calls.edition import digest
from samspel.engine.calls.reading.call import read
from samspel.engine.calls.text import said
from samspel.engine.located import NotReadableError
from samspel.engine.permissions import AUTHORITY_ROLES
from samspel.engine.verdicts import Reason
from samspel.store.access import visible_to
from samspel.store.models import Call
from samspel.store.queries.calls import CallShown
from samspel.store.version import head

if TYPE_CHECKING:
    from samspel.engine.calls.rehearsal import Moment
    from samspel.engine.calls.rehearsed import Played
    from samspel.engine.permissions import Actor

REHEARSED_IN = ("draft", "open")
"""States in which there may be a text that is not in force yet."""


@dataclass(frozen=True, slots=True)
class Rehearsable:
    """A call's newest text that is not in force, as its page would be; `amends` is the edition that it would change.

    `refused` says why there is nothing to rehearse. Two are equal when they would be rehearsed alike.
    """

    shown: CallShown
    amends: int
    version: str
    refused: Reason | None = None

    def at(self, played: Played) -> CallShown:
        """The call as its page would be at a rehearsed moment."""
        return replace(
            self.shown, state=played.state, closed_at=played.closed_at, decided_at=played.decided_at, number=1
        )

    def key(self, moments: tuple[Moment, ...], language: str) -> tuple[object, ...]:
        """What the outcome of a rehearsal depends on."""
        return self.shown.digest, self.shown.id, self.amends, self.version, moments, language


def open_to(actor: Actor) -> bool:
    """Whether this person may rehearse calls."""
    return bool(actor.roles & AUTHORITY_ROLES)


def rehearsable(actor: Actor, call_id: str, *, language: str) -> Rehearsable | None:
    """The text of a call to be rehearsed; None when there is no such call that the person may know of.

    Raises:
        NotReadableError: what is stored as the draft is not a call.
    """
    row = visible_to(actor, Call).filter(pk=call_id).prefetch_related("editions").first() if open_to(actor) else None
    if row is None:
        return None
    newest = max(row.editions.all(), key=lambda edition: edition.number, default=None)
    text, own = read(row.draft), digest(row.draft)
    refused = None
    if row.state not in REHEARSED_IN:
        refused = Reason.of("permission.state", state=row.state)
    elif newest is not None and newest.digest == own:
        refused = Reason.of("call.nothing-amended")
    shown = CallShown(
        digest=own,
        id=row.pk,
        state=row.state,
        title=said(text.title, language),
        purpose=said(text.purpose, language),
        number=newest.number if newest else 0,
        published_at=newest.published_at if newest else None,
        closed_at=None,
        decided_at=None,
        text=text,
        files=row.draft,
        can=frozenset(),
    )
    return Rehearsable(shown, newest.number if newest else 0, head(), refused)


def unreadable(actor: Actor, call_id: str) -> bool:
    """Whether the call is there for this person, but its draft is no call any more."""
    row = visible_to(actor, Call).filter(pk=call_id).first() if open_to(actor) else None
    if row is None:
        return False
    try:
        read(row.draft)
    except NotReadableError:
        return True
    return False
