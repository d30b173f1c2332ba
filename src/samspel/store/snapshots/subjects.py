"""Any row as the permission table sees it: its state, who leads it, who takes part, who prepared it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samspel.engine.permissions import Subject
from samspel.store.models import (
    Application,
    Assessment,
    Call,
    Constellation,
    Organisation,
    Person,
    Priority,
    Proposal,
    RegisterPack,
)

if TYPE_CHECKING:
    from django.db.models import Model


def subject(row: Model) -> Subject:
    """What the permission table needs to know of a row; one that is not stored yet is in state `new`.

    Raises:
        TypeError: a kind of row that no verb acts on.
    """
    new = row._state.adding
    match row:
        case Call():
            return Subject(state="new" if new else row.state, prepared_by=None if new else row.drafted_by_id)
        case Constellation():
            members = frozenset() if new else frozenset(m.organisation_id for m in row.members.all())
            return Subject(state="new" if new else row.state, lead=row.lead_id, members=members)
        case Application():
            round_it = subject(row.constellation)
            return Subject(state="new" if new else row.state, lead=round_it.lead, members=round_it.members)
        case Assessment():
            return Subject(state="new" if new else row.state, prepared_by=None if new else row.assessor_id)
        case Proposal():
            return Subject(state="new" if new else row.state, prepared_by=None if new else row.proposed_by_id)
        case Priority():
            return Subject(state="current", region=row.region_id)
        case Organisation() | Person():
            return Subject(state="new" if new else "current")
        case RegisterPack():
            return Subject(state="open")
    message = f"no verb acts on {type(row).__name__}"
    raise TypeError(message)
