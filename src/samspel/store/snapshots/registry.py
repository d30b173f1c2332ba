"""Register rows as engine values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samspel.engine import registry

if TYPE_CHECKING:
    from samspel.store.models import Organisation, Priority


def organisation(row: Organisation) -> registry.Organisation:
    """An organisation; a region or host that is not known becomes an empty code."""
    return registry.Organisation(
        id=row.id, name=row.name, kind=row.kind, region=row.region_id or "", host=row.host_id or ""
    )


def priority(row: Priority, *, language: str = "sv") -> registry.Priority:
    """A priority under its name in this language, or in the other where its source has only that."""
    names = (row.name_sv, row.name_en) if language == "sv" else (row.name_en, row.name_sv)
    return registry.Priority(id=row.id, region=row.region_id, name=names[0] or names[1])
