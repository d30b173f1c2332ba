"""What an application says: answers to the call's questions, a budget per partner and co-funding per funder.

The total cost is the sum of the partners' budgets. The plan balances when the grant applied for and the
co-funding together are exactly that sum. An amount that is not filled in is unknown, never zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from samspel.engine.values import UNKNOWN, Range
from samspel.engine.verdicts import Fact, Reason

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


def _amount(value: Decimal | None) -> Range:
    return UNKNOWN if value is None else Range.exactly(value)


def facts(plan: Plan) -> dict[str, Fact]:
    """Compute every fact about an application's money that a rule may speak of, by name.

    Amounts are in the call's currency. The co-funding share is co-funding divided by total cost.

    >>> half = CoFunding("r", Decimal(50), FunderKind.PUBLIC, FundingForm.CASH, FundingState.DECIDED)
    >>> plan = Plan(costs=(Cost("a", Decimal(100)),), grant=Decimal(50), cofunding=(half,))
    >>> facts(plan)["application.cofunding_share"].found
    Range(low=Decimal('0.5'), high=Decimal('0.5'))
    """
    total = plan.total_cost
    share = plan.cofunded / total if total else None
    funders = tuple(
        Reason.of("cofunding.from", funder=item.funder, amount=item.amount, state=item.state) for item in plan.cofunding
    )
    partners = tuple(Reason.of("cost.of", partner=c.organisation, amount=c.amount) for c in plan.costs)
    found = (
        Fact(name="application.grant", found=_amount(plan.grant)),
        Fact(name="application.total_cost", found=_amount(total), evidence=partners),
        Fact(name="application.cofunding", found=_amount(plan.cofunded if plan.cofunding else None), evidence=funders),
        Fact(name="application.cofunding_share", found=_amount(share), evidence=funders),
    )
    return {fact.name: fact for fact in found}


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
