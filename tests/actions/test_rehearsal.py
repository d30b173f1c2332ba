"""A rehearsal carries out the real verbs at chosen moments, and leaves the installation's database as it found it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samspel.actions import applications, calls
from samspel.actions.rehearsal import rehearse
from samspel.engine.calls.rehearsal import Kind, chosen
from samspel.engine.calls.rehearsed import Played
from samspel.engine.permissions import PUBLIC, Role
from samspel.engine.verdicts import Outcome, Reason
from samspel.store.models import Call, Edition, JournalEntry, Person
from samspel.store.sandbox import sandbox
from tests.worlds.refusals import refused
from tests.worlds.situations import AT, Situation, call_files

ZONE = ZoneInfo("Europe/Stockholm")
WINDOW = """
[[windows]]
id = "autumn"
opens = 2016-11-01T09:00:00
questions_until = 2016-11-20T12:00:00
closes = 2016-12-01T17:00:00
decided = 2017-02-01
source = "SOURCE.md#calendar"
"""


def with_windows(windows: str = WINDOW, **changed: str) -> dict[str, str]:
    """The real call's files with windows in its calendar."""
    call = call_files()["call.toml"].replace("\n[counting]", f"{windows}\n[counting]", 1)
    return call_files(call=call, **changed)


def contents() -> dict[str, Any]:
    """Every row of every table, and how far the database has counted its keys."""
    with connection.cursor() as cursor:
        tables = sorted(connection.introspection.table_names(cursor))
        found: dict[str, Any] = {}
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - the database's own names
            found[table] = sorted(map(repr, cursor.fetchall()))
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, seq FROM sqlite_sequence ORDER BY name")
        else:
            cursor.execute("SELECT sequencename, last_value FROM pg_sequences ORDER BY sequencename")
        found["keys counted"] = cursor.fetchall()
    return found


@pytest.fixture
def windowed(register: Situation) -> Situation:
    """Draft the call with a window, a last time for questions and a decision day."""
    calls.draft(actor=register.officer, at=AT, files=with_windows())
    return register


def by_kind(situation: Situation) -> dict[Kind, Played]:
    found = rehearse(actor=situation.officer, at=AT, call=situation.call)
    return {one.moment.kind: one for one in found.moments}


def outcome(played: Played) -> dict[str, str]:
    """What came of each verb: nothing, or the code of the refusal."""
    return {one.verb: one.refused.code if one.refused else "" for one in played.attempts}


def test_the_moments_are_those_of_the_calendar(windowed: Situation):
    found = rehearse(actor=windowed.officer, at=AT, call=windowed.call)
    assert [(one.moment.kind, f"{one.moment.at:%Y-%m-%d %H:%M:%S %Z}") for one in found.moments] == [
        (Kind.BEFORE, "2016-10-31 09:00:00 CET"),
        (Kind.OPENING, "2016-11-01 09:00:00 CET"),
        (Kind.MIDDLE, "2016-11-16 13:00:00 CET"),
        (Kind.LAST_QUESTION, "2016-11-20 12:00:00 CET"),
        (Kind.LATE_QUESTION, "2016-11-20 12:00:01 CET"),
        (Kind.LAST_HOUR, "2016-12-01 16:00:00 CET"),
        (Kind.LAST_MINUTE, "2016-12-01 16:59:00 CET"),
        (Kind.CLOSING, "2016-12-01 17:00:00 CET"),
        (Kind.LATE, "2016-12-01 17:00:01 CET"),
        (Kind.ENDED, "2016-12-02 17:00:00 CET"),
        (Kind.DECISION, "2017-02-01 12:00:00 CET"),
    ]


def test_before_the_opening_nobody_begins(windowed: Situation):
    played = by_kind(windowed)[Kind.BEFORE]
    assert played.state == "open"
    assert outcome(played)["constellations.start"] == ""
    assert outcome(played)["applications.start"] == "application.window-shut"
    assert played.submitted is None


