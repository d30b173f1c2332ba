"""Turns what a rule measures of the partners into the least and the most it may be, read from tallies.

How many partners fit, how many regions they represent, what share they are: each becomes two numbers, because the
register may not say enough of an organisation. A number tells which tallies it reads and how far it must tell them
apart. What no tally tells, such as groups that cross regions, is refused and left to looking at each set.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from samspel.engine.calls.conditions import EVERYTHING, Filter, Measure
from samspel.engine.calls.judging.grouping import area_of, own_or, region_of
from samspel.engine.calls.judging.matching import MET, NOT_MET, OPEN, Matching
from samspel.engine.calls.situation import Partner
from samspel.engine.calls.vocabulary import LEVELS
from samspel.engine.simulation.tallying import Certainty, Tallying
from samspel.engine.verdicts import Outcome, all_of, opposite

type Values = Mapping[str, int]
type Read = Callable[[int, Values], int | Decimal]

MOST_KINDS = 8
BEYOND = 10**9
"""More than any number of partners or regions: the upper end of what is not known at all."""

UP_TO_BOUND = 0
"""A tally that need be told apart only as far as the number that the rule compares with."""


class NotCountableError(Exception):
    """No tally tells this; each set must be looked at."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a set by its size and its tallies; `caps` says which are read, and how far they are told apart."""

    read: Read
    caps: Mapping[str, int]


type Ends = tuple[Number, Number]
"""The least and the most that something may be."""


