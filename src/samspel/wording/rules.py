"""A call's rules read aloud: a condition from its values, a rule's heading, a rule told in full, and its numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from samspel.engine.calls.conditions import Filter, Need
from samspel.engine.calls.reading.parameters import NOT_STATED
from samspel.engine.calls.text import Call, Dated, Parameter, Rule, said
from samspel.wording.needs import Reading
from samspel.wording.say import Names
from samspel.wording.voice import Voice, voice

if TYPE_CHECKING:
    from samspel.engine.calls.text import LabelledException


@dataclass(frozen=True, slots=True)
class ToldNumber:
    """A number that a rule uses: its name, its values in words, where it is stated, the layer it comes from."""

    name: str
    value: str
    source: str
    layer: str
    note: str


@dataclass(frozen=True, slots=True)
class ToldRule:
    """A rule in full: its heading, the words made from its condition, all that follows from it, and its numbers."""

    id: str
    heading: str
    formal: str
    notes: tuple[str, ...]
    numbers: tuple[ToldNumber, ...]
    severity: str
    source: str
    layer: str


def capital(text: str) -> str:
    """A text that begins as a sentence does.

    >>> capital("minst 3 parter")
    'Minst 3 parter'
    """
    return text[:1].upper() + text[1:]


def rule_words(
    call: Call,
    need: Need,
    language: str,
    names: Names | None = None,
    *,
    over: str = "application",
    on: date | None = None,
) -> str:
    """A condition read aloud from its values, without capital and full stop.

    `names` are of regions, themes and organisations that the call does not declare itself; `over` is what the rule is
    judged over, and `on` the day whose numbers are told (left out: the call's day).
    """
    return Reading(voice(call, language, names, on), over).words(need)


def rule_heading(call: Call, rule: Rule, language: str, names: Names | None = None) -> str:
    """The rule's own text where it has one, else the words made from its condition."""
    own = said(rule.text, language)
    return own or capital(rule_words(call, rule.needs, language, names, over=rule.over))


# -- numbers


def _period(spoken: Voice, parameter: Parameter, dated: Dated) -> str:
    value = spoken.value(parameter.unit, dated.value)
    since = spoken.day(dated.since) if dated.since else ""
    until = spoken.day(dated.until) if dated.until else ""
    code = "period." + "-".join(name for name, day in (("from", since), ("until", until)) if day)
    return spoken.fill(code, since=since, until=until, value=value) if since or until else value


def parameter_words(call: Call, parameter: Parameter, language: str) -> str:
    """A parameter's value; each with its days where it has had several; that the source does not state it."""
    spoken = voice(call, language)
    if not parameter.values:
        return spoken.fill("parameter.unstated")
    text = "; ".join(_period(spoken, parameter, dated) for dated in parameter.values)
    return spoken.fill("parameter.of", value=text, whole=spoken.fill(f"of.{parameter.of}")) if parameter.of else text


def layer_words(call: Call, layer: str, language: str, replaces: str = "") -> str:
    """The layer that something comes from, with its title, version and day; and the layer whose words it replaced."""
    spoken = voice(call, language)
    found = next((one for one in call.layers if one.id == layer), None)
    text = spoken.fill(f"layer.{layer}")
    if found is not None and layer != "call":
        text = spoken.fill("layer.titled", layer=text, title=spoken.quoted(said(found.title, language)))
        if found.dated:
            code = "layer.dated" if found.version in ("", NOT_STATED) else "layer.versioned"
            text = spoken.fill(code, layer=text, version=found.version, day=spoken.day(found.dated))
    return spoken.fill("layer.instead", layer=text, other=spoken.fill(f"layer.{replaces}")) if replaces else text


def parameters_of(need: Need) -> Iterator[str]:
    """The names of the parameters that a condition uses, in order."""
    for leaf in need.leaves():
        if leaf.parameter:
            yield leaf.parameter
    for measure in need.measures():
        if measure.years:
            yield measure.years
    for wanted in need.filters():
        yield from _in_filter(wanted)


def _in_filter(wanted: Filter) -> Iterator[str]:
    for ask in wanted.asks:
        if ask.attribute in ("age_at_most", "age_at_least", "before"):
            yield from ask.values
        if ask.inner is not None:
            yield from _in_filter(ask.inner)
    for part in wanted.parts:
        yield from _in_filter(part)


def _origin(call: Call, parameter: Parameter, language: str) -> str:
    """The layer that a number comes from; and, where it replaces another, what that one was and where it stands."""
    text = layer_words(call, parameter.layer, language)
    if parameter.under is None:
        return text
    under = parameter.under
    value, other = parameter_words(call, under, language), _origin(call, under, language)
    return voice(call, language).fill("layer.instead-of", layer=text, value=value, other=other)


def _number(call: Call, name: str, language: str) -> ToldNumber:
    parameter = call.parameter(name)
    return ToldNumber(
        name=name,
        value=parameter_words(call, parameter, language),
        source=parameter.source,
        layer=_origin(call, parameter, language),
        note=parameter.note,
    )


# -- in full


def cure_words(spoken: Voice, rule: Rule) -> str:
    """Whether what is missing may be handed in afterwards; empty where the rule is no formal one and says nothing."""
    if rule.curable:
        dated = spoken.call.parameter(rule.curable).on(spoken.on)
        if dated is None:
            return spoken.fill("rule.curable.unstated")
        return spoken.fill("rule.curable", days=spoken.value("days", dated.value))
    return spoken.fill("rule.fatal") if rule.part == "admissibility" and rule.severity == "must" else ""


def _exception(reading: Reading, one: LabelledException) -> str:
    when = reading.inside.words(one.when)
    label = said(one.text, reading.voice.language)
    if one.needs is None:
        return reading.voice.fill("rule.exception.excused", label=label, when=when)
    return reading.voice.fill("rule.exception", label=label, when=when, needs=reading.words(one.needs))


def _notes(call: Call, rule: Rule, reading: Reading) -> Iterator[str]:
    spoken = reading.voice
    if rule.severity == "should":
        yield spoken.fill("rule.should")
    if rule.when is not None:
        yield spoken.fill("rule.when", when=reading.inside.words(rule.when))
    for one in call.exceptions:
        if one.to == rule.id:
            yield _exception(reading, one)
    if cure := cure_words(spoken, rule):
        yield cure
    if rule.waivable:
        yield spoken.fill("rule.waiver")
    if rule.stages:
        yield spoken.fill("rule.stages", stages=spoken.listing(spoken.quoted(spoken.stage(one)) for one in rule.stages))
    if rule.after_award:
        yield spoken.fill("rule.after-award")
    if rule.layer != "call" or rule.replaces:
        yield spoken.fill("rule.layer", layer=layer_words(call, rule.layer, spoken.language, rule.replaces))


def rule_in_full(call: Call, rule: Rule, language: str, names: Names | None = None) -> ToldRule:
    """A rule with all that follows from it: how strict it is, when it applies, what excuses it, its numbers."""
    reading = Reading(voice(call, language, names), rule.over)
    needs = [rule.needs, *([rule.when] if rule.when else [])]
    for one in call.exceptions:
        if one.to == rule.id:
            needs += [one.when, *([one.needs] if one.needs else [])]
    used = dict.fromkeys(name for need in needs for name in parameters_of(need) if name)
    return ToldRule(
        id=rule.id,
        heading=rule_heading(call, rule, language, names),
        formal=capital(reading.words(rule.needs)),
        notes=tuple(_notes(call, rule, reading)),
        numbers=tuple(_number(call, name, language) for name in used),
        severity=rule.severity,
        source=rule.source,
        layer=layer_words(call, rule.layer, language, rule.replaces),
    )
