"""The simulation by numbers that can be checked by hand: closed forms, small tables, and what it refuses.

The comparison with every possible set is in test_simulation_oracle, and drawing by lot in test_simulation_drawing.
"""

from math import comb

import pytest

from samspel.engine.simulation import (
    Blocks,
    BlocksWithout,
    Census,
    Items,
    Largest,
    Meet,
    Population,
    PopulationError,
    Table,
    TallyError,
    TooManyStates,
    reach,
)


def population(text, levels=("country", "region")):
    """Read lines of `number of organisations, class, path`; `-` is an unknown block."""
    paths, classes = [], []
    for line in text.strip().splitlines():
        number, kind, *path = line.split()
        paths += [tuple(None if block == "-" else block for block in path)] * int(number)
        classes += [int(kind)] * int(number)
    return Population(levels=levels, paths=tuple(paths), classes=tuple(classes))


def every(size, of):
    return True


def never(size, of):
    return False


CLUSTERS = Items(name="clusters", weights=(0, 1), cap=2)
REGIONS = Blocks(name="regions", level="region", weights=(1, 1), cap=2)
COUNTRIES = Blocks(name="countries", level="country", weights=(1, 1), cap=2)
MOST = Largest(name="most", level="region", weights=(1, 1), cap=4)

NORDIC = population("""
    3 0 SE SE11
    2 1 SE SE11
    2 0 SE SE33
    1 1 FI FI1B
    1 0 FI -
    1 1 -  -
""")


def census(*tallies, sizes=(2,), where=NORDIC, levels=()):
    return Census(population=where, tallies=tallies, sizes=sizes, levels=levels)


def test_without_a_rule_every_set_counts():
    assert census(sizes=range(11)).count(accept=every) == {size: comb(10, size) for size in range(11)}


def test_without_a_rule_every_organisation_is_in_its_share_of_the_sets():
    access = census(sizes=[4]).access(accept=every)
    assert access.items == (comb(9, 3),) * 10


def test_at_least_one_of_a_class_is_all_sets_without_those_of_the_other():
    assert census(CLUSTERS, sizes=[3]).count(accept=lambda _, of: of["clusters"] >= 1) == {3: comb(10, 3) - comb(6, 3)}


def test_one_from_each_of_many_regions_is_a_power():
    where = Population(
        levels=("region",), paths=tuple((f"r{i}",) for i in range(30) for _ in range(7)), classes=(0,) * 210
    )
    regions = Blocks(name="regions", level="region", weights=(1,), cap=5)
    found = census(regions, sizes=[5], where=where).count(accept=lambda size, of: of["regions"] == size)
    assert found == {5: comb(30, 5) * 7**5}


def test_numbers_of_any_length_are_exact():
    where = Population(levels=(), paths=((),) * 100_000, classes=(0,) * 100_000)
    counted = census(sizes=[12], where=where).access(accept=every)
    assert counted.total == comb(100_000, 12)
    assert counted.of(99_999) == comb(99_999, 11)


def test_pairs_from_two_regions_by_hand():
    # Of the 45 pairs, those in one region: 10 in SE11, 1 in SE33. One known region at most: the two homeless with any.
    known = 5 * 2 + 5 * 1 + 2 * 1
    access = census(REGIONS).access(accept=lambda _, of: of["regions"] == 2)
    assert access.total == known
    assert access.touching == {"region": {"FI1B": 7, "SE11": 15, "SE33": 12}}
    assert access.items == (3, 3, 3, 3, 3, 6, 6, 7, 0, 0)


def test_the_homeless_count_as_the_tally_says():
    def pairs(homeless):
        tally = Blocks(name="regions", level="region", weights=(1, 1), cap=2, homeless=homeless)
        counted = census(tally)
        return [sum(counted.count(accept=lambda _, of, n=number: of["regions"] == n).values()) for number in range(3)]

    # One pair is homeless altogether, sixteen have one of the two homeless, eleven lie in one region.
    assert pairs("none") == [1, 16 + 11, 17]
    assert pairs("floor") == [0, 1 + 16 + 11, 17]
    assert pairs("each") == [0, 11, 1 + 16 + 17]


