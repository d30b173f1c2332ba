"""What every judgement is made of: an outcome, and reasons that can be put into words.

There are three outcomes. A requirement is met, not met, or open: open means that a fact is not known yet,
and it is never counted as a yes or as a no. A rule may also be waived, with a written reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

type Said = str | int | Decimal | None
"""A value that a sentence may carry."""


class Outcome(StrEnum):
    """Kleene's three truth values under the names a case officer uses (S. C. Kleene, 1952, section 64).

    The fourth, waived, is no truth value: it is what a rule comes to that has been set aside with a written reason.
    """

    MET = "met"
    OPEN = "open"
    NOT_MET = "not-met"
    WAIVED = "waived"


@dataclass(frozen=True, slots=True)
class Reason:
    """A sentence not yet put into words: a code from `wording` and the values it speaks of."""

    code: str
    values: tuple[tuple[str, Said], ...] = ()

    @classmethod
    def of(cls, code: str, **values: Said) -> Reason:
        """A reason with its values by name.

        >>> Reason.of("member.counts", name="Uppsala BIO").values
        (('name', 'Uppsala BIO'),)
        """
        return cls(code=code, values=tuple(sorted(values.items())))


_STRENGTH = {Outcome.NOT_MET: 0, Outcome.OPEN: 1, Outcome.WAIVED: 2, Outcome.MET: 3}
_OPPOSITE = {
    Outcome.MET: Outcome.NOT_MET,
    Outcome.NOT_MET: Outcome.MET,
    Outcome.OPEN: Outcome.OPEN,
    Outcome.WAIVED: Outcome.WAIVED,
}


def all_of(outcomes: Iterable[Outcome]) -> Outcome:
    """Say whether every part is met; one that is not met decides, then one that is open.

    >>> all_of([Outcome.MET, Outcome.OPEN])
    <Outcome.OPEN: 'open'>
    """
    return min(outcomes, key=_STRENGTH.__getitem__, default=Outcome.MET)


def any_of(outcomes: Iterable[Outcome]) -> Outcome:
    """Say whether at least one part is met; an open part keeps the answer open.

    >>> any_of([Outcome.NOT_MET, Outcome.OPEN])
    <Outcome.OPEN: 'open'>
    """
    return max(outcomes, key=_STRENGTH.__getitem__, default=Outcome.NOT_MET)


def opposite(outcome: Outcome) -> Outcome:
    """Turn met and not met round; what is open stays open.

    >>> opposite(Outcome.OPEN)
    <Outcome.OPEN: 'open'>
    """
    return _OPPOSITE[outcome]
