"""Every state that a call, a constellation, an application, an assessment or a proposal can be in.

One table of edges: which verb takes what from where to where. A verb that changes no state (such as saving
a draft) stands in the table too, with the states in which it may be used.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Edge:
    """A verb, what it acts on, the states it may start from, and the state it leaves behind."""

    verb: str
    noun: str
    before: frozenset[str]
    after: str | None


def _edge(verb: str, noun: str, before: str, after: str | None = None) -> Edge:
    return Edge(verb=verb, noun=noun, before=frozenset(before.split()), after=after)


EDGES: tuple[Edge, ...] = (
    _edge("accounts.open", "person", "new"),
    _edge("registry.load", "register", "open"),
    _edge("registry.enter", "organisation", "new"),
    _edge("registry.confirm", "priority", "current"),
    _edge("calls.draft", "call", "new draft", "draft"),
    _edge("calls.publish", "call", "draft", "open"),
    _edge("calls.amend", "call", "open closed"),
    _edge("calls.republish", "call", "open closed"),
    _edge("calls.close", "call", "open", "closed"),
    _edge("constellations.start", "constellation", "new", "forming"),
    _edge("constellations.add", "constellation", "forming"),
    _edge("constellations.remove", "constellation", "forming"),
    _edge("constellations.describe", "constellation", "forming"),
    _edge("applications.start", "application", "new", "draft"),
    _edge("applications.save", "application", "draft"),
    _edge("applications.submit", "application", "draft", "submitted"),
    _edge("applications.confirm_eligible", "application", "submitted ineligible", "eligible"),
    _edge("applications.find_ineligible", "application", "submitted eligible", "ineligible"),
    _edge("assessment.grade", "assessment", "new draft", "draft"),
    _edge("assessment.hand_in", "assessment", "draft", "handed-in"),
    _edge("selection.propose", "proposal", "new", "proposed"),
    _edge("selection.decide", "proposal", "proposed", "decided"),
)

BY_VERB: dict[str, Edge] = {edge.verb: edge for edge in EDGES}

STATES: dict[str, tuple[str, ...]] = {
    "call": ("draft", "open", "closed", "decided"),
    "constellation": ("forming", "applied"),
    "application": ("draft", "submitted", "eligible", "ineligible", "approved", "rejected", "dismissed"),
    "assessment": ("draft", "handed-in"),
    "proposal": ("proposed", "decided"),
}
"""The states that are stored, in the order in which they come. `new` is the state before the first row."""


def can(verb: str, *, state: str) -> bool:
    """Say whether the verb may be used in this state.

    >>> can("applications.save", state="draft"), can("applications.save", state="submitted")
    (True, False)

    Raises:
        KeyError: no such verb.
    """
    return state in BY_VERB[verb].before
