"""The selection by readable tables, by what must always hold, and by what it refuses.

The tables are small enough to be checked by hand; the properties hold for pools of the size of a real call. The
comparison with every possible portfolio is in test_selection_oracle.
"""

from dataclasses import replace
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samspel.engine.selection import (
    TIE_BREAK,
    Candidate,
    Limits,
    PoolError,
    PoolTooLarge,
    Portfolio,
    best,
    frontier,
    solve,
    why_not,
)


def table(text):
    """Read lines of `id theme grant score`, in the order of receipt; grants in thousands of euros."""
    pool = []
    for place, line in enumerate(text.strip().splitlines(), start=1):
        name, theme, grant, score = line.split()
        candidate = Candidate(id=name, theme=theme, grant=Decimal(grant) * 1000, score=int(score), received=place)
        pool.append(candidate)
    return pool


def limits(envelope, per_theme=1, max_projects=None):
    """Give limits with the envelope in thousands of euros."""
    return Limits(envelope=Decimal(envelope) * 1000, per_theme=per_theme, max_projects=max_projects)


CALL = table("""
    timber   wood    500  16
    fibre    wood    300  12
    clinic   health  400  14
    games    media   600  18
    film     media   250   8
    harbour  sea     350  10
""")

CHOICES = [
    # envelope, per theme, most projects -> chosen, points, thousands of euros
    (("0", 1, None), ("", 0, 0)),
    (("249.99", 1, None), ("", 0, 0)),
    (("250", 1, None), ("film", 8, 250)),
    (("1000", 1, None), ("fibre clinic film", 34, 950)),
    (("1000", 1, 2), ("clinic games", 32, 1000)),
    (("1000", 1, 1), ("games", 18, 600)),
    (("1000", None, None), ("fibre clinic film", 34, 950)),
    (("1200", 1, None), ("timber clinic film", 38, 1150)),
    (("1200", 2, None), ("timber fibre clinic", 42, 1200)),
    (("1200", 2, 2), ("timber games", 34, 1100)),
    (("9000", 1, None), ("timber clinic games harbour", 58, 1850)),
    (("9000", 2, 5), ("timber fibre clinic games harbour", 70, 2150)),
    (("9000", None, None), ("timber fibre clinic games film harbour", 78, 2400)),
]


@pytest.mark.parametrize("within, expected", CHOICES)
def test_the_best_portfolio(within, expected):
    found = best(CALL, limits(*within))
    assert (" ".join(found.chosen), found.score, found.grant / 1000) == expected


def test_an_empty_pool():
    assert best([], limits(1000)) == Portfolio(chosen=(), score=0, grant=Decimal("0.00"), ties=1)
    assert frontier([], limits(1000)) == [(Decimal("0.00"), 0)]


def test_the_order_of_preference_is_stated_in_codes():
    assert TIE_BREAK == ("higher-score", "lower-grant", "earlier-received")


def test_less_money_decides_between_equal_points():
    pool = table("""
        dear   wood    400  10
        cheap  health  300  10
    """)
    found = best(pool, limits(400))
    assert (found.chosen, found.ties) == (("cheap",), 1)


def test_receipt_decides_between_equal_points_and_money():
    # a+d and b+c are level; a was received first.
    pool = table("""
        a  wood    300  10
        b  health  400  11
        c  media   400  11
        d  sea     500  12
    """)
    found = best(pool, limits(800))
    assert (found.chosen, found.ties) == (("a", "d"), 2)


def test_a_sum_is_exact_to_the_cent():
    pool = [
        Candidate(id="a", theme="x", grant=Decimal("0.10"), score=1, received=1),
        Candidate(id="b", theme="y", grant=Decimal("0.20"), score=1, received=2),
    ]
    assert best(pool, Limits(envelope=Decimal("0.30"), per_theme=1, max_projects=None)).score == 2
    assert best(pool, Limits(envelope=Decimal("0.29"), per_theme=1, max_projects=None)).score == 1


def test_why_not_tells_what_stands_in_the_way_and_what_would_do():
    reasons = why_not(CALL, limits(1000), best(CALL, limits(1000)))
    assert {
        name: (
            sorted(reason.blocked_by),
            " ".join(reason.theme_held_by),
            reason.loses,
            " ".join(reason.displaces),
            " ".join(reason.joins),
            [f"{mend.code} {mend.change}" for mend in reason.mend],
        )
        for name, reason in reasons.items()
    } == {
        "timber": (
            ["envelope", "theme-taken"],
            "fibre",
            4,
            "fibre film",
            "",
            ["score 4", "grant 150000.00", "envelope 150000.00"],
        ),
        "games": (
            ["envelope", "theme-taken"],
            "film",
            2,
            "fibre film",
            "",
            ["score 3", "grant 150000.00", "envelope 300000.00"],
        ),
        "harbour": (
            ["envelope"],
            "",
            2,
            "fibre",
            "",
            ["score 3", "grant 50000.00", "envelope 50000.00"],
        ),
    }


