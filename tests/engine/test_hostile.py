"""Files meant to cost time or break something are refused at once, with a problem that says where and why."""

from __future__ import annotations

import json
from decimal import Decimal
from functools import cache
from time import process_time

import pytest

from samspel.engine.calls.cases import read_cases
from samspel.engine.calls.reading.call import read
from samspel.engine.calls.reading.situations import read_situation
from samspel.engine.calls.soundness import contradictions, warnings
from samspel.engine.calls.text import Call
from samspel.engine.located import LONGEST_TEXT, NotReadableError, Problem, check_size, lines_of, open_json, open_text
from tests.engine.small_call import FORM, head, numbers, rule, small_call

FAST = 2.0
"""Seconds of the processor: many times what is needed, and a thousandth of what these files are made to take."""


@cache
def a_call() -> Call:
    return small_call(numbers(n1=1), rule("a", '{ count = "partners", at_least = "n1" }'))


def refused(read_it) -> tuple[Problem, ...]:
    """The problems for which something is refused, fast."""
    begun = process_time()
    with pytest.raises(NotReadableError) as caught:
        read_it()
    assert process_time() - begun < FAST
    return caught.value.problems


TOO_MUCH = {
    "many brackets": ("a = " + "[" * 5000 + "]" * 5000, "expected.size.brackets", 1),
    "one bracket too deep": ("\na = " + "[" * 41 + "]" * 41, "expected.size.brackets", 2),
    "tables in tables": ("a = " + "{a = " * 3000 + "1" + "}" * 3000, "expected.size.brackets", 1),
    "brackets behind a text with quotes": ('a = ["""x"""", ' + "[" * 50 + "]" * 51, "expected.size.brackets", 1),
    "a key of thousands of keys": ("a." * 5000 + "a = 1", "expected.size.key", 1),
    "a table within thousands": ("a = 1\n[" + "a . " * 4000 + "a]", "expected.size.key", 2),
    "keys in quotes": ('"a".' * 4000 + "a = 1", "expected.size.key", 1),
    "a long text": ("# " + "\n" * LONGEST_TEXT, "expected.size.characters", 1),
    "a million keys": ("".join(f"k{number} = 1\n" for number in range(10**6)), "expected.size.characters", 1),
    "many lines": ("\n" * 20_000, "expected.size.lines", 20_001),
    "a long line": ("a = 1\nb = '" + "x" * 20_000 + "'", "expected.size.line", 2),
    "many figures": ("a = " + "9" * 5000, "expected.size.number", 1),
    "more figures than a computer holds": ("a = [\n" + ("9" * 19_000 + "\n") * 20 + "]", "expected.size.number", 2),
    "a number in sixteens": ("a = 0x" + "f" * 5000, "expected.size.number", 1),
    "a number with a million zeros": ("a = 1e999999", "expected.size.number", 1),
    "a number with more zeros than can be counted": ("a = 1e" + "9" * 30, "expected.size.number", 1),
    "a number close to nothing": ("a = -1.5e-999_999", "expected.size.number", 1),
}


@pytest.mark.parametrize("name", TOO_MUCH)
def test_what_is_larger_or_deeper_than_any_call_is_refused_before_it_is_read(name):
    text, code, line = TOO_MUCH[name]
    (problem,) = refused(lambda: open_text("call.toml", text))
    assert (problem.expected.code, problem.file, problem.line) == (code, "call.toml", line)
    assert len(problem.found) <= 60


NOT_TOML = {
    "NUL": ("a = 1\nb = '\x00'", 2),
    "a carriage return alone": ("a = 1\rb = 2", 1),
    "a key twice": ("a = 1\na = 2\nb = 3", 2),
    "a key twice, the second time as the last": ("a = 1\na = 2", 2),
    "a table twice": ("[a]\nb = 1\n[a]\nc = 1", 3),
    "a text without an end": ('a = """' + "\nx" * 9000, 9001),
    "thousands of quotes": (('"' * 19_000 + "\n") * 20, 1),
    "thousands of threes of quotes": (('"""' * 6000 + "\n") * 20, 1),
    "thousands of apostrophes": (("'" * 19_000 + "\n") * 20, 1),
    "thousands of backslashes": ("a = '" + "\\" * 19_000, 1),
    "half a character": ("a = \ud800", 1),
}


