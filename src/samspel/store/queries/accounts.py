"""Reading accounts: the invented people that a demonstration lets one sign in as."""

from __future__ import annotations

from dataclasses import dataclass

from samspel.store.models import Person


@dataclass(frozen=True, slots=True)
class Somebody:
    """One of the demonstration's people, with the role and what it is held for."""

    id: int
    name: str
    role: str
    held_for: str


def demonstration_people() -> list[Somebody]:
    """Everybody invented, in the order in which they were made."""
    rows = Person.objects.filter(invented=True).order_by("pk").prefetch_related("seats__organisation", "seats__region")
    return [
        Somebody(
            id=row.pk,
            name=row.name,
            role=seat.role,
            held_for=seat.organisation.name if seat.organisation else (seat.region_id or ""),
        )
        for row in rows
        for seat in row.seats.all()
    ]


def demonstration_person(pk: int) -> Person | None:
    """The invented person with this id; real people can never be signed in this way."""
    return Person.objects.filter(pk=pk, invented=True, is_active=True).first()
