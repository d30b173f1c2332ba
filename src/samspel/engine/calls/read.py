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
from samspel.engine.located import LANGUAGES, File, NotReadableError, one_of, open_text
from samspel.engine.registry import KINDS
from samspel.engine.values import CENT
from samspel.engine.verdicts import Reason

if TYPE_CHECKING:
    from collections.abc import Mapping

UNITS = ("count", "money", "share")
SMALLEST_SHARE, LARGEST_SHARE = Decimal(0), Decimal(1)
MOST_POINTS, LONGEST_CODE = 1000, 10
LARGEST_NUMBER = Decimal(10) ** 12


def _fits(unit: str, number: Decimal) -> bool:
    """Whether a number can be a value of this unit: a whole count, an amount in cents, a share of 0 to 1."""
    match unit:
        case "share":
            return SMALLEST_SHARE <= number <= LARGEST_SHARE
        case "count":
            return 0 <= number < LARGEST_NUMBER and number == number.to_integral_value()
        case _:
            return 0 <= number < LARGEST_NUMBER and number == number.quantize(CENT)


def _parameters(file: File) -> tuple[Parameter, ...]:
    found = []
    for name, value in file.take(file.data, "parameters", dict, {}).items():
        at = f"parameters.{name}"
        table = value if isinstance(value, dict) else {}
        if not table:
            file.blame(at, "parameter-table", value)
            continue
        file.only(table, "unit value source note", at)
        unit = file.take(table, "unit", str, "count", at)
        if unit not in UNITS:
            file.blame(f"{at}.unit", one_of(UNITS), unit)
        number = file.take(table, "value", Decimal, Decimal(0), at)
        if not _fits(unit, number):
            file.blame(f"{at}.value", f"{unit}-value" if unit in UNITS else "not-below-zero", number)
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
                file.blame(f"{at}.{operator}", "one-condition" if operator == "not" else "conditions", inner)
            needs = tuple(_need(file, part, f"{at}.{operator}", parameters) for part in parts)
            return Need(operator=operator, parts=needs)
    comparisons = [operator for operator in vocabulary.COMPARISONS if operator in table]
    if "fact" not in table or len(comparisons) != 1:
        comparing, joining = " ".join(vocabulary.COMPARISONS), " ".join(vocabulary.COMPOSITIONS)
        expected = Reason.of("expected.condition", comparisons=comparing, compositions=joining)
        file.blame(at, expected, table or value)
        return Need(operator="all")
    operator = comparisons[0]
    file.only(table, f"fact {operator}", at)
    fact = file.take(table, "fact", str, "", at)
    name = file.take(table, operator, str, "", at)
    if fact and fact not in vocabulary.FACTS:
        file.blame(f"{at}.fact", one_of(vocabulary.FACTS), fact)
    elif name and name not in parameters:
        file.blame(f"{at}.{operator}", "parameter", name)
    elif fact and name and parameters[name].unit != vocabulary.FACTS[fact].unit:
        expected = Reason.of("expected.parameter-of-unit", unit=vocabulary.FACTS[fact].unit)
        file.blame(f"{at}.{operator}", expected, parameters[name].unit)
    return Need(operator=operator, fact=fact, parameter=name)


def _rules(file: File, parameters: Mapping[str, Parameter]) -> tuple[Rule, ...]:
    found: list[Rule] = []
    for at, table in file.tables("rules"):
        file.only(table, "id needs source text", at)
        rule_id = file.slug(table, "id", at, among=[rule.id for rule in found])
        needs = _need(file, table.get("needs"), f"{at}.needs", parameters)
        found.append(Rule(rule_id, needs, file.take(table, "source", str, "", at), file.words(table, "text", at)))
    return tuple(found)


def _scale(file: File) -> tuple[Grade, ...]:
    grades: list[Grade] = []
    for at, table in file.tables("scale"):
        file.only(table, "code points text", at)
        code, points = file.take(table, "code", str, "", at), file.take(table, "points", int, 0, at)
        if any(grade.code == code for grade in grades):
            file.blame(f"{at}.code", "unique", code)
        if not 0 <= points <= MOST_POINTS:
            file.blame(f"{at}.points", Reason.of("expected.points", most=MOST_POINTS), points)
        if code and (len(code) > LONGEST_CODE or code.split() != [code]):
            file.blame(f"{at}.code", Reason.of("expected.code", longest=LONGEST_CODE), code)
        grades.append(Grade(code, points, file.words(table, "text", at)))
    return tuple(grades)


def _criteria(file: File, scale: tuple[Grade, ...]) -> tuple[Criterion, ...]:
    codes = [grade.code for grade in scale]
    found: list[Criterion] = []
    for at, table in file.tables("criteria"):
        file.only(table, "id least text guidance source", at)
        least = file.take(table, "least", str, "", at)
        if least not in codes:
            file.blame(f"{at}.least", one_of(codes), least)
        criterion = file.slug(table, "id", at, among=[one.id for one in found])
        source = file.take(table, "source", str, "", at)
        words, guidance = file.words(table, "text", at), file.words(table, "guidance", at)
        found.append(Criterion(criterion, least, source, words, guidance))
    return tuple(found)


def _selection(file: File, parameters: Mapping[str, Parameter]) -> SelectionRules:
    table = file.take(file.data, "selection", dict, {})
    file.only(table, "envelope projects_per_theme most_projects", "selection")
    names = {}
    for key, unit in (("envelope", "money"), ("projects_per_theme", "count"), ("most_projects", "count")):
        name = file.take(table, key, str, "", "selection") if key in table or key == "envelope" else ""
        parameter = parameters.get(name)
        if name and (parameter is None or parameter.unit != unit):
            file.blame(f"selection.{key}", Reason.of("expected.parameter-of-unit", unit=unit), name)
        elif parameter is not None and parameter.value < 1:
            file.blame(f"selection.{key}", "at-least-one", parameter.value)
        names[key] = name
    return SelectionRules(**names)


def _counting(file: File) -> Counting:
    table = file.take(file.data, "counting", dict, {})
    file.only(table, "counted_kinds refused_kinds level source note", "counting")
    counted = file.take(table, "counted_kinds", list, [], "counting")
    refused = file.take(table, "refused_kinds", list, [], "counting")
    for key, kinds in (("counted_kinds", counted), ("refused_kinds", refused)):
        for kind in kinds:
            if kind not in KINDS:
                file.blame(f"counting.{key}", one_of(KINDS), kind)
    for kind in counted:
        if kind in refused:
            file.blame("counting.refused_kinds", "kinds-apart", kind)
    level = file.take(table, "level", int, 2, "counting")
    if level not in (0, 1, 2, 3):
        file.blame("counting.level", "nuts-level", level)
    source = file.take(table, "source", str, "", "counting")
    return Counting(frozenset(map(str, counted)), frozenset(map(str, refused)), level, source)


def _questions(file: File) -> tuple[Question, ...]:
    found: list[Question] = []
    for at, table in file.tables("questions"):
        file.only(table, "id required longest text help", at)
        longest = file.take(table, "longest", int, 1, at)
        if longest < 1:
            file.blame(f"{at}.longest", "above-zero", longest)
        required = file.take(table, "required", bool, default=True, at=at)
        words, help_text = file.words(table, "text", at), file.words(table, "help", at)
        question = file.slug(table, "id", at, among=[one.id for one in found])
        found.append(Question(question, required, longest, words, help_text))
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
        id=file.slug(file.data, "id"),
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