def test_a_block_may_be_known_within_an_unknown_one():
    where = population("2 0 - r1\n2 0 c r2\n1 0 c -")
    counted = census(COUNTRIES, REGIONS, where=where).access(accept=lambda _, of: of["countries"] < of["regions"])
    # Both in r1, or one in r1 and one in r2.
    assert counted.total == 1 + 4
    assert counted.touching == {"country": {"c": 4}, "region": {"r1": 5, "r2": 4}}


def test_the_largest_share_hangs_on_the_size():
    rule = census(MOST, sizes=[2, 3, 4]).count(accept=lambda size, of: of["most"] * 2 <= size)
    plain = dict.fromkeys((2, 3, 4), 0)
    held = {"SE11": 5, "SE33": 2, "FI1B": 1, "": 2}
    for a in range(held["SE11"] + 1):
        for b in range(held["SE33"] + 1):
            for c in range(held["FI1B"] + 1):
                for d in range(held[""] + 1):
                    size = a + b + c + d
                    if size in plain and 2 * max(a, b, c) <= size:
                        plain[size] += comb(5, a) * comb(2, b) * comb(1, c) * comb(2, d)
    assert rule == plain


def test_regions_without_any_that_holds():
    tally = BlocksWithout(name="bare", level="region", having=(1, 1), holding=(0, 1), cap=2)
    # Pairs with both in class 0 of one region (3 + 1), or in two regions one bare (class 0 with a class 1 elsewhere).
    assert census(tally).count(accept=lambda _, of: of["bare"] == 2) == {2: 3 * 2}


def test_themes_that_all_have():
    themes = Meet(name="themes", masks=(0b011, 0b110))
    assert census(themes).count(accept=lambda _, of: of["themes"] == 0b010) == {2: 6 * 4}
    assert census(themes, sizes=[0]).count(accept=lambda _, of: of["themes"] == -1) == {0: 1}


def test_levels_that_no_tally_asks_of_are_told_when_asked_for():
    access = census(CLUSTERS, levels=["country", "region"]).access(accept=lambda _, of: of["clusters"] == 2)
    assert access.total == comb(4, 2)
    assert access.touching == {"country": {"FI": 3, "SE": 5}, "region": {"FI1B": 3, "SE11": 5, "SE33": 0}}


def test_organisations_told_alike_share_a_group():
    access = census(REGIONS, CLUSTERS).access(accept=every)
    assert access.group_of[0] == access.group_of[2] != access.group_of[3]
    assert len(census(REGIONS).access(accept=every).groups) == 4


@pytest.mark.parametrize("where", [NORDIC, Population(levels=("country", "region"), paths=(), classes=())])
def test_nothing_accepted_leaves_everybody_out(where):
    counted = census(REGIONS, COUNTRIES, sizes=[2, 3], where=where)
    access = counted.access(accept=never)
    assert access.per_size == counted.count(accept=never) == {2: 0, 3: 0}
    assert not any(access.items)
    assert not any(number for blocks in access.touching.values() for number in blocks.values())
    assert Table(counted, within=never).access(accept=every) == access


def test_one_table_answers_a_sweep():
    counted = census(REGIONS, CLUSTERS, MOST, COUNTRIES, sizes=range(1, 6))
    table = Table(counted)
    rules = [
        lambda size, of, least=least, regions=regions, share=share: (
            size >= least and of["regions"] >= regions and of["most"] * 100 <= share * size
        )
        for least in range(1, 6)
        for regions in range(3)
        for share in (34, 50, 100)
    ]
    swept = table.sweep(accepts=rules)
    assert swept == [counted.access(accept=rule) for rule in rules]
    assert table.access(accept=rules[-1]) == swept[-1]
    assert [table.count(accept=rule) for rule in rules] == [counted.count(accept=rule) for rule in rules]


def test_a_table_lists_how_sets_end():
    table = Table(census(CLUSTERS), within=lambda _, of: of["clusters"] >= 1)
    assert [(end.size, end.values, end.number) for end in table.ends] == [
        (2, {"clusters": 1}, 6 * 4),
        (2, {"clusters": 2}, comb(4, 2)),
    ]


def test_set_up_is_kept_for_another_population_of_the_same_classes():
    counted = census(REGIONS, CLUSTERS)
    assert (
        census(REGIONS, CLUSTERS, where=population("4 0 SE SE11\n9 1 FI FI1B\n1 0 FI -\n1 1 - -")).states
        is counted.states
    )
    rule = counted.labels(every)
    assert counted.merged(rule) is counted.merged(rule)