def test_from_the_opening_to_the_closing_second_submit_gives_a_receipt(windowed: Situation):
    moments = by_kind(windowed)
    received = [Kind.OPENING, Kind.MIDDLE, Kind.LAST_HOUR, Kind.LAST_MINUTE, Kind.CLOSING]
    told = [one for kind in received if (one := moments[kind].submitted)]
    assert [one.receipt for one in told] == ["KLUSTER-2016-0001", *["KLUSTER-2016-0002"] * 4]
    assert {one.verdict.outcome for one in told if one.verdict} == {Outcome.MET}


def test_one_second_later_it_is_refused_in_the_same_words_as_on_the_page(windowed: Situation):
    late = by_kind(windowed)[Kind.LATE]
    assert late.submitted is not None
    assert late.submitted.refused == Reason.of("application.too-late")
    assert late.submitted.receipt == ""
    assert outcome(late)["applications.start"] == "application.too-late"


def test_the_authority_and_the_assessor_act_on_what_came_in(windowed: Situation):
    moments = by_kind(windowed)
    assert outcome(moments[Kind.LATE]) | {"applications.save": ""} == {
        "constellations.start": "",
        "applications.start": "application.too-late",
        "applications.save": "",
        "applications.submit": "application.too-late",
        "applications.confirm_eligible": "",
        "assessment.grade": "",
        "assessment.hand_in": "",
        "selection.propose": "selection.call-not-closed",
        "calls.close": "",
    }
    decision = moments[Kind.DECISION]
    assert (outcome(decision)["selection.propose"], outcome(decision)["selection.decide"]) == ("", "")
    assert (decision.state, decision.closed_at) == ("decided", datetime(2016, 12, 2, 17, tzinfo=ZONE))


def test_each_sees_what_the_access_rules_say(windowed: Situation):
    moments = by_kind(windowed)
    middle = {one.role: one.applications for one in moments[Kind.MIDDLE].sights}
    assert middle == {
        "": (),
        Role.CLUSTER_MANAGER: (("submitted", 1),),
        Role.OFFICER: (("eligible", 1), ("submitted", 1)),
        Role.ASSESSOR: (("eligible", 1),),
        Role.DECISION_MAKER: (("eligible", 1), ("submitted", 1)),
    }
    decided = {one.role: one.applications for one in moments[Kind.DECISION].sights}
    assert decided[""] == (("approved", 1),)


def test_the_drafter_may_not_publish_and_another_may(windowed: Situation):
    found = rehearse(actor=windowed.officer, at=AT, call=windowed.call, moments=())
    mine, other = found.publication
    assert (mine.role, mine.refused) == (Role.OFFICER, Reason.of("permission.second-person"))
    assert (other.role, other.refused) == (Role.DECISION_MAKER, None)


def test_a_call_without_windows_is_open_until_it_is_closed(drafted_call: Situation):
    found = rehearse(actor=drafted_call.decision_maker, at=AT, call=drafted_call.call)
    assert found.text.windows == ()
    assert [one.moment.kind for one in found.moments] == [Kind.PUBLISHED, Kind.MIDDLE, Kind.ENDED]
    assert [bool(one.submitted and one.submitted.done) for one in found.moments] == [True, True, False]


def test_later_rounds_are_rehearsed_too(register: Situation):
    second = WINDOW.replace("autumn", "spring").replace("2016-", "2017-").replace("2017-02-01", "2018-02-01")
    calls.draft(actor=register.officer, at=AT, files=with_windows(WINDOW + second))
    found = rehearse(actor=register.officer, at=AT, call=register.call)
    told = {one.moment.key: one for one in found.moments}
    between = told["late.autumn"]
    assert outcome(between)["applications.submit"] == "application.window-shut"
    assert (sent := told["closing.spring"].submitted) is not None
    assert sent.done
    assert outcome(told["decision.autumn"])["selection.propose"] == "selection.call-not-closed"
    assert told["decision.spring"].state == "decided"


