"""Writes on constellations: starting one, adding and removing members, naming theme and priorities."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samspel.actions._perform import EditConflictError, RefusedError, performing
from samspel.engine.registry import touches
from samspel.engine.values import plain_text
from samspel.engine.verdicts import Reason
from samspel.store.models import Call, Constellation, Member, Organisation, Person, Priority, Theme

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from samspel.engine.permissions import Actor

LONGEST_NAME = 120


def start(
    *, actor: Actor, at: datetime, call: Call, name: str, lead: Organisation, invented: str = ""
) -> Constellation:
    """Start a constellation for an open call; its lead is its first member.

    Raises:
        RefusedError: `constellation.call-not-open`, `constellation.name-empty`, `constellation.name-too-long`,
            `constellation.name-taken`, or as the permission table says.
    """
    name = " ".join(plain_text(name).split())
    if not name:
        raise RefusedError(Reason.of("constellation.name-empty"))
    if len(name) > LONGEST_NAME:
        raise RefusedError(Reason.of("constellation.name-too-long", longest=LONGEST_NAME))
    if not invented and Person.objects.filter(pk=actor.id, invented=True).exists():
        invented = "content"  # what an invented person does for a real organisation is made up
    row = Constellation(call=call, name=name, lead=lead, invented="all" if lead.invented else invented)
    with performing("constellations.start", actor=actor, at=at, on=row) as deed:
        _require_open(call)
        if Constellation.objects.filter(call=call, name=name).exists():
            raise RefusedError(Reason.of("constellation.name-taken", name=name))
        deed.row.save()
        Member.objects.create(constellation=deed.row, organisation=lead, joined_at=at)
        deed.noted["members"] = [lead.pk]
    return deed.row


def _require_open(call: Call) -> None:
    state = Call.objects.select_for_update().values_list("state", flat=True).get(pk=call.pk)
    if state != "open":
        raise RefusedError(Reason.of("constellation.call-not-open", state=state))


def add(*, actor: Actor, at: datetime, constellation: Constellation, organisation: Organisation) -> Constellation:
    """Add an organisation.

    Raises:
        RefusedError: `constellation.call-not-open`, `constellation.member-already`,
            `constellation.invented-with-real` when an invented organisation would stand beside a real one;
            otherwise as the permission table says.
    """
    with performing("constellations.add", actor=actor, at=at, on=constellation) as deed:
        _require_open(deed.row.call)
        if deed.row.members.filter(organisation=organisation).exists():
            raise RefusedError(Reason.of("constellation.member-already", name=organisation.name))
        if organisation.invented != deed.row.lead.invented:
            raise RefusedError(Reason.of("constellation.invented-with-real"))
        Member.objects.create(constellation=deed.row, organisation=organisation, joined_at=at)
        deed.row.revision += 1
        deed.noted["added"] = organisation.pk
    return deed.row


def remove(*, actor: Actor, at: datetime, constellation: Constellation, organisation: Organisation) -> Constellation:
    """Take an organisation out, and with it the priorities named for a region that nobody is left from.

    Raises:
        RefusedError: `constellation.call-not-open`, `constellation.lead-stays`, `constellation.not-member`;
            otherwise as the permission table says.
    """
    with performing("constellations.remove", actor=actor, at=at, on=constellation) as deed:
        _require_open(deed.row.call)
        if organisation.pk == deed.row.lead_id:
            raise RefusedError(Reason.of("constellation.lead-stays"))
        removed, _ = deed.row.members.filter(organisation=organisation).delete()
        if not removed:
            raise RefusedError(Reason.of("constellation.not-member", name=organisation.name))
        gone = [p for p in deed.row.priorities.all() if not _belongs(deed.row, p)]
        deed.row.priorities.remove(*gone)
        deed.row.revision += 1
        deed.noted |= {"removed": organisation.pk, "priorities_removed": [p.pk for p in gone]}
    return deed.row


def _belongs(constellation: Constellation, priority: Priority) -> bool:
    regions = constellation.members.values_list("organisation__region_id", flat=True)
    return any(touches(priority.region_id, region) for region in regions if region)


def describe(
    *,
    actor: Actor,
    at: datetime,
    constellation: Constellation,
    theme: Theme | None,
    priorities: Iterable[Priority],
    revision: int,
) -> Constellation:
    """Name the theme, and the priorities of the members' regions that it answers to.

    Raises:
        EditConflictError: somebody changed the constellation after `revision` was read.
        RefusedError: `constellation.call-not-open`, `constellation.priority-elsewhere` for a priority of a region
            that no member is from; otherwise as the permission table says.
    """
    chosen = list(priorities)
    with performing("constellations.describe", actor=actor, at=at, on=constellation) as deed:
        _require_open(deed.row.call)
        if deed.row.revision != revision:
            raise EditConflictError(
                stored={"theme": deed.row.theme_id, "priorities": _named(deed.row)},
                offered={"theme": theme.pk if theme else None, "priorities": sorted(p.pk for p in chosen)},
                revision=deed.row.revision,
                by="",
            )
        for priority in chosen:
            if not _belongs(deed.row, priority):
                raise RefusedError(Reason.of("constellation.priority-elsewhere", region=priority.region_id))
        deed.noted["priorities_before"] = _named(deed.row)
        deed.row.theme = theme
        deed.row.priorities.set(chosen)
        deed.row.revision += 1
        deed.noted["priorities"] = _named(deed.row)
    return deed.row


def _named(constellation: Constellation) -> list[str]:
    return sorted(constellation.priorities.values_list("pk", flat=True))
