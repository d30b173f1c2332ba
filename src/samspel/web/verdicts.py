"""Verdicts and reasons as the components show them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse

from samspel.store.queries.registry import names
from samspel.web.frame import language
from samspel.wording import say, tell

if TYPE_CHECKING:
    from collections.abc import Mapping

    from samspel.engine.calls.text import Call
    from samspel.engine.verdicts import Reason, Verdict


def shown(verdict: Verdict, call: Call) -> dict[str, Any]:
    """A verdict for the parts `verdict_sum` and `verdict_list`: outcome, summary, tally, verdicts."""
    told = tell(verdict, call, language(), names(language()))
    source = reverse("call-source", args=[call.id])
    outcomes = [finding.outcome for finding in told.findings]
    return {
        "outcome": told.outcome,
        "word": told.word,
        "summary": told.summary,
        "tally": {name: outcomes.count(name.replace("_", "-")) for name in ("met", "not_met", "open", "waived")},
        "verdicts": [
            {
                "rule": finding.rule,
                "outcome": finding.outcome,
                "sentence": finding.text,
                "found": finding.found,
                "needed": finding.needed,
                "reasons": finding.evidence,
                "mend": finding.mend,
                "source_url": f"{source}#{finding.source.partition('#')[2]}",
                "source_label": finding.source.partition("#")[2],
            }
            for finding in told.findings
        ],
    }


def worded(reason: Reason, more: Mapping[str, str] | None = None) -> str:
    """A reason as a sentence in the page's language; `more` adds names, such as those of a call's criteria."""
    return say(reason, language(), {**names(language()), **(more or {})})
