"""The closed list of facts that a rule may speak of, each with its unit and the noun that computes it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FactName:
    """A fact's name and unit: `count`, `money` (in the call's currency) or `share` (0 to 1)."""

    name: str
    unit: str


FACTS: dict[str, FactName] = {
    fact.name: fact
    for fact in (
        FactName("constellation.clusters", "count"),
        FactName("constellation.regions", "count"),
        FactName("constellation.themes", "count"),
        FactName("constellation.regions_untied", "count"),
        FactName("application.grant", "money"),
        FactName("application.total_cost", "money"),
        FactName("application.cofunding", "money"),
        FactName("application.cofunding_share", "share"),
    )
}

COMPARISONS = ("at_least", "at_most", "equals")
COMPOSITIONS = ("all", "any", "not")
