"""The patterns: small pieces of call text, one for each kind of rule, to be put into a call and made one's own.

They lie in the project's folder of calls. An installation without that folder has no gallery, and all else works.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.conf import settings

from samspel.engine.calls import vocabulary
from samspel.engine.calls.reading.call import read
from samspel.engine.located import NotReadableError
from samspel.web.forms.call_text import Block, blocks
from samspel.web.forms.new_call import skeleton

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from samspel.engine.calls.text import Call

_MERGED = ("parameters", "terms")
_JUDGED = ("rules", "partitions", "criteria")
_RENAMED = ("rules", "partitions", "criteria", "exceptions", "windows")
_WORDS = frozenset((*vocabulary.DENOMINATORS, *vocabulary.QUANTITIES, *vocabulary.NOUNS, *vocabulary.FACTS))


@dataclass(frozen=True, eq=False)
class Pattern:
    """One pattern: its number and letter, what it is called and when it is needed, its text, and its cases."""

    number: int
    letter: str
    title: Mapping[str, str]
    about: Mapping[str, str]
    call: str
    cases: str
    layers: Mapping[str, str] = field(default_factory=dict)

    def text(self) -> Call | None:
        """A call with nothing but this pattern in it; None where it cannot stand alone."""
        files = inserted(skeleton("pattern", {"sv": "x", "en": "x"}), self).files
        try:
            return read(files)
        except NotReadableError:
            return None


def _folder() -> Path:
    folder: Path = settings.PROJECT / "calls" / "patterns"
    return folder


@lru_cache(maxsize=1)
def gallery() -> tuple[Pattern, ...]:
    """Every pattern there is, by number; none where the installation has no folder of calls."""
    found = []
    for path in sorted(_folder().glob("*.toml")):
        for table in tomllib.loads(path.read_text(encoding="utf-8"))["patterns"]:
            layers = {f"{name}.toml": table[name] for name in ("programme", "overlay") if name in table}
            own = {key: table[key] for key in ("number", "letter", "title", "about", "call", "cases")}
            found.append(Pattern(**own, layers=layers))
    return tuple(sorted(found, key=lambda one: one.number))


def pattern(number: str) -> Pattern | None:
    """The pattern of this number; None where there is none."""
    return next((one for one in gallery() if str(one.number) == number), None)


@dataclass(frozen=True, slots=True)
class Inserted:
    """The files with a pattern in them, and the tables that were left out because the call has its own."""

    files: dict[str, str]
    left_out: tuple[str, ...]


def inserted(files: Mapping[str, str], chosen: Pattern) -> Inserted:
    """Put a pattern into a call's files: what it asks for goes last, its ids are made unique, its cases come along."""
    readings = [tomllib.loads(text) for name, text in files.items() if name.endswith(".toml")]
    pieces = {"call.toml": chosen.call, **chosen.layers}
    own = [tomllib.loads(text) for text in pieces.values()]
    names = _names(readings, own)
    out, left_out = dict(files), []
    for name, piece in pieces.items():
        out[name], missed = _joined(out.get(name, ""), names.renamed(piece), readings)
        left_out += missed
    if chosen.cases:
        out["cases.toml"] = f"{out['cases.toml'].rstrip()}\n\n{names.renamed(chosen.cases).strip()}\n"
    return Inserted(out, tuple(dict.fromkeys(left_out)))


@dataclass(frozen=True, slots=True)
class _Names:
    """What is renamed so that nothing in a piece is mistaken for what the call already has."""

    parameters: Mapping[str, str]
    ids: Mapping[str, str]

    def renamed(self, text: str) -> str:
        """The text with every id and parameter under its new name."""
        for old, new in self.parameters.items():
            text = re.sub(rf'(?m)(?<=")(?<!id = "){re.escape(old)}(?=")|^{re.escape(old)}(?=\s*=)', new, text)
        for old, new in self.ids.items():
            text = re.sub(rf'(?<=\bid = "){re.escape(old)}(?=")|(?<=\bto = "){re.escape(old)}(?=")', new, text)
            text = re.sub(rf'(?<=\brule = "){re.escape(old)}(?=")', new, text)
            text = re.sub(rf'(?m)(?<=[{{,\s]){re.escape(old)}(?=\s*=\s*"(?:met|not-met|open|waived)")', new, text)
        return text


