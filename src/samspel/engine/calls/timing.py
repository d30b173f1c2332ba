"""What time it is for a call: before its first window, within one, between two, or after the last.

A window whose beginning is not stated is open from the call's publication, or for a later stage from the close of the
one before; one whose end is not stated is open until
the authority closes the call. A call without windows is the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from samspel.engine.calls.reading.calendar import instant
from samspel.engine.calls.text import Call, Window

SATURDAY = 5
DAYS_AHEAD = 8


class Phase(StrEnum):
    """Where a moment falls in a call's calendar."""

    BEFORE = "before"
    OPEN = "open"
    BETWEEN = "between"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Timing:
    """Where a moment falls, the window it is in or that comes next, and the moment at which that changes."""

    phase: Phase
    window: Window | None = None
    changes_at: datetime | None = None


def _receives(window: Window, at: datetime) -> bool:
    """Whether a window that is open these days receives at this local hour of this day."""
    if window.workdays and at.weekday() >= SATURDAY:
        return False
    return window.daily is None or window.daily[0] <= at.time() <= window.daily[1]


def _next_hour(window: Window, at: datetime) -> datetime | None:
    """The moment at which a window that keeps hours or workdays next opens, or the last at which it is still open.

    None where its hours are all day, every day.
    """
    first, last = window.daily or (time.min, time.max)
    received = _receives(window, at)
    for days in range(DAYS_AHEAD):
        day = at.date() + timedelta(days=days)
        for hour in (first, last):
            turn = datetime.combine(day, hour, tzinfo=at.tzinfo)
            then = turn if hour == first else turn + timedelta(microseconds=1)
            if turn > at and _receives(window, then) is not received:
                return turn if received else then
    return None


def _opening(call: Call, window: Window) -> datetime | None:
    """When a window opens; one of a later stage whose opening is not stated, when the stage before it has closed."""
    zone = call.calendar.zone
    if window.opens is not None:
        return instant(window.opens, zone, last=False)
    order = [stage.id for stage in call.stages]
    before = order[: order.index(window.stage)] if window.stage in order else []
    ends = [
        instant(one.closes, zone, last=True) for one in call.windows if one.stage in before and one.closes is not None
    ]
    return max(ends, default=None)


def timing(call: Call, at: datetime) -> Timing:
    """Say where an instant (with its zone) falls in the call's calendar.

    >>> from types import SimpleNamespace
    >>> timing(SimpleNamespace(windows=(), calendar=SimpleNamespace(zone="UTC")), datetime(2018, 1, 1)).phase
    <Phase.OPEN: 'open'>
    """
    if not call.windows:
        return Timing(Phase.OPEN)
    zone = call.calendar.zone
    upcoming, passed = [], False
    for window in call.windows:
        opens = _opening(call, window)
        closes = None if window.closes is None else instant(window.closes, zone, last=True)
        if closes is not None and at > closes:
            passed = True
        elif opens is not None and at < opens:
            upcoming.append((opens, window))
        elif not window.workdays and window.daily is None:
            return Timing(Phase.OPEN, window, closes)
        else:
            local = at.astimezone(ZoneInfo(zone or "UTC"))
            turns = _next_hour(window, local)
            if _receives(window, local):
                return Timing(
                    Phase.OPEN, window, min((one for one in (turns, closes) if one is not None), default=None)
                )
            if turns is not None and (closes is None or turns <= closes):
                upcoming.append((turns, window))
            passed = True
    if upcoming:
        opens, window = min(upcoming, key=lambda pair: pair[0])
        return Timing(Phase.BETWEEN if passed else Phase.BEFORE, window, opens)
    return Timing(Phase.AFTER)
