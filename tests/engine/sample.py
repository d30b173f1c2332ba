"""The real call, and a small invented one in which a test says a single condition and a situation in a line each."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

from samspel.engine.calls import vocabulary
from samspel.engine.calls.conditions import Measure
from samspel.engine.calls.findings import Finding
from samspel.engine.calls.judging.judge import judge
from samspel.engine.calls.reading.call import read
from samspel.engine.calls.reading.situations import read_situation
from samspel.engine.calls.situation import Situation
from samspel.engine.calls.text import Call
from samspel.engine.located import NotReadableError

CALLS = Path(__file__).resolve().parents[2] / "calls"
FOLDER = CALLS / "kluster-2016"
FILES = {name: (FOLDER / name).read_text(encoding="utf-8") for name in ("call.toml", "form.toml", "cases.toml")}

HEAD = """\
id = "small"
authority = "somebody"
currency = "EUR"
register = ""
title = { sv = "Titel", en = "Title" }
purpose = { sv = "Syfte", en = "Purpose" }
"""
FORM = """\
[[questions]]
id = "why"
longest = 10
required = false
text = { sv = "Varför?", en = "Why?" }
help = { sv = "Ja.", en = "Yes." }
"""
CALENDAR = '[calendar]\nzone = "Europe/Stockholm"\ndated = 2018-04-01\nsource = "S"\n'
COUNTING = """\
[counting]
counted_kinds = ["cluster-organisation", "rdi-platform"]
refused_kinds = ["regional-authority", "national-body"]
level = "nuts2"
source = "S"
"""
_WORDS = 'text = { sv = "Text", en = "Text" }, source = "S"'
_COUNTS = "".join(
    f'{name} = {{ unit = "count", value = {number}, source = "S" }}\n'
    for number, name in enumerate(("no", "one", "two", "three", "four", "five"))
)
_MONEY = "".join(
    f'{name} = {{ unit = "money", value = {number}, source = "S" }}\n'
    for name, number in {"nothing": 0, "fifty": 50, "hundred": 100, "thousand": 1000}.items()
)
_HALVES = "".join(
    f'half_of_{of.replace("-", "_")} = {{ unit = "share", value = 0.5, of = "{of}", source = "S" }}\n'
    for of in vocabulary.DENOMINATORS
)
NUMBERS = f"""\
[parameters]
{_COUNTS}{_MONEY}{_HALVES}\
unsaid = {{ unit = "count", value = "not stated", source = "S" }}
later = {{ unit = "count", source = "S", value = [\
{{ from = 2018-01-01, until = 2018-12-31, is = 3 }}, {{ from = 2019-01-01, until = 2019-12-31, is = 4 }}] }}
ten_days = {{ unit = "days", value = 10, source = "S" }}
unsaid_days = {{ unit = "days", value = "not stated", source = "S" }}
three_years = {{ unit = "years", value = 3, source = "S" }}
unsaid_years = {{ unit = "years", value = "not stated", source = "S" }}
two_months = {{ unit = "months", value = 2, source = "S" }}
level_six = {{ unit = "level", value = 6, source = "S" }}
spring = {{ unit = "date", value = 2018-04-01, source = "S" }}
unsaid_day = {{ unit = "date", value = "not stated", source = "S" }}
tenfold = {{ unit = "rate", value = 0.1, source = "S" }}
ten_points = {{ unit = "points", value = 10, source = "S" }}
"""
DECLARED = f"""\
[areas]
north = {{ codes = ["SE33", "NO0"], set = "side", {_WORDS} }}
south = {{ codes = ["SE22"], set = "side", {_WORDS} }}
union = {{ codes = ["SE", "FI"], {_WORDS} }}
some = {{ codes = ["SE31"], complete = false, {_WORDS} }}
unsaid = {{ codes = "not stated", {_WORDS} }}
[lists]
members = {{ ids = ["a", "Beta"], {_WORDS} }}
known = {{ ids = ["a"], complete = false, {_WORDS} }}
[registers]
eccp = {{ {_WORDS} }}
[statements]
civil = {{ of = "project", unit = "yes-no", {_WORDS} }}
trl = {{ of = "project", unit = "level", {_WORDS} }}
active = {{ of = "partner", unit = "yes-no", {_WORDS} }}
[terms]
objective = {{ main = {{ sv = "Ett", en = "One" }}, other = {{ sv = "Två", en = "Two" }} }}
category = {{ staff = {{ sv = "Lön", en = "Staff" }}, travel = {{ sv = "Resor", en = "Travel" }} }}
activity = {{ pilot = {{ sv = "Prov", en = "Pilot" }} }}
phase = {{ first = {{ sv = "Ett", en = "One" }}, second = {{ sv = "Två", en = "Two" }} }}
programme = {{ cosme = {{ sv = "Cosme", en = "Cosme" }} }}
strand = {{ small = {{ sv = "Liten", en = "Small" }}, large = {{ sv = "Stor", en = "Large" }} }}
budget = {{ eu = {{ sv = "EU", en = "EU" }}, no = {{ sv = "Norge", en = "Norway" }} }}
[[documents]]
id = "letter"
signed_by = "region"
language = "sv"
template = "T1"
text = {{ sv = "Brev", en = "Letter" }}
source = "S"
[[documents]]
id = "plan"
text = {{ sv = "Plan", en = "Plan" }}
source = "S"
[money.exchange.SEK]
rate = "tenfold"
[money]
source = "S"
"""


@cache
def real_call() -> Call:
    return read(FILES)


def files_with(
    rules: str, *, counting: str = COUNTING, calendar: str = CALENDAR, more: str = "", form: str = FORM
) -> dict[str, str]:
    """The small call's files with these rules, as TOML."""
    return {"call.toml": f"{HEAD}{calendar}{counting}{NUMBERS}{DECLARED}{more}{rules}", "form.toml": form}


