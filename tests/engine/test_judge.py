"""The judge compares what is known with what is needed, says what would mend it, and never guesses."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspel.engine.calls import vocabulary
from samspel.engine.calls.judge import compare, judge, mentions
from samspel.engine.calls.text import Need
from samspel.engine.values import UNKNOWN, Range
from samspel.engine.verdicts import Fact, Finding, Outcome, Reason
from tests.engine.sample import call_with, real_call

MET, OPEN, NOT_MET = Outcome.MET, Outcome.OPEN, Outcome.NOT_MET

# what is found (least, most; None: not known in that direction), and the outcome of at_least, at_most and equals 3
COMPARED = [
    ((2, 2), NOT_MET, MET, NOT_MET),
    ((3, 3), MET, MET, MET),
    ((4, 4), MET, NOT_MET, NOT_MET),
    ((1, 2), NOT_MET, MET, NOT_MET),
    ((2, 3), OPEN, MET, OPEN),
    ((3, 4), MET, OPEN, OPEN),
    ((2, 4), OPEN, OPEN, OPEN),
    ((4, 5), MET, NOT_MET, NOT_MET),
    ((2, None), OPEN, OPEN, OPEN),
    ((3, None), MET, OPEN, OPEN),
    ((4, None), MET, NOT_MET, NOT_MET),
    ((None, 2), NOT_MET, MET, NOT_MET),
    ((None, 3), OPEN, MET, OPEN),
    ((None, 4), OPEN, OPEN, OPEN),
    ((None, None), OPEN, OPEN, OPEN),
]


def a_range(pair: tuple[int | None, int | None]) -> Range:
    low, high = (None if one is None else Decimal(one) for one in pair)
    return Range(low=low, high=high)


@pytest.mark.parametrize("pair, at_least, at_most, equals", COMPARED)
def test_every_comparison_of_every_kind_of_knowledge(pair, at_least, at_most, equals):
    found = a_range(pair)
    assert [compare(found, operator, Decimal(3)) for operator in vocabulary.COMPARISONS] == [at_least, at_most, equals]


def test_there_is_no_other_comparison():
    with pytest.raises(KeyError):
        compare(Range.exactly(3), "below", Decimal(3))


ends = st.integers(min_value=0, max_value=6)


@st.composite
def knowledge(draw: st.DrawFn) -> tuple[Range, Range]:
    """Draw what is known at first, and what is known when more has been learnt."""
    four = sorted(draw(st.lists(ends, min_size=4, max_size=4)))
    low, high = (None if draw(st.booleans()) else four[0]), (None if draw(st.booleans()) else four[3])
    return a_range((low, high)), a_range((four[1], four[2]))


@given(both=knowledge(), operator=st.sampled_from(vocabulary.COMPARISONS), bound=ends)
def test_knowing_more_never_turns_a_yes_into_a_no(both, operator, bound):
    before, after = (compare(found, operator, Decimal(bound)) for found in both)
    assert before is OPEN or before is after


RULES = [
    '{ fact = "constellation.clusters", at_least = "minimum_clusters" }',
    '{ not = { fact = "constellation.clusters", at_least = "minimum_clusters" } }',
    (
        '{ any = [{ fact = "constellation.clusters", equals = "minimum_clusters" },'
        ' { fact = "constellation.regions", at_most = "minimum_regions" }] }'
    ),
    (
        '{ all = [{ fact = "constellation.clusters", at_least = "minimum_clusters" },'
        ' { not = { fact = "constellation.regions", equals = "minimum_regions" } }] }'
    ),
]
CALLS = [call_with(rule) for rule in RULES]


@given(call=st.sampled_from(CALLS), clusters=knowledge(), regions=knowledge())
def test_a_verdict_is_only_ever_settled_by_knowing_more(call, clusters, regions):
    verdicts = [
        judge(
            call,
            {
                name: Fact(name=name, found=found)
                for name, found in (("constellation.clusters", one), ("constellation.regions", other))
            },
        ).outcome
        for one, other in zip(clusters, regions, strict=True)
    ]
    assert verdicts[0] is OPEN or verdicts[0] is verdicts[1]


def finding(rule: str, **found: Range) -> Finding:
    facts = {name: Fact(name=name, found=one, evidence=(Reason.of("seen", fact=name),)) for name, one in found.items()}
    return judge(call_with(rule), facts).findings[0]


def test_a_finding_tells_what_was_found_and_needed_and_where_it_stands():
    told = finding(RULES[0], **{"constellation.clusters": Range.between(1, 4)})
    assert (told.rule, told.outcome, told.operator) == ("the-rule", OPEN, "at_least")
    assert (told.fact, told.found, told.bound) == ("constellation.clusters", Range.between(1, 4), Decimal(3))
    assert told.source == "SOURCE.md#x"
    assert told.evidence == (Reason.of("seen", fact="constellation.clusters"),)


MENDED = [
    ("at_least", (2, 2), [("more", 1)]),
    ("at_least", (1, 4), [("more", 2)]),
    ("at_least", (3, 3), []),
    ("at_least", (None, None), [("state", None)]),
    ("at_most", (5, 5), [("less", 2)]),
    ("at_most", (2, 5), [("less", 2)]),
    ("at_most", (2, None), [("state", None)]),
    ("equals", (2, 2), [("more", 1)]),
    ("equals", (5, 5), [("less", 2)]),
    ("equals", (3, None), [("state", None)]),
    ("equals", (3, 4), [("less", 1)]),
    ("at_least", (None, 2), [("state", None)]),
]


@pytest.mark.parametrize("operator, pair, mends", MENDED)
def test_the_smallest_change_that_would_do(operator, pair, mends):
    rule = f'{{ fact = "constellation.clusters", {operator} = "minimum_clusters" }}'
    told = finding(rule, **{"constellation.clusters": a_range(pair)})
    wanted = tuple(
        Reason.of(f"mend.constellation.clusters.{code}", to=Decimal(3), **({} if by is None else {"by": Decimal(by)}))
        for code, by in mends
    )
    assert told.mend == wanted


def test_what_is_open_and_can_only_be_settled_by_the_fact_itself_has_no_mend():
    rule = '{ not = { fact = "constellation.clusters", at_least = "minimum_clusters" } }'
    told = finding(rule, **{"constellation.clusters": Range.exactly(4)})
    assert (told.outcome, told.mend) == (NOT_MET, ())


def test_a_composed_rule_has_its_parts_evidence_and_mends():
    told = finding(RULES[3], **{"constellation.clusters": Range.exactly(1)})
    assert (told.outcome, told.operator, told.fact, told.found) == (NOT_MET, "all", "", None)
    assert [part.outcome for part in told.parts] == [NOT_MET, OPEN]
    assert told.evidence == (Reason.of("seen", fact="constellation.clusters"),)
    assert told.mend == (Reason.of("mend.constellation.clusters.more", by=Decimal(2), to=Decimal(3)),)


def test_a_composed_rule_that_is_met_needs_no_mend():
    told = finding(RULES[2], **{"constellation.clusters": Range.exactly(9), "constellation.regions": Range.exactly(1)})
    assert (told.outcome, told.mend) == (MET, ())


def test_a_fact_that_is_not_given_is_unknown():
    verdict = judge(real_call(), {})
    assert verdict.outcome is OPEN
    assert {one.outcome for one in verdict.findings} == {OPEN}
    assert verdict.findings[0].found == UNKNOWN


def test_a_verdict_may_be_about_the_constellation_alone():
    rules = [one.rule for one in judge(real_call(), {}, about="constellation").findings]
    assert rules == ["three-clusters", "two-regions", "one-theme", "regional-priorities"]


def test_a_composed_condition_speaks_of_what_its_parts_speak_of():
    part = Need(operator="at_least", fact="application.grant", parameter="x")
    assert mentions(Need(operator="not", parts=(part,)), "application")
    assert not mentions(Need(operator="any", parts=(part, part)), "constellation")


def test_a_condition_deep_within_others_brings_its_mend_along():
    rule = '{ any = [{ all = [{ fact = "constellation.clusters", at_least = "minimum_clusters" }] }] }'
    told = finding(rule, **{"constellation.clusters": Range.exactly(1)})
    assert (told.outcome, [reason.code for reason in told.mend]) == (NOT_MET, ["mend.constellation.clusters.more"])


def test_what_would_meet_the_part_is_no_mend_under_not():
    rule = '{ not = { fact = "constellation.clusters", at_least = "minimum_clusters" } }'
    told = finding(rule, **{"constellation.clusters": Range.between(1, 4)})
    assert (told.outcome, told.mend) == (OPEN, ())
