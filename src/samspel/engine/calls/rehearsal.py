"""The moments at which a call is rehearsed: those of its own calendar at which something changes or people hurry.

Hours and shorter spans are counted in real time, days by the clock on the wall of the calendar's zone. A window whose
opening is not stated is open from the call's publication; a rehearsal then chooses a day for that.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from samspel.engine.calls.reading.calendar import instant
from samspel.engine.calls.timing import SATURDAY, Phase, timing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from samspel.engine.calls.text import Call, Window

SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
DAY, WEEK, MONTH = timedelta(days=1), timedelta(days=7), timedelta(days=30)
MOST = 60
"""The most moments of one rehearsal; a calendar of ten cut-offs has about as many."""


class Kind(StrEnum):
    """What is particular about a moment."""

    PUBLISHED = "published"
    BEFORE = "before"
    OPENING = "opening"
    MIDDLE = "middle"
    OUT_OF_HOURS = "out-of-hours"
    LAST_QUESTION = "last-question"
    LATE_QUESTION = "late-question"
    LAST_HOUR = "last-hour"
    LAST_MINUTE = "last-minute"
    CLOSING = "closing"
    LATE = "late"
    ENDED = "ended"
    DECISION = "decision"
    CHOSEN = "chosen"


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant of a rehearsal. `ended` says that the authority has closed the call just before it."""

    kind: Kind
    at: datetime
    window: str = ""
    ended: bool = False

    @property
    def key(self) -> str:
        """The moment's name in an address."""
        return f"{self.kind}.{self.window}" if self.window else str(self.kind)


def _zone(call: Call) -> ZoneInfo:
    return ZoneInfo(call.calendar.zone or "UTC")


def _edges(call: Call, window: Window) -> tuple[datetime | None, datetime | None]:
    zone = call.calendar.zone
    opens = None if window.opens is None else instant(window.opens, zone, last=False)
    return opens, None if window.closes is None else instant(window.closes, zone, last=True)


def later(moment: datetime, span: timedelta) -> datetime:
    """A moment that much later (earlier, when less than nothing) in real time, also where clocks are changed.

    >>> later(datetime(2026, 10, 25, 2, 30, tzinfo=ZoneInfo("Europe/Stockholm")), HOUR).isoformat()
    '2026-10-25T02:30:00+01:00'
    """
    return (moment.astimezone(UTC) + span).astimezone(moment.tzinfo)


def publication(call: Call, at: datetime) -> datetime:
    """When the rehearsal publishes the call: in good time before whatever comes first; `at` without a calendar."""
    zone = call.calendar.zone
    opens = [edge for window in call.windows if (edge := _edges(call, window)[0]) is not None]
    ends = [
        instant(end, zone, last=False)
        for window in call.windows
        for end in (window.questions_until, window.closes, window.decided)
        if end is not None and window.opens is None
    ]
    # Days by the wall clock: adding to a moment with a zone keeps its clock time.
    return min((*(one - WEEK for one in opens), *(one - MONTH for one in ends)), default=at.astimezone(_zone(call)))


def moments(call: Call, at: datetime) -> tuple[Moment, ...]:
    """The moments of the call's calendar, in order; at most `MOST`. Without windows: publication and the end.

    `at` is the publication of a call that states no times at all.

    >>> from types import SimpleNamespace
    >>> without = SimpleNamespace(windows=(), calendar=SimpleNamespace(zone="UTC"))
    >>> [moment.key for moment in moments(without, datetime(2018, 1, 1, tzinfo=UTC))]
    ['published', 'middle', 'ended']
    """
    begins = publication(call, at)
    if not any(end for window in call.windows for end in (window.opens, window.closes, window.decided)):
        return (
            Moment(Kind.PUBLISHED, begins),
            Moment(Kind.MIDDLE, begins + WEEK),
            Moment(Kind.ENDED, begins + MONTH, ended=True),
        )
    found = [one for window in call.windows for one in _of_window(call, window, begins)]
    if any(window.opens is None for window in call.windows):
        found.append(Moment(Kind.PUBLISHED, begins))
    closings = [edge for window in call.windows if (edge := _edges(call, window)[1]) is not None]
    if closings and len(closings) == len(call.windows):
        found.append(Moment(Kind.ENDED, max(closings) + DAY, ended=True))
    unlike = {(one.at, one.kind, one.window): one for one in found}
    return tuple(sorted(unlike.values(), key=_in_order)[:MOST])


