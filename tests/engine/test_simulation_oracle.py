"""The simulation against the plainest method there is: make every set of a small population, and look at it.

The oracle reads each set's tallies from their definitions. Populations, tallies, sizes and rules are made up; a rule is
any yes or no for each size and values, which is more than a call could ask.
"""

from itertools import combinations
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from samspel.engine.simulation import Blocks, BlocksWithout, Census, Items, Largest, Meet, Population, Table

LEVELS = ("country", "region", "town")


def value(tally, chosen, where):
    """Read a tally of a set from its definition."""
    kinds = [where.classes[item] for item in chosen]
    if isinstance(tally, Meet):
        common = -1
        for kind in kinds:
            common &= tally.masks[kind]
        return common
    if isinstance(tally, Items):
        return min(tally.cap, sum(tally.weights[kind] for kind in kinds))
    depth = where.levels.index(tally.level)
    blocks: dict[str, list[int]] = {}
    homeless: list[int] = []
    for item in chosen:
        block = where.paths[item][depth]
        (homeless if block is None else blocks.setdefault(block, [])).append(where.classes[item])
    return min(tally.cap, OF_BLOCKS[type(tally)](tally, list(blocks.values()), homeless))


def blocks_held(tally, blocks, homeless):
    number = sum(any(tally.weights[kind] for kind in block) for block in blocks)
    alone = sum(tally.weights[kind] for kind in homeless)
    return {"none": number, "each": number + alone, "floor": max(number, min(alone, 1))}[tally.homeless]


def blocks_without(tally, blocks, homeless):
    alone = [[kind] for kind in homeless] if tally.homeless == "each" else []
    return sum(
        any(tally.having[kind] for kind in block) and not any(tally.holding[kind] for kind in block)
        for block in blocks + alone
    )


def largest_block(tally, blocks, homeless):
    alone = [[kind] for kind in homeless] if tally.homeless == "each" else []
    return max((sum(tally.weights[kind] for kind in block) for block in blocks + alone), default=0)


OF_BLOCKS = {Blocks: blocks_held, BlocksWithout: blocks_without, Largest: largest_block}


class Oracle:
    """All sets of a population that a rule accepts, one by one."""

    def __init__(self, where, tallies, sizes, accept):
        self.where = where
        self.sets = [
            chosen
            for size in sizes
            for chosen in combinations(range(len(where)), size)
            if accept(size, {tally.name: value(tally, chosen, where) for tally in tallies})
        ]

    def per_size(self, sizes):
        return {size: sum(len(chosen) == size for chosen in self.sets) for size in sizes}

    @property
    def items(self):
        return tuple(sum(item in chosen for chosen in self.sets) for item in range(len(self.where)))

    def touching(self, level):
        depth = self.where.levels.index(level)
        return {
            block: sum(any(self.where.paths[item][depth] == block for item in chosen) for chosen in self.sets)
            for block in self.where.blocks(level)
        }


@st.composite
def populations(draw, levels, classes):
    """Up to twelve organisations in nested blocks, any of which may be unknown."""
    paths = []
    for _ in range(draw(st.integers(0, 12))):
        known, path = "", []
        for _ in levels:
            step = draw(st.sampled_from(["0", "1", None]))
            known += step or "?"
            path.append(known if step else None)
        paths.append(tuple(path))
    kinds = [draw(st.integers(0, classes - 1)) for _ in paths]
    return Population(levels=levels, paths=tuple(paths), classes=tuple(kinds))


def kinds_of_tally(levels, classes, name):
    """Any tally over these levels."""
    weights = st.tuples(*[st.integers(0, 1)] * classes)
    caps = st.integers(1, 4)
    plain = st.one_of(
        st.builds(Items, name=st.just(name), weights=weights, cap=caps),
        st.builds(Meet, name=st.just(name), masks=st.tuples(*[st.integers(0, 7)] * classes)),
    )
    if not levels:
        return plain
    common = {"name": st.just(name), "level": st.sampled_from(levels), "cap": caps}
    either = st.sampled_from(["none", "each"])
    return st.one_of(
        plain,
        st.builds(Blocks, weights=weights, homeless=st.sampled_from(["none", "each", "floor"]), **common),
        st.builds(BlocksWithout, having=weights, holding=weights, homeless=either, **common),
        st.builds(Largest, weights=weights, homeless=either, **common),
    )


