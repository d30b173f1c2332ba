"""A call's page, made from its text alone: every real call reads well in both languages, and the clock is heeded."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache
from django.test import Client

from samspel.actions import calls
from samspel.engine.calls import edition, vocabulary
from samspel.engine.calls.reading.call import read
from samspel.engine.registry import KINDS
from samspel.store.models import RegisterPack
from samspel.store.queries.calls import CallShown, replaced
from samspel.web import public
from samspel.web.pages import calls as pages

if TYPE_CHECKING:
    from samspel.store.models import Call
    from tests.web.marked import Marked

ROOT = Path(__file__).resolve().parents[2] / "calls"
FOLDERS = sorted(path.parent.name for path in ROOT.glob("*/call.toml"))
MOST_BYTES = 100_000

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_kept():
    cache.clear()


def files_of(folder: str) -> dict[str, str]:
    return edition.of_call({path.name: path.read_text(encoding="utf-8") for path in (ROOT / folder).iterdir()})


def drafted(world: Marked, folder: str) -> Call:
    return calls.draft(actor=world.actor("officer"), at=next(world.ticks), files=files_of(folder))


def published(world: Marked, folder: str) -> Call:
    call = drafted(world, folder)
    return calls.publish(actor=world.actor("decider"), at=next(world.ticks), call=call).call


def officer(world: Marked, language: str = "en") -> Client:
    client = Client(headers={"accept-language": language})
    client.force_login(world.people["officer"], backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def seen(html: str) -> str:
    """What one reads on a page: no tags, no code, and no names of headings of the source, which are its own."""
    main = html[html.index("<main") : html.index("</main>")]
    main = re.sub(r'(?s)<code>.*?</code>|<pre.*?</pre>|<a href="[^"]*(/source/|/files/|call\.)[^"]*".*?</a>', " ", main)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", main)))


CODES = {
    *KINDS,
    *vocabulary.NOUNS,
    *vocabulary.QUANTITIES,
    *vocabulary.DENOMINATORS,
    *vocabulary.COMPARISONS,
    *vocabulary.TESTS,
    *vocabulary.ROLES,
    *vocabulary.LEGAL_FORMS,
    *vocabulary.COST_FORMS,
    *vocabulary.DECISIONS,
    *vocabulary.CHANGES,
}
PLAIN_ENGLISH = {"co-funder", "non-profit"}
"""Codes that are English words as they stand."""


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("folder", FOLDERS)
def test_every_call_reads_well_from_its_text(world: Marked, folder: str, language: str):
    call = drafted(world, folder)
    response = officer(world, language).get(f"/calls/{call.pk}/")
    html = response.content.decode()
    assert response.status_code == 200
    assert len(response.content) < MOST_BYTES
    text, read_text = read(files_of(folder)), seen(html)
    for rule in text.rules:
        assert f'id="rule-{rule.id}"' in html
    for parameter in text.parameters:
        assert f'id="number-{parameter.name}"' in html
    names = {parameter.name for parameter in text.parameters if "_" in parameter.name}
    codes = {code for code in CODES if re.search("[-_]", code)} - PLAIN_ENGLISH
    shown = [code for code in (*names, *codes) if re.search(rf"(?<![\w-]){re.escape(code)}(?![\w-])", read_text)]
    assert not shown, f"{shown} stand as codes on the page"
    assert "%(" not in read_text
    assert "{" not in read_text


def test_each_number_says_when_it_holds_and_whose_it_is(world: Marked):
    call = drafted(world, "interreg-bsr")
    text = seen(officer(world).get(f"/calls/{call.pk}/").content.decode())
    assert "from 1 January 2014 to 31 December 2020" in text
    assert "Interreg Baltic Sea Region, version 2.0" in text


def test_a_replaced_number_is_shown_beside_the_one_that_holds(world: Marked):
    earlier = replaced(files_of("interreg-north-sea-call3"))
    assert [one.layer for one in earlier["rate_norway"]] == ["programme"]
    call = drafted(world, "interreg-north-sea-call3")
    html = officer(world).get(f"/calls/{call.pk}/").content.decode()
    assert "<del>50" in html


def test_what_the_source_does_not_state_is_said(world: Marked):
    call = drafted(world, "kluster-2024")
    text = seen(officer(world).get(f"/calls/{call.pk}/").content.decode())
    assert "Opens not stated in the source" in text


AT_THE_LAST_HOUR = datetime(2024, 12, 5, 15, tzinfo=UTC)
"""An hour before the call closes at 17.00 in Brussels."""


def test_a_kept_page_changes_when_the_call_closes(world: Marked, monkeypatch: pytest.MonkeyPatch):
    published(world, "i3-strand1-2024")
    client = Client(headers={"accept-language": "en"})

    def at(moment: datetime, tag: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr(public, "now", lambda: moment)
        monkeypatch.setattr(pages, "now", lambda: moment)
        response = client.get("/calls/i3-strand1-2024/", headers={"if-none-match": tag} if tag else {})
        return response.status_code, response.headers["ETag"], response.content.decode()

    status, tag, html = at(AT_THE_LAST_HOUR)
    assert status == 200
    assert 'data-state="open"' in html
    assert "closes today" in html
    assert at(AT_THE_LAST_HOUR.replace(minute=59), tag)[0] == 304
    assert at(AT_THE_LAST_HOUR.replace(minute=59))[2] == html
    status, later, html = at(AT_THE_LAST_HOUR.replace(hour=16, second=1), tag)
    assert status == 200
    assert later != tag
    assert 'data-state="closed"' in html
    assert "has passed: 5 December 2024 at 17:00 CET" in html


@pytest.mark.parametrize("tag", ['"x.9"', '"' + "9" * 6000 + '"', '"a.' + "9" * 6000 + '"', "*", "W/"])
def test_a_strange_tag_breaks_nothing(world: Marked, tag: str):
    assert Client().get("/calls/", headers={"if-none-match": tag}).status_code == 200


def shown(folder: str) -> CallShown:
    files = files_of(folder)
    text = read(files)
    return CallShown(
        digest=edition.digest(files),
        id=text.id,
        state="open",
        title="",
        purpose="",
        number=1,
        published_at=None,
        closed_at=None,
        decided_at=None,
        text=text,
        files=files,
        can=frozenset(),
    )


@pytest.mark.parametrize(
    "folder, at, phase, until",
    [
        ("s3-piloten-2018", datetime(2018, 3, 25, 12, tzinfo=UTC), "before", datetime(2018, 3, 25, 22, tzinfo=UTC)),
        ("s3-piloten-2018", datetime(2018, 5, 31, 21, tzinfo=UTC), "open", None),
        ("s3-piloten-2018", datetime(2018, 7, 1, tzinfo=UTC), "between", datetime(2018, 7, 1, 22, tzinfo=UTC)),
        ("kluster-2024", datetime(2024, 3, 21, 12, tzinfo=UTC), "after", None),
        ("kluster-2016", datetime(2026, 1, 1, tzinfo=UTC), "open", None),
    ],
)
def test_a_page_is_true_until_its_words_may_change(folder: str, at: datetime, phase: str, until: datetime | None):
    here = shown(folder).standing(at)
    assert here.phase == phase
    if until is not None:
        assert here.until == until
    elif phase != "open" or folder == "kluster-2016":
        assert here.until is None
    else:
        assert here.until is not None
        assert here.until > at


def test_the_list_says_where_each_call_is(world: Marked):
    published(world, "i3-strand1-2024")
    text = seen(Client(headers={"accept-language": "en"}).get("/calls/").content.decode())
    assert "closed for applications The last day to apply has passed: 5 December 2024 at 17:00 CET." in text


def test_a_call_without_a_register_shows_the_way_to_the_command_line(world: Marked):
    published(world, "i3-strand1-2024")
    response = Client(headers={"accept-language": "en"}).get("/calls/i3-strand1-2024/try/?with=se-nothing&theme=energy")
    assert response.status_code == 200
    html = response.content.decode()
    assert "samspel judge i3-strand1-2024 situation.toml" in html
    assert "/calls/i3-strand1-2024/call.zip" in html
    assert 'id="trial"' not in html


def test_a_call_of_another_register_offers_nobody(world: Marked):
    RegisterPack.objects.create(id="elsewhere", version="1", digest="0" * 64, loaded_at=next(world.ticks))
    assert 'id="trial"' not in Client().get("/calls/open/try/").content.decode()


def test_trying_sets_recommendations_apart(world: Marked):
    files = files_of("kluster-2016")
    files["call.toml"] = files["call.toml"].replace('id = "kluster-2016"', 'id = "hinting"', 1)
    files["call.toml"] = files["call.toml"].replace(
        'id = "two-regions"\n', 'id = "two-regions"\nseverity = "should"\n', 1
    )
    call = calls.draft(actor=world.actor("officer"), at=next(world.ticks), files=files)
    html = officer(world).get(f"/calls/{call.pk}/try/?with=outsider").content.decode()
    requirements, _, hints = html.partition("Recommendations: they are no requirements")
    assert "At least three cluster organisations" in requirements
    assert "From at least two regions" not in requirements
    assert "From at least two regions" in hints
    assert "What would mend it" in requirements


def test_who_leads_is_open_until_it_is_said(world: Marked):
    call = drafted(world, "kluster-2024")
    client, path = officer(world), f"/calls/{call.pk}/try/?with=outsider"
    rule = (
        r'data-outcome="(\S+)">(?:(?!data-outcome).)*?The applicant is a node, an innovation environment or a cluster'
    )
    silent, said = (client.get(one).content.decode() for one in (path, f"{path}&lead=outsider"))
    assert [re.findall(rule, html, re.DOTALL) for html in (silent, said)] == [["open"], ["met"]]


def test_nobody_but_the_authority_sees_a_draft(world: Marked):
    drafted(world, "kluster-2024")
    assert Client().get("/calls/kluster-2024/").status_code == 404
