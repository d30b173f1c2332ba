"""The start page and the choice of language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.utils.http import url_has_allowed_host_and_scheme

from samspel.web.frame import LANGUAGES

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


def start(request: HttpRequest) -> HttpResponse:
    """The start page."""
    return HttpResponse("")


urlpatterns = [
    path("", start, name="start"),
    path("language/<str:code>/", choose_language, name="language"),
]
