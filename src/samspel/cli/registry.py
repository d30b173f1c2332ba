"""The register from the command line: loading a pack of facts, entering an organisation, confirming a priority."""

from __future__ import annotations

from pathlib import Path

import click

from samspel.actions import registry as action
from samspel.cli.acting import FOLDER, Acting, acting, found
from samspel.cli.world import folder
from samspel.clock import now
from samspel.engine.packs import FILES, read_pack
from samspel.engine.permissions import OPERATOR
from samspel.store.queries.rows import row, to_be_entered
from samspel.wording.say import catalogue

KINDS = [code.removeprefix("kind.") for code in catalogue() if code.startswith("kind.")]
"""The kinds of organisation that Samspel has words for."""


@click.group()
def registry() -> None:
    """The register: regions, organisations and priorities."""


@registry.command()
@click.argument("path", metavar="FOLDER", type=FOLDER)
@acting(otherwise=OPERATOR)
def load(who: Acting, *, path: str) -> None:
    """Load the register's pack in FOLDER, in place of an earlier version of it."""
    files = folder(Path(path), FILES)
    pack = read_pack(files)
    stored = action.load(actor=who.actor, at=now(), pack=pack, files=files)
    rows = sum(len(table) for table in pack.tables.values())
    who.tell("done.registry.load", id=stored.pk, version=stored.version, digest=stored.digest, rows=rows)


@registry.command()
@click.argument("id")
@click.argument("name")
@click.option("--kind", required=True, type=click.Choice(KINDS), help="What it is.")
@click.option("--region", default="", metavar="CODE", help="Its own region.")
@click.option("--host", default="", metavar="ID", help="The legal person behind it, where it is known.")
@click.option("--theme", "themes", multiple=True, metavar="CODE")
@click.option("--source", required=True, help="Where the facts can be read.")
@acting(otherwise=OPERATOR)
def enter(
    who: Acting, *, id: str, name: str, kind: str, region: str, host: str, themes: tuple[str, ...], source: str
) -> None:
    """Enter the organisation called NAME into the register, as ID."""
    for theme in themes:
        found(row(who.actor, "theme", theme), "theme", theme)
    if region:
        found(row(who.actor, "region", region), "region", region)
    if host:
        found(row(who.actor, "organisation", host), "organisation", host)
    organisation = to_be_entered(id=id, name=name, kind=kind, region=region, host=host, source=source)
    action.enter(actor=who.actor, at=now(), organisation=organisation, themes=themes)
    who.tell("done.registry.enter", name=name, id=id)


@registry.command()
@click.argument("id")
@acting()
def confirm(who: Acting, *, id: str) -> None:
    """Record that the region stands by the priority ID as the register words it."""
    priority = found(row(who.actor, "priority", id), "priority", id)
    action.confirm(actor=who.actor, at=now(), priority=priority)
    who.tell("done.registry.confirm", id=id)
