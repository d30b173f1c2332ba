"""Reading for the simulator: the register as the engine counts over it, and what things in it are called."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from samspel.engine import registry
from samspel.engine.simulation.pooling import Register
from samspel.store.access import visible_to
from samspel.store.models import Organisation, Priority, Region, Theme
from samspel.store.queries.designer import open_to
from samspel.store.snapshots import registry as values

if TYPE_CHECKING:
    from samspel.engine.permissions import Actor


@dataclass(frozen=True, slots=True)
class Pooled:
    """The register for counting; `invented` where it holds nothing but what was made up for a demonstration."""

    register: Register
    invented: bool


def pooled(actor: Actor) -> Pooled | None:
    """The register's real organisations, or where there are none the invented ones; None for those who may not ask."""
    if not open_to(actor):
        return None
    rows = list(visible_to(actor, Organisation).order_by("pk"))
    real = [row for row in rows if not row.invented]
    priorities = visible_to(actor, Priority).prefetch_related("themes").order_by("pk")
    return Pooled(
        Register(
            organisations=tuple(values.organisation(row) for row in real or rows),
            priorities=tuple(
                registry.Priority(
                    id=row.pk,
                    region=row.region_id,
                    name=row.name_en or row.name_sv,
                    themes=frozenset(theme.pk for theme in row.themes.all()),
                )
                for row in priorities
            ),
            themes=tuple(visible_to(actor, Theme).values_list("pk", flat=True)),
            regions=tuple(visible_to(actor, Region).values_list("pk", flat=True)),
        ),
        invented=bool(rows) and not real,
    )
