"""A call with windows receives applications within them: from the first second to the last, in the call's own zone."""

from __future__ import annotations

from datetime import timedelta

import pytest

from samspel.actions import applications, calls
from samspel.store.models import Application
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
    with refused("application.window-shut", opens="2016-10-03 12:00 CEST"):
        situation.write()
    assert not Application.objects.exists()


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
