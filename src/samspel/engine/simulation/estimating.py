"""How many accepted sets also hold to something that no tally can tell, such as that no two members have met before.

When the accepted sets are few they are all looked at, and the number is exact. Otherwise sets are drawn by lot, every
one as likely, and the share of them that holds, times the exact total, is an estimate without bias. Its interval is
Wilson's: of a hundred such intervals about ninety-five hold the true number.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor, sqrt

type Holds = Callable[[tuple[int, ...]], bool]
"""Says of a set, by its members' places in the population, rising, whether it holds."""

LISTED_AT_MOST = 20_000
"""Totals up to this are looked at set by set."""

DEVIATIONS = 1.959963984540054
"""Of the normal distribution, 95 % lies within so many standard deviations."""


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """How many of `total` accepted sets hold; `low` and `high` are the same number when all were looked at."""

    total: int
    looked_at: int
    held: int
    exact: bool
    low: int
    high: int

    @property
    def share(self) -> Fraction:
        """The share of the sets looked at that hold; 0 when there are none."""
        return Fraction(self.held, self.looked_at) if self.looked_at else Fraction(0)

    @property
    def number(self) -> int:
        """The number of sets that hold, to the nearest whole one."""
        return round(self.share * self.total)


def interval(held: int, drawn: int) -> tuple[float, float]:
    """Give Wilson's 95 % interval for a share of which `held` of `drawn` were found.

    >>> [round(end, 4) for end in interval(0, 10)]
    [0.0, 0.2775]
    >>> [round(end, 4) for end in interval(50, 100)]
    [0.4038, 0.5962]
    """
    share, weight = held / drawn, DEVIATIONS**2 / drawn
    middle = (share + weight / 2) / (1 + weight)
    reach = DEVIATIONS * sqrt(share * (1 - share) / drawn + weight / (4 * drawn)) / (1 + weight)
    return (0.0 if held == 0 else max(0.0, middle - reach)), (1.0 if held == drawn else min(1.0, middle + reach))


def looked_at(sets: Iterable[tuple[int, ...]], holds: Holds) -> Estimate:
    """Look at all accepted sets."""
    answers = [holds(one) for one in sets]
    held = sum(answers)
    return Estimate(total=len(answers), looked_at=len(answers), held=held, exact=True, low=held, high=held)


def estimated(total: int, draws: Iterable[tuple[int, ...]], holds: Holds) -> Estimate:
    """Judge a total by sets drawn from it by lot, of which there must be some."""
    answers = [holds(one) for one in draws]
    if not answers:
        raise ValueError("An estimate needs at least one set drawn")
    held = sum(answers)
    low, high = (Fraction(end) for end in interval(held, len(answers)))
    return Estimate(
        total=total, looked_at=len(answers), held=held, exact=False, low=floor(low * total), high=ceil(high * total)
    )
