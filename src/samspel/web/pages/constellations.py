"""Forming a constellation: starting one, asking organisations to join, choosing theme and priorities."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _

from samspel.actions import applications, constellations
from samspel.actions._perform import EditConflictError, RefusedError
from samspel.clock import now
from samspel.store.queries import constellations as reading
from samspel.store.queries import rows, sky
from samspel.web.doing import carried_out
from samspel.web.forms.constellations import DescribeForm, StartForm
from samspel.web.frame import actor_of, language
from samspel.web.sky import drawn
from samspel.web.verdicts import shown, worded
from samspel.wording.say import catalogue

if TYPE_CHECKING:
    from django.http import HttpRequest

    from samspel.store.queries.constellations import NamedPriority, RegionPriorities, Workspace
    from samspel.store.queries.rows import Constellation, Organisation

LONGEST_SEARCH = 80
TONES = {"counts": "good", "may-count": "wait", "does-not-count": "aside"}


def _address(pk: int, part: str = "") -> str:
    return reverse("constellation", args=[pk]) + (f"#{part}" if part else "")


def _row(request: HttpRequest, pk: int) -> Constellation:
    """The row that a button is about; 404 when there is none that this person may know of."""
    row = rows.row(actor_of(request), "constellation", pk)
    if row is None:
        raise Http404
    return row


@login_required
def new(request: HttpRequest, call_id: str) -> HttpResponse:
    """Start a constellation for a call."""
    beginning = reading.beginning(actor_of(request), call_id=call_id, language=language())
    if beginning is None:
        raise Http404
    if beginning.refusal is not None:
        raise RefusedError(beginning.refusal)
    form = StartForm(request.POST or None, leads=beginning.leads)
    status = 200
    if request.method == "POST":
        pk = _started(request, form, call_id)
        if pk is not None:
            messages.success(request, _("The constellation has been started. Now add partners."))
            return HttpResponseRedirect(_address(pk))
        status = 422
    context = {"form": form, "call": beginning, "trail": _trail(call_id, beginning.title)}
    return render(request, "constellations/new.html", context, status=status)


def _trail(call_id: str, title: str) -> list[dict[str, str]]:
    return [
        {"name": _("Calls"), "url": reverse("calls")},
        {"name": title, "url": reverse("call", args=[call_id])},
    ]


def _started(request: HttpRequest, form: StartForm, call_id: str) -> int | None:
    """Start what the form says; None when it could not be, and the form then says why."""
    if not form.is_valid():
        return None
    actor = actor_of(request)
    call = rows.row(actor, "call", call_id)
    lead = rows.row(actor, "organisation", form.cleaned_data["lead"])
    if call is None or lead is None:
        raise Http404
    try:
        return constellations.start(actor=actor, at=now(), call=call, name=form.cleaned_data["name"], lead=lead).pk
    except RefusedError as refused:
        named = refused.reason.code.startswith("constellation.name")
        form.add_error("name" if named else None, worded(refused.reason))
        return None


@login_required
def workspace(request: HttpRequest, pk: int) -> HttpResponse:
    """A constellation: its members in a list and on the sky, its verdicts, who could join, theme and priorities."""
    return _workspace(request, pk)


def _workspace(
    request: HttpRequest, pk: int, *, form: DescribeForm | None = None, status: int = 200, conflict: bool = False
) -> HttpResponse:
    wanted = " ".join(request.GET.get("q", "").split())[:LONGEST_SEARCH]
    told = language()
    kinds = {code[5:]: words[told] for code, words in catalogue().items() if code.startswith("kind.")}
    space = reading.workspace(actor_of(request), pk, language=told, wanted=wanted, kinds=kinds)
    if space is None:
        raise Http404
    stored = {one.id for group in space.priorities for one in group.priorities if one.named}
    typed = request.POST if form is not None else None
    if form is None or conflict:
        data = {"theme": typed.get("theme", "") if typed else space.theme, "revision": space.revision}
        form = DescribeForm(data if conflict else None, initial=data, themes=space.themes)
    context = {
        "space": space,
        "verdict": shown(space.verdict, space.text),
        "members": [(member, worded(member.why), TONES[member.counts]) for member in space.members],
        "suggestions": [(one, [worded(reason) for reason in one.reasons]) for one in space.suggestions],
        "sky": _sky(request, space),
        "step": _step(space),
        "form": form,
        "chosen": stored if typed is None else set(typed.getlist("priorities")),
        "named": _named(space),
        "conflict": conflict,
        "wanted": wanted,
        "trail": _trail(space.call, space.call_title),
    }
    return render(request, "constellations/workspace.html", context, status=status)


def _named(space: Workspace) -> list[tuple[RegionPriorities, list[NamedPriority]]]:
    """The lists of which a priority has been named, with those that have."""
    chosen = [(group, [one for one in group.priorities if one.named]) for group in space.priorities]
    return [(group, ones) for group, ones in chosen if ones]


def _step(space: Workspace) -> dict[str, str] | None:
    """The one thing to do next, in the order in which a constellation comes into being."""
    if space.application is not None:
        url = reverse("application", args=[space.application])
        if space.state == "applied":
            return {"title": _("The application has been sent"), "url": url, "action": _("See the application")}
        return {
            "title": _("Go on with the application"),
            "text": _("It has been started. The constellation can still be changed here until it is sent."),
            "url": url,
            "action": _("Open the application"),
        }
    if not space.can:
        return None
    if space.suggestions:
        return {
            "title": _("Add partners that close the gap"),
            "text": _("Those who would bring the constellation closer to the call's rules are listed, with reasons."),
            "url": "#gap",
            "action": _("See who could join"),
        }
    if not space.theme:
        return {"title": _("Choose the theme you share"), "url": "#theme", "action": _("Choose theme and priorities")}
    if space.verdict.outcome != "met":
        return {
            "title": _("Name the priorities your theme belongs to"),
            "text": _("One in each region that takes part. The verdicts say which are missing."),
            "url": "#theme",
            "action": _("Name priorities"),
        }
    return {
        "title": _("Start the application"),
        "text": _("The constellation meets every rule that speaks of it."),
        "url": "#apply",
        "action": _("Go to the application"),
    }


def _sky(request: HttpRequest, space: Workspace) -> dict[str, Any]:
    """The members as stars, the lead a larger one, and a thin line through them."""
    told = language()
    lines = {space.name: [node.id for node in space.nodes]}
    lit = [member.region for member in space.members if member.region]
    found = sky.sky(actor_of(request), language=told, organisations=space.nodes, lines=lines, lit=lit)
    caption = _(
        "Each star stands somewhere in its county, not at an address. A member without a known county has none. "
        "County boundaries: Statistics Sweden (SCB), simplified."
    )
    picture = drawn(found, caption=caption)
    leads = {member.id for member in space.members if member.lead}
    return picture | {"stars": [star | {"lead": star["key"] in leads} for star in picture["stars"]]}


def _chosen(request: HttpRequest) -> Organisation | None:
    """The organisation that a button or the list names."""
    key = request.POST.get("organisation", "")
    return rows.row(actor_of(request), "organisation", key) if key.isprintable() else None


@login_required
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Add an organisation of the register."""
    if request.method != "POST":
        return HttpResponseRedirect(_address(pk))
    row = _row(request, pk)
    organisation = _chosen(request)
    if organisation is None:
        messages.error(request, _("Choose an organisation first."))
        return HttpResponseRedirect(_address(pk, "add"))
    return carried_out(
        request,
        lambda: constellations.add(actor=actor_of(request), at=now(), constellation=row, organisation=organisation),
        said=_("%(name)s is now a member.") % {"name": organisation.name},
        then=_address(pk),
    )


