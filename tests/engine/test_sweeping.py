"""The edges of the simulator: numbers inside filters, rules to be looked at, and what is too much to count."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest

from samspel.engine.registry import Organisation, Priority
from samspel.engine.simulation import reach
from samspel.engine.simulation.access import added
from samspel.engine.simulation.designing import who_could_apply
from samspel.engine.simulation.framing import Certainty
from samspel.engine.simulation.pooling import Register, SimulationError
from samspel.engine.simulation.sweeping import numbers_to_vary, sample, sweep, with_values
from tests.engine.constellation_rules import call_of
from tests.engine.small_call import numbers, parameter, rule, small_call
from tests.engine.test_designing import FEW, SEED, SIZES

NUMBERS = {"n2": [Decimal(1), Decimal(2), Decimal(3)]}
BY_HOST = '{ count = "hosts", at_least = "n2" }'


@pytest.fixture
def few_states(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let so few states be told apart that two themes at once are too many, but one is not."""
    reach.reach.cache_clear()
    monkeypatch.setattr(reach, "MOST_STATES", 18)
    yield
    reach.reach.cache_clear()


WITH_BOTH = Register(
    tuple(
        Organisation(f"o{at}", "x", "rdi-platform", region)
        for at, region in enumerate(("SE110", "SE121", "SE121", "SE331", "SE331"))
    ),
    tuple(
        Priority(f"p{region}", region, "x", frozenset(themes))
        for region, themes in (("SE11", ["energy", "food"]), ("SE12", ["energy"]), ("SE33", ["food"]))
    ),
    FEW.themes,
    FEW.regions,
)
"""Where some constellations could apply under one theme, and others under the other."""


def test_themes_that_are_too_much_together_are_counted_as_pairs(few_states):
    found = who_could_apply(call_of(SEED), WITH_BOTH, sizes=SIZES)
    assert not found.distinct
    assert found.surely.total == sum(one.surely for one in found.themes)
    assert found.surely.exact
    apart = [who_could_apply(call_of(SEED), WITH_BOTH, theme=one.theme, sizes=SIZES).surely for one in found.themes]
    assert found.surely == added(apart)
    with pytest.raises(SimulationError) as refused:
        sample(call_of(SEED), WITH_BOTH, sizes=SIZES, count=1, seed=1)
    assert refused.value.reason.code == "simulation.choose-theme"


def test_rules_that_are_too_much_are_told(monkeypatch: pytest.MonkeyPatch):
    reach.reach.cache_clear()
    monkeypatch.setattr(reach, "MOST_STATES", 2)
    with pytest.raises(SimulationError) as refused:
        who_could_apply(call_of(SEED), FEW, theme="energy", sizes=SIZES)
    assert refused.value.reason.code == "simulation.too-many-states"
    reach.reach.cache_clear()


def test_a_sweep_looks_at_what_no_tally_tells():
    call = call_of([SEED[0], BY_HOST])
    found = sweep(call, FEW, vary=NUMBERS, sizes=SIZES)
    for row in found.rows:
        alone = who_could_apply(with_values(call, row.values), FEW, sizes=SIZES)
        assert (row.surely, row.possibly, row.exact) == (alone.surely.total, alone.possibly.total, True)
        assert row.organisations == (alone.surely.with_access, alone.possibly.with_access)


def test_a_sweep_looks_at_no_more_than_it_can():
    many = {"n2": [Decimal(number) for number in range(50)]}
    with pytest.raises(SimulationError) as refused:
        sweep(call_of([BY_HOST]), FEW, vary=many, sizes=SIZES)
    assert refused.value.reason.code == "simulation.too-many-to-look-at"


def test_themes_with_rules_to_be_looked_at_are_counted_as_pairs():
    found = who_could_apply(call_of([*SEED, BY_HOST]), FEW, sizes=SIZES)
    assert found.distinct is (len([one for one in found.themes if one.possibly]) <= 1)
    assert found.possibly.total == sum(one.possibly for one in found.themes)


def test_a_number_inside_a_filter_frames_the_call_anew():
    """How old an organisation may be decides who is meant, and the register says of nobody how old it is."""
    call = small_call(
        numbers(n1=1),
        parameter("youngest", "years", "3"),
        rule("young", '{ any = [{ some = { age_at_least = "youngest" } }, { count = "partners", at_least = "n1" }] }'),
    )
    found = sweep(call, FEW, vary={"youngest": [Decimal(2), Decimal(5)], "n1": [Decimal(1)]}, sizes=SIZES)
    assert [row.values["youngest"] for row in found.rows] == [2, 5]
    assert {row.surely for row in found.rows} == {who_could_apply(call, FEW, sizes=SIZES).surely.total}


def test_a_date_is_not_varied():
    call = small_call(numbers(n2=2), parameter("last", "date", "2018-01-01"), rule("r", SEED[0]))
    with pytest.raises(SimulationError) as refused:
        with_values(call, {"last": Decimal(1)})
    assert refused.value.reason.code == "simulation.not-a-number"
    assert numbers_to_vary(call) == {"n2": "r"}


def test_an_area_of_the_calls_own_is_told_by_nuts2():
    call = call_of(['{ count = "regions", level = "wealth", at_least = "n1" }'])
    found = sweep(call, FEW, vary={"n1": [Decimal(1)]}, levels=("wealth",), sizes=SIZES)
    assert found.rows[0].level == "wealth"
    assert found.rows[0].regions[1] > 0


def test_nothing_accepted_draws_nothing():
    call = with_values(call_of(SEED), {"n2": Decimal(9)})
    assert sample(call, FEW, theme="energy", sizes=SIZES, count=3, seed=1) == ()


def test_a_sample_gives_up_where_hardly_any_constellation_holds():
    call = small_call(numbers(n1=1, n9=9), rule("r", '{ count = "hosts", at_least = "n9" }'))
    assert sample(call, FEW, sizes=SIZES, count=3, seed=1) == ()


def test_regions_without_anybody_have_no_access():
    lonely = Register(FEW.organisations[1:3], FEW.priorities, FEW.themes, (*FEW.regions, "SE22"))
    numbers_of = who_could_apply(call_of(SEED[:1]), lonely, sizes=(2,)).numbers[Certainty.SURELY]
    assert {one.id: one.number for one in numbers_of.regions} == {"SE11": 0, "SE12": 1, "SE22": 0, "SE33": 0}
