"""Rules over all applications, the awards, the reserve list, changes and the parts into which the money is parted."""

from __future__ import annotations

from decimal import Decimal

import pytest

from samspel.engine.calls.judging.judge import judge
from samspel.engine.verdicts import Outcome
from tests.engine.sample import a_rule, finding, judged, situation_of, small_call

MET, OPEN, NOT_MET = Outcome.MET, Outcome.OPEN, Outcome.NOT_MET

WITHIN = '{ amount = "grant", at_most = "hundred" }'
AWARDS = [
    ("", OPEN),
    ("applications = []", MET),
    ("applications = [{ grant = 60, state = 'awarded' }, { grant = 40, state = 'awarded' }]", MET),
    ("applications = [{ grant = 60, state = 'awarded' }, { grant = 40.01, state = 'awarded' }]", NOT_MET),
    ("applications = [{ grant = 60, state = 'awarded' }, { grant = 99, state = 'rejected' }]", MET),
    ("applications = [{ grant = 60, state = 'awarded' }, { grant = 99 }]", OPEN),
    ("applications = [{ state = 'awarded' }]", OPEN),
]


@pytest.mark.parametrize("given, outcome", AWARDS)
def test_the_awards_keep_within_the_envelope(given, outcome):
    assert finding(WITHIN, given, over='"awards"').outcome is outcome


ONE_EACH = '{ count = "applications", per = "theme", at_most = "one" }'


@pytest.mark.parametrize(
    "given, outcome",
    [
        ("applications = [{ theme = 'food', state = 'awarded' }, { theme = 'energy', state = 'awarded' }]", MET),
        ("applications = [{ theme = 'food', state = 'awarded' }, { theme = 'food', state = 'awarded' }]", NOT_MET),
        ("applications = [{ theme = 'food', state = 'awarded' }, { state = 'awarded' }]", OPEN),
    ],
)
def test_at_most_one_award_for_each_theme(given, outcome):
    assert finding(ONE_EACH, given, over='"awards"').outcome is outcome


# ---- Changes

SMALL = (
    '{ any = [{ share = "moved", of = "line", at_most = "half_of_line" }, { amount = "moved", less_than = "fifty" }] }'
)
STAFF = "{ category = 'staff', amount = 60, line = 100 }"
TRAVEL = "{ category = 'travel', amount = 10, line = 15 }"
LARGE = "{ category = 'travel', amount = 60, line = 200 }"
CHANGES = [
    ("", OPEN),
    (f"changes = [{TRAVEL}]", MET),
    (f"changes = [{LARGE}]", MET),
    (f"changes = [{LARGE}, {TRAVEL}]", MET),
    (f"changes = [{STAFF}]", NOT_MET),
    (f"changes = [{LARGE}, {STAFF}]", NOT_MET),
    (f"changes = [{LARGE}, {{}}]", OPEN),
    (f"changes = [{{}}, {STAFF}]", NOT_MET),
]


@pytest.mark.parametrize("given, outcome", CHANGES)
def test_changes_are_judged_one_by_one(given, outcome):
    assert finding(SMALL, given, over='"changes"').outcome is outcome


@pytest.mark.parametrize("number, outcome", [(2, MET), (3, NOT_MET)])
def test_changes_that_are_counted_are_seen_together(number, outcome):
    changes = ", ".join(["{}"] * number)
    assert (
        finding('{ count = "changes", at_most = "two" }', f"changes = [{changes}]", over='"changes"').outcome is outcome
    )


# ---- Partitions

WORDS = 'text = { sv = "Text", en = "Text" }\nsource = "S"\n'
PLAIN = a_rule('{ count = "partners", at_least = "no" }')


def partition(*, movable: bool = False, small: str = "fifty", of: str = "hundred") -> str:
    return f"""\
[[partitions]]
id = "by-strand"
of = "{of}"
movable = {str(movable).lower()}
{WORDS}parts = [
    {{ id = "small", where = {{ strand = ["small"] }}, amount = "{small}", text = {{ sv = "Text", en = "Text" }} }},
    {{ id = "large", where = {{ strand = ["large"] }}, amount = "half_of_envelope", text = {{ sv = "T", en = "T" }} }},
]
"""


def awards(small: str | None, large: str | None) -> str:
    one, other = ("" if amount is None else f", grant = {amount}" for amount in (small, large))
    return (
        f"applications = [{{ strand = 'small', state = 'awarded'{one} }},"
        f" {{ strand = 'large', state = 'awarded'{other} }}, {{ strand = 'small', state = 'reserve', grant = 999 }}]"
    )


PARTED = [
    (("50", "50"), MET, MET),
    (("50.01", "49"), NOT_MET, MET),
    (("49", "50.01"), NOT_MET, MET),
    (("50.01", "50"), NOT_MET, NOT_MET),
    ((None, "50"), OPEN, OPEN),
    ((None, "50.01"), NOT_MET, OPEN),
    ((None, "100.01"), NOT_MET, NOT_MET),
]


