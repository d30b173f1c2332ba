"""Applications from the command line: starting, saving a part, submitting, and what an officer finds."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from samspel.actions import applications as action
from samspel.cli.acting import UNREADABLE, Acting, acting, found, stop
from samspel.clock import now
from samspel.engine.applications import PARTS
from samspel.engine.located import open_text
from samspel.store.queries.registry import names
from samspel.store.queries.rows import row
from samspel.store.snapshots.calls import call as call_text
from samspel.store.snapshots.judged import verdict_on
from samspel.wording import tell

if TYPE_CHECKING:
    from collections.abc import Mapping

    from samspel.store.queries.rows import Application

_COFUNDING = re.compile(r"(funder|amount|kind|form|state)-\d{1,3}")


@click.group()
def applications() -> None:
    """Applications: written part by part, submitted once, found eligible or not."""


@applications.command()
@click.argument("pk", metavar="CONSTELLATION", type=int)
@acting()
def start(who: Acting, *, pk: int) -> None:
    """Start the application of the constellation; starting again gives the same one."""
    constellation = found(row(who.actor, "constellation", pk), "constellation", pk)
    application = action.start(actor=who.actor, at=now(), constellation=constellation)
    edition, call = application.edition.number, application.call_id
    who.tell("done.applications.start", pk=application.pk, edition=edition, call=call)


@applications.command()
@click.argument("pk", type=int)
@click.argument("part", type=click.Choice(PARTS))
@click.argument("given", metavar="FIELD=VALUE...", nargs=-1)
@click.option("--file", "file", type=click.Path(exists=True, dir_okay=False), help="Fields in a TOML file.")
@click.option("--revision", type=int, help="Refuse if anybody has saved the part since this revision.")
@acting()
def save(who: Acting, *, pk: int, part: str, given: tuple[str, ...], file: str | None, revision: int | None) -> None:
    """Save fields of a PART of the application PK; fields that are not given stay as they are."""
    application = found(row(who.actor, "application", pk), "application", pk)
    stored = application.parts.get(key=part)
    fields = (_fields_of(file) if file else {}) | dict(_pair(text) for text in given)
    for name in fields:
        _check(application, part, name)
    saved = action.save(
        actor=who.actor,
        at=now(),
        application=application,
        part=part,
        fields=_typed(part, stored.content) | fields,
        revision=stored.revision if revision is None else revision,
    )
    who.tell("done.applications.save", part=part, revision=saved.revision)
    _tell_verdict(who, application)


def _fields_of(file: str) -> dict[str, str]:
    path = Path(file)
    read = open_text(path.name, path.read_text(encoding="utf-8"))
    return {name: str(value) for name, value in read.data.items()}


def _pair(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign:
        stop(f"{text}: expected FIELD=VALUE", UNREADABLE)
    return name, value


def _check(application: Application, part: str, name: str) -> None:
    """End the command at a field that the part does not have, so that a slip of the pen is not silently left out."""
    if part == "cofunding":
        known, there = "funder-N amount-N kind-N form-N state-N", bool(_COFUNDING.fullmatch(name))
    else:
        members = [member.organisation_id for member in application.constellation.members.all()]
        questions = [question.id for question in call_text(application.edition).questions]
        fields = questions if part == "answers" else [*(f"cost-{member}" for member in members), "grant"]
        known, there = " ".join(fields), name in fields
    if not there:
        stop(f"{name}: expected one of: {known}", UNREADABLE)


def _typed(part: str, content: Mapping[str, Any]) -> dict[str, str]:
    """What is stored of a part, as the fields in which it would be typed."""
    if part == "answers":
        return dict(content)
    if part == "budget":
        costs = {f"cost-{member}": amount or "" for member, amount in content["costs"].items()}
        return costs | {"grant": content["grant"] or ""}
    rows = enumerate(content["items"])
    return {f"{name}-{number}": str(value or "") for number, item in rows for name, value in item.items()}


@applications.command()
@click.argument("pk", type=int)
@acting()
def submit(who: Acting, *, pk: int) -> None:
    """Submit the application PK; submitting again gives the same receipt."""
    application = found(row(who.actor, "application", pk), "application", pk)
    submission = action.submit(actor=who.actor, at=now(), application=application)
    who.tell("done.applications.submit", receipt=submission.receipt, digest=submission.digest)
    _tell_verdict(who, application)


@applications.command("confirm-eligible")
@click.argument("pk", type=int)
@click.option("--motivation", default="", help="Why; must be given when a requirement is open.")
@acting()
def confirm_eligible(who: Acting, *, pk: int, motivation: str) -> None:
    """Find the application PK eligible."""
    application = found(row(who.actor, "application", pk), "application", pk)
    action.confirm_eligible(actor=who.actor, at=now(), application=application, motivation=motivation)
    who.tell("done.applications.confirm_eligible", pk=pk)


@applications.command("find-ineligible")
@click.argument("pk", type=int)
@click.option("--motivation", required=True, help="Why.")
@acting()
def find_ineligible(who: Acting, *, pk: int, motivation: str) -> None:
    """Find the application PK not eligible."""
    application = found(row(who.actor, "application", pk), "application", pk)
    action.find_ineligible(actor=who.actor, at=now(), application=application, motivation=motivation)
    who.tell("done.applications.find_ineligible", pk=pk, motivation=motivation)


def _tell_verdict(who: Acting, application: Application) -> None:
    verdict = verdict_on(application, language=who.language)
    click.echo(tell(verdict, call_text(application.edition), who.language, names(who.language)).summary)
