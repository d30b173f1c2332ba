"""Writes to the register: loading a pack of facts, and a region's confirmation that a priority still stands."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from samspel.actions._perform import RefusedError, performing
from samspel.engine.calls.edition import digest
from samspel.engine.verdicts import Reason
from samspel.store.models import Organisation, PastProject, Priority, Region, RegisterPack, Theme

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from django.db.models import Model

    from samspel.engine.packs import Pack
    from samspel.engine.permissions import Actor


def load(*, actor: Actor, at: datetime, pack: Pack, files: Mapping[str, str]) -> RegisterPack:
    """Take a pack of register facts in, replacing what an earlier version said of the same rows.

    A priority whose wording, status or region has changed is no longer confirmed.

    Raises:
        RefusedError: the person is not an officer of the managing authority.
    """
    row = RegisterPack.objects.filter(id=pack.id).first() or RegisterPack(id=pack.id)
    with performing("registry.load", actor=actor, at=at, on=row) as deed:
        names = dict(pack.names)
        deed.row.version, deed.row.digest, deed.row.loaded_at = pack.version, digest(files), at
        deed.row.name_sv, deed.row.name_en, deed.row.credits = names["sv"], names["en"], list(pack.credits)
        _regions(pack)
        _themes(pack)
        _organisations(pack)
        _priorities(pack)
        _projects(pack)
        deed.noted["rows"] = {file: len(rows) for file, rows in pack.tables.items()}
    return deed.row


def _store[Row: Model](model: type[Row], rows: Iterable[Row], *, by: str = "id") -> None:
    """Store rows, replacing those that have the same key."""
    columns = [field.name for field in model._meta.concrete_fields if not field.primary_key]
    model._base_manager.bulk_create(rows, update_conflicts=True, unique_fields=[by], update_fields=columns)


def _regions(pack: Pack) -> None:
    rows = sorted(pack.rows("regions.csv"), key=lambda row: int(row["level"]))
    regions = [
        Region(
            code=row["code"],
            level=int(row["level"]),
            parent_id=row["parent"] or None,
            name_sv=row["name_sv"],
            name_en=row["name_en"],
            path=pack.paths.get(row["code"], ""),
        )
        for row in rows
    ]
    _store(Region, regions, by="code")


def _themes(pack: Pack) -> None:
    themes = [
        Theme(code=row["code"], position=position, name_sv=row["name_sv"], name_en=row["name_en"])
        for position, row in enumerate(pack.rows("themes.csv"))
    ]
    _store(Theme, themes, by="code")


def _organisations(pack: Pack) -> None:
    places = {row["organisation"]: (float(row["x"]), float(row["y"])) for row in pack.rows("positions.csv")}
    rows = pack.rows("organisations.csv")
    organisations = [
        Organisation(
            id=row["id"],
            name=row["name"],
            kind=row["kind"],
            region_id=row["region"] or None,
            theme=row["theme"],
            theme_basis=row["theme_basis"],
            listed=row["listed"] == "yes",
            source=row["source"],
            x=places[row["id"]][0] if row["id"] in places else None,
            y=places[row["id"]][1] if row["id"] in places else None,
        )
        for row in rows
    ]
    _store(Organisation, organisations)
    by_id = {organisation.id: organisation for organisation in organisations}
    for row in rows:
        by_id[row["id"]].host_id = row["host"] or None
    Organisation.objects.bulk_update(organisations, ["host"])
    _tie(Organisation.themes.through, "organisation_id", "theme_id", {row["id"]: row["themes"] for row in rows})


def _priorities(pack: Pack) -> None:
    rows = pack.rows("priorities.csv")
    before = {row.pk: row for row in Priority.objects.select_for_update()}
    priorities = [
        Priority(
            id=row["id"],
            region_id=row["region"],
            name_sv=row["name_sv"],
            name_en=row["name_en"],
            status=row["status"],
            vintage=row["vintage"],
            source=row["source"],
            confirmed_at=_still_confirmed(before.get(row["id"]), row),
        )
        for row in rows
    ]
    _store(Priority, priorities)
    _tie(Priority.themes.through, "priority_id", "theme_id", {row["id"]: row["themes"] for row in rows})


def _still_confirmed(before: Priority | None, row: Mapping[str, str]) -> datetime | None:
    """When the region confirmed the priority, if it still stands as the region confirmed it."""
    columns = ("name_sv", "name_en", "status")
    if before is None or before.region_id != row["region"]:
        return None
    return before.confirmed_at if all(getattr(before, name) == row[name] for name in columns) else None


def _projects(pack: Pack) -> None:
    rows = pack.rows("projects_2017.csv")
    projects = [
        PastProject(
            id=row["id"],
            name=row["name"],
            theme_id=row["sector"],
            partners_known=row["partners_known"],
            total_budget_sek=Decimal(row["total_budget_sek"]) if row["total_budget_sek"] else None,
            period=row["period"],
            not_found=row["not_found"],
            source=row["source"],
        )
        for row in rows
    ]
    _store(PastProject, projects)
    _tie(
        PastProject.partners.through,
        "pastproject_id",
        "organisation_id",
        {row["id"]: row["partners"] for row in rows},
    )


def _tie(through: type[Model], owner: str, other: str, ties: Mapping[str, str]) -> None:
    """Make these ties (ids with spaces between) the only ones that the owners have."""
    rows = through._base_manager
    rows.filter(**{f"{owner}__in": list(ties)}).delete()
    rows.bulk_create(through(**{owner: mine, other: one}) for mine, many in ties.items() for one in many.split())


def enter(*, actor: Actor, at: datetime, organisation: Organisation, themes: Iterable[str] = ()) -> Organisation:
    """Enter an organisation into the register; an invented one has no source and says so.

    Raises:
        RefusedError: `registry.id-taken`, `registry.source-missing` for a real one without a source, or as the
            permission table says.
    """
    if Organisation.objects.filter(pk=organisation.pk).exists():
        raise RefusedError(Reason.of("registry.id-taken", id=organisation.pk))
    if not organisation.invented and not organisation.source.strip():
        raise RefusedError(Reason.of("registry.source-missing"))
    with performing("registry.enter", actor=actor, at=at, on=organisation) as deed:
        deed.row.save(force_insert=True)
        deed.row.themes.set(Theme.objects.filter(pk__in=list(themes)))
        deed.noted["themes"] = sorted(themes)
    return deed.row


def confirm(*, actor: Actor, at: datetime, priority: Priority) -> Priority:
    """Record that the region stands by a priority as the register words it.

    Raises:
        RefusedError: the person is not a regional officer of this region.
    """
    with performing("registry.confirm", actor=actor, at=at, on=priority) as deed:
        deed.row.confirmed_at = at
    return deed.row
