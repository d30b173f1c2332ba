"""The published schema takes every call there is, knows every word of the vocabulary, and refuses common slips."""

from __future__ import annotations

import json
import tomllib
from datetime import date, time
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from samspel.engine.calls import vocabulary
from samspel.engine.calls.reading.situations import KEYS
from samspel.engine.calls.schema import FILES, schema
from tests.engine.calls_and_patterns import pattern_files, patterns
from tests.engine.sample import CALLS
from tests.engine.small_call import FORM, WORDS, head, numbers, rule


@cache
def validator(file: str) -> Any:
    jsonschema = pytest.importorskip("jsonschema", reason="the schema is tried with jsonschema, of the dev group")
    jsonschema.Draft202012Validator.check_schema(schema(file))
    return jsonschema.Draft202012Validator(schema(file))


def as_json(value: Any) -> Any:
    """What an editor makes of TOML: days and times are texts."""
    if isinstance(value, dict):
        return {key: as_json(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [as_json(inner) for inner in value]
    return value.isoformat() if isinstance(value, date | time) else value


def wrong(file: str, text: str) -> list[str]:
    """Where a text is not as its schema says."""
    return ["/".join(map(str, one.absolute_path)) for one in validator(file).iter_errors(as_json(tomllib.loads(text)))]


@pytest.mark.parametrize("file", FILES)
def test_each_schema_is_one_and_can_be_published(file):
    assert json.loads(json.dumps(schema(file))) == schema(file)
    assert schema(file) == schema(file)


REAL = sorted(path for path in CALLS.glob("*/*.toml") if path.name in FILES)


@pytest.mark.parametrize("path", REAL, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_real_call_is_as_the_schema_says(path: Path):
    assert wrong(path.name, path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("entry", patterns(), ids=lambda one: f"{one['letter']}-{one['number']}")
def test_every_pattern_is_as_the_schema_says(entry: dict[str, Any]):
    files = pattern_files(entry) | {"cases.toml": entry["cases"]}
    assert {file: wrong(file, text) for file, text in files.items() if wrong(file, text)} == {}


def test_the_schema_has_every_table_that_the_reader_reads():
    reading = import_module("samspel.engine.calls.reading.call")
    call, layer = schema()["properties"], schema("overlay.toml")["properties"]
    assert isinstance(call, dict)
    assert isinstance(layer, dict)
    assert set(call) == set(f"{reading._HEAD} {reading._SHARED}".split())
    assert set(layer) == set(f"layer {reading._SHARED}".split())
    case = schema("cases.toml")["properties"]["cases"]["items"]["properties"]  # type: ignore[index]  # a schema nests
    assert set(case) == set(f"{KEYS} name expect".split())


def test_the_schema_knows_every_word_of_the_vocabulary():
    told = json.dumps(schema())
    words = {*vocabulary.NOUNS, *vocabulary.QUANTITIES, *vocabulary.DENOMINATORS, *vocabulary.TESTS, *vocabulary.UNITS}
    words |= {
        *vocabulary.COMPARISONS,
        *vocabulary.COMPOSITIONS,
        *vocabulary.GROUPS,
        *vocabulary.LEVELS,
        *vocabulary.OVER,
    }
    words |= {name for attributes in vocabulary.ATTRIBUTES.values() for name in attributes}
    assert [word for word in sorted(words) if f'"{word}"' not in told] == []


NUMBERS = numbers(n=3, m=100, s="0.5")
GOOD = head() + NUMBERS + rule("a", '{ count = "partners", where = { counts = true }, at_least = "n" }')


def test_the_small_call_is_as_the_schema_says():
    assert wrong("call.toml", GOOD) == []
    assert wrong("form.toml", FORM) == []


SLIPS = {
    "a head that is misspelt": ('count = "partners"', 'counts = "partners"', "rules/0/needs"),
    "a noun that is not counted": ('count = "partners"', 'count = "partner"', "rules/0/needs"),
    "two comparisons": ('at_least = "n"', 'at_least = "n", at_most = "n"', "rules/0/needs"),
    "no comparison": (', at_least = "n"', "", "rules/0/needs"),
    "a number in a rule": ('at_least = "n"', "at_least = 3", "rules/0/needs"),
    "a filter on another thing": ("where = { counts = true }", 'where = { category = ["x"] }', "rules/0/needs"),
    "a kind that there is not": ("{ counts = true }", '{ kind = ["cluster"] }', "rules/0/needs"),
    "a kind that is not a list": ("{ counts = true }", '{ kind = "company" }', "rules/0/needs"),
    "a share without a denominator": ('count = "partners"', 'share = "partners"', "rules/0/needs"),
    "a rule without a source": ('id = "a"\nsource = "x"', 'id = "a"', "rules/0"),
    "an id in capitals": ('id = "a"', 'id = "A B"', "rules/0/id"),
    "a severity that there is not": ('id = "a"', 'id = "a"\nseverity = "may"', "rules/0/severity"),
    "a key that there is not": ('id = "a"', 'id = "a"\nneed = 1', "rules/0"),
    "a table that there is not": ("[calendar]", "[calender]\nx = 1\n[calendar]", ""),
    "a unit that there is not": ('unit = "money"', 'unit = "euro"', "parameters/m/unit"),
    "a share of nothing": ('of = "total-cost"\n', "", "parameters/s"),
    "half as fifty": ("value = 0.5", "value = 50", "parameters/s/value"),
    "a number below nought": ("value = 100", "value = -100", "parameters/m/value"),
    "a number as a text": ("value = 100", 'value = "100"', "parameters/m/value"),
    "a level that there is not": ('level = "nuts2"', "level = 2", "counting/level"),
    "a title in no language": ('title = { sv = "Liten", en = "Small" }', 'title = "Small"', "title"),
    "a call without a currency": ('currency = "EUR"\n', "", ""),
    "a day with a month too many": ("dated = 2018-01-01", 'dated = "in January"', "calendar/dated"),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_common_slips_are_refused_where_they_stand(slip):
    there, instead, place = SLIPS[slip]
    assert there in GOOD
    found = wrong("call.toml", GOOD.replace(there, instead, 1))
    assert place in found


def test_rules_over_the_set_ask_of_applications():
    of_set = '{ count = "applications", where = { theme = ["sea"] }, at_most = "n" }'
    assert wrong("call.toml", head() + NUMBERS + rule("a", of_set, 'over = "awards"')) == []
    grant = '{ amount = "grant", where = { theme = ["sea"] }, at_most = "m" }'
    assert wrong("call.toml", head() + NUMBERS + rule("a", grant, 'over = "awards"')) == []
    assert wrong("call.toml", head() + NUMBERS + rule("a", grant)) == ["rules/0/needs"]


def test_an_exception_says_what_holds_instead():
    lines = f'[[exceptions]]\nid = "e"\nto = "a"\nwhen = {{ lead = {{}} }}\nsource = "x"\n{WORDS}\n'
    assert wrong("call.toml", GOOD + lines) == ["exceptions/0"]
    assert wrong("call.toml", f"{GOOD}{lines}excused = true") == []
    assert wrong("call.toml", f"{GOOD}{lines}excused = true\nneeds = {{ lead = {{}} }}") == ["exceptions/0"]


CASE = '[[cases]]\nname = "x"\nexpect = { a = "met" }\n'
CASE_SLIPS = {
    "an outcome that there is not": CASE.replace("met", "yes"),
    "a kind that there is not": f'{CASE}partners = [{{ kind = "cluster" }}]',
    "a region in small letters": f'{CASE}partners = [{{ region = "se110" }}]',
    "a range of three": f"{CASE}grant = [1, 2, 3]",
    "a key that there is not": f"{CASE}partner = []",
    "an amount as a text": f'{CASE}costs = [{{ amount = "100" }}]',
    "a case without a name": CASE.replace('name = "x"\n', ""),
}


@pytest.mark.parametrize("slip", CASE_SLIPS)
def test_common_slips_in_cases_are_refused(slip):
    assert wrong("cases.toml", CASE) == []
    assert wrong("cases.toml", CASE_SLIPS[slip])
