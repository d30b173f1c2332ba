"""Reading the register: names for wording, and everything that the register's pages show."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.db.models import Q

from samspel.engine import permissions
from samspel.engine.registry import Organisation as OrganisationValue
from samspel.store.access import visible_to
from samspel.store.models import Organisation, PastProject, Priority, Region, RegisterPack, Theme
from samspel.store.snapshots.subjects import subject
from samspel.store.version import head

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime
    from decimal import Decimal

    from samspel.engine.permissions import Actor

COUNTY = 3
"""The NUTS level of a Swedish county, the smallest region that has priorities of its own."""
JOINT = 2
"""The NUTS level at which counties make joint lists; a larger region's page only leads on to its parts."""


def names(language: str) -> Mapping[str, str]:
    """Names of regions, themes and organisations by their codes, for putting reasons into words.

    Read once after each write; one small query tells whether anything was written.
    """
    return _names(head(), language)


@lru_cache(maxsize=8)
def _names(version: str, language: str) -> Mapping[str, str]:  # noqa: ARG001 - the version is the key
    named = f"name_{language}"
    return {
        **dict(Region.objects.values_list("code", named)),
        **dict(Theme.objects.values_list("code", named)),
        **dict(Organisation.objects.values_list("id", "name")),
    }


@dataclass(frozen=True, slots=True)
class Named:
    """Something of the register by its code and name. `lang` is the name's language where it is not the page's."""

    code: str
    name: str
    lang: str = ""
    level: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact comes from: its address and, to be read, the site."""

    url: str
    site: str


@dataclass(frozen=True, slots=True)
class PriorityLine:
    """A region's priority as its source words it, and what this reader may do with it (verbs)."""

    id: str
    name: Named
    region: Named
    themes: tuple[Named, ...]
    status: str
    vintage: str
    sources: tuple[Source, ...]
    confirmed_at: datetime | None
    can: frozenset[str]
    name_sv: str
    name_en: str


@dataclass(frozen=True, slots=True)
class OrganisationLine:
    """An organisation in a list. `region` is the node's own; None where it has none or none is known."""

    id: str
    name: str
    kind: str
    region: Named | None
    themes: tuple[Named, ...]
    listed: bool
    invented: bool
    host: Named | None
    theme: str
    theme_basis: str
    sources: tuple[Source, ...]
    x: float | None
    y: float | None

    @property
    def value(self) -> OrganisationValue:
        """The organisation as the engine sees it."""
        home = self.region.code if self.region else ""
        return OrganisationValue(id=self.id, name=self.name, kind=self.kind, region=home)


