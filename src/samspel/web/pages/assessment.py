"""The assessor's page: the application beside the grades, saved as a draft as often as wanted and handed in once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samspel.actions import assessment
from samspel.actions._perform import EditConflictError, RefusedError
from samspel.clock import now
from samspel.store.queries import assessment as reading
from samspel.store.queries import rows
from samspel.web.forms.assessment import SheetForm
from samspel.web.frame import actor_of, language
from samspel.web.verdicts import worded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest

    from samspel.store.queries.assessment import Sheet
    from samspel.store.queries.rows import Assessment


def _sheet(request: HttpRequest, pk: int) -> Sheet:
    """The assessor's sheet; 404 when the application may not be known of."""
    sheet = reading.sheet(actor_of(request), pk, language=language())
    if sheet is None:
        raise Http404
    if sheet.refused is not None:
        raise RefusedError(sheet.refused)
    return sheet


def _page(
    request: HttpRequest,
    sheet: Sheet,
    form: SheetForm,
    *,
    stored: Mapping[str, Any] | None = None,
    problems: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    criteria = {one.criterion: one.name for one in sheet.criteria}
    context = {
        "sheet": sheet,
        "sent": sheet.sent,
        "all_invented": sheet.sent is not None and sheet.sent.invented == "all",
        "form": form,
        "sections": form.sections(stored),
        "conflict": stored is not None,
        "problems": [{"text": text, "href": "#sheet"} for text in problems or ()],
        "below": [worded(reason, criteria) for reason in sheet.below],
        "trail": [{"name": _("My work"), "url": reverse("work")}],
    }
    return render(request, "assessment/sheet.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Read the application and save grades as a draft; a form that saves as one goes is answered in JSON."""
    found = _sheet(request, pk)
    if request.method != "POST":
        return _page(request, found, SheetForm(sheet=found))
    form = SheetForm(request.POST, sheet=found)
    in_background = request.headers.get("Accept") == "application/json"
    try:
        saved = _saved(request, found, form)
    except EditConflictError as conflict:
        return HttpResponse(status=409) if in_background else _conflict(request, found, conflict)
    if saved is None:
        return HttpResponse(status=422) if in_background else _page(request, found, form, status=422)
    if in_background:
        return JsonResponse({"revision": saved.revision, "saved_at": now().isoformat()})
    messages.success(request, _("Your assessment is saved. Nobody else sees it before you hand it in."))
    return HttpResponseRedirect(reverse("assess", args=[pk]))


def _saved(request: HttpRequest, found: Sheet, form: SheetForm) -> Assessment | None:
    """Save the grades; None when something cannot be saved, and the form then says what.

    Raises:
        EditConflictError: the sheet was saved elsewhere meanwhile.
    """
    row = rows.row(actor_of(request), "application", found.application)
    if row is None:
        raise Http404
    if not form.is_valid():
        return None
    try:
        return assessment.grade(
            actor=actor_of(request),
            at=now(),
            application=row,
            grades=form.grades(),
            no_conflict=form.cleaned_data["no_conflict"],
            revision=form.cleaned_data["revision"],
        )
    except RefusedError as refused:
        form.add_error(None, worded(refused.reason))
        return None


def _conflict(request: HttpRequest, found: Sheet, conflict: EditConflictError) -> HttpResponse:
    """Show what was written beside what was saved elsewhere; saving again replaces the latter."""
    data = request.POST.copy()
    data["revision"] = str(conflict.revision)
    return _page(request, found, SheetForm(data, sheet=found), stored=conflict.stored, status=409)


@login_required
@require_POST
def hand_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Save what stands in the form and hand the assessment in."""
    found = _sheet(request, pk)
    form = SheetForm(request.POST, sheet=found)
    try:
        saved = _saved(request, found, form)
    except EditConflictError as conflict:
        return _conflict(request, found, conflict)
    if saved is None:
        return _page(request, found, form, status=422)
    row = rows.row(actor_of(request), "application", pk)
    if row is None:
        raise Http404
    try:
        done = assessment.hand_in(actor=actor_of(request), at=now(), application=row)
    except RefusedError as refused:
        found = _sheet(request, pk)
        data = request.POST.copy()
        data["revision"] = str(saved.revision)
        form = SheetForm(data, sheet=found)
        _blame(form, dict(refused.reason.values), refused.reason.code, worded(refused.reason))
        return _page(request, found, form, status=422)
    messages.success(request, _("Handed in: %(points)s points.") % {"points": done.points})
    return HttpResponseRedirect(reverse("assess", args=[pk]))


def _blame(form: SheetForm, values: Mapping[str, Any], code: str, sentence: str) -> None:
    """Put a refusal to hand in at the fields that it is about."""
    kind = {"assessment.ungraded": "grade", "assessment.unmotivated": "motivation"}.get(code)
    if kind is not None:
        for criterion in str(values["criteria"]).split():
            form.add_error(f"{kind}-{criterion}", sentence)
    else:
        form.add_error("no_conflict" if code == "assessment.conflict-undeclared" else None, sentence)


urlpatterns = [
    path("assess/<int:pk>/", sheet, name="assess"),
    path("assess/<int:pk>/hand-in/", hand_in, name="assess-hand-in"),
]
