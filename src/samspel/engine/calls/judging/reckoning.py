"""Sums, counts and shares of things that are meant, may be meant, or are not: ranges as wide as what is not known."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal

from samspel.engine.calls.judging.matching import MET, NOT_MET, Thing
from samspel.engine.values import Range
from samspel.engine.verdicts import Outcome, Reason

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Measured:
    """A measure's number for one group (empty: for all), and what it was computed from.

    For a share, `part` and `whole` are what was divided by what, and `inside` whether the part lies in the whole.
    A group is not `sure` where everything that is known of it only may be meant: then there may be no such group.
    """

    found: Range
    group: str = ""
    evidence: tuple[Reason, ...] = ()
    part: Range | None = None
    whole: Range | None = None
    inside: bool = False
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Weighed:
    """A thing with the amount it stands for (None: unknown) and whether it is meant."""

    thing: Thing
    amount: Decimal | None
    meant: Outcome


def summed(things: Iterable[Weighed]) -> Range:
    """The sum over things that are meant, where some may be and some amounts are missing.

    >>> from samspel.engine.calls.judging.matching import OPEN
    >>> summed([Weighed("a", Decimal(3), MET), Weighed("b", Decimal(2), OPEN)])
    Range(low=Decimal('3'), high=Decimal('5'))
    """
    low, high = ZERO, ZERO
    known = True
    for one in things:
        if one.meant is NOT_MET:
            continue
        if one.amount is None:
            known = False
            continue
        high += one.amount
        if one.meant is MET:
            low += one.amount
    return Range(low=low, high=high if known else None)


def distinct(keyed: Iterable[tuple[Outcome, str | None]], closed: Collection[str] = ()) -> Range:
    """How many different keys the things that are meant have; a key that is unknown may be any, also a new one.

    Nothing of an unknown key has one that is `closed`: that of a partner known to stand alone.
    """
    sure: set[str] = set()
    possible: set[str] = set()
    homeless, certain = 0, False
    for meant, key in keyed:
        if meant is NOT_MET:
            continue
        if key is None:
            homeless += 1
            certain |= meant is MET
            continue
        possible.add(key)
        if meant is MET:
            sure.add(key)
    apart = certain and sure <= set(closed)
    return Range.between(len(sure) + apart, len(possible) + homeless)


def quotient(part: Range, rest: Range) -> Range:
    """The share that a part has of itself and the rest.

    >>> quotient(Range.exactly(1), Range.between(1, 3))
    Range(low=Decimal('0.25'), high=Decimal('0.5'))
    """

    def share(one: Decimal, other: Decimal | None) -> Decimal | None:
        whole = None if other is None else one + other
        return one / whole if whole else None

    low = share(part.low or ZERO, rest.high)
    high = share(part.high, rest.low or ZERO) if part.high is not None else None
    return Range(low=ZERO if rest.high is None else low, high=high)


def divided(part: Range, whole: Range) -> Range:
    """One sum divided by another of its own; unknown where the other may be nothing."""
    low = part.low / whole.high if part.low is not None and whole.high else None
    high = part.high / whole.low if part.high is not None and whole.low else None
    return Range(low=low, high=high)


def plus(one: Range, other: Range) -> Range:
    """The sum of two ranges."""
    low = one.low + other.low if one.low is not None and other.low is not None else None
    high = one.high + other.high if one.high is not None and other.high is not None else None
    return Range(low=low, high=high)
