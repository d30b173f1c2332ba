"""The rehearsal's page: what the clock, the public's banner and Submit say at each moment, and who may look."""

from __future__ import annotations

import html
import re

import pytest
from django.test import Client
from django.utils import translation

from samspel.actions import calls
from samspel.store.models import Call, JournalHead, Person
from samspel.web.pages import rehearsal as page
from tests.actions.test_rehearsal import WINDOW, contents, with_windows
from tests.worlds.situations import AT, Situation

ADDRESS = "/desk/calls/kluster-2016/rehearse/"


@pytest.fixture
def windowed(register: Situation) -> Situation:
    calls.draft(actor=register.officer, at=AT, files=with_windows())
    return register


@pytest.fixture(autouse=True)
def forgotten() -> None:
    page._outcome.cache_clear()


def browser(name: str, language: str = "en") -> Client:
    client = Client(headers={"accept-language": language})
    client.force_login(
        Person.objects.get(email=f"{name}@small.invalid"),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    return client


def words(client: Client, query: str = "", status: int = 200) -> str:
    """The page's text without its tags."""
    answer = client.get(ADDRESS + query)
    assert answer.status_code == status
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


SAID = {
    "before.autumn": ("31 October 2016 at 09:00:00 CET", "Opens in 1 day.", "tomorrow"),
    "opening.autumn": ("1 November 2016 at 09:00:00 CET", "30 days 8 hours left.", "Open until 1 December 2016"),
    "last-hour.autumn": ("1 December 2016 at 16:00:00 CET", "1 hour left.", "closes today"),
    "last-minute.autumn": ("1 December 2016 at 16:59:00 CET", "1 minute left.", "closes today"),
    "closing.autumn": ("1 December 2016 at 17:00:00 CET", "The very last instant.", "closes today"),
    "late.autumn": ("1 December 2016 at 17:00:01 CET", "Closed 1 second ago.", "The last day to apply has passed"),
    "ended": ("2 December 2016 at 17:00:00 CET", "Closed by the authority 1 minute ago.", "no decision yet"),
    "decision.autumn": ("1 February 2017 at 12:00:00 CET", "Closed by the authority 60 days", "Decided on 1 February"),
}


def test_the_clock_the_time_left_and_the_public_banner(windowed: Situation):
    officer = browser("officer")
    for moment, (clock, left, public) in SAID.items():
        told = words(officer, f"?moment={moment}")
        assert (clock in told, left in told, public in told) == (True, True, True), moment


def test_submit_gives_a_receipt_or_the_refusal_in_words(windowed: Situation):
    officer = browser("officer")
    assert "Nobody can have begun an application yet" in words(officer, "?moment=before.autumn")
    assert "The receipt has the number KLUSTER-2016-0002" in words(officer, "?moment=closing.autumn")
    assert "The application is not received. The time for applications is over." in words(
        officer, "?moment=late.autumn"
    )
    assert "A question asked now is in time." in words(officer, "?moment=last-question.autumn")
    assert "A question asked now is too late." in words(officer, "?moment=late-question.autumn")


def test_one_steps_forward_and_back(windowed: Situation):
    text = browser("officer").get(f"{ADDRESS}?moment=closing.autumn").content.decode()
    assert f'href="{ADDRESS}?moment=last-minute.autumn" rel="prev"' in text
    assert f'href="{ADDRESS}?moment=late.autumn" rel="next"' in text
    assert 'rel="prev"' not in browser("officer").get(ADDRESS).content.decode()


def test_a_moment_of_ones_own(windowed: Situation):
    officer = browser("officer")
    told = words(officer, "?at=2016-11-30T23:59:30")
    assert "30 November 2016 at 23:59:30 CET" in told
    assert "17 hours left." in told
    for bad in ("never", "2016-11-30T23:59:30%2B01:00", "0001-01-01T00:00", "9999-12-31T23:59:59", ""):
        assert "This needs your attention" in words(officer, f"?at={bad}", status=422)


def test_an_address_that_names_no_moment_begins_at_the_first(windowed: Situation):
    assert "The day before it opens" in words(browser("officer"), "?moment=no-such")


def test_in_swedish_the_dates_are_swedish(windowed: Situation):
    told = words(browser("officer", "sv"), "?moment=last-hour.autumn")
    assert "1 december 2016" in told
    assert translation.get_language()


def test_without_windows_it_says_so(drafted_call: Situation):
    told = words(browser("decision-maker"))
    assert "The text states no times" in told
    assert "Open without an end." in told


def test_a_text_that_cannot_be_published_goes_no_further(register: Situation):
    files = with_windows()
    files["cases.toml"] = files["cases.toml"].replace('= "not-met"', '= "met"', 1)
    calls.draft(actor=register.officer, at=AT, files=files)
    told = words(browser("officer"))
    assert "The text could not be published, so nothing comes after it." in told
    assert "When the applicant presses Submit" not in told


def test_an_open_call_has_nothing_to_rehearse_until_its_text_is_changed(open_call: Situation):
    officer = browser("officer")
    assert "There is nothing to rehearse. The text is the same as in the edition in force" in words(officer)
    calls.amend(actor=open_call.officer, at=AT, call=open_call.call, files=with_windows())
    assert "The changed text is rehearsed; edition 1 stays in force." in words(officer)


def test_a_draft_that_can_no_longer_be_read_is_told_of(windowed: Situation):
    Call.objects.update(draft={"call.toml": "nothing", "form.toml": "", "cases.toml": "", "SOURCE.md": ""})
    assert "cannot be read as a call any more" in words(browser("officer"))


def test_others_find_no_such_page(windowed: Situation):
    for name in ("lead", "assessor", "regional-officer"):
        assert browser(name).get(ADDRESS).status_code == 404
    assert browser("officer").get("/desk/calls/no-such/rehearse/").status_code == 404
    assert Client().get(ADDRESS).status_code == 302
    assert browser("officer").post(ADDRESS).status_code == 405


def test_looking_writes_nothing_and_looking_again_plays_nothing_anew(windowed: Situation):
    officer = browser("officer")
    words(officer)
    before, head = contents(), JournalHead.objects.get().digest
    words(officer, "?moment=closing.autumn")
    words(officer, "?at=2016-11-11T11:11")
    assert (contents(), JournalHead.objects.get().digest) == (before, head)
    info = page._outcome.cache_info()
    assert (info.misses, info.hits) == (2, 2)  # the calendar, and the moment of one's own


def test_a_long_calendar_is_played_in_part(register: Situation):
    rounds = "".join(
        WINDOW.replace("autumn", f"round-{year}").replace("2017-02", f"{year + 1}-02").replace("2016-", f"{year}-")
        for year in range(2016, 2022)
    )
    calls.draft(actor=register.officer, at=AT, files=with_windows(rounds))
    told = words(browser("officer"), "?moment=closing.round-2019")
    assert "these are the moments nearest to the clock" in told
    assert "1 December 2019 at 17:00:00 CET" in told
    assert told.count("KLUSTER-2016-000") <= page.AT_ONCE + 2
