"""The money of an application adds up to the cent, and what is not filled in is unknown, never zero."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from samspel.engine.applications import CoFunding, Cost, FunderKind, FundingForm, FundingState, Gap, Plan, facts, gaps
from samspel.engine.values import UNKNOWN, Range
from samspel.engine.verdicts import Reason
from tests.engine.sample import real_call

QUESTIONS = real_call().questions
ANSWERS = {question.id: "Ja." for question in QUESTIONS}


def given(amount: str, funder: str = "R") -> CoFunding:
    return CoFunding(funder, Decimal(amount), FunderKind.PUBLIC, FundingForm.CASH, FundingState.DECIDED)


def cost(amount: str | None, organisation: str = "a") -> Cost:
    return Cost(organisation, None if amount is None else Decimal(amount))


def plan(*costs: Cost, grant: str | None = None, cofunding: tuple[CoFunding, ...] = ()) -> Plan:
    return Plan(costs=costs, grant=None if grant is None else Decimal(grant), cofunding=cofunding)


# plan, total cost, unfinanced, share of co-funding
PLANS = [
    (plan(), None, None, None),
    (plan(cost(None)), None, None, None),
    (plan(cost("5"), cost(None, "b"), grant="1"), None, None, None),
    (plan(cost("100")), "100", None, "0"),
    (plan(cost("100"), grant="40"), "100", "60", "0"),
    (plan(cost("60"), cost("40", "b"), grant="50", cofunding=(given("50"),)), "100", "0", "0.5"),
    (plan(cost("100"), grant="50", cofunding=(given("25"), given("25.01"))), "100", "-0.01", "0.5001"),
    (plan(cost("0"), grant="0"), "0", "0", None),
]


@pytest.mark.parametrize("one, total, unfinanced, share", PLANS)
def test_a_plan_adds_up(one, total, unfinanced, share):
    assert one.total_cost == (None if total is None else Decimal(total))
    assert one.unfinanced == (None if unfinanced is None else Decimal(unfinanced))
    found = facts(one)["application.cofunding_share"].found
    assert found == (UNKNOWN if share is None else Range.exactly(Decimal(share)))


def test_the_facts_say_what_they_were_computed_from():
    one = plan(cost("60"), cost("40", "b"), grant="50", cofunding=(given("50"),))
    found = facts(one)
    assert found["application.grant"].found == Range.exactly(50)
    assert found["application.total_cost"].found == Range.exactly(100)
    assert found["application.total_cost"].evidence == (
        Reason.of("cost.of", partner="a", amount=Decimal(60)),
        Reason.of("cost.of", partner="b", amount=Decimal(40)),
    )
    assert found["application.cofunding"].found == Range.exactly(50)
    assert found["application.cofunding"].evidence == (
        Reason.of("cofunding.from", funder="R", amount=Decimal(50), state="decided"),
    )


def test_nothing_filled_in_is_unknown():
    assert {fact.found for fact in facts(plan()).values()} == {UNKNOWN}


BALANCED = plan(cost("100"), grant="50", cofunding=(given("50"),))


def lacking(
    one: Plan = BALANCED, answers: dict[str, str] = ANSWERS, members: tuple[str, ...] = ("a",)
) -> tuple[Gap, ...]:
    return gaps(plan=one, answers=answers, questions=QUESTIONS, members=members)


def test_a_complete_application_lacks_nothing():
    assert lacking() == ()


def test_a_question_that_may_be_left_out_is_not_missed():
    assert lacking(answers={**ANSWERS, "risks": ""}) == ()


MISSING = [
    ({"answers": {**ANSWERS, "need": "  "}}, Gap("answers", "need", Reason.of("gap.answer", question="need"))),
    (
        {"answers": {**ANSWERS, "risks": "x" * 1002}},
        Gap("answers", "risks", Reason.of("gap.too-long", over=2, longest=1000)),
    ),
    ({"members": ("a", "b")}, Gap("budget", "cost-b", Reason.of("gap.cost", organisation="b"))),
    ({"one": replace(BALANCED, grant=None)}, Gap("budget", "grant", Reason.of("gap.grant"))),
    (
        {"one": replace(BALANCED, grant=Decimal(49))},
        Gap("cofunding", "new", Reason.of("gap.unfinanced", amount=Decimal(1))),
    ),
    (
        {"one": replace(BALANCED, grant=Decimal(51))},
        Gap("cofunding", "new", Reason.of("gap.overfinanced", amount=Decimal(1))),
    ),
]


@pytest.mark.parametrize("changed, gap", MISSING, ids=lambda one: one.reason.code if isinstance(one, Gap) else "")
def test_what_is_missing_is_told_with_part_and_field(changed, gap):
    assert lacking(**changed) == (gap,)
