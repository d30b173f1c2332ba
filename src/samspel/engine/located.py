"""A TOML text being read key by key, so that everything wrong in it is told at once: where, what, what was expected."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from samspel.engine.values import Words

LANGUAGES = ("sv", "en")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in a file: where, what was expected there, and what stood there instead."""

    file: str
    line: int
    key: str
    expected: str
    found: str

    def __str__(self) -> str:
        """One line: file, line, key, what was expected, what was found."""
        return f"{self.file}:{self.line}: {self.key or 'file'}: expected {self.expected}; found {self.found}"


class NotReadableError(ValueError):
    """Files could not be read as what they should be; `problems` says every reason."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


_HEADER = re.compile(r"\s*\[(\[)?\s*([^\]]+?)\s*\]")
_KEY = re.compile(r"\s*([A-Za-z0-9_.\-\"']+)\s*=")


def lines_of(text: str) -> dict[str, int]:
    """Map each dotted key of a TOML text to its line; entries of an array of tables are numbered from 0.

    >>> lines_of("a = 1\\n[[rules]]\\nid = 'x'")["rules.0.id"]
    3
    """
    lines: dict[str, int] = {}
    seen: dict[str, int] = {}
    prefix = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.match(line):
            prefix = header[2]
            if header[1]:
                seen[prefix] = seen.get(prefix, -1) + 1
                prefix = f"{prefix}.{seen[prefix]}"
            lines.setdefault(prefix, number)
        elif key := _KEY.match(line):
            path = f"{prefix}.{key[1]}" if prefix else key[1]
            lines.setdefault(path, number)
    return lines


@dataclass
class File:
    """One TOML file being read, with the problems found in it so far."""

    name: str
    data: dict[str, object]
    lines: dict[str, int]
    problems: list[Problem] = field(default_factory=list)

    def blame(self, key: str, expected: str, found: object) -> None:
        """Note a problem at this key, at the nearest line that is known for it."""
        path = key
        while path and path not in self.lines:
            path = path.rpartition(".")[0]
        self.problems.append(
            Problem(file=self.name, line=self.lines.get(path, 1), key=key, expected=expected, found=_shown(found))
        )

    def take[T](self, table: Mapping[str, object], key: str, kind: type[T], default: T, at: str = "") -> T:
        """The value at this key if it is of this kind; otherwise blame and go on with the default."""
        path = f"{at}.{key}" if at else key
        value = table.get(key)
        if kind is Decimal and isinstance(value, int) and not isinstance(value, bool):
            value = Decimal(value)
        if isinstance(value, kind) and not (kind is not bool and isinstance(value, bool)):
            return value
        self.blame(path, _KIND_NAMES.get(kind, kind.__name__), "nothing" if value is None else value)
        return default

    def tables(self, key: str) -> Iterator[tuple[str, dict[str, object]]]:
        """Each table of an array of tables, with its path."""
        value = self.data.get(key)
        if not (isinstance(value, list) and value and all(isinstance(item, dict) for item in value)):
            self.blame(key, f"at least one [[{key}]]", "nothing" if value is None else value)
            return
        for index, item in enumerate(value):
            yield f"{key}.{index}", item

    def words(self, table: Mapping[str, object], key: str, at: str = "") -> Words:
        """A text in both languages."""
        path = f"{at}.{key}" if at else key
        value = self.take(table, key, dict, {}, at)
        for language in LANGUAGES:
            if value and not (isinstance(value.get(language), str) and value[language].strip()):
                self.blame(f"{path}.{language}", "a text", value.get(language, "nothing"))
        return tuple((language, str(value.get(language, ""))) for language in LANGUAGES)

    def only(self, table: Mapping[str, object], allowed: str, at: str = "") -> None:
        """Blame every key that is not in the list, so that a slip of the pen is never silently ignored."""
        for key in table:
            if key not in allowed.split():
                self.blame(f"{at}.{key}" if at else key, f"one of: {allowed}", key)


_KIND_NAMES: dict[type, str] = {
    str: "a text",
    int: "a whole number",
    Decimal: "a number",
    dict: "a table",
    list: "a list",
    bool: "true or false",
}


def _shown(value: object) -> str:
    text = value if isinstance(value, str) else repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."  # noqa: PLR2004 - long enough to recognise


def open_text(name: str, text: str) -> File:
    """Read a TOML text; numbers with a point are read as exact decimals.

    Raises:
        NotReadableError: the text is not TOML.
    """
    try:
        data = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        problem = Problem(name, int(line[1]) if line else 1, "", "valid TOML", str(error))
        raise NotReadableError((problem,)) from error
    return File(name=name, data=data, lines=lines_of(text))