@dataclass(frozen=True, slots=True)
class ProjectLine:
    """A project granted before Samspel: what is known, and (by code) what was not found."""

    id: str
    name: str
    theme: Named
    partners: tuple[OrganisationLine, ...]
    partners_known: str
    total_budget_sek: Decimal | None
    period: str
    not_found: tuple[str, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class RegionLine:
    """A region in the overview: its own priorities by theme, the joint ones above it, its organisations."""

    region: Named
    own: int
    joint: int
    organisations: int
    by_theme: tuple[tuple[Named, int], ...]


@dataclass(frozen=True, slots=True)
class Pack:
    """The pack of facts that the register was loaded from."""

    name: str
    version: str
    loaded_at: datetime
    digest: str
    credits: tuple[Mapping[str, str], ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """The register at a glance. `lists` are the regions with a list of their own, `counties` all counties."""

    counties: tuple[RegionLine, ...]
    lists: tuple[RegionLine, ...]
    themes: tuple[tuple[Named, int], ...]
    priorities: int
    uncoded: int
    confirmed: int
    listed: int
    others: int
    invented: int
    projects: int
    vintages: tuple[tuple[str, int], ...]
    pack: Pack | None


@dataclass(frozen=True, slots=True)
class Choices:
    """What the register's lists can be filtered by."""

    regions: tuple[Named, ...]
    themes: tuple[Named, ...]
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RegionPage:
    """A region with what holds in it: its own priorities, joint ones above it, those of its parts."""

    region: Named
    above: tuple[Named, ...]
    parts: tuple[Named, ...]
    own: tuple[PriorityLine, ...]
    joint: tuple[PriorityLine, ...]
    within: tuple[PriorityLine, ...]
    organisations: tuple[OrganisationLine, ...]


def _sources(text: str) -> tuple[Source, ...]:
    return tuple(Source(url, urlsplit(url).netloc.removeprefix("www.") or url) for url in text.split())


def region_named(row: Region, language: str) -> Named:
    """A region under its name in this language."""
    return Named(row.code, row.name_sv if language == "sv" else row.name_en, level=row.level)


def theme_named(row: Theme, language: str) -> Named:
    """A theme under its name in this language."""
    return Named(row.code, row.name_sv if language == "sv" else row.name_en)


def worded(code: str, sv: str, en: str, language: str) -> Named:
    """A text in this language, or in the other where the source has only that, which is then said."""
    mine, other, its = (sv, en, "en") if language == "sv" else (en, sv, "sv")
    return Named(code, mine) if mine else Named(code, other, lang=its)


def priority_line(row: Priority, actor: Actor, language: str) -> PriorityLine:
    """A priority as a line (select `region`, prefetch `themes`)."""
    verb = "registry.confirm"
    return PriorityLine(
        id=row.id,
        name=worded(row.id, row.name_sv, row.name_en, language),
        region=region_named(row.region, language),
        themes=tuple(theme_named(theme, language) for theme in row.themes.all()),
        status=row.status,
        vintage=row.vintage,
        sources=_sources(row.source),
        confirmed_at=row.confirmed_at,
        can=frozenset({verb} if permissions.may(verb, actor, subject(row)) else ()),
        name_sv=row.name_sv,
        name_en=row.name_en,
    )


def organisation_line(row: Organisation, language: str) -> OrganisationLine:
    """An organisation as a line (select `region` and `host`, prefetch `themes`)."""
    return OrganisationLine(
        id=row.id,
        name=row.name,
        kind=row.kind,
        region=region_named(row.region, language) if row.region else None,
        themes=tuple(theme_named(theme, language) for theme in row.themes.all()),
        listed=row.listed,
        invented=row.invented,
        host=Named(row.host.id, row.host.name) if row.host else None,
        theme=row.theme,
        theme_basis=row.theme_basis,
        sources=_sources(row.source),
        x=row.x,
        y=row.y,
    )


def _within(code: str, path: str = "region") -> Q:
    """Rows whose region is this one, lies in it, or has it as a part (a joint list counts in every county)."""
    above = [code[:length] for length in range(2, len(code))]
    return Q(**{f"{path}__code__startswith": code}) | Q(**{f"{path}__in": above})


def priorities(actor: Actor, *, language: str, region: str = "", theme: str = "") -> list[PriorityLine]:
    """Priorities by region; those of one region (joint lists above it and its parts included), of one theme."""
    rows = visible_to(actor, Priority).select_related("region").prefetch_related("themes").order_by("region", "id")
    if region:
        rows = rows.filter(_within(region))
    if theme:
        rows = rows.filter(themes=theme)
    return [priority_line(row, actor, language) for row in rows]


def organisations(
    actor: Actor, *, language: str, kind: str = "", region: str = "", theme: str = "", ids: Iterable[str] | None = None
) -> list[OrganisationLine]:
    """Organisations: the listed ones first, invented ones last, by name; of one kind, region (its parts) or theme."""
    rows = visible_to(actor, Organisation).select_related("region", "host").prefetch_related("themes")
    if ids is not None:
        rows = rows.filter(pk__in=list(ids))
    if kind:
        rows = rows.filter(kind=kind)
    if region:
        rows = rows.filter(region__code__startswith=region)
    if theme:
        rows = rows.filter(themes=theme)
    return [organisation_line(row, language) for row in rows.order_by("invented", "-listed", "name", "id")]


def organisation(actor: Actor, *, organisation_id: str, language: str) -> OrganisationLine | None:
    """One organisation, or None when there is no such one."""
    found = organisations(actor, language=language, ids=[organisation_id])
    return found[0] if found else None


def nodes_of(actor: Actor, *, host: str, language: str) -> list[OrganisationLine]:
    """The nodes that this legal person hosts."""
    rows = visible_to(actor, Organisation).filter(host=host).select_related("region", "host")
    return [organisation_line(row, language) for row in rows.prefetch_related("themes").order_by("name")]


def projects(actor: Actor, *, language: str, partner: str = "") -> list[ProjectLine]:
    """The projects of 2017, those whose partners are known first; or those of one partner."""
    rows = visible_to(actor, PastProject).select_related("theme")
    rows = rows.prefetch_related("partners__region", "partners__host", "partners__themes")
    if partner:
        rows = rows.filter(partners=partner)
    lines = [
        ProjectLine(
            id=row.id,
            name=row.name,
            theme=theme_named(row.theme, language),
            partners=tuple(organisation_line(one, language) for one in row.partners.all()),
            partners_known=row.partners_known,
            total_budget_sek=row.total_budget_sek,
            period=row.period,
            not_found=tuple(row.not_found.split()),
            sources=_sources(row.source),
        )
        for row in rows.order_by("theme__position")
    ]
    return sorted(lines, key=lambda line: (line.partners_known != "yes", not line.name))


def choices(actor: Actor, *, language: str) -> Choices:
    """What lists can be filtered by: every region below the country, every theme, every kind that occurs."""
    kinds = visible_to(actor, Organisation).order_by().values_list("kind", flat=True).distinct()
    return Choices(
        regions=tuple(
            region_named(row, language) for row in visible_to(actor, Region).filter(level__gte=2).order_by("code")
        ),
        themes=tuple(theme_named(row, language) for row in visible_to(actor, Theme).order_by("position")),
        kinds=tuple(sorted(kinds)),
    )


def region(actor: Actor, *, code: str, language: str) -> RegionPage | None:
    """A region's page, or None when there is no such region; of the largest regions only the parts are told."""
    around = [code[:length] for length in range(2, len(code))]
    rows = list(visible_to(actor, Region).filter(Q(code__startswith=code) | Q(code__in=around)).order_by("code"))
    own = next((row for row in rows if row.code == code), None)
    if own is None:
        return None
    small = own.level >= JOINT
    lines = priorities(actor, language=language, region=code) if small else []
    return RegionPage(
        region=region_named(own, language),
        above=tuple(region_named(row, language) for row in rows if row.code in around),
        parts=tuple(region_named(row, language) for row in rows if row.parent_id == code),
        own=tuple(line for line in lines if line.region.code == code),
        joint=tuple(line for line in lines if line.region.code in around),
        within=tuple(line for line in lines if line.region.code != code and line.region.code not in around),
        organisations=tuple(organisations(actor, language=language, region=code)) if small else (),
    )


def theme(actor: Actor, *, code: str, language: str) -> Named | None:
    """A theme, or None when there is no such one."""
    row = visible_to(actor, Theme).filter(pk=code).first()
    return theme_named(row, language) if row else None


def _pack(actor: Actor, language: str) -> Pack | None:
    row = visible_to(actor, RegisterPack).order_by("loaded_at").last()
    if row is None:
        return None
    said = tuple(
        {key: part[language] if isinstance(part, dict) else part for key, part in credit.items()}
        for credit in row.credits
        if isinstance(credit, dict)
    )
    name = row.name_sv if language == "sv" else row.name_en
    return Pack(name=name, version=row.version, loaded_at=row.loaded_at, digest=row.digest, credits=said)


def overview(actor: Actor, *, language: str) -> Overview:
    """The register at a glance: how much of what, from when, and which region has priorities in which theme."""
    every = priorities(actor, language=language)
    bodies = list(visible_to(actor, Organisation).values_list("region_id", "listed", "invented"))
    rows = [region_named(row, language) for row in visible_to(actor, Region).order_by("code")]
    themes = [theme_named(row, language) for row in visible_to(actor, Theme).order_by("position")]
    coded = [(line.region.code, theme.code) for line in every for theme in line.themes]
    lists = {line.region.code for line in every}
    vintages = [line.vintage for line in every]

    def line(one: Named) -> RegionLine:
        return RegionLine(
            region=one,
            own=sum(it.region.code == one.code for it in every),
            joint=sum(it.region.code != one.code and one.code.startswith(it.region.code) for it in every),
            organisations=sum(listed and (home or "").startswith(one.code) for home, listed, _ in bodies),
            by_theme=tuple((theme, coded.count((one.code, theme.code))) for theme in themes),
        )

    return Overview(
        counties=tuple(line(one) for one in rows if one.level == COUNTY),
        lists=tuple(line(one) for one in rows if one.code in lists or one.level == COUNTY),
        themes=tuple((theme, sum(code == theme.code for _, code in coded)) for theme in themes),
        priorities=len(every),
        uncoded=sum(not line.themes for line in every),
        confirmed=sum(line.confirmed_at is not None for line in every),
        listed=sum(listed for _, listed, _ in bodies),
        others=sum(not listed and not made_up for _, listed, made_up in bodies),
        invented=sum(made_up for *_, made_up in bodies),
        projects=visible_to(actor, PastProject).count(),
        vintages=tuple((vintage, vintages.count(vintage)) for vintage in sorted(set(vintages), key=vintages.index)),
        pack=_pack(actor, language),
    )
