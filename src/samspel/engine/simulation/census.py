"""A census of constellations: every set of organisations that a rule would accept, counted without making them.

The census is given a population, the tallies to keep and the sizes to look at; a rule is then any function that takes
a set's size and its tallies' numbers, and says whether the set is accepted. The total is exact however large, and so
is each organisation's access (the number of accepted sets that hold it) and each block's. Setting up is done once for
a rule and kept; asking again for another population of the same classes costs the counting alone.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from samspel.engine.simulation.counting import Contents, Shares, contents, enough_primes, shares
from samspel.engine.simulation.drawing import Lots, as_sets
from samspel.engine.simulation.estimating import LISTED_AT_MOST, Estimate, Holds, estimated, looked_at
from samspel.engine.simulation.grounds import Grounds, lay_out
from samspel.engine.simulation.merging import NOWHERE, Merged, merge
from samspel.engine.simulation.population import Population
from samspel.engine.simulation.reach import Shape, States, reach, values_of
from samspel.engine.simulation.residues import Ints, Objects, integers
from samspel.engine.simulation.tallies import Tally

type Accept = Callable[[int, Mapping[str, int]], bool]
"""Says of a set, by its size and its tallies' numbers, whether it is accepted."""

KEPT_CELLS = 2_000_000
"""How much of the merged states of rules asked before is kept for one set of tallies, the latest first."""

MOST_MEMBERS = 24
"""The most organisations that a set may have; there is no call for more, and time grows with it."""


@dataclass(frozen=True, kw_only=True)
class Access:
    """How many accepted sets there are, and how many hold each organisation and touch each block."""

    per_size: Mapping[int, int]
    touching: Mapping[str, Mapping[str, int]]
    """For each level looked at, the number of accepted sets that hold at least one organisation of each block."""
    groups: tuple[int, ...]
    """For each group of interchangeable organisations, the number of accepted sets that hold one given member."""
    group_of: tuple[int, ...]
    """Each organisation's group."""

    @property
    def total(self) -> int:
        return sum(self.per_size.values())

    def of(self, item: int) -> int:
        """Give the number of accepted sets that hold the organisation at this place in the population."""
        return self.groups[self.group_of[item]]

    @property
    def items(self) -> tuple[int, ...]:
        """The number of accepted sets that hold each organisation, in the population's order."""
        return tuple(self.groups[group] for group in self.group_of)


class NothingAccepted(ValueError):
    """There is no accepted set to draw."""


