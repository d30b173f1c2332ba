"""Reads how applications are assessed: the scale, the criteria, how grades come together, which decisions there are."""

from __future__ import annotations

from collections.abc import Mapping

from samspel.engine.calls import vocabulary
from samspel.engine.calls.reading.conditions import Conditions
from samspel.engine.calls.reading.declared import source, words
from samspel.engine.calls.reading.layers import Layers, Placed
from samspel.engine.calls.reading.rules import choice, flag, names
from samspel.engine.calls.text import Assessment, Criterion, Declared, Grade, Parameter
from samspel.engine.located import File
from samspel.engine.verdicts import Reason

MOST_POINTS, LONGEST_CODE = 1000, 10


def _steps(entry: Placed) -> tuple[Grade, ...]:
    """A scale of whole points, from the least to the most."""
    entry.only("from to step source")
    file, at = entry.file, entry.at
    first, last = (file.take(entry.table, key, int, 0, at) for key in ("from", "to"))
    step = file.take(entry.table, "step", int, 1, at) if "step" in entry.table else 1
    if not 0 <= first < last <= MOST_POINTS or step < 1 or (last - first) % step:
        file.blame(at, Reason.of("expected.points-scale", most=MOST_POINTS), f"{first}..{last}")
        return ()
    return tuple(Grade(str(n), n, tuple((one, str(n)) for one in file.languages)) for n in range(first, last + 1, step))


def scale(layers: Layers) -> tuple[Grade, ...]:
    """Read the grading scale; none where the call states none.

    A scale holds as a whole: a later layer's takes the place of an earlier one's, whichever way each is written, and
    says so on its first grade.
    """
    grades: tuple[Grade, ...] = ()
    earlier = ""
    for layer, file in layers.files:
        for key in (one for one in ("scale", "scale_points") if one in file.data):
            said = _replaced(file, key)
            if not earlier and said:
                file.blame(f"{key}.replaces", "nothing-to-replace", said)
            elif earlier and (said != earlier or earlier == layer):
                file.blame(key, Reason.of("expected.replaces", layer=earlier, name="scale"), said or None)
            earlier = layer
            grades = _grades(file) if key == "scale" else _steps(_points(layer, file))
    return grades


def _points(layer: str, file: File) -> Placed:
    return Placed("scale_points", file.take(file.data, "scale_points", dict, {}), file, "scale_points", layer)


def _replaced(file: File, key: str) -> str:
    """The layer whose scale this one says that it replaces."""
    value = file.data[key]
    first = value[0] if isinstance(value, list) and value else value
    said = first.get("replaces", "") if isinstance(first, dict) else ""
    return said if isinstance(said, str) else ""


def _grades(file: File) -> tuple[Grade, ...]:
    grades: list[Grade] = []
    for at, table in file.tables("scale"):
        file.only(table, "code points text" if grades else "code points text replaces", at)
        code = file.take(table, "code", str, "", at)
        points = file.take(table, "points", int, 0, at) if "points" in table else len(grades)
        if any(grade.code == code for grade in grades):
            file.blame(f"{at}.code", "unique", code)
        if not 0 <= points <= MOST_POINTS:
            file.blame(f"{at}.points", Reason.of("expected.points", most=MOST_POINTS), points)
        if code and (len(code) > LONGEST_CODE or code.split() != [code]):
            file.blame(f"{at}.code", Reason.of("expected.code", longest=LONGEST_CODE), code)
        grades.append(Grade(code, points, file.words(table, "text", at)))
    return tuple(grades)


def criteria(
    layers: Layers, grades: tuple[Grade, ...], parameters: Mapping[str, Parameter], declared: Declared
) -> tuple[Criterion, ...]:
    """Read the quality criteria; none where the call states none."""
    codes = tuple(grade.code for grade in grades)

    def criterion(entry: Placed) -> Criterion:
        entry.only("id least weight gate cap text guidance source")
        read, weight = Conditions(entry.file, parameters, declared), entry.table.get("weight")
        return Criterion(
            id=entry.id,
            least=choice(entry, "least", codes, ""),
            source=source(entry),
            text=words(entry),
            guidance=words(entry, "guidance"),
            weight=read.parameter(weight, f"{entry.at}.weight", "count") if weight is not None else "",
            gate=flag(entry, "gate"),
            cap=choice(entry, "cap", codes, ""),
        )

    return tuple(entry.read(criterion) for entry in layers.listed("criteria"))


def assessment(
    layers: Layers, parameters: Mapping[str, Parameter], declared: Declared, found: tuple[Criterion, ...]
) -> Assessment:
    """Read how grades come together."""
    entry = layers.single("assessment")
    entry.only("least_total assessors consolidation tie_break source")
    read, table, at = Conditions(entry.file, parameters, declared), entry.table, entry.at
    return Assessment(
        least_total=read.parameter(table["least_total"], f"{at}.least_total", "points")
        if "least_total" in table
        else "",
        assessors=read.parameter(table["assessors"], f"{at}.assessors", "count") if "assessors" in table else "",
        consolidation=choice(entry, "consolidation", vocabulary.CONSOLIDATIONS, "consensus"),
        tie_break=names(entry, "tie_break", tuple(one.id for one in found)),
        source=source(entry) if table else "",
    )


def decisions(layers: Layers) -> tuple[str, ...]:
    """Read which decisions there are; none where the call does not limit them."""
    entry = layers.single("decisions")
    entry.only("allowed source")
    return names(entry, "allowed", vocabulary.DECISIONS)
