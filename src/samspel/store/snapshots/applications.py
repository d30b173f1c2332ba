"""An application's parts as the engine's plan and answers."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from samspel.engine import applications

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from samspel.store.models import Application


def contents(row: Application) -> dict[str, dict[str, Any]]:
    """Each part's content by key (prefetch `parts`)."""
    return {part.key: part.content for part in row.parts.all()}


def plan(parts: Mapping[str, Mapping[str, Any]], members: Iterable[str]) -> applications.Plan:
    """The money of an application from its parts' stored contents; amounts are stored as decimal texts.

    Only the costs of those who are members now count: a cost that was stored for somebody who has left does not,
    and that of somebody who has just joined is not filled in yet.
    """
    budget, cofunding = parts.get("budget", {}), parts.get("cofunding", {})
    stored = budget.get("costs", {})
    costs = tuple(applications.Cost(organisation=member, amount=_amount(stored.get(member))) for member in members)
    items = tuple(
        applications.CoFunding(
            funder=item["funder"],
            amount=Decimal(item["amount"]),
            kind=applications.FunderKind(item["kind"]),
            form=applications.FundingForm(item["form"]),
            state=applications.FundingState(item["state"]),
        )
        for item in cofunding.get("items", [])
    )
    return applications.Plan(costs=costs, grant=_amount(budget.get("grant")), cofunding=items)


def _amount(text: str | None) -> Decimal | None:
    return Decimal(text) if text else None
