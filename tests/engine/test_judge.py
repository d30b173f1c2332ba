"""The judge compares what is known with what is needed, keeps to exceptions, stages and layers, and never guesses."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspel.engine.calls import vocabulary
from samspel.engine.calls.conditions import Need
from samspel.engine.calls.judging.judge import compare, concerns, judge, topics, unit_of
from samspel.engine.calls.situation import Situation
from samspel.engine.values import Range
from samspel.engine.verdicts import Outcome, Reason
from tests.engine.sample import a_rule, call_with, finding, judged, measure_of, real_call, situation_of, small_call

MET, OPEN, NOT_MET, WAIVED = Outcome.MET, Outcome.OPEN, Outcome.NOT_MET, Outcome.WAIVED

# what is found (least, most; None: not known in that direction), and the outcome of each comparison with 3
COMPARED = [
    ((2, 2), NOT_MET, MET, NOT_MET, NOT_MET, MET),
    ((3, 3), MET, MET, MET, NOT_MET, NOT_MET),
    ((4, 4), MET, NOT_MET, NOT_MET, MET, NOT_MET),
    ((1, 2), NOT_MET, MET, NOT_MET, NOT_MET, MET),
    ((2, 3), OPEN, MET, OPEN, NOT_MET, OPEN),
    ((3, 4), MET, OPEN, OPEN, OPEN, NOT_MET),
    ((2, 4), OPEN, OPEN, OPEN, OPEN, OPEN),
    ((4, 5), MET, NOT_MET, NOT_MET, MET, NOT_MET),
    ((2, None), OPEN, OPEN, OPEN, OPEN, OPEN),
    ((3, None), MET, OPEN, OPEN, OPEN, NOT_MET),
    ((4, None), MET, NOT_MET, NOT_MET, MET, NOT_MET),
    ((None, 2), NOT_MET, MET, NOT_MET, NOT_MET, MET),
    ((None, 3), OPEN, MET, OPEN, NOT_MET, OPEN),
    ((None, 4), OPEN, OPEN, OPEN, OPEN, OPEN),
    ((None, None), OPEN, OPEN, OPEN, OPEN, OPEN),
]


def a_range(pair: tuple[int | None, int | None]) -> Range:
    low, high = (None if one is None else Decimal(one) for one in pair)
    return Range(low=low, high=high)


@pytest.mark.parametrize("row", COMPARED, ids=lambda row: f"{row[0][0]}..{row[0][1]}")
def test_every_comparison_of_every_kind_of_knowledge(row):
    pair, *outcomes = row
    found = [compare(a_range(pair), operator, Range.exactly(3)) for operator in vocabulary.COMPARISONS]
    assert found == outcomes


def test_there_is_no_other_comparison():
    with pytest.raises(KeyError):
        compare(Range.exactly(3), "below", Range.exactly(3))


ends = st.integers(min_value=0, max_value=6)
HOLDS = {
    "at_least": lambda one, other: one >= other,
    "at_most": lambda one, other: one <= other,
    "equals": lambda one, other: one == other,
    "more_than": lambda one, other: one > other,
    "less_than": lambda one, other: one < other,
}


@given(
    one=st.tuples(ends, ends).map(sorted),
    other=st.tuples(ends, ends).map(sorted),
    operator=st.sampled_from(vocabulary.COMPARISONS),
)
def test_a_comparison_of_two_ranges_is_what_all_their_numbers_say(one, other, operator):
    answers = {HOLDS[operator](a, b) for a in range(one[0], one[1] + 1) for b in range(other[0], other[1] + 1)}
    wanted = OPEN if len(answers) == 2 else MET if answers == {True} else NOT_MET
    assert compare(Range.between(*one), operator, Range.between(*other)) is wanted


# ---- One rule

ENOUGH = '{ count = "partners", at_least = "three" }'


def test_a_finding_tells_what_was_found_and_needed_and_where_it_stands():
    told = finding(ENOUGH, "partners = [{}]")
    assert (told.rule, told.outcome, told.operator, told.unit) == ("the-rule", NOT_MET, "at_least", "count")
    assert (told.found, told.bound, told.bound_range) == (Range.exactly(1), Decimal(3), None)
    assert (told.source, told.layer, told.severity, told.curable) == ("SOURCE.md#x", "call", "must", False)
    assert told.evidence == (Reason.of("member.counts", name="a", kind="unknown"),)


def test_what_the_situation_does_not_say_is_open():
    verdict = judge(real_call(), Situation())
    assert verdict.outcome is OPEN
    assert {one.outcome for one in verdict.findings} == {OPEN}
    assert verdict.having(OPEN) == verdict.findings


@pytest.mark.parametrize(
    "needs, unit",
    [
        (ENOUGH, "count"),
        ('{ share = "grant", of = "total-cost", at_most = "half_of_total_cost" }', "share"),
        ('{ amount = "grant", at_most = "hundred" }', "money"),
        ('{ fact = "duration", at_most = "two_months" }', "months"),
        ('{ fact = "starts", at_least = "spring" }', "date"),
        ('{ fact = "trl", at_least = "level_six" }', "level"),
    ],
)
def test_a_number_has_its_unit(needs, unit):
    call = call_with(needs)
    assert unit_of(call, measure_of(call)) == unit
    assert judged(call, Situation())["the-rule"].unit == unit


def test_a_number_may_be_compared_with_another_of_the_situation():
    needs = '{ amount = "cofunding", at_least = { amount = "grant" } }'
    told = finding(needs, "grant = [5, 6]\ncofunding = [{ amount = 6 }]")
    assert (told.outcome, told.bound, told.bound_range) == (MET, None, Range.between(5, 6))
    assert finding(needs, "grant = [5, 6]\ncofunding = [{ amount = 5 }]").outcome is OPEN
    assert finding(needs, "grant = 6\ncofunding = [{ amount = 5 }]").outcome is NOT_MET
    several = '{ amount = "grant", at_most = { amount = "cost", per = "category" } }'
    two = "costs = [{ category = 'staff', amount = 9 }, { category = 'travel', amount = 9 }]\ngrant = 5"
    assert finding(several, two).outcome is OPEN


# the day, the outcome for four partners, the bound, since when, and what is told
DATED = [
    ("2017-12-31", OPEN, None, None, "bound.not-in-force"),
    ("2018-01-01", MET, Decimal(3), date(2018, 1, 1), ""),
    ("2018-12-31", MET, Decimal(3), date(2018, 1, 1), ""),
    ("2019-01-01", NOT_MET, Decimal(4), date(2019, 1, 1), ""),
    ("2019-12-31", NOT_MET, Decimal(4), date(2019, 1, 1), ""),
    ("2020-01-01", OPEN, None, None, "bound.not-in-force"),
]


@pytest.mark.parametrize("on, outcome, bound, since, told", DATED)
def test_a_bound_is_the_one_in_force_on_the_day(on, outcome, bound, since, told):
    found = finding('{ count = "partners", at_least = "later" }', f"on = {on}\npartners = [{{}}, {{}}, {{}}]")
    assert (found.outcome, found.bound, found.since) == (outcome, bound, since)
    assert [one.code for one in found.evidence if one.code.startswith("bound")] == [told] * bool(told)


def test_a_bound_that_the_source_does_not_state_leaves_the_rule_open():
    told = finding('{ count = "partners", at_least = "unsaid" }', "partners = [{ times = 9 }]")
    assert (told.outcome, told.bound, told.mend) == (OPEN, None, ())
    assert told.evidence[0] == Reason.of("bound.not-stated", parameter="unsaid")


def test_a_day_is_compared_as_a_day():
    needs = '{ fact = "ends", at_most = "spring" }'
    assert finding(needs, "ends = 2018-04-01").outcome is MET
    told = finding(needs, "ends = 2018-04-02")
    assert (told.outcome, told.bound) == (NOT_MET, date(2018, 4, 1))


# ---- Composed conditions

SMALL = '{ strand = ["small"] }'
COMPOSED = [
    (f"{{ all = [{ENOUGH}, {SMALL}] }}", 'strand = "small"', OPEN),
    (f"{{ all = [{ENOUGH}, {SMALL}] }}", 'strand = "large"', NOT_MET),
    (f"{{ any = [{ENOUGH}, {SMALL}] }}", 'strand = "small"', MET),
    (f"{{ any = [{ENOUGH}, {SMALL}] }}", 'strand = "large"', OPEN),
    (f"{{ not = {SMALL} }}", 'strand = "large"', MET),
    (f"{{ not = {SMALL} }}", 'strand = "small"', NOT_MET),
    (f"{{ not = {SMALL} }}", "", OPEN),
]


@pytest.mark.parametrize("needs, given, outcome", COMPOSED)
def test_a_composed_condition_follows_from_its_parts(needs, given, outcome):
    told = finding(needs, given)
    assert told.outcome is outcome
    assert (told.found, told.bound) == (None, None)
    assert told.parts[0].rule == ""


def test_a_composed_rule_has_its_parts_evidence_and_mends_each_once():
    needs = f"{{ all = [{ENOUGH}, {{ any = [{ENOUGH}, {{ states = 'civil' }}] }}] }}"
    told = finding(needs, "partners = [{}]")
    assert told.evidence == (Reason.of("member.counts", name="a", kind="unknown"),)
    assert [mend.reason.code for mend in told.mend] == ["mend.count.more", "mend.states"]
    assert finding(needs, "partners = [{ times = 3 }]").mend == ()


def test_what_would_meet_the_part_is_no_mend_under_not():
    assert finding(f"{{ not = {ENOUGH} }}", "partners = [{ times = 3 }]").mend == ()
    assert finding(f"{{ not = {ENOUGH} }}", "").mend == ()


# ---- Groups

EACH = '{ count = "partners", per = "country", at_least = "two" }'
TWO_AND_ONE = "partners = [{ country = 'SE', times = 2 }, { country = 'NO' }]"


def test_a_rule_for_each_group_is_decided_by_the_worst_and_names_it():
    told = finding(EACH, TWO_AND_ONE)
    assert (told.outcome, told.group, told.found) == (NOT_MET, "NO", Range.exactly(1))
    assert told.evidence[-1] == Reason.of("group.not-met", group="NO")


def test_a_group_that_there_may_be_leaves_a_rule_open_and_is_not_named():
    told = finding(EACH, "partners = [{ country = 'SE', times = 2 }, {}]")
    assert told.outcome is OPEN
    assert not [one for one in told.evidence if one.code.startswith("group")]
    doubtful = finding(EACH.replace("per", "where = { size = ['small'] }, per"), TWO_AND_ONE)
    assert doubtful.outcome is OPEN


def test_without_any_group_a_rule_for_each_holds():
    told = finding(EACH, "partners = []")
    assert (told.outcome, told.found) == (MET, None)


# ---- When a rule applies, severity, cure, waiver


@pytest.mark.parametrize(
    "strand, partners, outcome, told",
    [
        ('strand = "large"', 1, MET, "rule.does-not-apply"),
        ('strand = "small"', 1, NOT_MET, "member.counts"),
        ('strand = "small"', 3, MET, "member.counts"),
        ("", 1, OPEN, "rule.may-apply"),
        ("", 3, MET, "member.counts"),
    ],
)
def test_a_rule_may_apply_only_when_a_condition_does(strand, partners, outcome, told):
    found = finding(ENOUGH, f"{strand}\npartners = [{{ times = {partners} }}]", when=SMALL)
    assert (found.outcome, found.evidence[0].code) == (outcome, told)


def test_a_rule_that_does_not_apply_has_nothing_to_mend():
    found = finding(f"{{ all = [{ENOUGH}] }}", 'strand = "large"\npartners = []', when=SMALL)
    assert (found.mend, found.parts) == ((), ())


def test_a_rule_that_only_should_be_met_does_not_weigh():
    call = small_call(a_rule(ENOUGH, severity='"should"'))
    verdict = judge(call, situation_of("partners = []", call))
    assert (verdict.outcome, verdict.findings[0].outcome) == (MET, NOT_MET)
    assert verdict.findings[0].severity == "should"


@pytest.mark.parametrize("days, stated", [("ten_days", 10), ("unsaid_days", None)])
def test_a_failing_may_be_mended_within_days_where_these_are_stated(days, stated):
    told = finding(ENOUGH, "", curable=f'"{days}"')
    assert (told.curable, told.cure_days) == (True, stated)


WAIVER = 'waivers = [{ rule = "the-rule", reason = "Islands have few" }]'
BLANK = 'waivers = [{ rule = "the-rule", reason = "  " }]'
WAIVERS = [
    (WAIVER, "true", "partners = []", WAIVED, "Islands have few"),
    (WAIVER, "true", "", WAIVED, "Islands have few"),
    (WAIVER, "true", "partners = [{ times = 3 }]", MET, ""),
    (BLANK, "true", "partners = []", NOT_MET, ""),
    ("", "true", "partners = []", NOT_MET, ""),
]


@pytest.mark.parametrize("waiver, waivable, partners, outcome, reason", WAIVERS)
def test_a_rule_is_waived_only_with_a_written_reason(waiver, waivable, partners, outcome, reason):
    told = finding(ENOUGH, f"{waiver}\n{partners}", waiver=waivable)
    assert (told.outcome, told.waiver) == (outcome, reason)
    assert (told.mend == ()) is (outcome in (WAIVED, MET))


def test_a_rule_that_may_not_be_waived_is_not():
    call = call_with(ENOUGH)
    waived = situation_of(f"{WAIVER}\npartners = []", call_with(ENOUGH, waiver="true"))
    assert judged(call, waived)["the-rule"].outcome is NOT_MET


def test_a_waived_rule_weighs_as_met():
    call = call_with(ENOUGH, waiver="true")
    assert judge(call, situation_of(f"{WAIVER}\npartners = []", call)).outcome is MET


# ---- Labelled exceptions

WORDS = 'text = { sv = "Text", en = "Text" }\nsource = "S"\n'
EXCUSED = f'[[exceptions]]\nid = "small"\nto = "the-rule"\nwhen = {SMALL}\nexcused = true\n{WORDS}'
OTHER = (
    '[[exceptions]]\nid = "civil"\nto = "the-rule"\nwhen = { states = "civil" }\n'
    f'needs = {{ count = "partners", at_least = "one" }}\n{WORDS}'
)
EXCEPTED = small_call(a_rule(ENOUGH) + EXCUSED + OTHER)
YES, NO = "statements = { civil = true }\n", "statements = { civil = false }\n"
IS_SMALL, IS_LARGE = 'strand = "small"\n', 'strand = "large"\n'
# what is known, the number of partners, the outcome, the exception that applied and what is told of it
EXCEPTIONS = [
    (NO + IS_LARGE, 2, NOT_MET, "", ""),
    (NO + IS_LARGE, 3, MET, "", ""),
    (NO + IS_SMALL, 0, MET, "small", "exception.excuses"),
    (YES + IS_LARGE, 1, MET, "civil", ""),
    (YES + IS_LARGE, 0, NOT_MET, "civil", ""),
    (YES + IS_SMALL, 3, OPEN, "", "exceptions.collide"),
    (NO, 2, OPEN, "", "exception.open"),
    (NO, 3, MET, "", ""),
    (IS_LARGE, 2, OPEN, "", "exception.open"),
    (IS_LARGE, 0, NOT_MET, "", ""),
    (YES, 1, MET, "civil", ""),
    (YES, 0, OPEN, "civil", "exception.open"),
    ("", 0, OPEN, "", "exception.open"),
]


@pytest.mark.parametrize("known, partners, outcome, exception, told", EXCEPTIONS)
def test_a_labelled_exception_applies_where_its_condition_does(known, partners, outcome, exception, told):
    rows = f"partners = [{{ times = {partners} }}]" if partners else "partners = []"
    found = judged(EXCEPTED, situation_of(known + rows, EXCEPTED))["the-rule"]
    assert (found.outcome, found.exception) == (outcome, exception)
    assert [one.code for one in found.evidence if one.code.startswith("exception")] == [told] * bool(told)


# ---- What is judged


STAGES = "".join(f'[[stages]]\nid = "{name}"\n{WORDS}' for name in ("sketch", "full"))
STAGED = small_call(
    a_rule(ENOUGH, "always")
    + a_rule(ENOUGH, "at-first", stages='["sketch"]')
    + a_rule(ENOUGH, "later", stages='["full"]'),
    more=STAGES,
)


@pytest.mark.parametrize(
    "stage, rules",
    [("sketch", ["always", "at-first"]), ("full", ["always", "later"]), ("", ["always", "at-first", "later"])],
)
def test_a_rule_is_judged_in_its_stages(stage, rules):
    assert [one.rule for one in judge(STAGED, Situation(stage=stage)).findings] == rules


def test_a_rule_is_judged_over_what_it_is_over():
    rules = a_rule(ENOUGH, "plain") + a_rule('{ amount = "grant", at_most = "hundred" }', "envelope", over='"awards"')
    call = small_call(rules + a_rule('{ count = "changes", at_most = "two" }', "few", over='"changes"'))
    assert [one.rule for one in judge(call, Situation()).findings] == ["plain"]
    assert [one.rule for one in judge(call, Situation(), over=("awards", "changes")).findings] == ["envelope", "few"]


def test_a_verdict_may_be_about_the_constellation_alone_or_about_the_rest():
    rules = [one.rule for one in judge(real_call(), Situation(), about="constellation").findings]
    assert rules == ["three-clusters", "two-regions", "one-theme", "regional-priorities"]
    others = [one.rule for one in judge(real_call(), Situation(), about="application").findings]
    assert set(rules) | set(others) == {one.rule for one in judge(real_call(), Situation()).findings}
    assert set(rules) & set(others) == set()


TOPICS = [
    (ENOUGH, {"constellation"}),
    ('{ share = "partners", of = "partners", at_most = "half_of_partners" }', {"constellation"}),
    ('{ lead = { kind = ["company"] } }', {"constellation"}),
    ('{ apart = ["partner", "supplier"] }', {"constellation"}),
    ('{ amount = "grant", at_most = "hundred" }', {"application"}),
    ('{ count = "documents", at_least = "one" }', {"application"}),
    ('{ document = "plan", each = "partner" }', {"application"}),
    (SMALL, {"application"}),
    ('{ fact = "duration", at_most = "two_months" }', {"application"}),
    ('{ count = "partners", where = { from_earlier = true }, at_least = "one" }', {"constellation", "application"}),
    ('{ some = { not = { has_earlier = { status = ["winning"] } } } }', {"constellation", "application"}),
    (f"{{ all = [{ENOUGH}, {SMALL}] }}", {"constellation", "application"}),
]


@pytest.mark.parametrize("needs, wanted", TOPICS)
def test_what_a_rule_speaks_of(needs, wanted):
    rule = call_with(needs).rule("the-rule")
    assert topics(rule.needs) == wanted
    assert concerns(rule, "")
    assert concerns(rule, "constellation") is (wanted == {"constellation"})
    assert concerns(rule, "application") is not concerns(rule, "constellation")


def test_a_rule_over_the_whole_set_speaks_of_the_set():
    call = call_with('{ count = "applications", at_most = "two" }', over='"awards"')
    assert topics(call.rule("the-rule").needs) == {"set"}
    assert topics(Need("every_application")) == {"application"}
