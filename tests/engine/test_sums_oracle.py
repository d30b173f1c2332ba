"""Sums of money and their shares agree with trying everything that an unknown may turn out to be.

Where the name says exact, the range is the very least and most over all of them, and has no upper end just where an
amount that is missing may be any; where it says sound, it may be wider but never excludes what may be.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspel.engine.calls import vocabulary
from samspel.engine.calls.conditions import EVERYTHING, Filter, Measure, Need
from samspel.engine.calls.judging.judge import judge
from samspel.engine.calls.judging.matching import Matching
from samspel.engine.calls.judging.measuring import Measuring
from samspel.engine.calls.situation import Aid, Funding, Partner, Situation
from samspel.engine.calls.text import Rule
from samspel.engine.values import Range
from samspel.engine.verdicts import Outcome
from tests.engine.completions import HUGE, asked, completions, fits, grants, lines, share, within
from tests.engine.sample import small_call

CALL = small_call()
STAFF, FIRST = asked("category", "staff"), asked("phase", "first")
FILTERS = st.sampled_from([EVERYTHING, STAFF])


def measured(given: Situation, measure: Measure) -> Range:
    return Measuring(Matching(CALL, given)).measure(measure)[0].found


def assert_exact(told: Range, numbers: list[Decimal]) -> None:
    assert told == Range(min(numbers), None if max(numbers) >= HUGE else max(numbers))


def known_of(numbers: list[Decimal | None]) -> list[Decimal]:
    return [one for one in numbers if one is not None]


def total(things: tuple[Any, ...], where: Filter = EVERYTHING) -> Decimal:
    return sum((one.amount for one in things if fits(one, where)), Decimal(0))


# ---- Sums


@given(costs=lines("category", "eligible", "amount"), where=FILTERS, what=st.sampled_from(["cost", "total-cost"]))
def test_a_sum_of_costs_is_exact(costs, where, what):
    numbers = [total(whole, where) for whole in completions(costs, ("category", "eligible", "amount"))]
    assert_exact(measured(Situation(costs=costs), Measure("amount", what, where=where)), numbers)


@given(costs=lines("category", "eligible", "amount"), where=FILTERS)
def test_a_sum_of_eligible_costs_is_exact(costs, where):
    attributes = ("category", "eligible", "amount")
    numbers = [total(tuple(one for one in whole if one.eligible), where) for whole in completions(costs, attributes)]
    assert_exact(measured(Situation(costs=costs), Measure("amount", "eligible-cost", where=where)), numbers)


@given(asked_for=grants("phase", "amount"))
def test_a_sum_of_the_grant_is_exact(asked_for):
    numbers = [total(whole, FIRST) for whole in completions(asked_for, ("phase", "amount"))]
    assert_exact(measured(Situation(grants=asked_for), Measure("amount", "grant", where=FIRST)), numbers)


HOLDS = {
    "at_least": lambda found, bound: found >= bound,
    "at_most": lambda found, bound: found <= bound,
    "equals": lambda found, bound: found == bound,
    "more_than": lambda found, bound: found > bound,
    "less_than": lambda found, bound: found < bound,
}
FEW = {"nothing": Decimal(0), "five_euros": Decimal(5), "six_euros": Decimal(6)}
FEW_CALL = small_call(
    more="".join(
        f'[parameters.{name}]\nunit = "money"\nvalue = {number}\nsource = "S"\n'
        for name, number in FEW.items()
        if name != "nothing"
    )
)


@given(
    costs=lines("category", "amount"),
    operator=st.sampled_from(vocabulary.COMPARISONS),
    bound=st.sampled_from(sorted(FEW)),
)
def test_a_sum_for_each_category_is_sound_also_for_categories_that_may_be(costs, operator, bound):
    answers = set()
    for whole in completions(costs, ("category", "amount")):
        sums = [total(whole, asked("category", one)) for one in {line.category for line in whole}]
        answers.add(all(HOLDS[operator](one, FEW[bound]) for one in sums))
    need = Need(operator, Measure("amount", "cost", per="category"), parameter=bound)
    found = judge(replace(FEW_CALL, rules=(Rule("the-rule", need, "S"),)), Situation(costs=costs)).outcome
    assert found is not Outcome.MET or answers == {True}
    assert found is not Outcome.NOT_MET or answers == {False}


PARTNERS = tuple(Partner(f"p{index}") for index in range(3))


@given(
    costs=lines("by", "amount"), operator=st.sampled_from(vocabulary.COMPARISONS), bound=st.sampled_from(sorted(FEW))
)
def test_a_sum_for_each_partner_is_sound_also_for_partners_who_bear_nothing(costs, operator, bound):
    answers = set()
    for whole in completions(costs, ("by", "amount")):
        sums = [total(whole, asked("by", one.id)) for one in PARTNERS]
        answers.add(all(HOLDS[operator](one, FEW[bound]) for one in sums))
    need = Need(operator, Measure("amount", "cost", per="partner"), parameter=bound)
    given = Situation(partners=PARTNERS, costs=costs)
    found = judge(replace(FEW_CALL, rules=(Rule("the-rule", need, "S"),)), given).outcome
    assert found is not Outcome.MET or answers == {True}
    assert found is not Outcome.NOT_MET or answers == {False}


# ---- Shares


@given(costs=lines("category", "eligible"))
def test_a_share_of_its_own_kind_is_exact_where_every_amount_is_known(costs):
    shares = [share(total(whole, STAFF), total(whole)) for whole in completions(costs, ("category",))]
    told = measured(Situation(costs=costs), Measure("share", "cost", "total-cost", where=STAFF))
    if None in shares:
        assert within(told, shares)
    else:
        assert told == Range(min(known_of(shares)), max(known_of(shares)))


@pytest.mark.parametrize("of", ["total-cost", "eligible-cost"])
@given(costs=lines("category", "eligible", "amount"))
def test_a_share_of_cost_is_sound(of, costs):
    shares = []
    for whole in completions(costs, ("category", "eligible", "amount")):
        below = tuple(one for one in whole if one.eligible) if of == "eligible-cost" else whole
        shares.append(share(total(whole, STAFF), total(below)))
    assert within(measured(Situation(costs=costs), Measure("share", "cost", of, where=STAFF)), shares)


@given(costs=lines("eligible", "amount"), asked_for=grants("phase", "amount"))
def test_a_share_of_another_sum_is_sound_and_exact_where_there_surely_is_something_to_divide_by(costs, asked_for):
    shares = [
        share(total(parts, FIRST), total(tuple(one for one in whole if one.eligible)))
        for whole in completions(costs, ("eligible", "amount"))
        for parts in completions(asked_for, ("phase", "amount"))
    ]
    told = measured(Situation(costs=costs, grants=asked_for), Measure("share", "grant", "eligible-cost", where=FIRST))
    assert within(told, shares)
    known = all(one.amount is not None for one in (*costs, *asked_for))
    if known and None not in shares:
        assert told == Range(min(known_of(shares)), max(known_of(shares)))


fundings = st.lists(
    st.builds(
        Funding,
        amount=st.sampled_from((None, Decimal(1), Decimal(5))),
        source=st.sampled_from((None, "public", "private")),
        certified=st.sampled_from((None, Decimal(0), Decimal(1))),
        state=st.sampled_from((None, "decided", "rejected")),
    ),
    max_size=2,
).map(tuple)


def funded(given: tuple[Funding, ...]) -> list[tuple[Funding, ...]]:
    """Every way in which amount and source of each co-funder may turn out."""
    found: list[tuple[Funding, ...]] = [()]
    for one in given:
        sources = ("public", "private") if one.source is None else (one.source,)
        amounts = (Decimal(0), HUGE) if one.amount is None else (one.amount,)
        ways = [replace(one, source=source, amount=amount) for source in sources for amount in amounts]
        found = [(*before, way) for before in found for way in ways]
    return found


def put_in(given: tuple[Funding, ...], *, public: bool = False) -> Decimal:
    there = [one for one in given if one.state != "rejected" and (one.source == "public" or not public)]
    return sum(known_of([one.amount for one in there]), Decimal(0))


@given(given=fundings, asked_for=grants("amount"), what=st.sampled_from(["grant", "cofunding", "public-support"]))
def test_a_share_of_the_financing_is_sound(given, asked_for, what):
    shares = []
    for parts in completions(asked_for, ("amount",)):
        for whole in funded(given):
            sums = {"grant": total(parts), "cofunding": put_in(whole, public=True)}
            part = sums[what] if what in sums else sum(sums.values())
            shares.append(share(part, total(parts) + put_in(whole)))
    where = asked("source", "public") if what == "cofunding" else EVERYTHING
    situation = Situation(grants=asked_for, cofunding=given)
    assert within(measured(situation, Measure("share", what, "financing", where=where)), shares)


@given(given=fundings)
def test_what_is_certified_is_at_most_what_was_promised_until_the_certificate_has_come(given):
    numbers = []
    for whole in funded(given):
        there = [one for one in whole if one.state != "rejected"]
        low = sum((one.certified or Decimal(0) for one in there), Decimal(0))
        numbers += [low, low + put_in(tuple(one for one in there if one.certified is None))]
    assert_exact(measured(Situation(cofunding=given), Measure("amount", "certified")), numbers)


# ---- De minimis

days = st.sampled_from([date(2015, 4, 1), date(2015, 4, 2), date(2017, 6, 1), date(2018, 4, 1), date(2018, 4, 2)])


@given(
    aid=st.lists(st.builds(Aid, days, st.sampled_from([Decimal(1), Decimal(40)])), max_size=3).map(tuple),
    asked_for=grants("by", "amount"),
)
def test_aid_over_rolling_years_is_sound_and_counts_what_is_asked_for_now(aid, asked_for):
    """Three years before 1 April 2018 begin on 2 April 2015."""
    past = sum((one.amount for one in aid if date(2015, 4, 2) <= one.on <= date(2018, 4, 1)), Decimal(0))
    numbers = [past + total(whole, asked("by", "p0")) for whole in completions(asked_for, ("by", "amount"))]
    situation = Situation(partners=(Partner("p0", aid=aid),), grants=asked_for)
    assert_exact(measured(situation, Measure("amount", "de-minimis", years="three_years")), numbers)
