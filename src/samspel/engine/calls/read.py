"""Reads a call's folder and says precisely what is wrong when something is: file, line, key, what was expected.

Every problem in the files is reported at once, and a call with a problem is not a call: nothing is returned.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from samspel.engine.calls import vocabulary
from samspel.engine.calls.text import (
    Call,
    Counting,
    Criterion,
    Grade,
    Need,
    Parameter,
    Question,
    Rule,
    SelectionRules,
)
from samspel.engine.located import LANGUAGES, File, NotReadableError, open_text

if TYPE_CHECKING:
    from collections.abc import Mapping

UNITS = ("count", "money", "share")
SMALLEST_SHARE, LARGEST_SHARE = Decimal(0), Decimal(1)


def _parameters(file: File) -> tuple[Parameter, ...]:
    found = []
    for name, value in file.take(file.data, "parameters", dict, {}).items():
        at = f"parameters.{name}"
        table = value if isinstance(value, dict) else {}
        if not table:
            file.blame(at, "a table with unit, value and source", value)
            continue
        file.only(table, "unit value source note", at)
        unit = file.take(table, "unit", str, "count", at)
        if unit not in UNITS:
            file.blame(f"{at}.unit", f"one of: {' '.join(UNITS)}", unit)
        number = file.take(table, "value", Decimal, Decimal(0), at)
        if number < 0 or (unit == "share" and not SMALLEST_SHARE <= number <= LARGEST_SHARE):
            file.blame(f"{at}.value", "a share between 0 and 1" if unit == "share" else "a number not below 0", number)
        found.append(Parameter(name, unit, number, file.take(table, "source", str, "", at)))
    return tuple(found)


def _need(file: File, value: object, at: str, parameters: Mapping[str, Parameter]) -> Need:
    table = value if isinstance(value, dict) else {}
    for operator in vocabulary.COMPOSITIONS:
        if operator in table:
            file.only(table, operator, at)
            inner = table[operator]
            parts = inner if isinstance(inner, list) else [inner]
            if not parts or (operator == "not") == isinstance(inner, list):
                file.blame(f"{at}.{operator}", "one condition" if operator == "not" else "a list of conditions", inner)
            needs = tuple(_need(file, part, f"{at}.{operator}", parameters) for part in parts)
            return Need(operator=operator, parts=needs)
    comparisons = [operator for operator in vocabulary.COMPARISONS if operator in table]
    if "fact" not in table or len(comparisons) != 1:
        expected = f"a fact with one of {' '.join(vocabulary.COMPARISONS)}, or one of all any not"
        file.blame(at, expected, table or value or "nothing")
        return Need(operator="all")
    operator = comparisons[0]
    file.only(table, f"fact {operator}", at)
    fact = file.take(table, "fact", str, "", at)
    name = file.take(table, operator, str, "", at)
    if fact and fact not in vocabulary.FACTS:
        file.blame(f"{at}.fact", f"one of: {' '.join(vocabulary.FACTS)}", fact)
    elif name and name not in parameters:
        file.blame(f"{at}.{operator}", "the name of a parameter of this call", name)
    elif fact and name and parameters[name].unit != vocabulary.FACTS[fact].unit:
        file.blame(f"{at}.{operator}", f"a parameter with unit {vocabulary.FACTS[fact].unit}", parameters[name].unit)
    return Need(operator=operator, fact=fact, parameter=name)


def _rules(file: File, parameters: Mapping[str, Parameter]) -> tuple[Rule, ...]:
    found: list[Rule] = []
    for at, table in file.tables("rules"):
        file.only(table, "id needs source text", at)
        rule_id = file.take(table, "id", str, "", at)
        if any(rule.id == rule_id for rule in found):
            file.blame(f"{at}.id", "an id that no other rule has", rule_id)
        needs = _need(file, table.get("needs"), f"{at}.needs", parameters)
        found.append(Rule(rule_id, needs, file.take(table, "source", str, "", at), file.words(table, "text", at)))
    return tuple(found)


def _scale(file: File) -> tuple[Grade, ...]:
    grades: list[Grade] = []
    for at, table in file.tables("scale"):
        file.only(table, "code points text", at)
        code, points = file.take(table, "code", str, "", at), file.take(table, "points", int, 0, at)
        if any(grade.code == code for grade in grades):
            file.blame(f"{at}.code", "a code that no other grade has", code)
        if points < 0:
            file.blame(f"{at}.points", "a whole number not below 0", points)
        grades.append(Grade(code, points, file.words(table, "text", at)))
    return tuple(grades)


def _criteria(file: File, scale: tuple[Grade, ...]) -> tuple[Criterion, ...]:
    codes = [grade.code for grade in scale]
    found = []
    for at, table in file.tables("criteria"):
        file.only(table, "id least text guidance source", at)
        least = file.take(table, "least", str, "", at)
        if least not in codes:
            file.blame(f"{at}.least", f"one of: {' '.join(codes)}", least)
        criterion, source = file.take(table, "id", str, "", at), file.take(table, "source", str, "", at)
        words, guidance = file.words(table, "text", at), file.words(table, "guidance", at)
        found.append(Criterion(criterion, least, source, words, guidance))
    return tuple(found)


def _selection(file: File, parameters: Mapping[str, Parameter]) -> SelectionRules:
    table = file.take(file.data, "selection", dict, {})
    file.only(table, "envelope projects_per_theme most_projects", "selection")
    names = {}
    for key, unit in (("envelope", "money"), ("projects_per_theme", "count"), ("most_projects", "count")):
        name = table.get(key, "")
        if key == "envelope" and not name:
            file.blame("selection.envelope", "the name of a parameter of this call", "nothing")
        elif name and (name not in parameters or parameters[name].unit != unit):
            file.blame(f"selection.{key}", f"the name of a parameter with unit {unit}", name)
        names[key] = str(name)
    return SelectionRules(**names)


def _counting(file: File) -> Counting:
    table = file.take(file.data, "counting", dict, {})
    file.only(table, "counted_kinds refused_kinds level source note", "counting")
    counted = file.take(table, "counted_kinds", list, [], "counting")
    refused = file.take(table, "refused_kinds", list, [], "counting")
    for kind in counted:
        if kind in refused:
            file.blame("counting.refused_kinds", "kinds that are not counted_kinds too", kind)
    level = file.take(table, "level", int, 2, "counting")
    if level not in (0, 1, 2, 3):
        file.blame("counting.level", "a NUTS level: 0, 1, 2 or 3", level)
    source = file.take(table, "source", str, "", "counting")
    return Counting(frozenset(map(str, counted)), frozenset(map(str, refused)), level, source)


def _questions(file: File) -> tuple[Question, ...]:
    found = []
    for at, table in file.tables("questions"):
        file.only(table, "id required longest text help", at)
        longest = file.take(table, "longest", int, 1, at)
        if longest < 1:
            file.blame(f"{at}.longest", "a whole number above 0", longest)
        required = file.take(table, "required", bool, default=True, at=at)
        words, help_text = file.words(table, "text", at), file.words(table, "help", at)
        found.append(Question(file.take(table, "id", str, "", at), required, longest, words, help_text))
    return tuple(found)


_KEYS = "id authority currency register title purpose calendar counting parameters rules scale criteria selection"


def read(*, call_text: str, form_text: str) -> Call:
    """Read the two texts of a call, `call.toml` and `form.toml`.

    Raises:
        NotReadableError: with every problem found, each with file, line, key and what was expected.
    """
    file, form = open_text("call.toml", call_text), open_text("form.toml", form_text)
    file.only(file.data, _KEYS)
    form.only(form.data, "questions")
    parameters = _parameters(file)
    by_name = {parameter.name: parameter for parameter in parameters}
    scale = _scale(file)
    call = Call(
        id=file.take(file.data, "id", str, ""),
        languages=LANGUAGES,
        authority=file.take(file.data, "authority", str, ""),
        currency=file.take(file.data, "currency", str, ""),
        register=file.take(file.data, "register", str, ""),
        title=file.words(file.data, "title"),
        purpose=file.words(file.data, "purpose"),
        calendar=file.words(file.data, "calendar"),
        counting=_counting(file),
        parameters=parameters,
        rules=_rules(file, by_name),
        scale=scale,
        criteria=_criteria(file, scale),
        selection=_selection(file, by_name),
        questions=_questions(form),
    )
    if problems := tuple(file.problems + form.problems):
        raise NotReadableError(problems)
    return call
