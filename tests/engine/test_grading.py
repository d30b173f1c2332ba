"""Grades against a call's criteria: the least on each, the highest there is, gates, weights and the least in all."""

from __future__ import annotations

from decimal import Decimal

import pytest

from samspel.engine.calls.judging.grading import graded, passes, total, weight
from samspel.engine.calls.judging.judge import judge
from samspel.engine.calls.text import Call
from samspel.engine.values import UNKNOWN, Range
from samspel.engine.verdicts import Outcome, Reason
from tests.engine.sample import a_rule, situation_of, small_call

MET, OPEN, NOT_MET = Outcome.MET, Outcome.OPEN, Outcome.NOT_MET
SCALE = "".join(
    f'[[scale]]\ncode = "{code}"\npoints = {points}\ntext = {{ sv = "x", en = "y" }}\n'
    for code, points in (("IG", 0), ("G", 1), ("VG", 3), ("MVG", 5))
)


def criterion(name: str, **also: str) -> str:
    others = "".join(f"{key} = {value}\n" for key, value in also.items())
    words = "".join(f'{key} = {{ sv = "x", en = "y" }}\n' for key in ("text", "guidance"))
    return f'[[criteria]]\nid = "{name}"\nsource = "S"\n{words}{others}'


def assessed(*criteria: str, least: str = "ten_points", scale: str = SCALE, more: str = "") -> Call:
    total_of = f'[assessment]\nleast_total = "{least}"\nsource = "S"\n' if least else ""
    return small_call(a_rule('{ states = "civil" }'), more=scale + "".join(criteria) + total_of + more)


TWO = assessed(
    criterion("need", least='"G"'),
    criterion("plan", weight='"two"', cap='"VG"'),
    least="seven",
    more='[parameters.seven]\nunit = "points"\nvalue = 7\nsource = "S"\n',
)
# grades on need and plan, the outcome of each and of the sum, and the range of the sum
GRADED = [
    ({"need": "G", "plan": "VG"}, MET, MET, MET, (7, 7)),
    ({"need": "G", "plan": "G"}, MET, MET, NOT_MET, (3, 3)),
    ({"need": "IG", "plan": "VG"}, NOT_MET, MET, NOT_MET, (6, 6)),
    ({"need": "VG", "plan": "MVG"}, MET, NOT_MET, MET, (13, 13)),
    ({"need": "G"}, MET, OPEN, OPEN, (1, 7)),
    ({"plan": "IG"}, OPEN, MET, NOT_MET, (0, 5)),
    ({"plan": "VG"}, OPEN, MET, OPEN, (6, 11)),
    ({}, OPEN, OPEN, OPEN, (0, 11)),
]


@pytest.mark.parametrize("grades, need, plan, least, points", GRADED)
def test_each_criterion_and_the_sum_have_their_least(grades, need, plan, least, points):
    found = graded(TWO, grades, on=None)
    assert [(one.rule, one.outcome) for one in found] == [("need", need), ("plan", plan), ("least-total", least)]
    assert found[2].found == Range.between(*points)
    assert passes(TWO, grades) is min(need, plan, least, key=[NOT_MET, OPEN, MET].index)


def test_a_grade_above_the_highest_there_is_says_so():
    found = graded(TWO, {"plan": "MVG"}, on=None)[1]
    assert found.evidence == (Reason.of("grade.above-cap", cap="VG"),)


GATED = assessed(
    criterion("gate", least='"G"', gate="true"),
    criterion("plan"),
    least="one_point",
    more='[parameters.one_point]\nunit = "points"\nvalue = 1\nsource = "S"\n',
)
GATES = [
    ({"gate": "IG"}, [NOT_MET, OPEN, NOT_MET], True),
    ({"gate": "IG", "plan": "MVG"}, [NOT_MET, MET, NOT_MET], False),
    ({"gate": "G"}, [MET, OPEN, MET], False),
    ({"plan": "MVG"}, [OPEN, MET, OPEN], False),
    ({"plan": "IG"}, [OPEN, MET, OPEN], False),
]


@pytest.mark.parametrize("grades, outcomes, stops", GATES)
def test_a_gate_that_fails_stops_what_follows_and_one_not_graded_yet_may(grades, outcomes, stops):
    found = graded(GATED, grades, on=None)
    assert [one.outcome for one in found] == outcomes
    assert (found[1].evidence == (Reason.of("gate.stops"),)) is stops


UNSAID = '[parameters.unsaid_points]\nunit = "points"\nvalue = "not stated"\nsource = "S"\n'


def test_a_least_sum_that_is_not_stated_or_has_no_scale_is_open():
    silent = assessed(criterion("plan"), least="unsaid_points", more=UNSAID)
    assert [one.outcome for one in graded(silent, {"plan": "MVG"}, on=None)] == [MET, OPEN]
    without = assessed(criterion("plan"), scale="")
    assert total(without, {}, on=None) == UNKNOWN
    assert [one.outcome for one in graded(without, {}, on=None)] == [OPEN, OPEN]


def test_a_weight_that_is_not_stated_leaves_the_sum_unknown():
    call = assessed(criterion("plan", weight='"unsaid"'))
    assert total(call, {"plan": "MVG"}, on=None) == UNKNOWN
    assert weight(call, call.criteria[0], None) is None
    assert weight(TWO, TWO.criteria[0], None) == 1
    assert weight(TWO, TWO.criteria[1], None) == Decimal(2)


def test_without_a_least_sum_only_the_criteria_are_judged():
    call = assessed(criterion("plan"), least="")
    assert [one.rule for one in graded(call, {"plan": "G"}, on=None)] == ["plan"]


def test_grades_are_judged_with_the_assessment_and_only_where_there_are_any():
    given = situation_of('grades = { need = "IG" }', TWO)
    assert [one.rule for one in judge(TWO, given, over=("assessment",)).findings] == ["need", "plan", "least-total"]
    assert judge(TWO, situation_of("", TWO), over=("assessment",)).findings == ()


def test_a_grade_that_the_scale_does_not_have_is_no_grade():
    with pytest.raises(KeyError):
        graded(TWO, {"need": "A"}, on=None)