@pytest.mark.parametrize("name", NOT_TOML)
def test_what_is_not_toml_is_refused_with_its_line(name):
    text, line = NOT_TOML[name]
    (problem,) = refused(lambda: open_text("call.toml", text))
    assert (problem.expected.code, problem.line) == ("expected.plain.toml", line)


@pytest.mark.parametrize(
    "text, found",
    [
        ('a = "x\\u0000y"', "U+0000"),
        ('a = ["\\u001b[31m"]', "U+001B"),
        ("a = '\ud800'", "U+D800"),
        ('"\\u0085" = 1', "U+0085"),
    ],
)
def test_a_text_holds_only_what_can_be_seen(text, found):
    (problem,) = open_text("call.toml", text).problems
    assert (problem.expected.code, problem.line, problem.found) == ("expected.plain.visible-text", 1, found)


HARMLESS = {
    "forty brackets": ("a = " + "[" * 40 + "]" * 40, None),
    "brackets in a text": ("a = '" + "[" * 100 + "'", {"a": "[" * 100}),
    "brackets in a long text": ('a = """\n' + "[" * 100 + '"""', {"a": "[" * 100}),
    "brackets in a long plain text": ("a = '''\n" + "{" * 100 + "'''", {"a": "{" * 100}),
    "brackets in a comment": ("a = 1 # " + "[" * 100, {"a": 1}),
    "points in a text": ("a = '" + "." * 100 + "'", {"a": "." * 100}),
    "figures in a text": ("a = '" + "9" * 100 + "'", {"a": "9" * 100}),
    "keys that look like numbers": ("7e99 = 1\n" + "1" * 50 + "-a = 2", {"7e99": 1, "1" * 50 + "-a": 2}),
    "a byte order mark": ("\ufeffa = 1", {"a": 1}),
    "lines of Windows": ("a = 1\r\n[b]\r\nc = '''\r\nd\r\n'''\r\n", {"a": 1, "b": {"c": "d\n"}}),
    "a number with an exponent": ("a = 1.5e6", {"a": Decimal("1.5e6")}),
    "an apostrophe in a text": ('a = "it\'s"', {"a": "it's"}),
    "an escaped quote": ('a = "\\"[[" # "', {"a": '"[['}),
}


@pytest.mark.parametrize("name", HARMLESS)
def test_what_only_looks_like_too_much_is_read(name):
    text, data = HARMLESS[name]
    file = open_text("call.toml", text)
    assert file.problems == []
    assert data is None or file.data == data


SLOW = {
    "brackets and blanks in a list": "a = [\n" + ("[" + " " * 19_990 + "\n") * 19 + "]" * 20,
    "blanks": "a = [\n" + (" " * 19_990 + "\n") * 19 + "]",
    "many tables": "[[a]]\n" * 19_990,
    "many tables of many names": "".join(f"[a{number}.b.c.d]\n" for number in range(19_990)),
    "many keys": "".join(f"k{number} = 1\n" for number in range(19_990)),
    "many keys on a line": "a = [\n" + ("{" + ", ".join(f"k{n} = 1" for n in range(1500)) + "},\n") * 20 + "]",
    "long keys": "".join(f"{'k.' * 8}k{number} = 1\n" for number in range(15_000)),
    "words": ("a" * 19_000 + "\n") * 20,
}


@pytest.mark.parametrize("name", SLOW)
def test_nothing_within_the_limits_takes_long(name):
    text = SLOW[name]
    begun = process_time()
    check_size("call.toml", text)
    lines_of(text)
    assert process_time() - begun < FAST


