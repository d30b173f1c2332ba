"""States that a rule cannot tell apart are one.

Two states of the same size are alike when whatever is added to both is accepted with both or with neither: four
organisations in three regions and four in two, if two regions are all that is asked. And a state from which nothing
accepted can be reached is dropped. What is left is small, often a tenth, and the counting works on that alone. The
merging is exact: states are compared by all that can follow, largest sets first.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from samspel.engine.simulation.reach import Shape, States, TooManyStates
from samspel.engine.simulation.residues import Ints, Sums

NOWHERE = -1
"""What stands for a state from which nothing accepted can be reached, and for a set that is too large."""

MOST_MERGED = 3_000
"""The most states of one shape that counting works on; each is joined with each."""

_PAIRS_AT_ONCE = 1 << 20


@dataclass(frozen=True, kw_only=True)
class Closing:
    """How the complete blocks of one shape enter the next coarser one."""

    close: Ints
    """The coarser state that each state becomes, or NOWHERE."""
    closed: Ints
    """The coarser states that a complete block can have, each once; never the empty one."""
    into: Sums
    """Sums a block's states to its closed states (the place in `closed`)."""
    divide: tuple[Sums, ...]
    """For each size: what a closed block (place in `closed`) and a state of the rest give together."""
    apart: tuple[Sums, ...]
    """For each size: what may be added to a state, by a closed block (place in `closed`) first."""


@dataclass(frozen=True, kw_only=True)
class Merged:
    """The states of one shape as a rule tells them apart, by size; the first is the empty set."""

    shape: Shape
    sizes: Ints
    labels: Ints
    """What the rule says of a state outside all blocks; NOWHERE where it is not accepted as it is."""
    powers: Mapping[int, tuple[int, ...]]
    """For each class, the states of 1, 2, 3 … organisations of it, as long as they lead somewhere."""
    table: Ints
    """The state of two joined, or NOWHERE."""
    closings: dict[Shape, Closing]
    """For each finer shape that closes to this one."""

    def __len__(self) -> int:
        return int(self.sizes.size)

    @cached_property
    def _pairs(self) -> tuple[Ints, Ints, Ints]:
        one, other = np.nonzero(self.table >= 0)
        return one, other, self.table[one, other]

    @cached_property
    def brought(self) -> Ints:
        """The states that the organisations and blocks of one node can bring to it, joined among themselves."""
        if self.closings:
            return np.arange(1, len(self))
        return np.array(sorted({state for chain in self.powers.values() for state in chain}), dtype=np.int64)

    @cached_property
    def multiply(self) -> tuple[Sums, ...]:
        """For each size: what is brought and what is there give together."""
        one, other, both = self._pairs
        bringing = np.zeros(len(self), dtype=np.bool_)
        bringing[self.brought] = True
        return _by_size(bringing[one], self.sizes[both], both, one, other)

    @cached_property
    def complete(self) -> Sums:
        """For each state that somebody asks of: what is there (left), and the state (right) of both together."""
        one, other, both = self._pairs
        asked = np.zeros(len(self), dtype=np.bool_)
        asked[self.brought] = True
        asked[0] = bool(self.closings)
        rows = asked[one]
        return Sums(one[rows], other[rows], both[rows])


def merge(states: Mapping[Shape, States], labels: Ints) -> dict[Shape, Merged]:
    """Merge the states of every shape; `labels` tells for each state outside all blocks what the rule says of it.

    States with different labels are kept apart; NOWHERE is "not accepted". Nothing at all is returned when nothing
    is accepted. Raises TooManyStates.
    """
    merged: dict[Shape, Merged] = {}
    classes: dict[Shape, Ints] = {}
    for shape in sorted(states, key=lambda one: (len(one), one)):
        of = states[shape]
        own = classes[shape[:-1]][of.close] if shape else labels
        classes[shape] = _classes(of, own)
        if classes[shape][0] == NOWHERE:
            return {}
        leaders = _leaders(classes[shape])
        if leaders.size > MOST_MERGED:
            raise TooManyStates(MOST_MERGED)
        merged[shape] = Merged(
            shape=shape,
            sizes=of.sizes[leaders],
            labels=own[leaders],
            powers={kind: _alive(classes[shape], chain) for kind, chain in of.powers.items()},
            table=_joined(of, classes[shape], leaders),
            closings={},
        )
        if shape:
            outer = merged[shape[:-1]]
            outer.closings[shape] = _closing(outer, merged[shape])
    return merged


