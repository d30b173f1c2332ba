"""A call with windows receives applications within them: from the first second to the last, in the call's own zone."""

from __future__ import annotations

from datetime import timedelta

import pytest

from samspel.actions import applications, calls
from samspel.engine.verdicts import Reason
from samspel.store.models import Application
from samspel.wording import say
from tests.worlds.refusals import refused
from tests.worlds.situations import AT, call_files


def with_window(opens: str, closes: str) -> dict[str, str]:
    window = (
        f'[[windows]]\nid = "autumn"\nopens = {opens}\ncloses = {closes}\nsource = "SOURCE.md#calendar"\n\n[counting]'
    )
    return call_files(call=call_files()["call.toml"].replace("[counting]", window))


@pytest.fixture
def timed(register):
    def publish(opens: str, closes: str):
        calls.draft(actor=register.officer, at=AT, files=with_window(opens, closes))
        register.publish_call()
        register.form()
        return register

    return publish


# AT is 12:00 in Stockholm on 3 October 2016, which is summer time
@pytest.mark.parametrize(
    "opens, closes",
    [("2016-10-03T12:00:00", "2016-10-03T12:00:00"), ("2016-10-03", "2016-10-03"), ("2016-01-01", "2017-01-01")],
    ids=["that very second", "that very day", "long"],
)
def test_an_application_is_sent_within_the_window(timed, opens, closes):
    situation = timed(opens, closes)
    situation.write()
    applications.submit(actor=situation.lead, at=AT, application=situation.application())
    assert situation.application().state == "submitted"


def test_nothing_is_started_before_the_window_opens(timed):
    situation = timed("2016-10-03T12:00:01", "2016-12-01")
    with refused("application.window-shut", opens="2016-10-03T12:00:01+02:00"):
        situation.write()
    assert not Application.objects.exists()


def test_when_it_opens_is_told_in_both_languages():
    shut = Reason.of("application.window-shut", opens="2016-10-03T12:00:01+02:00")
    assert say(shut, "sv").endswith("Den öppnar den 3 oktober 2016 kl. 12.00.")
    assert say(shut, "en").endswith("It opens on 3 October 2016 at 12:00.")


def test_nothing_is_started_when_the_window_has_closed(timed):
    situation = timed("2016-09-01", "2016-10-03T11:59:59")
    with refused("application.too-late"):
        situation.write()
    assert not Application.objects.exists()


def test_nothing_is_sent_a_second_too_late(timed):
    situation = timed("2016-09-01", "2016-10-03T12:00:00")
    situation.write()
    with refused("application.too-late"):
        applications.submit(actor=situation.lead, at=AT + timedelta(seconds=1), application=situation.application())
    assert situation.application().state == "draft"


def saved(situation, at):
    kept = {"application": situation.application(), "part": "budget", "fields": {}}
    revision = situation.application().parts.get(key="budget").revision
    return applications.save(actor=situation.lead, at=at, revision=revision, **kept)


def test_a_draft_is_not_saved_after_the_last_closing(timed):
    situation = timed("2016-09-01", "2016-10-03T12:00:00")
    situation.write()
    before = situation.application().parts.get(key="budget").content
    with refused("application.too-late"):
        saved(situation, AT + timedelta(seconds=1))
    assert situation.application().parts.get(key="budget").content == before


def test_a_draft_is_saved_between_two_windows(register):
    second = '[[windows]]\nid = "spring"\nopens = 2017-03-01\ncloses = 2017-04-01\nsource = "SOURCE.md#calendar"\n\n'
    files = with_window("2016-09-01", "2016-10-03T12:00:00")
    text = files["call.toml"].replace("[counting]", f"{second}[counting]")
    calls.draft(actor=register.officer, at=AT, files=files | {"call.toml": text})
    register.publish_call()
    register.form()
    register.write()
    assert saved(register, AT + timedelta(days=30)).saved_at == AT + timedelta(days=30)


def test_a_longer_time_is_also_for_those_who_had_begun(timed):
    situation = timed("2016-09-01", "2016-10-03T12:00:00")
    situation.write()
    calls.amend(actor=situation.officer, at=AT, call=situation.call, files=with_window("2016-09-01", "2016-10-10"))
    calls.republish(actor=situation.decision_maker, at=AT, call=situation.call)
    later = AT + timedelta(days=1)
    applications.submit(actor=situation.lead, at=later, application=situation.application())
    assert (situation.application().state, situation.application().edition.number) == ("submitted", 1)
