"""Judges many constellations at once, each exactly as the judge would judge it alone.

What a rule asks of an organisation is answered once, not once for each constellation it is in. A constellation is then
a row of places, its tallies are sums and distinct blocks over rows, and each rule compares them a whole column at a
time. A rule that no tally tells is judged constellation by constellation, by the judge itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from samspel.engine.calls.judging.judge import concerns, judge
from samspel.engine.calls.situation import Partner, Situation
from samspel.engine.calls.text import Call, Rule
from samspel.engine.simulation.framing import Bounds, Certainty, Condition, Framed, frame
from samspel.engine.simulation.population import Population
from samspel.engine.simulation.tallies import Blocks, BlocksWithout, Items, Meet, Tally
from samspel.engine.verdicts import Outcome

type Rows = npt.NDArray[np.int64]

OUTCOMES = (Outcome.MET, Outcome.NOT_MET, Outcome.OPEN)
"""The outcomes by the numbers that stand for them."""

MET, NOT_MET, OPEN = range(3)
NOBODY = -1
"""Fills the row of a constellation that is smaller than the largest."""


@dataclass(frozen=True)
class Judged:
    """The outcome of each rule (a column) on each constellation (a row), as places in `OUTCOMES`."""

    rules: tuple[str, ...]
    outcomes: npt.NDArray[np.int8]

    def of(self, rule: str) -> npt.NDArray[np.int8]:
        """The outcomes of one rule."""
        return self.outcomes[:, self.rules.index(rule)]

    @property
    def overall(self) -> npt.NDArray[np.int8]:
        """Of all rules together: not met if one is not met, else open if one is open."""
        failed, unsure = (self.outcomes == NOT_MET).any(axis=1), (self.outcomes == OPEN).any(axis=1)
        return np.where(failed, NOT_MET, np.where(unsure, OPEN, MET)).astype(np.int8)


def judge_many(call: Call, partners: Sequence[Partner], constellations: npt.ArrayLike, *, theme: str = "") -> Judged:
    """Judge constellations by every rule on the constellation, as `judge(…, about="constellation")` would.

    A constellation is a row of places among `partners`, each at most once, filled up with NOBODY. The partners'
    `priority` must have been said for the theme.
    """
    rows: Rows = np.atleast_2d(np.asarray(constellations, dtype=np.int64))
    rules = tuple(rule for rule in call.rules if rule.over == "application" and concerns(rule, "constellation"))
    outcomes = np.full((len(rows), len(rules)), OPEN, dtype=np.int8)
    framed = frame(call, partners, theme=theme, largest=max(1, rows.shape[1]), as_judged=True)
    told = [place for place, rule in enumerate(rules) if rule.id in framed.conditions]
    if told and len(rows):
        ends = _Ends.of(framed, rows)
        for place in told:
            outcomes[:, place] = ends.outcomes(framed.conditions[rules[place].id])
    each = [place for place in range(len(rules)) if place not in told]
    one_by_one = _one_by_one(call, [rules[place] for place in each], partners, theme)
    for row in np.arange(len(rows)) if each else np.zeros(0, dtype=np.int64):
        outcomes[row, each] = one_by_one(rows[row])
    empty = np.flatnonzero((rows == NOBODY).all(axis=1))
    if empty.size:
        outcomes[empty] = _one_by_one(call, rules, partners, theme)(rows[empty[0]])
    return Judged(tuple(rule.id for rule in rules), outcomes)


def _one_by_one(
    call: Call, rules: Sequence[Rule], partners: Sequence[Partner], theme: str
) -> Callable[[Rows], list[int]]:
    """Judge one constellation by itself under some of a call's rules."""
    part = replace(call, rules=tuple(rules))
    themes = (theme,) if theme else None

    def judged(row: Rows) -> list[int]:
        members = tuple(partners[place] for place in row.tolist() if place != NOBODY)
        verdict = judge(part, Situation(partners=members, themes=themes), about="constellation")
        return [OUTCOMES.index(finding.outcome) for finding in verdict.findings]

    return judged