def _in_order(moment: Moment) -> tuple[datetime, int]:
    return moment.at.astimezone(UTC), list(Kind).index(moment.kind)


def _of_window(call: Call, window: Window, begins: datetime) -> Iterator[Moment]:
    """The moments of one window, leaving out those that a short window has no room for."""
    opens, closes = _edges(call, window)
    since = opens or begins
    if opens is not None:
        yield Moment(Kind.BEFORE, opens - DAY, window.id)
        yield Moment(Kind.OPENING, opens, window.id)
    if closes is not None:
        between = (closes.astimezone(UTC) - since.astimezone(UTC)) / 2
        yield Moment(Kind.MIDDLE, later(since, between).replace(second=0, microsecond=0), window.id)
    elif opens is not None:
        yield Moment(Kind.MIDDLE, opens + WEEK, window.id)
    shut = _out_of_hours(window, since, closes)
    if shut is not None:
        yield Moment(Kind.OUT_OF_HOURS, shut, window.id)
    if window.questions_until is not None:
        asked = instant(window.questions_until, call.calendar.zone, last=True)
        yield Moment(Kind.LAST_QUESTION, asked, window.id)
        yield Moment(Kind.LATE_QUESTION, later(asked, SECOND), window.id)
    if closes is not None:
        for kind, before in ((Kind.LAST_HOUR, HOUR), (Kind.LAST_MINUTE, MINUTE)):
            if later(closes, -before) > since:
                yield Moment(kind, later(closes, -before), window.id)
        yield Moment(Kind.CLOSING, closes, window.id)
        yield Moment(Kind.LATE, later(closes, SECOND), window.id)
    if window.decided is not None:
        decided = instant(window.decided, call.calendar.zone, last=False)
        day = datetime.combine(decided.date(), time(12), decided.tzinfo)
        moment = decided if isinstance(window.decided, datetime) else day
        yield Moment(Kind.DECISION, moment, window.id, ended=timing(call, moment).phase is Phase.AFTER)


def _out_of_hours(window: Window, since: datetime, closes: datetime | None) -> datetime | None:
    """The first time within a window at which it does not receive: after hours, or on a Saturday."""
    noon = datetime.combine(since.date(), time(12), since.tzinfo)
    first = None
    if window.daily is not None:
        first = later(datetime.combine(since.date(), window.daily[1], since.tzinfo), SECOND)
        first = first if first > since else first + DAY
    elif window.workdays:
        first = noon + timedelta(days=(SATURDAY - noon.weekday()) % 7)
        first = first if first > since else first + WEEK
    return first if first is not None and (closes is None or first < closes) else None


def began(call: Call, at: datetime, begins: datetime) -> datetime | None:
    """When an applicant who is at work at a moment could first begin: as the newest window so far began to receive.

    None before the first window. A window that receives at certain hours only is tried hour by hour for ten days.
    """
    starts = [since for window in call.windows if (since := _edges(call, window)[0] or begins) <= at]
    if not call.windows:
        starts = [begins]
    if not starts:
        return None
    first = max(starts)
    for hours in range(10 * 24):
        tried = later(first, hours * HOUR)
        if tried > at:
            break
        if timing(call, tried).phase is Phase.OPEN:
            return tried
    return at if timing(call, at).phase is Phase.OPEN else None


def ended_at(call: Call, moment: Moment) -> datetime:
    """When the authority closed the call before a moment at which it has: a day after the last window, or just then."""
    closings = [edge for window in call.windows if (edge := _edges(call, window)[1]) is not None]
    just = later(moment.at, -MINUTE)
    return min(just, max(closings) + DAY) if closings and max(closings) < just else just


def asking(call: Call, at: datetime) -> bool | None:
    """Whether a question at this moment is in time; None where the window of the moment states no last time for it."""
    window = timing(call, at).window
    if window is None:
        passed = [one for one in call.windows if one.questions_until is not None]
        return False if passed and len(passed) == len(call.windows) else None
    if window.questions_until is None:
        return None
    return at <= instant(window.questions_until, call.calendar.zone, last=True)


def chosen(call: Call, local: datetime) -> Moment:
    """A moment that somebody chose, by the wall clock of the call's zone."""
    return Moment(Kind.CHOSEN, local.replace(tzinfo=_zone(call)))
