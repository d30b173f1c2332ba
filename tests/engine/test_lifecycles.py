"""The table of states hangs together: every state is reached by a verb on the matter or on another."""

from __future__ import annotations

import pytest

from samspel.engine import lifecycles
from samspel.engine.lifecycles import BY_VERB, EDGES, STATES, can

# States that a matter is put in by a verb on another: submitting an application, deciding on a proposal.
BY_ANOTHER = {
    "constellation": {"applied"},
    "application": {"approved", "rejected", "dismissed"},
    "call": {"decided"},
    "proposal": {"superseded"},
}


def test_a_verb_stands_once_in_the_table():
    assert len(BY_VERB) == len(EDGES)


@pytest.mark.parametrize("edge", EDGES, ids=lambda edge: edge.verb)
def test_a_verb_speaks_of_states_that_its_noun_has(edge):
    known = set(STATES.get(edge.noun, ())) | {"new", "open", "current"}
    assert edge.before <= known
    assert edge.after is None or edge.after in STATES[edge.noun]


@pytest.mark.parametrize("noun", STATES)
def test_every_state_is_reached(noun):
    reached = {edge.after for edge in EDGES if edge.noun == noun} | BY_ANOTHER.get(noun, set())
    assert set(STATES[noun]) <= reached


@pytest.mark.parametrize("edge", EDGES, ids=lambda edge: edge.verb)
def test_a_verb_may_be_used_in_exactly_its_states(edge):
    every = {state for states in STATES.values() for state in states} | {"new", "current"}
    assert {state for state in every if can(edge.verb, state=state)} == edge.before & every


def test_there_is_no_other_verb():
    with pytest.raises(KeyError):
        lifecycles.can("calls.frame", state="open")