def test_lines_are_those_that_an_editor_counts():
    text = "a = '\u2028\x0c'\r\n[ b ]\r\nc = 1\n[[d]]\n[[d]]\ne.f = 1"
    assert lines_of(text) == {"a": 1, "b": 2, "b.c": 3, "d.0": 4, "d.1": 5, "d.1.e": 6, "d.1.e.f": 6}


# -- calls, cases and situations


def test_a_call_with_thousands_of_slips_tells_each_without_filling_the_memory():
    names = "".join(f"a_rather_long_name_of_a_number_{number} = {{}}\n" for number in range(3000))
    rules = "".join(rule(f"r{number}", '{ count = "partners", at_least = "n" }') for number in range(2500))
    problems = refused(lambda: read({"call.toml": f"{head()}[parameters]\n{names}{rules}", "form.toml": FORM}))
    assert len(problems) > 5000
    assert max(len(str(problem)) for problem in problems) < 5000


def test_conditions_deeper_than_anybody_reads_are_refused():
    needs = "{ not = " * 20 + "{ lead = {} }" + " }" * 20
    assert [one.expected.code for one in refused(lambda: small_call(rule("a", needs)))] == ["expected.plain.shallower"]


def test_a_call_of_thousands_of_rules_is_looked_through_fast():
    rules = "".join(rule(f"r{number}", '{ count = "partners", at_least = "n1" }') for number in range(3000))
    call = small_call(numbers(n1=1), rules)
    begun = process_time()
    assert contradictions(call) == ()
    assert warnings(call) == ()
    assert process_time() - begun < 4 * FAST


def test_many_alike_are_only_so_many():
    rows = "partners = [\n" + "{ times = 1000 },\n" * 4000 + "]"
    problems = refused(lambda: read_situation(rows, a_call()))
    assert problems[0].expected.code == "expected.size.alike"
    cases = '[[cases]]\nname = "x"\nexpect = {}\napplications = [{ times = 1000 }]\n' * 1000
    assert refused(lambda: read_cases(cases, a_call()))[0].expected.code == "expected.size.alike"
    assert len(read_situation("partners = [{ times = 1000 }]", a_call()).partners or ()) == 1000


JSON = {
    "brackets": ("[" * 9000 + "]" * 9000, "expected.size.brackets"),
    "objects": ('{"a":' * 3000 + "1" + "}" * 3000, "expected.size.brackets"),
    "figures": ('{"grant": ' + "9" * 5000 + "}", "expected.size.number"),
    "zeros": ('{"grant": 1e999999999}', "expected.size.number"),
    "zeros without end": ('{"grant": 1e' + "9" * 30 + "}", "expected.size.number"),
    "length": ('{"a": "' + "x" * LONGEST_TEXT + '"}', "expected.size.characters"),
    "not JSON": ("{grant: 1}", "expected.plain.json"),
    "a key twice": ('{"grant": 1, "grant": 2}', "expected.plain.json"),
    "a list": ("[1]", "expected.plain.table"),
    "NUL": ('{"themes": ["\\u0000"]}', "expected.plain.visible-text"),
    "half a character": ('{"themes": ["\\ud83d"]}', "expected.plain.visible-text"),
    "not a number": ('{"grant": NaN}', "expected.plain.number-or-range"),
    "without an end": ('{"grant": [1, Infinity]}', "expected.plain.number-or-range"),
}


@pytest.mark.parametrize("name", JSON)
def test_hostile_json_is_refused_too(name):
    text, code = JSON[name]
    problems = refused(lambda: read_situation(text, a_call(), name="facts.json"))
    assert problems[0].expected.code == code


def test_json_may_hold_what_toml_may():
    told = {"themes": ["[[[ 😀 \t\n 1e999"], "grant": 1.5, "partners": [{"id": "it's"}]}
    for text in (json.dumps(told), "\ufeff" + json.dumps(told, ensure_ascii=False, indent=2)):
        assert open_json("facts.json", text).problems == []
        assert read_situation(text, a_call(), name="facts.json").themes == ("[[[ 😀 \t\n 1e999",)
