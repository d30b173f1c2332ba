"""Judges grades against a call's criteria: the least grade on each, the highest reachable, the least total."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from samspel.engine.calls.conditions import Measure, Need
from samspel.engine.calls.findings import Finding
from samspel.engine.calls.text import Call, Criterion
from samspel.engine.values import UNKNOWN, Range
from samspel.engine.verdicts import Outcome, Reason, all_of

MET, NOT_MET, OPEN = Outcome.MET, Outcome.NOT_MET, Outcome.OPEN
LEAST_TOTAL = "least-total"


def weight(call: Call, criterion: Criterion, on: date | None) -> Decimal | None:
    """What a criterion's points are multiplied by: 1 where the call gives no weight, None where it is not stated."""
    if not criterion.weight:
        return Decimal(1)
    found = call.parameter(criterion.weight).on(on)
    return found.value if found is not None and isinstance(found.value, Decimal) else None


def _points(call: Call, grades: Mapping[str, str], criterion: Criterion) -> Decimal | None:
    code = grades.get(criterion.id)
    return None if code is None else Decimal(call.grade(code).points)


def total(call: Call, grades: Mapping[str, str], *, on: date | None) -> Range:
    """The weighted sum of points; a criterion not graded yet may get anything that the scale and its cap allow."""
    low = high = Decimal(0)
    if not call.scale:
        return UNKNOWN
    least, most = min(g.points for g in call.scale), max(g.points for g in call.scale)
    for criterion in call.criteria:
        factor, points = weight(call, criterion, on), _points(call, grades, criterion)
        if factor is None:
            return UNKNOWN
        cap = call.grade(criterion.cap).points if criterion.cap else most
        low += factor * (points if points is not None else least)
        high += factor * (points if points is not None else cap)
    return Range(low=low, high=high)


def _on_criterion(call: Call, grades: Mapping[str, str], criterion: Criterion, *, stopped: bool) -> Finding:
    points = _points(call, grades, criterion)
    least = Decimal(call.grade(criterion.least).points) if criterion.least else None
    evidence: tuple[Reason, ...] = ()
    if points is None:
        outcome = OPEN
        evidence = (Reason.of("gate.stops"),) if stopped else ()
    elif criterion.cap and points > call.grade(criterion.cap).points:
        outcome, evidence = NOT_MET, (Reason.of("grade.above-cap", cap=criterion.cap),)
    else:
        outcome = MET if least is None or points >= least else NOT_MET
    found = UNKNOWN if points is None else Range.exactly(points)
    need = Need("at_least", Measure("fact", criterion.id))
    return Finding(criterion.id, outcome, need, "points", found, least, source=criterion.source, evidence=evidence)


def graded(call: Call, grades: Mapping[str, str], *, on: date | None) -> list[Finding]:
    """Judge grades by criterion, then in all; a gate that fails stops the assessment of what follows.

    Raises:
        KeyError: a grade that is not on the scale.
    """
    findings: list[Finding] = []
    stopped = may_stop = False
    for criterion in call.criteria:
        found = _on_criterion(call, grades, criterion, stopped=stopped)
        stopped |= criterion.gate and found.outcome is NOT_MET
        may_stop |= criterion.gate and found.outcome is OPEN
        findings.append(found)
    if not call.assessment.least_total:
        return findings
    bound = call.parameter(call.assessment.least_total).on(on)
    reached = total(call, grades, on=on)
    if stopped:
        outcome = NOT_MET
    elif bound is None or not isinstance(bound.value, Decimal) or reached.low is None or reached.high is None:
        outcome = OPEN
    else:
        outcome = NOT_MET if reached.high < bound.value else OPEN if reached.low < bound.value or may_stop else MET
    need = Need("at_least", Measure("fact", LEAST_TOTAL), parameter=call.assessment.least_total)
    value = bound.value if bound is not None else None
    findings.append(Finding(LEAST_TOTAL, outcome, need, "points", reached, value, source=call.assessment.source))
    return findings


def passes(call: Call, grades: Mapping[str, str], *, on: date | None = None) -> Outcome:
    """Whether grades reach the least on every criterion and in all."""
    return all_of(finding.outcome for finding in graded(call, grades, on=on))
