"""Which states a constellation can pass through while it is put together.

A state is a size and a value for each tally. States are kept apart by *shape*: which levels one stands inside. Inside
a region that lies in a country both are open; outside all blocks none is. Within a shape, states join as the sets they
describe are put together; when the finest open block is complete its states close to states of the coarser shape. What
can be reached depends only on the tallies, the classes and the sizes, never on how many organisations there are, so it
is found once for a rule and kept.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from math import prod
from typing import Any

import numpy as np

from samspel.engine.simulation.residues import Ints
from samspel.engine.simulation.tallies import Items, Meet, Mode, OfBlocks, Tally

type Shape = tuple[int, ...]
"""The open levels, coarse to fine, as depths in the population's levels; () is outside all blocks."""

MOST_STATES = 20_000
"""The most states that one shape may reach."""

_LARGEST_KEY = 1 << 62

_PAIRS_AT_ONCE = 1 << 20


class TooManyStates(ValueError):
    """The tallies together take too many values to be counted exactly."""

    def __init__(self, states: int | None = None) -> None:
        many = f"More than {states} states" if states else "More states than can be numbered"
        super().__init__(f"{many}: lower the caps, or keep fewer tallies at once")


@dataclass(frozen=True, kw_only=True)
class States:
    """The states of one shape, by size; the first is the empty set."""

    shape: Shape
    sizes: Ints
    codes: Ints
    """A row for each state, a column for each tally: the place of its value in the tally's list of values."""
    keys: Ints
    starters: Ints
    """The states that one organisation or one closed block can bring; all others are joined from them."""
    powers: Mapping[int, tuple[int, ...]]
    """For each class, the states of 1, 2, 3 … organisations of it."""
    close: Ints
    """The state of the coarser shape that each becomes when the block is complete; empty outside all blocks."""
    most: int
    joins: tuple[Ints, ...]
    kept: dict[bytes, Any] = field(default_factory=dict, compare=False)
    """What was worked out for rules over these states (see `merging`), by what they say of each."""

    def join(self, one: Ints, other: Ints) -> Ints:
        """Give the state of two sets put together; -1 when they are larger than any size asked for."""
        sizes = self.sizes[one] + self.sizes[other]
        codes = (table[self.codes[one, at], self.codes[other, at]] for at, table in enumerate(self.joins))
        found = np.searchsorted(self.keys, _keys(codes, sizes, self.joins))
        return np.where(sizes <= self.most, np.minimum(found, self.keys.size - 1), -1)

    def __len__(self) -> int:
        return int(self.sizes.size)


@lru_cache(maxsize=16)
def reach(
    tallies: tuple[Tally, ...],
    depths: tuple[int | None, ...],
    kinds: tuple[tuple[Shape, tuple[int, ...]], ...],
    most: int,
) -> dict[Shape, States]:
    """Find the states of every shape, up to sets of `most` organisations.

    `depths` gives each tally's level as a depth, and `kinds` the classes that occur in the blocks of each shape.
    Raises TooManyStates.
    """
    found: dict[Shape, States] = {}
    pending: dict[Shape, list[tuple[Shape, Ints, Ints]]] = {}
    for shape, present in sorted(kinds, key=lambda one: (-len(one[0]), one[0])):
        modes = [_mode(tally, depth, shape) for tally, depth in zip(tallies, depths, strict=True)]
        builder = _Builder(modes, most)
        closed = pending.pop(shape, [])
        states = builder.build(shape, present, closed)
        for finer, sizes, codes in closed:
            found[finer].close[:] = np.searchsorted(states.keys, builder.keys(codes, sizes))
        found[shape] = states
        if shape:
            codes = states.codes.copy()
            for at, (tally, depth) in enumerate(zip(tallies, depths, strict=True)):
                if depth == shape[-1] and not isinstance(tally, Items | Meet):
                    codes[:, at] = _closing(tally)[codes[:, at]]
            pending.setdefault(shape[:-1], []).append((shape, states.sizes, codes))
    return found


