"""Reading for the designer: a call's text as it is drafted or amended, what it is compared with, and whom it touches.

Everything here is for officers and decision makers; for anybody else each question has no answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from samspel.engine import permissions
from samspel.engine.calls.edition import digest
from samspel.engine.calls.reading.call import read
from samspel.engine.calls.text import said
from samspel.engine.located import NotReadableError
from samspel.engine.permissions import AUTHORITY_ROLES
from samspel.store.access import visible_to
from samspel.store.models import Application, Call
from samspel.store.queries.calls import CallShown
from samspel.store.snapshots.constellations import listed_regions
from samspel.store.snapshots.judged import situation_of
from samspel.store.snapshots.subjects import subject

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from samspel.engine.calls.situation import Situation
    from samspel.engine.permissions import Actor
    from samspel.engine.verdicts import Reason

DRAFT, AMEND, PUBLISH, REPUBLISH = "calls.draft", "calls.amend", "calls.publish", "calls.republish"
UNDECIDED = frozenset({"submitted", "eligible"})


@dataclass(frozen=True, slots=True)
class InForce:
    """The newest edition of a call: its number, its files and their digest."""

    number: int
    files: Mapping[str, str]
    digest: str


@dataclass(frozen=True, slots=True)
class Design:
    """A call in the designer: the text as last saved, what is in force, and what this person may do.

    `writes` and `publishes` are the verbs for saving and publishing in the call's state; empty where it is past
    changing. `refused` says why this person may not publish.
    """

    id: str
    state: str
    files: Mapping[str, str]
    digest: str
    saved_by: str
    saved_at: datetime
    in_force: InForce | None
    writes: str
    publishes: str
    may_write: bool
    refused: Reason | None

    @property
    def amended(self) -> bool:
        """Whether the text differs from the edition in force."""
        return self.in_force is None or self.in_force.digest != self.digest


def open_to(actor: Actor) -> bool:
    """Whether this person may look into the designer at all."""
    return bool(actor.roles & AUTHORITY_ROLES)


def may_draft(actor: Actor) -> bool:
    """Whether this person may begin a new call."""
    return bool(permissions.may(DRAFT, actor, permissions.Subject(state="new")))


def design(actor: Actor, call_id: str) -> Design | None:
    """A call in the designer; None when there is no such call that the person may know of."""
    rows = visible_to(actor, Call).select_related("drafted_by").prefetch_related("editions")
    row = rows.filter(pk=call_id).first() if open_to(actor) else None
    if row is None:
        return None
    writes, publishes = {"draft": (DRAFT, PUBLISH), "open": (AMEND, REPUBLISH)}.get(row.state, ("", ""))
    matter = subject(row)
    answer = permissions.may(publishes or PUBLISH, actor, matter)
    editions = list(row.editions.all())
    newest = editions[-1] if editions else None
    return Design(
        id=row.pk,
        state=row.state,
        files=row.draft,
        digest=digest(row.draft),
        saved_by=row.drafted_by.name,
        saved_at=row.drafted_at,
        in_force=InForce(newest.number, newest.files, newest.digest) if newest else None,
        writes=writes,
        publishes=publishes,
        may_write=bool(writes) and bool(permissions.may(writes, actor, matter)),
        refused=None if answer else answer.reason,
    )


def preview(found: Design, *, language: str) -> CallShown:
    """The call as its public page will show it once this text is in force.

    Raises:
        NotReadableError: the text is not a call.
    """
    text = read(found.files)
    return CallShown(
        digest=found.digest,
        id=found.id,
        state=found.state,
        title=said(text.title, language),
        purpose=said(text.purpose, language),
        number=0,
        published_at=None,
        closed_at=None,
        decided_at=None,
        text=text,
        files=found.files,
        can=frozenset(),
    )


@dataclass(frozen=True, slots=True)
class Beside:
    """Another call: to begin a new one from, or to compare with. `files` are of its newest edition, or its draft."""

    id: str
    title: str
    state: str
    files: Mapping[str, str]


def others(actor: Actor, *, language: str, besides: str = "") -> list[Beside]:
    """Every other call that the person may know of, by title."""
    if not open_to(actor):
        return []
    found = []
    for row in visible_to(actor, Call).prefetch_related("editions").exclude(pk=besides):
        editions = list(row.editions.all())
        files = editions[-1].files if editions else row.draft
        found.append(Beside(row.pk, _title(files, language) or row.pk, row.state, files))
    return sorted(found, key=lambda one: (one.title.casefold(), one.id))


def _title(files: Mapping[str, str], language: str) -> str:
    try:
        return said(read(files).title, language)
    except NotReadableError:
        return ""


def taken(actor: Actor, call_id: str) -> bool:
    """Whether there is a call of this id already."""
    return visible_to(actor, Call).filter(pk=call_id).exists()


@dataclass(frozen=True, slots=True)
class Live:
    """An application of a call that is not decided yet, with everything known of it."""

    id: int
    name: str
    invented: str
    situation: Situation


def live(actor: Actor, call_id: str, *, language: str) -> tuple[Live, ...]:
    """The applications of a call that are sent in and not decided, as far as the person may know of them."""
    rows = (
        visible_to(actor, Application)
        .filter(call=call_id, state__in=UNDECIDED, submission__isnull=False)
        .select_related("edition", "constellation", "submission")
        .prefetch_related("parts", "constellation__members__organisation", "constellation__priorities")
        .order_by("submission__received")
    )
    listed = listed_regions()
    return tuple(
        Live(
            id=row.pk,
            name=row.constellation.name,
            invented=row.constellation.invented,
            situation=situation_of(row, language=language, listed=listed),
        )
        for row in rows
    )
