"""An application is started once, saved part by part, and submitted once, with a receipt that never changes."""

from __future__ import annotations

import json
from decimal import Decimal
from hashlib import sha256

import pytest

from samspel.actions import applications, calls, constellations
from samspel.actions._perform import EditConflictError
from samspel.actions.applications import EMPTY, IncompleteError, PartNotReadableError
from samspel.engine.applications import Gap
from samspel.engine.drafts import FieldError
from samspel.engine.verdicts import Reason
from samspel.store.models import Application, Constellation, Submission
from tests.worlds.refusals import refused
from tests.worlds.situations import AT, journal_length, line, newest_line

AT_TEXT = "2016-10-03 10:00:00+00:00"
BUDGET = {"cost-small-alfa": "200000", "cost-small-beta": "100000", "cost-small-gamma": "1", "grant": "5"}
BUDGET_STORED = {
    "costs": {"small-alfa": "200000.00", "small-beta": "100000.00", "small-gamma": "100000.00"},
    "grant": "200000.00",
}
BUDGET_OFFERED = {
    "costs": {"small-alfa": "200000.00", "small-beta": "100000.00", "small-gamma": "1.00"},
    "grant": "5.00",
}


def columns(row: Application, **changed):
    return {
        "id": row.pk,
        "constellation_id": row.constellation_id,
        "call_id": "kluster-2016",
        "edition_id": row.edition_id,
        "state": "draft",
        "started_at": AT_TEXT,
    } | changed


def save(situation, part="budget", fields=BUDGET, revision=1, actor=None):
    return applications.save(
        actor=actor or situation.lead,
        at=AT,
        application=situation.application(),
        part=part,
        fields=fields,
        revision=revision,
    )


def submit(situation, actor=None):
    return applications.submit(actor=actor or situation.lead, at=AT, application=situation.application())


# ---- Starting


def test_the_lead_starts_under_the_newest_edition(forming):
    started = applications.start(actor=forming.lead, at=AT, constellation=forming.constellation())

    stored = forming.application()
    assert (stored.pk, stored.state, stored.edition.number) == (started.pk, "draft", 1)
    assert {part.key: (part.content, part.revision) for part in stored.parts.all()} == {
        key: (content, 0) for key, content in EMPTY.items()
    }
    after = columns(stored) | {"parts": ["answers", "budget", "cofunding"]}
    assert newest_line() == line("applications.start", "application", stored.pk, forming.lead, before={}, after=after)


def test_starting_again_gives_the_same_application(drafted):
    lines = journal_length()
    again = applications.start(actor=drafted.lead, at=AT, constellation=drafted.constellation())
    assert again == drafted.application()
    assert journal_length() == lines


def test_none_is_started_when_the_call_is_closed(forming):
    calls.close(actor=forming.officer, at=AT, call=forming.call)
    with refused("application.call-not-open", state="closed"):
        applications.start(actor=forming.lead, at=AT, constellation=forming.constellation())
    assert not Application.objects.exists()


def test_only_the_lead_starts(forming):
    with refused("permission.lead"):
        applications.start(actor=forming.person("member"), at=AT, constellation=forming.constellation())


# ---- Saving


def test_any_member_saves_a_part(drafted):
    member = drafted.person("member")
    saved = save(drafted, actor=member)

    assert (saved.revision, saved.saved_at, saved.saved_by_id) == (2, AT, member.id)
    assert drafted.application().parts.get(key="budget").content == BUDGET_OFFERED
    row = drafted.application()
    after = {"part": "budget", "revision": 2, "was": BUDGET_STORED, "is": BUDGET_OFFERED}
    assert newest_line() == line("applications.save", "application", row.pk, member, before=columns(row), after=after)


def test_the_later_of_two_writers_is_told_both_texts_and_nothing_is_stored(drafted):
    lines = journal_length()
    with pytest.raises(EditConflictError) as caught:
        save(drafted, revision=0, actor=drafted.person("member"))
    conflict = caught.value
    assert (conflict.stored, conflict.offered) == (BUDGET_STORED, BUDGET_OFFERED)
    assert (conflict.revision, conflict.by) == (1, "Klusterledare Alfa")
    stored = drafted.application().parts.get(key="budget")
    assert (stored.content, stored.revision, journal_length()) == (BUDGET_STORED, 1, lines)


def test_a_conflict_with_nobody_names_nobody(forming):
    applications.start(actor=forming.lead, at=AT, constellation=forming.constellation())
    with pytest.raises(EditConflictError) as caught:
        save(forming, revision=7)
    assert (caught.value.by, caught.value.stored, caught.value.revision) == ("", EMPTY["budget"], 0)


