"""Accepted sets drawn by lot, every one as likely as any other; and all of them listed, when they are few.

Nothing is thrown away: within the whole, and then within each block, one walks along the parts (blocks, classes of
organisations), and at each state of the set so far goes straight to the next part that joins, with the chance that the
exact counts give it. Only the chances are rounded, to sixteen digits. The same seed draws the same sets.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from math import comb
from typing import NamedTuple, Self

import numpy as np
import numpy.typing as npt

from samspel.engine.simulation.counting import Contents
from samspel.engine.simulation.grounds import Grounds
from samspel.engine.simulation.merging import NOWHERE, Merged
from samspel.engine.simulation.reach import Shape
from samspel.engine.simulation.residues import Ints, integers

type Floats = npt.NDArray[np.float64]

NOBODY = -1
"""Fills the row of a set that is smaller than the largest."""

WHOLE = 0
"""The one aim outside all blocks: to be accepted."""


class Part(NamedTuple):
    """Something that can join a set within a node: a block in it, or some organisations of one class there."""

    finer: Shape | None
    """The shape of the block; None for organisations."""
    place: int
    """The block's place among the nodes of its shape, or the class's among the kinds of the node's."""


@dataclass(frozen=True, kw_only=True)
class Walk:
    """How what a node holds is put together, part by part. An event is a part that joins, and the state it brings."""

    parts: list[Part]
    part: Ints
    state: Ints
    weight: Floats
    """Of each event: its part, the state it brings, and in how many ways it does."""
    first: Ints
    """For each part, and for the end, its first event."""
    aims: dict[int, int]
    """The states of the coarser shape that the node may close to, and the column of each in `left`."""
    left: Floats
    """(part or end, state or NOWHERE, aim): in how many ways the parts from here on complete a state."""

    @classmethod
    def over(
        cls,
        own: Merged,
        parts: list[Part],
        events: list[tuple[int, int, float]],
        aims: dict[int, int],
        reached: npt.NDArray[np.bool_],
    ) -> Self:
        """Work out, from the last part to the first, in how many ways each state is completed."""
        part = np.array([one for one, _, _ in events], dtype=np.int64)
        state = np.array([one for _, one, _ in events], dtype=np.int64)
        weight = np.array([one for _, _, one in events], dtype=np.float64)
        first = np.searchsorted(part, np.arange(len(parts) + 1))
        left = np.zeros((len(parts) + 1, len(own) + 1, len(aims)))
        left[-1, :-1] = reached
        for at in range(len(parts) - 1, -1, -1):
            here = slice(first[at], first[at + 1])
            joined = left[at + 1][own.table[:, state[here]]]
            left[at] = left[at + 1]
            left[at, :-1] += np.einsum("sea,e->sa", joined, weight[here])
        return cls(parts=parts, part=part, state=state, weight=weight, first=first, aims=aims, left=left)

    def chances(self, joined: Ints, aim: int) -> Floats:
        """Give for each event, and for the end, in how many ways one goes on so; `joined` is a state's row of sums."""
        column = self.left[:, :, self.aims[aim]]
        end = column[-1, joined[0]]
        return np.append(self.weight * column[self.part + 1, joined[self.state]], end)

    def choose(self, chances: Floats, parts: Ints, chance: np.random.Generator) -> Ints:
        """Draw the next event, or the end, for rows that stand before these parts."""
        # Summed from the end, so that the ways that are left from any part on are one of the sums.
        sums = np.cumsum(chances[::-1])
        ahead = sums[self.part.size - self.first[parts]]
        drawn = np.minimum(chance.random(parts.size) * ahead, np.nextafter(ahead, 0))
        return self.part.size - np.searchsorted(sums, drawn, side="right")


