"""One table that answers many rules: how many sets end with each size and each value of the tallies.

A rule over the tallies accepts some of these ends and not others, so its total is a sum over the table, and so is the
access of each organisation and block, once it is known how many of the sets that hold it end in each way. A sweep
(least number of partners by least number of regions by …) asks hundreds of rules and counts once. Every number that
any of the rules looks at must be told apart, so the tallies' caps must reach as far as the furthest rule.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from samspel.engine.simulation.census import Accept, Access, Census
from samspel.engine.simulation.counting import Contents, contents
from samspel.engine.simulation.grounds import Grounds
from samspel.engine.simulation.merging import NOWHERE, Closing, Merged
from samspel.engine.simulation.reach import Shape
from samspel.engine.simulation.residues import Ints, Objects, Sums, integers, reduced

_RULES_AT_ONCE = 64


class End(NamedTuple):
    """A way that a set can end, and the exact number of sets that do."""

    size: int
    values: Mapping[str, int]
    number: int


class Table:
    """The ends of all sets of a census, ready for any rule over its tallies.

    `within` may leave out what no rule of the sweep accepts, which makes the table smaller.

    >>> from samspel.engine.simulation.population import Population
    >>> from samspel.engine.simulation.tallies import Blocks
    >>> where = Population(levels=("region",), paths=(("north",), ("north",), ("south",)), classes=(0, 0, 0))
    >>> regions = Blocks(name="regions", level="region", weights=(1,), cap=2)
    >>> table = Table(Census(population=where, tallies=[regions], sizes=[2]))
    >>> [table.count(accept=lambda size, of, least=least: of["regions"] >= least) for least in (1, 2)]
    [{2: 3}, {2: 2}]
    """

    def __init__(self, census: Census, *, within: Accept | None = None) -> None:
        self.census = census
        labels, values = _ends(census, within)
        merged = census.merged(labels)
        self.ends: tuple[End, ...] = ()
        self._columns: _Columns | None = None
        if not merged:
            return
        whole = merged[()]
        self._merged = merged
        self._counted = contents(census.grounds, merged, census.by)
        self._rows = np.flatnonzero(whole.labels != NOWHERE)
        self.ends = tuple(
            End(size, values[label], number)
            for size, label, number in zip(
                whole.sizes[self._rows].tolist(),
                whole.labels[self._rows].tolist(),
                integers(self._counted.whole[()][self._rows], census.by)[:, 0].tolist(),
                strict=True,
            )
        )

    def count(self, *, accept: Accept) -> dict[int, int]:
        """Give the exact number of accepted sets of each size."""
        return self._per_size([accept(end.size, end.values) for end in self.ends])

    def access(self, *, accept: Accept) -> Access:
        """Give the exact number of accepted sets in all, that hold each organisation, and that touch each block."""
        return self.sweep(accepts=[accept])[0]

    def sweep(self, *, accepts: Iterable[Accept]) -> list[Access]:
        """Give the access under each of many rules."""
        asked = [[accept(end.size, end.values) for end in self.ends] for accept in accepts]
        if not self.ends:
            return [self.census.told(self._per_size([]), None) for _ in asked]
        if self._columns is None:
            self._columns = _columns(self.census.grounds, self._merged, self._counted, self._rows)
        found: list[Access] = []
        for at in range(0, len(asked), _RULES_AT_ONCE):
            found += self._accesses(self._columns, asked[at : at + _RULES_AT_ONCE])
        return found

    def _accesses(self, columns: "_Columns", asked: Sequence[Sequence[bool]]) -> list[Access]:
        # Sums of remainders under 2^31, fewer than 2^22 of them: exact in a float of 53 bits.
        summed = np.array(asked, dtype=np.float64) @ columns.ends
        by = self.census.by
        table = reduced(summed.astype(np.int64).reshape(len(asked), by.size, -1), by)
        numbers = integers(table, by)
        return [
            self.census.worded(self._per_size(answers), *columns.sort(row))
            for answers, row in zip(asked, numbers, strict=True)
        ]

    def _per_size(self, answers: Sequence[bool]) -> dict[int, int]:
        found = dict.fromkeys(self.census.sizes, 0)
        for end, accepted in zip(self.ends, answers, strict=True):
            if accepted:
                found[end.size] += end.number
        return found


class _Columns(NamedTuple):
    """How many of the sets that hold an organisation, or nothing of a block, end in each way."""

    ends: npt.NDArray[np.float64]
    """(end, prime and column)."""
    ids: Ints
    """What each column is of: a group's number, or the number of groups and that of a block."""
    groups: int
    blocks: dict[Shape, slice]

    def sort(self, numbers: Objects) -> tuple[Objects, dict[Shape, Objects]]:
        """Part the numbers of all columns into those of groups and those of blocks."""
        line = np.empty(numbers.size, dtype=object)
        line[self.ids] = numbers
        return line[: self.groups], {shape: line[part] for shape, part in self.blocks.items()}


