"""The money of an application adds up to the cent, and what is not filled in is unknown, never zero."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from samspel.engine.applications import (
    CoFunding,
    Cost,
    FunderKind,
    FundingForm,
    FundingState,
    Gap,
    Plan,
    gaps,
    situation,
    stated,
)
from samspel.engine.calls.situation import Funding, Line, Partner, Situation
from samspel.engine.calls.text import Question
from samspel.engine.values import UNKNOWN, Range
from samspel.engine.verdicts import Outcome, Reason
from tests.engine.sample import judged, real_call

QUESTIONS = real_call().questions
ANSWERS = {question.id: "Ja." for question in QUESTIONS}


def given(amount: str, funder: str = "R") -> CoFunding:
    return CoFunding(funder, Decimal(amount), FunderKind.PUBLIC, FundingForm.CASH, FundingState.DECIDED)


def cost(amount: str | None, organisation: str = "a") -> Cost:
    return Cost(organisation, None if amount is None else Decimal(amount))


def plan(*costs: Cost, grant: str | None = None, cofunding: tuple[CoFunding, ...] = ()) -> Plan:
    return Plan(costs=costs, grant=None if grant is None else Decimal(grant), cofunding=cofunding)


# plan, total cost, unfinanced
PLANS = [
    (plan(), None, None),
    (plan(cost(None)), None, None),
    (plan(cost("5"), cost(None, "b"), grant="1"), None, None),
    (plan(cost("100")), "100", None),
    (plan(cost("100"), grant="40"), "100", "60"),
    (plan(cost("60"), cost("40", "b"), grant="50", cofunding=(given("50"),)), "100", "0"),
    (plan(cost("100"), grant="50", cofunding=(given("25"), given("25.01"))), "100", "-0.01"),
    (plan(cost("0"), grant="0"), "0", "0"),
]


@pytest.mark.parametrize("one, total, unfinanced", PLANS)
def test_a_plan_adds_up(one, total, unfinanced):
    assert one.total_cost == (None if total is None else Decimal(total))
    assert one.unfinanced == (None if unfinanced is None else Decimal(unfinanced))


# ---- What the judge is told of it

FORMING = Situation(partners=(Partner("a"),), themes=("food",))


def test_the_judge_is_told_the_costs_the_grant_and_the_co_funding_beside_the_constellation():
    one = plan(cost("60"), cost(None, "b"), grant="50", cofunding=(given("50"),))
    assert situation(one, FORMING) == replace(
        FORMING,
        costs=(Line(Decimal(60), by="a", eligible=True), Line(None, by="b", eligible=True)),
        grant=Range.exactly(50),
        cofunding=(Funding(Decimal(50), "R", source="public", form="cash", state="decided"),),
    )


def test_nothing_filled_in_is_unknown():
    assert situation(plan(), FORMING) == FORMING


@pytest.mark.parametrize(
    "one, outcome",
    [
        (plan(cost("400000"), grant="200000", cofunding=(given("200000"),)), Outcome.MET),
        (plan(cost("400000"), grant="200000", cofunding=(given("199999.99"),)), Outcome.NOT_MET),
        (plan(cost("400000"), grant="200000"), Outcome.OPEN),
        (plan(cost("400000"), cost(None, "b"), cofunding=(given("200000"),)), Outcome.OPEN),
    ],
)
def test_half_of_the_cost_is_to_be_co_funded(one, outcome):
    found = judged(real_call(), situation(one, Situation()))
    assert found["half-cofunded"].outcome is outcome


STATING = tuple(
    Question(name, required=False, longest=99, text=(), help=(), states=states)
    for name, states in (("months", "duration"), ("civil", "civil"), ("trl", "trl"), ("why", ""))
)
ANSWERED = [
    ("24", Range.exactly(24)),
    ("1 000,5", Range.exactly(Decimal("1000.5"))),
    ("Ja", Range.exactly(1)),
    (" yes ", Range.exactly(1)),
    ("true", Range.exactly(1)),
    ("nej", Range.exactly(0)),
    ("No", Range.exactly(0)),
    ("perhaps", None),
    ("", None),
    ("-3", None),
]


@pytest.mark.parametrize("text, found", ANSWERED)
def test_an_answer_may_state_a_number_or_a_yes_or_no(text, found):
    told = stated({"months": text, "civil": text, "why": text}, STATING, FORMING)
    assert told.duration == (UNKNOWN if found is None else found)
    assert told.statements == ({} if found is None else {"civil": found})
    assert (told.partners, told.themes) == (FORMING.partners, FORMING.themes)


def test_what_was_stated_before_stands_until_it_is_stated_anew():
    before = replace(FORMING, statements={"trl": Range.exactly(5), "civil": Range.exactly(1)})
    assert stated({"civil": "nej"}, STATING, before).statements == {"trl": Range.exactly(5), "civil": Range.exactly(0)}


# ---- What is still missing

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