@st.composite
def questions(draw, most_tallies=4):
    """A population, tallies, sizes, levels to be told of, and a rule."""
    levels = LEVELS[: draw(st.integers(0, 3))]
    classes = draw(st.integers(1, 3))
    where = draw(populations(levels, classes))
    number = draw(st.integers(0, most_tallies))
    tallies = [draw(kinds_of_tally(levels, classes, f"tally {place}")) for place in range(number)]
    sizes = draw(st.lists(st.integers(0, 5), min_size=1, max_size=4, unique=True))
    told = draw(st.lists(st.sampled_from(levels), unique=True)) if levels else []
    seed, chance = draw(st.integers(0, 999)), draw(st.sampled_from([0.1, 0.5, 0.9]))

    def accept(size, of):
        return Random(f"{seed} {size} {sorted(of.items())}").random() < chance

    return where, tallies, sorted(sizes), told, accept


@settings(max_examples=300, deadline=None)
@given(questions())
def test_counts_and_access_are_those_of_all_sets(question):
    where, tallies, sizes, told, accept = question
    oracle = Oracle(where, tallies, sizes, accept)
    census = Census(population=where, tallies=tallies, sizes=sizes, levels=told)
    access = census.access(accept=accept)
    assert census.count(accept=accept) == access.per_size == oracle.per_size(sizes)
    assert access.items == oracle.items
    assert set(told) <= set(access.touching) | {level for level in told if not where.blocks(level)}
    assert access.touching == {level: oracle.touching(level) for level in access.touching}


@settings(max_examples=150, deadline=None)
@given(questions(), st.integers(0, 9))
def test_a_table_gives_what_counting_gives(question, other):
    where, tallies, sizes, told, accept = question
    census = Census(population=where, tallies=tallies, sizes=sizes, levels=told)
    table = Table(census, within=accept if other % 2 else None)
    assert table.sweep(accepts=[accept, lambda size, of: accept(size, of) and size != other]) == [
        census.access(accept=accept),
        census.access(accept=lambda size, of: accept(size, of) and size != other),
    ]
    assert table.count(accept=accept) == census.count(accept=accept)


@settings(max_examples=150, deadline=None)
@given(questions(), st.integers(0, 99))
def test_all_accepted_sets_are_listed_and_only_they_are_drawn(question, seed):
    where, tallies, sizes, told, accept = question
    sets = set(Oracle(where, tallies, sizes, accept).sets)
    lots = Census(population=where, tallies=tallies, sizes=sizes, levels=told).lots(accept=accept)
    if lots is None:
        assert not sets
        return
    listed = list(lots.every())
    assert len(listed) == len(sets) == lots.total
    assert set(listed) == sets
    drawn = [tuple(item for item in row if item >= 0) for row in lots.draw(count=20, seed=seed).tolist()]
    assert set(drawn) <= sets


@settings(max_examples=100, deadline=None)
@given(st.data(), st.sampled_from(LEVELS[:2]))
def test_one_tally_alone_splits_all_sets_by_its_value(data, level):
    where = data.draw(populations(LEVELS[:2], 2))
    tally = data.draw(kinds_of_tally((level,), 2, "tally"))
    table = Table(Census(population=where, tallies=[tally], sizes=[3]))
    found = {end.values["tally"]: end.number for end in table.ends if end.number}
    plain: dict[int, int] = {}
    for chosen in combinations(range(len(where)), 3):
        seen = value(tally, chosen, where)
        plain[seen] = plain.get(seen, 0) + 1
    assert found == plain
