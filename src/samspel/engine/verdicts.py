"""What every judgement returns: an outcome, the reasons for it, and what would change it.

There are three outcomes. A requirement is met, not met, or open: open means that a fact is not known yet,
and it is never counted as a yes or as a no.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from samspel.engine.values import Range

type Said = str | int | Decimal | None
"""A value that a sentence may carry."""


class Outcome(StrEnum):
    """Kleene's three truth values under the names a case officer uses (S. C. Kleene, 1952, section 64)."""

    MET = "met"
    OPEN = "open"
    NOT_MET = "not-met"


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


@dataclass(frozen=True, slots=True)
class Fact:
    """One named fact about a constellation or an application, with what it was computed from."""

    name: str
    found: Range
    evidence: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule, judged: what was found, what was needed, where the rule stands, what would mend it.

    `rule` is empty for the parts of a composed rule, which itself has parts but no fact of its own.
    `found` and `bound` are what was found and what was needed, in the fact's unit.
    """

    rule: str
    outcome: Outcome
    operator: str
    fact: str = ""
    found: Range | None = None
    bound: Decimal | None = None
    source: str = ""
    evidence: tuple[Reason, ...] = ()
    mend: tuple[Reason, ...] = ()
    parts: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """All findings on one situation under one edition of a call, and the outcome of them together."""

    outcome: Outcome
    findings: tuple[Finding, ...]

    def having(self, outcome: Outcome) -> tuple[Finding, ...]:
        """The findings with this outcome, in the call's order."""
        return tuple(finding for finding in self.findings if finding.outcome is outcome)


_STRENGTH = {Outcome.NOT_MET: 0, Outcome.OPEN: 1, Outcome.MET: 2}
_OPPOSITE = {Outcome.MET: Outcome.NOT_MET, Outcome.NOT_MET: Outcome.MET, Outcome.OPEN: Outcome.OPEN}


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
