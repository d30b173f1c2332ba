"""The start page and the choice of language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext

from samspel.store.queries import registry
from samspel.store.queries.calls import calls
from samspel.store.queries.sky import sky
from samspel.web.frame import LANGUAGES, actor_of, language
from samspel.web.public import public_page
from samspel.web.sky import drawn

if TYPE_CHECKING:
    from django.http import HttpRequest

YEAR = 365 * 24 * 3600


def choose_language(request: HttpRequest, code: str) -> HttpResponse:
    """Keep the language in a cookie and go back to the page one came from."""
    if code not in LANGUAGES:
        raise Http404
    wanted = request.GET.get("next", "/")
    inside = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}, require_https=False)
    response = HttpResponseRedirect(wanted if inside else "/")
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=YEAR,
        samesite="Lax",
        secure=settings.LANGUAGE_COOKIE_SECURE,
    )
    return response


@public_page
def start(request: HttpRequest) -> HttpResponse:
    """What Samspel is, the sky of Sweden with the constellations of 2017 that are known, and the calls."""
    actor, spoken = actor_of(request), language()
    overview = registry.overview(actor, language=spoken)
    known = [one for one in registry.projects(actor, language=spoken) if one.partners_known == "yes"]
    partners = {partner.id: partner for project in known for partner in project.partners}
    listed = [one for one in registry.organisations(actor, language=spoken) if one.listed]
    stars = {one.id: one for one in (*listed, *partners.values())}
    heavens = sky(
        actor,
        language=spoken,
        organisations=stars.values(),
        lines={project.name: [partner.id for partner in project.partners] for project in known},
    )
    caption = gettext(
        "Each point stands somewhere in its organisation's county, not at an address. The lines are the "
        "constellations of 2017 whose partners are known. County boundaries: Statistics Sweden, simplified."
    )
    every = calls(actor, language=spoken)
    context = {
        "sky": drawn(heavens, caption=caption),
        "constellations": known,
        "overview": overview,
        "open": [call for call in every if call.is_open],
        "others": [call for call in every if not call.is_open],
    }
    return render(request, "start/start.html", context)


urlpatterns = [
    path("", start, name="start"),
    path("language/<str:code>/", choose_language, name="language"),
]
