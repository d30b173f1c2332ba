"""What is allowed in a call but hardly meant is told: rules that ask nothing, numbers nobody uses, too little money."""

from __future__ import annotations

from decimal import Decimal

import pytest

from samspel.engine.calls.soundness import warnings
from tests.engine.calls_and_patterns import Tried, tried_calls
from tests.engine.small_call import TERMS, WORDS, head, numbers, parameter, rule, small_call

NUMBERS = numbers(n0=0, n3=3, p1=1)


def cautions(*parts: str, dated: str = "2018-01-01") -> list[tuple[str, dict[str, object]]]:
    return [(one.reason.code, dict(one.reason.values)) for one in warnings(small_call(*parts, top=head(dated=dated)))]


def test_a_call_without_oversights_gives_no_warning():
    assert cautions(numbers(n3=3), rule("a", '{ count = "partners", at_least = "n3" }')) == []


VACUOUS = {
    "at least none": '{ count = "partners", at_least = "n0" }',
    "at most all": '{ share = "partners", of = "partners", where = { legal_person = true }, at_most = "p1" }',
    "either way": '{ any = [{ states = "civil" }, { not = { states = "civil" } }] }',
    "not above itself": '{ count = "hosts", at_most = { count = "partners" } }',
}


@pytest.mark.parametrize("needs", VACUOUS.values(), ids=VACUOUS)
def test_a_rule_that_nothing_could_fail_is_told(needs):
    call = small_call(NUMBERS, TERMS, rule("a", needs))
    assert [one.rules for one in warnings(call) if one.reason.code == "warning.always-met"] == [("a",)]


MONEY = parameter("envelope", "money", "500_000") + parameter("smallest", "money", "600_000")
ENVELOPE = rule("envelope", '{ amount = "grant", at_most = "envelope" }', 'over = "awards"')


def test_an_envelope_that_cannot_fund_one_grant():
    least = rule("least", '{ amount = "grant", at_least = "smallest" }')
    expected = {"rule": "envelope", "envelope": Decimal(500_000), "least": Decimal(600_000)}
    assert cautions(MONEY, least, ENVELOPE) == [("warning.envelope-below-grant", expected)]


def test_the_least_grant_may_follow_from_the_least_cost_and_the_rate():
    rate, cost = parameter("rate", "share", "0.9", "total-cost"), '{ amount = "total-cost", at_least = "smallest" }'
    share = '{ share = "grant", of = "total-cost", at_least = "rate" }'
    expected = {"rule": "envelope", "envelope": Decimal(500_000), "least": Decimal(540_000)}
    assert cautions(MONEY, rate, rule("a", cost), rule("b", share), ENVELOPE) == [
        ("warning.envelope-below-grant", expected)
    ]


def test_parts_of_the_money():
    partition = f"""[[partitions]]
id = "by-size"
of = "envelope"
source = "x"
{WORDS}
parts = [
    {{ id = "north", amount = "part", {WORDS} }},
    {{ id = "south", amount = "half", {WORDS} }},
]
"""
    parts = parameter("part", "money", "100_000") + parameter("half", "share", "0.5", "envelope")
    money = parameter("envelope", "money", "500_000") + parameter("smallest", "money", "200_000")
    least = rule("least", '{ amount = "grant", at_least = "smallest" }')
    below = {"name": "by-size", "parts": Decimal(350_000), "whole": Decimal(500_000), "left": Decimal(150_000)}
    small = {"name": "by-size", "part": "north", "amount": Decimal(100_000), "least": Decimal(200_000)}
    assert cautions(money, parts, least, ENVELOPE, partition) == [
        ("warning.part-below-grant", small),
        ("warning.partition-below", below),
    ]
    movable = partition.replace('of = "envelope"', 'of = "envelope"\nmovable = true')
    assert cautions(money, parts, least, ENVELOPE, movable) == [("warning.partition-below", below)]


def test_what_nothing_uses():
    lists = f'[lists.known]\nids = ["a"]\nsource = "x"\n{WORDS}\n[[documents]]\nid = "letter"\nsource = "x"\n{WORDS}\n'
    uses = rule("a", '{ some = { area = ["north"] } }'), rule("b", '{ states = "civil" }')
    assert cautions(numbers(n3=3), TERMS, lists, *uses) == [
        ("warning.parameter-unused", {"name": "n3"}),
        ("warning.declared-unused", {"table": "areas", "name": "south"}),
        ("warning.declared-unused", {"table": "lists", "name": "known"}),
        ("warning.declared-unused", {"table": "registers", "name": "eccp"}),
        ("warning.declared-unused", {"table": "documents", "name": "letter"}),
        ("warning.declared-unused", {"table": "statements", "name": "owns"}),
        ("warning.declared-unused", {"table": "statements", "name": "trl"}),
    ]


