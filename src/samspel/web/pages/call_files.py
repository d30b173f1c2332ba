"""A call to be kept: its files as they stand, one by one or all in one; as plain values; its dates for a calendar."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from django.http import Http404, HttpResponse, JsonResponse
from django.urls import path, reverse

from samspel.engine.calls.schema import FILES, schema
from samspel.store.queries import calls as queries
from samspel.web.calls.ical import has_dates, ical
from samspel.web.calls.plain import as_plain
from samspel.web.downloads import json_file
from samspel.web.frame import LANGUAGES, actor_of, language
from samspel.web.public import public_page

if TYPE_CHECKING:
    from django.http import HttpRequest

    from samspel.store.queries.calls import CallShown

NO_TIME = (1980, 1, 1, 0, 0, 0)
"""The time written beside every file in the archive, so that one edition always gives the same bytes; nothing in it is
compressed for the same reason."""


def _call(request: HttpRequest, call_id: str) -> CallShown:
    found = queries.call(actor_of(request), call_id=call_id, language=language())
    if found is None:
        raise Http404
    return found


@public_page
def call_file(request: HttpRequest, pk: str, name: str) -> HttpResponse:
    """One of the call's files, as it stands."""
    found = _call(request, pk)
    if name not in found.files:
        raise Http404
    return HttpResponse(found.files[name], content_type="text/plain; charset=utf-8")


@public_page
def call_zip(request: HttpRequest, pk: str) -> HttpResponse:
    """All of the call's files in one archive: a folder that `samspel check` reads."""
    found = _call(request, pk)
    body = BytesIO()
    with ZipFile(body, "w", ZIP_STORED) as archive:
        for name, text in found.files.items():
            archive.writestr(ZipInfo(f"{found.id}/{name}", NO_TIME), text)
    headers = {"Content-Disposition": f'attachment; filename="{found.id}.zip"'}
    return HttpResponse(body.getvalue(), content_type="application/zip", headers=headers)


@public_page
def call_json(request: HttpRequest, pk: str) -> HttpResponse:
    """The call as plain values, every rule in words in both languages."""
    found = _call(request, pk)
    return json_file(f"{found.id}.json", as_plain(found, LANGUAGES))


@public_page
def call_ical(request: HttpRequest, pk: str, code: str) -> HttpResponse:
    """The call's dates as a calendar file in a language; there is none for a call that states no date."""
    found = _call(request, pk)
    if code not in LANGUAGES or not has_dates(found):
        raise Http404
    address = request.build_absolute_uri(reverse("call", args=[found.id]))
    headers = {"Content-Disposition": f'attachment; filename="{found.id}-{code}.ics"'}
    return HttpResponse(ical(found, code, address), content_type="text/calendar; charset=utf-8", headers=headers)


@public_page
def call_schema(request: HttpRequest, name: str) -> HttpResponse:  # noqa: ARG001 - it is the same for everybody
    """The JSON Schema of one of a call's files, so that an editor can complete and check it."""
    if f"{name}.toml" not in FILES:
        raise Http404
    response = JsonResponse(schema(f"{name}.toml"), json_dumps_params={"ensure_ascii": False})
    response.headers["Content-Type"] = "application/schema+json"
    return response


urlpatterns = [
    path("calls/<slug:pk>/call.zip", call_zip, name="call-zip"),
    path("calls/<slug:pk>/files/<str:name>", call_file, name="call-file"),
    path("calls/<slug:pk>/call.json", call_json, name="call-json"),
    path("calls/<slug:pk>/calendar-<slug:code>.ics", call_ical, name="call-ical"),
    path("schema/<slug:name>.json", call_schema, name="call-schema"),
]
