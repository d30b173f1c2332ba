"""Reads a call's files and says precisely what is wrong when something is: file, line, key, what was expected.

Every problem in the files is reported at once, and a call with a problem is not a call: nothing is returned.
"""

from __future__ import annotations

from collections.abc import Mapping

from samspel.engine.calls import vocabulary
from samspel.engine.calls.reading import assessment as read_assessment
from samspel.engine.calls.reading import calendar as read_calendar
from samspel.engine.calls.reading import rules as read_rules
from samspel.engine.calls.reading.declared import declared, source
from samspel.engine.calls.reading.layers import Layers
from samspel.engine.calls.reading.parameters import a_day, parameters
from samspel.engine.calls.reading.rules import choice, flag
from samspel.engine.calls.text import Call, Counting, Declared, Layer, Question
from samspel.engine.located import LANGUAGES, File, NotReadableError, one_of, open_text
from samspel.engine.registry import KINDS
from samspel.engine.verdicts import Reason

_SHARED = (
    "parameters rules exceptions partitions areas lists registers statements terms documents indicators opinions "
    "counting calendar stages windows scale scale_points criteria assessment decisions money"
)
_HEAD = "id authority currency register languages title purpose"
LAYER_FILES = (("programme", "programme.toml"), ("call", "call.toml"), ("overlay", "overlay.toml"))
"""The layers of a call in the order in which they are laid over each other, and the file of each."""


def _languages(file: File) -> tuple[str, ...]:
    value = file.take(file.data, "languages", list, []) if "languages" in file.data else list(LANGUAGES)
    if not value or not all(isinstance(one, str) and len(one) == 2 and one.islower() for one in value):  # noqa: PLR2004 - ISO 639-1
        file.blame("languages", "languages", value)
        return LANGUAGES
    return tuple(value)


def _layer(name: str, file: File) -> Layer:
    table = file.take(file.data, "layer", dict, {})
    file.only(table, "id version dated title source", "layer")
    dated = a_day(table.get("dated"))
    if dated is None:
        file.blame("layer.dated", "day", table.get("dated"))
    version = file.take(table, "version", str, "", "layer")
    title = file.words(table, "title", "layer")
    return Layer(name, version, dated, title, file.take(table, "source", str, "", "layer"))


def _counting(layers: Layers, known: Declared) -> Counting:
    entry = layers.single("counting")
    file, table = entry.file, entry.table
    entry.only("counted_kinds refused_kinds level region_of financing_only source note")
    kinds = {}
    for key in ("counted_kinds", "refused_kinds"):
        kinds[key] = file.take(table, key, list, [], "counting") if key in table else []
        for kind in kinds[key]:
            if kind not in KINDS:
                file.blame(f"counting.{key}", one_of(KINDS), kind)
    for kind in kinds["counted_kinds"]:
        if kind in kinds["refused_kinds"]:
            file.blame("counting.refused_kinds", "kinds-apart", kind)
    levels = (*vocabulary.LEVELS, *sorted(known.sets()))
    level = file.take(table, "level", str, "nuts2", "counting") if table else "nuts2"
    if level not in levels:
        file.blame("counting.level", one_of(levels), level)
    return Counting(
        counted_kinds=frozenset(map(str, kinds["counted_kinds"])),
        refused_kinds=frozenset(map(str, kinds["refused_kinds"])),
        level=level,
        source=source(entry) if table else "",
        region_of=choice(entry, "region_of", vocabulary.REGION_OF, "node"),
        financing_only=flag(entry, "financing_only"),
    )


def _money(layers: Layers) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """The forms of cost that the call takes, and the parameter of each foreign currency's rate."""
    entry = layers.single("money")
    entry.only("forms exchange source")
    forms = read_rules.names(entry, "forms", vocabulary.COST_FORMS)
    rates = []
    exchange = entry.table.get("exchange", {})
    for currency, table in exchange.items() if isinstance(exchange, Mapping) else ():
        name = table.get("rate") if isinstance(table, Mapping) else None
        if not isinstance(name, str):
            entry.file.blame(f"money.exchange.{currency}.rate", "parameter", name)
        else:
            rates.append((currency, name))
    return forms, tuple(rates)


