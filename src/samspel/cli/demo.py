"""`samspel demo`: set up a demonstration, say where to click, and serve it; or play the whole call headless."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

import click
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction

from samspel.cli import play
from samspel.cli.serve import serve_on
from samspel.clock import now
from samspel.engine.permissions import OPERATOR
from samspel.store.queries.accounts import demonstration_people
from samspel.store.queries.rows import every


@click.command()
@click.option("--play", "headless", is_flag=True, help="Play the whole call without a browser and print each step.")
@click.option("--json", "as_json", is_flag=True, help="With --play: print one JSON object instead.")
@click.option("--port", default=8000, show_default=True, help="The port to serve on.")
@click.option("--fresh", is_flag=True, help="Begin again with an empty demonstration.")
@click.option("--no-serve", is_flag=True, help="Set the demonstration up and stop there.")
@click.option("--language", type=click.Choice(["sv", "en"]), default="en", show_default=True)
def demo(*, headless: bool, as_json: bool, port: int, fresh: bool, no_serve: bool, language: str) -> None:
    """Set up the 2016 call as a demonstration and serve it on this machine."""
    if headless:
        with tempfile.TemporaryDirectory() as folder:
            _use_database(Path(folder) / "play.sqlite3")
            outcome = play.run(settings.PROJECT, _silent if as_json else click.echo, language)
            if as_json:
                click.echo(play.as_json(outcome))
            connection.close()
        return
    if fresh:
        connection.close()
        shutil.rmtree(settings.DATA)
        settings.DATA.mkdir(parents=True)
    set_up(_step)
    if not no_serve:
        serve_on(port, announce=_announce)


def set_up(tell_step: play.Tell) -> None:
    """Make the tables and fill them, unless that has been done; each step is told."""
    tell_step("Preparing the database …")
    call_command("migrate", verbosity=0)
    if every(OPERATOR, "call").exists():
        tell_step("The demonstration is already in place.")
        return
    with transaction.atomic():  # all or nothing: one that was broken off begins again from nothing
        tell_step("Loading the register, the people and the call …")
        acting = play.Play(settings.PROJECT, _silent)
        call = acting.prepare()
        tell_step(f"Letting {len(acting.stage.world.applications)} constellations apply and be assessed …")
        acting.assess(acting.apply(call))


def _use_database(path: Path) -> None:
    connection.close()
    connection.settings_dict["NAME"] = str(path)
    call_command("migrate", verbosity=0)


def _silent(_: str) -> None:
    """Tell nobody."""


def _step(text: str) -> None:
    click.echo(f"{now():%H:%M:%S} {text}", file=sys.stderr)


def _announce(address: str) -> None:
    click.echo(f"\nSamspel is running: {address}\nSign in with one click, as one of (all of them: {address}demo/):")
    click.echo(f"  {'public':17} {address}")
    seen = set()
    for person in demonstration_people():
        if person.role not in seen:
            seen.add(person.role)
            click.echo(f"  {person.role:17} {address}demo/sign-in/{person.id}/   {person.name}")
    click.echo("Stop with Ctrl+C. Everything is kept until you run it with --fresh.")