@pytest.mark.parametrize("grants, fixed, movable", PARTED)
def test_each_part_of_the_money_binds_unless_it_may_be_moved(grants, fixed, movable):
    for moves, outcome in ((False, fixed), (True, movable)):
        call = small_call(PLAIN + partition(movable=moves))
        assert judged(call, situation_of(awards(*grants), call))["by-strand"].outcome is outcome


def test_a_partition_tells_what_each_part_holds_or_where_money_moves_and_fails_the_whole():
    call = small_call(PLAIN + partition())
    told = judged(call, situation_of(awards("50.01", "49"), call))["by-strand"]
    assert [(part.group, part.outcome, part.bound) for part in told.parts] == [
        ("small", NOT_MET, Decimal(50)),
        ("large", MET, Decimal(50)),
    ]
    moving = small_call(PLAIN + partition(movable=True))
    told = judged(moving, situation_of(awards("60", "60"), moving))["by-strand"]
    assert [(part.group, part.bound) for part in told.parts] == [("", Decimal(100))]
    assert judged(moving, situation_of(awards("50", "50"), moving))["by-strand"].parts[0].group == "small"


UNSAID = '[parameters.unsaid_money]\nunit = "money"\nvalue = "not stated"\nsource = "S"\n'


@pytest.mark.parametrize("movable", [False, True])
@pytest.mark.parametrize("unsaid", ["small", "of"])
def test_a_part_whose_size_is_not_stated_leaves_it_open(movable, unsaid):
    call = small_call(PLAIN + partition(movable=movable, **{unsaid: "unsaid_money"}), more=UNSAID)
    outcome = judged(call, situation_of(awards("1", "1"), call))["by-strand"].outcome
    assert outcome is OPEN if not (movable and unsaid == "small") else outcome is MET


def test_partitions_are_judged_with_the_awards_and_weigh():
    call = small_call(PLAIN + partition())
    given = situation_of(awards("51", "1"), call)
    assert [one.rule for one in judge(call, given).findings] == ["the-rule"]
    assert judge(call, given, over=("awards",)).outcome is NOT_MET


# ---- Every application, and the reserve list

LED = '{ every_application = { lead_kind = ["university"] } }'


@pytest.mark.parametrize(
    "over, given, outcome",
    [
        ("applications", "", OPEN),
        ("applications", "applications = []", MET),
        ("applications", "applications = [{ lead_kind = 'university' }, { lead_kind = 'company' }]", NOT_MET),
        ("applications", "applications = [{ lead_kind = 'university' }, {}]", OPEN),
        ("awards", "applications = [{ lead_kind = 'company', state = 'rejected' }]", MET),
        ("awards", "applications = [{ lead_kind = 'company', state = 'awarded' }]", NOT_MET),
        ("awards", "applications = [{ lead_kind = 'company' }]", OPEN),
        ("awards", "applications = [{ lead_kind = 'university' }]", MET),
        ("reserve", "applications = [{ lead_kind = 'company', state = 'reserve' }]", NOT_MET),
    ],
)
def test_what_every_application_must_be(over, given, outcome):
    assert finding(LED, given, over=f'"{over}"').outcome is outcome


def listed(*rows: str) -> str:
    return f"applications = [{', '.join(f'{{ {row} }}' for row in rows)}]"


RESERVE = "state = 'reserve', points = {}"
RANKED = [
    ("", OPEN),
    (listed(), MET),
    (listed(RESERVE.format(9), "state = 'awarded', points = 99", RESERVE.format(9), RESERVE.format(8)), MET),
    (listed(RESERVE.format(8), RESERVE.format(9)), NOT_MET),
    (listed(RESERVE.format(9), "state = 'reserve'", RESERVE.format(8)), OPEN),
    (listed(RESERVE.format(8), "state = 'reserve'", RESERVE.format(9)), NOT_MET),
    (listed(RESERVE.format(9), "points = 20"), OPEN),
]


@pytest.mark.parametrize("given, outcome", RANKED)
def test_the_reserve_list_stands_in_order_of_points(given, outcome):
    assert finding('{ ranked = "reserve" }', given, over='"reserve"').outcome is outcome


def test_after_the_award_only_the_rules_that_go_on_holding_are_judged_when_an_actor_is_replaced():
    going_on = a_rule('{ count = "partners", at_least = "three" }', "three-partners", after_award="true")
    call = small_call(going_on + a_rule('{ states = "civil" }', "civil"))
    before = situation_of("partners = [{}, {}, {}]\nstatements = { civil = true }", call)
    left = situation_of("partners = [{}, {}]", call)
    replaced = situation_of('partners = [{}, {}, { id = "new" }]', call)
    told = [judge(call, one, awarded=True) for one in (before, left, replaced)]
    assert [[one.rule for one in verdict.findings] for verdict in told] == [["three-partners"]] * 3
    assert [verdict.outcome for verdict in told] == [MET, NOT_MET, MET]
    assert len(judge(call, before).findings) == 2
