"""Accounts from the command line: whoever runs the installation opens the first ones here."""

from __future__ import annotations

import click

from samspel.actions import accounts as action
from samspel.cli.acting import Acting, acting, found
from samspel.clock import now
from samspel.engine.permissions import OPERATOR, Role, Seat
from samspel.store.queries.rows import row


@click.group()
def accounts() -> None:
    """Accounts: who may sign in, in which role."""


@accounts.command("open")
@click.argument("email")
@click.argument("name")
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True)
@click.option("--organisation", default="", metavar="ID", help="The organisation that the role is held for.")
@click.option("--region", default="", metavar="CODE", help="The region that the role is held for.")
@acting(otherwise=OPERATOR)
def open_account(who: Acting, *, email: str, name: str, role: str, organisation: str, region: str) -> None:
    """Open an account for the person called NAME with the address EMAIL."""
    if organisation:
        found(row(who.actor, "organisation", organisation), "organisation", organisation)
    if region:
        found(row(who.actor, "region", region), "region", region)
    seat = Seat(role=Role(role), organisation=organisation, region=region)
    person = action.open_account(actor=who.actor, at=now(), email=email, name=name, seats=[seat])
    who.tell("done.accounts.open", name=person.name, email=person.email, role=role)
