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


def test_rules_that_nobody_can_meet_together_are_not_published(register):
    files = call_files()
    few = """
[parameters.few]
unit = "count"
value = 2
source = "SOURCE.md#constellation"

[[rules]]
id = "at-most-two"
source = "SOURCE.md#constellation"
needs = { count = "partners", where = { counts = true }, at_most = "few" }
"""
    cases = """
[[cases]]
name = "Two"
partners = [{ kind = "rdi-platform", times = 2 }]
expect = { at-most-two = "met" }

[[cases]]
name = "Three"
partners = [{ kind = "rdi-platform", times = 3 }]
expect = { at-most-two = "not-met" }
"""
    text = {"call.toml": files["call.toml"] + few, "cases.toml": files["cases.toml"] + cases}
    calls.draft(actor=register.officer, at=AT, files=files | text)
    with refused("call.contradicts", rules="three-clusters, at-most-two"):
        calls.publish(actor=register.decision_maker, at=AT, call=register.call)
    assert Edition.objects.count() == 0


def test_a_text_that_has_changed_since_it_was_read_is_not_published(drafted_call):
    read_then = digest(call_files())
    calls.draft(actor=drafted_call.officer, at=AT, files=call_files(source="Written meanwhile."))
    with refused("call.text-changed"):
        calls.publish(actor=drafted_call.decision_maker, at=AT, call=drafted_call.call, seen=read_then)
    assert Edition.objects.count() == 0
    seen = digest(call_files(source="Written meanwhile."))
    calls.publish(actor=drafted_call.decision_maker, at=AT, call=drafted_call.call, seen=seen)
    assert Edition.objects.get().digest == seen


def test_a_call_is_published_once(open_call):
    with refused("permission.state", state="open"):
        calls.publish(actor=open_call.decision_maker, at=AT, call=open_call.call)
    assert Edition.objects.count() == 1


def amended(**changed: str) -> dict[str, str]:
    return call_files(source="Words that have been changed.\n", **changed)


def test_an_open_call_is_amended_and_its_edition_stays(open_call):
    before = newest_line()["before"] | {"state": "open", "opened_at": AT_TEXT}
    calls.amend(actor=open_call.officer, at=AT, call=open_call.call, files=amended())

    assert (Call.objects.get().draft, Call.objects.get().state) == (amended(), "open")
    assert Edition.objects.get().files == call_files()
    after = {"draft": amended(), "digest": digest(amended())}
    assert newest_line() == line("calls.amend", "call", "kluster-2016", open_call.officer, before=before, after=after)


def test_the_text_of_another_call_amends_nothing(open_call):
    other = call_files()["call.toml"].replace('id = "kluster-2016"', 'id = "kluster-2017"')
    with refused("call.another-id", id="kluster-2017"):
        calls.amend(actor=open_call.officer, at=AT, call=open_call.call, files=call_files(call=other))
    assert Call.objects.get().draft == call_files()


def test_an_amendment_that_cannot_be_read_stores_nothing(open_call):
    with pytest.raises(NotReadableError):
        calls.amend(actor=open_call.officer, at=AT, call=open_call.call, files=call_files(call="id = 3"))
    assert Call.objects.get().draft == call_files()


def test_a_second_person_publishes_the_amendment_as_the_next_edition(open_call):
    calls.amend(actor=open_call.officer, at=AT, call=open_call.call, files=amended())
    before = {key: value for key, value in newest_line()["before"].items() if key not in ("draft", "draft_by_id")}
    calls.republish(actor=open_call.decision_maker, at=AT, call=open_call.call)

    assert [(one.number, one.files) for one in Edition.objects.order_by("number")] == [
        (1, call_files()),
        (2, amended()),
    ]
    after = {"edition": 2, "digest": digest(amended())}
    assert newest_line() == line(
        "calls.republish",
        "call",
        "kluster-2016",
        open_call.decision_maker,
        before=before | {"draft": amended()},
        after=after,
    )


def test_who_amended_does_not_publish_the_amendment(open_call):
    calls.amend(actor=open_call.officer, at=AT, call=open_call.call, files=amended())
    with refused("permission.second-person"):
        calls.republish(actor=open_call.officer, at=AT, call=open_call.call)
    assert Edition.objects.count() == 1


def test_a_closed_call_may_be_amended_so_that_it_can_be_decided(open_call):
    calls.close(actor=open_call.officer, at=AT, call=open_call.call)
    calls.amend(actor=open_call.officer, at=AT, call=open_call.call, files=amended())
    calls.republish(actor=open_call.decision_maker, at=AT, call=open_call.call)
    assert (Call.objects.get().state, Edition.objects.count()) == ("closed", 2)


def test_the_same_text_is_no_amendment(open_call):
    calls.amend(actor=open_call.officer, at=AT, call=open_call.call, files=call_files())
    with refused("call.nothing-amended"):
        calls.republish(actor=open_call.decision_maker, at=AT, call=open_call.call)
    assert Edition.objects.count() == 1


def test_an_application_keeps_the_edition_it_was_started_under(open_call):
    open_call.form()
    open_call.write()
    calls.amend(actor=open_call.officer, at=AT, call=open_call.call, files=amended())
    calls.republish(actor=open_call.decision_maker, at=AT, call=open_call.call)
    assert (open_call.application().edition.number, Edition.objects.count()) == (1, 2)


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
