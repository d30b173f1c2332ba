"""A sweep as a picture: a field for each variant, the stronger the more constellations could apply.

Each field holds its number too, so that the shade only repeats it. With one thing varied the picture is a row of bars.
The same numbers stand in a table below.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log10
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from samspel.engine.simulation.sweeping import Row

SHADES = 6
FIELD, HIGH, TOP, SIDE = 96, 44, 44, 64
BAR, BAR_WIDE = 30, 420


@dataclass(frozen=True, slots=True)
class Field:
    """One variant in the picture: where, how large, its shade from 0 (none) to `SHADES`, its number, and in words."""

    x: int
    y: int
    width: int
    height: int
    shade: int
    text: str
    words: str

    @property
    def middle(self) -> int:
        """Where the number stands."""
        return self.x + self.width // 2

    @property
    def end(self) -> int:
        """Where a number beside a bar stands."""
        return self.x + self.width + 8

    @property
    def base(self) -> int:
        """The line that the number stands on."""
        return self.y + self.height // 2 + 5


@dataclass(frozen=True, slots=True)
class Mark:
    """A value of what is varied, beside its row or above its column."""

    x: int
    y: int
    text: str


@dataclass(frozen=True, slots=True)
class Heat:
    """The picture of the variants that share a level: its size, fields and marks."""

    width: int
    height: int
    fields: tuple[Field, ...]
    columns: tuple[Mark, ...]
    rows: tuple[Mark, ...]
    bars: bool


@dataclass(frozen=True, slots=True)
class Scale:
    """How numbers are shaded: from the smallest above none to the largest, by how many digits there are."""

    least: int
    most: int

    @classmethod
    def over(cls, rows: Sequence[Row]) -> Scale:
        """The scale of all pictures that stand side by side."""
        some = [row.surely for row in rows if row.surely]
        return cls(min(some, default=0), max(some, default=0))

    def shade(self, number: int) -> int:
        """A step from 0 for none to `SHADES` for the most.

        >>> [Scale(10, 1_000_000).shade(number) for number in (0, 10, 3_000, 1_000_000)]
        [0, 1, 3, 6]
        """
        if number <= 0:
            return 0
        if self.least == self.most:
            return SHADES
        return 1 + round((SHADES - 1) * log10(number / self.least) / log10(self.most / self.least))


def drawn(
    rows: Sequence[Row],
    names: Sequence[str],
    *,
    scale: Scale,
    value: Callable[[str, Row], str],
    short: Callable[[int], str],
    words: Callable[[Row], str],
) -> Heat:
    """Draw variants in which one number or two differ, shaded by one scale for all pictures side by side."""
    down, across = names[0], names[1] if len(names) > 1 else ""
    lines = list(dict.fromkeys(value(down, row) for row in rows))
    marks = [
        Mark(SIDE - 10, (TOP if across else 0) + at * (HIGH if across else BAR), text) for at, text in enumerate(lines)
    ]
    if not across:
        return _bars(rows, marks, scale=scale, short=short, words=words)
    columns = list(dict.fromkeys(value(across, row) for row in rows))
    fields = tuple(
        Field(
            x=SIDE + columns.index(value(across, row)) * FIELD,
            y=TOP + lines.index(value(down, row)) * HIGH,
            width=FIELD,
            height=HIGH,
            shade=scale.shade(row.surely),
            text=short(row.surely),
            words=words(row),
        )
        for row in rows
    )
    return Heat(
        width=SIDE + len(columns) * FIELD + 1,
        height=TOP + len(lines) * HIGH + 1,
        fields=fields,
        columns=tuple(Mark(SIDE + at * FIELD + FIELD // 2, TOP - 10, text) for at, text in enumerate(columns)),
        rows=tuple(Mark(mark.x, mark.y + HIGH // 2 + 5, mark.text) for mark in marks),
        bars=False,
    )


def _bars(
    rows: Sequence[Row],
    marks: Sequence[Mark],
    *,
    scale: Scale,
    short: Callable[[int], str],
    words: Callable[[Row], str],
) -> Heat:
    fields = tuple(
        Field(
            x=SIDE,
            y=at * BAR + 3,
            width=max(1, row.surely * BAR_WIDE // scale.most) if row.surely else 0,
            height=BAR - 6,
            shade=scale.shade(row.surely),
            text=short(row.surely),
            words=words(row),
        )
        for at, row in enumerate(rows)
    )
    return Heat(
        width=SIDE + BAR_WIDE + FIELD,
        height=len(rows) * BAR,
        fields=fields,
        columns=(),
        rows=tuple(Mark(mark.x, mark.y + BAR // 2 + 5, mark.text) for mark in marks),
        bars=True,
    )
