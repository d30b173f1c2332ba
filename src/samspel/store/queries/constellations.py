"""Reading constellations: the workspace in which one is formed, judged as it stands, with who could join it.

Everything that the workspace shows is read here in a fixed number of questions, however many the members.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Prefetch

from samspel.engine import constellations, permissions
from samspel.engine.calls.text import said
from samspel.engine.permissions import Subject
from samspel.engine.registry import at_level, touches
from samspel.engine.verdicts import Reason
from samspel.store.access import visible_to
from samspel.store.models import (
    Application,
    Call,
    Constellation,
    Edition,
    Member,
    Organisation,
    Priority,
    Region,
    Theme,
)
from samspel.store.queries import partners
from samspel.store.queries.registry import organisation_line
from samspel.store.snapshots import constellations as constellation_values
from samspel.store.snapshots import registry as register_values
from samspel.store.snapshots.calls import call as call_text
from samspel.store.snapshots.judged import verdict_while_forming
from samspel.store.snapshots.subjects import subject

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from samspel.engine.calls.findings import Verdict
    from samspel.engine.calls.text import Call as CallText
    from samspel.engine.permissions import Actor
    from samspel.store.queries.registry import OrganisationLine

VERBS = ("constellations.add", "constellations.remove", "constellations.describe")


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that can be chosen, by code and name."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Beginning:
    """What starting a constellation needs to know: the call, and the organisations one may lead it with."""

    call: str
    title: str
    leads: tuple[Choice, ...]
    refusal: Reason | None


@dataclass(frozen=True, slots=True)
class Partner:
    """A member as the workspace shows it; `counts` and `why` are under this call, `part_of` the region that counts."""

    id: str
    name: str
    kind: str
    region: str
    region_name: str
    part_of: str
    part_of_name: str
    host: str
    host_name: str
    counts: str
    why: Reason
    invented: bool
    lead: bool


@dataclass(frozen=True, slots=True)
class NamedPriority:
    """A priority that can be named; `tongue` is the language of its name, `fits` whether it is coded to the theme."""

    id: str
    name: str
    tongue: str
    status: str
    fits: bool
    named: bool


@dataclass(frozen=True, slots=True)
class RegionPriorities:
    """The priorities of one region that a member is from."""

    code: str
    name: str
    priorities: tuple[NamedPriority, ...]


@dataclass(frozen=True, slots=True)
class Workspace:
    """A constellation as its members see it."""

    id: int
    name: str
    state: str
    invented: str
    revision: int
    call: str
    call_title: str
    call_state: str
    text: CallText
    verdict: Verdict
    members: tuple[Partner, ...]
    theme: str
    theme_name: str
    themes: tuple[Choice, ...]
    priorities: tuple[RegionPriorities, ...]
    nodes: tuple[OrganisationLine, ...]
    suggestions: tuple[partners.Candidate, ...]
    found: tuple[partners.Candidate, ...]
    others: tuple[partners.Candidate, ...]
    application: int | None
    application_state: str
    can: frozenset[str]


def permitted(actor: Actor, verbs: Iterable[str], matter: Subject) -> frozenset[str]:
    """Those of the verbs that the person may use on this matter now."""
    return frozenset(verb for verb in verbs if permissions.may(verb, actor, matter))


def whole(members: str = "members") -> Prefetch[str]:
    """Members with organisation, region, host and themes, in two questions more."""
    rows = Member.objects.select_related("organisation__region", "organisation__host")
    return Prefetch(members, rows.prefetch_related("organisation__themes"))


def newest_edition(row: Constellation) -> Edition:
    """The edition that an application would be, or was, started under."""
    if hasattr(row, "application"):
        return row.application.edition
    return Edition.objects.filter(call=row.call_id).latest("number")


def beginning(actor: Actor, *, call_id: str, language: str) -> Beginning | None:
    """What starting a constellation for this call needs to know; None when there is no such call to be seen."""
    call = visible_to(actor, Call).filter(pk=call_id).first()
    edition = Edition.objects.filter(call=call_id).order_by("-number").first()
    if call is None or edition is None:
        return None
    rows = visible_to(actor, Organisation).filter(pk__in=actor.organisations).order_by("name")
    leads = tuple(Choice(row.pk, row.name) for row in rows)
    answer = permissions.may("constellations.start", actor, Subject(state="new", lead=leads[0].code if leads else ""))
    refusal = None if answer else answer.reason
    if answer and call.state != "open":
        refusal = Reason.of("constellation.call-not-open", state=call.state)
    return Beginning(call=call.pk, title=said(call_text(edition).title, language), leads=leads, refusal=refusal)


def workspace(
    actor: Actor, pk: int, *, language: str, wanted: str = "", kinds: Mapping[str, str] | None = None
) -> Workspace | None:
    """The workspace of a constellation; `wanted` searches the register, `kinds` are the words of the kinds.

    None when there is no such constellation, or none that the person may know of.
    """
    rows = visible_to(actor, Constellation).select_related("call", "theme", "lead", "application__edition")
    row = rows.prefetch_related(whole(), "priorities").filter(pk=pk).first()
    if row is None:
        return None
    text = call_text(newest_edition(row))
    forming = constellation_values.constellation(row, language=language)
    verdict = verdict_while_forming(text, forming)
    regions = {one.code: one for one in visible_to(actor, Region)}
    members = tuple(_partner(member.organisation, row, text, regions, language) for member in row.members.all())
    themes = list(visible_to(actor, Theme))
    priorities = list(visible_to(actor, Priority).prefetch_related("themes"))
    can = permitted(actor, VERBS, subject(row)) | _application_verbs(actor, row)
    suggestions, found, others = [], [], []
    if "constellations.add" in can:
        open_to = partners.candidates(
            actor, invented=row.lead.invented, beside=[member.id for member in members], language=language
        )
        sought = _themes(row)
        prioritising = {p.region_id for p in priorities if sought & {theme.code for theme in p.themes.all()}}
        suggestions = partners.suggested(
            open_to,
            forming=forming,
            text=text,
            verdict=verdict,
            themes=sought,
            prioritising=frozenset(prioritising),
            language=language,
        )
        others = [partners.shown(one, language) for one in open_to]
        if wanted:
            found = partners.matching(open_to, wanted, language, kinds or {})
    application: Application | None = getattr(row, "application", None)
    return Workspace(
        id=row.pk,
        name=row.name,
        state=row.state,
        invented=row.invented,
        revision=row.revision,
        call=row.call_id,
        call_title=said(text.title, language),
        call_state=row.call.state,
        text=text,
        verdict=verdict,
        members=members,
        theme=row.theme_id or "",
        theme_name=_named(row.theme, language) if row.theme else "",
        themes=tuple(Choice(theme.code, _named(theme, language)) for theme in themes),
        priorities=_priorities(row, priorities, regions, language),
        nodes=tuple(organisation_line(member.organisation, language) for member in row.members.all()),
        suggestions=tuple(suggestions),
        found=tuple(found),
        others=tuple(others),
        application=application.pk if application else None,
        application_state=application.state if application else "",
        can=can,
    )


def _named(row: Region | Theme, language: str) -> str:
    return row.name_sv if language == "sv" else row.name_en


def _application_verbs(actor: Actor, row: Constellation) -> frozenset[str]:
    """Whether an application may be started, which needs that there is none and that the call is open."""
    if hasattr(row, "application") or row.call.state != "open":
        return frozenset()
    return permitted(actor, ["applications.start"], subject(Application(constellation=row)))


def _themes(row: Constellation) -> frozenset[str]:
    """What the constellation works on: its theme, or as long as none is chosen the lead's."""
    return frozenset({row.theme_id} if row.theme_id else {theme.code for theme in row.lead.themes.all()})


