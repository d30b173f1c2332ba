"""What an application says: answers to the call's questions, a budget per partner and co-funding per funder.

The total cost is the sum of the partners' budgets. The plan balances when the grant applied for and the
co-funding together are exactly that sum. An amount that is not filled in is unknown, never zero.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from samspel.engine.calls.situation import Funding, Line, Situation
from samspel.engine.values import UNKNOWN, AmountError, Range, read_amount
from samspel.engine.verdicts import Reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from samspel.engine.calls.text import Question

PARTS = ("answers", "budget", "cofunding")
"""The parts of an application, in the order in which they are filled in."""


class FunderKind(StrEnum):
    """Whose money it is."""

    PUBLIC = "public"
    PRIVATE = "private"


class FundingForm(StrEnum):
    """Money, or work and things given a value."""

    CASH = "cash"
    IN_KIND = "in-kind"


class FundingState(StrEnum):
    """How far the funder has come; regions decide on a calendar of their own."""

    INTENDED = "intended"
    APPLIED = "applied"
    DECIDED = "decided"


@dataclass(frozen=True, slots=True)
class Cost:
    """What one partner will spend in the project, in the call's currency; None where it is not filled in."""

    organisation: str
    amount: Decimal | None


@dataclass(frozen=True, slots=True)
class CoFunding:
    """What one funder will put in."""

    funder: str
    amount: Decimal
    kind: FunderKind
    form: FundingForm
    state: FundingState


@dataclass(frozen=True, slots=True)
class Plan:
    """The money of an application: costs per partner, the grant applied for, and co-funding per funder."""

    costs: tuple[Cost, ...] = ()
    grant: Decimal | None = None
    cofunding: tuple[CoFunding, ...] = ()

    @property
    def total_cost(self) -> Decimal | None:
        """The sum of all partners' costs; None as long as one of them, or all, are not filled in."""
        amounts = [cost.amount for cost in self.costs]
        known = [amount for amount in amounts if amount is not None]
        return sum(known, Decimal(0)) if known and len(known) == len(amounts) else None

    @property
    def cofunded(self) -> Decimal:
        """The sum of all co-funding named so far."""
        return sum((item.amount for item in self.cofunding), Decimal(0))

    @property
    def unfinanced(self) -> Decimal | None:
        """Total cost less grant less co-funding: zero when the plan balances, None while an amount is missing."""
        if self.total_cost is None or self.grant is None:
            return None
        return self.total_cost - self.grant - self.cofunded


def situation(plan: Plan, forming: Situation) -> Situation:
    """A constellation's situation with the money of its application.

    Amounts are in the call's currency. What the applicants enter as costs are those they hold to be eligible.
    Nothing is known of the co-funding before a funder has been named.

    >>> half = CoFunding("r", Decimal(50), FunderKind.PUBLIC, FundingForm.CASH, FundingState.DECIDED)
    >>> plan = Plan(costs=(Cost("a", Decimal(100)),), grant=Decimal(50), cofunding=(half,))
    >>> situation(plan, Situation()).grant
    Range(low=Decimal('50'), high=Decimal('50'))
    """
    costs = tuple(Line(amount=cost.amount, by=cost.organisation, eligible=True) for cost in plan.costs)
    given = tuple(
        Funding(
            amount=one.amount,
            funder=one.funder,
            source=one.kind.value,
            form=one.form.value,
            state=one.state.value,
        )
        for one in plan.cofunding
    )
    return replace(
        forming,
        costs=costs or None,
        grant=UNKNOWN if plan.grant is None else Range.exactly(plan.grant),
        cofunding=given or None,
    )


def stated(answers: Mapping[str, str], questions: Iterable[Question], forming: Situation) -> Situation:
    """The situation with what the answers state: a duration or a statement of the project, as a number or yes or no.

    An answer that is neither is no statement: it stays unknown, and the applicant is told by the rule that needs it.
    """
    found = dict(forming.statements)
    duration = forming.duration
    for question in questions:
        number = statement(answers.get(question.id, "")) if question.states else None
        if number is None:
            continue
        if question.states == "duration":
            duration = Range.exactly(number)
        else:
            found[question.states] = Range.exactly(number)
    return replace(forming, statements=found, duration=duration)


_YES, _NO = ("yes", "ja", "true"), ("no", "nej", "false")


def statement(text: str) -> Decimal | None:
    """A yes, a no or a number typed as an answer; None for anything else."""
    word = text.strip().casefold()
    if word in (*_YES, *_NO):
        return Decimal(word in _YES)
    try:
        return read_amount(word)
    except AmountError:
        return None


@dataclass(frozen=True, slots=True)
class Gap:
    """Something an application still lacks before it can be submitted: the part, the field, and why."""

    part: str
    field: str
    reason: Reason


def gaps(
    *, plan: Plan, answers: Mapping[str, str], questions: Iterable[Question], members: Iterable[str]
) -> tuple[Gap, ...]:
    """List what is missing before the application can be submitted; empty when it is complete.

    This is completeness only. Whether the call's requirements are met is for `calls.judge` to say, and a
    complete application may always be submitted.
    """
    found = []
    for question in questions:
        text = answers.get(question.id, "").strip()
        if text and question.states and statement(text) is None:
            found.append(Gap("answers", question.id, Reason.of("gap.no-statement", question=question.id)))
        if question.required and not text:
            found.append(Gap("answers", question.id, Reason.of("gap.answer", question=question.id)))
        elif len(text) > question.longest:
            over = len(text) - question.longest
            found.append(Gap("answers", question.id, Reason.of("gap.too-long", over=over, longest=question.longest)))
    costs = {cost.organisation: cost.amount for cost in plan.costs}
    found += [
        Gap("budget", f"cost-{member}", Reason.of("gap.cost", organisation=member))
        for member in members
        if costs.get(member) is None
    ]
    if plan.grant is None:
        found.append(Gap("budget", "grant", Reason.of("gap.grant")))
    if plan.unfinanced:
        code = "gap.unfinanced" if plan.unfinanced > 0 else "gap.overfinanced"
        found.append(Gap("cofunding", "new", Reason.of(code, amount=abs(plan.unfinanced))))
    return tuple(found)
