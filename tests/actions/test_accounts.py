"""Accounts are opened by an officer, once for each address, with the seats the person holds."""

from __future__ import annotations

from samspel.actions import accounts
from samspel.engine.permissions import OPERATOR, PUBLIC, Role, Seat
from samspel.store.models import Person, SeatHeld
from tests.worlds.refusals import refused
from tests.worlds.situations import AT, line, newest_line

SEATS = [Seat(role=Role.CLUSTER_MANAGER, organisation="small-alfa"), Seat(role=Role.REGIONAL_OFFICER, region="SE12")]


def test_an_account_is_opened_with_its_seats(register):
    opened = accounts.open_account(actor=OPERATOR, at=AT, email=" Tove@Small.Invalid ", name=" Tove  Ny ", seats=SEATS)

    stored = Person.objects.get(pk=opened.pk)
    assert (stored.email, stored.name, stored.invented) == ("tove@small.invalid", "Tove Ny", False)
    assert not stored.has_usable_password()
    held = SeatHeld.objects.filter(person=stored).values_list("role", "organisation", "region")
    assert set(held) == {("cluster-manager", "small-alfa", None), ("regional-officer", None, "SE12")}
    assert newest_line() == line(
        "accounts.open",
        "person",
        stored.pk,
        OPERATOR,
        before={},
        after={
            "id": stored.pk,
            "email": "tove@small.invalid",
            "name": "Tove Ny",
            "language": "",
            "is_active": True,
            "invented": False,
            "joined_at": "2016-10-03 10:00:00+00:00",
            "seats": [["cluster-manager", "small-alfa", None], ["regional-officer", None, "SE12"]],
        },
    )


def test_an_address_is_used_once(register):
    people = Person.objects.count()
    with refused("accounts.email-taken", email="lead@small.invalid"):
        accounts.open_account(actor=OPERATOR, at=AT, email="LEAD@small.invalid", name="Igen", seats=[])
    assert Person.objects.count() == people


def test_only_an_officer_opens_accounts(register):
    with refused("permission.role", roles="officer"):
        accounts.open_account(actor=register.decision_maker, at=AT, email="a@b.invalid", name="A", seats=[])
    with refused("permission.sign-in"):
        accounts.open_account(actor=PUBLIC, at=AT, email="a@b.invalid", name="A", seats=[])
    assert not Person.objects.filter(email="a@b.invalid").exists()


def test_a_seat_is_held_for_something(register):
    for role in (Role.CLUSTER_MANAGER, Role.REGIONAL_OFFICER):
        with refused("accounts.seat-for-nothing"):
            accounts.open_account(actor=OPERATOR, at=AT, email="x@small.invalid", name="X", seats=[Seat(role=role)])


def test_an_account_has_an_address_and_a_name(register):
    with refused("accounts.email-unreadable", email="not an address"):
        accounts.open_account(actor=OPERATOR, at=AT, email="not an address", name="X", seats=[])
    with refused("accounts.name-empty"):
        accounts.open_account(actor=OPERATOR, at=AT, email="x@small.invalid", name=" ", seats=[])
