"""Every call kept here reads, its cases hold, and each number says where it stands in the call's own words."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path

import pytest

from samspel.engine.calls.cases import read_cases, run
from samspel.engine.calls.reading.call import LAYER_FILES, read
from samspel.engine.calls.soundness import headings

CALLS = Path(__file__).resolve().parents[2] / "calls"
FOLDERS = sorted(path.parent for path in CALLS.glob("*/call.toml"))
each_call = pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)


def texts(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir() if path.is_file()}


def tables(value: object, at: str = "") -> Iterator[tuple[str, Mapping[str, object]]]:
    """Every table within a file, with its path."""
    if isinstance(value, Mapping):
        yield at, value
        for key, inner in value.items():
            yield from tables(inner, f"{at}.{key}")
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from tables(inner, f"{at}.{index}")


def layers(folder: Path) -> dict[str, dict[str, object]]:
    found = texts(folder)
    return {name: tomllib.loads(found[file]) for name, file in LAYER_FILES if file in found}


def test_there_are_calls():
    assert "kluster-2016" in {folder.name for folder in FOLDERS}
    assert {folder.name for folder in CALLS.iterdir()} == {folder.name for folder in FOLDERS} | {"patterns"}


@each_call
def test_a_call_has_its_files_and_is_named_as_its_folder(folder):
    assert {"call.toml", "form.toml", "cases.toml", "SOURCE.md"} <= set(texts(folder))
    assert read(texts(folder)).id == folder.name


@each_call
def test_its_cases_hold_and_try_every_rule(folder):
    found = texts(folder)
    call = read(found)
    assert run(call, read_cases(found["cases.toml"], call)) == ()


@each_call
def test_every_source_is_a_heading_of_its_page(folder):
    anchors = headings(texts(folder)["SOURCE.md"])
    cited = {
        f"{name}{at}: {table['source']}"
        for name, data in layers(folder).items()
        for at, table in tables(data)
        if "source" in table
    }
    assert {one for one in cited if one.rpartition("SOURCE.md#")[2] not in anchors or "SOURCE.md#" not in one} == set()


@each_call
def test_every_number_and_every_rule_says_where_it_comes_from(folder):
    call = read(texts(folder))
    said = [
        *((one.name, one.source) for one in call.parameters),
        *((one.id, one.source) for one in call.rules),
        *((one.id, one.source) for one in call.exceptions),
        *((one.id, one.source) for one in call.partitions),
        *((one.id, one.source) for one in call.criteria),
        *((one.id, one.source) for one in call.windows),
    ]
    assert [one for one, source in said if not source.startswith("SOURCE.md#")] == []
    bare = [
        f"{name}{at}"
        for name, data in layers(folder).items()
        for at, table in tables(data)
        if "value" in table and not table.get("source")
    ]
    assert bare == []


@each_call
def test_its_page_of_sources_names_an_address(folder):
    page = texts(folder)["SOURCE.md"]
    assert re.search(r"<https?://[^\s>]+>|\]\(https?://[^\s)]+\)|https?://\S+", page)


@each_call
def test_nothing_stands_in_two_layers_unless_it_says_that_it_replaces(folder):
    where: dict[tuple[str, str], list[tuple[str, object]]] = {}
    for layer, data in layers(folder).items():
        for key, value in data.items():
            if isinstance(value, dict) and key not in ("layer", "title", "purpose"):
                entries = value.items() if all(isinstance(one, dict) for one in value.values()) else [("", value)]
            elif isinstance(value, list):
                entries = [(str(one.get("id", one.get("code", ""))), one) for one in value if isinstance(one, dict)]
            else:
                continue
            for name, entry in entries:
                inner = entry.items() if key == "terms" else [(name, entry)]
                for term, table in inner:
                    where.setdefault((f"{key}.{name}", term), []).append((layer, table))
    silent = [
        (name, layer)
        for name, said in where.items()
        for (before, _), (layer, table) in pairwise(said)
        if not (isinstance(table, dict) and table.get("replaces") == before)
    ]
    assert silent == []


@each_call
def test_its_texts_are_in_both_languages_and_differ(folder):
    call = read(texts(folder))
    assert set(call.languages) >= {"sv", "en"}
    purpose = dict(call.purpose)
    assert purpose["sv"] != purpose["en"]
