"""Sets drawn by lot, and what is judged from them: every set as likely, the same seed the same sets, honest intervals.

All seeds are fixed, so a test that passes once passes always.
"""

from collections import Counter
from fractions import Fraction
from itertools import combinations
from math import comb, sqrt

import pytest

from samspel.engine.simulation import Blocks, Census, Items, Largest, NothingAccepted, Population

# Two countries, three regions of different sizes, and one organisation whose region is unknown.
WHERE = Population(
    levels=("country", "region"),
    paths=(*[("SE", "SE11")] * 4, *[("SE", "SE33")] * 2, *[("FI", "FI1B")] * 2, ("FI", None)),
    classes=(0, 0, 1, 1, 0, 1, 0, 1, 1),
)
REGIONS = Blocks(name="regions", level="region", weights=(1, 1), cap=2)
COUNTRIES = Blocks(name="countries", level="country", weights=(1, 1), cap=2)
CLUSTERS = Items(name="clusters", weights=(0, 1), cap=1)


def every(size, of):
    return True


def never(size, of):
    return False


def accept(size, of):
    return of["regions"] >= 2 and of["clusters"] >= 1 and (size > 2 or of["countries"] == 2)


def small():
    return Census(population=WHERE, tallies=[REGIONS, COUNTRIES, CLUSTERS], sizes=[2, 3, 4])


def large():
    """Three thousand organisations in forty regions; about ten to the fifteenth accepted sets."""
    paths = tuple((f"r{(item * item) % 97 % 40:02}",) for item in range(3_000))
    where = Population(levels=("region",), paths=paths, classes=tuple(item % 3 for item in range(3_000)))
    regions = Blocks(name="regions", level="region", weights=(1, 1, 1), cap=2)
    clusters = Items(name="clusters", weights=(1, 0, 0), cap=1)
    most = Largest(name="most", level="region", weights=(1, 1, 1), cap=5)
    return Census(population=where, tallies=[regions, clusters, most], sizes=[3, 4, 5])


def wide(size, of):
    return of["regions"] >= 2 and of["clusters"] >= 1 and of["most"] * 10 <= 6 * size


def test_every_accepted_set_is_as_likely():
    census = small()
    total = sum(census.count(accept=accept).values())
    each = 60
    seen = Counter(census.sample(accept=accept, count=each * total, seed=2016))
    assert len(seen) == total
    surprise = sum((number - each) ** 2 / each for number in seen.values())
    # Chi-square with total - 1 degrees of freedom: mean total - 1, deviation sqrt(2 (total - 1)).
    assert abs(surprise - (total - 1)) < 3 * sqrt(2 * (total - 1))


def test_each_organisation_is_drawn_as_often_as_its_access_says():
    census = large()
    access = census.access(accept=wide)
    draws = 20_000
    seen = Counter(access.group_of[item] for one in census.sample(accept=wide, count=draws, seed=7) for item in one)
    held = Counter(access.group_of)
    for group, number in held.items():
        expected = draws * number * access.groups[group] / access.total
        assert abs(seen[group] - expected) < 5 * sqrt(expected + 1)


def test_the_same_seed_draws_the_same_sets():
    census = large()
    first = census.sample(accept=wide, count=50, seed=1)
    assert first == large().sample(accept=wide, count=50, seed=1)
    assert first != census.sample(accept=wide, count=50, seed=2)
    assert census.sample(accept=wide, count=0, seed=1) == []


def test_a_drawn_set_names_each_member_once():
    assert all(
        list(one) == sorted(set(one)) and 3 <= len(one) <= 5 for one in large().sample(accept=wide, count=2_000, seed=3)
    )


def test_members_of_one_class_are_chosen_alike():
    where = Population(levels=(), paths=((),) * 6, classes=(0,) * 6)
    census = Census(population=where, tallies=[], sizes=[3])
    seen = Counter(census.sample(accept=every, count=20 * 500, seed=5))
    assert set(seen) == set(combinations(range(6), 3))
    assert sum((number - 500) ** 2 / 500 for number in seen.values()) < 19 + 3 * sqrt(38)


def test_nothing_accepted_cannot_be_drawn():
    census = small()
    with pytest.raises(NothingAccepted):
        census.sample(accept=never, count=1, seed=1)
    with pytest.raises(NothingAccepted):
        # A rule that some sets could meet, but none of these organisations do.
        Census(population=WHERE, tallies=[CLUSTERS], sizes=[9]).sample(
            accept=lambda _, of: of["clusters"] == 0, count=1, seed=1
        )


def test_few_sets_are_all_looked_at():
    census = small()
    sets = list(census.lots(accept=accept).every())
    judged = census.estimate(accept=accept, holds=lambda one: 0 in one, seed=1)
    truth = sum(0 in one for one in sets)
    assert judged.exact
    assert (judged.total, judged.looked_at, judged.number) == (len(sets), len(sets), truth)
    assert judged.low == judged.high == judged.held == census.access(accept=accept).of(0)


def test_an_empty_set_can_be_accepted_and_drawn():
    census = Census(population=WHERE, tallies=[], sizes=[0])
    assert census.sample(accept=every, count=2, seed=1) == [(), ()]
    assert census.estimate(accept=every, holds=lambda one: not one, seed=1).number == 1


def test_no_set_is_judged_without_a_share():
    judged = small().estimate(accept=never, holds=lambda _: True, seed=1)
    assert (judged.exact, judged.total, judged.number, judged.share) == (True, 0, 0, Fraction(0))


def test_an_estimate_is_the_share_of_the_exact_total_with_an_interval_that_covers_the_truth():
    census = large()
    access = census.access(accept=wide)
    judged = census.estimate(accept=wide, holds=lambda one: any(item < 600 for item in one), seed=4, draws=4_000)
    # The truth by another way: all but the accepted sets among the rest.
    where = Population(levels=("region",), paths=census.population.paths[600:], classes=census.population.classes[600:])
    rest = Census(population=where, tallies=census.tallies, sizes=census.sizes)
    truth = access.total - sum(rest.count(accept=wide).values())
    assert not judged.exact
    assert judged.total == access.total
    assert judged.number == round(Fraction(judged.held, 4_000) * access.total)
    assert judged.low <= truth <= judged.high
    assert judged.high - judged.low < access.total // 20


def test_of_many_intervals_nearly_all_cover_the_truth():
    where = Population(levels=(), paths=((),) * 60, classes=(0,) * 60)
    census = Census(population=where, tallies=[], sizes=[4])
    truth = comb(60, 4) - comb(40, 4)
    judged = [census.estimate(accept=every, holds=lambda one: one[0] < 20, seed=seed, draws=200) for seed in range(100)]
    covering = sum(one.low <= truth <= one.high for one in judged)
    assert 90 <= covering <= 100


def test_an_interval_stays_within_nothing_and_all():
    census = large()
    none = census.estimate(accept=wide, holds=lambda _: False, seed=1, draws=100)
    all_held = census.estimate(accept=wide, holds=lambda _: True, seed=1, draws=100)
    assert none.number == none.low == 0 < none.high < none.total
    assert 0 < all_held.low < all_held.number == all_held.high == all_held.total


def test_an_estimate_needs_a_draw():
    with pytest.raises(ValueError, match="at least one"):
        large().estimate(accept=wide, holds=lambda _: True, seed=1, draws=0)