def _partner(
    row: Organisation, constellation: Constellation, text: CallText, regions: Mapping[str, Region], language: str
) -> Partner:
    value = register_values.organisation(row)
    how = constellations.counts(value, text.counting)
    level = text.counting.nuts
    part_of = at_level(value.region, level) if len(value.region) >= 2 + level else ""
    county = regions.get(value.region)
    return Partner(
        id=row.pk,
        name=row.name,
        kind=row.kind,
        region=value.region,
        region_name=_named(county, language) if county else "",
        part_of=part_of,
        part_of_name=_named(regions[part_of], language) if part_of else "",
        host=value.host,
        host_name=row.host.name if row.host else "",
        counts=how,
        why=Reason.of(f"member.{how}", name=row.name, kind=row.kind),
        invented=row.invented,
        lead=row.pk == constellation.lead_id,
    )


def _priorities(
    row: Constellation, priorities: Iterable[Priority], regions: Mapping[str, Region], language: str
) -> tuple[RegionPriorities, ...]:
    """The priorities of the members' regions, region by region; those that are coded to the theme come first."""
    homes = {member.organisation.region_id for member in row.members.all() if member.organisation.region_id}
    named = {one.pk for one in row.priorities.all()}
    grouped: dict[str, list[NamedPriority]] = {}
    for one in priorities:
        if not any(touches(one.region_id, home) for home in homes):
            continue
        own, other = (one.name_sv, one.name_en) if language == "sv" else (one.name_en, one.name_sv)
        line = NamedPriority(
            id=one.pk,
            name=own or other,
            tongue=language if own else {"sv": "en", "en": "sv"}[language],
            status=one.status,
            fits=row.theme_id in {theme.code for theme in one.themes.all()},
            named=one.pk in named,
        )
        grouped.setdefault(one.region_id, []).append(line)
    return tuple(
        RegionPriorities(
            code=code,
            name=_named(regions[code], language),
            priorities=tuple(sorted(lines, key=lambda line: not line.fits)),
        )
        for code, lines in sorted(grouped.items())
    )
