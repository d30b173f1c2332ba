"""A rehearsal in words: moments by name, the clock, how long is left, and what came of everything that was tried."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from samspel.engine.calls.reading.calendar import instant
from samspel.engine.calls.rehearsal import Kind
from samspel.engine.calls.timing import Phase, timing
from samspel.engine.permissions import Role
from samspel.web.calls import moments as calendar
from samspel.web.frame import language
from samspel.web.verdicts import shown, worded
from samspel.wording import amounts, term

if TYPE_CHECKING:
    from collections.abc import Iterable

    from samspel.engine.calls.invented import Invented
    from samspel.engine.calls.rehearsal import Moment
    from samspel.engine.calls.rehearsed import Attempt, Played, Sight
    from samspel.engine.calls.text import Call

WIDE, TALL = 600, 56
"""The size of the calendar's strip, in its own units."""


def kind_name(kind: Kind) -> str:
    """What is particular about a moment, in a few words."""
    return {
        Kind.PUBLISHED: gettext("As it is published"),
        Kind.BEFORE: gettext("The day before it opens"),
        Kind.OPENING: gettext("The second it opens"),
        Kind.MIDDLE: gettext("While it is open"),
        Kind.OUT_OF_HOURS: gettext("Outside its hours"),
        Kind.LAST_QUESTION: gettext("Last time for questions"),
        Kind.LATE_QUESTION: gettext("A second too late for questions"),
        Kind.LAST_HOUR: gettext("The last hour"),
        Kind.LAST_MINUTE: gettext("The last minute"),
        Kind.CLOSING: gettext("The second it closes"),
        Kind.LATE: gettext("One second later"),
        Kind.ENDED: gettext("After the authority has closed it"),
        Kind.DECISION: gettext("Decision day"),
        Kind.CHOSEN: gettext("The moment you chose"),
    }[kind]


def round_of(moment: Moment, text: Call) -> str:
    """The round or stage that a moment belongs to, where the call has several."""
    titles = {window["id"]: window["title"] for window in calendar.windows(text, language())}
    return titles.get(moment.window, "") if len(titles) > 1 else ""


def clock(at: datetime, zone: str) -> str:
    """A day and clock time to the second, by the wall clock of a zone."""
    local = at.astimezone(ZoneInfo(zone or "UTC"))
    told = {"day": date_format(local.date(), "j F Y"), "time": f"{local:%H:%M:%S}", "zone": local.tzname()}
    return gettext("%(day)s at %(time)s %(zone)s") % told


