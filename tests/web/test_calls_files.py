"""What one can take home of a call: its files byte for byte, plain values, and its dates for a calendar."""

from __future__ import annotations

import json
from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import cache
from django.test import Client
from icalendar import Calendar, Event

from samspel.actions import calls
from samspel.engine.calls import edition
from samspel.engine.calls.reading.call import read
from tests.web.test_calls_pages import FOLDERS, drafted, files_of, officer, published

if TYPE_CHECKING:
    from tests.web.marked import Marked

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_kept():
    cache.clear()


def test_the_archive_is_the_folder_and_always_the_same_bytes(world: Marked):
    published(world, "interreg-bsr")
    first, second = (Client().get("/calls/interreg-bsr/call.zip") for _ in range(2))
    cache.clear()
    third = Client().get("/calls/interreg-bsr/call.zip")
    assert first.content == second.content == third.content
    with ZipFile(BytesIO(first.content)) as archive:
        files = {name.partition("/")[2]: archive.read(name).decode() for name in archive.namelist()}
        assert {name.partition("/")[0] for name in archive.namelist()} == {"interreg-bsr"}
    assert edition.digest(files) == edition.digest(files_of("interreg-bsr"))
    assert read(files).id == "interreg-bsr"


def test_each_file_is_plain_text_and_nothing_else_is_given(world: Marked):
    published(world, "interreg-bsr")
    for name, text in files_of("interreg-bsr").items():
        response = Client().get(f"/calls/interreg-bsr/files/{name}")
        assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
        assert response.content.decode() == text
    assert Client().get("/calls/interreg-bsr/files/secret-key").status_code == 404
    assert Client().get("/calls/open/files/programme.toml").status_code == 404


@pytest.mark.parametrize("path", ["call.zip", "call.json", "files/call.toml", "calendar-sv.ics"])
def test_a_draft_is_given_to_nobody_else(world: Marked, path: str):
    drafted(world, "i3-strand1-2024")
    assert Client().get(f"/calls/i3-strand1-2024/{path}").status_code == 404
    assert officer(world).get(f"/calls/i3-strand1-2024/{path}").status_code == 200


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_call_as_json_has_each_rule_in_words_in_both_languages(world: Marked, folder: str):
    drafted(world, folder)
    response = officer(world).get(f"/calls/{folder}/call.json")
    assert response.headers["Content-Type"] == "application/json"
    told, text = json.loads(response.content), read(files_of(folder))
    assert told["format"] == "samspel-call/1"
    assert told["sha256"] == edition.digest(files_of(folder))
    assert [rule["id"] for rule in told["rules"]] == [rule.id for rule in text.rules]
    for rule in told["rules"]:
        for language in ("sv", "en"):
            assert rule["heading"][language]
            assert rule["words"][language]
    assert [one["name"] for one in told["parameters"]] == [one.name for one in text.parameters]
    silent = {one["name"] for one in told["parameters"] if not one["values"]}
    assert silent == {one.name for one in text.parameters if not one.values}


def test_a_rule_without_a_heading_of_its_own_has_its_words_all_the_same(world: Marked):
    files = files_of("kluster-2016")
    text = files["call.toml"].replace('id = "kluster-2016"', 'id = "wordless"', 1)
    for line in ('text.sv = "Från minst två regioner (NUTS2)"\n', 'text.en = "From at least two regions (NUTS2)"\n'):
        assert line in text
        text = text.replace(line, "", 1)
    calls.draft(actor=world.actor("officer"), at=next(world.ticks), files={**files, "call.toml": text})
    told = json.loads(officer(world).get("/calls/wordless/call.json").content)
    rule = next(one for one in told["rules"] if one["id"] == "two-regions")
    assert rule["heading"]["en"] == rule["words"]["en"]
    assert rule["words"]["en"].startswith("At least 2 regions")


def test_numbers_in_json_are_not_rounded(world: Marked):
    drafted(world, "interreg-bsr")
    told = json.loads(officer(world).get("/calls/interreg-bsr/call.json").content)
    rate = next(one for one in told["parameters"] if one["name"] == "rate_west")
    assert rate["of"] == "eligible-cost"
    assert rate["layer"] == "programme"
    assert [(one["from"], one["until"], one["is"]) for one in rate["values"]] == [
        ("2014-01-01", "2020-12-31", "0.75"),
        ("2021-01-01", None, "0.80"),
    ]


def events(client: Client, path: str) -> dict[str, Event]:
    response = client.get(path)
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    found = Calendar.from_ical(response.content).walk("VEVENT")
    return {str(event["SUMMARY"]): event for event in found if isinstance(event, Event)}


def test_a_clock_time_stands_in_its_zone_and_a_day_is_a_whole_day(world: Marked):
    published(world, "i3-strand1-2024")
    found = events(Client(), "/calls/i3-strand1-2024/calendar-en.ics")
    title = "Interregional innovation investments 2024, strand 1"
    assert set(found) == {f"Opens: {title}", f"Closes: {title}"}
    closes = found[f"Closes: {title}"]
    assert closes.start == datetime(2024, 12, 5, 17, tzinfo=ZoneInfo("Europe/Brussels"))
    assert closes["DTSTART"].params["TZID"] == "Europe/Brussels"
    opens = found[f"Opens: {title}"]
    assert opens.start == date(2024, 6, 6)
    assert opens.end == date(2024, 6, 7)


def test_an_entry_keeps_its_id_in_each_language(world: Marked):
    published(world, "i3-strand1-2024")
    ids = [
        sorted(str(event["UID"]) for event in events(Client(), f"/calls/i3-strand1-2024/calendar-{code}.ics").values())
        for code in ("sv", "en")
    ]
    assert ids[0] == ids[1]
    # The ids of all calendars that have been fetched: they may never change.
    assert ids[0] == ["856dd40c-aded-5e1f-a290-cbd95f2ed344", "eb6f4312-b0b0-5be2-bfd5-efafadcee24f"]


def test_questions_stages_and_decisions_have_their_entries(world: Marked):
    published(world, "escp-s3-2018")
    found = events(Client(), "/calls/escp-s3-2018/calendar-en.ics")
    assert any(name.startswith("Last day for questions: ") for name in found)
    published(world, "innosup-01-2018")
    assert any("(Concept)" in name for name in events(Client(), "/calls/innosup-01-2018/calendar-en.ics"))


def test_a_call_without_a_date_has_no_calendar(world: Marked):
    assert Client().get("/calls/open/calendar-sv.ics").status_code == 404
    assert "iCalendar" not in Client().get("/calls/open/").content.decode()
    published(world, "i3-strand1-2024")
    assert Client().get("/calls/i3-strand1-2024/calendar-de.ics").status_code == 404


def test_the_schema_of_the_language_is_there_for_editors(world: Marked):
    response = Client().get("/schema/call.json")
    assert response.headers["Content-Type"] == "application/schema+json"
    told = json.loads(response.content)
    assert told["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert json.loads(Client().get("/schema/overlay.json").content) != told
    assert Client().get("/schema/secret.json").status_code == 404
    assert "/schema/call.json" in Client().get("/calls/open/").content.decode()
