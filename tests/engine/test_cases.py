"""Cases are read beside a call, judged, and what differs or is too little tried is named."""

from __future__ import annotations

from decimal import Decimal

import pytest

from samspel.engine.calls.cases import Case, Miss, facts_from, read_cases, run
from samspel.engine.located import NotReadableError
from samspel.engine.values import Range
from samspel.engine.verdicts import Outcome
from samspel.wording import located
from tests.engine.sample import FILES, call_with, real_call

CALL = call_with('{ fact = "constellation.clusters", at_least = "minimum_clusters" }')
CASES = """\
[[cases]]
name = "Three"
given = { "constellation.clusters" = 3 }
expect = { the-rule = "met" }
[[cases]]
name = "One to four"
given = { "constellation.clusters" = [1, 4.5] }
expect = { the-rule = "open" }
[[cases]]
name = "Two"
given = { "constellation.clusters" = 2 }
expect = { the-rule = "not-met" }
"""


def test_cases_are_read():
    assert read_cases(CASES, CALL)[:2] == (
        Case("Three", (("constellation.clusters", Decimal(3)),), (("the-rule", Outcome.MET),)),
        Case("One to four", (("constellation.clusters", (Decimal(1), Decimal("4.5"))),), (("the-rule", Outcome.OPEN),)),
    )


def test_the_real_calls_cases_hold():
    assert run(real_call(), read_cases(FILES["cases.toml"], real_call())) == ()
    assert run(CALL, read_cases(CASES, CALL)) == ()


def test_a_case_that_differs_is_named():
    wrong = CASES.replace('"open"', '"met"')
    assert run(CALL, read_cases(wrong, CALL)) == (Miss("One to four", "the-rule", Outcome.MET, Outcome.OPEN),)


def test_a_rule_is_to_be_shown_both_met_and_not():
    assert run(CALL, ()) == (
        Miss("", "the-rule", Outcome.MET, None),
        Miss("", "the-rule", Outcome.NOT_MET, None),
    )


BROKEN = [
    (
        '"constellation.clusters" = 3',
        '"constellation.mood" = 3',
        "cases.toml:3: cases.0.given.constellation.mood: expected one of: constellation.clusters",
    ),
    (
        '"constellation.clusters" = 3',
        '"constellation.clusters" = "3"',
        "cases.toml:3: cases.0.given.constellation.clusters: expected a number, or [least, most]; found 3",
    ),
    (
        '"constellation.clusters" = [1, 4.5]',
        '"constellation.clusters" = [1]',
        "cases.toml:7: cases.1.given.constellation.clusters: expected a number, or [least, most]; found [1]",
    ),
    (
        'the-rule = "met"',
        'a-rule = "met"',
        "cases.toml:4: cases.0.expect.a-rule: expected one of: the-rule; found a-rule",
    ),
    (
        'the-rule = "met"',
        'the-rule = "yes"',
        "cases.toml:4: cases.0.expect.the-rule: expected one of: met open not-met; found yes",
    ),
    ('name = "Three"', 'title = "Three"', "cases.toml:1: cases.0.name: expected a text; found nothing"),
    (
        'name = "Three"',
        'title = "Three"',
        "cases.toml:2: cases.0.title: expected one of: name given expect; found title",
    ),
    ('expect = { the-rule = "met" }', "", "cases.toml:1: cases.0.expect: expected a table; found nothing"),
    (CASES, "", "cases.toml:1: cases: expected at least one [[cases]]; found nothing"),
]


@pytest.mark.parametrize("there, instead, told", BROKEN, ids=range(len(BROKEN)))
def test_what_is_wrong_in_cases_is_told_with_its_place(there, instead, told):
    assert there in CASES
    with pytest.raises(NotReadableError) as caught:
        read_cases(CASES.replace(there, instead, 1), CALL)
    found = [located(one, "en") for one in caught.value.problems]
    assert [one for one in found if one.startswith(told)], found


def test_facts_are_read_as_they_are_typed():
    facts = facts_from(["constellation.clusters=3", "application.cofunding_share=0.4..0.5"])
    assert facts["constellation.clusters"].found == Range.exactly(3)
    assert facts["application.cofunding_share"].found == Range(low=Decimal("0.4"), high=Decimal("0.5"))


@pytest.mark.parametrize(
    "text, told",
    [
        ("constellation.clusters", "given:2: constellation.clusters: expected name=number or name=least..most"),
        ("constellation.clusters=three", "given:2: constellation.clusters: expected name=number or name=least..most"),
        ("constellation.clusters=1..", "given:2: constellation.clusters: expected name=number or name=least..most"),
        ("constellation.mood=3", "given:2: constellation.mood: expected one of: constellation.clusters"),
    ],
)
def test_facts_that_cannot_be_read_are_told_with_their_place(text, told):
    with pytest.raises(NotReadableError) as caught:
        facts_from(["application.grant=1", text])
    assert [located(problem, "en")[: len(told)] for problem in caught.value.problems] == [told]


@pytest.mark.parametrize("text", ["constellation.clusters=nan", "constellation.clusters=4..1"])
def test_a_range_has_two_ends_in_order(text):
    with pytest.raises(NotReadableError):
        facts_from([text])
