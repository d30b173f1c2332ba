"""The managing authority's desk: its calls, a call at a glance, and finding applications eligible."""

from __future__ import annotations

from decimal import Decimal
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from samspel.actions import applications, calls
from samspel.actions._perform import RefusedError
from samspel.clock import now
from samspel.store.queries import assessment as reading
from samspel.store.queries import designer, desk, rows
from samspel.store.queries import journal as journal_reading
from samspel.web.doing import carried_out
from samspel.web.forms.desk import FindingForm
from samspel.web.frame import actor_of, language
from samspel.web.pages.journal import told
from samspel.web.verdicts import shown, worded

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Concatenate

    from django.http import HttpRequest

    from samspel.store.queries.assessment import Examined
    from samspel.store.queries.desk import DeskCall
    from samspel.store.queries.rows import Application, Call

WIDE = 500
"""The width of a drawing, in its own units."""


def at_the_desk[**P](
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Let officers and decision makers in; anybody else who is signed in finds no such page."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        actor = actor_of(request)
        if not actor.id:
            return redirect_to_login(request.get_full_path())
        if not desk.open_to(actor):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def trail(*steps: tuple[str, str]) -> list[dict[str, str]]:
    """The way from the desk down to a page."""
    return [{"name": name, "url": url} for name, url in ((_("The desk"), reverse("desk")), *steps)]


@at_the_desk
def calls_at_desk(request: HttpRequest) -> HttpResponse:
    """All calls, with how far their applications have come."""
    actor = actor_of(request)
    found = {"calls": desk.calls(actor, language=language()), "may_draft": designer.may_draft(actor)}
    return render(request, "desk/calls.html", found)


@at_the_desk
def call(request: HttpRequest, call_id: str) -> HttpResponse:
    """A call at a glance; one that is not published yet is looked at in the designer."""
    actor = actor_of(request)
    found = desk.call(actor, call_id, language=language())
    if found is None:
        if designer.design(actor, call_id) is None:
            raise Http404
        return HttpResponseRedirect(reverse("designer-publish", args=[call_id]))
    context = {"call": found, "step": _next_step(found), "money": _money(found), "trail": trail()}
    return render(request, "desk/call.html", context)


def _money(found: DeskCall) -> dict[str, Any]:
    """The envelope and what is applied for, as bars on one scale."""
    amounts = (found.envelope or Decimal(0), found.funnel.asked, found.funnel.asked_eligible)
    widths = [int(amount / (max(amounts) or 1) * WIDE) for amount in amounts]
    fills = ("--edge", "--aside", "--act")
    rows = zip(range(4, 78, 26), widths, fills, strict=False)
    return {"envelope": widths[0], "bars": [{"y": y, "width": width, "fill": fill} for y, width, fill in rows]}


def _next_step(found: DeskCall) -> dict[str, str]:
    """What comes next in a call, in words, with the way there if it is this person's to do."""
    funnel, selection = found.funnel, reverse("selection", args=[found.id])
    waiting = reverse("desk-application", args=[found.unexamined]) if found.unexamined else ""
    to_check, to_assess = funnel.undetermined, funnel.unassessed
    steps = {
        "applications.confirm_eligible": (
            ngettext("Check %(n)s application", "Check %(n)s applications", to_check) % {"n": to_check},
            _("Each is found eligible or not, with the reasons at hand."),
            waiting,
            _("Check the first"),
        ),
        "calls.close": (
            _("Close the call when its time is over"),
            _("No application waits to be checked. After closing, nobody can send one in."),
            "#close",
            _("Go to closing"),
        ),
        "assessment.hand_in": (
            ngettext("Wait for %(n)s assessment", "Wait for %(n)s assessments", to_assess) % {"n": to_assess},
            _("The selection can be proposed when every eligible application is assessed."),
            selection,
            _("See which are missing"),
        ),
        "selection.propose": (
            _("Propose a selection"),
            _("Every application is checked, and each eligible one assessed."),
            selection,
            _("Go to the selection"),
        ),
        "selection.decide": (
            _("Decide on the proposed selection"),
            _("Another person than the one who proposed it decides."),
            selection,
            _("See the proposal"),
        ),
        "decided": (
            _("The call is decided"),
            _("The results are public."),
            reverse("results", args=[found.id]),
            _("See the results"),
        ),
    }
    title, text, url, action = steps[found.waits]
    if found.waits in ("calls.close", "applications.confirm_eligible") and not found.mine:
        url = ""
    return {"title": title, "text": text, "url": url, "action": action}


def _call_row(request: HttpRequest, call_id: str) -> Call:
    """The row that a button is about; 404 when there is none that this person may know of."""
    row = rows.row(actor_of(request), "call", call_id)
    if row is None:
        raise Http404
    return row


@at_the_desk
@require_POST
def close(request: HttpRequest, call_id: str) -> HttpResponse:
    """Close a call."""
    row, actor = _call_row(request, call_id), actor_of(request)
    return carried_out(
        request,
        lambda: calls.close(actor=actor, at=now(), call=row),
        said=_("The call is closed. Nobody can send in an application any more."),
        then=reverse("desk-call", args=[call_id]),
    )


@at_the_desk
def application(request: HttpRequest, pk: int) -> HttpResponse:
    """An application as it was sent, beside its verdict, with the finding on eligibility."""
    found = _examined(request, pk)
    form = FindingForm(initial={"motivation": found.determined.motivation if found.determined else ""})
    return _application(request, found, form)


def _examined(request: HttpRequest, pk: int) -> Examined:
    found = reading.examined(actor_of(request), pk, language=language())
    if found is None:
        raise Http404
    return found


def _application(request: HttpRequest, found: Examined, form: FindingForm, status: int = 200) -> HttpResponse:
    sent = found.sent
    context = {
        "found": found,
        "sent": sent,
        "all_invented": sent.invented == "all",
        "form": form,
        "verdict": shown(found.verdict, found.text),
        "refused": worded(found.refused) if found.refused else "",
        "entries": [told(line) for line in journal_reading.history(actor_of(request), found.events)],
        "trail": trail((sent.call_title, reverse("desk-call", args=[sent.call]))),
    }
    return render(request, "desk/application.html", context, status=status)


@at_the_desk
@require_POST
def eligible(request: HttpRequest, pk: int) -> HttpResponse:
    """Find an application eligible."""
    return _found(request, pk, applications.confirm_eligible, _("Found eligible: %(name)s."))


@at_the_desk
@require_POST
def ineligible(request: HttpRequest, pk: int) -> HttpResponse:
    """Find an application not eligible."""
    return _found(request, pk, applications.find_ineligible, _("Found not eligible: %(name)s."))


def _found(request: HttpRequest, pk: int, verb: Callable[..., object], done: str) -> HttpResponse:
    """Record a finding; when it is refused, the page is shown again with the reason and what was written."""
    found, form = _examined(request, pk), FindingForm(request.POST)
    row: Application | None = rows.row(actor_of(request), "application", pk)
    if form.is_valid() and row is not None:
        motivation = form.cleaned_data["motivation"]
        try:
            verb(actor=actor_of(request), at=now(), application=row, motivation=motivation)
        except RefusedError as refused:
            field = "motivation" if refused.reason.code == "eligibility.motivation-missing" else None
            form.add_error(field, worded(refused.reason))
        else:
            then = reverse("desk-call", args=[found.sent.call])
            return carried_out(request, lambda: None, said=done % {"name": found.sent.name}, then=then)
    return _application(request, found, form, status=422)


urlpatterns = [
    path("desk/", calls_at_desk, name="desk"),
    path("desk/calls/<slug:call_id>/", call, name="desk-call"),
    path("desk/calls/<slug:call_id>/close/", close, name="call-close"),
    path("desk/applications/<int:pk>/", application, name="desk-application"),
    path("desk/applications/<int:pk>/eligible/", eligible, name="application-eligible"),
    path("desk/applications/<int:pk>/ineligible/", ineligible, name="application-ineligible"),
]
