"""Assessment from the command line: grades with motivations, and handing in."""

from __future__ import annotations

import click

from samspel.actions import assessment as action
from samspel.cli.acting import UNREADABLE, Acting, acting, found, stop
from samspel.clock import now
from samspel.store.queries.rows import every, row


@click.group()
def assessment() -> None:
    """Assessment: one assessor's grades on an application, each with its reason."""


def _grade(text: str) -> tuple[str, tuple[str, str]]:
    criterion, sign, value = text.partition("=")
    grade, _, motivation = value.partition(":")
    if not sign:
        stop(f"{text}: expected CRITERION=GRADE:MOTIVATION", UNREADABLE)
    return criterion, (grade.strip(), motivation.strip())


@assessment.command()
@click.argument("pk", type=int)
@click.argument("given", metavar="CRITERION=GRADE:MOTIVATION...", nargs=-1, required=True)
@click.option("--no-conflict", is_flag=True, help="Declare that you have no conflict of interest.")
@click.option("--revision", type=int, help="Refuse if the assessment was saved elsewhere since this revision.")
@acting()
def grade(who: Acting, *, pk: int, given: tuple[str, ...], no_conflict: bool, revision: int | None) -> None:
    """Grade the application PK; criteria that are not given keep the grades they have, and so does the declaration."""
    application = found(row(who.actor, "application", pk), "application", pk)
    begun = every(who.actor, "assessment").filter(application=application).first()
    done = action.grade(
        actor=who.actor,
        at=now(),
        application=application,
        grades=dict(_grade(text) for text in given),
        no_conflict=no_conflict or bool(begun and begun.no_conflict),
        revision=(begun.revision if begun else 0) if revision is None else revision,
    )
    who.tell("done.assessment.grade", pk=pk, revision=done.revision)


@assessment.command("hand-in")
@click.argument("pk", type=int)
@acting()
def hand_in(who: Acting, *, pk: int) -> None:
    """Hand in the assessment of the application PK; from then on it is not changed."""
    application = found(row(who.actor, "application", pk), "application", pk)
    done = action.hand_in(actor=who.actor, at=now(), application=application)
    who.tell("done.assessment.hand_in", pk=pk, points=done.points)
