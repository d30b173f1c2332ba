"""The sky: counties as quiet ground, organisations as points of light, and the lines that join some of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import cos, dist, sin
from typing import TYPE_CHECKING

from samspel.store.access import visible_to
from samspel.store.models import Region

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from samspel.engine.permissions import Actor
    from samspel.store.queries.registry import OrganisationLine

VIEW_BOX = "0 0 383 900"
"""The extent of the map in the register's pack; positions and outlines are in its units, about 1.7 km each."""
APART = 8.0
GOLDEN_ANGLE = 2.4

type Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class County:
    """A county's outline; `lit` lifts it out of the dark."""

    code: str
    name: str
    path: str
    lit: bool


@dataclass(frozen=True, slots=True)
class Star:
    """An organisation as a point of light, somewhere in its county (never at an address)."""

    key: str
    name: str
    kind: str
    x: float
    y: float
    dim: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A constellation as a line through its members that have a place."""

    name: str
    points: str


@dataclass(frozen=True, slots=True)
class Sky:
    """Everything that is drawn."""

    view_box: str
    counties: tuple[County, ...]
    stars: tuple[Star, ...]
    lines: tuple[Line, ...]


def sky(
    actor: Actor,
    *,
    language: str,
    organisations: Iterable[OrganisationLine],
    lines: Mapping[str, Iterable[str]] | None = None,
    lit: Iterable[str] = (),
) -> Sky:
    """The sky with these organisations, and for each name in `lines` a line through those ids.

    Where there are lines, organisations on none of them stand back. Organisations without a known region are
    not drawn: nobody knows where they would stand. `lit` are codes of regions to lift, with all their parts.
    """
    rows = visible_to(actor, Region).exclude(path="").order_by("code")
    named = "name_sv" if language == "sv" else "name_en"
    grounds = list(rows.values_list("code", named, "path"))
    shining = tuple(lit)
    places = _places(organisations, {code: path for code, _, path in grounds})
    joined = {name: [places[one][1] for one in ids if one in places] for name, ids in (lines or {}).items()}
    on_a_line = {one for ids in (lines or {}).values() for one in ids}
    return Sky(
        view_box=VIEW_BOX,
        counties=tuple(
            County(code, name, path, lit=any(code.startswith(one) for one in shining)) for code, name, path in grounds
        ),
        stars=tuple(
            Star(line.id, line.name, line.kind, x, y, dim=bool(on_a_line) and line.id not in on_a_line)
            for line, (x, y) in places.values()
        ),
        lines=tuple(Line(name, _through(points)) for name, points in joined.items() if len(points) > 1),
    )


def _places(
    organisations: Iterable[OrganisationLine], outlines: Mapping[str, str]
) -> dict[str, tuple[OrganisationLine, Point]]:
    """Where each organisation stands: as the register says, else in a spiral round its county's middle."""
    places: dict[str, tuple[OrganisationLine, Point]] = {}
    turns: dict[str, int] = {}
    for line in organisations:
        if line.x is not None and line.y is not None:
            places[line.id] = (line, (line.x, line.y))
        elif line.region and line.region.code in outlines:
            turn = turns[line.region.code] = turns.get(line.region.code, 0) + 1
            x, y = _middle(outlines[line.region.code])
            far = APART * (1 + turn / 6)
            places[line.id] = (
                line,
                (round(x + far * cos(turn * GOLDEN_ANGLE), 1), round(y + far * sin(turn * GOLDEN_ANGLE), 1)),
            )
    return places


@lru_cache(maxsize=64)
def _middle(path: str) -> Point:
    """The centre of gravity of the largest piece of an outline (the shoelace formula)."""
    best, middle = 0.0, (0.0, 0.0)
    for piece in path.split("M")[1:]:
        numbers = [float(number) for number in piece.replace("Z", " ").split()]
        corners = list(zip(numbers[::2], numbers[1::2], strict=False))
        crosses = [(a[0] * b[1] - b[0] * a[1], a, b) for a, b in pairwise([*corners, corners[0]])]
        area = sum(cross for cross, _, _ in crosses) / 2
        if abs(area) > best:
            best = abs(area)
            middle = (
                sum((a[0] + b[0]) * cross for cross, a, b in crosses) / (6 * area),
                sum((a[1] + b[1]) * cross for cross, a, b in crosses) / (6 * area),
            )
    return middle


def _through(points: list[Point]) -> str:
    """A line through the points that wanders little: from each end in turn to the nearest left, the shortest kept."""
    ways = [_nearest_next(points, first) for first in range(len(points))]
    shortest = min(ways, key=lambda way: sum(dist(a, b) for a, b in pairwise(way)))
    return " ".join(f"{x:g},{y:g}" for x, y in shortest)


def _nearest_next(points: list[Point], first: int) -> list[Point]:
    left = [point for place, point in enumerate(points) if place != first]
    way = [points[first]]
    while left:
        nearest = min(left, key=lambda point: dist(way[-1], point))
        left.remove(nearest)
        way.append(nearest)
    return way
