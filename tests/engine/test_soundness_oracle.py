"""What is called impossible is tried: rules of every sort, two and three at a time, in many situations made by chance.

No situation may meet rules that are said to contradict each other, nor fail a rule that is said to be always met.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache
from itertools import combinations
from random import Random

from samspel.engine.calls.judging.judge import judge
from samspel.engine.calls.situation import Entrant, Funding, GrantLine, Line, Partner, Situation
from samspel.engine.calls.soundness.compatible import Stand, together
from samspel.engine.calls.soundness.constraints import Demands
from samspel.engine.calls.text import Call
from samspel.engine.values import UNKNOWN, Range
from samspel.engine.verdicts import Outcome
from tests.engine.small_call import WORDS, numbers, parameter, rule, small_call

CLUSTER, UNIVERSITY = '{ kind = ["cluster-organisation"] }', '{ kind = ["university"] }'
COUNTING = "{ counts = true }"
NEEDS = (
    *(
        f'{{ count = "{noun}", {how} }}'
        for noun in ("partners", "hosts", "kinds")
        for how in ('at_least = "n3"', 'at_most = "n2"')
    ),
    *(f'{{ count = "{noun}", at_least = "n2" }}' for noun in ("groups", "countries", "regions")),
    *(f'{{ count = "{noun}", at_most = "n1" }}' for noun in ("groups", "countries", "regions")),
    *(
        f'{{ count = "regions", level = "{level}", at_least = "n2" }}'
        for level in ("country", "nuts1", "nuts3", "part")
    ),
    *(f'{{ count = "regions", level = "{level}", at_most = "n1" }}' for level in ("country", "nuts1", "nuts3", "part")),
    *(
        f'{{ count = "partners", where = {where}, {how} }}'
        for where in (CLUSTER, COUNTING, '{ country = ["SE"] }', '{ region = ["SE33"] }', f"{{ not = {CLUSTER} }}")
        for how in ('at_least = "n2"', 'at_most = "n0"')
    ),
    *(
        f'{{ share = "partners", of = "partners", where = {where}, {how} }}'
        for where in (CLUSTER, UNIVERSITY, COUNTING)
        for how in ('at_least = "p6"', 'less_than = "p6"')
    ),
    f'{{ count = "hosts", where = {CLUSTER}, at_least = "n2" }}',
    '{ count = "regions", where = { area = ["north"] }, at_least = "n2" }',
    '{ count = "regions-without", where = { priority = true }, at_most = "n0" }',
    '{ count = "partners", per = "country", at_most = "n1" }',
    '{ count = "partners", more_than = { count = "hosts" } }',
    *(f"{{ {test} = {CLUSTER} }}" for test in ("lead", "some", "none", "every")),
    f"{{ not = {{ lead = {CLUSTER} }} }}",
    f"{{ not = {{ every = {CLUSTER} }} }}",
    f'{{ every = {UNIVERSITY}, among = {{ country = ["NO"] }} }}',
    '{ lead = { role = ["coordinator"] } }',
    '{ apart = ["lead", "coordinator"] }',
    '{ not = { apart = ["lead", "coordinator"] } }',
    '{ some = { area = ["north"] } }',
    '{ none = { not = { area = ["north"] } } }',
    f"{{ any = [{{ lead = {CLUSTER} }}, {{ none = {UNIVERSITY} }}] }}",
    *(
        f'{{ amount = "{what}", at_least = "m2" }}'
        for what in ("total-cost", "eligible-cost", "grant", "cofunding", "public-support")
    ),
    *(
        f'{{ amount = "{what}", at_most = "m1" }}'
        for what in ("total-cost", "eligible-cost", "grant", "cofunding", "public-support")
    ),
    *(
        f'{{ share = "{what}", of = "total-cost", at_least = "s6" }}'
        for what in ("grant", "cofunding", "eligible-cost")
    ),
    *(f'{{ share = "{what}", of = "total-cost", at_most = "s3" }}' for what in ("grant", "cofunding", "eligible-cost")),
    '{ share = "cost", of = "total-cost", where = { category = ["staff"] }, at_least = "s6" }',
    '{ share = "cost", of = "total-cost", where = { category = ["travel"] }, more_than = "s6" }',
    '{ share = "cost", of = "total-cost", where = { category = ["travel", "staff"] }, at_most = "s3" }',
    '{ share = "cost", of = "eligible-cost", where = { category = ["staff"] }, at_least = "e6" }',
    '{ share = "eligible-cost", of = "eligible-cost", where = { category = ["staff"] }, less_than = "e6" }',
    '{ share = "grant", of = "eligible-cost", more_than = "e6" }',
    '{ share = "cofunding", of = "cofunding", where = { source = ["private"] }, at_least = "c6" }',
    '{ share = "cofunding", of = "cofunding", where = { source = ["public"] }, at_least = "c6" }',
    '{ share = "certified", of = "cofunding", at_most = "c6" }',
    '{ amount = "certified", at_least = "m2" }',
    '{ share = "cofunding", of = "financing", at_least = "f6" }',
    '{ share = "cofunding", of = "financing", where = { state = ["rejected"] }, at_least = "f6" }',
    '{ share = "grant", of = "financing", more_than = "f6" }',
    '{ amount = "cofunding", where = { source = ["private"] }, at_least = "m2" }',
    '{ amount = "cofunding", where = { state = ["rejected"] }, at_least = "m2" }',
    '{ fact = "duration", at_least = "d24" }',
    '{ fact = "duration", less_than = "d24" }',
    '{ count = "themes", equals = "n1" }',
    '{ count = "themes", where = { theme = ["sea"] }, at_least = "n1" }',
    '{ count = "secondary-objectives", at_least = "n2" }',
    '{ count = "objectives", at_most = "n1" }',
    '{ strand = ["small"] }',
    '{ not = { strand = ["small", "large"] } }',
)
DECLARED = f"""
[terms.category]
staff = {{ sv = "Personal", en = "Staff" }}
travel = {{ sv = "Resor", en = "Travel" }}
[terms.strand]
small = {{ sv = "Liten", en = "Small" }}
large = {{ sv = "Stor", en = "Large" }}
[areas.north]
codes = ["SE33", "NO"]
set = "part"
source = "x"
{WORDS}
[areas.south]
codes = ["SE22"]
set = "part"
source = "x"
{WORDS}
"""
SITUATIONS = 1500


@cache
def the_call() -> Call:
    amounts = numbers(n0=0, n1=1, n2=2, n3=3, m1=100, m2=200, d24=24, s3="0.3", s6="0.6", p6="0.6")
    wholes = {"f6": "financing", "e6": "eligible-cost", "c6": "cofunding"}
    shares = "".join(parameter(name, "share", "0.6", of) for name, of in wholes.items())
    return small_call(amounts, shares, DECLARED, *(rule(f"r{index}", needs) for index, needs in enumerate(NEEDS)))


def _maybe[T](chance: Random, value: T) -> T | None:
    return None if chance.random() < 0.1 else value


def _partner(chance: Random, index: int) -> Partner:
    kinds = ("cluster-organisation", "rdi-platform", "university", "company", "science-park")
    return Partner(
        id=f"p{index}",
        kind=_maybe(chance, chance.choice(kinds)),
        region=_maybe(chance, chance.choice(("SE331", "SE332", "SE224", "NO020", "SE", "none"))),
        country=chance.choice((None, None, "SE", "NO")),
        host=_maybe(chance, chance.choice(("h1", "h2", "none"))),
        group=_maybe(chance, chance.choice(("g1", "g2", "none"))),
        roles=_maybe(chance, tuple(chance.sample(("lead", "coordinator", "partner"), chance.randint(0, 2)))),
        priority=_maybe(chance, chance.random() < 0.5),
    )


def _money(chance: Random) -> Decimal:
    return Decimal(chance.choice((0, 50, 100, 150, 200, 400)))


def _range(chance: Random, number: Decimal) -> Range:
    return chance.choice((UNKNOWN, Range.exactly(number), Range.exactly(number), Range(number, number + 50)))


def _situation(chance: Random) -> Situation:
    who = [f"p{index}" for index in range(chance.randint(0, 4))]
    total = _money(chance)
    lines = tuple(
        Line(
            amount=_maybe(chance, _money(chance)),
            by=chance.choice(("p0", "p1")),
            category=_maybe(chance, chance.choice(("staff", "travel", "other"))),
            eligible=_maybe(chance, chance.random() < 0.7),
        )
        for _ in range(chance.randint(0, 3))
    )
    given = tuple(
        Funding(
            amount=_maybe(chance, _money(chance)),
            source=_maybe(chance, chance.choice(("public", "private"))),
            state=_maybe(chance, chance.choice(("decided", "rejected"))),
            certified=chance.choice((None, Decimal(50), Decimal(200))),
        )
        for _ in range(chance.randint(0, 2))
    )
    themes = tuple(chance.sample(("sea", "wood", "steel"), chance.randint(0, 3)))
    return Situation(
        on=date(2018, 1, 1),
        strand=_maybe(chance, chance.choice(("small", "large", "other"))),
        partners=_maybe(chance, tuple(_partner(chance, index) for index in range(len(who)))),
        costs=lines if chance.random() < 0.5 else None,
        total_cost=_range(chance, total),
        eligible_cost=Range.exactly(min(total, _money(chance))),
        grant=_range(chance, _money(chance)),
        grants=chance.choice((None, None, (GrantLine(_money(chance), "p0"), GrantLine(_money(chance), "p1")))),
        cofunding=_maybe(chance, given),
        themes=_maybe(chance, themes),
        objectives=_maybe(chance, ("one", "two", "three")[: chance.randint(0, 3)]),
        main_objective=chance.choice((None, "one")),
        duration=_range(chance, Decimal(chance.choice((12, 23, 24, 36)))),
        applications=(Entrant("a"),),
    )


@cache
def outcomes() -> dict[str, dict[Outcome, frozenset[int]]]:
    """In which situations each rule has which outcome."""
    chance = Random(20180531)
    found: dict[str, dict[Outcome, set[int]]] = {f"r{n}": {one: set() for one in Outcome} for n in range(len(NEEDS))}
    for index in range(SITUATIONS):
        for finding in judge(the_call(), _situation(chance)).findings:
            found[finding.rule][finding.outcome].add(index)
    return {name: {one: frozenset(where) for one, where in by.items()} for name, by in found.items()}


def _stands() -> list[Stand]:
    demands = Demands(the_call(), date(2018, 1, 1))
    return [Stand(one.id, demands.ways(one.needs)) for one in the_call().rules]


def _meet(*stands: Stand) -> frozenset[int]:
    """The situations in which all of these are met."""
    return frozenset.intersection(*(outcomes()[one.id][Outcome.MET] for one in stands))


def test_every_rule_is_seen_both_met_and_not():
    seldom = [NEEDS[int(name[1:])] for name, by in outcomes().items() if not (by[Outcome.MET] and by[Outcome.NOT_MET])]
    assert not seldom


def test_no_situation_meets_two_rules_that_are_said_to_contradict_each_other():
    refused = [pair for pair in combinations(_stands(), 2) if together(the_call(), pair) is None]
    wrong = [tuple(NEEDS[int(one.id[1:])] for one in pair) for pair in refused if _meet(*pair)]
    assert not wrong
    assert len(refused) > 60


def test_no_situation_meets_three_rules_that_are_said_to_contradict_each_other():
    chance, stands = Random(7), _stands()
    refused = 0
    for _ in range(600):
        three = chance.sample(stands, 3)
        if together(the_call(), three) is None:
            refused += 1
            assert not _meet(*three), [NEEDS[int(one.id[1:])] for one in three]
    assert refused > 20


def test_no_situation_fails_a_rule_that_is_said_to_be_always_met():
    demands = Demands(the_call(), date(2018, 1, 1))
    for one in the_call().rules:
        for other in the_call().rules:
            # That the one is met and the other is not: where this is impossible, the other follows from the one.
            ways = demands.ways(other.needs, met=False)
            if together(the_call(), [Stand(one.id, demands.ways(one.needs)), Stand(other.id, ways)]) is None:
                failed = outcomes()[one.id][Outcome.MET] & outcomes()[other.id][Outcome.NOT_MET]
                assert not failed, (NEEDS[int(one.id[1:])], NEEDS[int(other.id[1:])])
