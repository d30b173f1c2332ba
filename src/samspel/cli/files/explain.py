"""`samspel explain`: a call read aloud from its own values, whole, rule by rule or number by number."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from samspel.cli.files.answering import Answer, Code, answering
from samspel.cli.files.folders import FOLDER, REGISTER, Opened, names_in, open_call, open_register
from samspel.engine.calls.text import Call, Parameter, Partition, Rule, said
from samspel.wording.rules import ToldRule, layer_words, parameter_words, rule_in_full

EPILOG = """\b
Exit codes: 0 told · 2 a file cannot be read, or the call has no such rule.

\b
JSON (with --numbers too): {"call", "digest", "title", "purpose", "dated",
 "layers": [{"id", "title", "version", "dated", "source"}],
 "rules": [{"id", "heading", "formal", "notes": [], "numbers": [names], "severity", "over", "part", "stages": [],
            "curable", "waivable", "after_award", "source", "layer", "replaces",
            "exceptions": [{"id", "text", "source", "layer"}]}],
 "numbers": [{"name", "words", "unit", "of", "values": [{"from", "until", "is"}], "source", "layer", "replaces",
              "note"}],
 "partitions": [{"id", "text", "of", "movable", "source", "parts": [{"id", "text", "number"}]}],
 "criteria": [{"id", "text", "least", "weight", "gate", "cap", "source"}]}
