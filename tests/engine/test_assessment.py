"""Grades add up to points on the call's scale, and each criterion has its least grade."""

from __future__ import annotations

import pytest

from samspel.engine.assessment import ungraded, weigh
from samspel.engine.verdicts import Reason
from tests.engine.sample import a_rule, real_call, small_call

CRITERIA = ("relevance", "cooperation", "goal-achievement", "lasting-change")


def grades(*codes: str) -> dict[str, str]:
    return dict(zip(CRITERIA, codes, strict=True))


@pytest.mark.parametrize(
    "codes, points, below",
    [
        (("G", "G", "G", "G"), 4, ()),
        (("MVG", "MVG", "MVG", "MVG"), 20, ()),
        (("MVG", "VG", "VG", "G"), 12, ()),
        (("MVG", "MVG", "MVG", "IG"), 15, ("lasting-change",)),
        (("IG", "VG", "IG", "VG"), 6, ("relevance", "goal-achievement")),
    ],
)
def test_points_and_thresholds(codes, points, below):
    weighed = weigh(real_call(), grades(*codes))
    assert weighed.points == points
    assert weighed.below == tuple(Reason.of("grade.below", criterion=one, grade="IG", least="G") for one in below)
    assert weighed.passes is not bool(below)


def test_what_is_not_graded_yet():
    assert ungraded(real_call(), {"relevance": "G"}) == CRITERIA[1:]


def test_a_criterion_or_grade_that_is_not_there_cannot_be_weighed():
    with pytest.raises(KeyError):
        weigh(real_call(), {"relevance": "G"})
    with pytest.raises(KeyError):
        weigh(real_call(), grades("A", "G", "G", "G"))


SCALE = "".join(
    f'[[scale]]\ncode = "{code}"\npoints = {points}\ntext = {{ sv = "x", en = "y" }}\n'
    for code, points in (("G", 1), ("VG", 3), ("MVG", 5))
)


def one_criterion(**also: str) -> str:
    others = "".join(f"{key} = {value}\n" for key, value in also.items())
    words = "".join(f'{key} = {{ sv = "x", en = "y" }}\n' for key in ("text", "guidance"))
    return f'{SCALE}[[criteria]]\nid = "plan"\nsource = "S"\n{words}{others}'


@pytest.mark.parametrize(
    "also, points",
    [
        ({}, 5),
        ({"weight": '"three"'}, 15),
        ({"weight": '"no"'}, 0),
        ({"weight": '"unsaid"'}, 5),
        ({"cap": '"VG"'}, 3),
        ({"cap": '"VG"', "weight": '"two"'}, 6),
    ],
)
def test_points_are_weighted_and_capped(also, points):
    call = small_call(a_rule('{ states = "civil" }'), more=one_criterion(**also))
    assert weigh(call, {"plan": "MVG"}).points == points


@pytest.mark.parametrize("weight, below", [("two", ()), ("one", (Reason.of("grade.total-below", points=5, least=10),))])
def test_the_points_in_all_have_a_least_too(weight, below):
    more = one_criterion(weight=f'"{weight}"') + '[assessment]\nleast_total = "ten_points"\nsource = "S"\n'
    call = small_call(a_rule('{ states = "civil" }'), more=more)
    assert weigh(call, {"plan": "MVG"}).below == below
