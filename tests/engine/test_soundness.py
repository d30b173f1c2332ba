"""Rules that contradict each other are found, and named; what may be met is never called a contradiction."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from samspel.engine.calls.soundness import contradictions
from tests.engine.calls_and_patterns import Tried, tried_calls, tried_patterns
from tests.engine.small_call import TERMS, WORDS, numbers, parameter, rule, small_call

NUMBERS = numbers(
    n0=0, n1=1, n2=2, n3=3, n5=5, m0=0, m1=100_000, m2=200_000, m6=600_000, d12=12, d24=24, s3="0.3", s4="0.4", s5="0.5"
) + numbers(s6="0.6", s7="0.7", p3="0.3", p4="0.4", p6="0.6", p7="0.7", s1=1)
NUMBERS += parameter("h6", "share", "0.6", "hosts")
NUMBERS += parameter("f6", "share", "0.6", "financing") + parameter("e5", "share", "0.5", "envelope")
CLUSTER = '{ kind = ["cluster-organisation"] }'


def told(*needs: str, more: str = "") -> list[tuple[str, tuple[str, ...]]]:
    """The contradictions between rules named a, b, c … with these conditions."""
    rules = [rule("abcdef"[index], one) for index, one in enumerate(needs)]
    return [(one.reason.code, one.rules) for one in contradictions(small_call(NUMBERS, TERMS, *rules, more))]


AT_ODDS = {
    "more partners than there may be": (
        '{ count = "partners", at_least = "n3" }',
        '{ count = "partners", at_most = "n2" }',
    ),
    "two exact numbers": ('{ count = "partners", equals = "n3" }', '{ count = "partners", equals = "n2" }'),
    "more than two, and fewer than three": (
        '{ count = "partners", more_than = "n2" }',
        '{ count = "partners", less_than = "n3" }',
    ),
    "some of the partners are more than all": (
        f'{{ count = "partners", where = {CLUSTER}, at_least = "n3" }}',
        '{ count = "partners", at_most = "n2" }',
    ),
    "those that count are of a counted kind": (
        '{ count = "partners", where = { counts = true }, at_least = "n2" }',
        '{ count = "partners", where = { kind = ["cluster-organisation", "rdi-platform"] }, at_most = "n1" }',
    ),
    "more regions than partners": (
        '{ count = "regions", at_least = "n3" }',
        '{ count = "partners", at_most = "n2" }',
    ),
    "more large regions than small ones": (
        '{ count = "regions", level = "nuts1", at_least = "n3" }',
        '{ count = "regions", level = "nuts3", at_most = "n2" }',
    ),
    "more groups than hosts of the same kind": (
        f'{{ count = "hosts", where = {CLUSTER}, at_least = "n3" }}',
        '{ count = "hosts", at_most = "n2" }',
    ),
    "most from one kind, most from another": (
        f'{{ share = "partners", of = "partners", where = {CLUSTER}, at_least = "p6" }}',
        '{ share = "partners", of = "partners", where = { kind = ["university"] }, at_least = "p6" }',
    ),
    "too much of the cost for staff and for travel": (
        '{ share = "cost", of = "total-cost", where = { category = ["staff"] }, at_least = "s6" }',
        '{ share = "cost", of = "total-cost", where = { category = ["travel"] }, more_than = "s4" }',
    ),
    "the lead is of a kind that nobody may be": (f"{{ lead = {CLUSTER} }}", f"{{ none = {CLUSTER} }}"),
    "the lead is of a kind that not everybody is": (
        f"{{ lead = {CLUSTER} }}",
        '{ every = { kind = ["university", "company"] } }',
    ),
    "the lead must have a role that may not be joined with leading": (
        '{ lead = { role = ["coordinator"] } }',
        '{ apart = ["lead", "coordinator"] }',
    ),
    "somebody abroad, and everybody at home": (
        '{ some = { not = { country = ["SE"] } } }',
        '{ every = { country = ["SE"] } }',
    ),
    "somebody in a region of an area where nobody is": (
        '{ some = { region = ["SE331"] } }',
        '{ none = { region = ["SE33"] } }',
    ),
    "the smallest grant above the largest": (
        '{ amount = "grant", at_least = "m6" }',
        '{ amount = "grant", at_most = "m2" }',
    ),
    "more eligible cost than cost": (
        '{ amount = "eligible-cost", at_least = "m6" }',
        '{ amount = "total-cost", at_most = "m2" }',
    ),
    "too long and too short": ('{ fact = "duration", at_least = "d24" }', '{ fact = "duration", at_most = "d12" }'),
    "stated both ways": ('{ states = "civil" }', '{ not = { states = "civil" } }'),
    "two strands at once": ('{ strand = ["small"] }', '{ strand = ["large"] }'),
    "every way out is barred": (
        f'{{ any = [{{ lead = {CLUSTER} }}, {{ some = {{ kind = ["university"] }} }}] }}',
        '{ every = { kind = ["company"] } }',
    ),
    "several countries, and everybody in one": (
        '{ count = "countries", at_least = "n2" }',
        '{ every = { country = ["SE"] } }',
    ),
    "three kinds, and one partner beside the clusters": (
        '{ count = "kinds", at_least = "n3" }',
        f'{{ count = "partners", where = {{ not = {CLUSTER} }}, at_most = "n1" }}',
    ),
    "a lead of a kind, and no such lead": (f"{{ lead = {CLUSTER} }}", f"{{ not = {{ lead = {CLUSTER} }} }}"),
    "registered, and nobody even applying": (
        '{ some = { registered = ["eccp"] } }',
        '{ none = { registered_or_applied = ["eccp"] } }',
    ),
    "everybody states it, and somebody does not": (
        '{ every = { states = ["owns"] } }',
        '{ some = { not = { states = ["owns"] } } }',
    ),
    "with an earlier project, and without": (
        '{ lead = { has_earlier = { status = ["running"] } } }',
        '{ none = { has_earlier = { status = ["running"] } } }',
    ),
    "more different co-funders of one sort than of any": (
        '{ count = "cofunders", where = { source = ["public"] }, at_least = "n3" }',
        '{ count = "cofunders", at_most = "n2" }',
    ),
    "more support than grant and co-funding": (
        '{ amount = "public-support", at_least = "m6" }',
        '{ all = [{ amount = "grant", at_most = "m2" }, { amount = "cofunding", at_most = "m1" }] }',
    ),
    "most of the financing from both sides": (
        '{ share = "grant", of = "financing", at_least = "f6" }',
        '{ share = "cofunding", of = "financing", at_least = "f6" }',
    ),
    "most of the small hosts, and none of them": (
        '{ share = "hosts", of = "hosts", where = { counts = true }, of_where = { size = ["micro"] }, equals = "h6" }',
        '{ none = { counts = true, size = ["micro"] } }',
    ),
    "a share of nothing": (
        '{ share = "grant", of = "total-cost", at_least = "s5" }',
        '{ amount = "total-cost", at_most = "m0" }',
    ),
    "more secondary objectives than objectives": (
        '{ count = "secondary-objectives", at_least = "n3" }',
        '{ count = "objectives", at_most = "n2" }',
    ),
    "the same measure for each, and its opposite": (
        '{ amount = "grant", per = "partner", at_most = "m2" }',
        '{ not = { amount = "grant", per = "partner", at_most = "m2" } }',
    ),
    "not fewer than three": (
        '{ not = { count = "partners", less_than = "n3" } }',
        '{ count = "partners", at_most = "n2" }',
    ),
}


@pytest.mark.parametrize("needs", AT_ODDS.values(), ids=AT_ODDS)
def test_two_rules_that_no_constellation_can_meet_are_named(needs):
    assert [rules for _, rules in told(*needs)] == [("a", "b")]
    assert [rules for _, rules in told(*reversed(needs))] == [("a", "b")]


COMPATIBLE = {
    "exactly three": ('{ count = "partners", at_least = "n3" }', '{ count = "partners", at_most = "n3" }'),
    "different kinds": (
        f'{{ count = "partners", where = {CLUSTER}, at_least = "n3" }}',
        '{ count = "partners", where = { kind = ["company"] }, at_most = "n2" }',
    ),
    "shares that fill the whole": (
        f'{{ share = "partners", of = "partners", where = {CLUSTER}, at_least = "p6" }}',
        '{ share = "partners", of = "partners", where = { kind = ["university"] }, at_least = "p4" }',
    ),
    "shares of overlapping groups": (
        f'{{ share = "partners", of = "partners", where = {CLUSTER}, at_least = "p7" }}',
        '{ share = "partners", of = "partners", where = { country = ["SE"] }, at_least = "p7" }',
    ),
    "for each partner, which there may be none of": (
        '{ amount = "grant", per = "partner", at_least = "m6" }',
        '{ amount = "grant", at_most = "m2" }',
    ),
    "more partners than regions": ('{ count = "partners", at_least = "n5" }', '{ count = "regions", at_most = "n1" }'),
    "regions of another making": (
        '{ count = "regions", level = "country", at_least = "n3" }',
        '{ count = "regions", level = "nuts2", at_most = "n2" }',
    ),
    "a lead of the kind, and others not": (f"{{ lead = {CLUSTER} }}", '{ some = { kind = ["university"] } }'),
    "a place may be within": ('{ some = { region = ["SE33"] } }', '{ none = { region = ["SE331"] } }'),
    "one way out": (
        f'{{ any = [{{ lead = {CLUSTER} }}, {{ some = {{ kind = ["company"] }} }}] }}',
        '{ every = { kind = ["company"] } }',
    ),
    "an older and a younger sort of earlier project": (
        '{ lead = { has_earlier = { status = ["running"] } } }',
        '{ none = { has_earlier = { status = ["finished"] } } }',
    ),
    "de minimis, which is told partner by partner": (
        '{ amount = "de-minimis", at_least = "m6" }',
        '{ amount = "grant", at_most = "m2" }',
    ),
    "regions without, which may be none": (
        '{ count = "regions-without", where = { priority = true }, at_most = "n0" }',
        '{ count = "regions", at_least = "n3" }',
    ),
    "a part of some of the financing": (
        '{ share = "cofunding", of = "financing", of_where = { source = ["public"] }, at_least = "f6" }',
        '{ share = "grant", of = "financing", at_least = "f6" }',
    ),
    "shares that cannot be compared with each other": (
        '{ share = "grant", of = "total-cost", at_least = { share = "grant", of = "eligible-cost" } }',
        '{ share = "grant", of = "total-cost", at_most = "s3" }',
    ),
    "a share of the envelope, and a small grant": (
        '{ share = "grant", of = "envelope", at_most = "e5" }',
        '{ amount = "grant", at_most = "m2" }',
    ),
    "what is granted and what is given by others": (
        '{ share = "grant", of = "total-cost", at_most = "s4" }',
        '{ share = "cofunding", of = "total-cost", at_least = "s7" }',
    ),
}


@pytest.mark.parametrize("needs", COMPATIBLE.values(), ids=COMPATIBLE)
def test_rules_that_can_be_met_together_are_left_in_peace(needs):
    assert told(*needs) == []


ALONE = {
    "fewer partners than hosts": '{ count = "partners", less_than = { count = "hosts" } }',
    "bounds of one rule": '{ all = [{ amount = "grant", at_least = "m6" }, { amount = "grant", at_most = "m2" }] }',
    "more than all": '{ share = "cost", of = "total-cost", where = { category = ["staff"] }, more_than = "s1" }',
    "more kinds than are meant": '{ count = "kinds", where = { counts = true }, at_least = "n3" }',
    "more areas than there are": '{ count = "regions", level = "part", at_least = "n3" }',
    "more countries than are named": '{ count = "countries", where = { country = ["SE", "NO"] }, at_least = "n3" }',
    "more regions than are named": '{ count = "regions", where = { region = ["SE331", "SE332"] }, at_least = "n2" }',
    "both and neither": '{ all = [{ states = "civil" }, { not = { states = "civil" } }] }',
}


@pytest.mark.parametrize("needs", ALONE.values(), ids=ALONE)
def test_a_rule_that_can_never_be_met_is_named(needs):
    assert [rules for _, rules in told('{ states = "civil" }', needs)] == [("b",)]


def test_the_numbers_that_collide_are_told():
    rules = (
        rule("many", '{ count = "regions", at_least = "n3" }'),
        rule("few", '{ count = "partners", at_most = "n2" }'),
    )
    (found,) = contradictions(small_call(NUMBERS, *rules))
    assert found.reason.code == "contradiction.bounds"
    assert dict(found.reason.values) == {
        "one": "many",
        "other": "few",
        "least": Decimal(3),
        "most": Decimal(2),
        "unit": "count",
        "since": "",
    }
    assert found.place == "rules.few"


def test_three_rules_that_only_together_leave_nothing():
    smallest = '{ amount = "grant", at_least = "m6" }'
    rate = '{ share = "grant", of = "total-cost", at_most = "s5" }'
    largest = '{ amount = "total-cost", at_most = "m6" }'
    other, bystander = '{ count = "partners", at_least = "n3" }', '{ amount = "grant", at_most = "m6" }'
    assert told(smallest, rate, other, largest, bystander) == [("contradiction.several", ("a", "b", "d"))]
    assert told(bystander, smallest, rate, largest) == [("contradiction.several", ("b", "c", "d"))]
    assert told(smallest, rate, other, bystander) == []


def test_each_quarrel_is_told_and_not_again_with_bystanders():
    needs = ('{ count = "partners", at_least = "n3" }', '{ count = "partners", at_most = "n2" }')
    assert [rules for _, rules in told(*needs, '{ count = "partners", at_most = "n1" }', "{ lead = {} }")] == [
        ("a", "b"),
        ("a", "c"),
    ]


LENIENT = {
    "should": 'severity = "should"',
    "waiver": "waiver = true",
    "sometimes": 'when = { strand = ["small"] }',
    "of all applications": 'over = "changes"',
}


@pytest.mark.parametrize("line", LENIENT.values(), ids=LENIENT)
def test_rules_that_do_not_always_bind_contradict_nothing(line):
    first = rule("a", '{ count = "partners", at_least = "n3" }')
    assert (
        contradictions(small_call(NUMBERS, TERMS, first, rule("b", '{ count = "partners", at_most = "n2" }', line)))
        == ()
    )


def test_a_rule_with_an_exception_contradicts_nothing():
    rules = (rule("a", '{ count = "partners", at_least = "n3" }'), rule("b", '{ count = "partners", at_most = "n2" }'))
    excused = (
        f'[[exceptions]]\nid = "e"\nto = "b"\nwhen = {{ states = "civil" }}\nexcused = true\nsource = "x"\n{WORDS}\n'
    )
    assert contradictions(small_call(NUMBERS, TERMS, *rules, excused)) == ()


def test_rules_of_different_stages_do_not_meet():
    stages = f'[[stages]]\nid = "one"\nsource = "x"\n{WORDS}\n[[stages]]\nid = "two"\nsource = "x"\n{WORDS}\n'
    first = rule("a", '{ count = "partners", at_least = "n3" }', 'stages = ["one"]')
    second = '{ count = "partners", at_most = "n2" }'
    assert contradictions(small_call(NUMBERS, stages, first, rule("b", second, 'stages = ["two"]'))) == ()
    assert len(contradictions(small_call(NUMBERS, stages, first, rule("b", second)))) == 1


def test_a_contradiction_that_comes_later_tells_its_day():
    dated = parameter("nb", "count", "[{ from = 2016-01-01, is = 3 }, { from = 2019-07-01, is = 1 }]")
    rules = (rule("a", '{ count = "partners", at_least = "n2" }'), rule("b", '{ count = "partners", at_most = "nb" }'))
    (found,) = contradictions(small_call(NUMBERS, dated, *rules))
    assert dict(found.reason.values)["since"] == "2019-07-01"
    earlier = parameter("nb", "count", "[{ from = 2016-01-01, is = 1 }, { from = 2019-07-01, is = 0 }]")
    (found,) = contradictions(small_call(NUMBERS, earlier, *rules))
    assert dict(found.reason.values)["since"] == ""
    silent = parameter("nb", "count", '"not stated"')
    assert contradictions(small_call(NUMBERS, silent, *rules)) == ()


def test_the_set_of_awards_is_looked_at_too():
    over = 'over = "awards"'
    rules = (
        rule("a", '{ count = "applications", where = { country = ["SE"] }, at_least = "n3" }', over),
        rule("b", '{ count = "applications", at_most = "n2" }', over),
        rule("c", '{ count = "partners", at_least = "n5" }'),
    )
    assert [one.rules for one in contradictions(small_call(NUMBERS, *rules))] == [("a", "b")]


def test_the_grant_and_the_envelope_it_is_a_share_of():
    least = '{ share = "grant", of = "envelope", at_least = "e5" }'
    envelope = rule("all", '{ amount = "grant", at_most = "m6" }', 'over = "awards"')
    assert told(least, '{ amount = "grant", at_most = "m2" }', more=envelope) == [("contradiction.pair", ("a", "b"))]
    assert told(least, '{ amount = "grant", at_most = "m6" }', more=envelope) == []


def test_only_those_that_finance_may_count():
    counting = small_call(
        NUMBERS,
        rule("a", '{ count = "partners", where = { counts = true }, at_least = "n2" }'),
        rule("b", "{ none = { financing = true } }"),
    )
    assert contradictions(counting) == ()
    financing = replace(counting, counting=replace(counting.counting, financing_only=True))
    assert [one.rules for one in contradictions(financing)] == [("a", "b")]


def test_every_award_is_looked_at():
    over = 'over = "awards"'
    rules = (
        rule("a", '{ count = "applications", where = { strand = ["small"] }, at_least = "n1" }', over),
        rule("b", '{ every_application = { strand = ["large"] } }', over),
        rule("c", '{ amount = "grant", at_most = "m2" }', over),
    )
    assert [one.rules for one in contradictions(small_call(NUMBERS, TERMS, *rules))] == [("a", "b")]


def test_where_there_is_too_much_to_try_pairs_are_tried():
    """Six lists of choices are more ways than are tried at once; a pair of rules is few."""
    kinds = ("company", "university", "incubator", "science-park", "public-body")
    either = ", ".join(f'{{ some = {{ kind = ["{kind}"] }} }}' for kind in kinds)
    many = [f"{{ any = [{either}] }}"] * 4
    apart = ('{ count = "partners", at_least = "n3" }', '{ count = "partners", at_most = "n2" }')
    assert [rules for _, rules in told(*many, *apart)] == [("e", "f")]
    too_many = f"{{ all = [{', '.join(many)}] }}"
    assert told(too_many, '{ every = { kind = ["technology-centre"] } }') == []
    even_more = f"{{ not = {{ all = [{', '.join(['{ lead = {} }'] * 40)}] }} }}"
    assert told(even_more, "{ lead = {} }") == []


def test_filters_that_tell_too_many_things_apart_are_left_in_peace():
    roles = ("partner", "associated", "subcontractor", "supplier", "manager", "owner", "coordinator")
    flags = ("legal_person", "non_profit", "financing", "priority", "from_earlier")
    everything = [f'{{ role = ["{role}"] }}' for role in roles] + [f"{{ {flag} = true }}" for flag in flags]
    busy = f'{{ some = {{ any = [{", ".join(everything)}], country = ["SE"] }} }}'
    assert told(busy, f"{{ none = {{ any = [{', '.join(everything)}] }} }}") == []
    apart = ('{ fact = "duration", at_least = "d24" }', '{ fact = "duration", at_most = "d12" }')
    assert [rules for _, rules in told(busy, *apart)] == [("b", "c")]


@pytest.mark.parametrize("tried", [*tried_calls(), *tried_patterns()], ids=lambda one: one.name)
def test_no_real_call_and_no_pattern_contradicts_itself(tried: Tried):
    assert contradictions(tried.call) == ()
