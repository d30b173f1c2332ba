"""Verdicts in words: for each rule the requirement, what was found, what was needed, why, and what would mend it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from samspel.engine.calls import vocabulary
from samspel.engine.calls.text import said
from samspel.wording.say import Names, fill, say, term

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from samspel.engine.calls.text import Call
    from samspel.engine.verdicts import Finding, Verdict

NOT_ABOVE = frozenset({"at_most", "equals"})
"""Operators that with a bound of nought ask for none."""


@dataclass(frozen=True, slots=True)
class ToldFinding:
    """One rule's finding as text. `outcome` stays the code, for shapes and tests; `word` is what is read."""

    rule: str
    outcome: str
    word: str
    text: str
    found: str
    needed: str
    evidence: tuple[str, ...]
    mend: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class ToldVerdict:
    """A verdict as text: its outcome, a sentence that sums it up, and each finding."""

    outcome: str
    word: str
    summary: str
    findings: tuple[ToldFinding, ...]


def _measure(fact: str, number: Decimal | None, language: str) -> str:
    """What is counted or shared, after the number; an amount carries its currency instead."""
    if vocabulary.FACTS[fact].unit == "money":
        return ""
    return fill(f"measure.{fact}", {"n": number}, language)


def _found(finding: Finding, language: str) -> str:
    if finding.parts:
        return _once(_found(part, language) for part in finding.parts)
    low, high = (finding.found.low, finding.found.high) if finding.found else (None, None)
    if low is None and high is None:
        return fill("found.unknown", {}, language)
    unit = vocabulary.FACTS[finding.fact].unit
    code = f"found.{unit}.exact" if low == high else f"found.{unit}.range"
    of = _measure(finding.fact, low if high is None else high, language)
    return fill(code, {"low": low, "high": high, "of": of}, language)


def _needed(finding: Finding, language: str) -> str:
    if finding.parts:
        joint = fill(f"needed.{finding.operator}", {}, language)
        return f" {joint} ".join(_needed(part, language) for part in finding.parts)
    unit = vocabulary.FACTS[finding.fact].unit
    of = _measure(finding.fact, finding.bound, language)
    if unit == "count" and finding.bound == 0 and finding.operator in NOT_ABOVE:
        return fill("needed.none.count", {"of": of}, language)
    return fill(f"needed.{finding.operator}.{unit}", {"bound": finding.bound, "of": of}, language)


def _once(texts: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(texts))


def tell(verdict: Verdict, call: Call, language: str, names: Names | None = None) -> ToldVerdict:
    """Put a verdict under a call into words. `names` are of the regions and themes that its evidence speaks of."""
    findings = tuple(
        ToldFinding(
            rule=finding.rule,
            outcome=finding.outcome,
            word=term("outcome", finding.outcome, language),
            text=said(call.rule(finding.rule).text, language),
            found=_found(finding, language),
            needed=_needed(finding, language),
            evidence=tuple(dict.fromkeys(say(reason, language, names) for reason in finding.evidence)),
            mend=tuple(dict.fromkeys(say(reason, language, names) for reason in finding.mend)),
            source=finding.source,
        )
        for finding in verdict.findings
    )
    counts = {outcome: sum(f.outcome == outcome for f in findings) for outcome in ("met", "not-met", "open")}
    summary = fill(
        f"verdict.{verdict.outcome}",
        {"of": len(findings), "met": counts["met"], "failed": counts["not-met"], "open": counts["open"]},
        language,
    )
    return ToldVerdict(verdict.outcome, term("outcome", verdict.outcome, language), summary, findings)
