"""The selection against the plainest method there is: look at every portfolio of a small pool, and compare.

The oracle below knows nothing of tables. It lists all sets of applications, throws out those that break a
limit, and prefers among the rest by points, then money, then the order of receipt. Every number that the
engine gives (the choice, its ties, the best portfolio with each application, and each mend) is asked of both.
"""

from dataclasses import replace
from decimal import Decimal
from random import Random
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samspel.engine.selection import Candidate, Limits, best, frontier, why_not


class Found(NamedTuple):
    """A portfolio as the oracle prefers it: the greatest of these is the best."""

    score: int
    saved: Decimal
    held: tuple[bool, ...]
    """Whether it holds each application, in the order of receipt."""


def every(pool, limits):
    """List every portfolio that keeps the limits other than the envelope."""
    order = sorted(pool, key=lambda one: one.received)
    found = []
    for mask in range(2 ** len(order)):
        held = tuple(bool(mask >> place & 1) for place in range(len(order)))
        chosen = [one for one, kept in zip(order, held, strict=True) if kept]
        if limits.max_projects is not None and len(chosen) > limits.max_projects:
            continue
        themes = [one.theme for one in chosen]
        if limits.per_theme is not None and any(themes.count(theme) > limits.per_theme for theme in themes):
            continue
        found.append(Found(sum(one.score for one in chosen), -sum((one.grant for one in chosen), Decimal(0)), held))
    return found


def optimum(portfolios, envelope):
    """Pick the preferred portfolio within an envelope."""
    return max((one for one in portfolios if -one.saved <= envelope), default=None)


def chosen_ids(pool, found):
    order = sorted(pool, key=lambda one: one.received)
    return tuple(one.id for one, kept in zip(order, found.held, strict=True) if kept)


def changed(pool, one, **values):
    return [replace(other, **values) if other is one else other for other in pool]


def is_chosen(pool, limits, one):
    return one.id in chosen_ids(pool, optimum(every(pool, limits), limits.envelope))


def smallest_score_mend(pool, limits, one, bound):
    for points in range(1, bound + 1):
        if is_chosen(changed(pool, one, score=one.score + points), limits, one):
            return points
    return None


def smallest_grant_mend(pool, limits, one):
    for less in range(1, int(one.grant * 100) + 1):
        if is_chosen(changed(pool, one, grant=one.grant - Decimal(less) / 100), limits, one):
            return Decimal(less) / 100
    return None


def smallest_envelope_mend(pool, limits, one, portfolios):
    place = sorted(pool, key=lambda other: other.received).index(one)
    for envelope in sorted({-each.saved for each in portfolios if -each.saved > limits.envelope}):
        if optimum(portfolios, envelope).held[place]:
            return envelope - limits.envelope
    return None


@st.composite
def pools(draw, most=7, dearest=12, highest=6):
    """Draw a small pool with amounts of a few cents, so that ties and near misses abound."""
    size = draw(st.integers(0, most))
    order = draw(st.permutations(range(size)))
    return [
        Candidate(
            id=f"a{number}",
            theme=draw(st.sampled_from("xyz")),
            grant=Decimal(draw(st.integers(0, dearest))) / 100,
            score=draw(st.integers(0, highest)),
            received=order[number],
        )
        for number in range(size)
    ]


@st.composite
def limit_sets(draw, richest=40):
    return Limits(
        envelope=Decimal(draw(st.integers(0, richest))) / 100,
        per_theme=draw(st.sampled_from([1, 1, 2, 3, None])),
        max_projects=draw(st.sampled_from([None, None, 1, 2, 3, 4])),
    )


def check_choice(pool, limits):
    portfolios = every(pool, limits)
    right = optimum(portfolios, limits.envelope)
    ours = best(pool, limits)
    assert ours.chosen == chosen_ids(pool, right)
    assert (ours.score, ours.grant) == (right.score, -right.saved)
    assert ours.ties == sum(one[:2] == right[:2] for one in portfolios)
    for place, one in enumerate(sorted(pool, key=lambda one: one.received)):
        forced = optimum([each for each in portfolios if each.held[place]], limits.envelope)
        if forced is None:
            assert one.id not in ours.forced
        else:
            mine = ours.forced[one.id]
            assert (mine.score, mine.grant, mine.chosen) == (forced.score, -forced.saved, chosen_ids(pool, forced))
    return portfolios, right, ours


def check_mends(pool, limits):
    portfolios, right, ours = check_choice(pool, limits)
    reasons = why_not(pool, limits, ours)
    by_id = {one.id: one for one in pool}
    assert set(reasons) == set(by_id) - set(ours.chosen)
    for name, reason in reasons.items():
        one = by_id[name]
        mends = {mend.code: mend.change for mend in reason.mend}
        assert mends.get("score") == smallest_score_mend(pool, limits, one, right.score + 2)
        assert mends.get("grant") == smallest_grant_mend(pool, limits, one)
        assert mends.get("envelope") == smallest_envelope_mend(pool, limits, one, portfolios)


@settings(max_examples=400)
@given(pools(most=8), limit_sets())
def test_choice_ties_and_forced_portfolios(pool, limits):
    check_choice(pool, limits)


@settings(max_examples=120)
@given(pools(most=6), limit_sets())
def test_every_mend(pool, limits):
    check_mends(pool, limits)


@settings(max_examples=100)
@given(pools(most=8), limit_sets())
def test_frontier(pool, limits):
    portfolios = every(pool, limits)
    steps: list[tuple[Decimal, int]] = []
    for envelope in sorted({-one.saved for one in portfolios}):
        score = optimum(portfolios, envelope).score
        if not steps or score > steps[-1][1]:
            steps.append((envelope, score))
    assert frontier(pool, limits) == steps


@pytest.mark.parametrize("per_theme", [1, 2, None])
@pytest.mark.parametrize("max_projects", [None, 4])
def test_twelve_applications_in_euros(per_theme, max_projects):
    chance = Random(f"{per_theme} {max_projects}")
    pool = [
        Candidate(
            id=f"a{number:02}",
            theme=chance.choice("uvwxyz"),
            grant=Decimal(chance.randrange(200_000, 600_001, 50_000)),
            score=chance.randint(4, 12),
            received=number,
        )
        for number in chance.sample(range(12), 12)
    ]
    check_choice(pool, Limits(envelope=Decimal(2_000_000), per_theme=per_theme, max_projects=max_projects))


def test_twelve_alike():
    pool = [Candidate(id=f"a{n:02}", theme=f"t{n % 4}", grant=Decimal(3), score=5, received=n) for n in range(12)]
    _, _, ours = check_choice(pool, Limits(envelope=Decimal(9), per_theme=1, max_projects=None))
    assert ours.chosen == ("a00", "a01", "a02")
    assert ours.ties == 4 * 3**3
