"""A TOML text being read key by key, so that everything wrong in it is told at once: where, what, what was expected."""

from __future__ import annotations

import json
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


_HEADER = re.compile(r"\s*\[(\[)?([^\[\]]+)\]")
_KEY = re.compile(r"\s*([A-Za-z0-9_.\-\"']+)\s*=")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_SLUG = 60
LONGEST_SHOWN = 60
MOST_CHOICES = 60


def lines_of(text: str) -> dict[str, int]:
    """Map each dotted key of a TOML text, and what it lies in, to its line; tables of an array are numbered from 0.

    >>> lines_of("a = 1\\n[[rules]]\\nid.sv = 'x'")["rules.0.id"]
    3
    """
    lines: dict[str, int] = {}
    seen: dict[str, int] = {}
    prefix = ""
    for number, line in enumerate(text.split("\n"), start=1):
        if header := _HEADER.match(line):
            prefix = header[2].strip()
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
    """That one of these was expected; of very many, the first are named."""
    named = list(choices)
    shown_choices = named if len(named) <= MOST_CHOICES else [*named[:MOST_CHOICES], "…"]
    return Reason.of("expected.one-of", choices=" ".join(shown_choices))


@dataclass
class File:
    """One TOML file being read, with the problems found in it so far; its texts must be in each of `languages`.

    `written_out` counts the things that it says there are several alike of.
    """

    name: str
    data: dict[str, object]
    lines: dict[str, int]
    problems: list[Problem] = field(default_factory=list)
    languages: tuple[str, ...] = LANGUAGES
    written_out: int = 0

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
        """A text in each of the languages that the file must have."""
        path = f"{at}.{key}" if at else key
        value = self.take(table, key, dict, {}, at)
        for language in self.languages if isinstance(table.get(key), dict) else ():
            if not (isinstance(value.get(language), str) and value[language].strip()):
                self.blame(f"{path}.{language}", "text", value.get(language))
        self.only(value, " ".join(self.languages), path)
        return tuple((language, str(value.get(language, ""))) for language in self.languages)

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


LONGEST_TEXT, LONGEST_LINE, MOST_LINES = 400_000, 20_000, 20_000
DEEPEST_BRACKETS, DEEPEST_KEY = 40, 20
BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
LONGEST_NUMBER, LARGEST_EXPONENT = 40, 30
_QUOTED = re.compile(
    r'"""(?:[^"\\]|\\[\s\S]|"(?!""))*+(?:"{3,5}|\Z)'
    r"|'''(?:[^']|'(?!''))*+(?:'{3,5}|\Z)"
    r'|"(?:[^"\\\n]|\\.)*+"?'
    r"|'[^'\n]*+'?"
    r"|#[^\n]*+"
)
_BRACKET = re.compile(r"[\[\]{}]")
_DOTTED = re.compile(r"[\w\-. \t]+")
_NUMBER = re.compile(r"(?<![\w.\-])[+\-]?\d[\w.]*+(?:[+\-]\w++)?(?![\w\-]|[ \t]*=)")
_EXPONENT = re.compile(r"[eE][+\-]?(\d[\d_]*)")
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def _bare(text: str) -> str:
    """The text with each quoted text as one letter and without comments, line by line where it was."""
    return _QUOTED.sub(lambda found: ("" if found[0][0] == "#" else "s") + "\n" * found[0].count("\n"), text)


def _monstrous(number: str) -> bool:
    """Whether a number could only be meant to cost the reader time."""
    exponent = _EXPONENT.search(number) if not number.startswith("0x") else None
    power = exponent[1].replace("_", "") if exponent else "0"
    return len(number) > LONGEST_NUMBER or len(power) > LONGEST_NUMBER or int(power) > LARGEST_EXPONENT