@dataclass(frozen=True)
class Numbering:
    """Measures of one call over one pool of organisations, for sets of up to `largest` members."""

    matching: Matching
    pool: tuple[Partner, ...]
    tallying: Tallying
    largest: int

    def ends(self, measure: Measure) -> Ends:
        """The least and the most that a measure may be.

        Raises:
            NotCountableError: no tally tells it.
        """
        if measure.head == "share":
            return self._share(measure)
        if measure.head != "count":
            raise NotCountableError
        if measure.what == "themes":
            return self._themes(measure)
        if measure.per:
            return self._most_in_one(measure, UP_TO_BOUND)
        match measure.what:
            case "partners":
                return self._ends_of([self.met(it, measure.where) for it in self.pool])
            case "regions" | "countries":
                return self._places(measure)
            case "regions-without":
                return self._regions_without(measure)
            case "kinds":
                named = [None if it.kind == "unknown" else it.kind for it in self.pool]
                return self._distinct(list(zip(self._all(measure.where), named, strict=True)))
            case "hosts" | "groups":
                return self._groups(measure)
        raise NotCountableError

    def met(self, it: Partner, wanted: Filter) -> Outcome:
        """Whether an organisation is meant."""
        return self.matching.matches(it, wanted) if wanted is not EVERYTHING else MET

    def block(self, it: Partner, level: str) -> str | None:
        """The block of a level in which an organisation lies; None where there is none, or it is not known."""
        return (it.lies_in if level == "country" else region_of(self.matching, it, level)) or None

    def _region(self, it: Partner, level: str) -> str | None:
        return region_of(self.matching, it, level)

    def _all(self, wanted: Filter) -> list[Outcome]:
        return [self.met(it, wanted) for it in self.pool]

    def _ends_of(self, met: Sequence[Outcome]) -> Ends:
        return self._plain(self.tallying.items(met, Certainty.SURELY)), self._plain(
            self.tallying.items(met, Certainty.POSSIBLY)
        )

    def _plain(self, name: str) -> Number:
        return Number(lambda _size, values: values[name], {name: UP_TO_BOUND})

    def _themes(self, measure: Measure) -> Ends:
        themes = self.matching.situation.themes
        if themes is None or measure.per:
            raise NotCountableError
        met = [self.matching.matches(one, measure.where) if measure.where else MET for one in themes]
        least, most = met.count(MET), len(met) - met.count(NOT_MET)
        return Number(lambda _size, _values: least, {}), Number(lambda _size, _values: most, {})

    def _places(self, measure: Measure) -> Ends:
        level = "country" if measure.what == "countries" else measure.level or self.matching.call.counting.level
        met = self._all(measure.where)
        if level not in LEVELS:
            where = [area_of(self.matching, self.matching.place(it), level) for it in self.pool]
            return self._distinct([(NOT_MET if key == "" else o, key) for o, key in zip(met, where, strict=True)])
        keys = [it.lies_in if measure.what == "countries" else self._region(it, level) for it in self.pool]
        placed = [NOT_MET if key == "" else o for key, o in zip(keys, met, strict=True)]
        least = self.tallying.blocks(level, placed, Certainty.SURELY)
        most = self.tallying.blocks(level, placed, Certainty.POSSIBLY)
        return self._plain(least), self._plain(most)

    def _distinct(self, keyed: Sequence[tuple[Outcome, str | None]]) -> Ends:
        """Distinct keys, each watched by itself; so few that this is possible."""
        keys = sorted({key for met, key in keyed if key and met is not NOT_MET})
        if len(keys) > MOST_KINDS:
            raise NotCountableError

        def watched(how: Certainty) -> list[str]:
            apart = ([o if key == one else NOT_MET for o, key in keyed] for one in keys)
            return [self.tallying.items(met, how) for met in apart]

        sure, maybe = watched(Certainty.SURELY), watched(Certainty.POSSIBLY)
        unplaced = [o if key is None else NOT_MET for o, key in keyed]
        lost, loose = (self.tallying.items(unplaced, how) for how in Certainty)

        def least(_size: int, values: Values) -> int:
            return sum(values[name] > 0 for name in sure) or int(values[lost] > 0)

        def most(_size: int, values: Values) -> int:
            return sum(values[name] > 0 for name in maybe) + values[loose]

        return (
            Number(least, dict.fromkeys((*sure, lost), 1)),
            Number(most, dict.fromkeys(maybe, 1) | {loose: UP_TO_BOUND}),
        )

    def _groups(self, measure: Measure) -> Ends:
        """Distinct hosts or groups: countable where each organisation is the only one of its own."""
        keys = [own_or(it.host if measure.what == "hosts" else it.group, it) for it in self.pool]
        if None in keys or len(set(keys)) < len(keys):
            raise NotCountableError
        return self._ends_of(self._all(measure.where))

    def _regions_without(self, measure: Measure) -> Ends:
        level = measure.level or self.matching.call.counting.level
        if level not in LEVELS:
            raise NotCountableError
        counted = self._all(measure.among) if measure.among else [self.matching.counts(it) for it in self.pool]
        keys = [self._region(it, level) for it in self.pool]
        rows = list(zip(counted, keys, self._all(measure.where), strict=True))
        seen = [c is not NOT_MET and key != "" for c, key, _ in rows]
        placed = [s and key is not None for s, (_, key, _) in zip(seen, rows, strict=True)]
        sure = [p and c is MET for p, (c, _, _) in zip(placed, rows, strict=True)]
        maybe = [p and fits is not NOT_MET for p, (_, _, fits) in zip(placed, rows, strict=True)]
        least = self.tallying.without(level, sure, maybe, homeless=False)
        lacking = [s and fits is not MET for s, (_, _, fits) in zip(seen, rows, strict=True)]
        fitting = [p and c is MET and fits is MET for p, (c, _, fits) in zip(placed, rows, strict=True)]
        most = self.tallying.without(level, lacking, fitting, homeless=True)
        anyone = self.tallying.items([MET if one else NOT_MET for one in seen], Certainty.SURELY)
        # One who may fit, and may be anywhere, may be what any of the regions lacks.
        adrift = [s and not p and fits is not NOT_MET for s, p, (_, _, fits) in zip(seen, placed, rows, strict=True)]
        anywhere = self.tallying.items([MET if one else NOT_MET for one in adrift], Certainty.SURELY)

        def fewest(_size: int, values: Values) -> int:
            return (0 if values[anywhere] else values[least]) if values[anyone] else -1

        return (
            Number(fewest, {least: UP_TO_BOUND, anyone: 1, anywhere: 1}),
            Number(lambda _size, values: values[most] if values[anyone] else BEYOND, {most: UP_TO_BOUND, anyone: 1}),
        )

    def _most_in_one(self, measure: Measure, cap: int) -> Ends:
        """The most partners of one group, for a rule that each group keeps below something."""
        level = {"country": "country", "region": measure.level or self.matching.call.counting.level}.get(
            measure.per, ""
        )
        if measure.what != "partners" or level not in LEVELS:
            raise NotCountableError
        keys = [it.lies_in if measure.per == "country" else self._region(it, level) for it in self.pool]
        met = [NOT_MET if key == "" else o for key, o in zip(keys, self._all(measure.where), strict=True)]
        if None in keys or OPEN in met:
            raise NotCountableError
        name = self.tallying.largest(level, met)
        number = Number(lambda _size, values: values[name], {name: cap})
        return number, number

    def _share(self, measure: Measure) -> Ends:
        if measure.what != "partners":
            raise NotCountableError
        if measure.per:
            if measure.of_where:
                raise NotCountableError
            number, _ = self._most_in_one(replace(measure, head="count"), self.largest)
            share = Number(lambda size, values: Decimal(number.read(size, values)) / size, number.caps)
            return share, share
        rows = list(zip(self._all(measure.of_where), self._all(measure.where), strict=True))
        part = [all_of(row) for row in rows]
        rest = [all_of((of, opposite(fits))) for of, fits in rows]
        (part_low, part_high), (rest_low, rest_high) = self._ends_of(part), self._ends_of(rest)
        return self._quotient(part_low, rest_high, -1), self._quotient(part_high, rest_low, 2)

    def _quotient(self, part: Number, rest: Number, empty: int) -> Number:
        """The share that a part has of itself and the rest; of nothing, whatever keeps the rule open."""

        def share(size: int, values: Values) -> Decimal:
            one, other = part.read(size, values), rest.read(size, values)
            return Decimal(one) / (one + other) if one + other else Decimal(empty)

        return Number(share, dict.fromkeys((*part.caps, *rest.caps), self.largest))