def _classes(states: States, labels: Ints) -> Ints:
    """Number the states so that two have one number when the rule cannot tell them apart."""
    found = np.full(len(states), NOWHERE, dtype=np.int64)
    bounds = np.searchsorted(states.sizes, np.arange(states.most + 2)).tolist()
    groups: list[tuple[int, Ints]] = []
    numbered = 0
    for size in range(states.most, -1, -1):
        rows = np.arange(bounds[size], bounds[size + 1])
        if not rows.size:
            continue
        known: dict[bytes, int] = {}
        for some in np.array_split(rows, 1 + rows.size * states.starters.size // _PAIRS_AT_ONCE):
            after = states.join(some[:, None], states.starters[None, :])
            follows = np.where(after >= 0, found[after], NOWHERE)
            seen = np.concatenate([labels[some, None], follows], axis=1)
            alive = (seen != NOWHERE).any(axis=1)
            for row, signature in zip(some[alive].tolist(), seen[alive], strict=True):
                found[row] = numbered + known.setdefault(signature.tobytes(), len(known))
        groups.append((numbered, np.arange(len(known))))
        numbered += len(known)
    # Numbered from the largest sets down; turned so that the empty set is 0 and sizes rise.
    order = np.concatenate([np.zeros(0, dtype=np.int64), *(first + within for first, within in reversed(groups))])
    place = np.empty(numbered + 1, dtype=np.int64)
    place[order] = np.arange(numbered)
    place[numbered] = NOWHERE
    return place[found]


def _leaders(classes: Ints) -> Ints:
    """Pick one state of each class, in the order of the classes."""
    numbers, first = np.unique(classes, return_index=True)
    return first[numbers >= 0]


def _alive(classes: Ints, chain: tuple[int, ...]) -> tuple[int, ...]:
    found: list[int] = []
    for state in chain:
        if classes[state] == NOWHERE:
            break
        found.append(int(classes[state]))
    return tuple(found)


def _joined(states: States, classes: Ints, leaders: Ints) -> Ints:
    both = states.join(leaders[:, None], leaders[None, :])
    return np.where(both >= 0, classes[both], NOWHERE)


def _closing(outer: Merged, inner: Merged) -> Closing:
    close = inner.labels
    closed = np.unique(close[1:][close[1:] > 0])
    place = np.full(len(outer) + 1, NOWHERE, dtype=np.int64)
    place[closed] = np.arange(closed.size)
    inside = np.flatnonzero(close > 0)
    block, rest = np.nonzero(outer.table[closed] >= 0)
    both = outer.table[closed[block], rest]
    always = np.ones(both.size, dtype=np.bool_)
    return Closing(
        close=close,
        closed=closed,
        into=Sums(place[close[inside]], np.zeros_like(inside), inside),
        divide=_by_size(always, outer.sizes[both], both, block, rest),
        apart=_by_size(always, outer.sizes[rest], rest, block, both),
    )


def _by_size(which: np.ndarray, sizes: Ints, target: Ints, left: Ints, right: Ints) -> tuple[Sums, ...]:
    most = int(sizes.max(initial=0))
    parts: list[Sums] = []
    for size in range(most + 1):
        rows = np.flatnonzero(which & (sizes == size))
        parts.append(Sums(target[rows], left[rows], right[rows]))
    return tuple(parts)
