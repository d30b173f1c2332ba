"""Says whether numbers exist that satisfy several linear conditions at once, exactly, with fractions.

It is what proves that rules contradict each other: if not even fractions of partners and cents would do, then no
constellation can. The method is the simplex (G. B. Dantzig, 1951) with R. G. Bland's rule (1977), which cannot run in
circles.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

ZERO, ONE = Fraction(0), Fraction(1)


@dataclass(frozen=True, slots=True)
class Linear:
    """That a sum of numbers, each times its weight, is at least (or, if strict, more than) a number."""

    weights: Mapping[Hashable, Fraction]
    least: Fraction
    strict: bool = False


class _Tableau:
    """Conditions `sum <= limit` over numbers not below nought, each with a slack; the last column is the limit."""

    def __init__(self, rows: Sequence[Sequence[Fraction]], limits: Sequence[Fraction]) -> None:
        count, self.width = len(rows), len(rows[0])
        # One column more, for the number by which every condition may be missed while a first solution is sought.
        self.missed = self.width + count
        self.rows = [
            [*row, *(ONE if own == other else ZERO for other in range(count)), -ONE, limit]
            for own, (row, limit) in enumerate(zip(rows, limits, strict=True))
        ]
        self.basis = [self.width + own for own in range(count)]

    def pivot(self, row: int, column: int) -> None:
        """Let the number of a column take the place of the one that a row is solved for."""
        chosen = self.rows[row]
        factor = chosen[column]
        chosen = self.rows[row] = [value / factor if value else ZERO for value in chosen]
        for index, other in enumerate(self.rows):
            if index != row and (times := other[column]):
                self.rows[index] = [a - times * b if b else a for a, b in zip(other, chosen, strict=True)]
        self.basis[row] = column

    def worth(self, aim: Mapping[int, Fraction]) -> Fraction:
        """What the sum to be made as large as possible comes to now."""
        return sum((aim.get(held, ZERO) * row[-1] for held, row in zip(self.basis, self.rows, strict=True)), ZERO)

    def climb(self, aim: Mapping[int, Fraction], barred: frozenset[int] = frozenset()) -> None:
        """Make a weighted sum as large as possible; it must have an end."""
        columns = [column for column in range(len(self.rows[0]) - 1) if column not in barred]
        while True:
            entering = next((column for column in columns if self._gain(aim, column) > 0), None)
            if entering is None:
                return
            ratios = [
                (row[-1] / row[entering], self.basis[index], index)
                for index, row in enumerate(self.rows)
                if row[entering] > 0
            ]
            self.pivot(min(ratios)[2], entering)

    def _gain(self, aim: Mapping[int, Fraction], column: int) -> Fraction:
        lost = (aim[held] * row[column] for held, row in zip(self.basis, self.rows, strict=True) if held in aim)
        return aim.get(column, ZERO) - sum(lost, ZERO)

    def start(self) -> bool:
        """Find a first solution; False where there is none."""
        worst = min(range(len(self.rows)), key=lambda index: self.rows[index][-1])
        if self.rows[worst][-1] >= 0:
            return True
        self.pivot(worst, self.missed)
        self.climb({self.missed: -ONE})
        if self.missed in self.basis:
            row = self.basis.index(self.missed)
            if self.rows[row][-1] != 0:
                return False
            self.pivot(row, next(column for column in range(self.missed) if self.rows[row][column]))
        return True


def least(conditions: Sequence[Linear], aim: Mapping[Hashable, Fraction]) -> Fraction | None:
    """The least that a weighted sum can be under conditions; None where no numbers satisfy them.

    All numbers are nought or more, and so must the weights of the sum be.

    >>> least([Linear({"a": ONE, "b": ONE}, Fraction(3)), Linear({"a": -ONE}, -ONE)], {"b": ONE})
    Fraction(2, 1)
    """
    names = list(dict.fromkeys([name for one in conditions for name in one.weights] + list(aim)))
    place = {name: index for index, name in enumerate(names)}
    margin = len(names)
    rows, limits = [], []
    for one in conditions:
        row = [ZERO] * (margin + 1)
        for name, weight in one.weights.items():
            row[place[name]] = -weight
        row[margin] = ONE if one.strict else ZERO
        rows.append(row)
        limits.append(-one.least)
    rows.append([*[ZERO] * margin, ONE])
    limits.append(ONE)
    tableau = _Tableau(rows, limits)
    if not tableau.start():
        return None
    barred = frozenset((tableau.missed,))
    if any(one.strict for one in conditions):
        tableau.climb({margin: ONE}, barred)
        if tableau.worth({margin: ONE}) <= 0:
            return None
    tableau.climb({place[name]: -weight for name, weight in aim.items()}, barred)
    return -tableau.worth({place[name]: -weight for name, weight in aim.items()})


def feasible(conditions: Sequence[Linear]) -> bool:
    """Whether numbers, none below nought, satisfy all the conditions.

    >>> feasible([Linear({"a": ONE}, ONE), Linear({"a": -ONE}, -ONE, strict=True)])
    False
    """
    return least(conditions, {}) is not None
