"""Sums of money and the shares that one has of another, in the call's currency, and what is not known of them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from samspel.engine.calls import vocabulary
from samspel.engine.calls.judging.matching import Matching
from samspel.engine.calls.judging.measuring import Measuring
from samspel.engine.calls.judging.reckoning import Measured
from samspel.engine.calls.judging.sums import _back
from samspel.engine.values import UNKNOWN, Range
from samspel.engine.verdicts import Reason
from tests.engine.sample import a_rule, call_with, measure_of, situation_of, small_call


def measured(measure: str, given: str, *, over: str = "application", more: str = "") -> tuple[Measured, ...]:
    """Take a sum or a share, written as in a rule, of a situation written in TOML."""
    bound = "nothing"
    if measure.startswith("share"):
        bound = "half_of_" + measure.partition(', of = "')[2].partition('"')[0].replace("-", "_")
    call = call_with(f'{{ {measure}, at_least = "{bound}" }}', over=f'"{over}"', more=more)
    found = measure_of(call)
    return Measuring(Matching(call, situation_of(given, call)), over).measure(found)


def a_range(pair: tuple[object, object] | None) -> Range:
    if pair is None:
        return UNKNOWN
    low, high = (None if one is None else Decimal(str(one)) for one in pair)
    return Range(low=low, high=high)


STAFF = 'where = { category = ["staff"] }'
COSTS = """\
[[costs]]
category = "staff"
eligible = true
amount = 60
[[costs]]
category = "travel"
eligible = false
amount = 40
"""
# the sum, the situation, and the least and the most that is found (None: unknown)
AMOUNTS = [
    ('amount = "total-cost"', "", None),
    ('amount = "total-cost"', "total_cost = [10, 20]", (10, 20)),
    ('amount = "total-cost"', f"total_cost = 5\n{COSTS}", (100, 100)),
    ('amount = "eligible-cost"', COSTS, (60, 60)),
    ('amount = "eligible-cost"', "costs = [{ amount = 5 }, { amount = 3, eligible = true }]", (3, 8)),
    ('amount = "eligible-cost"', "eligible_cost = 7", (7, 7)),
    ('amount = "cost"', "costs = []", (0, 0)),
    ('amount = "cost"', "total_cost = 100", None),
    (f'amount = "cost", {STAFF}', COSTS, (60, 60)),
    (f'amount = "total-cost", {STAFF}', "total_cost = 100", None),
    (f'amount = "cost", {STAFF}', "costs = [{ amount = 5 }]", (0, 5)),
    (f'amount = "cost", {STAFF}', 'costs = [{ category = "staff" }, { category = "staff", amount = 5 }]', (5, None)),
    (f'amount = "cost", {STAFF}', 'costs = [{ category = "travel" }]', (0, 0)),
    ('amount = "cost"', 'costs = [{ amount = 100, currency = "SEK" }, { amount = 1, currency = "EUR" }]', (11, 11)),
    ('amount = "cost"', 'costs = [{ amount = 100, currency = "NOK" }]', (0, None)),
    ('amount = "grant"', "grant = [5, 6]", (5, 6)),
    ('amount = "grant"', "grants = [{ amount = 2 }, { amount = 3 }]", (5, 5)),
    ('amount = "cofunding"', "", None),
    ('amount = "cofunding"', "cofunding = [{ amount = 5 }, { amount = 100, currency = 'SEK' }]", (15, 15)),
    (
        'amount = "cofunding"',
        "cofunding = [{ amount = 5, state = 'rejected' }, { amount = 3, state = 'withdrawn' }]",
        (0, 0),
    ),
    (
        'amount = "cofunding", where = { state = ["rejected"] }',
        "cofunding = [{ amount = 5, state = 'rejected' }]",
        (5, 5),
    ),
    (
        'amount = "cofunding", where = { any = [{ state = ["rejected"] }, { source = ["public"] }] }',
        "cofunding = [{ amount = 5, state = 'rejected' }]",
        (5, 5),
    ),
    ('amount = "certified"', "cofunding = [{ amount = 5, certified = 3 }, { amount = 2 }]", (3, 5)),
    ('amount = "certified"', "cofunding = [{}]", (0, None)),
    ('amount = "public-support"', "", None),
    ('amount = "public-support"', "grant = 5", None),
    (
        'amount = "public-support"',
        "grant = 5\ncofunding = [{ amount = 2, source = 'public' }, { amount = 3 }]",
        (7, 10),
    ),
    ('amount = "public-support"', "grants = [{ amount = 1 }]\ncofunding = []", (1, 1)),
    (
        'amount = "public-support", where = { form = ["cash"] }',
        "grant = 5\ncofunding = [{ amount = 2, source = 'public', form = 'in-kind' }]",
        (5, 5),
    ),
]


@pytest.mark.parametrize("measure, given, wanted", AMOUNTS, ids=[f"{one[0]} / {one[1]}" for one in AMOUNTS])
def test_how_much_there_is(measure, given, wanted):
    assert [one.found for one in measured(measure, given)] == [a_range(wanted)]


def test_every_quantity_of_an_application_is_summed_above():
    assert set(vocabulary.QUANTITIES) - {one[0].split('"')[1] for one in AMOUNTS} == {"de-minimis", "moved"}


def test_what_changes_have_moved():
    changes = "changes = [{ kind = 'budget', amount = 5, line = 10 }, { kind = 'partner', amount = 3 }, {}]"
    found = measured('amount = "moved", where = { kind = ["budget"] }', changes, over="changes")
    assert found[0].found == a_range((5, None))


def test_what_is_awarded_and_what_may_be():
    given = "applications = [{ grant = 5, state = 'awarded' }, { grant = 3 }, { grant = 9, state = 'rejected' }]"
    assert measured('amount = "grant"', given, over="awards")[0].found == a_range((5, 8))
    assert measured('amount = "grant"', given, over="applications")[0].found == a_range((17, 17))
    assert measured('amount = "grant"', "applications = [{ state = 'awarded' }]", over="awards")[0].found == a_range(
        (0, None)
    )


PARTNERS = "partners = [{ id = 'a', kind = 'company' }, { id = 'b', kind = 'university' }]\n"
# the sum, the lines, and what is found for each group ("?": another group that there may be)
GROUPS = [
    ('amount = "cost", per = "category"', COSTS, {"staff": (60, 60), "travel": (40, 40)}),
    (
        'amount = "cost", per = "category"',
        "costs = [{ category = 'staff', amount = 5 }, { amount = 3 }]",
        {"staff": (5, 8), "?": (0, 3)},
    ),
    ('amount = "cost", per = "partner"', "costs = [{ by = 'a', amount = 5 }]", {"a": (5, 5), "b": (0, 0)}),
    ('amount = "cost", per = "partner"', "costs = [{ amount = 5 }]", {"a": (0, 5), "b": (0, 5)}),
    ('amount = "cost", per = "partner"', "costs = [{ by = 'stranger', amount = 5 }]", {"a": (0, 5), "b": (0, 5)}),
    ('amount = "cost", where = { by = { kind = ["company"] } }, per = "partner"', "costs = []", {"a": (0, 0)}),
    ('amount = "cost", per = "country"', "costs = []", {}),
    ('amount = "cost", per = "country"', "costs = [{ amount = 5 }]", {"?": (0, 5)}),
    (
        'amount = "grant", per = "year"',
        "grants = [{ year = 1, amount = 5 }, { year = 2, amount = 3 }]",
        {"1": (5, 5), "2": (3, 3)},
    ),
    ('amount = "grant", per = "partner"', "", {"": None}),
    (
        'amount = "cofunding", per = "partner"',
        "cofunding = [{ funder = 'f', amount = 5 }]",
        {"a": (0, 0), "b": (0, 0), "f": (5, 5)},
    ),
]


@pytest.mark.parametrize("measure, given, wanted", GROUPS, ids=[f"{one[0]} / {one[1]}" for one in GROUPS])
def test_how_much_there_is_for_each_group(measure, given, wanted):
    found = {one.group: one.found for one in measured(measure, PARTNERS + given)}
    assert found == {group: a_range(pair) for group, pair in wanted.items()}


def test_a_line_of_nobody_may_be_anybodys_while_the_partners_are_not_known():
    found = measured('amount = "cost", per = "partner"', "costs = [{ amount = 5 }]")
    assert {one.group: one.found for one in found} == {"?": a_range((0, 5))}


# ---- Shares

MONEY = "grant = 40\ncofunding = [{ amount = 10, source = 'public' }, { amount = 50, source = 'private' }]"
PUBLIC = 'where = { source = ["public"] }'
SUBCONTRACTED = """\
partners = [{ id = 'a', roles = ['partner'] }, { id = 's', roles = ['subcontractor'] }]
costs = [
    { by = 'a', category = 'staff', amount = 10 }, { by = 'a', category = 'travel', amount = 30 },
    { by = 's', category = 'travel', amount = 60 },
]
"""
SHARES = [
    (f'share = "cost", {STAFF}, of = "total-cost"', COSTS, ("0.6", "0.6")),
    (f'share = "cost", {STAFF}, of = "total-cost"', "costs = []", None),
    (f'share = "cost", {STAFF}, of = "total-cost"', "total_cost = 100", None),
    (
        f'share = "cost", {STAFF}, of = "total-cost"',
        "costs = [{ category = 'staff', amount = 60 }, { amount = 40 }]",
        ("0.6", 1),
    ),
    (
        f'share = "cost", {STAFF}, of = "total-cost"',
        "costs = [{ category = 'staff', amount = 60 }, { category = 'travel' }]",
        (0, 1),
    ),
    (
        f'share = "cost", {STAFF}, of = "total-cost"',
        "costs = [{ category = 'staff' }, { category = 'travel', amount = 60 }]",
        (0, None),
    ),
    ('share = "eligible-cost", of = "total-cost"', COSTS, ("0.6", "0.6")),
    (
        'share = "total-cost", of = "eligible-cost"',
        "costs = [{ amount = 1, eligible = true }, { amount = 1, eligible = false }]",
        (2, 2),
    ),
    (
        'share = "cost", where = { category = ["travel"] }, of = "eligible-cost"',
        COSTS.replace("60", "80"),
        ("0.5", "0.5"),
    ),
    (f'share = "cost", {STAFF}, of = "total-cost", of_where = {{ eligible = true }}', COSTS, (1, 1)),
    ('share = "grant", of = "total-cost"', f"grant = [40, 50]\n{COSTS}", ("0.4", "0.5")),
    ('share = "grant", of = "total-cost"', "grant = 40\ntotal_cost = [80, 160]", ("0.25", "0.5")),
    ('share = "grant", of = "total-cost"', "grant = 40", None),
    ('share = "grant", of = "total-cost"', "grant = 40\ntotal_cost = 0", None),
    (
        'share = "grant", of = "eligible-cost", of_where = { category = ["staff"] }',
        f"grant = 30\n{COSTS}",
        ("0.5", "0.5"),
    ),
    (
        'share = "grant", of = "eligible-cost", of_where = { category = ["staff"] }',
        "grant = 30\neligible_cost = 60",
        None,
    ),
    (
        'share = "grant", where = { phase = ["first"] }, of = "grant"',
        "grants = [{ phase = 'first', amount = 1 }, { phase = 'second', amount = 3 }]",
        ("0.25", "0.25"),
    ),
    ('share = "certified", of = "cofunding"', "cofunding = [{ amount = 10, certified = 4 }]", ("0.4", "0.4")),
    (
        f'share = "cofunding", {PUBLIC}, of = "cofunding"',
        "cofunding = [{ amount = 1, source = 'public' }, { amount = 3, source = 'private' }]",
        ("0.25", "0.25"),
    ),
    ('share = "grant", of = "financing"', MONEY, ("0.4", "0.4")),
    (f'share = "cofunding", {PUBLIC}, of = "financing"', MONEY, ("0.1", "0.1")),
    (
        f'share = "cofunding", {PUBLIC}, of = "financing"',
        MONEY.replace("grant = 40", "grants = [{ amount = 40 }]"),
        ("0.1", "0.1"),
    ),
    ('share = "grant", of = "financing", of_where = { source = ["public"] }', MONEY, ("0.8", "0.8")),
    ('share = "grant", of = "financing"', "grant = 40", (0, 1)),
    ('share = "cofunding", of = "financing"', "grant = 40", None),
    ('share = "public-support", of = "financing"', MONEY, ("0.5", "0.5")),
    ('share = "public-support", of = "eligible-cost"', f"{MONEY}\neligible_cost = 100", ("0.5", "0.5")),
    (
        'share = "cost", of = "total-cost-without-subcontracting", where = { category = ["travel"] }',
        COSTS,
        ("0.4", None),
    ),
    (
        'share = "cost", of = "total-cost-without-subcontracting", where = { category = ["staff"] }',
        SUBCONTRACTED,
        ("0.25", "0.25"),
    ),
]


@pytest.mark.parametrize("measure, given, wanted", SHARES, ids=[f"{one[0]} / {one[1]}" for one in SHARES])
def test_what_share_one_sum_has_of_another(measure, given, wanted):
    assert [one.found for one in measured(measure, given)] == [a_range(wanted)]


def test_every_denominator_of_money_is_tried():
    tried = {one[0].partition(', of = "')[2].partition('"')[0] for one in SHARES}
    assert set(vocabulary.denominators("moved", "changes")) - tried == {"envelope", "line"}


def test_a_part_of_its_own_kind_is_of_the_whole_and_of_another_sum_of_the_groups_own():
    given = (
        f"{PARTNERS}costs = [{{ by = 'a', amount = 30, eligible = true }},"
        " { by = 'b', amount = 70, eligible = true }]\n"
        "grants = [{ by = 'a', amount = 15 }, { by = 'b', amount = 7 }]"
    )
    own = measured('share = "cost", of = "total-cost", per = "partner"', given)
    assert {one.group: one.found for one in own} == {
        "a": Range.exactly(Decimal("0.3")),
        "b": Range.exactly(Decimal("0.7")),
    }
    other = measured('share = "grant", of = "eligible-cost", per = "partner"', given)
    assert {one.group: one.found for one in other} == {
        "a": Range.exactly(Decimal("0.5")),
        "b": Range.exactly(Decimal("0.1")),
    }
    nothing = measured(
        'share = "grant", of = "eligible-cost", per = "partner"',
        f"{PARTNERS}grants = [{{ by = 'a', amount = 1 }}]\ncosts = []",
    )
    assert {one.group: one.found for one in nothing} == {"a": UNKNOWN}


def test_the_denominator_of_a_group_that_there_may_be_is_not_known():
    given = f"{PARTNERS}grants = [{{ amount = 15 }}]\ncosts = [{{ amount = 30, eligible = true }}]"
    found = measured('share = "grant", of = "eligible-cost", per = "partner"', given)
    assert [(one.group, one.found, one.sure) for one in found] == [("?", UNKNOWN, False)]
    loose = f"{PARTNERS}grants = [{{ by = 'a', amount = 15 }}]\ncosts = [{{ amount = 30, eligible = true }}]"
    found = measured('share = "grant", of = "eligible-cost", per = "partner"', loose)
    assert [(one.group, one.found) for one in found] == [("a", a_range(("0.5", None)))]


def test_a_partner_who_bears_nothing_has_no_part():
    given = f"{PARTNERS}costs = [{{ by = 'a', amount = 30 }}]"
    found = measured('share = "cost", of = "total-cost", per = "partner"', given)
    assert {one.group: one.found for one in found} == {"a": Range.exactly(1), "b": Range.exactly(0)}


def test_a_part_of_the_envelope_is_of_what_holds_on_the_day():
    envelope = a_rule('{ amount = "grant", at_most = "purse" }', "whole", over='"awards"')
    dated = (
        '[parameters.purse]\nunit = "money"\nsource = "S"\n'
        "value = [{ from = 2018-01-01, is = 100 }, { from = 2019-01-01, is = 200 }]\n"
    )
    awards = "applications = [{ grant = 50, state = 'awarded' }]"
    measure = 'share = "grant", of = "envelope"'
    for day, share in (("2018-06-01", "0.5"), ("2019-06-01", "0.25")):
        found = measured(measure, f"on = {day}\n{awards}", over="awards", more=dated + envelope)
        assert found[0].found == Range.exactly(Decimal(share))
    assert measured('share = "grant", of = "envelope"', awards, over="awards")[0].found == UNKNOWN


def test_what_a_change_moves_of_its_line():
    given = (
        "changes = [{ category = 'staff', amount = 30, line = 100 }, { category = 'travel', amount = 5, line = 10 }]"
    )
    found = measured('share = "moved", of = "line", per = "category"', given, over="changes")
    assert {one.group: one.found for one in found} == {
        "staff": Range.exactly(Decimal("0.3")),
        "travel": Range.exactly(Decimal("0.5")),
    }


# ---- De minimis

DE_MINIMIS = 'amount = "de-minimis", years = "three_years"'
AID = "[{ on = 2015-04-01, amount = 1 }, { on = 2015-04-02, amount = 20 }, { on = 2018-04-02, amount = 300 }]"
AIDED = [
    ("", {"": None}),
    ("partners = []", {}),
    ("partners = [{}]", {"a": (0, None)}),
    (f"partners = [{{ aid = {AID} }}]", {"a": (20, None)}),
    (f"grants = []\npartners = [{{ aid = {AID} }}, {{ aid = [] }}]", {"a": (20, 20), "b": (0, 0)}),
    (
        f"grants = [{{ by = 'a', amount = 5 }}, {{ by = 'b', amount = 7 }}]\npartners = [{{ aid = {AID} }}]",
        {"a": (25, 25)},
    ),
    (f"grants = [{{ amount = 5 }}]\npartners = [{{ aid = {AID} }}]", {"a": (20, 25)}),
    ("grants = [{ by = 'a', amount = 5 }]\npartners = [{}]", {"a": (5, None)}),
]


@pytest.mark.parametrize("given, wanted", AIDED, ids=[one[0] for one in AIDED])
def test_de_minimis_aid_of_the_rolling_years_and_what_is_asked_for_now(given, wanted):
    found = {one.group: one.found for one in measured(DE_MINIMIS, given)}
    assert found == {group: a_range(pair) for group, pair in wanted.items()}


def test_de_minimis_aid_only_of_those_partners_that_are_meant():
    given = "grants = []\npartners = [{ kind = 'company', aid = [] }, { kind = 'university', aid = [] }, { aid = [] }]"
    found = measured(f'{DE_MINIMIS}, where = {{ by = {{ kind = ["company"] }} }}', given)
    assert [(one.group, one.sure) for one in found] == [("a", True), ("c", False)]


@pytest.mark.parametrize("years", ["", ', years = "unsaid_years"'])
def test_without_a_number_of_years_earlier_aid_has_no_upper_end(years):
    found = measured(f'amount = "de-minimis"{years}', "grants = []\npartners = [{ aid = [] }]")
    assert [one.found for one in found] == [a_range((0, None))]


def test_the_same_day_some_years_before():
    assert _back(date(2024, 2, 29), 3) == date(2021, 2, 28)
    assert _back(date(2024, 3, 1), 3) == date(2021, 3, 1)


# ---- What it was summed from


def test_the_evidence_names_who_bears_and_who_funds():
    costs = "costs = [{ by = 'a', amount = 60 }, { amount = 3 }]"
    assert measured('amount = "cost"', costs)[0].evidence == (Reason.of("cost.of", partner="a", amount=Decimal(60)),)
    funds = "cofunding = [{ funder = 'R', amount = 5, state = 'decided' }, { funder = 'S' }, { state = 'rejected' }]"
    assert measured('amount = "cofunding"', funds)[0].evidence == (
        Reason.of("cofunding.from", funder="R", amount=Decimal(5), state="decided"),
        Reason.of("cofunding.from", funder="S", amount=None, state="intended"),
    )


def test_a_call_without_an_envelope_knows_none():
    assert small_call().selection.envelope == ""
