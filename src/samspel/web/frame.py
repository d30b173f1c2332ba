"""What every page needs: who is asking, in which language, and the few words that stand in the frame."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import get_language

from samspel.engine.permissions import AUTHORITY_ROLES, PUBLIC, Actor
from samspel.store.snapshots import accounts

if TYPE_CHECKING:
    from django.http import HttpRequest

LANGUAGES = ("sv", "en")
OWN_WORK = ("/constellations/", "/applications/", "/assess/")
"""Pages that one comes to from one's own work; the main menu says so."""


def actor_of(request: HttpRequest) -> Actor:
    """Who is asking; found once for a request. A visitor without a session costs no query."""
    known: Actor | None = getattr(request, "samspel_actor", None)
    if known is None:
        user = getattr(request, "user", None)
        known = PUBLIC if user is None else accounts.actor(user)
        request.samspel_actor = known  # type: ignore[attr-defined]  # kept on the request for its duration
    return known


def language() -> str:
    """The language of the page, one of `sv` and `en`."""
    chosen = (get_language() or "sv")[:2]
    return chosen if chosen in LANGUAGES else "sv"


def frame(request: HttpRequest) -> dict[str, Any]:
    """Template context of every page."""
    actor = actor_of(request)
    return {
        "actor": actor if actor.id else None,
        "at_desk": bool(AUTHORITY_ROLES & actor.roles),
        "own_work": request.path.startswith(OWN_WORK),
        "demo": settings.DEMO,
        "language": language(),
    }
