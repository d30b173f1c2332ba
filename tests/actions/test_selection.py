"""The best portfolio is proposed when all work is done, and decided by somebody else, once."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from samspel.actions import selection
from samspel.engine.permissions import Actor, Role, Seat
from samspel.engine.selection import Candidate, Limits, best, why_not
from samspel.store.models import Decision, GradeGiven, Proposal
from tests.engine.sample import real_call
from tests.worlds.refusals import refused
from tests.worlds.situations import AT, journal_length, line, newest_line

AT_TEXT = "2016-10-03 10:00:00+00:00"


def propose(situation, actor=None):
    return selection.propose(actor=actor or situation.officer, at=AT, call=situation.call)


def decide(situation, actor=None, motivation=" Som föreslaget. "):
    return selection.decide(
        actor=actor or situation.decision_maker, at=AT, proposal=situation.proposal, motivation=motivation
    )


def test_the_best_portfolio_is_proposed(assessed):
    assessed.close_call()
    propose(assessed)

    row = assessed.proposal
    alfa, delta, epsilon = (str(assessed.application(name).pk) for name in ("alfa", "delta", "epsilon"))
    assert row.state == "proposed"
    assert row.pool == [
        {"id": alfa, "theme": "health-care", "grant": "200000.00", "score": 12, "received": 1},
        {"id": delta, "theme": "health-care", "grant": "250000.00", "score": 4, "received": 2},
    ]
    result = row.result
    assert (result["chosen"], result["score"], result["grant"], result["ties"]) == ([alfa], 12, "200000.00", 1)
    outcomes = {key: (told["outcome"], told["points"]) for key, told in result["outcomes"].items()}
    assert outcomes == {alfa: ("approved", 12), delta: ("rejected", 4), epsilon: ("dismissed", None)}
    codes = [reason["code"] for reason in result["outcomes"][delta]["reasons"]]
    assert codes[0] == "why-not.blocked.theme-taken"
    assert result["outcomes"][delta]["reasons"][0]["values"] == {"holders": "Alfas ansökan (påhittad)"}
    assert "why-not.mend.score" in codes
    assert result["outcomes"][epsilon]["reasons"] == [
        {"code": "outcome.ineligible", "values": {"motivation": "Två kluster är för få."}}
    ]
    after = {
        "id": row.pk,
        "call_id": "kluster-2016",
        "state": "proposed",
        "pool": row.pool,
        "result": row.result,
        "proposed_by_id": assessed.officer.id,
        "proposed_at": AT_TEXT,
        "decided_by_id": None,
        "decided_at": None,
        "motivation": "",
        "chosen": [alfa],
        "score": 12,
        "grant": "200000.00",
    }
    assert newest_line() == line("selection.propose", "proposal", row.pk, assessed.officer, before={}, after=after)


def test_an_application_below_a_least_grade_is_rejected_for_that(assessed):
    delta = assessed.application("delta")
    GradeGiven.objects.filter(assessment__application=delta, criterion="relevance").update(grade="IG")
    assessed.close_call()
    propose(assessed)
    told = assessed.proposal.result["outcomes"][str(delta.pk)]
    assert told["outcome"] == "rejected"
    assert told["reasons"] == [
        {"code": "grade.below", "values": {"criterion": "relevance", "grade": "IG", "least": "G"}}
    ]
    assert [one["id"] for one in assessed.proposal.pool] == [str(assessed.application().pk)]


def test_a_limit_that_only_should_hold_binds_no_selection(register, drafted_call):
    from samspel.actions import calls
    from tests.worlds.situations import call_files

    files = call_files()
    rule = 'id = "one-project-per-theme"\n'
    text = files["call.toml"].replace(rule, f'{rule}severity = "should"\n')
    calls.draft(actor=drafted_call.officer, at=AT, files=files | {"call.toml": text})
    drafted_call.publish_call()
    drafted_call.form()
    drafted_call.write()
    drafted_call.submit_all()
    drafted_call.determine_all()
    drafted_call.assess_all()
    drafted_call.close_call()
    propose(drafted_call)
    assert drafted_call.proposal.result["score"] == 16, "both of the same theme"


def test_an_application_dearer_than_the_envelope_is_told_so(register, drafted_call):
    from samspel.actions import calls
    from tests.worlds.situations import call_files

    files = call_files()
    text = files["call.toml"].replace("value = 3_000_000", "value = 210_000")
    cases = files["cases.toml"].replace("500_000,", "35_000,").replace("grant = 250_000", "grant = 17_500")
    calls.draft(actor=drafted_call.officer, at=AT, files=files | {"call.toml": text, "cases.toml": cases})
    drafted_call.publish_call()
    drafted_call.form()
    drafted_call.write()
    drafted_call.submit_all()
    drafted_call.determine_all()
    drafted_call.assess_all()
    drafted_call.close_call()
    propose(drafted_call)
    told = drafted_call.proposal.result["outcomes"][str(drafted_call.application("delta").pk)]
    assert "why-not.alone-too-dear" in [reason["code"] for reason in told["reasons"]]


def test_the_call_is_closed_first(assessed):
    with refused("selection.call-not-closed", state="open"):
        propose(assessed)
    assert not Proposal.objects.exists()


def test_every_application_is_looked_at_first(submitted):
    submitted.close_call()
    with refused("selection.undetermined", count=3):
        propose(submitted)


def test_every_eligible_application_is_assessed_first(eligible):
    eligible.stage.assess(eligible.entry("alfa"), eligible.application())
    eligible.close_call()
    with refused("selection.unassessed", count=1):
        propose(eligible)


def test_one_proposal_waits_at_a_time(proposed):
    with refused("selection.already-proposed"):
        propose(proposed, actor=proposed.person("second-officer"))
    assert Proposal.objects.count() == 1


def test_only_an_officer_proposes(assessed):
    assessed.close_call()
    with refused("permission.role", roles="officer"):
        propose(assessed, actor=assessed.decision_maker)


def test_a_second_person_decides(proposed):
    row = proposed.proposal
    before = newest_line()["after"]
    decide(proposed)

    stored = proposed.proposal
    assert (stored.state, stored.decided_by_id, stored.decided_at) == ("decided", proposed.decision_maker.id, AT)
    assert stored.motivation == "Som föreslaget."
    states = [proposed.application(name).state for name in ("alfa", "delta", "epsilon")]
    assert states == ["approved", "rejected", "dismissed"]
    decisions = Decision.objects.order_by("application__submission__received")
    assert [(one.outcome, one.points) for one in decisions] == [("approved", 12), ("rejected", 4), ("dismissed", None)]
    assert [one.reasons for one in decisions] == [told["reasons"] for told in row.result["outcomes"].values()]
    assert (proposed.call.state, proposed.call.decided_at) == ("decided", AT)
    outcomes = {str(one.application_id): one.outcome for one in decisions}
    assert newest_line() == line(
        "selection.decide",
        "proposal",
        row.pk,
        proposed.decision_maker,
        before={name: value for name, value in before.items() if name not in ("chosen", "score", "grant")},
        after={
            "state": "decided",
            "decided_by_id": proposed.decision_maker.id,
            "decided_at": AT_TEXT,
            "motivation": "Som föreslaget.",
            "outcomes": outcomes,
        },
    )


def test_who_proposed_does_not_decide_even_as_decision_maker(proposed):
    both = frozenset({Seat(role=Role.OFFICER), Seat(role=Role.DECISION_MAKER)})
    with refused("permission.second-person"):
        decide(proposed, actor=Actor(id=proposed.officer.id, name="Ada", seats=both))
    with refused("permission.role", roles="decision-maker"):
        decide(proposed, actor=proposed.person("second-officer"))
    assert (proposed.proposal.state, Decision.objects.count()) == ("proposed", 0)


def test_the_database_too_asks_for_a_second_person(proposed):
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.update(decided_by=proposed.officer.id)


def test_a_decision_has_a_motivation(proposed):
    with refused("selection.motivation-missing"):
        decide(proposed, motivation=" ")
    assert proposed.proposal.state == "proposed"


def test_a_decision_is_taken_once(decided):
    with refused("permission.state", state="decided"):
        decide(decided)
    assert Decision.objects.count() == 3


def test_an_exception_in_the_middle_leaves_no_decision(proposed, monkeypatch):
    lines = journal_length()
    monkeypatch.setattr(type(proposed.call).objects, "filter", lambda **_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        decide(proposed)
    assert (Decision.objects.count(), journal_length()) == (0, lines)
    assert proposed.application().state == "eligible"


# the mends of an application of 10 points for 300 000 beside one of 12 for 250 000, with only so much money
@pytest.mark.parametrize(
    "envelope, told",
    [
        # 50 000 is the most it could ask for beside the other, and the call gives no less than 200 000
        (300_000, ["why-not.mend.score", "why-not.mend.envelope"]),
        # beside the other there would be room for 250 000, which the call allows
        (500_000, ["why-not.mend.score", "why-not.mend.grant", "why-not.mend.envelope"]),
    ],
)
def test_no_change_is_named_that_the_call_does_not_allow(envelope, told):
    better = Candidate(id="better", theme="a", grant=Decimal(250_000), score=12, received=1)
    other = Candidate(id="other", theme="b", grant=Decimal(300_000), score=10, received=2)
    limits = Limits(envelope=Decimal(envelope), per_theme=1, max_projects=6)
    portfolio = best([better, other], limits)
    reasons = selection.explained(
        why_not([better, other], limits, portfolio)["other"], portfolio, {"better": "B", "other": "O"}, real_call()
    )
    assert [reason.code for reason in reasons if "mend" in reason.code] == told


def test_no_points_are_named_above_the_scale():
    top = Candidate(id="top", theme="a", grant=Decimal(200_000), score=20, received=1)
    other = Candidate(id="other", theme="a", grant=Decimal(200_000), score=20, received=2)
    limits = Limits(envelope=Decimal(3_000_000), per_theme=1, max_projects=6)
    portfolio = best([top, other], limits)
    reasons = selection.explained(
        why_not([top, other], limits, portfolio)["other"], portfolio, {"top": "T", "other": "O"}, real_call()
    )
    assert "why-not.mend.score" not in [reason.code for reason in reasons]
