"""What happens when a button is pressed: the action is carried out, or the reason why not is told on the same page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponseRedirect

from samspel.actions._perform import RefusedError
from samspel.web.verdicts import worded

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse


def carried_out(
    request: HttpRequest, action: Callable[[], object], *, said: str, then: str, otherwise: str = ""
) -> HttpResponse:
    """Carry out the action and go on to `then`, saying so; when it is refused, say why at `otherwise` (or `then`)."""
    try:
        action()
    except RefusedError as refused:
        messages.error(request, worded(refused.reason))
        return HttpResponseRedirect(otherwise or then)
    messages.success(request, said)
    return HttpResponseRedirect(then)