def test_numbers_not_in_force_on_the_calls_day():
    later = parameter("later", "count", "[{ from = 2019-01-01, is = 3 }]")
    past = parameter("past", "count", "[{ from = 2015-01-01, until = 2016-12-31, is = 3 }]")
    rules = rule("a", '{ count = "partners", at_least = "later" }'), rule("b", '{ count = "hosts", at_least = "past" }')
    assert cautions(later, past, *rules) == [
        ("warning.parameter-not-yet", {"name": "later", "since": "2019-01-01", "day": "2018-01-01"}),
        ("warning.parameter-over", {"name": "past", "until": "2016-12-31", "day": "2018-01-01"}),
    ]
    assert cautions(later, past, *rules, dated="") == [
        ("warning.parameter-over", {"name": "past", "until": "2016-12-31", "day": ""})
    ]


def test_stages_and_deadlines_without_a_window():
    stages = f'[[stages]]\nid = "one"\nsource = "x"\n{WORDS}\n[[stages]]\nid = "two"\nsource = "x"\n{WORDS}\n'
    window = '[[windows]]\nid = "w"\nstage = "one"\ncloses = 2018-05-31\nsource = "x"\n'
    rules = (
        rule("a", '{ in_time = "submission" }', 'stages = ["one"]'),
        rule("b", '{ in_time = "submission" }', 'stages = ["two"]'),
        rule("c", '{ in_time = "questions" }', 'stages = ["one"]'),
    )
    assert cautions(stages, window, *rules) == [
        ("warning.window-missing", {"stage": "two"}),
        ("warning.in-time-without-window", {"rule": "b"}),
        ("warning.in-time-without-window", {"rule": "c"}),
    ]


def test_what_is_used_by_exceptions_and_within_filters_is_used():
    filtered = parameter("later", "date", "2017-01-01") + parameter("young", "years", "5")
    others = numbers(n3=3, d24=24) + parameter("rolling", "years", "3") + parameter("cap", "money", "300_000")
    rules = (
        rule("a", '{ count = "cofunders", where = { before = "later" }, at_least = { count = "partners" } }'),
        rule("b", '{ some = { has_earlier = { by = { age_at_most = "young" } } } }', 'when = { states = "civil" }'),
        rule("c", '{ amount = "de-minimis", years = "rolling", at_most = "cap" }'),
        rule("d", '{ every = { registered = ["eccp"], states = ["owns"], area = ["north", "south"] } }'),
    )
    lines = f'to = "a"\nsource = "x"\n{WORDS}\n'
    exceptions = (
        f'[[exceptions]]\nid = "e"\n{lines}when = {{ fact = "trl", at_least = "n3" }}\nexcused = true\n',
        f'[[exceptions]]\nid = "f"\n{lines}when = {{ lead = {{}} }}\nneeds = {{ fact = "duration", equals = "d24" }}\n',
    )
    assert cautions(filtered, others, TERMS, *rules, *exceptions) == []


def test_a_weight_of_a_criterion_is_used():
    grades = (("IG", 0), ("G", 1))
    scale = "".join(f'[[scale]]\ncode = "{code}"\npoints = {points}\n{WORDS}\n' for code, points in grades)
    words = f'source = "x"\n{WORDS}\nguidance = {{ sv = "x", en = "x" }}\n'
    criterion = f'[[criteria]]\nid = "use"\nleast = "G"\nweight = "n3"\n{words}'
    assert cautions(numbers(n3=3), scale, criterion) == []


def test_rules_about_changes_are_not_looked_at():
    assert cautions(numbers(m0=0), rule("a", '{ amount = "moved", at_least = "m0" }', 'over = "changes"')) == []


def test_an_envelope_says_nothing_where_no_grant_is_too_small():
    least = rule("a", '{ amount = "grant", at_least = "smallest" }')
    assert cautions(MONEY.replace("600_000", "400_000"), least, ENVELOPE) == []
    per_theme = rule("b", '{ amount = "grant", per = "theme", at_most = "envelope" }', 'over = "awards"')
    assert cautions(MONEY, least, per_theme) == []


def test_parts_that_fill_the_money_or_are_not_stated():
    partition = f"""[[partitions]]
id = "by-size"
of = "envelope"
source = "x"
{WORDS}
parts = [{{ id = "a", amount = "half", {WORDS} }}, {{ id = "b", amount = "rest", {WORDS} }}]
"""
    money = parameter("envelope", "money", "500_000") + parameter("half", "share", "0.5", "envelope")
    assert cautions(money, parameter("rest", "money", "250_000"), partition) == []
    assert cautions(money, parameter("rest", "money", '"not stated"'), partition) == []
    silent = parameter("envelope", "money", '"not stated"') + parameter("half", "share", "0.5", "envelope")
    assert cautions(silent, parameter("rest", "money", "250_000"), partition) == []


@pytest.mark.parametrize("tried", tried_calls(), ids=lambda one: one.name)
def test_real_calls_use_every_number_they_state(tried: Tried):
    codes = {one.reason.code for one in warnings(tried.call)}
    assert codes <= {"warning.window-missing", "warning.declared-unused"}, codes