BEATEN = [
    ("300  9", "higher-score", 1),
    ("301 10", "lower-grant", 0),
    ("300 10", "earlier-received", 0),
    ("900 10", None, None),
]


@pytest.mark.parametrize("late, beaten_by, loses", BEATEN)
def test_why_not_tells_at_which_step_of_preference_it_fell(late, beaten_by, loses):
    pool = table(f"""
        early  wood  300  10
        late   sea   {late}
    """)
    reason = why_not(pool, limits(500), best(pool, limits(500)))["late"]
    assert (reason.beaten_by, reason.loses) == (beaten_by, loses)


def test_why_not_tells_who_would_come_in_beside_it():
    pool = table("""
        large  wood   1000  20
        middle sea     600   9
        small  media   400   7
    """)
    reason = why_not(pool, limits(1000), best(pool, limits(1000)))["middle"]
    assert (reason.displaces, reason.joins, reason.loses) == (("large",), ("small",), 4)


def test_no_points_help_when_its_own_grant_is_above_the_envelope():
    pool = table("""
        giant  wood  900  20
        small  sea   300   6
    """)
    reason = why_not(pool, limits(500), best(pool, limits(500)))["giant"]
    assert (reason.best_with, reason.loses, reason.displaces, reason.joins) == (None, None, (), ())
    assert [(mend.code, mend.becomes) for mend in reason.mend] == [("grant", 500_000), ("envelope", 900_000)]


def test_an_application_without_points_is_left_out_though_nothing_stands_in_its_way():
    pool = table("""
        some  wood  100  5
        none  sea   100  0
    """)
    reason = why_not(pool, limits(500), best(pool, limits(500)))["none"]
    assert (reason.blocked_by, reason.loses, reason.displaces) == (frozenset({"no-points"}), 0, ())


def test_the_limit_on_projects_is_named():
    pool = table("""
        a  wood  100  5
        b  sea   100  4
    """)
    reason = why_not(pool, limits(500, max_projects=1), best(pool, limits(500, max_projects=1)))["b"]
    assert reason.blocked_by == {"max-projects"}
    assert [(mend.code, mend.change) for mend in reason.mend] == [("score", 2)]


def test_the_frontier_rises_in_steps():
    pool = table("""
        a  wood  100  5
        b  wood  200  6
        c  sea   150  4
    """)
    steps = frontier(pool, limits(0))
    assert [(int(money / 1000), score) for money, score in steps] == [(0, 0), (100, 5), (200, 6), (250, 9), (350, 10)]


def candidate(**values: Any) -> Candidate:
    return Candidate(
        **dict[str, Any]({"id": "a", "theme": "x", "grant": Decimal(1), "score": 1, "received": 1} | values)
    )


@pytest.mark.parametrize(
    "values, code",
    [
        ({"grant": Decimal(-1)}, "amount-negative"),
        ({"grant": Decimal("NaN")}, "amount-not-decimal"),
        ({"grant": Decimal("Infinity")}, "amount-not-decimal"),
        ({"grant": 400_000.0}, "amount-not-decimal"),
        ({"grant": Decimal("0.001")}, "amount-not-in-cents"),
        ({"grant": Decimal(10) ** 13}, "amount-too-large"),
        ({"score": 1.5}, "score-not-integer"),
        ({"score": True}, "score-not-integer"),
        ({"score": -1}, "score-negative"),
        ({"received": "first"}, "received-not-integer"),
    ],
)
def test_a_candidate_that_cannot_be_weighed_is_refused_by_name(values, code):
    with pytest.raises(PoolError, match="application 'a'") as refused:
        candidate(**values)
    assert (refused.value.code, refused.value.candidate) == (code, "a")


@pytest.mark.parametrize(
    "values, code",
    [
        ({"envelope": Decimal(-1)}, "amount-negative"),
        ({"envelope": 3_000_000}, "amount-not-decimal"),
        ({"per_theme": 0}, "cap-below-one"),
        ({"per_theme": 1.0}, "cap-below-one"),
        ({"max_projects": 0}, "cap-below-one"),
    ],
)
def test_limits_that_cannot_be_kept_are_refused(values, code):
    with pytest.raises(PoolError, match="the limits") as refused:
        Limits(**{"envelope": Decimal(1), "per_theme": 1, "max_projects": None} | values)
    assert (refused.value.code, refused.value.candidate) == (code, None)


