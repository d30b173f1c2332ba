"""The simulator's page: what the engine counts, in words, tables, a picture and files, for the authority alone."""

from __future__ import annotations

import csv
import json
import re
from html import unescape
from io import StringIO
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from samspel.engine.calls.reading.call import read
from samspel.engine.permissions import PUBLIC
from samspel.engine.simulation.designing import WhoCould, who_could_apply
from samspel.store.models import Call, Organisation, Priority, Theme
from samspel.store.queries.simulator import pooled
from samspel.wording.amounts import number

if TYPE_CHECKING:
    from tests.web.marked import Marked

pytestmark = pytest.mark.django_db
PAGE = "/desk/calls/drafted/design/simulator/"
ASKED = {"smallest": "3", "largest": "4", "theme": "energy"}
VARIED = {"first": "minimum_clusters", "first_from": "2", "first_to": "4"}
AND_REGIONS = {"second": "minimum_regions", "second_from": "1", "second_to": "3"}


@pytest.fixture(autouse=True)
def coded(world: Marked) -> None:
    """Code the priorities to the theme, save in one county."""
    for priority in Priority.objects.exclude(region="SE232"):
        priority.themes.add(Theme.objects.get(pk="energy"))


def signed_in(world: Marked, name: str = "officer", language: str = "en") -> Client:
    client = Client(headers={"accept-language": language})
    client.force_login(world.people[name], backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def words_of(response) -> str:
    """The page's words, without its tags."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def counted(world: Marked, files=None) -> WhoCould:
    found = pooled(world.actor("officer"))
    assert found is not None
    text = read(files or Call.objects.get(pk="drafted").draft)
    return who_could_apply(text, found.register, theme="energy", sizes=(3, 4))


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("name", ["officer", "decider"])
@pytest.mark.parametrize("call", ["drafted", "open", "decided"])
def test_is_there_for_the_authority_and_counts_nothing_unasked(world: Marked, call: str, name: str, language: str):
    page = signed_in(world, name, language).get(f"/desk/calls/{call}/design/simulator/")
    assert page.status_code == 200
    assert page.context.get("answer") is None


def test_nobody_else_finds_it(world: Marked):
    for name in ("assessor", "region", "lead-open-draft"):
        assert signed_in(world, name).get(PAGE, ASKED).status_code == 404
        assert pooled(world.actor(name)) is None
    assert pooled(PUBLIC) is None
    assert Client().get(PAGE).status_code == 302


@pytest.mark.parametrize("language", ["sv", "en"])
def test_tells_the_exact_numbers_and_who_is_left_out(world: Marked, language: str):
    page, found = signed_in(world, language=language).get(PAGE, ASKED), counted(world)
    words = words_of(page)
    assert found.surely.total > 0
    assert number(found.surely.total, language) in page.content.decode()
    assert number(found.possibly.total, language) in page.content.decode()
    out = [one for one in found.left_out if one.certainty == "surely"]
    assert len(out) == sum(one.region == "SE232" for one in found.pool)
    named = {one.id: one.name for one in found.pool}
    assert all(named[one.organisation] in words for one in out)
    assert len(page.content) < 150_000


def test_two_numbers_make_a_picture_and_a_table(world: Marked):
    page = signed_in(world).get(PAGE, ASKED | VARIED | AND_REGIONS)
    rows = page.context["swept"]["rows"]
    assert len(rows) == 9
    (picture,) = page.context["swept"]["pictures"]
    assert len(picture["heat"].fields) == 9
    assert {one.words for one in picture["heat"].fields} <= set(
        re.findall("<title>(.*?)</title>", page.content.decode())
    )
    as_it_is = next(one["row"] for one in rows if [*one["row"].values.values()] == [3, 2])
    assert as_it_is.surely == counted(world).surely.total


def test_one_number_makes_bars_and_levels_make_pictures_side_by_side(world: Marked):
    bars = signed_in(world).get(PAGE, ASKED | VARIED).context["swept"]["pictures"]
    assert [one["heat"].bars for one in bars] == [True]
    levels = signed_in(world).get(PAGE, ASKED | VARIED | {"level": ["nuts2", "nuts3"]}).context["swept"]["pictures"]
    assert [one["level"] for one in levels] == ["NUTS2", "NUTS3"]
    alone = signed_in(world).get(PAGE, ASKED | {"level": ["country", "nuts2"]}).context["swept"]
    assert [one["marks"] for one in alone["rows"]] == [["country"], ["NUTS2"]]


def test_compares_with_another_text_and_names_whose_access_differs(world: Marked):
    """The draft lets one region be without the priority; beside the open call it lets more in."""
    row = Call.objects.get(pk="drafted")
    text = row.draft["call.toml"]
    row.draft["call.toml"] = text.replace(
        'regions_without_priority = { unit = "count", value = 0',
        'regions_without_priority = { unit = "count", value = 1',
    )
    row.save()
    page = signed_in(world).get(PAGE, ASKED | {"against": "open"})
    surely = page.context["compared"][0]
    assert surely["after"] > surely["before"]
    assert "Organisations that gain access" in words_of(page)
    (gained,) = [one for one in surely["groups"] if "Organisations" in one["title"]]
    assert len(gained["names"]) == Organisation.objects.filter(region="SE232").count()


def test_draws_by_lot_and_again_the_same(world: Marked):
    first, again = (signed_in(world).get(PAGE, ASKED | {"drawn": "5", "seed": "7"}) for _ in range(2))
    other = signed_in(world).get(PAGE, ASKED | {"drawn": "5", "seed": "8"})
    assert len(first.context["drawn"]) == 5
    assert first.context["drawn"] == again.context["drawn"] != other.context["drawn"]


def test_gives_everything_as_files(world: Marked):
    client, found = signed_in(world), counted(world)
    content = json.loads(client.get(PAGE, ASKED | VARIED | {"drawn": "2", "as": "json"}).content)
    assert content["numbers"]["surely"]["total"] == str(found.surely.total)
    assert [one["values"] for one in content["variants"]] == [{"minimum_clusters": str(n)} for n in (2, 3, 4)]
    assert len(content["sample"]) == 2
    table = list(csv.DictReader(StringIO(client.get(PAGE, ASKED | {"as": "csv"}).content.decode())))
    assert {row["organisation"]: int(row["surely"]) for row in table} == {
        one.id: one.number for one in found.surely.organisations
    }


@pytest.mark.parametrize(
    "more, wrong",
    [
        ({"smallest": "5"}, "largest"),
        ({"largest": "30"}, "largest"),
        ({"theme": "sport"}, "theme"),
        ({"first": "envelope", "first_from": "1", "first_to": "2"}, "first"),
        ({"first": "minimum_clusters", "first_from": "2"}, "first_to"),
        ({"first": "minimum_clusters", "first_from": "4", "first_to": "2"}, "first_to"),
        ({"first": "minimum_clusters", "first_from": "1", "first_to": "90"}, "first_to"),
        ({**VARIED, "second": "minimum_clusters", "second_from": "1", "second_to": "2"}, "second"),
        ({"drawn": "5000"}, "drawn"),
        ({"seed": "-1"}, "seed"),
        ({"level": "village"}, "level"),
        ({"against": "nowhere"}, "against"),
    ],
)
def test_what_cannot_be_asked_is_told_at_its_field(world: Marked, more: dict[str, str], wrong: str):
    page = signed_in(world).get(PAGE, ASKED | more)
    assert page.status_code == 422
    assert wrong in page.context["form"].errors
    assert page.context.get("answer") is None


def test_work_that_is_too_much_for_a_page_is_told(world: Marked, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("samspel.web.simulating.MOST_TABLES", 1)
    page = signed_in(world).get(PAGE, ASKED | {"level": ["nuts1", "nuts2"]})
    assert page.status_code == 200
    assert "take too long for a web page" in words_of(page)


def test_a_text_that_does_not_read_is_not_counted(world: Marked):
    row = Call.objects.get(pk="drafted")
    row.draft["call.toml"] += "\n["
    row.save()
    page = signed_in(world).get(PAGE, ASKED)
    assert page.status_code == 200
    assert "does not read yet" in words_of(page)


def test_invented_organisations_are_said_to_be(world: Marked):
    assert "only invented organisations" in words_of(signed_in(world).get(PAGE))
    Organisation.objects.filter(pk="outsider").update(invented=False, source="s")
    found = pooled(world.actor("officer"))
    assert found is not None
    assert [one.id for one in found.register.organisations] == ["outsider"]
