"""An application's parts as the engine's plan and answers."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from samspel.engine import applications

if TYPE_CHECKING:
    from collections.abc import Mapping

    from samspel.store.models import Application


def contents(row: Application) -> dict[str, dict[str, Any]]:
    """Each part's content by key (prefetch `parts`)."""
    return {part.key: part.content for part in row.parts.all()}


def plan(parts: Mapping[str, Mapping[str, Any]]) -> applications.Plan:
    """The money of an application from its parts' stored contents; amounts are stored as decimal texts."""
    budget, cofunding = parts.get("budget", {}), parts.get("cofunding", {})
    costs = tuple(
        applications.Cost(organisation=name, amount=_amount(amount)) for name, amount in budget.get("costs", {}).items()
    )
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
