"""Counts constellations that may apply under at least one of several themes, each of them once.

The tallies of all themes are kept at once, and one that several themes share is kept once. A constellation is accepted
if the rules hold under any of the themes. With many themes this can be too much to count, which is then said.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from samspel.engine.simulation.population import Population
from samspel.engine.simulation.tallies import BlocksWithout, Meet, Tally

if TYPE_CHECKING:
    from samspel.engine.simulation.framing import Accepting, Framed
    from samspel.engine.simulation.tallying import Certainty


@dataclass(frozen=True)
class United:
    """Several framings of the same organisations as one: the tallies of all, and what each calls them."""

    population: Population
    tallies: tuple[Tally, ...]
    names: tuple[dict[str, str], ...]

    def any_of(self, accepting: Sequence[Accepting]) -> Accepting:
        """Accept what at least one accepts, each reading the tallies under its own names."""
        pairs = list(zip(accepting, (tuple(one.items()) for one in self.names), strict=True))
        return lambda size, values: any(
            accept(size, {own: values[name] for own, name in names}) for accept, names in pairs
        )


def unite(framings: Sequence[Framed], certainty: Certainty) -> United:
    """Unite framings of the same organisations, in the same order, at the same levels."""
    rows = list(zip(*(one.population.classes for one in framings), strict=True))
    numbers = {row: at for at, row in enumerate(dict.fromkeys(rows))}
    kept: dict[Tally, str] = {}
    names: list[dict[str, str]] = []
    for place, framing in enumerate(framings):
        classes = [row[place] for row in numbers]
        own: dict[str, str] = {}
        for tally in framing.tallies(certainty):
            told = _by_class(tally, classes)
            own[tally.name] = kept.setdefault(replace(told, name=""), f"t{len(kept)}")
        names.append(own)
    return United(
        population=replace(framings[0].population, classes=tuple(numbers[row] for row in rows)),
        tallies=tuple(replace(tally, name=name) for tally, name in kept.items()),
        names=tuple(names),
    )


def _by_class(tally: Tally, classes: Iterable[int]) -> Tally:
    """Give a tally its weights by the classes of the united framing, each of which is one of its own."""

    def of(weights: Sequence[int]) -> tuple[int, ...]:
        return tuple(weights[one] for one in classes)

    if isinstance(tally, Meet):
        return replace(tally, masks=of(tally.masks))
    if isinstance(tally, BlocksWithout):
        return replace(tally, having=of(tally.having), holding=of(tally.holding))
    return replace(tally, weights=of(tally.weights))
