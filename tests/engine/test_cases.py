"""Cases are read beside a call, judged, and what differs or is too little tried is named."""

from __future__ import annotations

import pytest

from samspel.engine.calls.cases import Case, Miss, judged, outcomes, read_cases, run
from samspel.engine.calls.situation import Partner, Situation
from samspel.engine.located import NotReadableError
from samspel.engine.verdicts import Outcome
from tests.engine.sample import FILES, a_rule, call_with, real_call, situation_of, small_call, told

CALL = call_with('{ count = "partners", at_least = "three" }')
CASES = """\
[[cases]]
name = "Three"
partners = [{ id = "a", times = 3 }]
expect = { the-rule = "met" }
[[cases]]
name = "Nobody knows"
expect = { the-rule = "open" }
[[cases]]
name = "One"
partners = [{ id = "a" }]
expect = { the-rule = "not-met" }
"""


def test_cases_are_read():
    assert read_cases(CASES, CALL)[1:] == (
        Case("Nobody knows", Situation(), (("the-rule", Outcome.OPEN),)),
        Case("One", Situation(partners=(Partner("a"),)), (("the-rule", Outcome.NOT_MET),)),
    )


def test_the_real_calls_cases_hold():
    assert run(real_call(), read_cases(FILES["cases.toml"], real_call())) == ()
    assert run(CALL, read_cases(CASES, CALL)) == ()


def test_a_case_that_differs_is_named():
    wrong = CASES.replace('"open"', '"met"')
    assert run(CALL, read_cases(wrong, CALL)) == (Miss("Nobody knows", "the-rule", Outcome.MET, Outcome.OPEN),)


def test_a_rule_is_to_be_shown_both_met_and_not():
    assert run(CALL, ()) == (
        Miss("", "the-rule", Outcome.MET, None),
        Miss("", "the-rule", Outcome.NOT_MET, None),
    )


def test_a_rule_that_hangs_on_a_number_not_stated_is_to_be_shown_open():
    silent = call_with('{ any = [{ count = "partners", at_least = "unsaid" }, { states = "civil" }] }')
    assert run(silent, ()) == (Miss("", "the-rule", Outcome.OPEN, None),)


WORDS = 'text = { sv = "Text", en = "Text" }\nsource = "S"\n'
PARTITION = f"""\
[[partitions]]
id = "parts"
of = "hundred"
{WORDS}parts = [{{ id = "all", amount = "hundred", text = {{ sv = "Text", en = "Text" }} }}]
"""
ASSESSED = """\
[[scale]]
code = "G"
points = 10
text = { sv = "G", en = "G" }
[[criteria]]
id = "good"
source = "S"
text = { sv = "a", en = "b" }
guidance = { sv = "a", en = "b" }
[assessment]
least_total = "ten_points"
source = "S"
"""


def test_a_partition_is_to_be_shown_both_met_and_not():
    call = small_call(a_rule('{ states = "civil" }') + PARTITION)
    assert {miss.rule for miss in run(call, ())} == {"the-rule", "parts"}
    silent = small_call(
        a_rule('{ states = "civil" }') + PARTITION.replace('amount = "hundred"', 'amount = "purse"'),
        more='[parameters.purse]\nunit = "money"\nvalue = "not stated"\nsource = "S"\n',
    )
    assert Miss("", "parts", Outcome.OPEN, None) in run(silent, ())


def test_a_case_may_expect_an_outcome_of_whatever_is_judged():
    call = small_call(a_rule('{ states = "civil" }') + PARTITION, more=ASSESSED)
    assert judged(call) == ("the-rule", "parts", "good", "least-total")
    assert judged(CALL) == ("the-rule",)
    given = situation_of('grades = { good = "G" }\napplications = []\nstatements = { civil = true }', call)
    assert outcomes(call, given) == dict.fromkeys(judged(call), Outcome.MET)


def test_what_is_not_judged_in_a_case_counts_as_open():
    call = small_call(a_rule('{ states = "civil" }'), more=ASSESSED)
    case = '[[cases]]\nname = "No grades"\nexpect = { good = "met" }\n'
    assert Miss("No grades", "good", Outcome.MET, Outcome.OPEN) in run(call, read_cases(case, call))


BROKEN = [
    ('{ id = "a", times = 3 }', "{ id = 3 }", "cases.toml:3: cases.0.partners.0.id: text"),
    ('{ id = "a", times = 3 }', '{ mood = "good" }', "cases.toml:3: cases.0.partners.0.mood: one-of"),
    ('the-rule = "met"', 'a-rule = "met"', "cases.toml:4: cases.0.expect.a-rule: one-of"),
    ('the-rule = "met"', 'the-rule = "yes"', "cases.toml:4: cases.0.expect.the-rule: one-of"),
    ('name = "Three"', 'title = "Three"', "cases.toml:1: cases.0.name: text"),
    ('name = "Three"', 'title = "Three"', "cases.toml:2: cases.0.title: one-of"),
    ('expect = { the-rule = "met" }', "", "cases.toml:1: cases.0.expect: table"),
    (CASES, "", "cases.toml:1: cases: tables"),
    (CASES, "cases = ", "cases.toml:1: : toml"),
]


@pytest.mark.parametrize("there, instead, wanted", BROKEN, ids=range(len(BROKEN)))
def test_what_is_wrong_in_cases_is_told_with_its_place(there, instead, wanted):
    assert there in CASES
    with pytest.raises(NotReadableError) as caught:
        read_cases(CASES.replace(there, instead, 1), CALL)
    assert wanted in told(caught.value)