def test_a_moment_of_ones_own_may_come_before_everything(windowed: Situation):
    text = rehearse(actor=windowed.officer, at=AT, call=windowed.call, moments=()).text
    long_ago = chosen(text, datetime(2016, 1, 1, 12))  # noqa: DTZ001 - the call's zone is added
    found = rehearse(actor=windowed.officer, at=AT, call=windowed.call, moments=[long_ago])
    assert found.published_at == long_ago.at - timedelta(days=1)
    assert outcome(found.moments[0])["applications.start"] == "application.window-shut"


def test_when_the_cases_fail_nothing_comes_after_publishing(register: Situation):
    cases = call_files()["cases.toml"].replace('= "not-met"', '= "met"', 1)
    calls.draft(actor=register.officer, at=AT, files=with_windows(cases=cases))
    found = rehearse(actor=register.officer, at=AT, call=register.call)
    refusal = found.publication[-1].refused
    assert refusal is not None
    assert refusal.code == "call.cases-fail"
    assert found.moments == ()


def test_the_changed_text_of_an_open_call_is_rehearsed(open_call: Situation):
    with refused("call.nothing-amended"):
        rehearse(actor=open_call.officer, at=AT, call=open_call.call)
    calls.amend(actor=open_call.officer, at=AT, call=open_call.call, files=with_windows())
    before = contents()
    found = rehearse(actor=open_call.officer, at=AT, call=open_call.call)
    assert [one.verb for one in found.publication] == ["calls.republish"] * 2
    assert {one.moment.kind for one in found.moments if one.submitted and one.submitted.done} >= {Kind.CLOSING}
    assert contents() == before


def test_who_may_not_and_what_may_not(proposed: Situation):
    with refused("permission.sign-in"):
        rehearse(actor=PUBLIC, at=AT, call=proposed.call)
    for person in (proposed.lead, proposed.assessor):
        with refused("permission.role", roles="decision-maker officer"):
            rehearse(actor=person, at=AT, call=proposed.call)
    with refused("permission.state", state="closed"):
        rehearse(actor=proposed.officer, at=AT, call=proposed.call)


def test_the_database_is_the_same_row_by_row_and_key_by_key(windowed: Situation):
    before = contents()
    assert rehearse(actor=windowed.officer, at=AT, call=windowed.call).moments
    assert contents() == before
    assert Call.objects.get().state == "draft"
    assert not Edition.objects.exists()


def test_what_goes_wrong_inside_leaves_nothing_either(windowed: Situation, monkeypatch: pytest.MonkeyPatch):
    before = contents()

    def broken(*_: object, **__: object) -> None:
        assert JournalEntry.objects.filter(verb="calls.publish").exists()  # inside, the call was published
        raise ZeroDivisionError

    monkeypatch.setattr(applications, "submit", broken)
    with pytest.raises(ZeroDivisionError):
        rehearse(actor=windowed.officer, at=AT, call=windowed.call)
    monkeypatch.undo()
    assert contents() == before


def test_the_installations_database_is_only_read(windowed: Situation):
    """Nothing but SELECT reaches it: no transaction is begun, no lock is asked for, no key is counted up."""
    row, officer = windowed.call, windowed.officer
    with CaptureQueriesContext(connection) as asked:
        assert rehearse(actor=officer, at=AT, call=row).moments
    told = [one["sql"] for one in asked.captured_queries]
    assert told
    assert [sql for sql in told if not sql.startswith("SELECT ") or "FOR UPDATE" in sql] == []
    assert len(told) <= 6


def test_a_sandbox_is_empty_complete_and_seen_from_inside_alone(register: Situation):
    outside = Person.objects.count()
    with sandbox():
        for model in apps.get_app_config("store").get_models():
            assert not model._base_manager.exists()
        Person.objects.create(email="a@rehearsal.invalid", name="A", joined_at=AT)
        assert Person.objects.count() == 1
    assert Person.objects.count() == outside
