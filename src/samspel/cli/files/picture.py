"""A sweep as a picture: one field for each variant, the darker the more constellations could apply, with the number.

The picture says in words what it shows, and every number stands in it as text; two things vary in a panel, and each
combination of the others has a panel of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from math import log1p
from typing import TYPE_CHECKING

from samspel.engine.values import plain_text

if TYPE_CHECKING:
    from samspel.engine.simulation.sweeping import Row

NARROWEST, HIGH, TOP, GAP = 120, 56, 64, 24
WIDTH_OF_TITLE = 680
LETTER = 9
"""More than the width of most letters, so that no text runs into the next."""

INK, QUIET, GROUND, LINE = "#141a33", "#4b5373", "#ffffff", "#d3d9e8"
NONE, LIGHTEST, DEEPEST = (255, 255, 255), (230, 234, 245), (26, 39, 102)
TURNS_WHITE = 0.45
"""From this depth on, white figures read better than dark ones."""


@dataclass(frozen=True, slots=True)
class Axis:
    """Something that varies: its name, and what its value in a variant is called."""

    name: str
    value: Callable[[Row], str]


@dataclass(frozen=True, slots=True)
class Texts:
    """What the picture says: its title, what it shows in a sentence, and the numbers of a variant."""

    title: str
    about: str
    surely: Callable[[Row], str]
    possibly: Callable[[Row], str]


def heat_map(rows: Sequence[Row], axes: Sequence[Axis], texts: Texts) -> str:
    """Draw the variants as an SVG document of its own."""
    across, down, *others = (*axes, *(Axis("", _nothing) for _ in range(2 - len(axes))))
    panels: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        panels.setdefault(tuple(axis.value(row) for axis in others), []).append(row)
    columns, lines = _values(rows, across), _values(rows, down)
    most = max((row.surely for row in rows), default=0)
    tall = TOP + len(lines) * HIGH + GAP
    grid = _Grid(
        left=2 * GAP + _longest((down.name, *lines)),
        wide=max(NARROWEST, GAP + max(_longest(columns), _longest([texts.possibly(row) for row in rows]) * 3 // 4)),
    )
    width, height = grid.left + len(columns) * grid.wide + GAP, TOP + len(panels) * tall
    drawn = [_text(GAP, 28, texts.title, size=18, weight=700), _text(GAP, 48, texts.about, fill=QUIET)]
    for number, (key, these) in enumerate(panels.items()):
        y = TOP + number * tall
        named = ", ".join(f"{axis.name} {value}" for axis, value in zip(others, key, strict=True))
        drawn.append(_text(GAP, y + 20, named, weight=700))
        drawn += _panel(these, (across, columns), (down, lines), texts, grid=grid, y=y, most=most)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {max(width, WIDTH_OF_TITLE)} {height}" role="img" '
        f'font-family="system-ui, sans-serif" font-size="14">\n'
        f"<title>{_safe(texts.title)}</title>\n<desc>{_safe(texts.about)}</desc>\n"
        f'<rect width="100%" height="100%" fill="{GROUND}"/>\n' + "\n".join(drawn) + "\n</svg>\n"
    )


@dataclass(frozen=True, slots=True)
class _Grid:
    """Where the fields begin, and how wide each is."""

    left: int
    wide: int


def _longest(texts: Sequence[str]) -> int:
    return LETTER * max(map(len, texts), default=0)


def _nothing(_row: Row) -> str:
    return ""


def _values(rows: Sequence[Row], axis: Axis) -> list[str]:
    return list(dict.fromkeys(axis.value(row) for row in rows))


def _panel(
    rows: Sequence[Row],
    across: tuple[Axis, list[str]],
    down: tuple[Axis, list[str]],
    texts: Texts,
    *,
    grid: _Grid,
    y: int,
    most: int,
) -> Iterator[str]:
    (column, columns), (line, lines) = across, down
    yield _text(grid.left, y + 36, column.name, fill=QUIET)
    yield _text(GAP, y + 56, line.name, fill=QUIET)
    for place, value in enumerate(columns):
        yield _text(grid.left + place * grid.wide + grid.wide // 2, y + 56, value, anchor="middle")
    for place, value in enumerate(lines):
        yield _text(grid.left - 12, y + TOP + place * HIGH + HIGH // 2 + 5, value, anchor="end")
    for row in rows:
        x = grid.left + columns.index(column.value(row)) * grid.wide
        top = y + TOP + lines.index(line.value(row)) * HIGH
        depth = log1p(row.surely) / log1p(most) if row.surely else 0.0
        ink = GROUND if depth >= TURNS_WHITE else INK
        fill = "#{:02x}{:02x}{:02x}".format(*_colour(depth, any_at_all=row.surely > 0))
        yield f'<rect x="{x}" y="{top}" width="{grid.wide}" height="{HIGH}" fill="{fill}" stroke="{LINE}"/>'
        yield _text(x + grid.wide // 2, top + 24, texts.surely(row), anchor="middle", fill=ink, weight=700)
        yield _text(x + grid.wide // 2, top + 43, texts.possibly(row), anchor="middle", fill=ink, size=11)


def _colour(depth: float, *, any_at_all: bool) -> tuple[int, ...]:
    if not any_at_all:
        return NONE
    return tuple(round(a + (b - a) * depth) for a, b in zip(LIGHTEST, DEEPEST, strict=True))


def _safe(text: str) -> str:
    return escape(plain_text(text))


def _text(
    x: int, y: int, text: str, *, anchor: str = "start", fill: str = INK, size: int = 14, weight: int = 400
) -> str:
    return (
        f'<text x="{x}" y="{y}" text-anchor="{anchor}" fill="{fill}" font-size="{size}" font-weight="{weight}">'
        f"{_safe(text)}</text>"
    )
