"""Pages about Samspel itself: the accessibility statement, and whether the site is well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path

from samspel.store.version import head
from samspel.web.public import public_page

if TYPE_CHECKING:
    from django.http import HttpRequest


@public_page
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement."""
    return render(request, "about/accessibility.html")


def health(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Say that the site answers and its database can be read."""
    head()
    return HttpResponse("ok", content_type="text/plain")


urlpatterns = [
    path("accessibility/", accessibility, name="accessibility"),
    path("health/", health, name="health"),
]
