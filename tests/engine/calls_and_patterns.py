"""Every kind of rule there is a pattern for, and every real call, each read once with its cases."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from samspel.engine.calls.cases import Case, read_cases
from samspel.engine.calls.reading.call import read
from samspel.engine.calls.text import Call
from tests.engine.sample import CALLS, FORM

PATTERNS = CALLS / "patterns"
_HEAD = """\
id = "pattern"
authority = "example"
currency = "EUR"
register = ""
title = { sv = "Mönster", en = "Pattern" }
purpose = { sv = "Mönster", en = "Pattern" }
"""
_CALENDAR = '[calendar]\nzone = "Europe/Stockholm"\nsource = "SOURCE.md#pattern"\n'
_COUNTING = '[counting]\ncounted_kinds = []\nlevel = "nuts2"\nsource = "SOURCE.md#pattern"\n'


@dataclass(frozen=True)
class Tried:
    """A call or a pattern under its name, with the cases that stand beside it."""

    name: str
    call: Call
    cases: tuple[Case, ...]


@cache
def patterns() -> tuple[dict[str, Any], ...]:
    """The patterns as they stand in their files; `file` names it."""
    found = []
    for path in sorted(PATTERNS.glob("*.toml")):
        entries = tomllib.loads(path.read_text(encoding="utf-8"))["patterns"]
        found += [{"file": path.stem, **entry} for entry in entries]
    return tuple(found)


def pattern_files(entry: dict[str, Any]) -> dict[str, str]:
    """The files of a call that has what the pattern says and, where it is silent, the plainest there is."""
    said = entry["call"]
    head = _HEAD + said
    head += "" if "[calendar]" in said else _CALENDAR
    head += "" if "[counting]" in said else _COUNTING
    layers = {f"{layer}.toml": entry[layer] for layer in ("programme", "overlay") if layer in entry}
    return {"call.toml": head, "form.toml": FORM} | layers


@cache
def tried_patterns() -> tuple[Tried, ...]:
    found = []
    for entry in patterns():
        call = read(pattern_files(entry))
        found.append(Tried(f"{entry['letter']}-{entry['number']}", call, read_cases(entry["cases"], call)))
    return tuple(found)


@cache
def tried_calls() -> tuple[Tried, ...]:
    found = []
    for folder in sorted(one.parent for one in CALLS.glob("*/call.toml")):
        files = {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir() if path.is_file()}
        call = read(files)
        found.append(Tried(folder.name, call, read_cases(files["cases.toml"], call)))
    return tuple(found)
