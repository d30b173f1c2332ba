"""The parts of a call's page besides rules and numbers: who counts, the money, the assessment, what is handed in."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from samspel.engine.calls.text import said
from samspel.engine.calls.vocabulary import LEVELS, TERMS
from samspel.engine.registry import KINDS
from samspel.web.calls.numbers import limit, periods, value
from samspel.wording import amounts, term

if TYPE_CHECKING:
    from collections.abc import Iterable

    from samspel.engine.calls.text import Entry, Portion
    from samspel.web.calls.speaking import Speaking

LONG = 8
"""More names than this are folded away."""


def _sorted(words: Iterable[str]) -> list[str]:
    return sorted(words, key=lambda word: word.casefold().translate(_ALPHABET))


_ALPHABET = str.maketrans("åäö", "{|}")
"""Places the Swedish letters after z, where they belong in both languages' lists of names."""


def _entry(speaking: Speaking, one: Entry) -> dict[str, Any]:
    members = [speaking.names.get(code, code) for code in one.members]
    return {
        "text": said(one.text, speaking.language),
        "members": _sorted(members),
        "long": len(members) > LONG,
        "complete": one.complete,
        "layer": speaking.layer(one.layer),
        "source": speaking.cited(one.source),
    }


def who(speaking: Speaking) -> dict[str, Any]:
    """Which kinds of organisations count, what tells regions apart, and the areas and lists that the call names."""
    text, language, counting = speaking.text, speaking.language, speaking.text.counting
    silent = set(KINDS) - counting.counted_kinds - counting.refused_kinds - {"unknown"}
    declared = text.declared
    level = counting.level
    areas = [one for one in declared.of("areas").values() if one.set == level]
    named = term("level", level, language) if level in LEVELS else ", ".join(said(one.text, language) for one in areas)

    def kinds(codes: Iterable[str]) -> list[str]:
        return _sorted(term("kind", code, language) for code in codes)

    return {
        "stated": bool(counting.source),
        "counts_kinds": bool(counting.counted_kinds or counting.refused_kinds),
        "counted": kinds(counting.counted_kinds),
        "refused": kinds(counting.refused_kinds),
        "silent": kinds(silent),
        "level": named,
        "region_of": term("region-of", counting.region_of, language),
        "financing_only": counting.financing_only,
        "source": speaking.cited(counting.source),
        "places": [_entry(speaking, one) for one in declared.of("areas").values()],
        "lists": [_entry(speaking, one) for one in declared.of("lists").values()],
        "registers": [_entry(speaking, one) for one in declared.of("registers").values()],
        "statements": [
            {
                "text": said(one.text, language),
                "of_partner": one.of == "partner",
                "unit": term("unit", one.unit, language),
                "source": speaking.cited(one.source),
            }
            for one in declared.statements.values()
        ],
    }


def terms(speaking: Speaking) -> list[dict[str, Any]]:
    """The themes, strands, categories and the like that the call declares, each kind with its words."""
    return [
        {
            "kind": term("term", kind, speaking.language),
            "words": [said(one.text, speaking.language) for one in entries.values()],
        }
        for kind in TERMS
        if (entries := speaking.text.declared.of(f"terms.{kind}"))
    ]


def _portion(speaking: Speaking, part: Portion, whole: Decimal | None) -> dict[str, str]:
    text, language = speaking.text, speaking.language
    parameter = text.parameter(part.amount)
    size = text.limit(part.amount)
    amount = ""
    if size is not None and parameter.unit == "share" and whole is not None:
        amount = amounts.money((size * whole).quantize(Decimal(1)), language, text.currency)
    return {
        "text": said(part.text, language),
        "size": value(speaking, parameter, size) if size is not None else "",
        "amount": amount,
    }


def money(speaking: Speaking) -> dict[str, Any]:
    """The envelope, the limits on the chosen set, partitions, forms of cost and exchange rates."""
    text, language, limits = speaking.text, speaking.language, speaking.text.selection
    return {
        "envelope": limit(speaking, limits.envelope),
        "most_projects": limit(speaking, limits.most_projects),
        "per_theme": limit(speaking, limits.projects_per_theme),
        "currency": text.currency,
        "forms": [term("cost-forms", form, language) for form in text.cost_forms],
        "exchange": [
            {"currency": currency, "periods": periods(speaking, text.parameter(name))}
            for currency, name in text.exchange
        ],
        "partitions": [
            {
                "text": said(one.text, language),
                "movable": one.movable,
                "whole": value(speaking, text.parameter(one.of), whole) if whole is not None else "",
                "parts": [_portion(speaking, part, whole) for part in one.parts],
                "source": speaking.cited(one.source),
            }
            for one in text.partitions
            for whole in (text.limit(one.of),)
        ],
    }


def assessment(speaking: Speaking) -> dict[str, Any]:
    """The criteria with scale, weights, gates and caps; how grades become a result; who is heard; the decisions."""
    text, language, how = speaking.text, speaking.language, speaking.text.assessment
    names = {one.id: said(one.text, language) for one in text.criteria}
    return {
        "criteria": [
            {
                "text": said(one.text, language),
                "guidance": said(one.guidance, language),
                "least": one.least,
                "least_text": said(text.grade(one.least).text, language) if one.least else "",
                "weight": limit(speaking, one.weight),
                "gate": one.gate,
                "cap": one.cap,
                "source": speaking.cited(one.source),
            }
            for one in text.criteria
        ],
        "scale": [{"code": one.code, "points": one.points, "text": said(one.text, language)} for one in text.scale],
        "least_total": limit(speaking, how.least_total),
        "assessors": limit(speaking, how.assessors),
        "consolidation": term("consolidation", how.consolidation, language) if how.source else "",
        "tie_break": [names[one] for one in how.tie_break],
        "source": speaking.cited(how.source),
        "opinions": [
            {"text": said(one.text, language), "source": speaking.cited(one.source)}
            for one in text.declared.of("opinions").values()
        ],
        "decisions": [term("decisions", one, language) for one in text.decisions],
    }


def handed_in(speaking: Speaking) -> dict[str, Any]:
    """The documents, the indicators and the questions of the form."""
    text, language = speaking.text, speaking.language
    return {
        "documents": [
            {
                "text": said(one.text, language),
                "signed_by": term("signers", facts["signed_by"], language) if "signed_by" in facts else "",
                "language": facts.get("language", ""),
                "template": facts.get("template", ""),
                "layer": speaking.layer(one.layer),
                "source": speaking.cited(one.source),
            }
            for one in text.declared.of("documents").values()
            for facts in (dict(one.facts),)
        ],
        "indicators": [
            {
                "text": said(one.text, language),
                "unit": dict(one.facts).get("unit", ""),
                "source": speaking.cited(one.source),
            }
            for one in text.declared.of("indicators").values()
        ],
        "questions": [
            {
                "text": said(one.text, language),
                "help": said(one.help, language),
                "required": one.required,
                "longest": one.longest,
            }
            for one in text.questions
        ],
    }


def layers(speaking: Speaking) -> list[dict[str, Any]]:
    """The texts that the call is made of besides its own: title and version, day, and source."""
    return [
        {
            "title": speaking.layer(one.id),
            "kind": term("layer", one.id, speaking.language),
            "dated": one.dated,
            "source": speaking.cited(one.source),
        }
        for one in speaking.text.layers
        if one.id != "call"
    ]
