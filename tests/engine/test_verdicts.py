"""Three-valued answers follow Kleene's tables, and what is open never counts as a yes or a no."""

from __future__ import annotations

from itertools import product

import pytest

from samspel.engine.calls.conditions import Need
from samspel.engine.calls.findings import Finding, Verdict
from samspel.engine.verdicts import Outcome, Reason, all_of, any_of, opposite

MET, OPEN, NOT_MET, WAIVED = Outcome.MET, Outcome.OPEN, Outcome.NOT_MET, Outcome.WAIVED
TRUTH = (MET, OPEN, NOT_MET)

AND = {
    (MET, MET): MET,
    (MET, OPEN): OPEN,
    (MET, NOT_MET): NOT_MET,
    (OPEN, OPEN): OPEN,
    (OPEN, NOT_MET): NOT_MET,
    (NOT_MET, NOT_MET): NOT_MET,
}
OR = {
    (MET, MET): MET,
    (MET, OPEN): MET,
    (MET, NOT_MET): MET,
    (OPEN, OPEN): OPEN,
    (OPEN, NOT_MET): OPEN,
    (NOT_MET, NOT_MET): NOT_MET,
}


@pytest.mark.parametrize("one, other", AND)
def test_both_and_either(one, other):
    assert all_of([one, other]) == all_of([other, one]) == AND[one, other]
    assert any_of([one, other]) == any_of([other, one]) == OR[one, other]


def test_of_nothing_all_is_met_and_any_is_not():
    assert (all_of([]), any_of([])) == (MET, NOT_MET)


def test_the_opposite():
    assert [opposite(one) for one in (MET, OPEN, NOT_MET)] == [NOT_MET, OPEN, MET]


@pytest.mark.parametrize("three", list(product(TRUTH, repeat=3)))
def test_not_all_is_any_not(three):
    assert opposite(all_of(three)) == any_of(opposite(one) for one in three)
    assert opposite(any_of(three)) == all_of(opposite(one) for one in three)


def test_what_is_waived_stands_between_open_and_met_and_has_no_opposite():
    assert (all_of([MET, WAIVED]), all_of([WAIVED, OPEN]), any_of([WAIVED, OPEN])) == (WAIVED, OPEN, WAIVED)
    assert opposite(WAIVED) is WAIVED


def test_a_verdict_gives_its_findings_by_outcome_in_order():
    findings = tuple(Finding(name, one, Need("all")) for name, one in zip("abc", (MET, OPEN, MET), strict=True))
    verdict = Verdict(outcome=OPEN, findings=findings)
    assert [finding.rule for finding in verdict.having(MET)] == ["a", "c"]
    assert verdict.having(NOT_MET) == ()
    assert findings[0].operator == "all"


def test_a_reason_is_the_same_in_whatever_order_its_values_are_named():
    assert Reason.of("x", b=1, a=2) == Reason.of("x", a=2, b=1) == Reason("x", (("a", 2), ("b", 1)))
