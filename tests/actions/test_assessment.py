"""An assessor grades alone, with reasons and a declaration, and hands in once."""

from __future__ import annotations

import pytest

from samspel.actions import assessment
from samspel.actions._perform import EditConflictError
from samspel.engine.permissions import Actor
from samspel.store.models import Assessment, GradeGiven
from tests.worlds.refusals import refused
from tests.worlds.situations import AT, journal_length, line, newest_line

ALL = {
    "relevance": ("MVG", "Mycket väl."),
    "cooperation": ("VG", "Väl."),
    "goal-achievement": ("VG", "Väl."),
    "lasting-change": ("G", "Godkänt."),
}


def grade(situation, grades=ALL, *, actor=None, name="alfa", no_conflict=True, revision=0):
    return assessment.grade(
        actor=actor or situation.assessor,
        at=AT,
        application=situation.application(name),
        grades=grades,
        no_conflict=no_conflict,
        revision=revision,
    )


def hand_in(situation, *, actor=None, name="alfa"):
    return assessment.hand_in(actor=actor or situation.assessor, at=AT, application=situation.application(name))


def stored_grades():
    return {g.criterion: (g.grade, g.motivation) for g in GradeGiven.objects.all()}


def columns(row: Assessment, **changed):
    return {
        "id": row.pk,
        "application_id": row.application_id,
        "assessor_id": row.assessor_id,
        "state": "draft",
        "revision": 1,
        "no_conflict": True,
        "points": None,
        "handed_in_at": None,
    } | changed


def test_an_assessor_grades(eligible):
    grade(eligible, {"relevance": ("MVG", " Mycket väl. "), "cooperation": ("", "")})

    row = eligible.assessment()
    assert (row.assessor_id, row.state, row.revision, row.no_conflict) == (eligible.assessor.id, "draft", 1, True)
    assert stored_grades() == {"relevance": ("MVG", "Mycket väl."), "cooperation": ("", "")}
    assert newest_line() == line(
        "assessment.grade",
        "assessment",
        row.pk,
        eligible.assessor,
        before={},
        after=columns(row) | {"was": {}, "is": {"relevance": ["MVG", "Mycket väl."], "cooperation": ["", ""]}},
    )


def test_grading_again_changes_what_is_given_and_keeps_the_rest(eligible):
    grade(eligible)
    grade(eligible, {"relevance": ("G", "Vid närmare läsning.")}, no_conflict=False, revision=1)

    assert stored_grades() == ALL | {"relevance": ("G", "Vid närmare läsning.")}
    row = eligible.assessment()
    after = {
        "revision": 2,
        "no_conflict": False,
        "was": {name: list(pair) for name, pair in ALL.items()},
        "is": {"relevance": ["G", "Vid närmare läsning."]},
    }
    assert newest_line() == line(
        "assessment.grade", "assessment", row.pk, eligible.assessor, before=columns(row, no_conflict=True), after=after
    )


def test_the_later_of_two_windows_is_told_both_texts_and_nothing_is_stored(eligible):
    grade(eligible)
    lines = journal_length()
    with pytest.raises(EditConflictError) as caught:
        grade(eligible, {"relevance": ("IG", "Nej.")}, revision=0)
    conflict = caught.value
    assert {name: tuple(pair) for name, pair in conflict.stored.items()} == ALL
    assert (conflict.offered, conflict.revision) == ({"relevance": ["IG", "Nej."]}, 1)
    assert conflict.by == eligible.assessor.name
    assert (stored_grades(), journal_length()) == (ALL, lines)


def test_another_assessors_work_is_left_alone(eligible):
    grade(eligible)
    with refused("permission.own-work"):
        grade(eligible, actor=eligible.person("second-assessor"), revision=1)
    with refused("permission.own-work"):
        hand_in(eligible, actor=eligible.person("second-assessor"))
    with refused("permission.role", roles="assessor"):
        grade(eligible, actor=eligible.officer, revision=1)


@pytest.mark.parametrize(
    "grades, code, values",
    [
        ({"beauty": ("G", "")}, "assessment.grade-unknown", {"criterion": "beauty", "grade": "G"}),
        ({"relevance": ("A", "")}, "assessment.grade-unknown", {"criterion": "relevance", "grade": "A"}),
        ({"relevance": ("G", "x" * 4001)}, "assessment.motivation-too-long", {"longest": 4000}),
    ],
    ids=["criterion", "grade", "too long"],
)
def test_grades_are_the_calls(eligible, grades, code, values):
    with refused(code, **values):
        grade(eligible, grades)
    assert not Assessment.objects.exists()


def test_only_an_eligible_application_is_assessed(submitted):
    with refused("assessment.not-eligible", state="submitted"):
        grade(submitted)
    assert not Assessment.objects.exists()


def test_an_assessment_is_handed_in(eligible):
    grade(eligible)
    hand_in(eligible)

    row = eligible.assessment()
    assert (row.state, row.points, row.handed_in_at) == ("handed-in", 12, AT)
    assert newest_line() == line(
        "assessment.hand_in",
        "assessment",
        row.pk,
        eligible.assessor,
        before=columns(row),
        after={
            "state": "handed-in",
            "points": 12,
            "handed_in_at": "2016-10-03 10:00:00+00:00",
            "grades": {name: pair[0] for name, pair in ALL.items()},
        },
    )


def test_every_criterion_has_a_grade(eligible):
    grade(eligible, ALL | {"cooperation": ("", "Inte än.")})
    with refused("assessment.ungraded", criteria="cooperation"):
        hand_in(eligible)
    assert eligible.assessment().state == "draft"


def test_every_grade_has_a_reason(eligible):
    grade(eligible, ALL | {"cooperation": ("VG", " "), "relevance": ("G", "")})
    with refused("assessment.unmotivated", criteria="relevance cooperation"):
        hand_in(eligible)


def test_the_assessor_declares_to_have_no_conflict_of_interest(eligible):
    grade(eligible, no_conflict=False)
    with refused("assessment.conflict-undeclared"):
        hand_in(eligible)


def test_what_is_handed_in_is_not_changed(assessed):
    with refused("permission.state", state="handed-in"):
        grade(assessed, revision=1)
    with refused("permission.state", state="handed-in"):
        hand_in(assessed)
    assert assessed.assessment().points == 12


def test_nothing_is_handed_in_for_an_application_that_is_no_longer_eligible(eligible):
    from samspel.actions import applications

    grade(eligible)
    row = eligible.application()
    applications.find_ineligible(actor=eligible.officer, at=AT, application=row, motivation="Nya uppgifter.")
    with refused("assessment.not-eligible", state="ineligible"):
        hand_in(eligible)


def test_what_nobody_has_begun_is_not_handed_in(eligible):
    lines = journal_length()
    with refused("assessment.not-begun"):
        hand_in(eligible)
    assert journal_length() == lines


def test_nobody_assesses_an_application_of_their_own_organisation(eligible):
    both = eligible.assessor.seats | eligible.lead.seats
    torn = Actor(id=eligible.assessor.id, name=eligible.assessor.name, seats=both)
    with refused("assessment.own-organisation"):
        grade(eligible, actor=torn)