def test_what_is_kept_of_rules_is_bounded(monkeypatch):
    counted = census(REGIONS, CLUSTERS, MOST, sizes=[3])
    rules = [counted.labels(lambda _, of, n=number: of["most"] == n) for number in (1, 2, 3)]
    monkeypatch.setattr("samspel.engine.simulation.census.KEPT_CELLS", 60)
    first = counted.merged(rules[0])
    for rule in rules:
        counted.merged(rule)
    assert counted.merged(rules[0]) is not first
    monkeypatch.setattr("samspel.engine.simulation.census.KEPT_CELLS", 1)
    assert counted.merged(counted.labels(every)) is not counted.merged(counted.labels(every))


REFUSED = [
    (lambda: Population(levels=("a", "a"), paths=(), classes=()), PopulationError, "named twice"),
    (lambda: Population(levels=(), paths=((),), classes=()), PopulationError, "1 paths but 0 classes"),
    (lambda: Population(levels=(), paths=((),), classes=(-1,)), PopulationError, "from 0"),
    (lambda: Population(levels=("a",), paths=((),), classes=(0,)), PopulationError, "does not have the 1 levels"),
    (lambda: population("1 0 SE r\n1 0 FI r"), PopulationError, "region r lies in"),
    (lambda: NORDIC.blocks("town"), PopulationError, "No level town; there are country, region"),
    (lambda: census(levels=["town"]), PopulationError, "No level town"),
    (lambda: Items(name="x", weights=(1,), cap=0), TallyError, "cap"),
    (lambda: Items(name="x", weights=(2,), cap=1), TallyError, "0 or 1"),
    (lambda: Meet(name="x", masks=(-1,)), TallyError, "mask"),
    (
        lambda: BlocksWithout(name="x", level="region", having=(1,), holding=(1, 1), cap=1),
        TallyError,
        "differ in length",
    ),
    (lambda: census(Items(name="x", weights=(1,), cap=1)), TallyError, "x has 1 weights for 2 classes"),
    (lambda: census(CLUSTERS, CLUSTERS), TallyError, "same name"),
    (lambda: census(sizes=[]), ValueError, "at least one"),
    (lambda: census(sizes=[-1]), ValueError, "from 0 to"),
    (lambda: census(sizes=[25]), ValueError, "from 0 to 24"),
    (lambda: census(Meet(name="x", masks=tuple(4095 ^ 1 << bit for bit in range(13)))), TallyError, "intersections"),
    (lambda: census(*(Items(name=str(n), weights=(1, 1), cap=99) for n in range(10))), TooManyStates, "lower the caps"),
]


@pytest.mark.parametrize("make, error, words", REFUSED)
def test_what_cannot_be_is_refused(make, error, words):
    with pytest.raises(error, match=words):
        make()


def test_too_many_states_are_refused(monkeypatch):
    monkeypatch.setattr(reach, "MOST_STATES", 20)
    with pytest.raises(TooManyStates, match="More than 20 states"):
        census(REGIONS, CLUSTERS, MOST, sizes=[9])


def test_too_many_merged_states_are_refused(monkeypatch):
    monkeypatch.setattr("samspel.engine.simulation.merging.MOST_MERGED", 3)
    with pytest.raises(TooManyStates, match="More than 3 states"):
        census(REGIONS, CLUSTERS, MOST, sizes=[8]).count(accept=lambda _, of: of["clusters"] == 1)


def test_large_tables_are_worked_on_in_parts(monkeypatch):
    whole = census(REGIONS, MOST, COUNTRIES, CLUSTERS, sizes=[3, 7]).access(accept=lambda _, of: of["most"] < 3)
    reach.reach.cache_clear()
    for name in ("reach._PAIRS_AT_ONCE", "merging._PAIRS_AT_ONCE", "residues._LARGEST_CHUNK", "residues._SMALL"):
        monkeypatch.setattr(f"samspel.engine.simulation.{name}", 4)
    assert census(REGIONS, MOST, COUNTRIES, CLUSTERS, sizes=[3, 7]).access(accept=lambda _, of: of["most"] < 3) == whole
    reach.reach.cache_clear()
