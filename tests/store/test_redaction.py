"""The reasons of a decision, as each may read them: what quotes an officer or an assessor stays with those who may."""

from __future__ import annotations

import pytest

from samspel.engine.permissions import PUBLIC
from samspel.engine.verdicts import Reason
from samspel.store.access import reasons
from samspel.store.models import Decision

IN_FULL = [Reason.of("grade.below", criterion=one, grade="IG", least="G") for one in ("relevance", "cooperation")]
STORED = [{"code": reason.code, "values": dict(reason.values)} for reason in IN_FULL]


@pytest.fixture
def epsilon(decided):
    return decided.application("epsilon")


def test_the_officers_words_are_for_the_authority_and_those_who_took_part(decided, epsilon):
    own_words = reasons(decided.officer, epsilon)
    assert [reason.code for reason in own_words] == ["outcome.ineligible"]
    assert reasons(decided.person("third-lead"), epsilon) == own_words
    assert reasons(PUBLIC, epsilon) == (Reason.of("outcome.not-eligible"),)


def test_a_grade_is_for_the_authority_and_those_who_took_part(decided, epsilon):
    Decision.objects.filter(application=epsilon).update(reasons=STORED)
    epsilon = decided.application("epsilon")
    assert list(reasons(decided.officer, epsilon)) == IN_FULL
    assert list(reasons(decided.person("third-lead"), epsilon)) == IN_FULL
    assert reasons(PUBLIC, epsilon) == (Reason.of("outcome.below"),)
    assert reasons(decided.lead, epsilon) == (Reason.of("outcome.below"),)


def test_before_the_decision_there_is_nothing_to_tell(proposed):
    assert reasons(PUBLIC, proposed.application("epsilon")) == ()