class _Builder:
    """Finds the states of one shape from what its organisations and its closed blocks bring."""

    def __init__(self, modes: list[Mode], most: int) -> None:
        self._modes = modes
        self._most = most
        self._joins = tuple(_joined(mode) for mode in modes)
        if (most + 1) * prod(len(table) for table in self._joins) > _LARGEST_KEY:
            raise TooManyStates

    def keys(self, codes: Ints, sizes: Ints) -> Ints:
        """Number states so that they sort by size, the same state by the same number."""
        return _keys(codes.T, sizes, self._joins)

    def build(self, shape: Shape, present: Iterable[int], closed: list[tuple[Shape, Ints, Ints]]) -> States:
        single = {kind: [mode.values.index(mode.marks[kind]) for mode in self._modes] for kind in present}
        width = len(self._modes)
        brought = [
            np.array(list(single.values()), dtype=np.int64).reshape(len(single), width),
            *(codes for _, _, codes in closed),
        ]
        sizes = np.concatenate([np.ones(len(single), dtype=np.int64), *(sizes for _, sizes, _ in closed)])
        starters = self._unique(np.concatenate(brought)[sizes > 0], sizes[sizes > 0])
        codes, sizes = self._grow(*starters)
        keys = self.keys(codes, sizes)
        return States(
            shape=shape,
            sizes=sizes,
            codes=codes,
            keys=keys,
            starters=np.searchsorted(keys, self.keys(*starters)),
            powers={kind: self._powers(codes, keys) for kind, codes in single.items()},
            close=np.full(sizes.size if shape else 0, -1, dtype=np.int64),
            most=self._most,
            joins=self._joins,
        )

    def _powers(self, single: list[int], keys: Ints) -> tuple[int, ...]:
        """Follow one class alone: one organisation of it, two, three."""
        rows = [single]
        for _ in range(self._most - 1):
            rows.append([int(table[was, one]) for table, was, one in zip(self._joins, rows[-1], single, strict=True)])
        codes = np.array(rows[: self._most], dtype=np.int64)
        found: list[int] = np.searchsorted(keys, self.keys(codes, np.arange(1, len(rows) + 1))[: self._most]).tolist()
        return tuple(found)

    def _grow(self, codes: Ints, sizes: Ints) -> tuple[Ints, Ints]:
        """Join the starters with each other, size by size, until nothing new is found."""
        by_size = [np.zeros((1, codes.shape[1]), dtype=np.int64)]
        for size in range(1, self._most + 1):
            parts = [codes[sizes == size]]
            for step in range(1, size):
                own, more = by_size[size - step], codes[sizes == step]
                rows = max(1, _PAIRS_AT_ONCE // max(1, len(more)))
                parts += [self._pairs(own[at : at + rows], more, size) for at in range(0, len(own), rows)]
            by_size.append(self._of_one_size(np.concatenate(parts), size))
            if sum(len(each) for each in by_size) > MOST_STATES:
                raise TooManyStates(MOST_STATES)
        sizes = np.repeat(np.arange(len(by_size)), [len(each) for each in by_size])
        return np.concatenate(by_size), sizes.astype(np.int64)

    def _pairs(self, own: Ints, more: Ints, size: int) -> Ints:
        """Join each of some states with each of some others."""
        one = np.repeat(np.arange(len(own)), len(more))
        other = np.tile(np.arange(len(more)), len(own))
        joined = np.zeros((one.size, own.shape[1]), dtype=np.int64)
        for at, table in enumerate(self._joins):
            joined[:, at] = table[own[one, at], more[other, at]]
        return self._of_one_size(joined, size)

    def _of_one_size(self, codes: Ints, size: int) -> Ints:
        return self._unique(codes, np.full(len(codes), size, dtype=np.int64))[0]

    def _unique(self, codes: Ints, sizes: Ints) -> tuple[Ints, Ints]:
        _, first = np.unique(self.keys(codes, sizes), return_index=True)
        return codes[first], sizes[first]


def _joined(mode: Mode) -> Ints:
    """Write a tally's sums as a table over the places of its values."""
    place = {value: at for at, value in enumerate(mode.values)}
    return np.array([[place[mode.join(one, other)] for other in mode.values] for one in mode.values], dtype=np.int64)


def _mode(tally: Tally, depth: int | None, shape: Shape) -> Mode:
    return tally.outside if isinstance(tally, Items | Meet) or depth not in shape else tally.inside


def _closing(tally: OfBlocks) -> Ints:
    """Give for each value inside a block what it counts as outside."""
    outside = tally.outside.values
    return np.array([outside.index(tally.close(value)) for value in tally.inside.values], dtype=np.int64)


def _keys(codes: Iterable[Ints], sizes: Ints, joins: tuple[Ints, ...]) -> Ints:
    key = sizes.copy()
    for column, table in zip(codes, joins, strict=True):
        key = key * len(table) + column
    return key


def values_of(states: States, tallies: tuple[Tally, ...]) -> list[dict[str, int]]:
    """Read the states outside all blocks as the tallies' numbers, by name."""
    names = [tally.name for tally in tallies]
    outside = [tally.outside.values for tally in tallies]
    return [
        {name: tally.read(values[code]) for name, tally, values, code in zip(names, tallies, outside, row, strict=True)}
        for row in states.codes.tolist()
    ]