@login_required
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a member out."""
    if request.method != "POST":
        return HttpResponseRedirect(_address(pk))
    row = _row(request, pk)
    organisation = _chosen(request)
    if organisation is None:
        raise Http404
    return carried_out(
        request,
        lambda: constellations.remove(actor=actor_of(request), at=now(), constellation=row, organisation=organisation),
        said=_("%(name)s is no longer a member.") % {"name": organisation.name},
        then=_address(pk),
    )


@login_required
def describe(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose theme and priorities; when somebody has changed the constellation meanwhile, both are shown."""
    if request.method != "POST":
        return HttpResponseRedirect(_address(pk))
    row = _row(request, pk)
    actor = actor_of(request)
    space = reading.workspace(actor, pk, language=language())
    if space is None:
        raise Http404
    form = DescribeForm(request.POST, themes=space.themes)
    if not form.is_valid():
        return _workspace(request, pk, form=form, status=422)
    theme = rows.row(actor, "theme", form.cleaned_data["theme"])
    ticked = set(request.POST.getlist("priorities"))
    offered = {one.id for group in space.priorities for one in group.priorities}
    named = rows.every(actor, "priority").filter(pk__in=ticked & offered)
    try:
        constellations.describe(
            actor=actor,
            at=now(),
            constellation=row,
            theme=theme,
            priorities=list(named),
            revision=form.cleaned_data["revision"],
        )
    except EditConflictError:
        return _workspace(request, pk, form=form, status=409, conflict=True)
    except RefusedError as refused:
        form.add_error(None, worded(refused.reason))
        return _workspace(request, pk, form=form, status=422)
    messages.success(request, _("Theme and priorities are saved."))
    return HttpResponseRedirect(_address(pk))


@login_required
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Start the constellation's application."""
    if request.method != "POST":
        return HttpResponseRedirect(_address(pk))
    row = _row(request, pk)
    try:
        application = applications.start(actor=actor_of(request), at=now(), constellation=row)
    except RefusedError as refused:
        messages.error(request, worded(refused.reason))
        return HttpResponseRedirect(_address(pk))
    messages.success(request, _("The application has been started."))
    return HttpResponseRedirect(reverse("application", args=[application.pk]))


urlpatterns = [
    path("calls/<slug:call_id>/constellations/new/", new, name="constellation-new"),
    path("constellations/<int:pk>/", workspace, name="constellation"),
    path("constellations/<int:pk>/add/", add, name="constellation-add"),
    path("constellations/<int:pk>/remove/", remove, name="constellation-remove"),
    path("constellations/<int:pk>/describe/", describe, name="constellation-describe"),
    path("constellations/<int:pk>/apply/", apply, name="application-start"),
]
