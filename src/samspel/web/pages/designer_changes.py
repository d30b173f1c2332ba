"""What a text in the designer changes: against the edition in force or another call, and whom that would turn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _

from samspel.engine.calls.diff import Live, diff
from samspel.store.queries import designer as queries
from samspel.web import designing
from samspel.web.differences import Words
from samspel.web.frame import actor_of, language
from samspel.web.pages.designer import found, framed
from samspel.web.pages.desk import at_the_desk

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from samspel.engine.calls.text import Call

IN_FORCE = "in-force"


@at_the_desk
def changes(request: HttpRequest, call_id: str) -> HttpResponse:
    """Rules, numbers and all else that differ; the cases and the applications that would come out otherwise."""
    actor, design = actor_of(request), found(request, call_id)
    others = queries.others(actor, language=language(), besides=call_id)
    options = [{"id": one.id, "title": one.title} for one in others]
    if design.in_force is not None:
        number = design.in_force.number
        options.insert(0, {"id": IN_FORCE, "title": _("Edition %(n)s, which is in force") % {"n": number}})
    asked = request.GET.get("with", IN_FORCE if design.in_force is not None else "")
    chosen = asked if any(one["id"] == asked for one in options) else ""
    files = {one.id: one.files for one in others} | ({IN_FORCE: design.in_force.files} if design.in_force else {})
    context = framed(design, "designer-changes", options=options, chosen=chosen)
    looked = context["looked"]
    before = designing.look_over(files[chosen]) if chosen else None
    if before is not None and before.call is not None and looked.call is not None and looked.reads:
        # Another call's applications are judged by their own rules; only an amendment can turn this one's.
        live = queries.live(actor, call_id, language=language()) if chosen == IN_FORCE else ()
        context |= _compared(before.call, looked, live)
    return render(request, "designer/changes.html", context)


def _compared(before: Call, looked: designing.Looked, live: tuple[queries.Live, ...]) -> dict[str, Any]:
    after = looked.call
    if after is None:
        return {}
    situations = [Live(str(one.id), one.situation) for one in live]
    differs = diff(before, after, cases=looked.cases, situations=situations)
    words = Words(before, after)
    called = {
        str(one.id): {"name": one.name, "invented": one.invented, "url": reverse("desk-application", args=[one.id])}
        for one in live
    }
    return {
        "compared": True,
        "sections": words.told(differs),
        "cases": words.turned(differs.cases, {}),
        "applications": words.turned(differs.situations, called),
        "live": len(live),
    }


urlpatterns = [path("desk/calls/<slug:call_id>/design/changes/", changes, name="designer-changes")]
