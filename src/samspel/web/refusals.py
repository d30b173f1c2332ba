"""What is shown when something is refused, not found, or went wrong: what happened, why, and what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from samspel.actions._perform import RefusedError
from samspel.web.frame import language
from samspel.wording import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest


class RefusalMiddleware:
    """Turns a refusal that no page has shown in place into a page of its own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; an address with a character that no database keeps leads nowhere."""
        if "%00" in request.META.get("QUERY_STRING", "") or "\0" in request.path:
            return not_found(request)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Show the reason of a refusal; leave other exceptions alone."""
        if not isinstance(exception, RefusedError):
            return None
        status = 403 if exception.reason.code.startswith("permission.") else 409
        return render(request, "refused.html", {"reason": say(exception.reason, language())}, status=status)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """The page for 403."""
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """The page for 404; the same whether a thing does not exist or may not be known of."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """The page for 500, which asks nothing of a database that may be the reason."""
    return HttpResponse(render_to_string("500.html"), status=500)


def form_not_trusted(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    """The page for a form whose token is no longer good, such as after signing in again in another window."""
    told = _("The form was opened before you last signed in. Go back, copy what you wrote, and load the page again.")
    return render(request, "403.html", {"reason": told}, status=403)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """The page for 400, such as for a form that is larger than any of Samspel's."""
    told = _("What was sent cannot be read, or is too large. Go back and shorten it; nothing was stored.")
    return render(request, "403.html", {"reason": told}, status=400)
