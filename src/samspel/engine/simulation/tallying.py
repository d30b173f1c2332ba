"""Gathers what must be kept count of, and puts organisations that all of it treats alike into classes.

While a call's rules are framed, each asks for tallies by what every organisation is worth to it: 1 or 0. The same
worth is gathered once however many rules ask for it, and a tally is told apart from no further than the rules look.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from samspel.engine.calls.judging.matching import MET, OPEN
from samspel.engine.simulation.tallies import Blocks, BlocksWithout, Homeless, Items, Largest, Tally
from samspel.engine.verdicts import Outcome

type Weights = Mapping[str, tuple[int, ...]]
type Make = Callable[[Weights, int], Tally]
"""Makes a tally from each gathered worth by class, and the number up to which it is told apart."""


class Certainty(StrEnum):
    """Whether a rule must be met for certain, or only not be known to be broken."""

    SURELY = "surely"
    POSSIBLY = "possibly"

    @property
    def other(self) -> Certainty:
        """What the opposite of a condition asks of the condition."""
        return Certainty.POSSIBLY if self is Certainty.SURELY else Certainty.SURELY


@dataclass
class Tallying:
    """The tallies asked for so far, by name, and what each organisation of the pool is worth to them."""

    size: int
    worth: dict[str, tuple[int, ...]] = field(default_factory=dict)
    makes: dict[str, Make] = field(default_factory=dict)
    levels: set[str] = field(default_factory=set)
    _names: dict[tuple[int, ...], str] = field(default_factory=dict)

    def items(self, met: Sequence[Outcome], how: Certainty) -> str:
        """How many organisations fit."""
        of = self._worth(met, how)
        name = f"items {of}"
        self.makes[name] = lambda weights, cap: Items(name=name, weights=weights[of], cap=cap)
        return name

    def blocks(self, level: str, met: Sequence[Outcome], how: Certainty) -> str:
        """How many regions of a level those who fit represent; one whose region is unknown may stand in any."""
        of = self._worth(met, how)
        name = f"{level} {of} {how}"
        self.levels.add(level)
        homeless: Homeless = "floor" if how is Certainty.SURELY else "each"
        self.makes[name] = lambda weights, cap: Blocks(
            name=name, level=level, weights=weights[of], cap=cap, homeless=homeless
        )
        return name

    def largest(self, level: str, met: Sequence[Outcome]) -> str:
        """How many of those who fit there are in the region that has the most."""
        of = self._worth(met, Certainty.SURELY)
        name = f"largest {level} {of}"
        self.levels.add(level)
        self.makes[name] = lambda weights, cap: Largest(name=name, level=level, weights=weights[of], cap=cap)
        return name

    def without(self, level: str, having: Sequence[bool], holding: Sequence[bool], *, homeless: bool) -> str:
        """How many regions hold one who has something, but none who holds something else."""
        has, holds = self._named(having), self._named(holding)
        name = f"{level} without {has} {holds} {homeless}"
        self.levels.add(level)
        self.makes[name] = lambda weights, cap: BlocksWithout(
            name=name,
            level=level,
            having=weights[has],
            holding=weights[holds],
            cap=cap,
            homeless="each" if homeless else "none",
        )
        return name

    def classes(self) -> tuple[tuple[int, ...], Weights]:
        """The class of each organisation, and each worth by class."""
        rows = list(zip(*self.worth.values(), strict=True)) if self.worth else [()] * self.size
        numbers = {row: at for at, row in enumerate(dict.fromkeys(rows))}
        weights = {name: tuple(row[at] for row in numbers) for at, name in enumerate(self.worth)}
        return tuple(numbers[row] for row in rows), weights

    def _worth(self, met: Sequence[Outcome], how: Certainty) -> str:
        good = (MET,) if how is Certainty.SURELY else (MET, OPEN)
        return self._named([one in good for one in met])

    def _named(self, worth: Sequence[bool]) -> str:
        """A name for what each organisation is worth, the same for the same worth."""
        found = tuple(map(int, worth))
        name = self._names.setdefault(found, f"w{len(self._names)}")
        self.worth[name] = found
        return name
