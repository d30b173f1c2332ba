"""What waits for whoever is signed in: one next step, and a list for each seat held."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspel.store.queries import work as reading
from samspel.web.frame import actor_of, language

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest, HttpResponse

    from samspel.store.queries.work import Forming, Work

type Step = dict[str, str]


@login_required
def work(request: HttpRequest) -> HttpResponse:
    """The page of whoever is signed in."""
    found = reading.work(actor_of(request), language=language())
    steps = [step for step in _steps(found) if step]
    context = {"work": found, "step": steps[0] if steps else None}
    return render(request, "work/work.html", context)


def _steps(found: Work) -> Iterable[Step | None]:
    """The next step of each seat, those of the authority first, as others wait for them."""
    yield _to_decide(found)
    yield _at_the_desk(found)
    yield _to_assess(found)
    yield _to_write(found)
    yield _to_confirm(found)


def _to_decide(found: Work) -> Step | None:
    if found.proposals:
        one = found.proposals[0]
        return {
            "title": _("Decide on the proposed selection"),
            "text": one.name,
            "url": reverse("selection", args=[one.call.id]),
            "action": _("See the proposal"),
        }
    if found.drafts:
        draft = found.drafts[0]
        return {
            "title": _("Publish a call"),
            "text": _("Somebody else has drafted it: %(name)s.") % {"name": draft.name},
            "url": reverse("desk-call", args=[draft.key]),
            "action": _("See the draft"),
        }
    return None


def _at_the_desk(found: Work) -> Step | None:
    queues = found.queues or ()
    for queue in queues:
        if queue.to_check:
            title = ngettext(
                "Check whether %(n)s application is eligible",
                "Check whether %(n)s applications are eligible",
                queue.to_check,
            )
            return _desk(queue.call.id, title % {"n": queue.to_check}, queue.call.title, _("Open the desk"))
    for queue in queues:
        if queue.to_propose:
            return {
                "title": _("Propose a selection"),
                "text": _("Every eligible application has been assessed: %(call)s.") % {"call": queue.call.title},
                "url": reverse("selection", args=[queue.call.id]),
                "action": _("To the selection"),
            }
    for queue in queues:
        if queue.can_close:
            text = _("When it is closed, no more applications are taken in and a selection can be proposed.")
            return _desk(queue.call.id, _("Close the call when its time is over"), text, _("Open the desk"))
    return None


def _desk(call: str, title: str, text: str, action: str) -> Step:
    return {"title": title, "text": text, "url": reverse("desk-call", args=[call]), "action": action}


def _to_assess(found: Work) -> Step | None:
    if not found.to_assess:
        return None
    one = found.to_assess[0]
    return {
        "title": _("Assess: %(name)s") % {"name": one.name},
        "text": one.call.title,
        "url": reverse("assess", args=[one.key]),
        "action": _("Go on assessing") if one.state else _("Begin assessing"),
    }


def _to_write(found: Work) -> Step | None:
    for one in found.constellations or ():
        if one.application is not None and one.application_state == "draft" and one.call.state == "open":
            gaps = ngettext("%(n)s thing is missing.", "%(n)s things are missing.", one.gaps) % {"n": one.gaps}
            return {
                "title": _("Go on with the application of %(name)s") % {"name": one.name},
                "text": gaps if one.gaps else _complete(one),
                "url": reverse("application", args=[one.application]),
                "action": _("Open the application"),
            }
    for one in found.constellations or ():
        if one.application is None and one.leads and one.call.state == "open":
            return {
                "title": _("Go on forming %(name)s") % {"name": one.name},
                "text": one.call.title,
                "url": reverse("constellation", args=[one.id]),
                "action": _("Open the constellation"),
            }
    if not found.constellations and found.open_calls:
        call = found.open_calls[0]
        return {
            "title": _("Form a constellation"),
            "text": _("A call is open: %(call)s. Name your constellation, then find partners.") % {"call": call.title},
            "url": reverse("constellation-new", args=[call.id]),
            "action": _("Start a constellation"),
        }
    return None


def _complete(one: Forming) -> str:
    if one.leads:
        return _("Nothing is missing: look it over and send it.")
    return _("Nothing is missing: %(lead)s can send it.") % {"lead": one.lead}


def _to_confirm(found: Work) -> Step | None:
    if not found.regions:
        return None
    region = found.regions[0]
    waiting = sum(one.waiting for one in found.regions)
    title = ngettext("Confirm %(n)s priority", "Confirm %(n)s priorities", waiting) % {"n": waiting}
    return {
        "title": title,
        "text": _("Say whether the register words your region's priorities as they are now."),
        "url": reverse("region", args=[region.code]),
        "action": _("See the priorities"),
    }


urlpatterns = [path("work/", work, name="work")]
