"""Grades: the call's scale, the least grade each criterion asks for, and the points they add up to."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from samspel.engine.calls.judging.grading import weight
from samspel.engine.verdicts import Reason

if TYPE_CHECKING:
    from collections.abc import Mapping

    from samspel.engine.calls.text import Call


@dataclass(frozen=True, slots=True)
class Weighed:
    """The outcome of an assessment: points in all, and each criterion that stays below its least grade."""

    points: int
    below: tuple[Reason, ...]

    @property
    def passes(self) -> bool:
        """Whether every criterion reaches its least grade."""
        return not self.below


def ungraded(call: Call, grades: Mapping[str, str]) -> tuple[str, ...]:
    """The criteria that have no grade yet, in the call's order."""
    return tuple(criterion.id for criterion in call.criteria if criterion.id not in grades)


def weigh(call: Call, grades: Mapping[str, str]) -> Weighed:
    """Add up the points of a complete set of grades and say which criteria fall below their threshold.

    `grades` maps each criterion of the call to a grade code of its scale. Points are multiplied by the criterion's
    weight; a grade above the criterion's cap counts as the cap.

    Raises:
        KeyError: a criterion without a grade, or a grade that the scale does not have.
    """
    points, below = Decimal(0), []
    for criterion in call.criteria:
        given = call.grade(grades[criterion.id])
        reached = min(given.points, call.grade(criterion.cap).points) if criterion.cap else given.points
        factor = weight(call, criterion, call.calendar.dated)
        points += reached * (1 if factor is None else factor)
        if criterion.least and given.points < call.grade(criterion.least).points:
            below.append(Reason.of("grade.below", criterion=criterion.id, grade=given.code, least=criterion.least))
    least = call.limit(call.assessment.least_total)
    if least is not None and points < least:
        below.append(Reason.of("grade.total-below", points=points, least=least))
    return Weighed(points=int(points), below=tuple(below))
