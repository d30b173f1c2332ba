"""What the judge returns: a finding for each rule, with what was found, what was needed and what would mend it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from samspel.engine.calls.conditions import Need
from samspel.engine.values import Range
from samspel.engine.verdicts import Outcome, Reason


@dataclass(frozen=True, slots=True)
class Mend:
    """A smallest change that would surely meet a condition, and the condition it would meet."""

    reason: Reason
    need: Need


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule, judged: what was found, what was needed, where the rule stands, what would mend it.

    `rule` is empty for the parts of a composed rule, which itself has parts but no number of its own. `found` and
    `bound` are what was found and what was needed, in `unit` (`bound_range` where it is compared with another
    number of the situation); `since` is the day from which that bound holds and `group` the group that decided,
    where a rule must hold for each of several. A failing that is `curable` may be mended, within `cure_days` where
    these are stated; any other is fatal. `exception` is the labelled exception that applied, `waiver` the written
    reason for setting the rule aside.
    """

    rule: str
    outcome: Outcome
    need: Need
    unit: str = ""
    found: Range | None = None
    bound: Decimal | date | None = None
    bound_range: Range | None = None
    since: date | None = None
    group: str = ""
    source: str = ""
    layer: str = "call"
    severity: str = "must"
    curable: bool = False
    cure_days: int | None = None
    exception: str = ""
    waiver: str = ""
    evidence: tuple[Reason, ...] = ()
    mend: tuple[Mend, ...] = ()
    parts: tuple[Finding, ...] = ()

    @property
    def operator(self) -> str:
        """The condition's comparison, composition or test."""
        return self.need.operator


@dataclass(frozen=True, slots=True)
class Verdict:
    """All findings on one situation under one edition of a call, and the outcome of them together.

    A rule that only should be met does not weigh in the outcome, and a waived one weighs as met.
    """

    outcome: Outcome
    findings: tuple[Finding, ...]

    def having(self, outcome: Outcome) -> tuple[Finding, ...]:
        """The findings with this outcome, in the call's order."""
        return tuple(finding for finding in self.findings if finding.outcome is outcome)
