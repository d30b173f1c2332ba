"""A pack of register facts for a country: tables that refer to each other, checked before anything is stored.

A pack is a folder with `pack.toml`, seven CSV tables and a map. A reference to something that is not there, a
missing column or an id used twice is told with file and line, and nothing of the pack is then taken.
"""

from __future__ import annotations

import csv
import json
import re
from dataclasses import dataclass
from io import StringIO
from typing import TYPE_CHECKING

from samspel.engine.located import NotReadableError, Problem, one_of, open_text
from samspel.engine.registry import KINDS
from samspel.engine.verdicts import Reason

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

type Row = Mapping[str, str]

_CUT_OFF = "\0"
_NUMBER = re.compile(r"-?\d+(\.\d+)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Table:
    """What a table must look like: its key, columns that may not be empty, and columns that point elsewhere.

    A reference names a column, the table it points to, and whether it may hold several ids with spaces between.
    `numbers` are columns that hold a number where they hold anything; of `either` at least one column is filled.
    """

    file: str
    key: str
    filled: tuple[str, ...]
    references: tuple[tuple[str, str, bool], ...] = ()
    others: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    either: tuple[str, ...] = ()

    @property
    def columns(self) -> frozenset[str]:
        """Every column the table must have."""
        pointing = (reference[0] for reference in self.references)
        return frozenset((self.key, *self.filled, *pointing, *self.others, *self.numbers, *self.either))


TABLES: tuple[Table, ...] = (
    Table(
        "regions.csv", "code", ("level", "name_sv", "name_en"), (("parent", "regions.csv", False),), numbers=("level",)
    ),
    Table("themes.csv", "code", ("name_sv", "name_en")),
    Table(
        "priorities.csv",
        "id",
        ("region", "status", "vintage", "source"),
        (("region", "regions.csv", False), ("themes", "themes.csv", True)),
        either=("name_sv", "name_en"),
    ),
    Table(
        "organisations.csv",
        "id",
        ("name", "kind", "source"),
        (("region", "regions.csv", False), ("host", "organisations.csv", False), ("themes", "themes.csv", True)),
        others=("theme", "theme_basis", "listed"),
    ),
    Table(
        "projects_2017.csv",
        "id",
        ("sector", "source", "partners_known"),
        (("sector", "themes.csv", False), ("partners", "organisations.csv", True)),
        others=("name", "period", "not_found"),
        numbers=("total_budget_sek",),
    ),
    Table(
        "positions.csv",
        "organisation",
        ("x", "y"),
        (("organisation", "organisations.csv", False),),
        numbers=("x", "y"),
    ),
)
FILES: tuple[str, ...] = ("pack.toml", "map.json", *(table.file for table in TABLES))


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack that has been read and checked: its id and version, its tables' rows, and the map's county shapes."""

    id: str
    version: str
    names: tuple[tuple[str, str], ...]
    credits: tuple[Mapping[str, object], ...]
    tables: Mapping[str, tuple[Row, ...]]
    paths: Mapping[str, str]

    def rows(self, file: str) -> tuple[Row, ...]:
        """The rows of one table, in the file's order."""
        return self.tables[file]


def _rows(table: Table, text: str) -> tuple[tuple[Row, ...], list[Problem]]:
    """The rows of a table, and what is wrong with each."""
    reader = csv.DictReader(StringIO(text), strict=True, restkey="", restval=_CUT_OFF)
    try:
        missing = table.columns - set(reader.fieldnames or ())
        if missing:
            expected = Reason.of("expected.columns", columns=" ".join(sorted(missing)))
            return (), [Problem(table.file, 1, "", expected)]
        rows = [(reader.line_num, row) for row in reader]
    except csv.Error as error:
        return (), [Problem(table.file, reader.line_num, "", Reason.of("expected.plain.csv"), str(error))]
    seen: set[str] = set()
    problems = [problem for line, row in rows for problem in _wrong(table, line, row, seen)]
    return tuple(row for _, row in rows), problems


def _wrong(table: Table, line: int, row: dict[str, str], seen: set[str]) -> Iterator[Problem]:
    """What is wrong with one row by itself; `seen` are the ids that came before."""

    def problem(column: str, code: str, found: str = "") -> Problem:
        return Problem(table.file, line, column, Reason.of(f"expected.plain.{code}"), found)

    if "" in row or _CUT_OFF in row.values():
        yield problem("", "row-of-columns", ",".join(map(str, row.values())).replace(_CUT_OFF, ""))
        return
    if row[table.key] in seen:
        yield problem(table.key, "unique", row[table.key])
    seen.add(row[table.key])
    for column in (table.key, *table.filled):
        if not row[column]:
            yield problem(column, "value")
    for column in table.numbers:
        if row[column] and not _NUMBER.fullmatch(row[column]):
            yield problem(column, "number", row[column])
    if row.get("kind") and row["kind"] not in KINDS:
        yield Problem(table.file, line, "kind", one_of(KINDS), row["kind"])
    if table.either and not any(row[column] for column in table.either):
        yield problem(table.either[0], "name")


def _astray(table: Table, tables: Mapping[str, tuple[Row, ...]]) -> Iterator[Problem]:
    """Each reference of a table that leads nowhere."""
    keys = {other.file: other.key for other in TABLES}
    for column, target, several in table.references:
        known = {row[keys[target]] for row in tables[target]}
        for line, row in enumerate(tables[table.file], start=2):
            for one in row[column].split() if several else [row[column]]:
                if one and one not in known:
                    yield Problem(table.file, line, column, Reason.of("expected.id-in", file=target), one)


def read_pack(files: Mapping[str, str]) -> Pack:
    """Read a pack from the texts of its files, by file name.

    Raises:
        NotReadableError: with every problem found.
    """
    absent = [Problem(name, 1, "", Reason.of("expected.plain.file")) for name in FILES if name not in files]
    if absent:
        raise NotReadableError(tuple(absent))
    meta = open_text("pack.toml", files["pack.toml"])
    names = meta.words(meta.data, "name")
    pack_id, version = meta.slug(meta.data, "id"), meta.take(meta.data, "version", str, "")
    credit = tuple(entry for _, entry in meta.tables("credits"))
    problems, tables = meta.problems, {}
    for table in TABLES:
        tables[table.file], wrong = _rows(table, files[table.file])
        problems.extend(wrong)
    if not problems:
        problems.extend(problem for table in TABLES for problem in _astray(table, tables))
    try:
        paths = {code: str(shape["path"]) for code, shape in json.loads(files["map.json"])["counties"].items()}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        problems.append(Problem("map.json", 1, "counties", Reason.of("expected.plain.map"), str(error)))
    if problems:
        raise NotReadableError(tuple(problems))
    return Pack(pack_id, version, names, credit, tables, paths)
