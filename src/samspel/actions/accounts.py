"""Writes on accounts: the authority opens one for a person, with the seats that the person holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from samspel.actions._perform import RefusedError, performing
from samspel.engine.permissions import Role
from samspel.engine.verdicts import Reason
from samspel.store.models import Person, SeatHeld

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from samspel.engine.permissions import Actor, Seat


def open_account(
    *, actor: Actor, at: datetime, email: str, name: str, seats: Iterable[Seat], invented: bool = False
) -> Person:
    """Open an account without a password; the person sets one by the link for a forgotten password.

    Raises:
        RefusedError: `accounts.email-unreadable`, `accounts.name-empty`, `accounts.email-taken`,
            `accounts.seat-for-nothing`, or as the permission table says.
    """
    row = Person(email=email.strip().lower(), name=" ".join(name.split()), joined_at=at, invented=invented)
    row.set_unusable_password()
    held_for = {Role.CLUSTER_MANAGER: "organisation", Role.REGIONAL_OFFICER: "region"}
    asked = list(seats)
    if any(seat.role in held_for and not getattr(seat, held_for[seat.role]) for seat in asked):
        raise RefusedError(Reason.of("accounts.seat-for-nothing"))
    if not row.name:
        raise RefusedError(Reason.of("accounts.name-empty"))
    try:
        validate_email(row.email)
    except ValidationError as error:
        raise RefusedError(Reason.of("accounts.email-unreadable", email=row.email)) from error
    with performing("accounts.open", actor=actor, at=at, on=row) as deed:
        if Person.objects.filter(email=row.email).exists():
            raise RefusedError(Reason.of("accounts.email-taken", email=row.email))
        deed.row.save()
        held = [
            SeatHeld(
                person=deed.row,
                role=seat.role,
                organisation_id=seat.organisation or None,
                region_id=seat.region or None,
            )
            for seat in asked
        ]
        SeatHeld.objects.bulk_create(held)
        deed.noted["seats"] = [[seat.role, seat.organisation_id, seat.region_id] for seat in held]
    return deed.row
