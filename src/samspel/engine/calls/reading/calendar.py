"""Reads the calendar: the zone, the day whose parameters count, the stages, and the windows with their clock times."""

from __future__ import annotations

from datetime import date, datetime, time
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

from samspel.engine.calls.reading.declared import source, words
from samspel.engine.calls.reading.layers import Layers, Placed
from samspel.engine.calls.reading.parameters import a_day
from samspel.engine.calls.reading.rules import choice, flag
from samspel.engine.calls.text import Calendar, Stage, Window
from samspel.engine.verdicts import Reason

YEARS = range(1900, 2200)
"""The years in which a window can lie; before and after them no day can be counted from another."""
_TIMES = ("opens", "questions_until", "closes", "decided")


def calendar(layers: Layers) -> Calendar:
    """Read the call's zone, day and note."""
    return layers.single("calendar").read(_calendar)


def _calendar(entry: Placed) -> Calendar:
    entry.only("zone dated note source")
    file, table = entry.file, entry.table
    zone = file.take(table, "zone", str, "", entry.at)
    if zone and zone not in available_timezones():
        file.blame(f"{entry.at}.zone", "zone", zone)
    dated = a_day(table.get("dated"))
    if "dated" in table and dated is None:
        file.blame(f"{entry.at}.dated", "day", table["dated"])
    return Calendar(zone, dated, words(entry, "note", required=False), source(entry))


def stages(layers: Layers) -> tuple[Stage, ...]:
    """Read the stages in their order; none means one."""
    return tuple(entry.read(_stage) for entry in layers.listed("stages"))


def _stage(entry: Placed) -> Stage:
    entry.only("id text source")
    return Stage(entry.id, words(entry), source(entry))


def _moment(entry: Placed, key: str) -> datetime | date | None:
    value = entry.table.get(key)
    if value is None:
        return None
    if isinstance(value, datetime) and value.tzinfo is not None:
        entry.file.blame(f"{entry.at}.{key}", "local-time", value)
        return None
    if not isinstance(value, date):
        entry.file.blame(f"{entry.at}.{key}", "day-or-time", value)
        return None
    if value.year not in YEARS:
        years = Reason.of("expected.years", first=YEARS[0], last=YEARS[-1])
        entry.file.blame(f"{entry.at}.{key}", years, value)
        return None
    return value


def ends(moment: datetime | date) -> datetime:
    """The last instant of a day without a clock time; a clock time as it stands. Without a zone.

    >>> ends(date(2018, 5, 31))
    datetime.datetime(2018, 5, 31, 23, 59, 59, 999999)
    """
    return moment if isinstance(moment, datetime) else datetime.combine(moment, time.max)


def begins(moment: datetime | date) -> datetime:
    """The first instant of a day without a clock time; a clock time as it stands. Without a zone."""
    return moment if isinstance(moment, datetime) else datetime.combine(moment, time.min)


def _daily(entry: Placed) -> tuple[time, time] | None:
    """The clock times between which a window is open each day."""
    value = entry.table.get("daily")
    if value is None:
        return None
    times = [one for one in value if isinstance(one, time)] if isinstance(value, list) else []
    if len(times) != 2 or times[0] >= times[1]:  # noqa: PLR2004 - from and until
        entry.file.blame(f"{entry.at}.daily", "two-times", value)
        return None
    return times[0], times[1]


def windows(layers: Layers, known: tuple[Stage, ...]) -> tuple[Window, ...]:
    """Read the windows; one that closes before it opens is blamed."""
    stages_known = tuple(one.id for one in known)
    return tuple(entry.read(lambda one: _window(one, stages_known)) for entry in layers.listed("windows"))


def _window(entry: Placed, known: tuple[str, ...]) -> Window:
    entry.only(" ".join(("id stage source workdays daily", *_TIMES)))
    moments = {key: _moment(entry, key) for key in _TIMES}
    stated = [(key, moment) for key, moment in moments.items() if moment is not None]
    for (first, one), (second, other) in pairwise(stated):
        if ends(other) < begins(one):
            order = Reason.of("expected.after", first=first, moment=str(one))
            entry.file.blame(f"{entry.at}.{second}", order, other)
    return Window(
        entry.id,
        choice(entry, "stage", known, ""),
        **moments,
        source=source(entry),
        workdays=flag(entry, "workdays"),
        daily=_daily(entry),
    )


def instant(moment: datetime | date, zone: str, *, last: bool) -> datetime:
    """A moment of a call's calendar as an instant; a day is its first or its last instant.

    >>> instant(date(2018, 5, 31), "Europe/Stockholm", last=True).isoformat()
    '2018-05-31T23:59:59.999999+02:00'
    """
    return (ends(moment) if last else begins(moment)).replace(tzinfo=ZoneInfo(zone or "UTC"))
