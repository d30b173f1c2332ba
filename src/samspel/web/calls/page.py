"""A call's page: everything its text says, in the order in which one asks, and where it is just now."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext

from samspel.engine.calls.text import said
from samspel.web.calls import moments, numbers, rules, sections
from samspel.web.calls.ical import has_dates
from samspel.web.calls.speaking import Speaking

if TYPE_CHECKING:
    from datetime import datetime

    from samspel.store.queries.calls import CallShown


@lru_cache(maxsize=32)
def in_words(call: CallShown, language: str, version: str) -> dict[str, Any]:  # noqa: ARG001 - names differ by version
    """What a call's text says, in words; made once for each text, language and version of the register."""
    speaking = Speaking(call, language)
    text = call.text
    told = {
        "calendar": {
            "note": said(text.calendar.note, language),
            "zone": text.calendar.zone,
            "dated": text.calendar.dated,
            "windows": [{**one, "source": speaking.cited(one["source"])} for one in moments.windows(text, language)],
            "stages": [{"text": said(one.text, language), "source": speaking.cited(one.source)} for one in text.stages],
            "source": speaking.cited(text.calendar.source),
        },
        "rules": rules.by_matter(speaking),
        "who": sections.who(speaking),
        "terms": sections.terms(speaking),
        "money": sections.money(speaking),
        "assessment": sections.assessment(speaking),
        "handed_in": sections.handed_in(speaking),
        "numbers": numbers.numbers(speaking),
        "layers": sections.layers(speaking),
    }
    return {**told, "contents": _contents(told)}


def _contents(told: dict[str, Any]) -> list[dict[str, str]]:
    """The parts that this call has, for the list at the head of the page."""
    by_matter, assessed, asked = told["rules"], told["assessment"], told["handed_in"]
    parts = (
        ("calendar", gettext("Calendar"), True),
        ("who", gettext("Who can apply"), True),
        ("money", gettext("Money"), True),
        ("application", gettext("The project and the application"), by_matter["application"] or any(asked.values())),
        ("assessment", gettext("How applications are assessed"), assessed["criteria"] or assessed["opinions"]),
        ("selection", gettext("How the selection is made"), True),
        ("after", gettext("After the award"), by_matter["after"]),
        ("numbers", gettext("Every number"), told["numbers"]),
        ("files", gettext("The text and its files"), True),
    )
    return [{"id": name, "name": title} for name, title, there in parts if there]


def downloads(call: CallShown, language: str) -> list[dict[str, str]]:
    """The call's files: all in one, each by itself, as plain values, and its dates as a calendar."""
    own = [call.id]
    found = [
        {"url": reverse("call-zip", args=own), "label": f"{call.id}.zip", "note": gettext("all files")},
        *({"url": reverse("call-file", args=[call.id, name]), "label": name, "note": ""} for name in call.files),
        {"url": reverse("call-json", args=own), "label": "JSON", "note": gettext("with the rules in words")},
    ]
    if has_dates(call):
        address = reverse("call-ical", args=[call.id, language])
        found.append({"url": address, "label": "iCalendar", "note": gettext("the dates, for your calendar")})
    return [
        *found,
        {"url": reverse("call-schema", args=["call"]), "label": "JSON Schema", "note": gettext("of the language")},
    ]


def shown(call: CallShown, at: datetime, language: str, version: str) -> dict[str, Any]:
    """The context of the template `calls/body.html`: the call in words, where it is now, and its downloads."""
    return {
        "call": call,
        "told": in_words(call, language, version),
        "now": moments.standing(call, at, language),
        "downloads": downloads(call, language),
    }