def test_what_cannot_be_read_is_told_field_by_field_and_not_stored(drafted):
    lines = journal_length()
    fields = BUDGET | {"cost-small-alfa": "1.000", "grant": "många"}
    with pytest.raises(PartNotReadableError) as caught:
        save(drafted, fields=fields)
    assert caught.value.errors == (
        FieldError("cost-small-alfa", Reason.of("amount.ambiguous", text="1.000")),
        FieldError("grant", Reason.of("amount.unreadable", text="många")),
    )
    stored = drafted.application().parts.get(key="budget")
    assert (stored.content, stored.revision, journal_length()) == (BUDGET_STORED, 1, lines)


def test_there_is_no_other_part(drafted):
    with pytest.raises(KeyError):
        save(drafted, part="annex")


def test_others_do_not_save(drafted):
    with refused("permission.member"):
        save(drafted, actor=drafted.person("outsider"))
    with refused("permission.role", roles="cluster-manager"):
        save(drafted, actor=drafted.officer)


def test_a_submitted_application_is_not_changed(submitted):
    with refused("permission.state", state="submitted"):
        save(submitted)
    assert submitted.application().parts.get(key="budget").content == BUDGET_STORED


def test_nothing_is_saved_after_the_call_has_closed(drafted):
    calls.close(actor=drafted.officer, at=AT, call=drafted.call)
    with refused("application.call-not-open", state="closed"):
        save(drafted)


# ---- Submitting


def test_the_application_is_frozen_and_receipted(drafted):
    row = drafted.application()
    submission = submit(drafted)

    stored = Submission.objects.get()
    assert stored == submission
    assert (stored.receipt, stored.received, stored.outcome) == ("KLUSTER-2016-0001", 1, "met")
    assert (stored.grant, stored.total_cost) == (Decimal(200_000), Decimal(400_000))
    assert (stored.submitted_at, stored.submitted_by_id) == (AT, drafted.lead.id)
    assert stored.digest == sha256(stored.snapshot.encode()).hexdigest()
    snapshot = json.loads(stored.snapshot)
    assert snapshot["parts"]["budget"] == BUDGET_STORED
    assert [member["id"] for member in snapshot["constellation"]["members"]] == [
        "small-alfa",
        "small-beta",
        "small-gamma",
    ]
    assert set(snapshot["verdict"].values()) == {"met"}
    assert (drafted.application().state, drafted.constellation().state) == ("submitted", "applied")
    assert newest_line() == line(
        "applications.submit",
        "application",
        row.pk,
        drafted.lead,
        before=columns(row),
        after={"state": "submitted", "receipt": stored.receipt, "digest": stored.digest, "outcome": "met"},
    )


def test_submitting_again_gives_the_same_receipt_and_no_second_line(drafted):
    first = submit(drafted)
    lines = journal_length()
    again = submit(drafted)
    assert (again.receipt, again.digest) == (first.receipt, first.digest)
    assert (Submission.objects.count(), journal_length()) == (1, lines)


def test_somebody_else_who_submits_again_gets_no_receipt(submitted):
    with refused("permission.lead"):
        submit(submitted, actor=submitted.person("member"))
    with refused("permission.role", roles="cluster-manager"):
        submit(submitted, actor=submitted.officer)


def test_what_is_missing_is_told_and_nothing_is_submitted(drafted):
    save(drafted, "answers", {"need": "Behovet.", "goals": "Målen."})
    save(drafted, "budget", {"cost-small-alfa": "200000"})
    lines = journal_length()
    with pytest.raises(IncompleteError) as caught:
        submit(drafted)
    assert caught.value.reason == Reason.of("application.incomplete", count=5)
    assert caught.value.gaps == (
        Gap("answers", "together", Reason.of("gap.answer", question="together")),
        Gap("answers", "lasting", Reason.of("gap.answer", question="lasting")),
        Gap("budget", "cost-small-beta", Reason.of("gap.cost", organisation="small-beta")),
        Gap("budget", "cost-small-gamma", Reason.of("gap.cost", organisation="small-gamma")),
        Gap("budget", "grant", Reason.of("gap.grant")),
    )
    assert (Submission.objects.count(), journal_length()) == (0, lines)
    assert (drafted.application().state, drafted.constellation().state) == ("draft", "forming")


