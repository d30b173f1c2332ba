"""A TOML text being read key by key, so that everything wrong in it is told at once: where, what, what was expected."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from samspel.engine.verdicts import Reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from samspel.engine.values import Words

LANGUAGES = ("sv", "en")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in a file: where, what was expected there, and what stood there instead (empty: nothing)."""

    file: str
    line: int
    key: str
    expected: Reason
    found: str = ""

    def __str__(self) -> str:
        """The place and the codes; `wording` puts it into a sentence."""
        return f"{self.file}:{self.line}: {self.key}: {self.expected.code} {dict(self.expected.values)} {self.found!r}"


class NotReadableError(ValueError):
    """Files could not be read as what they should be; `problems` says every reason."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


_HEADER = re.compile(r"\s*\[(\[)?\s*([^\]]+?)\s*\]")
_KEY = re.compile(r"\s*([A-Za-z0-9_.\-\"']+)\s*=")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_SLUG = 60
LONGEST_SHOWN = 60


def lines_of(text: str) -> dict[str, int]:
    """Map each dotted key of a TOML text, and what it lies in, to its line; tables of an array are numbered from 0.

    >>> lines_of("a = 1\\n[[rules]]\\nid.sv = 'x'")["rules.0.id"]
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
            while path and path not in lines:
                lines[path] = number
                path = path.rpartition(".")[0]
    return lines


def one_of(choices: Iterable[str]) -> Reason:
    """That one of these was expected."""
    return Reason.of("expected.one-of", choices=" ".join(choices))


@dataclass
class File:
    """One TOML file being read, with the problems found in it so far."""

    name: str
    data: dict[str, object]
    lines: dict[str, int]
    problems: list[Problem] = field(default_factory=list)

    def blame(self, key: str, expected: Reason | str, found: object = None) -> None:
        """Note a problem at this key, at the nearest line that is known for it; a text is the code of a reason."""
        path = key
        while path and path not in self.lines:
            path = path.rpartition(".")[0]
        reason = Reason.of(f"expected.plain.{expected}") if isinstance(expected, str) else expected
        self.problems.append(Problem(self.name, self.lines.get(path, 1), key, reason, shown(found)))

    def take[T](self, table: Mapping[str, object], key: str, kind: type[T], default: T, at: str = "") -> T:
        """The value at this key if it is of this kind; otherwise blame and go on with the default."""
        path = f"{at}.{key}" if at else key
        value = table.get(key)
        if kind is Decimal and isinstance(value, int) and not isinstance(value, bool):
            value = Decimal(value)
        wrong = (kind is not bool and isinstance(value, bool)) or (isinstance(value, Decimal) and not value.is_finite())
        if isinstance(value, kind) and not wrong:
            return value
        self.blame(path, _KIND_NAMES[kind], value)
        return default

    def slug(self, table: Mapping[str, object], key: str, at: str = "", *, among: Iterable[str] = ()) -> str:
        """An id: small letters, figures and hyphens, at most 60 characters, and not one of those used already."""
        path = f"{at}.{key}" if at else key
        value = self.take(table, key, str, "", at)
        if key in table and isinstance(table[key], str) and not (_SLUG.fullmatch(value) and len(value) <= LONGEST_SLUG):
            self.blame(path, "slug", value)
        elif value in among:
            self.blame(path, "unique", value)
        return value

    def tables(self, key: str) -> Iterator[tuple[str, dict[str, object]]]:
        """Each table of an array of tables, with its path."""
        value = self.data.get(key)
        if not (isinstance(value, list) and value and all(isinstance(item, dict) for item in value)):
            self.blame(key, Reason.of("expected.tables", key=key), value)
            return
        for index, item in enumerate(value):
            yield f"{key}.{index}", item

    def words(self, table: Mapping[str, object], key: str, at: str = "") -> Words:
        """A text in both languages."""
        path = f"{at}.{key}" if at else key
        value = self.take(table, key, dict, {}, at)
        for language in LANGUAGES:
            if value and not (isinstance(value.get(language), str) and value[language].strip()):
                self.blame(f"{path}.{language}", "text", value.get(language))
        return tuple((language, str(value.get(language, ""))) for language in LANGUAGES)

    def only(self, table: Mapping[str, object], allowed: str, at: str = "") -> None:
        """Blame every key that is not in the list, so that a slip of the pen is never silently ignored."""
        for key in table:
            if key not in allowed.split():
                self.blame(f"{at}.{key}" if at else key, one_of(allowed.split()), key)


_KIND_NAMES: dict[type, str] = {
    str: "text",
    int: "whole-number",
    Decimal: "number",
    dict: "table",
    list: "list",
    bool: "boolean",
}


def shown(value: object) -> str:
    """A value as it stood in the file, shortened; nothing is empty."""
    if value is None:
        return ""
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 3]}..."


def open_text(name: str, text: str) -> File:
    """Read a TOML text; numbers with a point are read as exact decimals.

    Raises:
        NotReadableError: the text is not TOML.
    """
    try:
        data = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        problem = Problem(name, int(line[1]) if line else 1, "", Reason.of("expected.plain.toml"), str(error))
        raise NotReadableError((problem,)) from error
    return File(name=name, data=data, lines=lines_of(text))
