"""A call's dates as an iCalendar file: opening, last day for questions, closing and decision of each window.

A date with a clock time stands in the call's own zone; a date without one is an all-day entry. An entry keeps its id
over all editions, so that a calendar that has it already moves it instead of adding another.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from django.utils.translation import gettext, override
from icalendar import TRANSP, Calendar, Event

from samspel.engine.calls.text import said

if TYPE_CHECKING:
    from samspel.store.queries.calls import CallShown

PUBLISHER = "-//Samspel//Calls//EN"
SAMSPEL = UUID("7f1c5f0e-2f7a-5c1b-9d55-6a1f3f0f2d10")
"""The name space of the entries' ids; chosen once, never to be changed."""
UNPUBLISHED = datetime(2016, 1, 1, tzinfo=UTC)
"""The stamp of a draft's entries, which only its authors can fetch."""
DATES = ("opens", "questions_until", "closes", "decided")


def _titles() -> dict[str, str]:
    return {
        "opens": gettext("Opens: %(call)s"),
        "questions_until": gettext("Last day for questions: %(call)s"),
        "closes": gettext("Closes: %(call)s"),
        "decided": gettext("Decision: %(call)s"),
    }


def has_dates(call: CallShown) -> bool:
    """Whether the call states any date at all."""
    return any(getattr(window, which) is not None for window in call.text.windows for which in DATES)


def _start(moment: date, zone: str) -> date:
    return moment.replace(tzinfo=ZoneInfo(zone or "UTC")) if isinstance(moment, datetime) else moment


def ical(call: CallShown, language: str, address: str) -> bytes:
    """The calendar file in a language; `address` is where the call's page is."""
    text = call.text
    stages = {stage.id: said(stage.text, language) for stage in text.stages}
    own, purpose = said(text.title, language), said(text.purpose, language)
    with override(language):
        titles = _titles()
        calendar = Calendar.new(prodid=PUBLISHER, name=own, language=language, method="PUBLISH", url=address)
        for window in text.windows:
            for which in DATES:
                moment = getattr(window, which)
                if moment is None:
                    continue
                name = stages.get(window.stage)
                title = f"{own} ({name})" if name else own
                start = _start(moment, text.calendar.zone)
                event = Event.new(
                    uid=uuid5(SAMSPEL, f"{text.authority}/{text.id}/{window.id}/{which}"),
                    stamp=call.published_at or UNPUBLISHED,
                    sequence=call.number,
                    start=start,
                    # An all-day entry ends, as the format counts, on the day after; an instant has no end.
                    end=None if isinstance(start, datetime) else start + timedelta(days=1),
                    summary=titles[which] % {"call": title},
                    description=purpose,
                    url=address,
                    transparency=TRANSP.TRANSPARENT,
                )
                calendar.add_component(event)
        calendar.add_missing_timezones()
    return bytes(calendar.to_ical())
