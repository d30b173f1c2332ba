"""Single rows by noun and key, as far as a person may know of them: what a command or a button is about.

Whoever asks gets the row or nothing; a row that may not be seen is not told from one that does not exist.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, overload

from samspel.store.access import visible_to
from samspel.store.models import (
    Application,
    Assessment,
    Call,
    Constellation,
    Organisation,
    Person,
    Priority,
    Proposal,
    Region,
    RegisterPack,
    Theme,
)
from samspel.store.snapshots.accounts import actor as as_actor

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet

    from samspel.engine.permissions import Actor, Role

# The kinds of row are named here too, so that who hands one from a query to an action can say what it is.
__all__ = [
    "Application",
    "Assessment",
    "Call",
    "Constellation",
    "Organisation",
    "Priority",
    "Proposal",
    "Theme",
    "every",
    "person_with_address",
    "person_with_role",
    "row",
    "to_be_entered",
]

_KINDS: dict[str, type[Model]] = {
    "application": Application,
    "assessment": Assessment,
    "call": Call,
    "constellation": Constellation,
    "organisation": Organisation,
    "priority": Priority,
    "proposal": Proposal,
    "region": Region,
    "register": RegisterPack,
    "theme": Theme,
}


@overload
def every(actor: Actor, noun: Literal["application"]) -> QuerySet[Application]: ...
@overload
def every(actor: Actor, noun: Literal["assessment"]) -> QuerySet[Assessment]: ...
@overload
def every(actor: Actor, noun: Literal["call"]) -> QuerySet[Call]: ...
@overload
def every(actor: Actor, noun: Literal["constellation"]) -> QuerySet[Constellation]: ...
@overload
def every(actor: Actor, noun: Literal["organisation"]) -> QuerySet[Organisation]: ...
@overload
def every(actor: Actor, noun: Literal["priority"]) -> QuerySet[Priority]: ...
@overload
def every(actor: Actor, noun: Literal["proposal"]) -> QuerySet[Proposal]: ...
@overload
def every(actor: Actor, noun: Literal["region"]) -> QuerySet[Region]: ...
@overload
def every(actor: Actor, noun: Literal["register"]) -> QuerySet[RegisterPack]: ...
@overload
def every(actor: Actor, noun: Literal["theme"]) -> QuerySet[Theme]: ...
def every(actor: Actor, noun: str) -> QuerySet[Model]:
    """All rows of this noun that the person may know of.

    Raises:
        KeyError: no such noun.
    """
    return visible_to(actor, _KINDS[noun])


@overload
def row(actor: Actor, noun: Literal["application"], key: object) -> Application | None: ...
@overload
def row(actor: Actor, noun: Literal["assessment"], key: object) -> Assessment | None: ...
@overload
def row(actor: Actor, noun: Literal["call"], key: object) -> Call | None: ...
@overload
def row(actor: Actor, noun: Literal["constellation"], key: object) -> Constellation | None: ...
@overload
def row(actor: Actor, noun: Literal["organisation"], key: object) -> Organisation | None: ...
@overload
def row(actor: Actor, noun: Literal["priority"], key: object) -> Priority | None: ...
@overload
def row(actor: Actor, noun: Literal["proposal"], key: object) -> Proposal | None: ...
@overload
def row(actor: Actor, noun: Literal["region"], key: object) -> Region | None: ...
@overload
def row(actor: Actor, noun: Literal["register"], key: object) -> RegisterPack | None: ...
@overload
def row(actor: Actor, noun: Literal["theme"], key: object) -> Theme | None: ...
def row(actor: Actor, noun: str, key: object) -> Model | None:
    """The row of this noun with this key, if the person may know of it; a key that cannot be one finds nothing.

    Raises:
        KeyError: no such noun.
    """
    kind = _KINDS[noun]
    if "\0" in str(key):  # PostgreSQL takes no such text, and no key holds one
        return None
    try:
        return visible_to(actor, kind).filter(pk=key).first()
    except (ValueError, OverflowError):  # not a number where a number is the key, or one that no database holds
        return None


def person_with_address(email: str) -> Actor | None:
    """The person who signs in with this address, as the rules see one; None when there is no such account."""
    found = Person.objects.filter(email=email.strip().lower(), is_active=True).first()
    return as_actor(found) if found else None


def person_with_role(role: Role, organisation: str = "") -> Actor | None:
    """The first person with this role (for this organisation, if one is named)."""
    people = Person.objects.filter(seats__role=role, is_active=True)
    if organisation:
        people = people.filter(seats__organisation=organisation)
    found = people.order_by("pk").first()
    return as_actor(found) if found else None


def to_be_entered(
    *,
    id: str,
    name: str,
    kind: str,
    region: str = "",
    host: str = "",
    source: str = "",
    invented: bool = False,
    place: tuple[float, float] | None = None,
) -> Organisation:
    """An organisation as it would stand in the register; nothing is stored until it is entered.

    `place` is a point on the map of the register, somewhere in the organisation's county.
    """
    return Organisation(
        id=id,
        name=name,
        kind=kind,
        region_id=region or None,
        host_id=host or None,
        source=source,
        invented=invented,
        x=place[0] if place else None,
        y=place[1] if place else None,
    )
