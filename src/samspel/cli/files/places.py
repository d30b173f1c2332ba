"""Where something that a call names stands: the file and the line, for whoever wants to mend it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping

from samspel.engine.calls.reading.call import LAYER_FILES
from samspel.engine.located import lines_of


def place_of(texts: Mapping[str, str], place: str) -> tuple[str, int]:
    """The file and line of an entry such as `rules.three-clusters`: of the last layer that has it, for it counts.

    >>> place_of({"call.toml": "[[rules]]\\nid = 'a'\\n[[rules]]\\nid = 'b'"}, "rules.b")
    ('call.toml', 3)
    """
    table, _, entry = place.partition(".")
    for _, name in reversed(LAYER_FILES):
        if name not in texts:
            continue
        found = tomllib.loads(texts[name].removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")).get(table)
        key = _key(table, entry, found)
        if key:
            lines = lines_of(texts[name])
            while key and key not in lines:
                key = key.rpartition(".")[0]
            return name, lines.get(key, 1)
    return "call.toml", 1


def _key(table: str, entry: str, found: object) -> str:
    """The path of an entry, by its name or by its place in a list; empty where it is not there."""
    if isinstance(found, Mapping):
        return f"{table}.{entry}" if entry in found else ""
    rows = found if isinstance(found, list) else []
    return next((f"{table}.{at}" for at, row in enumerate(rows) if row.get("id") == entry), "")
