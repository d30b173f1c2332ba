"""Calls from the command line: drafting from a folder, publishing, amending, closing."""

from __future__ import annotations

from pathlib import Path

import click

from samspel.actions import calls as action
from samspel.cli.acting import FOLDER, Acting, acting, found
from samspel.cli.world import folder
from samspel.clock import now
from samspel.engine.calls.edition import FILES, MAY_HAVE, digest
from samspel.engine.calls.reading.call import read
from samspel.store.queries.rows import row


@click.group()
def calls() -> None:
    """Calls: drafted by one person, published by another, closed."""


@calls.command()
@click.argument("path", metavar="FOLDER", type=FOLDER)
@acting()
def draft(who: Acting, *, path: str) -> None:
    """Take the call in FOLDER in as a draft, in place of an earlier draft of it."""
    files = folder(Path(path), (*FILES, *MAY_HAVE))
    call = action.draft(actor=who.actor, at=now(), files=files)
    who.tell("done.calls.draft", id=call.pk, digest=digest(files))


@calls.command()
@click.argument("id")
@acting()
def publish(who: Acting, *, id: str) -> None:
    """Publish the drafted call ID as an edition, and open it."""
    call = found(row(who.actor, "call", id), "call", id)
    edition = action.publish(actor=who.actor, at=now(), call=call)
    who.tell("done.calls.publish", id=id, number=edition.number, digest=edition.digest)


@calls.command()
@click.argument("path", metavar="FOLDER", type=FOLDER)
@acting()
def amend(who: Acting, *, path: str) -> None:
    """Take the text in FOLDER in as a change of the open call it is of; what is in force stays until republished."""
    files = folder(Path(path), (*FILES, *MAY_HAVE))
    id = read(files).id
    call = action.amend(actor=who.actor, at=now(), call=found(row(who.actor, "call", id), "call", id), files=files)
    who.tell("done.calls.amend", id=call.pk, digest=digest(files))


@calls.command()
@click.argument("id")
@acting()
def republish(who: Acting, *, id: str) -> None:
    """Publish the changed text of the open call ID as its next edition."""
    call = found(row(who.actor, "call", id), "call", id)
    edition = action.republish(actor=who.actor, at=now(), call=call)
    who.tell("done.calls.republish", id=id, number=edition.number, digest=edition.digest)


@calls.command()
@click.argument("id")
@acting()
def close(who: Acting, *, id: str) -> None:
    """Close the call ID."""
    call = found(row(who.actor, "call", id), "call", id)
    action.close(actor=who.actor, at=now(), call=call)
    who.tell("done.calls.close", id=id)
