"""A call's rules framed for counting, against the judge itself: every constellation of a small pool, judged one by one.

Surely is what the judge finds met with somebody in the lead, possibly what it does not find broken.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samspel.engine.calls.situation import Partner
from samspel.engine.calls.text import Call
from samspel.engine.simulation import Census
from samspel.engine.simulation.framing import Certainty, Framed, Left, frame
from samspel.engine.verdicts import Outcome
from tests.engine.calls_and_patterns import tried_patterns
from tests.engine.constellation_rules import COUNTED, LOOKED_AT, THEME, call_of, calls, outcomes, pools
from tests.engine.small_call import numbers, rule, small_call

LARGEST = 3
GOOD = {Certainty.SURELY: {Outcome.MET}, Certainty.POSSIBLY: {Outcome.MET, Outcome.OPEN}}
LETTERS = ("A", "B", "C", "D", "H")
ON_CONSTELLATIONS = [one for one in tried_patterns() if one.name[0] in LETTERS]


def known():
    kinds = ("cluster-organisation", "rdi-platform", "university", "public-body")
    regions = ("SE110", "SE121", "NO011", "SE122")
    return tuple(
        Partner(id=f"p{at}", kind=kind, region=region, host="none", group="none", priority=at % 2 == 0)
        for at, (kind, region) in enumerate(zip(kinds, regions, strict=True))
    )


def found(framed: Framed, certainty: Certainty) -> set[tuple[int, ...]]:
    """The constellations that the framed rules let in, all listed."""
    census = Census(population=framed.population, tallies=framed.tallies(certainty), sizes=range(1, LARGEST + 1))
    lots = census.lots(accept=framed.accept(certainty))
    holds = framed.holds(certainty)
    return {one for one in (lots.every() if lots else ()) if not framed.looked_at or holds(one)}


def agree(call: Call, pool) -> Framed:
    framed = frame(call, pool, theme=THEME, largest=LARGEST)
    taking_part = replace(call, rules=tuple(one for one in call.rules if one.id not in framed.left), exceptions=())
    judged = outcomes(taking_part, pool, largest=LARGEST)
    for certainty in Certainty:
        assert found(framed, certainty) == {one for one, outcome in judged.items() if outcome in GOOD[certainty]}
    return framed


@settings(max_examples=150)
@given(data=st.data())
def test_several_rules_together_let_in_whom_the_judge_lets_in(data):
    call = data.draw(calls())
    agree(call, data.draw(pools()))


@pytest.mark.parametrize("needs", COUNTED)
@settings(max_examples=12)
@given(data=st.data())
def test_every_sort_of_rule_that_tallies_tell(needs, data):
    agree(call_of([needs]), data.draw(pools(most=8)))


@pytest.mark.parametrize("pattern", ON_CONSTELLATIONS, ids=lambda one: one.name)
@settings(max_examples=6)
@given(data=st.data())
def test_every_pattern_that_is_about_constellations(pattern, data):
    agree(pattern.call, data.draw(pools(pattern.call, most=5)))


@pytest.mark.parametrize("needs", COUNTED)
def test_is_counted_where_everything_is_known(needs):
    framed = frame(call_of([needs]), known(), theme=THEME, largest=LARGEST)
    assert list(framed.conditions) == ["r0"]


@pytest.mark.parametrize("needs", LOOKED_AT)
def test_what_no_tally_tells_is_looked_at(needs):
    linked = tuple(replace(one, group="g", host="h") for one in known())
    framed = frame(call_of([needs]), linked, theme=THEME, largest=LARGEST)
    assert framed.looked_at == ("r0",)


@pytest.mark.parametrize(
    "lines, theme, why",
    [
        (('{ share = "cofunding", of = "total-cost", at_least = "s1" }',), THEME, Left.APPLICATION),
        (('{ count = "partners", at_least = "n2" }', 'severity = "should"'), THEME, Left.SHOULD),
        (('{ count = "partners", at_least = "nunstated" }',), THEME, Left.NOT_STATED),
        (('{ count = "themes", equals = "n1" }',), "", Left.NO_THEME),
        (('{ count = "regions-without", where = { priority = true }, at_most = "n1" }',), "", Left.NO_THEME),
        (("{ every = { legal_person = true } }",), THEME, Left.REGISTER_SILENT),
        (('{ count = "applications", at_most = "n2" }', 'over = "awards"'), THEME, Left.APPLICATION),
    ],
)
def test_a_rule_that_takes_no_part_says_why(lines, theme, why):
    call = small_call(numbers(n1=1, n2=2, s1="0.1", nunstated='"not stated"'), rule("r0", *lines))
    framed = frame(call, known(), theme=theme, largest=LARGEST)
    assert framed.left == {"r0": why}
    assert not framed.conditions


def test_other_numbers_are_asked_of_the_same_tallies():
    """A sweep frames once, for the highest numbers, and asks lower ones of it."""
    needs = '{ count = "partners", where = { counts = true }, at_least = "n1" }'
    call = small_call(numbers(n1=1), rule("r0", needs))
    framed = frame(call, known(), theme=THEME, largest=LARGEST, furthest={"n1": Decimal(3)})
    census = Census(population=framed.population, tallies=framed.tallies(), sizes=range(1, LARGEST + 1))
    counts = [
        sum(census.count(accept=framed.accept(Certainty.SURELY, bounds={"n1": Decimal(least)})).values())
        for least in range(4)
    ]
    assert counts == [14, 11, 3, 0], "of 4 + 6 + 4 sets of one to three among four, two of whom count"
