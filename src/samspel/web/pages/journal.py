"""The journal for officers: every write, line by line, and whether the chain of lines is unbroken."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from samspel.engine import lifecycles
from samspel.engine.verdicts import Reason
from samspel.store.queries import desk, journal
from samspel.store.version import head
from samspel.web.frame import actor_of, language
from samspel.wording import say

if TYPE_CHECKING:
    from django.http import HttpRequest

    from samspel.store.queries.journal import Line

LONGEST_VALUE = 240
LONGEST_NUMBER = 6
NOUNS = tuple(dict.fromkeys(edge.noun for edge in lifecycles.EDGES))


def told(line: Line) -> dict[str, Any]:
    """A line of the journal in words, for the page and for the part `timeline`."""
    at = localtime(line.at)
    return {
        "number": line.number,
        "at": f"{date_format(at, 'j F Y')} {at:%H:%M:%S %Z}",
        "at_iso": line.at.isoformat(),
        "what": say(Reason.of(f"journal.{line.verb}", actor=line.actor), language()) + ".",
        "changes": _changes(line),
        "withheld": line.withheld,
        "noun": line.noun,
        "subject": line.subject,
        "digest": line.digest,
        "url": _address(line),
    }


def _changes(line: Line) -> list[dict[str, str]]:
    """What the columns were and became, each as short text."""
    return [
        {"label": name, "before": _short(line.before[name]) if name in line.before else "", "after": _short(value)}
        for name, value in line.after.items()
    ]


def _short(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return (
        text
        if len(text) <= LONGEST_VALUE
        else _("%(start)s … (%(n)s characters)") % {"start": text[:LONGEST_VALUE], "n": len(text)}
    )


def _address(line: Line) -> str:
    noun, key = line.about
    if not key or line.withheld:
        return ""
    page = {"call": "selection" if line.noun == "proposal" else "desk-call", "application": "desk-application"}[noun]
    return reverse(page, args=[key])


@login_required
def lines(request: HttpRequest) -> HttpResponse:
    """A page of the journal, newest first; `?verify=1` goes through the whole chain."""
    actor = actor_of(request)
    if not desk.open_to(actor):
        raise Http404
    asked = request.GET.get("noun", "")
    noun = asked if asked in NOUNS else ""
    subject = request.GET.get("subject", "")[:120].strip().replace("\0", "")
    number = request.GET.get("page", "")
    wanted = max(int(number), 1) if number.isdecimal() and len(number) <= LONGEST_NUMBER else 1
    found, total = journal.lines(actor, noun=noun, subject=subject, page=wanted)
    page = Paginator(range(total), journal.PAGE_LENGTH).get_page(wanted)
    if page.number != wanted:
        found, total = journal.lines(actor, noun=noun, subject=subject, page=page.number)
    verified = "verify" in request.GET
    context = {
        "lines": [told(line) for line in found],
        "total": total,
        "page": page,
        "nouns": NOUNS,
        "noun": noun,
        "subject": subject,
        "verified": verified,
        "broken": journal.first_broken() if verified else None,
        "head": head(),
        "trail": [{"name": _("The desk"), "url": reverse("desk")}],
    }
    return render(request, "journal/lines.html", context)


urlpatterns = [path("desk/journal/", lines, name="journal")]
