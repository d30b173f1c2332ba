"""A signed-in person as the rules see one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samspel.engine.permissions import PUBLIC, Actor, Role, Seat

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from samspel.store.models import Person


def actor(person: Person | AnonymousUser) -> Actor:
    """The person with all seats held, in one query; the public when nobody is signed in."""
    if not person.is_authenticated:
        return PUBLIC
    seats = frozenset(
        Seat(role=Role(seat.role), organisation=seat.organisation_id or "", region=seat.region_id or "")
        for seat in person.seats.all()
    )
    return Actor(id=person.pk, name=person.name, seats=seats)