def span(length: timedelta) -> str:
    """A length of time in its largest whole unit and the next: 97 days 23 hours, 1 hour, 59 seconds."""
    left = int(length.total_seconds())
    told: list[str] = []
    for size, one in ((86_400, _days), (3_600, _hours), (60, _minutes), (1, _seconds)):
        if told and not left // size:
            break
        if left // size:
            told.append(one(left // size))
            left %= size
    return " ".join(told[:2]) or _seconds(0)


def _seconds(n: int) -> str:
    return ngettext("%(n)s second", "%(n)s seconds", n) % {"n": n}


def _days(n: int) -> str:
    return ngettext("%(n)s day", "%(n)s days", n) % {"n": n}


def _hours(n: int) -> str:
    return ngettext("%(n)s hour", "%(n)s hours", n) % {"n": n}


def _minutes(n: int) -> str:
    return ngettext("%(n)s minute", "%(n)s minutes", n) % {"n": n}


def countdown(text: Call, played: Played) -> str:
    """How long there is left, or since when it is over."""
    at = played.moment.at.astimezone(UTC)
    if played.state != "open":
        since = played.closed_at
        return gettext("Closed by the authority %(span)s ago") % {"span": span(at - since)} if since else ""
    found, zone = timing(text, at), text.calendar.zone
    closes = [instant(one.closes, zone, last=True).astimezone(UTC) for one in text.windows if one.closes is not None]
    passed = max((one for one in closes if one < at), default=None)
    closed = gettext("Closed %(span)s ago") % {"span": span(at - passed)} if passed is not None else ""
    if found.phase is Phase.AFTER:
        return closed
    if found.phase is Phase.OPEN:
        return _left(found.changes_at, at)
    opens = found.window.opens if found.window is not None else None
    begins = instant(opens, zone, last=False).astimezone(UTC) if opens is not None else None
    if begins is None or begins <= at:
        return gettext("Receives nothing at this hour")
    until = gettext("Opens in %(span)s") % {"span": span(begins - at)}
    return f"{closed}. {until}" if closed and found.phase is Phase.BETWEEN else until


def _left(closes: datetime | None, at: datetime) -> str:
    if closes is None:
        return gettext("Open without an end")
    left = closes.astimezone(UTC) - at
    return gettext("%(span)s left") % {"span": span(left)} if left else gettext("The very last instant")


def verb_name(verb: str) -> str:
    """What somebody tries, as one would say it."""
    return {
        "calls.publish": gettext("Publish the call"),
        "calls.republish": gettext("Publish the changed text"),
        "calls.close": gettext("Close the call"),
        "constellations.start": gettext("Form a constellation"),
        "applications.start": gettext("Begin an application"),
        "applications.save": gettext("Save a part of an application begun in time"),
        "applications.submit": gettext("Submit an application begun in time"),
        "applications.confirm_eligible": gettext("Find an application eligible"),
        "applications.find_ineligible": gettext("Find an application not eligible"),
        "assessment.grade": gettext("Grade an application"),
        "assessment.hand_in": gettext("Hand in the assessment"),
        "selection.propose": gettext("Propose a selection"),
        "selection.decide": gettext("Decide as proposed"),
    }[verb]


def attempt(tried: Attempt, text: Call) -> dict[str, Any]:
    """Something that was tried: by whom, what, whether it was done, and if not, why not."""
    return {
        "role": term("role", tried.role, language()),
        "verb": verb_name(tried.verb),
        "done": tried.done,
        "why": worded(tried.refused) if tried.refused else "",
        "gaps": [worded(one) for one in tried.gaps],
        "receipt": tried.receipt,
        "verdict": shown(tried.verdict, text) if tried.verdict else None,
    }


def by_role(attempts: Iterable[Attempt], text: Call) -> list[dict[str, Any]]:
    """What was tried, gathered by role, in the order in which a call goes from hand to hand."""
    order = (Role.CLUSTER_MANAGER, Role.OFFICER, Role.ASSESSOR, Role.DECISION_MAKER)
    found = list(attempts)
    gathered = [(role, [attempt(one, text) for one in found if one.role is role]) for role in order]
    return [{"role": term("role", role, language()), "tried": tried} for role, tried in gathered if tried]


def sight(seen: Sight) -> dict[str, Any]:
    """What somebody may know of, in words."""
    return {
        "role": term("role", seen.role, language()) if seen.role else gettext("not signed in"),
        "call": seen.call,
        "applications": [(number, term("application-state", state, language())) for state, number in seen.applications],
    }


def handed_in(made: Invented, text: Call) -> list[dict[str, str]]:
    """What the invented applicants hand in, as facts."""
    spoken, currency = language(), text.currency
    kinds = [term("kind", kind, spoken) for kind in dict.fromkeys(made.kinds)]
    partners = ngettext("%(n)s partner", "%(n)s partners", len(made.kinds)) % {"n": len(made.kinds)}
    total = sum(made.costs)
    return [
        {"label": gettext("Partners"), "value": f"{partners}: {', '.join(kinds)}"},
        {"label": gettext("Questions answered"), "value": str(len(made.answers))},
        {"label": gettext("Total cost"), "value": amounts.money(total, spoken, currency)},
        {"label": gettext("Grant"), "value": amounts.money(made.grant, spoken, currency)},
        {"label": gettext("Co-funding"), "value": amounts.money(made.cofunding, spoken, currency)},
    ]


def strip(text: Call, published_at: datetime, all_moments: Iterable[Moment], here: Moment) -> dict[str, Any]:
    """The calendar as a strip: each window a bar, each moment a dot, the chosen one marked, with its two ends."""
    zone = text.calendar.zone
    times = [published_at, *(one.at for one in all_moments), here.at]
    first, last = min(times).astimezone(UTC), max(times).astimezone(UTC)
    length = (last - first).total_seconds() or 1.0

    def place(at: datetime) -> int:
        along = (min(max(at.astimezone(UTC), first), last) - first).total_seconds() / length
        return 12 + round(along * (WIDE - 24))

    bars = []
    for window in text.windows:
        opens = place(published_at if window.opens is None else instant(window.opens, zone, last=False))
        closes = place(last if window.closes is None else instant(window.closes, zone, last=True))
        bars.append({"x": opens, "width": max(closes - opens, 2)})
    if not text.windows:
        bars.append({"x": place(published_at), "width": max(place(last) - place(published_at), 2)})
    return {
        "view_box": f"0 0 {WIDE} {TALL}",
        "bars": bars,
        "dots": sorted({place(one.at) for one in all_moments}),
        "here": place(here.at),
        "first": calendar.day(first.astimezone(ZoneInfo(zone or "UTC")).date()),
        "last": calendar.day(last.astimezone(ZoneInfo(zone or "UTC")).date()),
    }
