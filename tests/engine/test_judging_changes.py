"""Rules on changes after the award: where nothing was changed, no change is past a share or short of one."""

from __future__ import annotations

import pytest

from samspel.engine.calls.judging.judge import judge
from samspel.engine.verdicts import Outcome, Reason
from tests.engine.sample import a_rule, situation_of, small_call

MET, OPEN, NOT_MET = Outcome.MET, Outcome.OPEN, Outcome.NOT_MET

MOVED = '{{ share = "moved", of = "line", {} = "half_of_line" }}'
# the condition, the changes, and the outcome
OF_CHANGES = [
    (MOVED.format("at_most"), "changes = []", MET),
    (MOVED.format("at_least"), "changes = []", MET),
    (f"{{ not = {MOVED.format('more_than')} }}", "changes = []", MET),
    (MOVED.format("at_most"), "", OPEN),
    (MOVED.format("at_most"), "changes = [{ amount = 6, line = 10 }]", NOT_MET),
    ('{ amount = "moved", at_least = "hundred" }', "changes = []", NOT_MET),
]


@pytest.mark.parametrize("needs, given, outcome", OF_CHANGES, ids=[f"{one[0]} / {one[1]}" for one in OF_CHANGES])
def test_where_nothing_was_changed_every_share_is_kept(needs, given, outcome):
    call = small_call(a_rule(needs, over='"changes"'))
    found = judge(call, situation_of(given, call), over=("changes",)).findings[0]
    assert found.outcome is outcome
    assert (Reason.of("changes.none") in found.evidence) is (outcome is MET)
