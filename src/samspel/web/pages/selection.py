"""The selection: what is missing, the best portfolio with a why-not for every other, and the decision on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samspel.actions import selection
from samspel.actions._perform import RefusedError
from samspel.clock import now
from samspel.store.queries import rows
from samspel.store.queries import selection as reading
from samspel.store.queries.registry import names
from samspel.web.doing import carried_out
from samspel.web.forms.selection import DecisionForm
from samspel.web.frame import actor_of, language
from samspel.web.pages.desk import at_the_desk, trail
from samspel.web.verdicts import worded
from samspel.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from django.http import HttpRequest

    from samspel.store.queries.selection import Outcome, Proposed, Selecting

WIDE, HIGH = 1000, 240
"""The size of the drawings, in their own units."""


def _selecting(request: HttpRequest, call_id: str) -> Selecting:
    found = reading.selecting(actor_of(request), call_id, language=language())
    if found is None:
        raise Http404
    return found


def _page(request: HttpRequest, found: Selecting, form: DecisionForm, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {
        "found": found,
        "form": form,
        "refused": worded(found.refused) if found.refused else "",
        "trail": trail((found.title, reverse("desk-call", args=[found.call]))),
    }
    if (proposal := found.proposal) and found.envelope is not None:
        called = {**names(language()), **found.criteria}
        context |= {
            "proposal": proposal,
            "rest": found.envelope - proposal.grant,
            "left_out": [(one, [say(reason, language(), called) for reason in one.reasons]) for one in proposal.others],
            "bar": list(_bar(proposal.chosen, found.envelope)),
            "curve": _curve(proposal, found.envelope),
            "step": _next_step(found),
            "second_person": worded(proposal.refused) if proposal.refused else "",
        }
    return render(request, "selection/selection.html", context, status=status)


def _next_step(found: Selecting) -> dict[str, str] | None:
    """The decision, for whoever may take it."""
    if reading.DECIDE not in found.can:
        return None
    return {
        "title": _("Decide on the proposed selection"),
        "text": _("Read the reasons first; the decision stands at the end of the page."),
        "url": "#decide",
        "action": _("Go to the decision"),
    }


def _bar(chosen: Iterable[Outcome], envelope: Decimal) -> Iterable[dict[str, Any]]:
    """Each chosen application's piece of the envelope, from the left."""
    left = 0
    for one in chosen:
        width = int(one.grant / envelope * WIDE)
        yield {"x": left, "width": max(width - 3, 1), "name": one.name}
        left += width


def _curve(proposal: Proposed, envelope: Decimal) -> dict[str, Any]:
    """The best points for each envelope as a stair, with a mark at the call's own envelope."""
    steps = proposal.frontier
    most_money, most_points = max(envelope, steps[-1][0]), max(steps[-1][1], 1)

    def across(money: Decimal) -> int:
        return int(money / most_money * WIDE) if most_money else 0

    def down(points: int) -> int:
        return HIGH - int(points / most_points * (HIGH - 10))

    path_data = [f"M0 {down(0)}"]
    for money, points in steps:
        path_data += [f"H{across(money)}", f"V{down(points)}"]
    path_data.append(f"H{WIDE}")
    return {
        "path": " ".join(path_data),
        "x": across(envelope),
        "y": down(proposal.score),
        "wide": WIDE,
        "high": HIGH,
        "most_money": most_money,
        "most_points": most_points,
    }


@at_the_desk
def selecting(request: HttpRequest, call_id: str) -> HttpResponse:
    """What the selection waits for, or what was proposed."""
    return _page(request, _selecting(request, call_id), DecisionForm())


@at_the_desk
@require_POST
def propose(request: HttpRequest, call_id: str) -> HttpResponse:
    """Compute the best selection and put it forward."""
    actor, row = actor_of(request), rows.row(actor_of(request), "call", call_id)
    if row is None:
        raise Http404
    return carried_out(
        request,
        lambda: selection.propose(actor=actor, at=now(), call=row),
        said=_("The selection is computed and proposed. Another person decides."),
        then=reverse("selection", args=[call_id]),
    )


@at_the_desk
@require_POST
def decide(request: HttpRequest, call_id: str) -> HttpResponse:
    """Decide as proposed; when it is refused, the page is shown again with the reason and what was written."""
    found, form = _selecting(request, call_id), DecisionForm(request.POST)
    if found.proposal is None:
        messages.error(request, _("Nothing has been proposed yet."))
        return HttpResponseRedirect(reverse("selection", args=[call_id]))
    row = rows.row(actor_of(request), "proposal", found.proposal.id)
    if form.is_valid() and row is not None:
        try:
            selection.decide(
                actor=actor_of(request), at=now(), proposal=row, motivation=form.cleaned_data["motivation"]
            )
        except RefusedError as refused:
            form.add_error(None, worded(refused.reason))
        else:
            messages.success(request, _("The call is decided, and the results are public."))
            return HttpResponseRedirect(reverse("results", args=[call_id]))
    return _page(request, found, form, status=422)


urlpatterns = [
    path("desk/calls/<slug:call_id>/selection/", selecting, name="selection"),
    path("desk/calls/<slug:call_id>/selection/propose/", propose, name="selection-propose"),
    path("desk/calls/<slug:call_id>/selection/decide/", decide, name="selection-decide"),
]
