"""One-click sign-in for a demonstration. On any other site these addresses do not exist."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse

from samspel.store.queries.accounts import demonstration_people, demonstration_person
from samspel.store.queries.registry import names
from samspel.web.frame import language

if TYPE_CHECKING:
    from django.http import HttpRequest


def _only_in_demonstration() -> None:
    if not settings.DEMO:
        raise Http404


def people(request: HttpRequest) -> HttpResponse:
    """Everybody one can sign in as."""
    _only_in_demonstration()
    named = names(language())
    return render(
        request,
        "sign_in/people.html",
        {"people": [(person, named.get(person.held_for, person.held_for)) for person in demonstration_people()]},
    )


def sign_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign in as one of the demonstration's people and go to what waits for them."""
    _only_in_demonstration()
    person = demonstration_person(pk)
    if person is None:
        raise Http404
    login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return HttpResponseRedirect(reverse("work"))


urlpatterns = [
    path("demo/", people, name="demo-people"),
    path("demo/sign-in/<int:pk>/", sign_in, name="demo-sign-in"),
]