def test_a_cost_counts_only_as_long_as_its_partner_is_a_member(drafted):
    gamma = drafted.organisation("gamma")
    constellations.remove(actor=drafted.lead, at=AT, constellation=drafted.constellation(), organisation=gamma)
    omega = drafted.organisation("omega")
    constellations.add(actor=drafted.lead, at=AT, constellation=drafted.constellation(), organisation=omega)
    with pytest.raises(IncompleteError) as caught:
        submit(drafted)
    assert caught.value.gaps == (Gap("budget", "cost-small-omega", Reason.of("gap.cost", organisation="small-omega")),)
    constellations.remove(actor=drafted.lead, at=AT, constellation=drafted.constellation(), organisation=omega)
    with pytest.raises(IncompleteError) as caught:
        submit(drafted)
    over = Reason.of("gap.overfinanced", amount=Decimal(100_000))
    assert caught.value.gaps == (Gap("cofunding", "new", over),)


def test_a_requirement_that_is_not_met_does_not_stop_a_submission(submitted):
    submission = submitted.application("epsilon").submission
    assert (submission.receipt, submission.outcome) == ("KLUSTER-2016-0003", "not-met")


def test_nothing_is_submitted_after_the_call_has_closed(drafted):
    calls.close(actor=drafted.officer, at=AT, call=drafted.call)
    with refused("application.call-not-open", state="closed"):
        submit(drafted)
    assert not Submission.objects.exists()


def test_an_exception_in_the_middle_leaves_neither_a_row_nor_a_line(drafted, monkeypatch):
    lines = journal_length()
    monkeypatch.setattr(Constellation.objects, "filter", lambda **_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        submit(drafted)
    assert (Submission.objects.count(), journal_length()) == (0, lines)
    assert drafted.application().state == "draft"


# ---- What an officer finds


def confirm(situation, name="alfa", motivation="", actor=None):
    return applications.confirm_eligible(
        actor=actor or situation.officer, at=AT, application=situation.application(name), motivation=motivation
    )


def find_ineligible(situation, name="epsilon", motivation="För få.", actor=None):
    return applications.find_ineligible(
        actor=actor or situation.officer, at=AT, application=situation.application(name), motivation=motivation
    )


def test_an_officer_finds_an_application_eligible(submitted):
    row = submitted.application()
    found = confirm(submitted, motivation=" Allt är uppfyllt. ")
    assert (found.eligible, found.motivation, found.by_id, found.at) == (
        True,
        "Allt är uppfyllt.",
        submitted.officer.id,
        AT,
    )
    assert submitted.application().state == "eligible"
    assert newest_line() == line(
        "applications.confirm_eligible",
        "application",
        row.pk,
        submitted.officer,
        before=columns(row, state="submitted"),
        after={"state": "eligible", "eligible": True, "motivation": "Allt är uppfyllt."},
    )


def test_what_is_not_met_is_not_found_eligible(submitted):
    with refused("eligibility.rule-not-met"):
        confirm(submitted, "epsilon", motivation="Ändå.")
    assert submitted.application("epsilon").state == "submitted"


def test_what_is_open_takes_a_motivation(submitted):
    Submission.objects.filter(application=submitted.application()).update(outcome="open")
    with refused("eligibility.motivation-missing"):
        confirm(submitted, motivation="  ")
    assert confirm(submitted, motivation="Det är klarlagt.").motivation == "Det är klarlagt."


def test_only_an_officer_finds(submitted):
    with refused("permission.role", roles="officer"):
        confirm(submitted, actor=submitted.decision_maker)
    with refused("permission.role", roles="officer"):
        find_ineligible(submitted, actor=submitted.lead)


def test_a_draft_is_not_looked_at(drafted):
    with refused("permission.state", state="draft"):
        confirm(drafted)


def test_an_officer_finds_an_application_not_eligible(submitted):
    row = submitted.application("epsilon")
    found = find_ineligible(submitted)
    assert (found.eligible, found.motivation) == (False, "För få.")
    assert submitted.application("epsilon").state == "ineligible"
    assert newest_line() == line(
        "applications.find_ineligible",
        "application",
        row.pk,
        submitted.officer,
        before=columns(row, state="submitted"),
        after={"state": "ineligible", "eligible": False, "motivation": "För få."},
    )


def test_not_eligible_takes_a_motivation(submitted):
    with refused("eligibility.motivation-missing"):
        find_ineligible(submitted, motivation=" ")
    assert submitted.application("epsilon").state == "submitted"


def test_a_finding_may_be_turned_until_a_selection_is_proposed(eligible):
    find_ineligible(eligible, "alfa", motivation="Nya uppgifter.")
    assert eligible.application().state == "ineligible"
    confirm(eligible)
    assert (eligible.application().state, eligible.application().determination.eligible) == ("eligible", True)


def test_nothing_is_found_any_more_once_a_selection_is_proposed(proposed):
    with refused("eligibility.already-proposed"):
        find_ineligible(proposed, "alfa")
    with refused("eligibility.already-proposed"):
        confirm(proposed, "epsilon")
