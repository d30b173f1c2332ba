"""A call is drafted by one person, published by another if its cases hold, and closed."""

from __future__ import annotations

import pytest

from samspel.actions import calls
from samspel.engine.calls.edition import digest
from samspel.engine.located import NotReadableError
from samspel.store.models import Call, Edition
from samspel.wording import located
from tests.worlds.refusals import refused
from tests.worlds.situations import AT, call_files, journal_length, line, newest_line

AT_TEXT = "2016-10-03 10:00:00+00:00"
NEW = {
    "id": "kluster-2016",
    "state": "draft",
    "drafted_at": AT_TEXT,
    "opened_at": None,
    "closed_at": None,
    "decided_at": None,
}


def test_a_call_is_drafted_from_its_files(register):
    files = call_files()
    drafted = calls.draft(actor=register.officer, at=AT, files=files)

    assert (Call.objects.get().state, drafted.draft) == ("draft", files)
    after = {**NEW, "draft": files, "drafted_by_id": register.officer.id, "digest": digest(files)}
    assert newest_line() == line("calls.draft", "call", "kluster-2016", register.officer, before={}, after=after)


def test_a_draft_is_replaced(drafted_call):
    files = call_files(source="Another source text.\n")
    second = drafted_call.person("second-officer")
    calls.draft(actor=second, at=AT, files=files)

    assert (Call.objects.get().draft, Call.objects.get().drafted_by_id) == (files, second.id)
    before = {**NEW, "draft": call_files(), "drafted_by_id": drafted_call.officer.id}
    after = {"draft": files, "drafted_by_id": second.id, "digest": digest(files)}
    assert newest_line() == line("calls.draft", "call", "kluster-2016", second, before=before, after=after)


def test_a_published_call_is_not_drafted_again(open_call):
    with refused("permission.state", state="open"):
        calls.draft(actor=open_call.officer, at=AT, files=call_files(source="Another."))
    assert Call.objects.get().draft == call_files()


def test_only_an_officer_drafts(register):
    with refused("permission.role", roles="officer"):
        calls.draft(actor=register.decision_maker, at=AT, files=call_files())
    assert not Call.objects.exists()


@pytest.mark.parametrize(
    "files, where",
    [
        ({"call.toml": "", "form.toml": ""}, "cases.toml:1: file: expected a file; found nothing"),
        (call_files(call="id = 3"), "call.toml:1: id: expected a text; found 3"),
        (call_files(form="questions = 1"), "form.toml:1: questions: expected at least one [[questions]]; found 1"),
        (call_files(cases="[[cases]]\nname = 1"), "cases.toml:2: cases.0.name: expected a text; found 1"),
    ],
    ids=["missing", "call", "form", "cases"],
)
def test_files_that_are_no_call_are_told_and_not_stored(register, files, where):
    lines = journal_length()
    with pytest.raises(NotReadableError) as caught:
        calls.draft(actor=register.officer, at=AT, files=files)
    assert where in [located(one, "en") for one in caught.value.problems]
    assert (Call.objects.count(), journal_length()) == (0, lines)


def test_a_second_person_publishes(drafted_call):
    edition = calls.publish(actor=drafted_call.decision_maker, at=AT, call=drafted_call.call)

    files = call_files()
    stored = Edition.objects.get()
    assert stored == edition
    assert (stored.number, stored.digest, stored.files) == (1, digest(files), files)
    assert stored.published_by_id == drafted_call.decision_maker.id
    assert Call.objects.get().state == "open"
    before = {**NEW, "draft": files, "drafted_by_id": drafted_call.officer.id}
    after = {"state": "open", "opened_at": AT_TEXT, "edition": 1, "digest": digest(files)}
    assert newest_line() == line(
        "calls.publish", "call", "kluster-2016", drafted_call.decision_maker, before=before, after=after
    )


def test_who_drafted_does_not_publish(drafted_call):
    with refused("permission.second-person"):
        calls.publish(actor=drafted_call.officer, at=AT, call=drafted_call.call)
    assert (Call.objects.get().state, Edition.objects.count()) == ("draft", 0)


def test_another_officer_may_publish(drafted_call):
    calls.publish(actor=drafted_call.person("second-officer"), at=AT, call=drafted_call.call)
    assert Call.objects.get().state == "open"


def test_a_call_whose_cases_fail_is_not_published(register):
    files = call_files()
    calls.draft(
        actor=register.officer,
        at=AT,
        files=files | {"call.toml": files["call.toml"].replace("value = 3,", "value = 4,")},
    )
    with refused("call.cases-fail", rules="three-clusters"):
        calls.publish(actor=register.decision_maker, at=AT, call=register.call)
    assert (Call.objects.get().state, Edition.objects.count()) == ("draft", 0)


def test_a_call_is_published_once(open_call):
    with refused("permission.state", state="open"):
        calls.publish(actor=open_call.decision_maker, at=AT, call=open_call.call)
    assert Edition.objects.count() == 1


def test_a_call_is_closed(open_call):
    before = newest_line()["before"] | {"state": "open", "opened_at": AT_TEXT}
    calls.close(actor=open_call.officer, at=AT, call=open_call.call)

    assert (Call.objects.get().state, Call.objects.get().closed_at) == ("closed", AT)
    after = {"state": "closed", "closed_at": AT_TEXT}
    assert newest_line() == line("calls.close", "call", "kluster-2016", open_call.officer, before=before, after=after)


def test_a_draft_is_not_closed(drafted_call):
    with refused("permission.state", state="draft"):
        calls.close(actor=drafted_call.officer, at=AT, call=drafted_call.call)


def test_only_an_officer_closes(open_call):
    with refused("permission.role", roles="officer"):
        calls.close(actor=open_call.lead, at=AT, call=open_call.call)
