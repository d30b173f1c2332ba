"""Constellations from the command line: starting one, its members, its theme and the priorities it answers to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from samspel.actions import constellations as action
from samspel.cli.acting import Acting, acting, found
from samspel.clock import now
from samspel.store.queries.registry import names
from samspel.store.queries.rows import every, row
from samspel.store.snapshots.calls import call as call_text
from samspel.store.snapshots.constellations import constellation as as_engine
from samspel.store.snapshots.judged import verdict_while_forming
from samspel.wording import tell

if TYPE_CHECKING:
    from samspel.store.queries.rows import Constellation


@click.group()
def constellations() -> None:
    """Constellations: organisations that want to apply together."""


@constellations.command()
@click.argument("call_id", metavar="CALL")
@click.argument("name")
@click.option("--lead", required=True, metavar="ORG", help="The organisation that leads it and is its first member.")
@acting()
def start(who: Acting, *, call_id: str, name: str, lead: str) -> None:
    """Start the constellation NAME for CALL."""
    call = found(row(who.actor, "call", call_id), "call", call_id)
    organisation = found(row(who.actor, "organisation", lead), "organisation", lead)
    constellation = action.start(actor=who.actor, at=now(), call=call, name=name, lead=organisation)
    who.tell("done.constellations.start", pk=constellation.pk, name=constellation.name, lead=lead)


@constellations.command()
@click.argument("pk", type=int)
@click.argument("members", metavar="ORG...", nargs=-1, required=True)
@acting()
def add(who: Acting, *, pk: int, members: tuple[str, ...]) -> None:
    """Add the organisations ORG to the constellation PK."""
    constellation = found(row(who.actor, "constellation", pk), "constellation", pk)
    for member in [found(row(who.actor, "organisation", member), "organisation", member) for member in members]:
        action.add(actor=who.actor, at=now(), constellation=constellation, organisation=member)
    _tell_members(who, constellation)


@constellations.command()
@click.argument("pk", type=int)
@click.argument("member", metavar="ORG")
@acting()
def remove(who: Acting, *, pk: int, member: str) -> None:
    """Take the organisation ORG out of the constellation PK."""
    constellation = found(row(who.actor, "constellation", pk), "constellation", pk)
    organisation = found(row(who.actor, "organisation", member), "organisation", member)
    action.remove(actor=who.actor, at=now(), constellation=constellation, organisation=organisation)
    _tell_members(who, constellation)


@constellations.command()
@click.argument("pk", type=int)
@click.option("--theme", default="", metavar="CODE", help="The theme; without it, the one named before stands.")
@click.option("--priority", "named", multiple=True, metavar="ID", help="One of the priorities; without any, as before.")
@click.option("--revision", type=int, help="Refuse if anybody has changed the constellation since this revision.")
@acting()
def describe(who: Acting, *, pk: int, theme: str, named: tuple[str, ...], revision: int | None) -> None:
    """Name the theme of the constellation PK, and the regional priorities that it answers to."""
    constellation = found(row(who.actor, "constellation", pk), "constellation", pk)
    priorities = [found(row(who.actor, "priority", one), "priority", one) for one in named]
    described = action.describe(
        actor=who.actor,
        at=now(),
        constellation=constellation,
        theme=found(row(who.actor, "theme", theme), "theme", theme) if theme else constellation.theme,
        priorities=priorities or list(constellation.priorities.all()),
        revision=constellation.revision if revision is None else revision,
    )
    told = " ".join(one.pk for one in described.priorities.all()) or "–"
    who.tell("done.constellations.describe", name=described.name, theme=described.theme_id or "–", priorities=told)
    _tell_verdict(who, described)


def _tell_members(who: Acting, constellation: Constellation) -> None:
    who.tell("done.constellations.members", name=constellation.name, count=constellation.members.count())
    _tell_verdict(who, every(who.actor, "constellation").get(pk=constellation.pk))


def _tell_verdict(who: Acting, constellation: Constellation) -> None:
    text = call_text(constellation.call.editions.latest("number"))
    verdict = verdict_while_forming(text, as_engine(constellation, language=who.language))
    click.echo(tell(verdict, text, who.language, names(who.language)).summary)
