"""Many constellations judged at once come out as each would if it were judged alone."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samspel.engine.calls.judging.judge import judge
from samspel.engine.calls.situation import Partner, Situation
from samspel.engine.simulation.judging import MET, NOBODY, NOT_MET, OPEN, OUTCOMES, judge_many
from tests.engine.calls_and_patterns import tried_patterns
from tests.engine.constellation_rules import COUNTED, LOOKED_AT, THEME, call_of, calls, pools
from tests.engine.sample import real_call

WIDTH = 5
MORE = (
    *COUNTED,
    *LOOKED_AT,
    '{ some = { role = ["lead"] } }',
    '{ apart = ["partner", "subcontractor"] }',
)
ABOUT_PARTNERS = [one for one in tried_patterns() if one.name[0] in "ABCDH"]


def rows(number: int) -> st.SearchStrategy[list[list[int]]]:
    """Draw some constellations among so many organisations, the empty one too, filled up to the same width."""
    chosen = st.lists(st.sampled_from(range(number)), unique=True, max_size=min(number, WIDTH))
    return st.lists(chosen.map(lambda row: row + [NOBODY] * (WIDTH - len(row))), max_size=12)


def agree(call, pool, constellations, theme):
    judged = judge_many(call, pool, np.array(constellations, dtype=np.int64).reshape(-1, WIDTH), theme=theme)
    for row, outcomes, overall in zip(constellations, judged.outcomes, judged.overall, strict=True):
        members = tuple(pool[place] for place in row if place != NOBODY)
        alone = judge(call, Situation(partners=members, themes=(theme,) if theme else None), about="constellation")
        assert judged.rules == tuple(one.rule for one in alone.findings)
        assert [OUTCOMES[one] for one in outcomes] == [one.outcome for one in alone.findings]
        if all(one.severity == "must" for one in alone.findings):
            assert OUTCOMES[overall] == alone.outcome


@settings(max_examples=120)
@given(data=st.data())
def test_each_constellation_as_the_judge_judges_it_alone(data):
    pool = data.draw(pools(most=8, roles=True))
    agree(data.draw(calls(MORE)), pool, data.draw(rows(len(pool))), data.draw(st.sampled_from((THEME, ""))))


@pytest.mark.parametrize("pattern", ABOUT_PARTNERS, ids=lambda one: one.name)
@settings(max_examples=5)
@given(data=st.data())
def test_every_pattern_that_is_about_constellations(pattern, data):
    pool = data.draw(pools(pattern.call, roles=True))
    agree(pattern.call, pool, data.draw(rows(len(pool))), THEME)


@settings(max_examples=20)
@given(data=st.data())
def test_the_seed_call(data):
    pool = data.draw(pools(most=8))
    agree(real_call(), pool, data.draw(rows(len(pool))), THEME)


def test_more_regions_than_bits():
    """Regions are counted some bits at a time; none is lost where the bits end."""
    letters = "123456789ABCDEFGHJKLMNPQRSTUVWXYZ"
    codes = [f"SE{one}{other}0" for one in letters[:9] for other in letters]
    pool = [Partner(id=code, kind="rdi-platform", region=code) for code in codes]
    call = call_of(['{ count = "regions", where = { counts = true }, at_least = "n3" }'])
    apart, near = [0, 62, 63, 130], [1, 1 + 62, NOBODY, NOBODY]
    assert judge_many(call, pool, [apart, near]).of("r0").tolist() == [MET, NOT_MET]


def test_no_constellation_at_all():
    judged = judge_many(call_of(COUNTED[:2]), [], np.zeros((0, 3), dtype=np.int64))
    assert (judged.rules, judged.outcomes.shape) == (("r0", "r1"), (0, 2))


def test_one_not_met_decides_over_one_open():
    judged = judge_many(call_of(COUNTED[:2]), [], [[NOBODY]])
    assert judged.outcomes.tolist() == [[NOT_MET, MET]]
    assert judged.overall.tolist() == [NOT_MET]
    assert OPEN not in judged.overall
