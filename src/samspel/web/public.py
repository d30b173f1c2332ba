"""Public pages, kept as they were last rendered until anything is written.

Every write moves the head of the journal, so the head is the version of all that a page can show: one small
query tells whether a kept page is still true, and gives its ETag.
"""

from __future__ import annotations

from functools import wraps
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, cast

from django.conf import settings
from django.core.cache import cache
from django.http import HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags

from samspel.store.version import head
from samspel.web.frame import language

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Concatenate

    from django.http import HttpRequest

LONGEST_QUERY = 500


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
        version = f"{RELEASE} {settings.DEMO} {head()} {language()} {request.get_host()} {request.get_full_path()}"
        key = sha256(version.encode()).hexdigest()
        etag = f'"{key[:32]}"'
        known = parse_etags(request.headers.get("If-None-Match", ""))
        if etag in known or f"W/{etag}" in known:
            response = HttpResponseNotModified()
        elif (kept := cache.get(key)) is not None:
            response = HttpResponse(kept[0], headers=kept[1])
        else:
            response = view(request, *args, **kwargs)
            if response.status_code != 200 or response.cookies:  # noqa: PLR2004 - HTTP's number for success
                return response
            cache.set(key, (response.content, dict(response.items())), timeout=None)
        response.headers["ETag"] = etag
        response.headers["Cache-Control"] = "no-cache"
        patch_vary_headers(response, ("Cookie", "Accept-Language"))
        return response

    return cast("Callable[Concatenate[HttpRequest, P], HttpResponse]", answer)
