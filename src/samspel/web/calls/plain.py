"""A call as plain values for other programs, with every rule in words in both languages.

The shape is told in docs/reference/call-json.md: what the text says stands under the text's own names. Amounts, shares
and other numbers are texts, so that none is rounded; days and times are ISO 8601, a clock time with its zone's offset.
What the source does not state is null, or an empty list of values. Words are objects by language.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import override

from samspel.web.calls.moments import iso
from samspel.web.calls.rules import about, told
from samspel.web.calls.speaking import Speaking
from samspel.wording.rules import parameters_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from samspel.engine.calls.text import Call, Dated, Entry, Parameter, Rule, Window
    from samspel.store.queries.calls import CallShown

FORMAT = "samspel-call/1"
_MATTERS = ("areas", "lists", "registers", "documents", "indicators", "opinions")


def _when(moment: datetime | date | None, zone: str) -> str | None:
    return None if moment is None else iso(moment, zone)


def _window(one: Window, zone: str) -> dict[str, Any]:
    return {
        "id": one.id,
        "stage": one.stage or None,
        **{name: _when(getattr(one, name), zone) for name in ("opens", "questions_until", "closes", "decided")},
        "workdays": one.workdays,
        "daily": [f"{hour:%H:%M}" for hour in one.daily] if one.daily else None,
        "source": one.source,
    }


def _period(one: Dated) -> dict[str, Any]:
    return {"from": _day(one.since), "until": _day(one.until), "is": str(one.value)}


def _day(one: date | None) -> str | None:
    return one.isoformat() if one else None


def _parameter(one: Parameter) -> dict[str, Any]:
    return {
        "name": one.name,
        "unit": one.unit,
        "of": one.of or None,
        "values": [_period(period) for period in one.values],
        "note": one.note or None,
        "layer": one.layer,
        "replaces": one.replaces or None,
        "source": one.source,
    }


def _entry(one: Entry) -> dict[str, Any]:
    found: dict[str, Any] = {"id": one.id, "text": dict(one.text), **dict(one.facts), "layer": one.layer}
    if one.members:
        found |= {"members": list(one.members), "complete": one.complete}
    if one.set:
        found["set"] = one.set
    return {**found, "source": one.source or None}


def _rule(rule: Rule, text: Call, spoken: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """One rule, its words by language from the same telling as the page's."""

    def by_language(key: str) -> dict[str, Any]:
        return {language: words[key] for language, words in spoken.items()}

    days = text.limit(rule.curable)
    return {
        "id": rule.id,
        "about": about(rule),
        "heading": by_language("text"),
        "words": by_language("formal"),
        "notes": by_language("notes"),
        "severity": rule.severity,
        "part": rule.part,
        "over": rule.over,
        "stages": list(rule.stages),
        "curable": bool(rule.curable),
        "cure_days": None if days is None else str(days),
        "waiver": rule.waivable,
        "after_award": rule.after_award,
        "exceptions": [one.id for one in text.exceptions if one.to == rule.id],
        "parameters": list(dict.fromkeys(parameters_of(rule.needs))),
        "layer": rule.layer,
        "replaces": rule.replaces or None,
        "source": rule.source,
    }


def _rules(call: CallShown, languages: Sequence[str]) -> list[dict[str, Any]]:
    spoken: dict[str, list[dict[str, Any]]] = {}
    for language in languages:
        with override(language):
            speaking = Speaking(call, language)
            spoken[language] = [told(speaking, rule) for rule in call.text.rules]
    return [
        _rule(rule, call.text, {language: lines[place] for language, lines in spoken.items()})
        for place, rule in enumerate(call.text.rules)
    ]


def _assessment(text: Call) -> dict[str, Any]:
    how = text.assessment
    return {
        "scale": [{"code": one.code, "points": one.points, "text": dict(one.text)} for one in text.scale],
        "criteria": [
            {
                "id": one.id,
                "text": dict(one.text),
                "guidance": dict(one.guidance),
                "least": one.least or None,
                "weight": one.weight or None,
                "gate": one.gate,
                "cap": one.cap or None,
                "source": one.source,
            }
            for one in text.criteria
        ],
        "least_total": how.least_total or None,
        "assessors": how.assessors or None,
        "consolidation": how.consolidation if how.source else None,
        "tie_break": list(how.tie_break),
        "decisions": list(text.decisions),
    }


def as_plain(call: CallShown, languages: Sequence[str]) -> dict[str, Any]:
    """The whole call as plain values."""
    text, zone, declared = call.text, call.text.calendar.zone, call.text.declared
    return {
        "format": FORMAT,
        "id": call.id,
        "edition": call.number,
        "published_at": call.published_at.isoformat() if call.published_at else None,
        "sha256": call.digest,
        "state": call.state,
        "authority": text.authority,
        "currency": text.currency,
        "register": text.register or None,
        "languages": list(text.languages),
        "title": dict(text.title),
        "purpose": dict(text.purpose),
        "layers": [
            {
                "layer": one.id,
                "title": dict(one.title),
                "version": one.version,
                "dated": _day(one.dated),
                "source": one.source,
            }
            for one in text.layers
            if one.id != "call"
        ],
        "calendar": {
            "zone": zone,
            "dated": _day(text.calendar.dated),
            "note": dict(text.calendar.note),
            "windows": [_window(one, zone) for one in text.windows],
            "source": text.calendar.source,
        },
        "stages": [{"id": one.id, "text": dict(one.text), "source": one.source} for one in text.stages],
        "counting": {
            "level": text.counting.level,
            "region_of": text.counting.region_of,
            "counted_kinds": sorted(text.counting.counted_kinds),
            "refused_kinds": sorted(text.counting.refused_kinds),
            "financing_only": text.counting.financing_only,
            "source": text.counting.source or None,
        },
        "parameters": [_parameter(one) for one in text.parameters],
        **{table: [_entry(one) for one in declared.of(table).values()] for table in _MATTERS},
        "terms": {
            table.partition(".")[2]: [_entry(one) for one in entries.values()]
            for table, entries in declared.entries.items()
            if table.startswith("terms.") and entries
        },
        "statements": [
            {"id": one.id, "of": one.of, "unit": one.unit, "text": dict(one.text), "source": one.source}
            for one in declared.statements.values()
        ],
        "rules": _rules(call, languages),
        "partitions": [
            {
                "id": one.id,
                "of": one.of,
                "movable": one.movable,
                "text": dict(one.text),
                "parts": [{"id": part.id, "amount": part.amount, "text": dict(part.text)} for part in one.parts],
                "source": one.source,
            }
            for one in text.partitions
        ],
        "money": {"forms": list(text.cost_forms), "exchange": dict(text.exchange)},
        "assessment": _assessment(text),
        "questions": [
            {
                "id": one.id,
                "required": one.required,
                "longest": one.longest,
                "text": dict(one.text),
                "help": dict(one.help),
                "states": one.states or None,
            }
            for one in text.questions
        ],
    }
