"""Conditions as values: filters that pick things, measures that number them, and needs that ask.

They are what a rule says once it has been read. `matching`, `measuring` and `judge` answer them for a situation,
`simulation` counts with them, and `wording` reads them aloud; none of them knows TOML.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Ask:
    """One question on one attribute: that it is among `values` (or true, or false), or that `inner` holds of it."""

    attribute: str
    values: tuple[str, ...] = ()
    flag: bool | None = None
    inner: Filter | None = None


@dataclass(frozen=True, slots=True)
class Filter:
    """Which things are meant: all of `asks` and `parts` hold (`all`), one of `parts` (`any`), or its one part does not.

    The empty filter means everything.
    """

    operator: str = "all"
    asks: tuple[Ask, ...] = ()
    parts: tuple[Filter, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything is asked at all."""
        return bool(self.asks or self.parts)


EVERYTHING = Filter()


@dataclass(frozen=True, slots=True)
class Measure:
    """A number of a situation: a count, a share of a denominator, a sum of money, or a stated fact.

    `head` is one of `vocabulary.MEASURES` and `what` its noun, quantity or fact; `of` names the denominator of a
    share; `level` tells regions apart (empty: as the call counts); `per` splits the measure into groups, each of
    which must hold; `among` are the partners who represent a region; `years` names the parameter of a rolling window.
    """

    head: str
    what: str
    of: str = ""
    where: Filter = EVERYTHING
    of_where: Filter = EVERYTHING
    among: Filter = EVERYTHING
    level: str = ""
    per: str = ""
    years: str = ""


@dataclass(frozen=True, slots=True)
class Need:
    """A condition.

    `operator` is a comparison (then `measure` is compared with the parameter `parameter`, or with the measure
    `against`), a composition (then `parts`), or a test (then `filter`, `among`, `names` and `each` say of what).
    """

    operator: str
    measure: Measure | None = None
    parameter: str = ""
    against: Measure | None = None
    parts: tuple[Need, ...] = ()
    filter: Filter = EVERYTHING
    among: Filter = EVERYTHING
    names: tuple[str, ...] = ()
    each: str = ""

    def leaves(self) -> Iterator[Need]:
        """The conditions that ask something themselves, in order."""
        if self.parts:
            for part in self.parts:
                yield from part.leaves()
        else:
            yield self

    def measures(self) -> Iterator[Measure]:
        """Every measure named, in order."""
        for leaf in self.leaves():
            yield from (one for one in (leaf.measure, leaf.against) if one is not None)

    def filters(self) -> Iterator[Filter]:
        """Every filter named, in order, without those inside them."""
        for leaf in self.leaves():
            yield from (one for one in (leaf.filter, leaf.among) if one)
            for measure in (leaf.measure, leaf.against):
                if measure is not None:
                    yield from (one for one in (measure.where, measure.of_where, measure.among) if one)
