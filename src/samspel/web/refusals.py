"""What is shown when something is refused, not found, or went wrong: what happened, why, and what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

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
        """Pass the request on."""
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
