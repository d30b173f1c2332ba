"""The journal is written here, and only by the one door through which every write goes.

Each entry carries the digest of the one before it, so a line that was changed or taken out afterwards shows.
The head row is locked while an entry is written, which puts all entries in one order.
"""

from __future__ import annotations

import json
from hashlib import sha256
from types import NoneType
from typing import TYPE_CHECKING, Any

from samspel.store.models import JournalEntry, JournalHead

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.db.models import Model

    from samspel.engine.permissions import Actor


def plain(row: Model) -> dict[str, Any]:
    """A row's own columns as plain values, without passwords."""
    fields = [field for field in row._meta.concrete_fields if field.attname not in ("password", "last_login")]
    values = {field.attname: field.value_from_object(row) for field in fields}
    kept = (bool, int, dict, list, NoneType)
    return {name: value if isinstance(value, kept) else str(value) for name, value in values.items()}


def _digest(previous: str, fields: dict[str, Any]) -> str:
    body = json.dumps(fields, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return sha256(f"{previous}\n{body}".encode()).hexdigest()


def _signed(entry: JournalEntry) -> dict[str, Any]:
    return {
        "number": entry.number,
        "at": entry.at.isoformat(),
        "actor": entry.actor_id,
        "actor_name": entry.actor_name,
        "verb": entry.verb,
        "noun": entry.noun,
        "subject": entry.subject,
        "before": entry.before,
        "after": entry.after,
    }


def write(
    *, verb: str, actor: Actor, at: datetime, noun: str, subject: str, before: dict[str, Any], after: dict[str, Any]
) -> JournalEntry:
    """Append one entry and move the head, inside the caller's transaction."""
    JournalHead.objects.get_or_create(id=1)
    head = JournalHead.objects.select_for_update().get(id=1)
    entry = JournalEntry(
        number=head.number + 1,
        at=at,
        actor_id=actor.id if actor.id > 0 else None,
        actor_name=actor.name,
        verb=verb,
        noun=noun,
        subject=subject,
        before=before,
        after=after,
        previous=head.digest,
    )
    entry.digest = _digest(head.digest, _signed(entry))
    entry.save(force_insert=True)
    head.number, head.digest = entry.number, entry.digest
    head.save(update_fields=["number", "digest"])
    return entry


def broken(entries: Iterable[JournalEntry], head: JournalHead | None) -> int | None:
    """The number of the first line that does not hold, in order from 1; None when all do.

    A line holds when its number follows, it carries the digest of the one before, and its own digest fits. If the
    newest lines were taken out, the head tells, and the first of them is named.
    """
    previous, number = "", 0
    for entry in entries:
        sound = entry.number == number + 1 and entry.previous == previous
        if not sound or entry.digest != _digest(previous, _signed(entry)):
            return entry.number
        previous, number = entry.digest, entry.number
    last = (head.number, head.digest) if head else (0, "")
    return None if last == (number, previous) else number + 1
