"""Whole calls of a few lines, written for one test: a head, and below it what the test is about."""

from __future__ import annotations

from samspel.engine.calls.cases import Case, read_cases
from samspel.engine.calls.reading.call import read
from samspel.engine.calls.situation import Situation
from samspel.engine.calls.text import Call

FORM = """\
[[questions]]
id = "why"
required = true
longest = 100
text = { sv = "Varför?", en = "Why?" }
help = { sv = "Kort.", en = "Briefly." }
"""
WORDS = 'text = { sv = "x", en = "x" }'

TERMS = """\
[terms.category]
staff = { sv = "Personal", en = "Staff" }
travel = { sv = "Resor", en = "Travel" }
[terms.strand]
small = { sv = "Liten", en = "Small" }
large = { sv = "Stor", en = "Large" }
[areas.north]
codes = ["SE33", "SE32"]
set = "part"
source = "x"
text = { sv = "Norr", en = "North" }
[areas.south]
codes = ["SE22"]
set = "part"
source = "x"
text = { sv = "Söder", en = "South" }
[statements.civil]
unit = "yes-no"
source = "x"
text = { sv = "Civilt", en = "Civil" }
[registers.eccp]
source = "x"
text = { sv = "Register", en = "Register" }
[statements.owns]
of = "partner"
unit = "yes-no"
source = "x"
text = { sv = "Äger", en = "Owns" }
[statements.trl]
unit = "count"
source = "x"
text = { sv = "Mognad", en = "Readiness" }
"""
"""What a small call may declare."""


def head(*, dated: str = "2018-01-01", counted: str = '["cluster-organisation", "rdi-platform"]') -> str:
    return f"""\
id = "small"
authority = "invented"
currency = "EUR"
register = ""
title = {{ sv = "Liten", en = "Small" }}
purpose = {{ sv = "Prov", en = "Trial" }}
[calendar]
zone = "Europe/Stockholm"
{f"dated = {dated}" if dated else ""}
source = "x"
[counting]
counted_kinds = {counted}
refused_kinds = ["company"]
level = "nuts2"
source = "x"
"""


def parameter(name: str, unit: str, value: str, of: str = "") -> str:
    return f'[parameters.{name}]\nunit = "{unit}"\n{f'of = "{of}"' if of else ""}\nvalue = {value}\nsource = "x"\n'


def numbers(**values: int | str) -> str:
    """Parameters by their first letter: n count, m money, d months, s share (of total cost), p share (of partners)."""
    units = {"n": ("count", ""), "m": ("money", ""), "d": ("months", ""), "s": ("share", "total-cost")}
    units["p"] = ("share", "partners")
    return "".join(parameter(name, units[name[0]][0], str(value), units[name[0]][1]) for name, value in values.items())


def rule(rule_id: str, needs: str, *more: str) -> str:
    lines = "\n".join(more)
    return f'[[rules]]\nid = "{rule_id}"\nsource = "x"\nneeds = {needs}\n{lines}\n'


def small_call(*parts: str, top: str = "", form: str = FORM) -> Call:
    return read({"call.toml": (top or head()) + "".join(parts), "form.toml": form})


def situation(call: Call, text: str) -> Situation:
    """The situation that these lines of TOML say."""
    return cases(call, f'[[cases]]\nname = "it"\n{text}\nexpect = {{}}')[0].given


def cases(call: Call, text: str) -> tuple[Case, ...]:
    return read_cases(text, call)
