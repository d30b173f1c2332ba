"""Reads parameters: numbers with units, sources and the days on which they hold; and the limits a unit sets."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal

from samspel.engine.calls import vocabulary
from samspel.engine.calls.reading.layers import Layers, Placed
from samspel.engine.calls.text import Dated, Parameter
from samspel.engine.located import one_of
from samspel.engine.values import CENT
from samspel.engine.verdicts import Reason

LARGEST_NUMBER = Decimal(10) ** 12
NOT_STATED = "not stated"


def fits(unit: str, value: Decimal) -> bool:
    """Whether a number can be a value of this unit: a whole count, an amount in cents, a share of 0 to 1."""
    match unit:
        case "share":
            return 0 <= value <= 1
        case "money":
            return 0 <= value < LARGEST_NUMBER and value == value.quantize(CENT)
        case "rate":
            return 0 < value < LARGEST_NUMBER
        case _:
            return 0 <= value < LARGEST_NUMBER and value == value.to_integral_value()


def a_day(value: object) -> date | None:
    """A date without a clock time; None for anything else."""
    return value if isinstance(value, date) and not isinstance(value, datetime) else None


def _value(entry: Placed, value: object, at: str, unit: str) -> Decimal | date | None:
    if unit == "date":
        day = a_day(value)
        if day is None:
            entry.file.blame(at, "day", value)
        return day
    number = Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if not isinstance(number, Decimal) or not number.is_finite():
        entry.file.blame(at, "parameter-value", value)
        return None
    if not fits(unit, number):
        entry.file.blame(at, f"{unit}-value" if unit in ("share", "money", "rate") else "count-value", number)
        return None
    return number


def _periods(entry: Placed, values: list[object], at: str, unit: str) -> tuple[Dated, ...]:
    found: list[Dated] = []
    for one in values:
        table = one if isinstance(one, Mapping) else {}
        entry.file.only(table, "from until is", at)
        since, until = a_day(table.get("from")), a_day(table.get("until"))
        if since is None or ("until" in table and until is None) or "is" not in table:
            entry.file.blame(at, "period", one)
            continue
        if until is not None and until < since:
            entry.file.blame(at, Reason.of("expected.until-after", since=since.isoformat()), until)
            continue
        if found:
            before = found[-1]
            latest = before.until or before.since
            if latest is not None and since <= latest:
                entry.file.blame(at, "periods-in-order", since)
                continue
            ends = before.until or since - timedelta(days=1)
            if ends + timedelta(days=1) < since:
                gap = Reason.of("expected.no-gap", since=ends.isoformat(), until=since.isoformat())
                entry.file.blame(at, gap)
            found[-1] = Dated(before.value, before.since, ends)
        value = _value(entry, table["is"], at, unit)
        if value is not None:
            found.append(Dated(value, since, until))
    return tuple(found)


def _parameter(entry: Placed) -> Parameter:
    file, table, at = entry.file, entry.table, entry.at
    entry.only("unit value source note of")
    unit = file.take(table, "unit", str, "count", at)
    if unit not in vocabulary.UNITS:
        file.blame(f"{at}.unit", one_of(vocabulary.UNITS), unit)
    of = file.take(table, "of", str, "", at) if "of" in table else ""
    if unit == "share" and of not in vocabulary.DENOMINATORS:
        denominators = Reason.of("expected.denominator", choices=" ".join(vocabulary.DENOMINATORS))
        file.blame(f"{at}.of", denominators, of or None)
    value, path = table.get("value"), f"{at}.value"
    if value == NOT_STATED:
        values: tuple[Dated, ...] = ()
    elif isinstance(value, list):
        if not value:
            file.blame(path, "period", value)
        values = _periods(entry, value, path, unit)
    else:
        single = _value(entry, value, path, unit)
        values = () if single is None else (Dated(single),)
    source = file.take(table, "source", str, "", at)
    note = file.take(table, "note", str, "", at) if "note" in table else ""
    under = None if entry.under is None else _parameter(entry.under)
    return Parameter(entry.id, unit, values, source, of, note, entry.layer, entry.replaces, under)


def parameters(layers: Layers) -> tuple[Parameter, ...]:
    """Read every parameter of a call's layers; one that replaces another keeps it under itself."""
    return tuple(_parameter(entry) for entry in layers.named("parameters"))
