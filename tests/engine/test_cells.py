"""The kinds of things that filters tell apart, and whether numbers can satisfy several conditions at once."""

from __future__ import annotations

from collections.abc import Hashable
from fractions import Fraction
from itertools import product
from random import Random

import pytest

from samspel.engine.calls.soundness.cells import TRUE, TooManyError, cells, implies, is_in, truth
from samspel.engine.calls.soundness.feasible import Linear, feasible, least

SWEDEN, NORTH = is_in("region", "SE", nested=True), is_in("region", "SE3", "NO0", nested=True)
KIND, LEAD = is_in("kind", "company", "university"), truth("role:lead")

IMPLIED = [
    (is_in("kind", "company"), KIND, True),
    (KIND, is_in("kind", "company"), False),
    (is_in("region", "SE33", nested=True), SWEDEN, True),
    (NORTH, SWEDEN, False),
    (NORTH & ~is_in("region", "NO", nested=True), SWEDEN, True),
    (KIND & LEAD, LEAD, True),
    (KIND, KIND | LEAD, True),
    (KIND | LEAD, KIND, False),
    (KIND, TRUE, True),
    (TRUE, KIND | ~KIND, True),
    (KIND & ~KIND, LEAD, True),
]


@pytest.mark.parametrize("one, other, follows", IMPLIED, ids=range(len(IMPLIED)))
def test_what_follows_from_what(one, other, follows):
    assert implies(one, other) is follows


def test_what_would_take_too_long_to_find_out_is_not_claimed():
    many = [truth(f"role:{number}") for number in range(20)]
    wide = many[0]
    for one in many[1:]:
        wide |= one
    with pytest.raises(TooManyError):
        cells([wide])
    assert not implies(wide, wide)


WHOLE = [Fraction(number) for number in range(4)]


def _holds(condition: Linear, values: dict[str, Fraction]) -> bool:
    total = sum((weight * values[str(name)] for name, weight in condition.weights.items()), Fraction(0))
    return total > condition.least if condition.strict else total >= condition.least


@pytest.mark.parametrize("seed", range(200))
def test_what_whole_numbers_satisfy_is_never_called_impossible(seed):
    """And the least that is found is never more than what some of them come to."""
    chance = Random(seed)
    conditions = [
        Linear(
            {name: Fraction(chance.randint(-2, 2)) for name in chance.sample("abc", chance.randint(1, 3))},
            Fraction(chance.randint(-3, 4)),
            strict=chance.random() < 0.3,
        )
        for _ in range(chance.randint(1, 5))
    ]
    aim: dict[Hashable, Fraction] = {"a": Fraction(1), "c": Fraction(chance.randint(0, 2))}
    found = [dict(zip("abc", values, strict=True)) for values in product(WHOLE, repeat=3)]
    fitting = [values for values in found if all(_holds(one, values) for one in conditions)]
    if fitting:
        lowest = least(conditions, aim)
        assert lowest is not None
        assert lowest <= min(values["a"] + aim["c"] * values["c"] for values in fitting)


def test_conditions_that_leave_nothing():
    half = Fraction(1, 2)
    assert feasible([Linear({"a": Fraction(1)}, half), Linear({"a": Fraction(-1)}, -half)])
    assert not feasible([Linear({"a": Fraction(1)}, half, strict=True), Linear({"a": Fraction(-1)}, -half)])
    more = Linear({"a": Fraction(1), "b": Fraction(-1)}, half)
    assert not feasible([more, Linear({"a": Fraction(-1), "b": Fraction(1)}, half)])
    assert not feasible([Linear({"a": Fraction(-1)}, Fraction(1))])
    assert feasible([])
