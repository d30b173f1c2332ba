"""What a page may cost, as counts: queries, bytes, and an answer of a few bytes for whoever has the page already."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samspel.store.models import Application

if TYPE_CHECKING:
    from tests.web.marked import Marked

PUBLIC = (
    "/",
    "/register/",
    "/register/regions/SE110/",
    "/register/priorities/",
    "/register/themes/energy/",
    "/register/organisations/",
    "/register/organisations/outsider/",
    "/register/projects/",
    "/calls/",
    "/calls/open/",
    "/calls/open/source/",
    "/calls/open/try/",
    "/calls/decided/results/",
    "/accessibility/",
)
MOST_BYTES = 100_000


pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_kept():
    cache.clear()


def queries(client: Client, path: str) -> int:
    """How many queries the page takes when nothing of it is kept."""
    with CaptureQueriesContext(connection) as seen:
        assert client.get(path).status_code == 200, path
    return len(seen)


def signed_in(world: Marked, name: str) -> Client:
    client = Client()
    client.force_login(world.people[name], backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_a_call_page_takes_two_queries(world: Marked):
    client = Client()
    client.get("/calls/open/")
    cache.clear()
    assert queries(client, "/calls/open/") <= 2


def test_a_kept_page_takes_one_query(world: Marked):
    client = Client()
    for path in PUBLIC:
        client.get(path)
        assert queries(client, path) == 1, path


@pytest.mark.parametrize("part", ["answers", "budget", "cofunding"])
def test_an_application_form_takes_ten_queries(world: Marked, part: str):
    application = Application.objects.get(constellation=world.constellations["open-draft"])
    client = signed_in(world, "lead-open-draft")
    path = f"/applications/{application.pk}/parts/{part}/"
    client.get(path)
    assert queries(client, path) <= 10


@pytest.mark.parametrize("path", PUBLIC)
def test_a_public_page_is_light_and_known_by_its_tag(world: Marked, path: str):
    first = Client().get(path)
    assert first.status_code == 200
    assert len(first.content) < MOST_BYTES
    again = Client().get(path, headers={"if-none-match": first.headers["ETag"]})
    assert again.status_code == 304
    assert again.content == b""


def test_a_tag_is_for_one_language_only(world: Marked):
    swedish, english = (Client(headers={"accept-language": code}).get("/calls/open/") for code in ("sv", "en"))
    assert swedish.headers["ETag"] != english.headers["ETag"]


@pytest.mark.parametrize(
    "name, path",
    [
        ("officer", "/desk/"),
        ("officer", "/desk/calls/{call}/"),
        ("officer", "/desk/calls/{call}/selection/"),
        ("decider", "/work/"),
        ("assessor", "/work/"),
    ],
)
def test_a_list_takes_as_many_queries_with_few_rows_as_with_many(world: Marked, name: str, path: str):
    """The call `open` has more applications than `proposed`; a page that asks once for each row would show it."""
    client = signed_in(world, name)
    paths = [path.format(call=call) for call in ("open", "proposed")]
    for one in paths:
        client.get(one)
    many, few = (queries(client, one) for one in paths)
    assert many <= few + 2, (many, few)