def _questions(file: File, known: Declared) -> tuple[Question, ...]:
    found: list[Question] = []
    stated = (*vocabulary.FACTS, *(one.id for one in known.statements.values() if one.of == "project"))
    for at, table in file.tables("questions"):
        file.only(table, "id required longest text help states", at)
        longest = file.take(table, "longest", int, 1, at)
        if longest < 1:
            file.blame(f"{at}.longest", "above-zero", longest)
        required = file.take(table, "required", bool, default=True, at=at)
        text, help_text = file.words(table, "text", at), file.words(table, "help", at)
        question = file.slug(table, "id", at, among=[one.id for one in found])
        states = file.take(table, "states", str, "", at) if "states" in table else ""
        if states and states not in stated:
            file.blame(f"{at}.states", one_of(stated), states)
        found.append(Question(question, required, longest, text, help_text, states))
    return tuple(found)


def read(files: Mapping[str, str]) -> Call:
    """Read a call's files, by name: `call.toml` and `form.toml`, and `programme.toml` and `overlay.toml` if there.

    Raises:
        NotReadableError: with every problem found, each with file, line, key and what was expected.
    """
    call, form = open_text("call.toml", files.get("call.toml", "")), open_text("form.toml", files.get("form.toml", ""))
    languages = _languages(call)
    opened = [
        (name, call if name == "call" else open_text(at, files[at]))
        for name, at in LAYER_FILES
        if at in files or name == "call"
    ]
    for name, file in opened:
        file.languages = languages
        file.only(file.data, f"{_HEAD} {_SHARED}" if name == "call" else f"layer {_SHARED}")
    form.languages = languages
    form.only(form.data, "questions")
    layers = Layers(tuple(opened))
    numbers, known = parameters(layers), declared(layers)
    by_name = {one.name: one for one in numbers}
    stages = read_calendar.stages(layers)
    rules = read_rules.rules(layers, by_name, known, tuple(one.id for one in stages))
    grades = read_assessment.scale(layers)
    criteria = read_assessment.criteria(layers, grades, by_name, known)
    forms, exchange = _money(layers)
    for currency, name in exchange:
        if name not in by_name or by_name[name].unit != "rate":
            expected = Reason.of("expected.parameter-of-unit", unit="rate")
            layers.single("money").file.blame(f"money.exchange.{currency}.rate", expected, name)
    own = Layer("call", "", None, call.words(call.data, "title"), "")
    result = Call(
        id=call.slug(call.data, "id"),
        languages=languages,
        authority=call.take(call.data, "authority", str, ""),
        currency=call.take(call.data, "currency", str, ""),
        register=call.take(call.data, "register", str, ""),
        title=own.title,
        purpose=call.words(call.data, "purpose"),
        layers=tuple(own if name == "call" else _layer(name, file) for name, file in opened),
        calendar=read_calendar.calendar(layers),
        windows=read_calendar.windows(layers, stages),
        stages=stages,
        counting=_counting(layers, known),
        parameters=numbers,
        declared=known,
        rules=rules,
        exceptions=read_rules.exceptions(layers, by_name, known, rules),
        partitions=read_rules.partitions(layers, by_name, known),
        scale=grades,
        criteria=criteria,
        assessment=read_assessment.assessment(layers, by_name, known, criteria),
        decisions=read_assessment.decisions(layers),
        cost_forms=forms,
        exchange=exchange,
        questions=_questions(form, known),
    )
    problems = [problem for _, file in opened for problem in file.problems] + form.problems
    if problems:
        raise NotReadableError(tuple(dict.fromkeys(problems)))
    return result
