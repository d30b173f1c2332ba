"""Days and clock times of a call as one reads them, and where the call is just now: before, open, closed."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from samspel.engine.calls.reading.calendar import instant
from samspel.engine.calls.text import said
from samspel.wording import term

if TYPE_CHECKING:
    from samspel.engine.calls.text import Call, Window
    from samspel.store.queries.calls import CallShown, Standing


def day(one: date) -> str:
    """A day in words: 5 December 2024."""
    return date_format(one, "j F Y")


def clock(one: datetime | time) -> str:
    """A clock time as the language writes it."""
    return gettext("%(hour)s:%(minute)s") % {"hour": f"{one:%H}", "minute": f"{one:%M}"}


def moment(one: datetime | date, zone: str, *, last: bool = False) -> str:
    """A day, or a day with its clock time and the zone's letters. A last day without a clock time is the whole day."""
    if isinstance(one, datetime):
        letters = one.replace(tzinfo=ZoneInfo(zone or "UTC")).tzname()
        return gettext("%(day)s at %(time)s %(zone)s") % {
            "day": day(one),
            "time": clock(one),
            "zone": letters,
        }
    return gettext("the end of %(day)s") % {"day": day(one)} if last else day(one)


def iso(one: datetime | date, zone: str) -> str:
    """The same for machines: with the zone's offset where there is a clock time."""
    return one.replace(tzinfo=ZoneInfo(zone or "UTC")).isoformat() if isinstance(one, datetime) else one.isoformat()


def _row(label: str, one: datetime | date | None, zone: str, *, last: bool = False) -> dict[str, Any]:
    if one is None:
        return {"label": label, "when": ""}
    return {"label": label, "when": moment(one, zone, last=last), "iso": iso(one, zone)}


def _hours(window: Window) -> list[str]:
    told = []
    if window.workdays:
        told.append(gettext("Monday to Friday only."))
    if window.daily is not None:
        first, last = map(clock, window.daily)
        told.append(gettext("Each day between %(first)s and %(last)s.") % {"first": first, "last": last})
    return told


def windows(text: Call, language: str) -> list[dict[str, Any]]:
    """Each window with its stage, its times in words (empty where the source is silent) and its source."""
    zone = text.calendar.zone
    stages = {stage.id: said(stage.text, language) for stage in text.stages}
    return [
        {
            "id": window.id,
            "title": stages.get(window.stage, "")
            or (gettext("Round %(number)s") % {"number": number} if len(text.windows) > 1 else ""),
            "rows": [
                _row(gettext("Opens"), window.opens, zone),
                _row(gettext("Questions until"), window.questions_until, zone, last=True),
                _row(gettext("Closes"), window.closes, zone, last=True),
                _row(gettext("Decision"), window.decided, zone),
            ],
            "notes": _hours(window),
            "source": window.source,
        }
        for number, window in enumerate(text.windows, start=1)
    ]


def _left(end: datetime, at: datetime) -> str:
    """How many days there are until an instant, counted in the days of its own zone."""
    days = (end.date() - at.astimezone(end.tzinfo).date()).days
    if days == 0:
        return gettext("today")
    if days == 1:
        return gettext("tomorrow")
    return ngettext("in %(days)s day", "in %(days)s days", days) % {"days": days}


ORDER = ("open", "between", "before", "after", "closed", "decided", "draft")
"""The phases as a list of calls is sorted: those that one can apply to first."""

PHASE_SHAPES = {"before": "draft", "between": "draft", "after": "closed"}
"""Which known state a phase of the calendar looks like."""


def _word(phase: str, language: str) -> str:
    by_calendar = {
        "before": gettext("opens later"),
        "between": gettext("closed for now"),
        "after": gettext("closed for applications"),
    }
    return by_calendar.get(phase) or term("call-state", phase, language)


def standing(call: CallShown, at: datetime, language: str) -> dict[str, Any]:
    """Where the call is now: the phase, a word for it, a sentence with the next date, and until when that is true.

    `forms` says whether it is worth the while to form a constellation, `order` the place in a list of calls.
    """
    here = call.standing(at)
    window = here.timing.window
    stages = {stage.id: said(stage.text, language) for stage in call.text.stages}
    return {
        "phase": here.phase,
        "shape": PHASE_SHAPES.get(here.phase, here.phase),
        "word": _word(here.phase, language),
        "text": _sentence(call, here, at),
        "stage": stages.get(window.stage, "") if window is not None else "",
        "until": here.until,
        "forms": call.is_open and here.phase != "after",
        "order": ORDER.index(here.phase),
    }


def _sentence(call: CallShown, here: Standing, at: datetime) -> str:
    match here.phase:
        case "draft":
            return gettext("A draft: nothing is published yet.")
        case "decided" if call.decided_at:
            return gettext("Decided on %(day)s.") % {"day": day(call.decided_at)}
        case "closed" if call.closed_at:
            return gettext("Closed by the authority on %(day)s; no decision yet.") % {"day": day(call.closed_at)}
        case "before" | "between" | "open" | "after":
            return _by_calendar(call, here, at)
    return ""


def _by_calendar(call: CallShown, here: Standing, at: datetime) -> str:
    zone, window = call.text.calendar.zone, here.timing.window
    if window is None:
        return _passed(call, zone) if here.phase == "after" else gettext("Open until the authority closes it.")
    if window.opens is not None and at < (begins := instant(window.opens, zone, last=False)):
        return gettext("Opens on %(when)s, %(left)s.") % {"when": moment(window.opens, zone), "left": _left(begins, at)}
    if window.closes is None:
        return gettext("Open. The source does not state when it closes.")
    left = _left(instant(window.closes, zone, last=True), at)
    told = {"when": moment(window.closes, zone, last=True), "left": left}
    if here.phase == "open":
        return gettext("Open until %(when)s: closes %(left)s.") % told
    return gettext("Closed at this hour, but receives applications until %(when)s.") % told


def _passed(call: CallShown, zone: str) -> str:
    last = max((one.closes for one in call.text.windows if one.closes), key=_sortable, default=None)
    if last is None:
        return ""
    return gettext("The last day to apply has passed: %(when)s.") % {"when": moment(last, zone)}


def _sortable(one: datetime | date) -> tuple[int, int, int]:
    return one.year, one.month, one.day
