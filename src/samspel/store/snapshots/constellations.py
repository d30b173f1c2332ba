"""A constellation's rows as the engine's constellation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samspel.engine import constellations
from samspel.store.models import Priority
from samspel.store.snapshots import registry

if TYPE_CHECKING:
    from collections.abc import Iterable

    from samspel.store.models import Constellation, Organisation


def listed_regions() -> frozenset[str]:
    """The regions for which the register holds any priority at all."""
    return frozenset(Priority.objects.order_by().values_list("region_id", flat=True).distinct())


def constellation(
    row: Constellation, *, language: str = "sv", listed: frozenset[str] | None = None
) -> constellations.Constellation:
    """The constellation with members and named priorities (prefetch `members__organisation` and `priorities`).

    Whoever reads many gives `listed`, which is then asked for once.
    """
    return assembled(
        name=row.name,
        lead=row.lead_id,
        theme=row.theme_id or "",
        members=[member.organisation for member in row.members.all()],
        priorities=row.priorities.all(),
        language=language,
        listed=listed,
    )


def assembled(
    *,
    name: str,
    lead: str = "",
    theme: str,
    members: Iterable[Organisation],
    priorities: Iterable[Priority],
    language: str = "sv",
    listed: frozenset[str] | None = None,
) -> constellations.Constellation:
    """A constellation put together from rows that may not belong to a stored one, for trying things out."""
    return constellations.Constellation(
        name=name,
        lead=lead,
        theme=theme,
        members=tuple(registry.organisation(member) for member in members),
        priorities=tuple(registry.priority(priority, language=language) for priority in priorities),
        listed=listed_regions() if listed is None else listed,
    )
