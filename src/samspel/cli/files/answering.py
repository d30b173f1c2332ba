"""How a command on files answers: in words for people or as JSON for programs, and with an exit code either way."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import IntEnum
from functools import wraps
from typing import Any

import click

from samspel.engine.calls.text import Call
from samspel.engine.located import NotReadableError, Problem
from samspel.engine.values import plain_text
from samspel.engine.verdicts import Reason, Said
from samspel.wording import LANGUAGES, Names, expected, located, say


class Code(IntEnum):
    """Exit codes, the same for every command on files."""

    FINE = 0
    NO = 1
    UNREADABLE = 2
    OPEN = 3


def worst(codes: Iterable[Code]) -> Code:
    """The code that a whole ends with: what cannot be read weighs most, then a no, then what is open.

    >>> worst([Code.FINE, Code.OPEN, Code.NO])
    <Code.NO: 1>
    """
    order = (Code.FINE, Code.OPEN, Code.NO, Code.UNREADABLE)
    return max(codes, key=order.index, default=Code.FINE)


@dataclass(frozen=True, slots=True)
class Answer:
    """To whom it is answered: a person who reads this language, or a program that reads JSON."""

    language: str
    as_json: bool

    def say(self, code: str, **values: Said) -> str:
        """The sentence of this code, with its values."""
        return say(Reason.of(code, **values), self.language)

    def put(self, reason: Reason, call: Call, names: Names | None = None) -> str:
        """A reason that the engine gives of a call, in words."""
        return say(reason, self.language, names, call.currency or "EUR")

    def line(self, text: str = "", *, err: bool = False) -> None:
        """Print a line for people; nothing that a file holds can steer their terminal."""
        click.echo(plain_text(text), err=err)

    def give(self, answer: Mapping[str, Any]) -> None:
        """Print one JSON object on one line, in UTF-8 wherever it goes."""
        text = json.dumps(answer, ensure_ascii=False, default=_plain)
        click.echo(text.encode("utf-8", "backslashreplace"))

    def problems(self, problems: Iterable[Problem]) -> None:
        """Tell people, on standard error, what cannot be read."""
        for problem in problems:
            self.line(located(problem, self.language), err=True)

    def as_data(self, problems: Iterable[Problem]) -> list[dict[str, Any]]:
        """What cannot be read, for a program."""
        return [
            {
                "file": one.file,
                "line": one.line,
                "key": one.key,
                "code": one.expected.code,
                "expected": expected(one, self.language),
                "found": one.found,
            }
            for one in problems
        ]


def _plain(value: object) -> Any:
    """A value that JSON has no word for: whole numbers stay exact, days are written as in ISO 8601."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def answering(command: Callable[..., Code]) -> Callable[..., None]:
    """Give a command `--language` and `--json`, hand it an `Answer`, and end with the code it returns.

    What cannot be read ends it with code 2: in words on standard error, or as `{"problems": [...]}`.
    """

    @click.option("--language", type=click.Choice(LANGUAGES), default="en", show_default=True)
    @click.option("--json", "as_json", is_flag=True, help="Print JSON, with the keys told below.")
    @wraps(command)
    def run(*, language: str, as_json: bool, **given: Any) -> None:
        answer = Answer(language, as_json)
        try:
            code = command(answer, **given)
        except NotReadableError as error:
            code = Code.UNREADABLE
            if as_json:
                answer.give({"problems": answer.as_data(error.problems)})
            else:
                answer.problems(error.problems)
        sys.exit(code)

    return run
