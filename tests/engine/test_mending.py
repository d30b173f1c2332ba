"""The smallest change that would do does: made, it meets the rule, and one step less does not."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from samspel.engine.calls.conditions import EVERYTHING, Ask, Filter, Measure, Need
from samspel.engine.calls.findings import Mend
from samspel.engine.calls.judging.judge import judge
from samspel.engine.calls.situation import Funding, Line, Partner, Situation
from samspel.engine.calls.text import Rule
from samspel.engine.values import CENT, Range
from samspel.engine.verdicts import Outcome, Reason
from tests.engine.sample import finding, small_call

MET, OPEN, NOT_MET = Outcome.MET, Outcome.OPEN, Outcome.NOT_MET


def reasons(mends: tuple[Mend, ...]) -> list[Reason]:
    return [mend.reason for mend in mends]


def months(operator: str, low: int | None, high: int | None) -> list[tuple[str, object]]:
    """What would mend a duration compared with two months: the code and by how much."""
    known = "" if low is None else f"duration = [{low}, {high}]"
    told = finding(f'{{ fact = "duration", {operator} = "two_months" }}', known)
    return [(one.code.removeprefix("mend.fact."), dict(one.values).get("by")) for one in reasons(told.mend)]


MENDED = [
    ("at_least", (1, 1), [("more", 1)]),
    ("at_least", (0, 9), [("more", 2)]),
    ("at_least", (2, 2), []),
    ("at_least", (None, None), [("state", None)]),
    ("at_most", (5, 5), [("less", 3)]),
    ("at_most", (1, 5), [("less", 3)]),
    ("more_than", (2, 2), [("more", 1)]),
    ("less_than", (2, 2), [("less", 1)]),
    ("less_than", (1, 4), [("less", 3)]),
    ("equals", (1, 1), [("more", 1)]),
    ("equals", (5, 5), [("less", 3)]),
    ("equals", (2, 3), [("less", 1)]),
]


@pytest.mark.parametrize("operator, known, wanted", MENDED)
def test_a_number_that_is_not_there_must_rise_or_fall_or_be_stated(operator, known, wanted):
    assert months(operator, *known) == wanted


TOLD = [
    (
        '{ count = "partners", at_least = "three" }',
        "partners = [{}]",
        Reason.of("mend.count.more", by=Decimal(2), to=Decimal(3)),
    ),
    (
        '{ count = "partners", at_most = "one" }',
        "partners = [{}, {}]",
        Reason.of("mend.count.less", by=Decimal(1), to=Decimal(1)),
    ),
    (
        '{ amount = "grant", more_than = "fifty" }',
        "grant = 50",
        Reason.of("mend.amount.more", by=CENT, to=Decimal("50.01")),
    ),
    (
        '{ amount = "grant", less_than = "fifty" }',
        "grant = 50",
        Reason.of("mend.amount.less", by=CENT, to=Decimal("49.99")),
    ),
    (
        '{ share = "partners", where = { size = ["small"] }, of = "partners", at_least = "half_of_partners" }',
        "partners = [{ size = 'small' }, { size = 'large', times = 3 }]",
        Reason.of("mend.share.partners.more", by=Decimal(2), to=Decimal("0.5")),
    ),
    (
        '{ share = "partners", where = { size = ["small"] }, of = "partners", less_than = "half_of_partners" }',
        "partners = [{ size = 'small' }, { size = 'large' }]",
        Reason.of("mend.share.partners.less", by=Decimal(1), to=Decimal("0.5")),
    ),
    (
        '{ share = "grant", of = "total-cost", at_most = "half_of_total_cost" }',
        "grant = 60\ntotal_cost = 99.99",
        Reason.of("mend.share.money.less", by=Decimal("10.01"), to=Decimal("0.5")),
    ),
    (
        '{ share = "cofunding", of = "financing", at_least = "half_of_financing" }',
        "grant = 60\ncofunding = [{ amount = 20 }]",
        Reason.of("mend.share.money.more", by=Decimal("40.00"), to=Decimal("0.5")),
    ),
    (
        '{ share = "grant", of = "total-cost", at_most = "half_of_total_cost" }',
        "grant = 60\ntotal_cost = [90, 100]",
        Reason.of("mend.share.less", by=Decimal(60) / 90 - Decimal("0.5"), to=Decimal("0.5")),
    ),
    (
        '{ share = "grant", of = "total-cost", at_most = "half_of_total_cost" }',
        "grant = 60",
        Reason.of("mend.share.state", to=Decimal("0.5")),
    ),
]


@pytest.mark.parametrize("needs, given, wanted", TOLD)
def test_what_would_do_is_told_in_the_units_of_the_matter(needs, given, wanted):
    assert reasons(finding(needs, given).mend) == [wanted]


def test_a_share_of_applications_is_told_as_a_share():
    food = 'share = "applications", where = { theme = ["food"] }, of = "applications"'
    needs = f'{{ {food}, at_most = "half_of_applications" }}'
    told = finding(needs, "applications = [{ theme = 'food' }]", over='"applications"')
    assert reasons(told.mend) == [Reason.of("mend.share.less", by=Decimal("0.5"), to=Decimal("0.5"))]


def test_a_part_that_would_have_to_be_all_is_told_as_a_share():
    more = '[parameters.all]\nunit = "share"\nof = "partners"\nvalue = 1\nsource = "S"\n'
    needs = '{ share = "partners", where = { size = ["small"] }, of = "partners", at_least = "all" }'
    told = finding(needs, "partners = [{ size = 'small' }, { size = 'large' }]", more=more)
    assert reasons(told.mend) == [Reason.of("mend.share.more", by=Decimal("0.5"), to=Decimal(1))]


def test_against_a_number_that_is_not_known_there_is_no_telling():
    needs = '{ count = "partners", at_least = { count = "hosts" } }'
    assert finding(needs, "partners = [{}, {}, {}]").outcome is MET
    assert finding('{ amount = "grant", at_least = { amount = "total-cost" } }', "grant = 5").mend == ()


# ---- Made, it does; one step less, it does not

CALL = small_call()
COUNTS = {name: Decimal(at) for at, name in enumerate(("no", "one", "two", "three", "four", "five"))}
SMALL = Filter(asks=(Ask("size", ("small",)),))
STAFF = Filter(asks=(Ask("category", ("staff",)),))


def judged(need: Need, given: Situation) -> tuple[Outcome, tuple[Mend, ...]]:
    (found,) = judge(replace(CALL, rules=(Rule("the-rule", need, "S"),)), given).findings
    return found.outcome, found.mend


def by(mends: tuple[Mend, ...], code: str) -> Decimal:
    found = [dict(one.values)["by"] for one in reasons(mends) if one.code == code]
    assume(found)
    amount = found[0]
    assert isinstance(amount, Decimal)
    return amount


def crowd(small: int, large: int, unknown: int = 0) -> tuple[Partner, ...]:
    sizes = ["small"] * small + ["large"] * large + [None] * unknown
    return tuple(Partner(f"p{index}", size=size, region=f"SE{index + 10}0") for index, size in enumerate(sizes))


few = st.integers(0, 4)
rising = st.builds(
    Need,
    st.sampled_from(["at_least", "more_than"]),
    st.builds(Measure, st.just("count"), st.sampled_from(["partners", "regions"]), where=st.just(SMALL)),
    st.sampled_from(sorted(COUNTS)),
)


@given(small=few, large=few, unknown=few, need=rising)
def test_so_many_more_of_those_meant_are_enough_and_one_fewer_is_not_surely(small, large, unknown, need):
    _, mends = judged(need, Situation(partners=crowd(small, large, unknown)))
    more = int(by(mends, "mend.count.more"))
    assert judged(need, Situation(partners=crowd(small + more, large, unknown)))[0] is MET
    assert judged(need, Situation(partners=crowd(small + more - 1, large, unknown)))[0] is not MET


@given(small=few, large=few, operator=st.sampled_from(["at_most", "less_than"]), bound=st.sampled_from(sorted(COUNTS)))
def test_so_many_fewer_of_those_meant_are_enough_and_one_more_is_not(small, large, operator, bound):
    need = Need(operator, Measure("count", "partners", where=SMALL), bound)
    _, mends = judged(need, Situation(partners=crowd(small, large)))
    less = int(by(mends, "mend.count.less"))
    assume(less <= small)
    assert judged(need, Situation(partners=crowd(small - less, large)))[0] is MET
    assert judged(need, Situation(partners=crowd(small - less + 1, large)))[0] is NOT_MET


SHARES = {"at_least": "more", "more_than": "more", "at_most": "less", "less_than": "less"}


@given(small=few, large=few, operator=st.sampled_from(sorted(SHARES)))
def test_so_many_partners_turn_a_share_of_partners_and_one_fewer_does_not(small, large, operator):
    need = Need(operator, Measure("share", "partners", "partners", where=SMALL), "half_of_partners")
    _, mends = judged(need, Situation(partners=crowd(small, large)))
    step = int(by(mends, f"mend.share.partners.{SHARES[operator]}"))
    sign = 1 if SHARES[operator] == "more" else -1
    after = small + sign * step
    assume(after >= 0 and after + large > 0)
    assert judged(need, Situation(partners=crowd(after, large)))[0] is MET
    assert judged(need, Situation(partners=crowd(after - sign, large)))[0] is NOT_MET


cents = st.integers(1, 10_000).map(lambda number: Decimal(number) / 100)


@given(part=cents, rest=cents, operator=st.sampled_from(sorted(SHARES)))
def test_so_much_money_turns_a_share_of_its_own_kind_and_a_cent_less_does_not(part, rest, operator):
    def costs(staff: Decimal) -> Situation:
        return Situation(costs=(Line(staff, category="staff"), Line(rest, category="travel")))

    need = Need(operator, Measure("share", "cost", "total-cost", where=STAFF), "half_of_total_cost")
    step = by(judged(need, costs(part))[1], f"mend.share.money.{SHARES[operator]}")
    sign = 1 if SHARES[operator] == "more" else -1
    assert judged(need, costs(part + sign * step))[0] is MET
    assert judged(need, costs(part + sign * (step - CENT)))[0] is NOT_MET


@given(grant=cents, cost=cents, operator=st.sampled_from(sorted(SHARES)))
def test_so_much_money_turns_a_share_of_another_sum_and_a_cent_less_does_not(grant, cost, operator):
    def asking(amount: Decimal) -> Situation:
        return Situation(grant=Range.exactly(amount), total_cost=Range.exactly(cost))

    need = Need(operator, Measure("share", "grant", "total-cost"), "half_of_total_cost")
    step = by(judged(need, asking(grant))[1], f"mend.share.money.{SHARES[operator]}")
    sign = 1 if SHARES[operator] == "more" else -1
    assume(grant + sign * step >= 0)
    assert judged(need, asking(grant + sign * step))[0] is MET
    assert judged(need, asking(grant + sign * (step - CENT)))[0] is NOT_MET


@given(grant=cents, given=cents)
def test_so_much_more_co_funding_reaches_its_share_of_the_financing(grant, given):
    def funded(amount: Decimal) -> Situation:
        return Situation(grant=Range.exactly(grant), cofunding=(Funding(amount, "f"),))

    need = Need("at_least", Measure("share", "cofunding", "financing"), "half_of_financing")
    step = by(judged(need, funded(given))[1], "mend.share.money.more")
    assert judged(need, funded(given + step))[0] is MET
    assert judged(need, funded(given + step - CENT))[0] is NOT_MET


@given(amount=cents, operator=st.sampled_from(sorted(SHARES)))
def test_so_much_money_turns_a_sum_and_a_cent_less_does_not(amount, operator):
    def asking(grant: Decimal) -> Situation:
        return Situation(grant=Range.exactly(grant))

    need = Need(operator, Measure("amount", "grant", where=EVERYTHING), "fifty")
    step = by(judged(need, asking(amount))[1], f"mend.amount.{SHARES[operator]}")
    sign = 1 if SHARES[operator] == "more" else -1
    assert judged(need, asking(amount + sign * step))[0] is MET
    assert judged(need, asking(amount + sign * (step - CENT)))[0] is NOT_MET
