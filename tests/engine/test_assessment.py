"""Grades add up to points on the call's scale, and each criterion has its least grade."""

from __future__ import annotations

import pytest

from samspel.engine.assessment import ungraded, weigh
from samspel.engine.verdicts import Reason
from tests.engine.sample import real_call

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


def test_what_is_missing_is_told_in_the_calls_order():
    assert ungraded(real_call(), {"cooperation": "G"}) == ("relevance", "goal-achievement", "lasting-change")
    assert ungraded(real_call(), grades("G", "G", "G", "G")) == ()


@pytest.mark.parametrize("wrong", [{}, grades("G", "G", "G", "A")], ids=["missing", "not on the scale"])
def test_only_a_complete_set_of_the_scales_grades_is_weighed(wrong):
    with pytest.raises(KeyError):
        weigh(real_call(), wrong)
