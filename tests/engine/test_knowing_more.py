"""Nobody is refused or passed for what is merely not known: forget any fact, and an answer may become open, no more.

The situations are those of every pattern's and every call's cases. Read backwards it says that knowing more never
turns a yes into a no.
"""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

import pytest

from samspel.engine.calls.cases import Case, outcomes
from samspel.engine.calls.situation import Situation
from samspel.engine.verdicts import Outcome
from tests.engine.calls_and_patterns import Tried, tried_calls, tried_patterns
from tests.engine.forgetting import forgettings

OPEN, WAIVED = Outcome.OPEN, Outcome.WAIVED
TRIED = [pytest.param(one, id=one.name) for one in (*tried_patterns(), *tried_calls())]


def contradicted(knowing: Mapping[str, Outcome], after: Mapping[str, Outcome]) -> list[str]:
    """The rules whose outcome, with less known, is neither the same nor open. A waiver covers what is open too."""
    less = {rule: outcome for rule, outcome in after.items() if rule in knowing}
    return [rule for rule, now in less.items() if now not in (OPEN, WAIVED, knowing[rule])]


@pytest.mark.parametrize("tried", TRIED)
def test_any_one_fact_forgotten_leaves_an_answer_or_opens_it(tried: Tried):
    wrong = []
    for case in tried.cases:
        known = outcomes(tried.call, case.given)
        for label, forget in forgettings(case.given):
            wrong += [(case.name, label, one) for one in contradicted(known, outcomes(tried.call, forget(case.given)))]
    assert wrong == []


def with_gaps(case: Case, chance: Random) -> Situation:
    """The case's situation with up to six facts forgotten, one after the other."""
    found = case.given
    for _ in range(chance.randint(2, 6)):
        ways = [forget for _, forget in forgettings(found)]
        if ways:
            found = chance.choice(ways)(found)
    return found


@pytest.mark.parametrize("tried", TRIED)
def test_any_few_facts_forgotten_leave_an_answer_or_open_it(tried: Tried):
    chance = Random(tried.name)
    wrong = []
    for case in tried.cases:
        known = outcomes(tried.call, case.given)
        for _ in range(10):
            gaps = with_gaps(case, chance)
            wrong += [(case.name, gaps, one) for one in contradicted(known, outcomes(tried.call, gaps))]
    assert wrong == []