def _ids(readings: Iterable[Mapping[str, Any]], tables: Iterable[str]) -> set[str]:
    return {str(one.get("id")) for data in readings for table in tables for one in _listed(data.get(table))}


def _listed(value: object) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _parameters(readings: Iterable[Mapping[str, Any]]) -> set[str]:
    return {name for data in readings for name in data.get("parameters", {})}


def _unused(name: str, taken: set[str], between: str) -> str:
    number = 2
    while f"{name}{between}{number}" in taken:
        number += 1
    taken.add(f"{name}{between}{number}")
    return f"{name}{between}{number}"


def _names(readings: list[dict[str, Any]], own: list[dict[str, Any]]) -> _Names:
    """New names for what the call has already; a parameter that a word of the language also means keeps its name."""
    parameters, ids = _parameters(readings), _ids(readings, _RENAMED)
    again = sorted(_parameters(own) & parameters - _WORDS)
    taken = parameters | _parameters(own)
    twice = sorted(_ids(own, _RENAMED) & ids)
    used = ids | _ids(own, _RENAMED)
    return _Names({old: _unused(old, taken, "_") for old in again}, {old: _unused(old, used, "-") for old in twice})


def _has(readings: list[dict[str, Any]], path: tuple[str | int, ...]) -> bool:
    for data in readings:
        inner: Any = data
        for step in path:
            inner = inner.get(step) if isinstance(inner, dict) else None
        if inner is not None:
            return True
    return False


def _joined(text: str, piece: str, readings: list[dict[str, Any]]) -> tuple[str, list[str]]:
    """A text with a piece at its end; its numbers and terms go where the text already has such."""
    left_out: list[str] = []
    for part in blocks(piece):
        table = str(part.path[0]) if part.path else ""
        entry = tomllib.loads(part.body)
        if not part.path:
            continue
        if isinstance(part.path[-1], int):
            key = "code" if table == "scale" else "id"
            present = {str(one.get(key)) for data in readings for one in _listed(data.get(table))}
            if (table == "scale" and present) or str(entry.get(key)) in present:
                left_out.append(part.header.strip())
                continue
        elif table in _MERGED and len(part.path) <= 1 + (table == "terms"):
            text, doubles = _merged(text, part, readings)
            left_out += doubles
            continue
        elif _has(readings, part.path):
            left_out.append(part.header.strip())
            continue
        text = f"{text.rstrip()}\n\n{part.header}{part.body.rstrip()}\n"
    return text, left_out


def _merged(text: str, part: Block, readings: list[dict[str, Any]]) -> tuple[str, list[str]]:
    """A text with the lines of a table of entries, put at the end of the same table where the text has it."""
    kept, doubles = [], []
    for line in part.body.rstrip().splitlines():
        name = re.match(r"([\w-]+)\s*=", line)
        if name and _has(readings, (*part.path, name[1])):
            doubles.append(f"{'.'.join(map(str, part.path))}.{name[1]}")
        else:
            kept.append(f"{line}\n")
    body = "".join(kept)
    if not body.strip():
        return text, doubles
    parts = blocks(text)
    there = next((one for one in parts if one.path == part.path), None)
    if there is None:
        return f"{text.rstrip()}\n\n{part.header}{body}", doubles
    before = there.body.rstrip()
    after = there.body[len(before) :].lstrip("\n")
    grown = f"{before}\n{body}\n{after}"
    return "".join(one.header + (grown if one is there else one.body) for one in parts), doubles
