"""What a count comes to in words of the register: how many constellations, and how many each one could be part of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from samspel.engine.simulation.census import Accept, Access, Census
from samspel.engine.simulation.drawing import as_sets
from samspel.engine.simulation.estimating import LISTED_AT_MOST, Holds, interval

DRAWS = 2_000
"""Constellations drawn by lot for an estimate."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reached:
    """In how many constellations an organisation can be, or how many touch a region.

    `of_median` is its share of the number in the middle, None where that is 0.
    """

    id: str
    number: int
    of_median: Fraction | None


@dataclass(frozen=True, kw_only=True)
class Numbers:
    """How many constellations there are in all, of each size, with each organisation and touching each region.

    Where not `exact`, all of it is an estimate without bias, and the true total lies between `low` and `high` in
    ninety-five cases of a hundred.
    """

    total: int
    per_size: Mapping[int, int]
    exact: bool
    low: int
    high: int
    organisations: tuple[Reached, ...]
    regions: tuple[Reached, ...]

    @property
    def with_access(self) -> int:
        """How many organisations can be in at least one constellation."""
        return sum(one.number > 0 for one in self.organisations)

    @property
    def regions_with_access(self) -> int:
        """How many regions at least one constellation touches."""
        return sum(one.number > 0 for one in self.regions)


def reached(numbers: Mapping[str, int]) -> tuple[Reached, ...]:
    """Set each number beside the one in the middle."""
    ranked = sorted(numbers.values())
    half = len(ranked) // 2
    middle = Fraction(ranked[half] + ranked[~half], 2) if ranked else Fraction(0)
    return tuple(
        Reached(id=one, number=number, of_median=number / middle if middle else None) for one, number in numbers.items()
    )


def told(access: Access, ids: Sequence[str], level: str, regions: Sequence[str]) -> Numbers:
    """Tell an exact count by the organisations' ids and the regions of a level, those without anybody too."""
    touching = dict.fromkeys(regions, 0) | dict(access.touching.get(level, {}))
    return Numbers(
        total=access.total,
        per_size=access.per_size,
        exact=True,
        low=access.total,
        high=access.total,
        organisations=reached(dict(zip(ids, access.items, strict=True))),
        regions=reached(dict(sorted(touching.items()))),
    )


def looked_at(
    census: Census,
    accept: Accept,
    holds: Holds,
    *,
    ids: Sequence[str],
    level: str,
    regions: Sequence[str],
    seed: int,
    draws: int = DRAWS,
    listed: int = LISTED_AT_MOST,
) -> Numbers:
    """Count the accepted constellations that also hold to what no tally tells: one by one if few, else by lot."""
    lots = census.lots(accept=accept)
    total = lots.total if lots else 0
    exact = total <= listed
    every = () if lots is None else lots.every() if exact else as_sets(lots.draw(count=draws, seed=seed))
    held, looked = [], 0
    for one in every:
        looked += 1
        if holds(one):
            held.append(one)
    weight = Fraction(1) if exact else Fraction(total, looked)
    low, high = (Fraction(end) for end in interval(len(held), looked)) if looked and not exact else (0, 0)
    paths, depth = census.population.paths, census.population.depth(level)

    def scaled(counts: Counter[str], all_ids: Iterable[str]) -> tuple[Reached, ...]:
        return reached({one: round(counts[one] * weight) for one in all_ids})

    places: Counter[str] = Counter(ids[place] for one in held for place in one)
    touched: Counter[str] = Counter(
        block for one in held for block in {paths[place][depth] for place in one} if block is not None
    )
    sizes: Counter[int] = Counter(len(one) for one in held)
    return Numbers(
        total=round(len(held) * weight),
        per_size={size: round(sizes[size] * weight) for size in census.sizes},
        exact=exact,
        low=len(held) if exact else floor(low * total),
        high=len(held) if exact else ceil(high * total),
        organisations=scaled(places, ids),
        regions=scaled(touched, sorted({*regions, *census.population.blocks(level)})),
    )


def added(several: Sequence[Numbers]) -> Numbers:
    """Add numbers of the same organisations and regions: of constellations and themes together."""

    def of(parts: Iterable[tuple[Reached, ...]]) -> tuple[Reached, ...]:
        found: dict[str, int] = {}
        for part in parts:
            for one in part:
                found[one.id] = found.get(one.id, 0) + one.number
        return reached(found)

    sizes = {size: sum(one.per_size[size] for one in several) for size in several[0].per_size}
    return Numbers(
        total=sum(one.total for one in several),
        per_size=sizes,
        exact=all(one.exact for one in several),
        low=sum(one.low for one in several),
        high=sum(one.high for one in several),
        organisations=of(one.organisations for one in several),
        regions=of(one.regions for one in several),
    )
