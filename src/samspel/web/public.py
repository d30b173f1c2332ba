"""Public pages, kept as they were last rendered until anything is written.

Every write moves the head of the journal, so the head is the version of all that a page can show: one small
query tells whether a kept page is still true, and gives its ETag. A page that also depends on the clock (a call that
opens, a deadline that passes) says until when it is true, and that instant is part of its ETag.
"""

from __future__ import annotations

import re
from functools import wraps
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, cast

from django.conf import settings
from django.core.cache import cache
from django.http import HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags

from samspel.clock import now
from samspel.store.version import head
from samspel.web.frame import language

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from typing import Concatenate

    from django.http import HttpRequest

LONGEST_QUERY = 500
_SECONDS = re.compile(r"[0-9]{1,12}")


def _release() -> str:
    """The digest of everything that pages are made of besides the rows: templates, catalogues, sentences, code."""
    package = Path(__file__).resolve().parents[1]
    made_of = sorted(file for suffix in ("html", "mo", "toml", "py") for file in package.rglob(f"*.{suffix}"))
    total = sha256()
    for file in made_of:
        total.update(file.read_bytes())
    return total.hexdigest()[:16]


RELEASE = _release()
"""Changes when Samspel itself does, so that nobody is shown a page as an earlier release made it."""


def _personal(request: HttpRequest) -> bool:
    """Whether the answer could be about this visitor: signed in, in a session, or with a message waiting."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES or "messages" in request.COOKIES


def true_until(request: HttpRequest, moment: datetime | None) -> None:
    """Say that the page being made is true only until this instant; the earliest one said counts."""
    said: datetime | None = getattr(request, "samspel_true_until", None)
    if moment is not None and (said is None or moment < said):
        request.samspel_true_until = moment  # type: ignore[attr-defined]  # kept on the request for its duration


def version(request: HttpRequest) -> str:
    """The version of all that a page can show; asked once for a request."""
    found: str | None = getattr(request, "samspel_version", None)
    if found is None:
        found = head()
        request.samspel_version = found  # type: ignore[attr-defined]  # kept on the request for its duration
    return found


def _etag(tag: str, until: datetime | None) -> str:
    """The tag of a page, and the second from which it may be no longer true."""
    return f'"{tag}"' if until is None else f'"{tag}.{int(until.timestamp())}"'


def _known(request: HttpRequest, tag: str, at: datetime) -> str:
    """The ETag that the visitor has this very page under, if it is still true; else nothing."""
    for given in parse_etags(request.headers.get("If-None-Match", "")):
        plain = given.removeprefix("W/").strip('"')
        name, _, until = plain.partition(".")
        if name == tag and (not until or (_SECONDS.fullmatch(until) and at.timestamp() < int(until))):
            return f'"{plain}"'
    return ""


def public_page[**P](
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Keep the page for visitors who are not signed in, and answer 304 to those who have it already."""

    @wraps(view)
    def answer(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        query = request.META.get("QUERY_STRING", "")
        if request.method not in ("GET", "HEAD") or _personal(request) or len(query) > LONGEST_QUERY:
            response = view(request, *args, **kwargs)
            response.headers.setdefault("Cache-Control", "private, no-cache")
            return response
        made_of = (RELEASE, settings.DEMO, version(request), language(), request.get_host(), request.get_full_path())
        key = sha256(" ".join(map(str, made_of)).encode()).hexdigest()
        at = now()
        tag = key[:32]
        etag = _known(request, tag, at)
        kept = None if etag else cache.get(key)
        if etag:
            response = HttpResponseNotModified()
        elif kept is not None and (kept[2] is None or at < kept[2]):
            response, etag = HttpResponse(kept[0], headers=kept[1]), _etag(tag, kept[2])
        else:
            response = view(request, *args, **kwargs)
            if response.status_code != 200 or response.cookies:  # noqa: PLR2004 - HTTP's number for success
                return response
            until: datetime | None = getattr(request, "samspel_true_until", None)
            cache.set(key, (response.content, dict(response.items()), until), timeout=None)
            etag = _etag(tag, until)
        response.headers["ETag"] = etag
        response.headers["Cache-Control"] = "no-cache"
        patch_vary_headers(response, ("Cookie", "Accept-Language"))
        return response

    return cast("Callable[Concatenate[HttpRequest, P], HttpResponse]", answer)
