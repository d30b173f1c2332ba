"""The numbers of a call as a table: each value with the days on which it holds, what it is for, where it is from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext

from samspel.engine.calls.text import said
from samspel.store.queries.calls import replaced
from samspel.web.calls.moments import day
from samspel.web.prose import language_of
from samspel.wording import term
from samspel.wording.rules import parameters_of, rule_heading

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from decimal import Decimal

    from samspel.engine.calls.conditions import Need
    from samspel.engine.calls.text import Parameter
    from samspel.web.calls.speaking import Speaking


def value(speaking: Speaking, parameter: Parameter, number: Decimal | date) -> str:
    """A value with its unit; a share says of what."""
    told = speaking.voice.value(parameter.unit, number)
    if not parameter.of:
        return told
    return gettext("%(share)s of %(whole)s") % {"share": told, "whole": term("of", parameter.of, speaking.language)}


def limit(speaking: Speaking, name: str) -> dict[str, str] | None:
    """A number by its parameter's name: its words, empty where the source is silent; None where the call sets none."""
    if not name:
        return None
    parameter = speaking.text.parameter(name)
    found = parameter.on(speaking.text.calendar.dated)
    return {"value": value(speaking, parameter, found.value) if found is not None else ""}


def periods(speaking: Speaking, parameter: Parameter) -> list[dict[str, str]]:
    """The values of a parameter in the order of their days; none where the source is silent."""
    return [
        {
            "value": value(speaking, parameter, one.value),
            "since": day(one.since) if one.since else "",
            "until": day(one.until) if one.until else "",
        }
        for one in parameter.values
    ]


def uses(speaking: Speaking) -> dict[str, list[dict[str, str]]]:
    """What each parameter is for: the rules, partitions and criteria that name it, with their places on the page."""
    text, language = speaking.text, speaking.language
    found: dict[str, list[dict[str, str]]] = {}

    def used(by: str, heading: str, names: Iterable[str]) -> None:
        for name in dict.fromkeys(one for one in names if one):
            lines = found.setdefault(name, [])
            if all(line["heading"] != heading for line in lines):
                lines.append({"url": f"#{by}", "heading": heading})

    for rule in text.rules:
        heading = rule_heading(text, rule, language, speaking.names)
        used(f"rule-{rule.id}", heading, (*_named(rule.needs), *_named(rule.when), rule.curable))
    for exception in text.exceptions:
        used(
            f"rule-{exception.to}", said(exception.text, language), (*_named(exception.when), *_named(exception.needs))
        )
    for partition in text.partitions:
        used("money", said(partition.text, language), (partition.of, *(part.amount for part in partition.parts)))
    for criterion in text.criteria:
        used("assessment", said(criterion.text, language), (criterion.weight,))
    used(
        "assessment", gettext("How applications are assessed"), (text.assessment.least_total, text.assessment.assessors)
    )
    used("money", gettext("Exchange rate"), (name for _, name in text.exchange))
    return found


def _named(need: Need | None) -> Iterable[str]:
    return () if need is None else parameters_of(need)


def numbers(speaking: Speaking) -> list[dict[str, Any]]:
    """Every number of the call, in the order of its text."""
    text, language = speaking.text, speaking.language
    used, earlier = uses(speaking), replaced(speaking.call.files)
    return [
        {
            "name": parameter.name,
            "unit": term("unit", parameter.unit, language),
            "periods": periods(speaking, parameter),
            "uses": used.get(parameter.name, []),
            "layer": speaking.layer(parameter.layer),
            "replaced": [
                {
                    "layer": speaking.layer(one.layer) or term("layer", one.layer, language),
                    "periods": periods(speaking, one),
                }
                for one in earlier.get(parameter.name, [])
            ],
            "source": speaking.cited(parameter.source),
            "note": parameter.note,
            "note_language": language_of(parameter.note),
        }
        for parameter in text.parameters
    ]