or {"problems": [{"file", "line", "key", "code", "expected", "found"}]}
values: [] where the source states none. With a RULE only that rule and its numbers.
"""


@click.command(epilog=EPILOG)
@click.argument("folder", type=FOLDER)
@click.argument("wanted", metavar="[RULE]", required=False)
@click.option("--numbers", is_flag=True, help="Tell the numbers alone, each with its origin.")
@REGISTER
@answering
def explain(answer: Answer, *, folder: Path, wanted: str | None, numbers: bool, register: Path | None) -> Code:
    """Read the call in FOLDER aloud: every rule in words, with its numbers, days, layer, source and exceptions."""
    opened = open_call(folder)
    call, names = opened.call, names_in(open_register(register) if register else None, answer.language)
    rules = [rule for rule in call.rules if wanted in (None, rule.id)]
    if wanted and not rules:
        known = " ".join(rule.id for rule in call.rules)
        raise click.BadParameter(f"expected one of: {known}", param_hint="RULE")
    told = [rule_in_full(call, rule, answer.language, names) for rule in rules]
    used = {one.name for rule in told for one in rule.numbers}
    parameters = [one for one in call.parameters if wanted is None or one.name in used]
    if answer.as_json:
        answer.give(_data(answer, opened, list(zip(rules, told, strict=True)), parameters, whole=wanted is None))
        return Code.FINE
    for line in _numbers(answer, call, parameters) if numbers else _aloud(answer, opened, told, whole=wanted is None):
        answer.line(line)
    return Code.FINE


# -- for people


def _aloud(answer: Answer, opened: Opened, told: list[ToldRule], *, whole: bool) -> Iterator[str]:
    call, language = opened.call, answer.language
    if whole:
        yield answer.say("explain.call", id=call.id, title=said(call.title, language), digest=opened.digest)
        yield said(call.purpose, language)
        yield from (layer_words(call, one.id, language) for one in call.layers if one.id != "call")
    for number, one in enumerate(told):
        if number or whole:
            yield ""
        yield from _rule(answer, one)
    if whole:
        for partition in call.partitions:
            yield ""
            yield from _partition(answer, call, partition)
        if call.criteria:
            yield ""
        for criterion in call.criteria:
            text = said(criterion.text, language)
            code = "explain.criterion.least" if criterion.least else "explain.criterion"
            yield answer.say(code, id=criterion.id, text=text, least=criterion.least, source=criterion.source)


def _rule(answer: Answer, one: ToldRule) -> Iterator[str]:
    yield answer.say("explain.rule", heading=one.heading, id=one.id)
    if one.formal != one.heading:
        yield f"  {one.formal}"
    yield from (f"  {note}" for note in one.notes)
    for number in one.numbers:
        origin = number.source if number.layer == one.layer else f"{number.source}; {number.layer}"
        yield "  " + answer.say("explain.number", name=number.name, value=number.value, origin=origin)
        if number.note:
            yield f"    {number.note}"
    yield "  " + answer.say("explain.source", source=one.source)


def _partition(answer: Answer, call: Call, partition: Partition) -> Iterator[str]:
    yield answer.say("explain.rule", heading=said(partition.text, answer.language), id=partition.id)
    for part in partition.parts:
        value = parameter_words(call, call.parameter(part.amount), answer.language)
        text = said(part.text, answer.language) or part.id
        yield "  " + answer.say("explain.part", text=text, value=value, name=part.amount)
    yield f"  [{partition.source}]"


def _numbers(answer: Answer, call: Call, parameters: list[Parameter]) -> Iterator[str]:
    heads = [answer.say(f"explain.head.{head}") for head in ("name", "value", "source", "layer")]
    rows = [heads] + [
        [
            one.name,
            parameter_words(call, one, answer.language),
            one.source,
            layer_words(call, one.layer, answer.language, one.replaces),
        ]
        for one in parameters
    ]
    widths = [max(len(row[at]) for row in rows) for at in range(len(heads))]
    for row in rows:
        yield "  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip()


# -- for programs


def _data(
    answer: Answer, opened: Opened, rules: list[tuple[Rule, ToldRule]], parameters: list[Parameter], *, whole: bool
) -> dict[str, Any]:
    call, language = opened.call, answer.language
    return {
        "call": call.id,
        "digest": opened.digest,
        "title": said(call.title, language),
        "purpose": said(call.purpose, language),
        "dated": call.calendar.dated,
        "layers": [
            {
                "id": one.id,
                "title": said(one.title, language),
                "version": one.version,
                "dated": one.dated,
                "source": one.source,
            }
            for one in call.layers
        ],
        "rules": [_rule_data(answer, call, rule, told) for rule, told in rules],
        "numbers": [_number_data(answer, call, one) for one in parameters],
        "partitions": [_partition_data(answer, one) for one in call.partitions if whole],
        "criteria": [
            {
                "id": one.id,
                "text": said(one.text, language),
                "least": one.least,
                "weight": one.weight,
                "gate": one.gate,
                "cap": one.cap,
                "source": one.source,
            }
            for one in call.criteria
            if whole
        ],
    }


def _rule_data(answer: Answer, call: Call, rule: Rule, told: ToldRule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "heading": told.heading,
        "formal": told.formal,
        "notes": list(told.notes),
        "numbers": [one.name for one in told.numbers],
        "severity": rule.severity,
        "over": rule.over,
        "part": rule.part,
        "stages": list(rule.stages),
        "curable": rule.curable,
        "waivable": rule.waivable,
        "after_award": rule.after_award,
        "source": rule.source,
        "layer": rule.layer,
        "replaces": rule.replaces,
        "exceptions": [
            {"id": one.id, "text": said(one.text, answer.language), "source": one.source, "layer": one.layer}
            for one in call.exceptions
            if one.to == rule.id
        ],
    }


def _number_data(answer: Answer, call: Call, one: Parameter) -> dict[str, Any]:
    return {
        "name": one.name,
        "words": parameter_words(call, one, answer.language),
        "unit": one.unit,
        "of": one.of,
        "values": [{"from": dated.since, "until": dated.until, "is": dated.value} for dated in one.values],
        "source": one.source,
        "layer": one.layer,
        "replaces": one.replaces,
        "note": one.note,
    }


def _partition_data(answer: Answer, one: Partition) -> dict[str, Any]:
    parts = [{"id": part.id, "text": said(part.text, answer.language), "number": part.amount} for part in one.parts]
    head = {"id": one.id, "text": said(one.text, answer.language), "of": one.of, "movable": one.movable}
    return {**head, "source": one.source, "parts": parts}