def a_rule(needs: str, name: str = "the-rule", **also: str) -> str:
    """One rule as TOML; `also` gives further keys with their values as TOML."""
    others = "".join(f"{key} = {value}\n" for key, value in also.items())
    return f'[[rules]]\nid = "{name}"\nsource = "SOURCE.md#x"\nneeds = {needs}\n{others}'


@cache
def call_with(needs: str, *, counting: str = COUNTING, calendar: str = CALENDAR, more: str = "", **also: str) -> Call:
    """The small call with one rule, whose condition is `needs`; `also` gives the rule further keys, as TOML."""
    return read(files_with(a_rule(needs, **also), counting=counting, calendar=calendar, more=more))


def measure_of(call: Call) -> Measure:
    """The measure that the call's one rule compares."""
    found = call.rule("the-rule").needs.measure
    assert found is not None
    return found


@cache
def small_call(rules: str = "", *, counting: str = COUNTING, calendar: str = CALENDAR, more: str = "") -> Call:
    """The small call with any rules, or with one that says little."""
    text = rules or a_rule('{ count = "partners", at_least = "no" }')
    return read(files_with(text, counting=counting, calendar=calendar, more=more))


def situation_of(text: str, call: Call) -> Situation:
    """A situation written in TOML."""
    return read_situation(text, call)


def finding(needs: str, given: str, **also: str) -> Finding:
    """Judge one condition in a situation, both written in TOML."""
    call = call_with(needs, **also)
    return judged(call, situation_of(given, call))["the-rule"]


def judged(call: Call, situation: Situation) -> Mapping[str, Finding]:
    """Every finding on a situation, by rule."""
    return {one.rule: one for one in judge(call, situation, over=vocabulary.OVER).findings}


def blamed(files: Mapping[str, str]) -> list[str]:
    """What is told when a call cannot be read, each as `file:line: key: code`; a plain code is shortened."""
    with pytest.raises(NotReadableError) as caught:
        read(files)
    return told(caught.value)


def told(error: NotReadableError) -> list[str]:
    assert str(error) == "\n".join(map(str, error.problems))
    return [
        f"{one.file}:{one.line}: {one.key}: {one.expected.code.removeprefix('expected.').removeprefix('plain.')}"
        for one in error.problems
    ]