class Lots:
    """The accepted sets of one rule and population, ready to be drawn from or listed."""

    def __init__(self, grounds: Grounds, merged: dict[Shape, Merged], counted: Contents, *, total: int) -> None:
        self.total = total
        self._grounds = grounds
        self._merged = merged
        self._closed = {shape: integers(part, counted.by) for shape, part in counted.closed.items()}
        self._largest = int(merged[()].sizes.max())
        self._inner: dict[tuple[Shape, int], list[int]] = {}
        for shape, nodes in grounds.nodes.items():
            for place, parent in enumerate(nodes.parents.tolist() if shape else []):
                self._inner.setdefault((shape, parent), []).append(place)
        self._walk = lru_cache(maxsize=512)(self._make_walk)

    def draw(self, *, count: int, seed: int) -> Ints:
        """Draw sets with replacement: a row for each, its members' places rising, then NOBODY."""
        chance = np.random.default_rng(seed)
        empty = np.iinfo(np.int64).max
        drawn = np.full((count, self._largest), empty, dtype=np.int64)
        filled = np.zeros(count, dtype=np.int64)
        pending: list[tuple[Shape, int, dict[int, Ints]]] = [((), 0, {WHOLE: np.arange(count)})]
        while pending:
            shape, node, aims = pending.pop()
            inner: dict[tuple[Shape, int], dict[int, Ints]] = {}
            for part, state, rows in self._joining(shape, node, aims, chance):
                if part.finer is not None:
                    inner.setdefault((part.finer, part.place), {})[state] = rows
                    continue
                held = self._grounds.members[shape][node][part.place]
                for chosen in _some(held.size, int(self._merged[shape].sizes[state]), rows.size, chance):
                    drawn[rows, filled[rows]] = held[chosen]
                    filled[rows] += 1
            pending += [(finer, place, by_state) for (finer, place), by_state in inner.items()]
        drawn.sort(axis=1)
        drawn[drawn == empty] = NOBODY
        return drawn

    def every(self) -> Iterator[tuple[int, ...]]:
        """List all accepted sets, each once, its members' places rising."""
        for members in self._sets((), 0, WHOLE):
            yield tuple(sorted(members))

    def _joining(
        self, shape: Shape, node: int, aims: dict[int, Ints], chance: np.random.Generator
    ) -> Iterator[tuple[Part, int, Ints]]:
        """Walk along a node's parts for the rows of each aim; give who joins, with what state, in which rows."""
        walk = self._walk(shape, node)
        table = self._merged[shape].table
        all_rows: list[Ints] = []
        all_events: list[Ints] = []
        for aim, aimed in aims.items():
            arrived: dict[int, list[tuple[Ints, Ints]]] = {0: [(aimed, np.zeros(aimed.size, dtype=np.int64))]}
            # States are in order of size, and every event adds to it: each state is passed once.
            for state in range(len(table)):
                if state not in arrived:
                    continue
                rows = np.concatenate([some for some, _ in arrived[state]])
                parts = np.concatenate([some for _, some in arrived[state]])
                events = walk.choose(walk.chances(table[state], aim), parts, chance)
                going = events < walk.part.size
                rows, events = rows[going], events[going]
                all_rows.append(rows)
                all_events.append(events)
                after = table[state, walk.state[events]]
                for reached in np.flatnonzero(np.bincount(after)).tolist():
                    those = after == reached
                    arrived.setdefault(reached, []).append((rows[those], walk.part[events[those]] + 1))
        rows, events = np.concatenate(all_rows), np.concatenate(all_events)
        order = np.argsort(events, kind="stable")
        numbers, starts = np.unique(events[order], return_index=True)
        ends = np.append(starts, order.size)[1:]
        for number, start, end in zip(numbers.tolist(), starts.tolist(), ends.tolist(), strict=True):
            some = rows[order[start:end]]
            yield walk.parts[walk.part[number]], int(walk.state[number]), some

    def _sets(self, shape: Shape, node: int, aim: int) -> Iterator[tuple[int, ...]]:
        """List what a node can hold to reach an aim."""
        walk = self._walk(shape, node)
        table = self._merged[shape].table

        def further(state: int, part: int) -> Iterator[tuple[int, ...]]:
            if walk.left[-1, state, walk.aims[aim]]:
                yield ()
            chances = walk.chances(table[state], aim)
            for event in (walk.first[part] + np.flatnonzero(chances[walk.first[part] : -1])).tolist():
                brought, at = int(walk.state[event]), int(walk.part[event])
                here = list(self._contents(shape, node, walk.parts[at], brought))
                for rest in further(int(table[state, brought]), at + 1):
                    for members in here:
                        yield members + rest

        yield from further(0, 0)

    def _contents(self, shape: Shape, node: int, part: Part, state: int) -> Iterator[tuple[int, ...]]:
        if part.finer is not None:
            return self._sets(part.finer, part.place, state)
        members: list[int] = self._grounds.members[shape][node][part.place].tolist()
        return combinations(members, int(self._merged[shape].sizes[state]))

    def _make_walk(self, shape: Shape, node: int) -> Walk:
        own = self._merged[shape]
        nodes = self._grounds.nodes[shape]
        parts: list[Part] = []
        events: list[tuple[int, int, float]] = []
        for place, kind in enumerate(nodes.kinds):
            held = int(nodes.counts[place, node])
            for size, state in enumerate(own.powers[kind][:held], start=1):
                events.append((len(parts), state, float(comb(held, size))))
            parts.append(Part(None, place))
        for finer, closing in own.closings.items():
            closed: list[int] = closing.closed.tolist()
            for place in self._inner.get((finer, node), ()):
                for state, number in zip(closed, self._closed[finer][:, place].tolist(), strict=True):
                    if number:
                        events.append((len(parts), state, float(number)))
                parts.append(Part(finer, place))
        if shape:
            close = self._merged[shape[:-1]].closings[shape].close
            aims = {state: column for column, state in enumerate(sorted({*close.tolist()} - {NOWHERE}))}
            reached = np.stack([close == state for state in aims], axis=1)
        else:
            aims = {WHOLE: 0}
            reached = (own.labels != NOWHERE)[:, None]
        return Walk.over(own, parts, events, aims, reached)


def _some(held: int, wanted: int, rows: int, chance: np.random.Generator) -> Ints:
    """Choose different places of so many held, all choices as likely, for each row."""
    chosen = np.zeros((wanted, rows), dtype=np.int64)
    for at in range(wanted):
        place = chance.integers(held - at, size=rows)
        # Count past those already chosen, the lowest first.
        for earlier in np.sort(chosen[:at], axis=0):
            place += place >= earlier
        chosen[at] = place
    return chosen


def as_sets(drawn: Ints) -> list[tuple[int, ...]]:
    """Give drawn rows as tuples without what fills them up."""
    sizes: list[int] = (drawn != NOBODY).sum(axis=1).tolist()
    rows: list[list[int]] = drawn.tolist()
    return [tuple(row[:size]) for row, size in zip(rows, sizes, strict=True)]
