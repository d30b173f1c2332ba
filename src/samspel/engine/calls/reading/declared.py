"""Reads what a call declares of its own: areas, lists, registers, statements, terms, documents and the like."""

from __future__ import annotations

from functools import partial

from samspel.engine.calls import vocabulary
from samspel.engine.calls.reading.layers import Layers, Placed
from samspel.engine.calls.reading.parameters import NOT_STATED
from samspel.engine.calls.text import Declared, Entry, Statement
from samspel.engine.located import one_of
from samspel.engine.registry import is_code
from samspel.engine.values import Words

_FACTS = {"documents": ("signed_by", "language", "template"), "indicators": ("unit",), "opinions": ("giver",)}


def _complete(entry: Placed, members: tuple[str, ...]) -> bool:
    """Whether everybody who belongs is named; never where the source states nobody."""
    stated = (
        entry.file.take(entry.table, "complete", bool, default=True, at=entry.at) if "complete" in entry.table else True
    )
    return stated and bool(members)


def _texts(entry: Placed, key: str) -> tuple[str, ...]:
    if entry.table.get(key) == NOT_STATED:
        return ()
    values = entry.file.take(entry.table, key, list, [], entry.at)
    for one in values:
        if not isinstance(one, str) or not one:
            entry.file.blame(f"{entry.at}.{key}", "text", one)
    if not values and isinstance(entry.table.get(key), list):
        entry.file.blame(f"{entry.at}.{key}", "not-empty", values)
    return tuple(str(one) for one in values)


def words(entry: Placed, key: str = "text", *, required: bool = True) -> Words:
    """The entry's text in the call's languages; empty where it is left out and may be."""
    if key not in entry.table and not required:
        return ()
    return entry.file.words(entry.table, key, entry.at)


def source(entry: Placed) -> str:
    """The entry's source; an absent one is blamed."""
    return entry.file.take(entry.table, "source", str, "", entry.at)


def _facts(entry: Placed, keys: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    found = []
    for key in keys:
        if key in entry.table:
            value = entry.file.take(entry.table, key, str, "", entry.at)
            choices = {"signed_by": vocabulary.SIGNERS, "giver": vocabulary.GIVERS}.get(key)
            if choices and value not in choices:
                entry.file.blame(f"{entry.at}.{key}", one_of(choices), value)
            found.append((key, value))
    return tuple(found)


def _areas(layers: Layers) -> dict[str, Entry]:
    return {entry.id: entry.read(_area) for entry in layers.named("areas")}


def _area(entry: Placed) -> Entry:
    entry.only("codes complete text source set")
    codes = _texts(entry, "codes")
    for code in codes:
        if not is_code(code):
            entry.file.blame(f"{entry.at}.codes", "code", code)
    group = entry.file.take(entry.table, "set", str, "", entry.at) if "set" in entry.table else ""
    return Entry(entry.id, words(entry), source(entry), codes, _complete(entry, codes), group, layer=entry.layer)


def _terms(layers: Layers) -> dict[str, dict[str, Entry]]:
    found = {}
    for kind in vocabulary.TERMS:
        found[f"terms.{kind}"] = {one.id: one.read(_term) for one in layers.named(f"terms.{kind}")}
    for _layer, file in layers.files:
        table = file.data.get("terms", {})
        if isinstance(table, dict):
            file.only(table, " ".join(vocabulary.TERMS), "terms")
        else:
            file.blame("terms", "table", table)
    return found


def _term(entry: Placed) -> Entry:
    said = {key: value for key, value in entry.table.items() if key not in ("source", "replaces")}
    at = entry.at.removesuffix(f".{entry.id}")
    return Entry(entry.id, entry.file.words({entry.id: said}, entry.id, at), layer=entry.layer)


def _statement(entry: Placed) -> Statement:
    entry.only("of unit text source")
    file, table, at = entry.file, entry.table, entry.at
    of = file.take(table, "of", str, "project", at) if "of" in table else "project"
    unit = file.take(table, "unit", str, "", at)
    if of not in ("project", "partner"):
        file.blame(f"{at}.of", one_of(("project", "partner")), of)
    if unit not in vocabulary.STATEMENT_UNITS:
        file.blame(f"{at}.unit", one_of(vocabulary.STATEMENT_UNITS), unit)
    return Statement(entry.id, of, unit, words(entry), source(entry))


def _list(entry: Placed) -> Entry:
    entry.only("ids complete text source")
    ids = _texts(entry, "ids")
    return Entry(entry.id, words(entry), source(entry), ids, _complete(entry, ids), layer=entry.layer)


def _told(entry: Placed, *, facts: tuple[str, ...] | None = None) -> Entry:
    """An entry that has a text and a source; with `facts`, one that names itself and may have these."""
    keys = facts or ()
    entry.only(" ".join(("text source", *keys) if facts is None else ("id text source", *keys)))
    return Entry(entry.id, words(entry), source(entry), facts=_facts(entry, keys), layer=entry.layer)


def declared(layers: Layers) -> Declared:
    """Read every table of declarations."""
    entries: dict[str, dict[str, Entry]] = {"areas": _areas(layers), **_terms(layers)}
    entries["lists"] = {one.id: one.read(_list) for one in layers.named("lists")}
    entries["registers"] = {one.id: one.read(_told) for one in layers.named("registers")}
    for table, keys in _FACTS.items():
        read = partial(_told, facts=keys)
        entries[table] = {one.id: one.read(read) for one in layers.listed(table)}
    return Declared(entries, {one.id: one.read(_statement) for one in layers.named("statements")})
