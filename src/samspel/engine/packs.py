"""A pack of register facts for a country: tables that refer to each other, checked before anything is stored.

A pack is a folder with `pack.toml`, seven CSV tables and a map. A reference to something that is not there, a
missing column or an id used twice is told with file and line, and nothing of the pack is then taken.
"""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from io import StringIO
from typing import TYPE_CHECKING

from samspel.engine.located import NotReadableError, Problem, open_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

type Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """What a table must look like: its key, columns that may not be empty, and columns that point elsewhere.

    A reference names a column, the table it points to, and whether it may hold several ids with spaces between.
    """

    file: str
    key: str
    filled: tuple[str, ...]
    references: tuple[tuple[str, str, bool], ...] = ()
    others: tuple[str, ...] = ()

    @property
    def columns(self) -> frozenset[str]:
        """Every column the table must have."""
        return frozenset((self.key, *self.filled, *(r[0] for r in self.references), *self.others))


TABLES: tuple[Table, ...] = (
    Table("regions.csv", "code", ("level", "name_sv", "name_en"), (("parent", "regions.csv", False),)),
    Table("themes.csv", "code", ("name_sv", "name_en")),
    Table(
        "priorities.csv",
        "id",
        ("region", "status", "vintage", "source"),
        (("region", "regions.csv", False), ("themes", "themes.csv", True)),
        ("name_sv", "name_en"),
    ),
    Table(
        "organisations.csv",
        "id",
        ("name", "kind", "source"),
        (
            ("region", "regions.csv", False),
            ("host", "organisations.csv", False),
            ("themes", "themes.csv", True),
        ),
        ("theme", "theme_basis", "listed"),
    ),
    Table(
        "projects_2017.csv",
        "id",
        ("sector", "source", "partners_known"),
        (("sector", "themes.csv", False), ("partners", "organisations.csv", True)),
        ("name", "total_budget_sek", "period", "not_found"),
    ),
    Table("positions.csv", "organisation", ("x", "y"), (("organisation", "organisations.csv", False),)),
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


def _rows(table: Table, text: str, problems: list[Problem]) -> tuple[Row, ...]:
    reader = csv.DictReader(StringIO(text), strict=True)
    missing = table.columns - set(reader.fieldnames or ())
    if missing:
        problems.append(Problem(table.file, 1, "", f"the columns {' '.join(sorted(missing))}", "a table without them"))
        return ()
    rows, seen = [], set()
    for row in reader:
        line = reader.line_num
        if row[table.key] in seen:
            problems.append(Problem(table.file, line, table.key, "an id that no other row has", row[table.key]))
        seen.add(row[table.key])
        problems.extend(
            Problem(table.file, line, name, "a value", "nothing")
            for name in (table.key, *table.filled)
            if not row[name]
        )
        rows.append(row)
    return tuple(rows)


def _astray(table: Table, tables: Mapping[str, tuple[Row, ...]]) -> Iterator[Problem]:
    """Each reference of a table that leads nowhere."""
    keys = {other.file: other.key for other in TABLES}
    for column, target, several in table.references:
        known = {row[keys[target]] for row in tables[target]}
        for line, row in enumerate(tables[table.file], start=2):
            for one in row[column].split() if several else [row[column]]:
                if one and one not in known:
                    yield Problem(table.file, line, column, f"an id in {target}", one)


def read_pack(files: Mapping[str, str]) -> Pack:
    """Read a pack from the texts of its files, by file name.

    Raises:
        NotReadableError: with every problem found.
    """
    absent = [Problem(name, 1, "", "a file", "none") for name in FILES if name not in files]
    if absent:
        raise NotReadableError(tuple(absent))
    meta = open_text("pack.toml", files["pack.toml"])
    names = meta.words(meta.data, "name")
    pack_id, version = meta.take(meta.data, "id", str, ""), meta.take(meta.data, "version", str, "")
    credit = tuple(entry for _, entry in meta.tables("credits"))
    problems = meta.problems
    tables = {table.file: _rows(table, files[table.file], problems) for table in TABLES}
    if not problems:
        problems.extend(problem for table in TABLES for problem in _astray(table, tables))
    if problems:
        raise NotReadableError(tuple(problems))
    counties = json.loads(files["map.json"])["counties"]
    return Pack(pack_id, version, names, credit, tables, {code: shape["path"] for code, shape in counties.items()})
