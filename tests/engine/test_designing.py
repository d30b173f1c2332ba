"""Who could apply at all, against the judge: every constellation of a small register, judged one by one."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samspel.engine.calls.text import Call
from samspel.engine.constellations import Constellation, situation
from samspel.engine.registry import Organisation, Priority
from samspel.engine.simulation.designing import WhoCould, who_could_apply
from samspel.engine.simulation.framing import Certainty, frame
from samspel.engine.simulation.pooling import Register, SimulationError, partners_under, pool_of
from samspel.engine.simulation.sweeping import compare, sample, sweep, with_level, with_values
from samspel.engine.verdicts import Outcome
from tests.engine.constellation_rules import LOOKED_AT, best, call_of
from tests.engine.sample import real_call

THEMES = ("energy", "food")
SIZES = (2, 3)
REGIONS = ("SE", "SE11", "SE12", "SE33", "SE110", "SE121", "SE122", "SE331", "SEZZ")
GOOD = {Certainty.SURELY: (Outcome.MET,), Certainty.POSSIBLY: (Outcome.MET, Outcome.OPEN)}
SEED = (
    '{ count = "partners", where = { counts = true }, at_least = "n2" }',
    '{ count = "regions", where = { counts = true }, at_least = "n2" }',
    '{ count = "themes", equals = "n1" }',
    '{ count = "regions-without", where = { priority = true }, at_most = "n0" }',
)
OF_NO_THEME = SEED[:2]

organisations = st.builds(
    Organisation,
    id=st.just(""),
    name=st.just("x"),
    kind=st.sampled_from(("cluster-organisation", "rdi-platform", "university", "company", "unknown")),
    region=st.sampled_from(("SE110", "SE121", "SE122", "SE331", "SE", "")),
)
priorities = st.builds(
    Priority,
    id=st.just("p"),
    region=st.sampled_from(("SE11", "SE110", "SE121", "SE12", "SE331")),
    name=st.just("x"),
    themes=st.frozensets(st.sampled_from(THEMES)),
)


def register_of(several: list[Organisation], named: list[Priority], themes: tuple[str, ...] = THEMES) -> Register:
    numbered = (
        Organisation(f"o{place}", one.name, one.kind, one.region, one.host) for place, one in enumerate(several)
    )
    return Register(tuple(numbered), tuple(named), themes, REGIONS)


registers = st.builds(register_of, st.lists(organisations, min_size=1, max_size=6), st.lists(priorities, max_size=5))


def judged(call: Call, register: Register, theme: str, certainty: Certainty) -> set[tuple[str, ...]]:
    """The constellations that may apply under a theme, judged one by one with the best lead."""
    left = frame(call, partners_under(theme, pool_of(call, register), register), theme=theme, largest=max(SIZES)).left
    call = replace(call, rules=tuple(one for one in call.rules if one.id not in left))
    pool = [one for one in register.organisations if one.kind not in call.counting.refused_kinds]
    named = tuple(one for one in register.priorities if theme in one.themes)
    found = set()
    for size in SIZES:
        for members in combinations(pool, size):
            it = situation(Constellation("x", theme, members, priorities=named, listed=register.listed))
            if best(call, it.partners or (), theme=theme) in GOOD[certainty]:
                found.add(tuple(one.id for one in members))
    return found


def check(found: WhoCould, certainty: Certainty, expected: list[tuple[str, ...]]) -> None:
    """Every number of the answer against the constellations themselves."""
    numbers = found.numbers[certainty]
    homes = {one.id: one.region[:4] for one in found.pool if len(one.region) >= 4}
    assert numbers.exact
    assert numbers.total == len(expected) == numbers.low == numbers.high
    assert numbers.per_size == {size: sum(len(one) == size for one in expected) for size in SIZES}
    assert {one.id: one.number for one in numbers.organisations} == {
        it.id: sum(it.id in one for one in expected) for it in found.pool
    }
    assert {one.id: one.number for one in numbers.regions} == {
        region: sum(any(homes.get(it) == region for it in one) for one in expected)
        for region in ("SE11", "SE12", "SE33")
    }
    out = {one.organisation for one in found.left_out if one.certainty is certainty}
    assert out == {it.id for it in found.pool if not any(it.id in one for one in expected)}


@settings(max_examples=40)
@given(register=registers)
def test_under_a_theme(register):
    call = call_of(SEED)
    found = who_could_apply(call, register, theme="energy", sizes=SIZES)
    for certainty in Certainty:
        check(found, certainty, sorted(judged(call, register, "energy", certainty)))
    assert {one.how for one in found.rules} == {"counted"} or any(one.why == "register-silent" for one in found.rules)


@settings(max_examples=40)
@given(register=registers)
def test_under_at_least_one_theme_each_constellation_once(register):
    call = call_of(SEED)
    found = who_could_apply(call, register, sizes=SIZES)
    assert found.distinct
    for certainty in Certainty:
        under = {theme: judged(call, register, theme, certainty) for theme in THEMES}
        check(found, certainty, sorted(set.union(*under.values())))
        told = {one.theme: one.surely if certainty is Certainty.SURELY else one.possibly for one in found.themes}
        assert told == {theme: len(one) for theme, one in under.items()}


@settings(max_examples=15)
@given(register=registers)
def test_where_no_theme_matters(register):
    call = call_of(OF_NO_THEME)
    found = who_could_apply(call, register, sizes=SIZES)
    assert found.themes == ()
    for certainty in Certainty:
        check(found, certainty, sorted(judged(call, register, "", certainty)))


FEW = register_of(
    [
        Organisation("", "A", "cluster-organisation", "SE110"),
        Organisation("", "B", "rdi-platform", "SE121"),
        Organisation("", "C", "rdi-platform", "SE121"),
        Organisation("", "D", "university", "SE331"),
        Organisation("", "E", "company", "SE110"),
    ],
    [
        Priority("p1", "SE110", "x", frozenset({"energy"})),
        Priority("p2", "SE12", "x", frozenset({"energy", "food"})),
        Priority("p3", "SE33", "x", frozenset({"food"})),
    ],
)


def test_the_register_parts_into_who_could_be_a_member_and_who_could_not():
    found = who_could_apply(call_of(OF_NO_THEME), FEW, sizes=SIZES)
    assert [one.id for one in found.pool] == ["o0", "o1", "o2", "o3"]
    assert [one.id for one in found.refused] == ["o4"]


def test_who_is_left_out_and_by_which_rule():
    """D may count or not, and its region has no priority for energy: it is the priorities alone that leave it out."""
    found = who_could_apply(call_of(SEED), FEW, theme="energy", sizes=SIZES)
    (out,) = [one for one in found.left_out if one.certainty is Certainty.SURELY]
    assert (out.organisation, out.alone, out.without, out.together) == ("o3", ("r3",), ("r3",), False)
    assert found.surely.with_access == 3
    assert found.surely.regions_with_access == 2
    assert [(one.id, one.number, one.of_median) for one in found.surely.organisations] == [
        ("o0", 3, Fraction(3, 2)),
        ("o1", 2, Fraction(1)),
        ("o2", 2, Fraction(1)),
        ("o3", 0, Fraction(0)),
    ]


@pytest.mark.parametrize("certainty", Certainty)
def test_rules_to_be_looked_at_are_exact_when_the_constellations_are_few(certainty):
    call = call_of([SEED[0], LOOKED_AT[0]])
    linked = Register(
        tuple(Organisation(f"o{at}", "x", "rdi-platform", "SE110", "h" if at < 2 else "") for at in range(5)),
        (),
        (),
        REGIONS,
    )
    hosts = call_of([SEED[0], LOOKED_AT[1]])
    for one in (call, hosts):
        found = who_could_apply(one, linked, sizes=SIZES)
        check(found, certainty, sorted(judged(one, linked, "", certainty)))


def test_an_estimate_says_so_and_its_interval_holds_the_truth():
    call = call_of([SEED[0], '{ count = "hosts", at_least = "n3" }'])
    hosts = ["h0", "h0", "h1", "h1", "h2", "h2", "h3", "h3"]
    many = Register(
        tuple(Organisation(f"o{at}", "x", "rdi-platform", "SE110", host) for at, host in enumerate(hosts)), (), (), ()
    )
    exact = who_could_apply(call, many, sizes=SIZES).surely
    guessed = who_could_apply(call, many, sizes=SIZES, draws=400, listed=10).surely
    assert exact.exact
    assert not guessed.exact
    assert guessed.low <= exact.total <= guessed.high
    assert guessed.low < guessed.total < guessed.high
    assert who_could_apply(call, many, sizes=SIZES, draws=400, listed=10, seed=1).surely == guessed


@settings(max_examples=15)
@given(register=registers)
def test_a_sweep_counts_each_variant_as_if_it_were_alone(register):
    call = call_of(SEED)
    counts = [Decimal(number) for number in (1, 2, 3)]
    found = sweep(call, register, vary={"n2": counts}, levels=("nuts2", "nuts3"), themes=("energy",), sizes=SIZES)
    assert [(row.level, row.values["n2"]) for row in found.rows] == [
        (level, number) for level in ("nuts2", "nuts3") for number in counts
    ]
    for row in found.rows:
        alone = who_could_apply(
            with_level(with_values(call, row.values), row.level), register, theme="energy", sizes=SIZES
        )
        assert (row.surely, row.possibly) == (alone.surely.total, alone.possibly.total)
        assert row.organisations == (alone.surely.with_access, alone.possibly.with_access)
        assert row.regions == (alone.surely.regions_with_access, alone.possibly.regions_with_access)


def test_a_sweep_over_all_themes_counts_pairs():
    found = sweep(call_of(SEED), FEW, vary={"n2": [Decimal(2)]}, sizes=SIZES)
    alone = who_could_apply(call_of(SEED), FEW, sizes=SIZES)
    (row,) = found.rows
    assert found.pairs
    assert row.surely == sum(one.surely for one in alone.themes)
    assert row.organisations[0] == alone.surely.with_access


def test_two_drafts_side_by_side_name_who_gains_and_who_loses():
    call = call_of(SEED)
    looser = with_values(call, {"n0": Decimal(1)})
    found = compare(call, looser, FEW, theme="energy", sizes=SIZES)
    changes = found.changes[Certainty.SURELY]
    assert (changes.gained_organisations, changes.lost_organisations) == (("o3",), ())
    assert (changes.gained_regions, changes.lost_regions) == (("SE33",), ())
    back = compare(looser, call, FEW, theme="energy", sizes=SIZES).changes[Certainty.SURELY]
    assert back.lost_organisations == ("o3",)


@settings(max_examples=15)
@given(register=registers, seed=st.integers(0, 99))
def test_a_sample_holds_only_constellations_that_may_apply(register, seed):
    call = call_of(SEED)
    expected = set.union(*(judged(call, register, theme, Certainty.SURELY) for theme in THEMES))
    drawn = sample(call, register, sizes=SIZES, count=20, seed=seed)
    assert set(drawn) <= expected
    assert len(drawn) == (20 if expected else 0)
    assert drawn == sample(call, register, sizes=SIZES, count=20, seed=seed)


def test_a_sample_holds_to_what_must_be_looked_at():
    call = call_of([SEED[0], LOOKED_AT[1]])
    hosts = Register(
        tuple(Organisation(f"o{at}", "x", "rdi-platform", "SE110", f"h{at // 3}") for at in range(6)), (), (), ()
    )
    drawn = sample(call, hosts, sizes=(2,), count=30, seed=4)
    assert len(drawn) == 30
    assert all(int(one[1:]) // 3 != int(other[1:]) // 3 for one, other in drawn)


def test_an_empty_register_has_nobody():
    found = who_could_apply(call_of(SEED), Register((), (), ()), sizes=SIZES)
    assert (found.surely.total, found.possibly.total, found.left_out) == (0, 0, ())


@pytest.mark.parametrize(
    "ask, code",
    [
        (lambda call: who_could_apply(call, FEW, theme="sport"), "simulation.unknown-theme"),
        (lambda call: who_could_apply(call, FEW, sizes=()), "simulation.sizes"),
        (lambda call: who_could_apply(call, FEW, sizes=(2, 13)), "simulation.sizes"),
        (lambda call: with_values(call, {"minimum": Decimal(1)}), "simulation.unknown-parameter"),
        (lambda call: with_level(call, "village"), "simulation.unknown-level"),
        (lambda call: sweep(call, FEW, vary={"n2": []}), "simulation.nothing-to-vary"),
        (
            lambda call: sweep(call, FEW, vary={name: [Decimal(at) for at in range(21)] for name in ("n1", "n2")}),
            "simulation.too-many-variants",
        ),
    ],
)
def test_what_cannot_be_answered_is_told(ask, code):
    with pytest.raises(SimulationError) as refused:
        ask(call_of(SEED))
    assert refused.value.reason.code == code


def test_the_seed_call_is_counted_whole():
    found = who_could_apply(real_call(), FEW, sizes=SIZES)
    assert {one.rule for one in found.rules if one.how == "counted"} == {
        "three-clusters",
        "two-regions",
        "one-theme",
        "regional-priorities",
    }
    assert {one.why for one in found.rules if one.how == "left"} == {"application"}
    assert found.surely.total == 1
    assert found.level == "nuts2"
