"""Reads a situation's tables key by key: what is left out stays unknown, what is wrong is blamed where it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from samspel.engine.calls.reading.parameters import a_day
from samspel.engine.located import File, one_of
from samspel.engine.values import UNKNOWN, Range
from samspel.engine.verdicts import Reason

MOST_ALIKE = 1000
MOST_WRITTEN_OUT = 20_000
"""How many alike one row, and one file, may say there are."""


def dated(value: object) -> object:
    """A day or time that JSON gave as a text; anything else as it is."""
    if not isinstance(value, str):
        return value
    try:
        return date.fromisoformat(value) if len(value) == len("2018-05-31") else datetime.fromisoformat(value)
    except ValueError:
        return value


@dataclass(frozen=True, slots=True)
class Row:
    """One table of a situation being read, with the place it stands in."""

    file: File
    table: Mapping[str, object]
    at: str

    def path(self, key: str) -> str:
        """Where a key of this table stands."""
        return f"{self.at}.{key}" if self.at else key

    def text(self, key: str, choices: tuple[str, ...] | None = None) -> str | None:
        """A text, one of the choices if there are any; None where it is left out."""
        if key not in self.table:
            return None
        value = self.file.take(self.table, key, str, "", self.at)
        if choices is not None and value not in choices:
            self.file.blame(self.path(key), one_of(choices), value)
        return value

    def flag(self, key: str) -> bool | None:
        """A yes or no; None where it is left out."""
        return self.file.take(self.table, key, bool, default=False, at=self.at) if key in self.table else None

    def day(self, key: str) -> date | None:
        """A day; None where it is left out."""
        if key not in self.table:
            return None
        found = a_day(dated(self.table[key]))
        if found is None:
            self.file.blame(self.path(key), "day", self.table[key])
        return found

    def moment(self, key: str) -> datetime | None:
        """A local time; None where it is left out."""
        if key not in self.table:
            return None
        found = dated(self.table[key])
        if not isinstance(found, datetime) or found.tzinfo is not None:
            self.file.blame(self.path(key), "local-time", self.table[key])
            return None
        return found

    def number(self, key: str) -> Decimal | None:
        """A number that is not below nought; None where it is left out."""
        if key not in self.table:
            return None
        found = self.file.take(self.table, key, Decimal, Decimal(0), self.at)
        if found < 0:
            self.file.blame(self.path(key), "not-below-zero", found)
        return found

    def range(self, key: str) -> Range:
        """A number, or the least and the most it can be; unknown where it is left out."""
        value = self.table.get(key)
        if isinstance(value, bool):
            return Range.exactly(int(value))
        pair = value if isinstance(value, list) else [value, value]
        if key not in self.table:
            return UNKNOWN
        numbers = [Decimal(one) for one in pair if isinstance(one, int | Decimal) and not isinstance(one, bool)]
        finite = all(one.is_finite() for one in numbers)
        if len(numbers) != 2 or len(pair) != 2 or not finite or not 0 <= numbers[0] <= numbers[1]:  # noqa: PLR2004 - least and most
            self.file.blame(self.path(key), "number-or-range", value)
            return UNKNOWN
        return Range(low=numbers[0], high=numbers[1])

    def texts(self, key: str, choices: tuple[str, ...] | None = None) -> tuple[str, ...] | None:
        """A list of texts; None where it is left out."""
        if key not in self.table:
            return None
        values = self.file.take(self.table, key, list, [], self.at)
        for one in values:
            if not isinstance(one, str) or not one:
                self.file.blame(self.path(key), "text", one)
            elif choices is not None and one not in choices:
                self.file.blame(self.path(key), one_of(choices), one)
        return tuple(str(one) for one in values)

    def rows[T](self, key: str, read: Callable[[Row, int], T]) -> tuple[T, ...] | None:
        """A list of tables, each read; None where it is left out."""
        if key not in self.table:
            return None
        found = []
        for index, one in enumerate(self.file.take(self.table, key, list, [], self.at)):
            at = f"{self.path(key)}.{index}"
            if isinstance(one, Mapping):
                found.append(read(Row(self.file, one, at), index))
            else:
                self.file.blame(at, "table", one)
        return tuple(found)

    def times(self) -> int:
        """How many alike this stands for."""
        times = self.table.get("times", 1)
        if not isinstance(times, int) or isinstance(times, bool) or not 1 <= times <= MOST_ALIKE:
            self.file.blame(self.path("times"), "above-zero", times)
            return 1
        self.file.written_out += times
        if self.file.written_out > MOST_WRITTEN_OUT:
            self.file.blame(self.path("times"), Reason.of("expected.size.alike", most=MOST_WRITTEN_OUT), times)
            return 1
        return times

    def inner(self, key: str, allowed: Iterable[str]) -> Row:
        """A table within this one; an empty one where it is left out."""
        table = self.file.take(self.table, key, dict, {}, self.at) if key in self.table else {}
        found = Row(self.file, table, self.path(key))
        found.only(" ".join(allowed))
        return found

    def only(self, allowed: str) -> None:
        """Blame every key that is not allowed."""
        self.file.only(self.table, allowed, self.at)
