"""Running an installation: making its tables, serving it, and verifying its journal."""

from __future__ import annotations

import socket
import sys
from typing import TYPE_CHECKING

import click
from django.core.management import call_command
from granian import Granian
from granian.constants import Interfaces

from samspel.store.queries.journal import first_broken

if TYPE_CHECKING:
    from collections.abc import Callable

WORKERS, THREADS = 2, 4
"""Two processes of four threads: with the embedded database the threads are the queue; more of them only wait."""


def serve_on(port: int, announce: Callable[[str], None]) -> None:
    """Serve the site on this machine until it is stopped.

    Raises:
        ClickException: the port is taken; the server would otherwise share it without a word.
    """
    with socket.socket() as door:
        if door.connect_ex(("127.0.0.1", port)) == 0:
            message = f"Port {port} is taken by another program. Choose another: --port {port + 1}"
            raise click.ClickException(message)
    call_command("collectstatic", verbosity=0, interactive=False)
    server = Granian(
        "samspel.site.wsgi:application",
        address="127.0.0.1",
        port=port,
        interface=Interfaces.WSGI,
        workers=WORKERS,
        blocking_threads=THREADS,
        websockets=False,
        log_enabled=False,
    )
    server.on_startup(lambda: announce(f"http://127.0.0.1:{port}/"))
    server.serve()


@click.command()
@click.option("--port", default=8000, show_default=True)
def serve(*, port: int) -> None:
    """Serve the installation on this machine; put a web server with https in front of it."""
    serve_on(port, announce=lambda address: click.echo(f"Serving on {address}"))


@click.command()
def migrate() -> None:
    """Make or update the tables of the installation."""
    call_command("migrate")


@click.command()
def verify() -> None:
    """Check that no line of the journal was changed or taken out."""
    broken = first_broken()
    if broken is not None:
        click.echo(f"The journal does not hold from line {broken} on.", err=True)
        sys.exit(1)
    click.echo("Every line of the journal fits the one before it.")
