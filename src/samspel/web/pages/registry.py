"""The register's pages: regions, priorities, themes, organisations and earlier projects, each with its source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from samspel.actions.registry import confirm
from samspel.clock import now
from samspel.store.queries import registry
from samspel.store.queries.calls import counting_of
from samspel.store.queries.rows import row
from samspel.store.queries.sky import sky
from samspel.web.doing import carried_out
from samspel.web.downloads import csv_file
from samspel.web.frame import actor_of, language
from samspel.web.public import public_page
from samspel.web.sky import drawn
from samspel.wording import amounts

if TYPE_CHECKING:
    from django.http import HttpRequest

PRIORITIES_ON_A_PAGE = 30


def _trail(*steps: tuple[str, str]) -> list[dict[str, str]]:
    return [{"name": gettext("Register"), "url": reverse("register")}, *({"name": n, "url": u} for n, u in steps)]


def _downloads(*names: str, query: str = "") -> list[dict[str, str]]:
    after = f"?{query}" if query else ""
    return [{"url": f"{reverse(name)}{after}", "label": "CSV"} for name in names]


def _chosen(request: HttpRequest, known: registry.Choices) -> dict[str, str]:
    """What a list is filtered by, as far as the register knows it; anything else is left out."""
    asked = {name: request.GET.get(name, "") for name in ("kind", "region", "theme")}
    allowed = {
        "kind": set(known.kinds),
        "region": {one.code for one in known.regions},
        "theme": {one.code for one in known.themes},
    }
    return {name: value for name, value in asked.items() if value in allowed[name]}


@public_page
def register(request: HttpRequest) -> HttpResponse:
    """The register at a glance: how much of what, from when, and which region has priorities in which theme."""
    actor, spoken = actor_of(request), language()
    overview = registry.overview(actor, language=spoken)
    listed = [one for one in registry.organisations(actor, language=spoken) if one.listed]
    lit = [line.region.code for line in overview.lists if line.own]
    caption = gettext(
        "Lighter counties have a list of priorities, of their own or jointly with others. Each point is one of the "
        "organisations listed, somewhere in its county. County boundaries: Statistics Sweden, simplified."
    )
    heavens = sky(actor, language=spoken, organisations=listed, lit=lit)
    context = {
        "overview": overview,
        "sky": drawn(heavens, caption=caption),
        "downloads": [
            {"url": reverse("priorities-csv"), "label": gettext("Priorities (CSV)")},
            {"url": reverse("organisations-csv"), "label": gettext("Organisations (CSV)")},
        ],
    }
    return render(request, "registry/register.html", context)


@public_page
def region(request: HttpRequest, code: str) -> HttpResponse:
    """A region: its priorities, the joint ones above it, and the organisations in it."""
    actor, spoken = actor_of(request), language()
    found = registry.region(actor, code=code, language=spoken)
    if found is None:
        raise Http404
    above = [(one.name, reverse("region", args=[one.code])) for one in found.above]
    inhabited = gettext("%(region)s and the organisations in it, each somewhere in its county.")
    caption = inhabited if found.organisations else gettext("Where %(region)s lies.")
    heavens = sky(actor, language=spoken, organisations=found.organisations, lit=[code])
    context = {
        "page": found,
        "trail": _trail(*above),
        "sky": drawn(heavens, caption=caption % {"region": found.region.name}, legend=bool(found.organisations)),
    }
    return render(request, "registry/region.html", context)


@public_page
def priorities(request: HttpRequest) -> HttpResponse:
    """Every priority, or those of one region or theme."""
    actor, spoken = actor_of(request), language()
    known = registry.choices(actor, language=spoken)
    chosen = _chosen(request, known)
    chosen.pop("kind", None)
    context = {
        "trail": _trail(),
        "choices": known,
        "chosen": chosen,
        "page": Paginator(registry.priorities(actor, language=spoken, **chosen), PRIORITIES_ON_A_PAGE).get_page(
            request.GET.get("page")
        ),
        "downloads": _downloads("priorities-csv", query=_query(chosen)),
    }
    return render(request, "registry/priorities.html", context)


def _query(chosen: dict[str, str]) -> str:
    return "&".join(f"{name}={value}" for name, value in chosen.items())


def priorities_csv(request: HttpRequest) -> HttpResponse:
    """The priorities of the same filter as a file."""
    actor = actor_of(request)
    chosen = _chosen(request, registry.choices(actor, language=language()))
    chosen.pop("kind", None)
    header = ("id", "region", "region_name", "name_sv", "name_en", "themes", "status", "vintage", "confirmed", "source")
    lines = registry.priorities(actor, language=language(), **chosen)
    rows = [
        (
            line.id,
            line.region.code,
            line.region.name,
            line.name_sv,
            line.name_en,
            " ".join(one.code for one in line.themes),
            line.status,
            line.vintage,
            line.confirmed_at.date().isoformat() if line.confirmed_at else "",
            " ".join(source.url for source in line.sources),
        )
        for line in lines
    ]
    return csv_file("priorities.csv", header, rows)


@require_POST
def priority_confirm(request: HttpRequest, pk: str) -> HttpResponse:
    """Record that the region stands by this priority."""
    actor = actor_of(request)
    priority = row(actor, "priority", pk)
    if priority is None:
        raise Http404
    return carried_out(
        request,
        lambda: confirm(actor=actor, at=now(), priority=priority),
        said=gettext("Confirmed: the region stands by this priority."),
        then=f"{reverse('region', args=[priority.region_id])}#{pk}",
    )


@public_page
def theme(request: HttpRequest, code: str) -> HttpResponse:
    """A theme: the regions that share it, and the organisations in it."""
    actor, spoken = actor_of(request), language()
    found = registry.theme(actor, code=code, language=spoken)
    if found is None:
        raise Http404
    lines = registry.priorities(actor, language=spoken, theme=code)
    bodies = registry.organisations(actor, language=spoken, theme=code)
    heavens = sky(actor, language=spoken, organisations=bodies, lit={line.region.code for line in lines})
    caption = gettext("Lighter counties have a priority coded to %(theme)s. The points are the organisations in it.")
    context = {
        "theme": found,
        "trail": _trail(),
        "priorities": lines,
        "organisations": bodies,
        "regions": len({line.region.code for line in lines}),
        "projects": [one for one in registry.projects(actor, language=spoken) if one.theme.code == code],
        "sky": drawn(heavens, caption=caption % {"theme": found.name}),
    }
    return render(request, "registry/theme.html", context)


@public_page
def organisations(request: HttpRequest) -> HttpResponse:
    """Every organisation: the listed first, then those that are in the register for another reason."""
    actor, spoken = actor_of(request), language()
    known = registry.choices(actor, language=spoken)
    chosen = _chosen(request, known)
    found = registry.organisations(actor, language=spoken, **chosen)
    context = {
        "trail": _trail(),
        "choices": known,
        "chosen": chosen,
        "listed": [one for one in found if one.listed],
        "others": [one for one in found if not one.listed and not one.invented],
        "invented": [one for one in found if one.invented],
        "few": bool(chosen),
        "downloads": _downloads("organisations-csv", query=_query(chosen)),
    }
    return render(request, "registry/organisations.html", context)


def organisations_csv(request: HttpRequest) -> HttpResponse:
    """The organisations of the same filter as a file."""
    actor = actor_of(request)
    chosen = _chosen(request, registry.choices(actor, language=language()))
    header = ("id", "name", "kind", "region", "host", "theme", "theme_basis", "themes", "listed", "invented", "source")
    rows = [
        (
            line.id,
            line.name,
            line.kind,
            line.region.code if line.region else "",
            line.host.code if line.host else "",
            line.theme,
            line.theme_basis,
            " ".join(one.code for one in line.themes),
            "yes" if line.listed else "no",
            "yes" if line.invented else "no",
            " ".join(source.url for source in line.sources),
        )
        for line in registry.organisations(actor, language=language(), **chosen)
    ]
    return csv_file("organisations.csv", header, rows)


@public_page
def organisation(request: HttpRequest, pk: str) -> HttpResponse:
    """An organisation: what is known of it and from where, and whether it counts under each open call."""
    actor, spoken = actor_of(request), language()
    found = registry.organisation(actor, organisation_id=pk, language=spoken)
    if found is None:
        raise Http404
    context = {
        "organisation": found,
        "trail": _trail((gettext("Organisations"), reverse("organisations"))),
        "nodes": registry.nodes_of(actor, host=pk, language=spoken),
        "projects": registry.projects(actor, language=spoken, partner=pk),
        "counting": counting_of(actor, organisation=found, language=spoken),
    }
    return render(request, "registry/organisation.html", context)


@public_page
def past_projects(request: HttpRequest) -> HttpResponse:
    """The projects of 2017: what is known, and what was not found."""
    actor, spoken = actor_of(request), language()
    found = registry.projects(actor, language=spoken)
    known = [one for one in found if one.partners_known == "yes"]
    partners = {partner.id: partner for project in known for partner in project.partners}
    lines = {project.name: [partner.id for partner in project.partners] for project in known}
    heavens = sky(actor, language=spoken, organisations=partners.values(), lines=lines)
    caption = gettext("The projects whose partners are all known. Partners without a known region are not drawn.")
    budgets = [one.total_budget_sek and amounts.money(one.total_budget_sek, spoken, "SEK") for one in found]
    context = {
        "projects": list(zip(found, budgets, strict=True)),
        "trail": _trail(),
        "sky": drawn(heavens, caption=caption),
    }
    return render(request, "registry/past_projects.html", context)


urlpatterns = [
    path("register/", register, name="register"),
    path("register/regions/<slug:code>/", region, name="region"),
    path("register/priorities/", priorities, name="priorities"),
    path("register/priorities.csv", priorities_csv, name="priorities-csv"),
    path("register/priorities/<slug:pk>/confirm/", priority_confirm, name="priority-confirm"),
    path("register/themes/<slug:code>/", theme, name="theme"),
    path("register/organisations/", organisations, name="organisations"),
    path("register/organisations.csv", organisations_csv, name="organisations-csv"),
    path("register/organisations/<slug:pk>/", organisation, name="organisation"),
    path("register/projects/", past_projects, name="past-projects"),
]