@dataclass(frozen=True)
class _Ends:
    """The different sizes and tallies that some constellations have, and which of them each one has."""

    values: tuple[tuple[int, Mapping[str, int]], ...]
    of_row: Rows
    bounds: Bounds

    @classmethod
    def of(cls, framed: Framed, rows: Rows) -> _Ends:
        """Take every tally of every constellation, and put alike ones together."""
        members = np.ascontiguousarray(rows.T)
        present = members != NOBODY
        columns = {tally.name: _taken(tally, framed.population, members) for tally in framed.tallies()}
        sizes = present.sum(axis=0)
        key, width = sizes, rows.shape[1] + 1
        for column in columns.values():
            span = int(column.max(initial=0)) + 1
            if width * span > _WIDEST:
                _, key = np.unique(key, return_inverse=True)
                width = int(key.max(initial=0)) + 1
            key, width = key * span + column, width * span
        _, first, of_row = np.unique(key, return_index=True, return_inverse=True)
        told = {name: column[first].tolist() for name, column in columns.items()}
        values = tuple(
            (size, {name: column[at] for name, column in told.items()}) for at, size in enumerate(sizes[first].tolist())
        )
        return cls(values, of_row, framed.bounds)

    def outcomes(self, rule: Mapping[Certainty, Condition]) -> npt.NDArray[np.int8]:
        """Ask a rule of each different end, and give every constellation the answer of its own."""
        surely, possibly = rule[Certainty.SURELY].holds, rule[Certainty.POSSIBLY].holds
        answers = [
            NOT_MET
            if not size or not possibly(size, values, self.bounds)
            else MET
            if surely(size, values, self.bounds)
            else OPEN
            for size, values in self.values
        ]
        found: npt.NDArray[np.int8] = np.array(answers, dtype=np.int8)[self.of_row]
        return found


_WIDEST = 1 << 40
_BITS = 62


def _taken(tally: Tally, population: Population, members: Rows) -> Rows:
    """Take a tally of every constellation: a column for each, as it is read in the end."""
    if isinstance(tally, Items):
        return np.minimum(_looked_up(tally.weights, population, members).sum(axis=0), tally.cap)
    if isinstance(tally, Meet):
        raise TypeError("No rule on constellations asks what all members have in common")
    blocks, number = _blocks(population, tally.level)
    here = blocks[members]
    homeless = here == NOBODY
    seen = _looked_up(tally.weights, population, members)
    if isinstance(tally, Blocks):
        different = _different(here, (seen > 0) & ~homeless, number)
        lost = ((seen > 0) & homeless).sum(axis=0)
        if tally.homeless == "each":
            different = different + lost
        elif tally.homeless == "floor":
            different = np.where((different == 0) & (lost > 0), 1, different)
        return np.minimum(different, tally.cap)
    if isinstance(tally, BlocksWithout):
        having, holding = (seen == 1) & ~homeless, (seen == _HOLDS) & ~homeless
        without = _different(here, having, number, but=holding)
        if tally.homeless == "each":
            without = without + ((seen == 1) & homeless).sum(axis=0)
        return np.minimum(without, tally.cap)
    inside = (seen > 0) & ~homeless
    most = np.zeros(members.shape[1], dtype=np.int64)
    for place in range(len(members)):
        most = np.maximum(most, (inside & (here == here[place]) & inside[place]).sum(axis=0))
    if tally.homeless == "each":
        most = np.maximum(most, ((seen > 0) & homeless).any(axis=0))
    return np.minimum(most, tally.cap)


_HOLDS = 2


def _looked_up(weights: Sequence[int], population: Population, members: Rows) -> Rows:
    """The weight of each member; nobody has none."""
    by_place = np.array([*(weights[kind] for kind in population.classes), 0], dtype=np.int64)
    found: Rows = by_place[members]
    return found


def _blocks(population: Population, level: str) -> tuple[Rows, int]:
    """Number the blocks of a level: each organisation's, NOBODY where there is none."""
    numbers = {block: at for at, block in enumerate(population.blocks(level))}
    depth = population.depth(level)
    places = [NOBODY if path[depth] is None else numbers[path[depth] or ""] for path in population.paths]
    return np.array([*places, NOBODY], dtype=np.int64), len(numbers)


def _different(
    here: Rows, chosen: npt.NDArray[np.bool_], number: int, but: npt.NDArray[np.bool_] | None = None
) -> Rows:
    """Count the different blocks of the members chosen, apart from blocks of other members, some bits at a time."""
    found = np.zeros(here.shape[1], dtype=np.int64)
    for start in range(0, number, _BITS):
        within = (here >= start) & (here < start + _BITS)
        bits = np.left_shift(1, np.where(within, here - start, 0))
        marked = np.bitwise_or.reduce(np.where(chosen & within, bits, 0), axis=0)
        if but is not None:
            marked &= ~np.bitwise_or.reduce(np.where(but & within, bits, 0), axis=0)
        found += np.bitwise_count(marked)
    return found


__all__ = ["NOBODY", "OUTCOMES", "Judged", "judge_many"]