@pytest.mark.parametrize("second, code", [({"received": 2}, "id-twice"), ({"id": "b"}, "received-twice")])
def test_a_pool_where_two_cannot_be_told_apart_is_refused(second, code):
    with pytest.raises(PoolError) as refused:
        best([candidate(), candidate(**second)], limits(1))
    assert (refused.value.code, refused.value.candidate) == (code, second.get("id", "a"))


def test_a_pool_too_large_for_memory_is_refused_with_its_size(monkeypatch):
    monkeypatch.setattr(solve, "LARGEST_STACK", 60)
    with pytest.raises(PoolTooLarge, match="the pool: too-large") as refused:
        best(CALL, limits(1000))
    assert isinstance(refused.value.value, int)
    assert refused.value.value > 60


def made_up_call(seed, size=45, themes=12):
    chance = Random(seed)
    return [
        Candidate(
            id=f"a{place}",
            theme=f"theme {chance.randrange(themes)}",
            grant=Decimal(chance.randrange(200_000, 600_001, 1_000)),
            score=chance.randint(4, 20),
            received=place,
        )
        for place in range(size)
    ]


seeds = st.integers(0, 10**6)
some_limits = st.builds(
    limits,
    st.integers(200, 5_000),
    per_theme=st.sampled_from([1, 1, 2, 3, None]),
    max_projects=st.sampled_from([None, None, 3, 6, 9]),
)


@settings(max_examples=60)
@given(seeds, some_limits)
def test_every_limit_is_kept_and_the_sums_are_right(seed, within):
    pool = made_up_call(seed)
    found = best(pool, within)
    chosen = [one for one in pool if one.id in found.chosen]
    themes = [one.theme for one in chosen]
    assert found.grant == sum(one.grant for one in chosen) <= within.envelope
    assert found.score == sum(one.score for one in chosen)
    assert within.per_theme is None or all(themes.count(theme) <= within.per_theme for theme in themes)
    assert within.max_projects is None or len(chosen) <= within.max_projects
    for name, forced in found.forced.items():
        assert name in forced.chosen
        assert (forced.score, -forced.grant) <= (found.score, -found.grant)
        assert (forced.chosen == found.chosen) == (name in found.chosen)


@settings(max_examples=40)
@given(seeds, some_limits)
def test_no_chosen_application_can_be_replaced_by_a_better_one(seed, within):
    pool = made_up_call(seed)
    found = best(pool, within, forced=False)
    chosen = [one for one in pool if one.id in found.chosen]
    for out in chosen:
        for into in (one for one in pool if one.id not in found.chosen and one.theme == out.theme):
            better = (into.score, -into.grant) > (out.score, -out.grant)
            assert not (better and found.grant - out.grant + into.grant <= within.envelope)


@settings(max_examples=40)
@given(seeds, some_limits, st.integers(0, 1_000_000))
def test_more_money_never_lowers_the_points(seed, within, more):
    pool = made_up_call(seed)
    richer = replace(within, envelope=within.envelope + more)
    assert best(pool, richer, forced=False).score >= best(pool, within, forced=False).score


@settings(max_examples=30)
@given(seeds, some_limits, st.randoms(use_true_random=False))
def test_the_order_in_which_the_pool_is_listed_does_not_matter(seed, within, chance):
    pool = made_up_call(seed, size=25)
    shuffled = chance.sample(pool, len(pool))
    assert best(shuffled, within) == best(pool, within)
    assert why_not(shuffled, within, best(pool, within)) == why_not(pool, within, best(pool, within))


@settings(max_examples=40)
@given(seeds, some_limits)
def test_the_frontier_agrees_with_the_choice(seed, within):
    pool = made_up_call(seed)
    steps = frontier(pool, within)
    assert steps == sorted(set(steps))
    reached = max(step for step in steps if step[0] <= within.envelope)
    found = best(pool, within, forced=False)
    assert reached == (found.grant, found.score)


STEP: dict[str, Any] = {"score": 1, "grant": Decimal("0.01"), "envelope": Decimal("0.01")}


@settings(max_examples=15)
@given(seeds, some_limits)
def test_each_mend_is_just_enough(seed, within):
    pool = made_up_call(seed, size=25, themes=8)

    def chosen_after(one, mend, *, short):
        sign = -1 if mend.code == "grant" else 1
        becomes = mend.becomes - (sign * STEP[mend.code] if short else 0)
        if mend.code == "envelope":
            return one.id in best(pool, replace(within, envelope=becomes), forced=False).chosen
        other = replace(one, **{mend.code: becomes})
        return one.id in best([other if each is one else each for each in pool], within, forced=False).chosen

    reasons = why_not(pool, within, best(pool, within))
    for one in pool:
        for mend in reasons[one.id].mend if one.id in reasons else ():
            assert chosen_after(one, mend, short=False)
            assert not chosen_after(one, mend, short=True)
