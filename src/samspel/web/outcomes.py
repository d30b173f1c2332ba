"""The results of a call put into words for the page, and as rows and plain values for its files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from samspel.engine.calls.text import said
from samspel.store.queries.registry import names
from samspel.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from samspel.engine.calls.text import Call
    from samspel.store.queries.calls import CallShown
    from samspel.store.queries.evidence import ProjectResult, Results

HEADER = (
    "application",
    "name",
    "invented",
    "outcome",
    "theme",
    "regions",
    "lead",
    "members",
    "eu_grant",
    "total_cost",
    "currency",
    "points",
)


def _names(text: Call, language: str) -> Mapping[str, str]:
    return {**names(language), **{one.id: said(one.text, language) for one in text.criteria}}


def _reasons(line: ProjectResult, named: Mapping[str, str], language: str) -> list[str]:
    return [say(reason, language, named) for reason in line.reasons]


def read_out(lines: Iterable[ProjectResult], text: Call, language: str) -> list[dict[str, Any]]:
    """Applications that were not granted, each with the reasons as sentences."""
    named = _names(text, language)
    return [{"line": line, "reasons": _reasons(line, named, language)} for line in lines]


def as_rows(results: Results, text: Call, languages: Sequence[str]) -> tuple[list[str], list[list[object]]]:
    """The results as a header and rows, the reasons in each language in a column of its own."""
    named = {language: _names(text, language) for language in languages}
    rows = [
        [
            *_plain(line, text).values(),
            *(" ".join(_reasons(line, named[language], language)) for language in languages),
        ]
        for line in (*results.funded, *results.others)
    ]
    return [*HEADER, *(f"reasons_{language}" for language in languages)], [
        [" ".join(cell) if isinstance(cell, list) else cell for cell in row] for row in rows
    ]


def _plain(line: ProjectResult, text: Call) -> dict[str, Any]:
    values = (
        line.application,
        line.name,
        line.invented or "no",
        line.outcome,
        line.theme.code if line.theme else "",
        [region.code for region in line.regions],
        line.lead,
        [body.id for body in line.members],
        str(line.grant),
        str(line.total_cost),
        text.currency,
        line.points,
    )
    return dict(zip(HEADER, values, strict=True))


def as_plain(results: Results, call: CallShown, languages: Sequence[str]) -> dict[str, Any]:
    """The results as plain values, with the edition they were decided under."""
    named = {language: _names(call.text, language) for language in languages}

    def whole(line: ProjectResult) -> dict[str, Any]:
        reasons = {language: _reasons(line, named[language], language) for language in languages}
        return {**_plain(line, call.text), "reasons": reasons}

    return {
        "call": call.id,
        "edition": call.number,
        "sha256": call.digest,
        "decided_at": call.decided_at.isoformat() if call.decided_at else None,
        "granted": [whole(line) for line in results.funded],
        "not_granted": [whole(line) for line in results.others],
        "eu_grant_total": str(results.grant),
        "envelope": str(results.envelope),
    }
