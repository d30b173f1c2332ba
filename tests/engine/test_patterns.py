"""Each of the 58 kinds of rule reads, its cases hold and show it met, not met and open, and no bound stands untried."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from samspel.engine.calls.cases import judged, run
from samspel.engine.calls.text import Call, Parameter
from samspel.engine.verdicts import Outcome
from tests.engine.calls_and_patterns import PATTERNS, Tried, pattern_files, patterns, tried_patterns

TRIED = [pytest.param(one, id=one.name) for one in tried_patterns()]
BOTH = [pytest.param(*pair, id=pair[1].name) for pair in zip(patterns(), tried_patterns(), strict=True)]
ENTRIES = [pytest.param(one, id=f"{one['letter']}-{one['number']}") for one in patterns()]


def test_the_kinds_are_numbered_from_1_to_58_each_once():
    assert [one["number"] for one in patterns()] == list(range(1, 59))


def test_the_letters_run_from_a_to_n_and_follow_the_numbers():
    letters = [one["letter"] for one in patterns()]
    assert sorted(letters) == letters
    assert sorted(set(letters)) == list("ABCDEFGHIJKLMN")


@pytest.mark.parametrize("path", sorted(PATTERNS.glob("*.toml")), ids=lambda path: path.stem)
def test_a_file_of_patterns_can_be_taken_in(path: Path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


@pytest.mark.parametrize("entry", ENTRIES)
def test_a_pattern_says_what_it_is_in_both_languages(entry):
    assert entry["file"][0] == entry["letter"]
    for key in ("title", "about"):
        assert set(entry[key]) == {"sv", "en"}
        assert all(text.strip() for text in entry[key].values())
    assert entry["title"]["sv"] != entry["title"]["en"]
    known = {"file", "number", "letter", "title", "about", "rows", "call", "cases", "programme", "overlay"}
    assert set(entry) <= known


@pytest.mark.parametrize("tried", TRIED)
def test_every_case_has_the_outcome_it_expects(tried: Tried):
    assert run(tried.call, tried.cases) == ()


@pytest.mark.parametrize("tried", TRIED)
def test_everything_judged_is_shown_met_not_met_and_open(tried: Tried):
    shown = {expected for case in tried.cases for expected in case.expected}
    wanted = {(rule, out) for rule in judged(tried.call) for out in (Outcome.MET, Outcome.NOT_MET, Outcome.OPEN)}
    assert wanted <= shown


@pytest.mark.parametrize("entry, tried", BOTH)
def test_no_parameter_stands_unused(entry, tried: Tried):
    used = set(re.findall(r'"([a-z0-9_]+)"', "\n".join(pattern_files(entry).values())))
    assert {one.name for one in tried.call.parameters} <= used


STEPS = {
    "money": Decimal("0.01"),
    "share": Decimal("0.000001"),
    **dict.fromkeys(("count", "months", "years", "points", "level", "days"), Decimal(1)),
}
JUMPS = "a share of a few partners jumps in steps far larger than a millionth"
CURE = "how long a failing may be mended changes no outcome, only what the applicant is told"
FULL = "only the first of the four parts is shown a cent past; the others are shown exactly full"
UNTURNED = {
    (5, "least_small", -1): JUMPS,
    (5, "most_foreign", +1): JUMPS,
    (5, "most_known", +1): JUMPS,
    (46, "days_to_mend", +1): CURE,
    (46, "days_to_mend", -1): CURE,
    (47, "for_each_side", -1): "the money is movable: not the part binds but the whole",
    (48, "second_part", +1): FULL,
    (48, "third_part", +1): FULL,
    (48, "fourth_part", +1): FULL,
}
"""Bounds that may be moved one step without turning a case: pattern, parameter, step, and why."""


def moved(parameter: Parameter) -> Iterator[tuple[int, Parameter]]:
    """The parameter one step up and one step down, where the unit allows it."""
    last = parameter.values[-1] if parameter.values else None
    for sign in (1, -1):
        if last is None:
            continue
        if isinstance(last.value, date):
            value: Decimal | date = last.value + timedelta(days=sign)
        elif parameter.unit in STEPS:
            value = last.value + sign * STEPS[parameter.unit]
            if value < 0 or (parameter.unit == "share" and value > 1):
                continue
        else:
            continue
        yield sign, replace(parameter, values=(*parameter.values[:-1], replace(last, value=value)))


def with_parameter(call: Call, changed: Parameter) -> Call:
    return replace(call, parameters=tuple(changed if one.name == changed.name else one for one in call.parameters))


@pytest.mark.parametrize("entry, tried", BOTH)
def test_a_bound_moved_by_one_step_turns_a_case(entry, tried: Tried):
    unturned = {
        (entry["number"], parameter.name, sign)
        for parameter in tried.call.parameters
        for sign, changed in moved(parameter)
        if not run(with_parameter(tried.call, changed), tried.cases)
    }
    assert unturned == {one for one in UNTURNED if one[0] == entry["number"]}
