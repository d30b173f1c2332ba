"""The one door for writes: in one transaction it locks, asks permission, changes, advances, saves and journals."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import transaction

from samspel.engine import lifecycles, permissions
from samspel.store import journal
from samspel.store.snapshots.subjects import subject

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from django.db.models import Model

    from samspel.engine.permissions import Actor
    from samspel.engine.verdicts import Reason


class RefusedError(Exception):
    """A verb that was not carried out; `reason` says why, and nothing was written."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(f"{reason.code} {dict(reason.values)}")
        self.reason = reason


class EditConflictError(Exception):
    """Somebody else saved first. `stored` is what stands now, `offered` what this writer wanted to save."""

    def __init__(self, *, stored: Mapping[str, Any], offered: Mapping[str, Any], revision: int, by: str) -> None:
        super().__init__(f"revision {revision} by {by} stands")
        self.stored = stored
        self.offered = offered
        self.revision = revision
        self.by = by


@dataclass
class Deed[Row: Model]:
    """A verb being carried out on a locked row; `noted` is what the journal should keep besides the row."""

    row: Row
    at: datetime
    noted: dict[str, Any] = field(default_factory=dict)


@contextmanager
def holding[Row: Model](on: Row) -> Iterator[Row]:
    """Hold a stored row, as it stands now, so that whoever comes at the same time waits until this is done."""
    with transaction.atomic():
        yield type(on)._base_manager.select_for_update().get(pk=on.pk)


@contextmanager
def performing[Row: Model](verb: str, *, actor: Actor, at: datetime, on: Row) -> Iterator[Deed[Row]]:
    """Carry out a verb on a row: lock, permit, let the caller change it, advance its state, save, journal.

    Raises:
        RefusedError: the permission table says no.
    """
    edge = lifecycles.BY_VERB[verb]
    with transaction.atomic():
        stored = not on._state.adding
        row = type(on)._base_manager.select_for_update().get(pk=on.pk) if stored else on
        answer = permissions.may(verb, actor, subject(row))
        if not answer:
            raise RefusedError(answer.reason)
        before = journal.plain(row) if stored else {}
        deed = Deed(row=row, at=at)
        yield deed
        if edge.after is not None:
            row.state = edge.after  # type: ignore[attr-defined]  # every noun whose edge has an after has a state
        row.save()
        journal.write(
            verb=verb,
            actor=actor,
            at=at,
            noun=edge.noun,
            subject=str(row.pk),
            before=before,
            after=_changed(before, journal.plain(row)) | deed.noted,
        )


def _changed(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """What the row's columns are now, leaving out those that did not change."""
    return {name: value for name, value in after.items() if name not in before or before[name] != value}
