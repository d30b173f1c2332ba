"""Verdicts and reasons as the components show them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse

from samspel.store.queries.registry import names
from samspel.web.frame import language
from samspel.wording import say, tell

if TYPE_CHECKING:
    from collections.abc import Mapping

    from samspel.engine.calls.findings import Verdict
    from samspel.engine.calls.text import Call
    from samspel.engine.verdicts import Reason
    from samspel.wording import ToldFinding


def shown(verdict: Verdict, call: Call) -> dict[str, Any]:
    """A verdict for the parts `verdict_sum` and `verdict_list`: outcome, summary, tally, verdicts.

    Requirements come first, and only they are tallied; a recommendation is a hint and stands last.
    """
    told = tell(verdict, call, language(), names(language()))
    source = reverse("call-source", args=[call.id])
    findings = sorted(told.findings, key=lambda finding: finding.severity == "should")
    outcomes = [finding.outcome for finding in findings if finding.severity != "should"]
    return {
        "outcome": told.outcome,
        "word": told.word,
        "summary": told.summary,
        "tally": {name: outcomes.count(name.replace("_", "-")) for name in ("met", "not_met", "open", "waived")},
        "verdicts": [
            {
                "rule": finding.rule,
                "outcome": finding.outcome,
                "hint": finding.severity == "should",
                "sentence": finding.text,
                "formal": _beside(finding),
                "found": finding.found,
                "needed": _needed(finding),
                "reasons": finding.evidence,
                "mend": finding.mend,
                "group": finding.group,
                "since": finding.since,
                "cure": finding.cure,
                "exception": finding.exception,
                "waiver": finding.waiver,
                "source_url": f"{source}#{finding.source.partition('#')[2]}",
                "source_label": finding.source.partition("#")[2],
            }
            for finding in findings
        ],
    }


def _says_it_all(finding: ToldFinding) -> bool:
    """Whether the rule's words begin with what was needed, so that they can stand instead of it."""
    return finding.formal.casefold().startswith(finding.needed.casefold())


def _needed(finding: ToldFinding) -> str:
    return finding.formal[:1].lower() + finding.formal[1:] if _says_it_all(finding) else finding.needed


def _beside(finding: ToldFinding) -> str:
    return "" if _says_it_all(finding) or finding.formal == finding.text else finding.formal


def worded(reason: Reason, more: Mapping[str, str] | None = None) -> str:
    """A reason as a sentence in the page's language; `more` adds names, such as those of a call's criteria."""
    return say(reason, language(), {**names(language()), **(more or {})})
