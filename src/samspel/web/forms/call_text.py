"""Changing a call's text without touching the rest of it: comments, order and spacing stay as an officer wrote them.

A text is parted at its table headers, and only the part that holds a changed value is written anew. After each change
the text must say exactly what it said before and the change, or it is not taken.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

if TYPE_CHECKING:
    from collections.abc import Sequence

type Step = str | int
type Path = tuple[Step, ...]

_QUOTED = re.compile(
    r"""
    \"{3}(?:[^"\\]|\\[\s\S]|"(?!""))*+"{3,5}  # a text over several lines
    | '{3}(?:[^']|'(?!''))*+'{3,5}
    | "(?:[^"\\\n]|\\.)*+"
    | '[^'\n]*+'
    | \#[^\n]*+
    """,
    re.VERBOSE,
)
_KEY = re.compile(r"""[A-Za-z0-9_\-]+|"[^"]*"|'[^']*'""")
_BARE = re.compile(r"[A-Za-z0-9_\-]+")


class CannotWriteError(ValueError):
    """A change that could not be written into the text without changing something else."""


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a text: what stands before the first header, or one header with what stands under it."""

    path: Path
    header: str
    body: str


def _masked(text: str) -> str:
    """The text with each quoted text and comment blotted out, letter for letter."""
    return _QUOTED.sub(lambda found: re.sub(r"[^\n]", "_" if found[0][0] != "#" else " ", found[0]), text)


def _header(line: str) -> tuple[tuple[str, ...], bool]:
    """The keys of a header line, and whether it begins a table of an array."""
    bare = line.strip()
    many = bare.startswith("[[")
    inner = bare[2 : bare.index("]]")] if many else bare[1 : bare.index("]")]
    return tuple(key.strip("\"'") for key in _KEY.findall(inner)), many


def blocks(text: str) -> list[Block]:
    """Part a text at its headers; a header within brackets is none.

    >>> [(block.path, block.body) for block in blocks("a = 1\\n[[rules]]\\nid = 'x'\\n[[rules]]\\n")]
    [((), 'a = 1\\n'), (('rules', 0), "id = 'x'\\n"), (('rules', 1), '')]
    """
    found: list[Block] = []
    path: Path = ()
    header, depth = "", 0
    body: list[str] = []
    counts: dict[tuple[str, ...], int] = {}
    for line, masked in zip(text.splitlines(keepends=True), _masked(text).splitlines(keepends=True), strict=True):
        if depth == 0 and masked.lstrip().startswith("["):
            found.append(Block(path, header, "".join(body)))
            keys, many = _header(line)
            own = next((keys[:n] for n in range(len(keys) - 1, 0, -1) if keys[:n] in counts), ())
            within: Path = (*own, counts[own], *keys[len(own) :]) if own else keys
            if many:
                counts[keys] = counts.get(keys, -1) + 1
                within = (*within, counts[keys])
            path, header, body = within, line, []
        else:
            depth += sum(masked.count(one) for one in "[{") - sum(masked.count(one) for one in "]}")
            body.append(line)
    return [*found, Block(path, header, "".join(body))]


def _at(data: Any, path: Sequence[Step]) -> Any:
    """What stands at a path; None where nothing does."""
    for step in path:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return None
    return data


def _place(parts: list[Block], path: Path) -> int | None:
    """The part in which the value at a path stands, or where it would be added; None where there is no such table."""
    best, longest = None, -1
    for index, part in enumerate(parts):
        length = len(part.path)
        if part.path != path[:length] or length == len(path):
            continue
        holds = _at(tomllib.loads(part.body), path[length : length + 1]) is not None
        if holds or length == len(path) - 1 or (length and length > longest and isinstance(path[length - 1], int)):
            if length > longest or holds:
                best, longest = index, length
            if holds and length == len(path) - 1:
                return index
    return best


def written(value: object) -> str:
    """A value as TOML writes it.

    >>> written("a"), written(True), written([{"from": 1}])
    ('"a"', 'true', '[{ from = 1 }]')
    """
    if isinstance(value, Raw):
        return value.text
    if isinstance(value, list):
        return "[" + ", ".join(written(one) for one in value) + "]"
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{_key(str(key))} = {written(one)}" for key, one in value.items()) + " }"
    return tomlkit.item(value).as_string()


@dataclass(frozen=True, slots=True)
class Raw:
    """A value already written as TOML, such as `200_000`."""

    text: str


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else written(key)


def _add(body: str, keys: Sequence[Step], value: object) -> str:
    """Add a key after the last line that says something."""
    lines = body.splitlines(keepends=True)
    last = len(lines)
    while last and (not lines[last - 1].strip() or lines[last - 1].lstrip().startswith("#")):
        last -= 1
    if last and not lines[last - 1].endswith("\n"):
        lines[last - 1] += "\n"
    line = f"{'.'.join(_key(str(key)) for key in keys)} = {written(value)}\n"
    added = "".join((*lines[:last], line, *lines[last:]))
    try:
        tomllib.loads(added)
    except tomllib.TOMLDecodeError:
        # The table stands on one line.
        return re.sub(r"(?m)(\S)\}$", r"\1 }", _replace(body, keys, value))
    return added


def _replace(body: str, keys: Sequence[Step], value: object) -> str:
    """Replace (or with None take away) what stands at the keys of one part."""
    try:
        document = tomlkit.parse(body)
        inner: Any = document
        for key in keys[:-1]:
            inner = inner[key]
        if value is None:
            del inner[keys[-1]]
        else:
            inner[keys[-1]] = tomlkit.value(written(value))
        return tomlkit.dumps(document)
    except (TOMLKitError, KeyError, TypeError, ValueError) as error:
        message = f"{keys} cannot be written: {error}"
        raise CannotWriteError(message) from error


def _meant(data: Any, path: Path, value: object) -> None:
    """Make the same change in what the text says."""
    for step in path[:-1]:
        data = data[step] if isinstance(step, int) else data.setdefault(step, {})
    if value is None:
        data.pop(path[-1], None)
    else:
        data[path[-1]] = tomllib.loads(f"x = {written(value)}")["x"]


def with_value(text: str, path: Path, value: object) -> str:
    """The text with the value at a path replaced, added, or with None taken away; everything else as it was.

    >>> with_value("a = 1 # one\\n[[rules]]\\nid = 'x'\\n", ("rules", 0, "waiver"), True)
    "a = 1 # one\\n[[rules]]\\nid = 'x'\\nwaiver = true\\n"

    Raises:
        CannotWriteError: there is no place for it, or something else would change.
    """
    data = tomllib.loads(text)
    there = _at(data, path)
    if value is None and there is None:
        return text
    parts = blocks(text)
    index = _place(parts, path)
    if index is None:
        message = f"{path} has no place in the text"
        raise CannotWriteError(message)
    part = parts[index]
    keys = path[len(part.path) :]
    body = _add(part.body, keys, value) if there is None else _replace(part.body, keys, value)
    changed = "".join(one.header + (body if number == index else one.body) for number, one in enumerate(parts))
    _meant(data, path, value)
    if not _says(changed, data):
        message = f"{path} cannot be written without changing something else"
        raise CannotWriteError(message)
    return changed


def _says(text: str, data: Any) -> bool:
    """Whether a text says this; tables in which nothing is left weigh nothing."""
    try:
        return bool(_without_empty(tomllib.loads(text)) == _without_empty(data))
    except tomllib.TOMLDecodeError:
        return False


def _without_empty(data: Any) -> Any:
    """What a text says, leaving out tables in which nothing is left."""
    if isinstance(data, dict):
        return {key: _without_empty(one) for key, one in data.items() if one != {}}
    return [_without_empty(one) for one in data] if isinstance(data, list) else data