def _ends(census: Census, within: Accept | None) -> tuple[Ints, list[Mapping[str, int]]]:
    """Label the states outside all blocks by what can be read of them."""
    found: dict[tuple[int, ...], int] = {}
    values: list[Mapping[str, int]] = []
    labels = np.full(len(census.values), NOWHERE, dtype=np.int64)
    for state, (size, of) in enumerate(zip(census.states[()].sizes.tolist(), census.values, strict=True)):
        if size not in census.sizes or (within is not None and not within(size, of)):
            continue
        label = found.setdefault(tuple(of.values()), len(found))
        if label == len(values):
            values.append(of)
        labels[state] = label
    return labels, values


class _Part(NamedTuple):
    """Some columns within one shape: what each is of, the node that it stands in, and its sets by state."""

    table: Ints
    nodes: Ints
    ids: Ints


def _columns(grounds: Grounds, merged: dict[Shape, Merged], counted: Contents, rows: Ints) -> _Columns:
    """Follow every group and every block from where it is out to the whole."""
    by = counted.by
    groups = last = sum(int(np.count_nonzero(nodes.counts)) for nodes in grounds.nodes.values())
    blocks: dict[Shape, slice] = {}
    parts: dict[Shape, list[_Part]] = {shape: [] for shape in merged}
    for shape in sorted(merged, key=lambda one: (-len(one), one)):
        nodes = grounds.nodes[shape]
        for place, kind in enumerate(nodes.kinds):
            held = np.flatnonzero(nodes.counts[place])
            table = _holding(merged[shape], kind, counted.whole[shape][:, :, held], by)
            parts[shape].append(_Part(table, held, grounds.groups[shape][place, held]))
        if shape:
            outer = shape[:-1]
            closing = merged[outer].closings[shape]
            rest = _rest(closing, counted.whole[outer][:, :, nodes.parents], counted.closed[shape], by)
            blocks[shape] = slice(last, last + len(nodes))
            parts[outer].append(_Part(rest, nodes.parents, np.arange(last, last + len(nodes))))
            last += len(nodes)
            for part in parts.pop(shape):
                table = _completed(closing, part.table, rest[:, :, part.nodes], by)
                parts[outer].append(_Part(table, nodes.parents[part.nodes], part.ids))
    ends = [part.table[rows] for part in parts[()]] or [np.zeros((rows.size, by.size, 0), dtype=np.int64)]
    ids = [part.ids for part in parts[()]] or [np.zeros(0, dtype=np.int64)]
    return _Columns(
        ends=np.concatenate(ends, axis=-1).reshape(rows.size, -1).astype(np.float64),
        ids=np.concatenate(ids),
        groups=groups,
        blocks=blocks,
    )


def _holding(own: Merged, kind: int, whole: Ints, by: Ints) -> Ints:
    """Give the sets that hold one given organisation of a class: it taken out, then put back as given."""
    found = np.zeros_like(whole)
    powers = np.array(own.powers[kind], dtype=np.int64)
    if powers.size:
        signs = np.where(np.arange(powers.size) % 2, -1, 1)[:, None, None]
        power, rest = np.nonzero(own.table[powers] != NOWHERE)
        sums = Sums(own.table[powers[power], rest], power, rest)
        found[sums.targets] = sums.of(signs, whole, by)
    return found


def _rest(closing: Closing, whole: Ints, closed: Ints, by: Ints) -> Ints:
    """Divide each block out of what it lies in: the sets of all else there."""
    found = whole.copy()
    for sums in closing.divide:
        if len(sums):
            found[sums.targets] = reduced(found[sums.targets] - sums.of(closed, found, by), by)
    return found


def _completed(closing: Closing, inside: Ints, rest: Ints, by: Ints) -> Ints:
    """Close sets inside blocks, and join them with all else in what each block lies in."""
    closed = np.zeros((closing.closed.size, *inside.shape[1:]), dtype=np.int64)
    closed[closing.into.targets] = closing.into.of(np.ones((1, by.size, 1), dtype=np.int64), inside, by)
    found = reduced(inside[:1] * rest, by)
    for sums in closing.divide:
        found[sums.targets] += sums.of(closed, rest, by)
    return reduced(found, by)