def _too_much(text: str) -> tuple[int, Reason, object] | None:
    """The first thing in a text that is beyond what it may be: its place, what may be, what there is."""
    if len(text) > LONGEST_TEXT:
        return 0, Reason.of("expected.size.characters", most=LONGEST_TEXT), len(text)
    lines = text.split("\n", MOST_LINES)
    if len(lines) > MOST_LINES:
        return len(text), Reason.of("expected.size.lines", most=MOST_LINES), text.count("\n") + 1
    if (longest := max(map(len, lines))) > LONGEST_LINE:
        number = next(index for index, line in enumerate(lines) if len(line) > LONGEST_LINE)
        place = sum(len(line) + 1 for line in lines[:number])
        return place, Reason.of("expected.size.line", most=LONGEST_LINE), longest
    return None


def _too_deep(bare: str) -> tuple[int, Reason, object] | None:
    """The first place where brackets, a key or a number go beyond what they may."""
    depth = 0
    for found in _BRACKET.finditer(bare):
        depth = depth + 1 if found[0] in "[{" else max(depth - 1, 0)
        if depth > DEEPEST_BRACKETS:
            return found.start(), Reason.of("expected.size.brackets", most=DEEPEST_BRACKETS), None
    for found in _DOTTED.finditer(bare):
        if found[0].count(".") >= DEEPEST_KEY:
            return found.start(), Reason.of("expected.size.key", most=DEEPEST_KEY), found[0].strip()
    for found in _NUMBER.finditer(bare):
        if _monstrous(found[0]):
            return found.start(), Reason.of("expected.size.number", most=LONGEST_NUMBER), found[0]
    return None


def check_size(name: str, text: str) -> None:
    """Refuse a text that is larger or deeper than any call or situation, before anything tries to read it.

    Works alike for TOML and JSON, in a time that grows with the text alone.

    Raises:
        NotReadableError: with the first place that goes too far.
    """
    large = _too_much(text)
    beyond = large or _too_deep(bare := _bare(text))
    if beyond is not None:
        place, expected, found = beyond
        line = (text if large else bare).count("\n", 0, place) + 1
        raise NotReadableError((Problem(name, line, "", expected, shown(found)),))


def _unseen(value: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Each text that holds a control character or half of one: its key, and the character."""
    if isinstance(value, str) and (found := _UNSEEN.search(value)):
        yield path, f"U+{ord(found[0]):04X}"
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _unseen(key, path)
            yield from _unseen(inner, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _unseen(inner, f"{path}.{index}")


def check_texts(file: File) -> None:
    """Blame each text in which something cannot be seen, such as the NUL that no database keeps."""
    for path, found in _unseen(file.data):
        file.blame(path, "visible-text", found)


def open_text(name: str, text: str) -> File:
    """Read a TOML text; numbers with a point are read as exact decimals.

    Raises:
        NotReadableError: the text is not TOML, or larger or deeper than any call.
    """
    text = text.removeprefix(BYTE_ORDER_MARK)
    check_size(name, text)
    try:
        data = tomllib.loads(text, parse_float=Decimal)
    except (ValueError, ArithmeticError, RecursionError) as error:
        line = re.search(r"line (\d+)", str(error))
        last = text.count("\n") + 1 if "end of document" in str(error) else 1
        problem = Problem(name, int(line[1]) if line else last, "", Reason.of("expected.plain.toml"), str(error))
        raise NotReadableError((problem,)) from error
    file = File(name=name, data=data, lines=lines_of(text))
    check_texts(file)
    return file


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """A JSON object in which no key stands twice."""
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"Cannot overwrite a value: {shown(key)}")
        found[key] = value
    return found


def open_json(name: str, text: str) -> File:
    """Read a JSON text that is one object, within the same limits; its lines are not known.

    Raises:
        NotReadableError: the text is not a JSON object, or larger or deeper than any situation.
    """
    text = text.removeprefix(BYTE_ORDER_MARK)
    check_size(name, text)
    try:
        data = json.loads(text, parse_float=Decimal, object_pairs_hook=_once)
    except (ValueError, ArithmeticError, RecursionError) as error:
        problem = Problem(name, getattr(error, "lineno", 1), "", Reason.of("expected.plain.json"), str(error))
        raise NotReadableError((problem,)) from error
    file = File(name, data if isinstance(data, dict) else {}, {})
    if not isinstance(data, dict):
        file.blame("", "table", data)
    check_texts(file)
    return file
