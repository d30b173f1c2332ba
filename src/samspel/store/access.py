"""The only way to rows: `visible_to` returns what this person may know of, `readable` which parts of it.

Pages, exports, counters and the command line all ask here, so there is no side door to forget.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from samspel.engine import permissions
from samspel.engine.permissions import AUTHORITY_ROLES, Actor, Part, Role
from samspel.engine.verdicts import Reason
from samspel.store.models import (
    Application,
    Assessment,
    Call,
    Constellation,
    JournalEntry,
    Member,
    Organisation,
    PastProject,
    Priority,
    Proposal,
    Region,
    RegisterPack,
    Theme,
)
from samspel.store.snapshots.subjects import subject

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet

OPEN_TO_ALL: tuple[type[Model], ...] = (Organisation, PastProject, Priority, Region, RegisterPack, Theme)

_STATES: dict[type[Model], str] = {
    Application: "application",
    Assessment: "assessment",
    Call: "call",
    Constellation: "constellation",
    Proposal: "proposal",
}


def _takes_part(actor: Actor, path: str) -> Q:
    """Rows whose constellation (reached by `path`) one of the person's organisations leads or is a member of."""
    own = Member.objects.filter(organisation__in=actor.organisations).values("constellation")
    return Q(**{f"{path}lead__in": actor.organisations}) | Q(**{f"{path}pk__in": own})


def visible_to[Row: Model](actor: Actor, model: type[Row]) -> QuerySet[Row]:
    """The rows of this kind that the person may know of.

    Raises:
        TypeError: a kind of row that is never shown by itself.
    """
    rows = model._base_manager.all()
    if issubclass(model, OPEN_TO_ALL):
        return rows
    if model is JournalEntry:
        return rows if actor.roles & AUTHORITY_ROLES else rows.none()
    if model not in _STATES:
        message = f"{model.__name__} is never shown by itself"
        raise TypeError(message)
    noun = _STATES[model]
    allowed = Q(state__in=permissions.PUBLIC_STATES[noun])
    if actor.roles & AUTHORITY_ROLES:
        allowed |= Q(state__in=permissions.AUTHORITY_STATES[noun])
    if Role.ASSESSOR in actor.roles:
        allowed |= Q(state__in=permissions.ASSESSOR_STATES[noun])
    if noun in permissions.PARTICIPANTS_SEE and actor.organisations:
        allowed |= _takes_part(actor, "" if model is Constellation else "constellation__")
    if noun in permissions.AUTHORS_SEE and actor.id:
        allowed |= Q(assessor=actor.id)
    return rows.filter(allowed)


def readable(actor: Actor, application: Application) -> frozenset[Part]:
    """Which parts of an application, which the person may know of, the person may read."""
    matter = subject(application)
    return frozenset(part for part in Part if permissions.may_read(part, actor, matter))


BARE: dict[str, tuple[Part, Reason]] = {
    "outcome.ineligible": (Part.VERDICT, Reason.of("outcome.not-eligible")),
    "grade.below": (Part.ASSESSMENT, Reason.of("outcome.below")),
}
"""Reasons of a decision that quote what not everybody may read: the part they quote, and what is said instead."""


def reasons(actor: Actor, application: Application) -> tuple[Reason, ...]:
    """Why an application was decided as it was, as far as the person may read it (select `decision`)."""
    parts = readable(actor, application)
    if Part.RESULT not in parts:
        return ()
    told = []
    for stored in application.decision.reasons:
        part, bare = BARE.get(stored["code"], (Part.RESULT, None))
        told.append(Reason.of(stored["code"], **stored["values"]) if part in parts or bare is None else bare)
    return tuple(dict.fromkeys(told))
