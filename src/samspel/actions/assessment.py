"""Writes on assessments: grades with motivations, saved privately, and handing in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samspel.actions._perform import EditConflictError, RefusedError, holding, performing
from samspel.engine import assessment, permissions
from samspel.engine.permissions import Relation
from samspel.engine.values import plain_text
from samspel.engine.verdicts import Reason
from samspel.store.models import Application, Assessment, GradeGiven
from samspel.store.snapshots.calls import call as call_text
from samspel.store.snapshots.subjects import subject

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from samspel.engine.permissions import Actor

LONGEST_MOTIVATION = 4000


def grade(
    *,
    actor: Actor,
    at: datetime,
    application: Application,
    grades: Mapping[str, tuple[str, str]],
    no_conflict: bool,
    revision: int,
) -> Assessment:
    """Save grades and motivations by criterion; what is left out or empty stays ungraded.

    `no_conflict` is the assessor's own declaration. `revision` is the one the grades were written on (0 at first).

    Raises:
        EditConflictError: the assessment was saved elsewhere meanwhile.
        RefusedError: `assessment.not-eligible`, `assessment.own-organisation`, `assessment.grade-unknown`,
            `assessment.motivation-too-long`,
            or as the permission table says.
    """
    with holding(application) as held:
        row = Assessment.objects.filter(application=held).first() or Assessment(application=held, assessor_id=actor.id)
        with performing("assessment.grade", actor=actor, at=at, on=row) as deed:
            _require_eligible(held)
            if permissions.stands(actor, subject(held), Relation.MEMBER):
                raise RefusedError(Reason.of("assessment.own-organisation"))
            stored = {g.criterion: (g.grade, g.motivation) for g in deed.row.grades.all()} if deed.row.pk else {}
            if deed.row.revision != revision:
                offered = {name: list(pair) for name, pair in grades.items()}
                raise EditConflictError(stored=stored, offered=offered, revision=deed.row.revision, by=actor.name)
            told = {name: (code, plain_text(motivation).strip()) for name, (code, motivation) in grades.items()}
            _check(held, told)
            deed.row.no_conflict, deed.row.revision = no_conflict, revision + 1
            deed.row.save()
            for criterion, (code, motivation) in told.items():
                GradeGiven.objects.update_or_create(
                    assessment=deed.row, criterion=criterion, defaults={"grade": code, "motivation": motivation}
                )
            deed.noted = {"was": stored, "is": {name: list(pair) for name, pair in told.items()}}
    return deed.row


def _require_eligible(application: Application) -> None:
    state = Application.objects.values_list("state", flat=True).get(pk=application.pk)
    if state != "eligible":
        raise RefusedError(Reason.of("assessment.not-eligible", state=state))


def _check(application: Application, grades: Mapping[str, tuple[str, str]]) -> None:
    text = call_text(application.edition)
    known = {criterion.id for criterion in text.criteria}
    codes = {step.code for step in text.scale} | {""}
    for criterion, (code, motivation) in grades.items():
        if criterion not in known or code not in codes:
            raise RefusedError(Reason.of("assessment.grade-unknown", criterion=criterion, grade=code))
        if len(motivation) > LONGEST_MOTIVATION:
            raise RefusedError(Reason.of("assessment.motivation-too-long", longest=LONGEST_MOTIVATION))


def hand_in(*, actor: Actor, at: datetime, application: Application) -> Assessment:
    """Hand the assessment in; from then on it is not changed.

    Raises:
        RefusedError: `assessment.not-begun`, `assessment.ungraded`, `assessment.unmotivated`,
            `assessment.conflict-undeclared`, or as the permission table says.
    """
    row = Assessment.objects.filter(application=application).first()
    if row is None:
        raise RefusedError(Reason.of("assessment.not-begun"))
    with performing("assessment.hand_in", actor=actor, at=at, on=row) as deed:
        _require_eligible(application)
        text = call_text(application.edition)
        given = {g.criterion: g for g in deed.row.grades.all()}
        codes = {criterion: g.grade for criterion, g in given.items() if g.grade}
        if missing := assessment.ungraded(text, codes):
            raise RefusedError(Reason.of("assessment.ungraded", criteria=" ".join(missing)))
        if bare := [c.id for c in text.criteria if not given[c.id].motivation]:
            raise RefusedError(Reason.of("assessment.unmotivated", criteria=" ".join(bare)))
        if not deed.row.no_conflict:
            raise RefusedError(Reason.of("assessment.conflict-undeclared"))
        deed.row.points = assessment.weigh(text, codes).points
        deed.row.handed_in_at = at
        deed.noted["grades"] = codes
    return deed.row
