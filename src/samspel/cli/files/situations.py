"""Situations as they are handed over: a file in TOML or JSON, or one line of JSON after the other."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import BinaryIO

from samspel.cli.files.folders import decoded, text_of, unreadable
from samspel.engine.calls.reading.situations import read_situation, situation
from samspel.engine.calls.situation import Situation
from samspel.engine.calls.text import Call
from samspel.engine.located import LONGEST_LINE, File, NotReadableError, check_size, check_texts
from samspel.engine.verdicts import Reason

STANDARD_INPUT = "-"
MOST_BYTES = 4 * LONGEST_LINE
"""The most bytes that one situation on a line of its own may have: as many characters as any line, of any width."""

LINES = (".jsonl", ".ndjson")


@dataclass(frozen=True, slots=True)
class Handed:
    """One situation and where it stood, or why it cannot be read; `line` is nought where the whole file is one."""

    name: str
    file: str
    line: int = 0
    situation: Situation | None = None
    error: NotReadableError | None = None


def situations(calls: Sequence[Call], given: str) -> Iterator[Handed]:
    """The situations that one argument names, read one at a time, so that there may be any number of them.

    Each is read by the first of some editions that knows every word in it.
    """
    if given == STANDARD_INPUT:
        yield from _lines(calls, "-", sys.stdin.buffer)
        return
    path = Path(given)
    if path.suffix not in (".toml", ".json", *LINES):
        expected = Reason.of("expected.one-of", choices=" ".join((".toml", ".json", *LINES)))
        yield Handed(path.stem, given, error=unreadable(given, expected, path.suffix))
    elif path.suffix in LINES and path.is_file():
        with path.open("rb") as file:
            yield from _lines(calls, given, file)
    else:
        try:
            text = text_of(path)
            check_size(given, text)
            found = _by_first(calls, lambda call: read_situation(text, call, name=given))
            yield Handed(path.stem, given, situation=found)
        except NotReadableError as error:
            yield Handed(path.stem, given, error=error)


def _by_first(calls: Sequence[Call], reading: Callable[[Call], Situation]) -> Situation:
    *others, last = calls
    for call in others:
        try:
            return reading(call)
        except NotReadableError:
            continue
    return reading(last)


def _lines(calls: Sequence[Call], name: str, file: BinaryIO) -> Iterator[Handed]:
    number = 0
    while body := file.readline(MOST_BYTES + 1):
        number += 1
        if not body.strip():
            continue
        try:
            if len(body) > MOST_BYTES:
                raise unreadable(name, Reason.of("expected.size.line", most=LONGEST_LINE))
            table = _table(decoded(name, body), name)
            called = table.get("name")
            told = called if isinstance(called, str) and called else f"{name}:{number}"
            yield Handed(told, name, number, situation=_by_first(calls, partial(_situation, table, name)))
        except NotReadableError as error:
            problems = tuple(replace(one, line=number) for one in error.problems)
            yield Handed(f"{name}:{number}", name, number, error=NotReadableError(problems))
        while len(body) > MOST_BYTES and not body.endswith(b"\n"):
            body = file.readline(MOST_BYTES + 1) or b"\n"


def _table(text: str, name: str) -> Mapping[str, object]:
    check_size(name, text)
    try:
        data = json.loads(text, parse_float=Decimal)
    except (ValueError, RecursionError) as error:
        raise unreadable(name, Reason.of("expected.plain.json"), str(error)) from error
    if not isinstance(data, dict):
        raise unreadable(name, Reason.of("expected.plain.table"), str(data)[:60])
    return data


def _situation(table: Mapping[str, object], name: str, call: Call) -> Situation:
    file = File(name, dict(table), {})
    check_texts(file)
    found = situation(file, table, "", call, beside="name")
    if "name" in table:
        file.take(table, "name", str, "")
    if file.problems:
        raise NotReadableError(tuple(file.problems))
    return found