class Census:
    """A population made ready to be counted under rules over the same tallies.

    >>> where = Population(levels=("region",), paths=(("north",), ("north",), ("south",)), classes=(0, 0, 0))
    >>> from samspel.engine.simulation.tallies import Blocks
    >>> regions = Blocks(name="regions", level="region", weights=(1,), cap=2)
    >>> census = Census(population=where, tallies=[regions], sizes=[2])
    >>> census.count(accept=lambda size, of: of["regions"] >= 2)
    {2: 2}
    """

    def __init__(
        self, *, population: Population, tallies: Sequence[Tally], sizes: Iterable[int], levels: Collection[str] = ()
    ) -> None:
        """Make a population ready. `levels` names levels that access is told for besides the tallies' own.

        Raises ValueError for sizes that cannot be, PopulationError, TallyError, TooManyStates.
        """
        self.sizes = tuple(sorted(set(sizes)))
        if not self.sizes or self.sizes[0] < 0 or self.sizes[-1] > MOST_MEMBERS:
            raise ValueError(f"Sizes run from 0 to {MOST_MEMBERS}, and there is at least one; not {self.sizes}")
        self.population = population
        self.tallies = tuple(tallies)
        self.grounds: Grounds = lay_out(population, self.tallies, levels)
        self.by: Ints = enough_primes(len(population), self.sizes[-1])
        self.states: dict[Shape, States] = reach(
            self.tallies, self.grounds.depths, self.grounds.kinds, max(1, self.sizes[-1])
        )
        self.values = values_of(self.states[()], self.tallies)

    def count(self, *, accept: Accept) -> dict[int, int]:
        """Give the exact number of accepted sets of each size."""
        merged = self.merged(self.labels(accept))
        if not merged:
            return dict.fromkeys(self.sizes, 0)
        return self._per_size(merged[()], contents(self.grounds, merged, self.by))

    def access(self, *, accept: Accept) -> Access:
        """Give the exact number of accepted sets in all, that hold each organisation, and that touch each block."""
        merged = self.merged(self.labels(accept))
        if not merged:
            return self.told(dict.fromkeys(self.sizes, 0), None)
        counted = contents(self.grounds, merged, self.by)
        worth = (merged[()].labels != NOWHERE).astype(np.int64)
        return self.told(self._per_size(merged[()], counted), shares(self.grounds, merged, counted, worth))

    def lots(self, *, accept: Accept) -> Lots | None:
        """Make the accepted sets ready to be drawn from or listed, or give None when there are none."""
        merged = self.merged(self.labels(accept))
        if not merged:
            return None
        counted = contents(self.grounds, merged, self.by)
        total = sum(self._per_size(merged[()], counted).values())
        return Lots(self.grounds, merged, counted, total=total) if total else None

    def sample(self, *, accept: Accept, count: int, seed: int) -> list[tuple[int, ...]]:
        """Draw accepted sets by lot, each time every one as likely, as their members' places in the population.

        Raises NothingAccepted when there are none.
        """
        lots = self.lots(accept=accept)
        if lots is None:
            raise NothingAccepted("No set of these organisations is accepted, so none can be drawn")
        return as_sets(lots.draw(count=count, seed=seed))

    def estimate(self, *, accept: Accept, holds: Holds, seed: int, draws: int = 10_000) -> Estimate:
        """Tell how many of the accepted sets hold to a further condition, exactly when they are few."""
        lots = self.lots(accept=accept)
        if lots is None or lots.total <= LISTED_AT_MOST:
            return looked_at(lots.every() if lots else (), holds)
        return estimated(lots.total, as_sets(lots.draw(count=draws, seed=seed)), holds)

    def labels(self, accept: Accept) -> Ints:
        """Ask a rule of every state that can be reached: 0 where it is accepted, else NOWHERE."""
        wanted = set(self.sizes)
        sizes: list[int] = self.states[()].sizes.tolist()
        answers = [
            0 if size in wanted and accept(size, of) else NOWHERE for size, of in zip(sizes, self.values, strict=True)
        ]
        return np.array(answers, dtype=np.int64)

    def merged(self, labels: Ints) -> dict[Shape, Merged]:
        """Give the states merged by what a rule says of them, from what is kept if it was asked before."""
        kept = self.states[()].kept
        key = labels.tobytes()
        found = kept.get(key)
        if found is None:
            found = merge(self.states, labels)
            held = _cells(found)
            for old, other in reversed(list(kept.items())):
                held += _cells(other)
                if held > KEPT_CELLS:
                    kept.pop(old, None)
            if _cells(found) <= KEPT_CELLS:
                kept[key] = found
        return found

    def _per_size(self, whole: Merged, counted: Contents) -> dict[int, int]:
        accepted = np.flatnonzero(whole.labels != NOWHERE)
        numbers: list[int] = integers(counted.whole[()][accepted], self.by)[:, 0].tolist()
        found = dict.fromkeys(self.sizes, 0)
        for size, number in zip(whole.sizes[accepted].tolist(), numbers, strict=True):
            found[size] += number
        return found

    def told(self, per_size: dict[int, int], shared: Shares | None) -> Access:
        """Put what was shared out into words of the population; nothing shared is nothing accepted."""
        numbers = self.grounds.groups
        items = np.zeros(sum(np.count_nonzero(groups >= 0) for groups in numbers.values()), dtype=object)
        without: dict[Shape, Objects] = {}
        if shared:
            for shape, groups in numbers.items():
                items[groups[groups >= 0]] = integers(shared.items[shape], self.by)[groups >= 0]
            without = {shape: integers(part, self.by) for shape, part in shared.without.items()}
        return self.worded(per_size, items, without)

    def worded(self, per_size: dict[int, int], items: Objects, without: Mapping[Shape, Objects]) -> Access:
        """Name the blocks. `items` has a number for each group, `without` for each node by shape."""
        total = sum(per_size.values())
        touching: dict[str, dict[str, int]] = {}
        for shape, nodes in self.grounds.nodes.items():
            if not shape:
                continue
            level = touching.setdefault(self.population.levels[shape[-1]], {})
            missed: list[int] = without[shape].tolist() if shape in without else [total] * len(nodes)
            level |= {block: total - number for block, number in zip(nodes.blocks, missed, strict=True)}
        return Access(
            per_size=per_size,
            touching={level: dict(sorted(blocks.items())) for level, blocks in touching.items()},
            groups=tuple(items.tolist()),
            group_of=self.grounds.group_of,
        )


def _cells(merged: Mapping[Shape, Merged]) -> int:
    return sum(one.table.size for one in merged.values()) + 1
