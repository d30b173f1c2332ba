"""Trying a constellation out against a call, before anybody has formed one; nothing is stored."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from samspel.engine import constellations
from samspel.engine.calls.judging.judge import judge
from samspel.engine.registry import touches
from samspel.store.access import visible_to
from samspel.store.models import Organisation, Priority
from samspel.store.queries import registry
from samspel.store.snapshots.constellations import assembled

if TYPE_CHECKING:
    from collections.abc import Iterable

    from samspel.engine.calls.findings import Verdict
    from samspel.engine.permissions import Actor
    from samspel.store.queries.calls import CallShown


@dataclass(frozen=True, slots=True)
class Choice:
    """An organisation that can be chosen, whether it has been, and how the call counts its kind."""

    organisation: registry.OrganisationLine
    chosen: bool
    counts: str


@dataclass(frozen=True, slots=True)
class Group:
    """Organisations of one region at the level the call tells regions apart at; None: without a known region."""

    region: registry.Named | None
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class NamedPriority:
    """A priority that holds where a chosen organisation is, and whether it has been named."""

    priority: registry.PriorityLine
    chosen: bool
    of_theme: bool


@dataclass(frozen=True, slots=True)
class Preset:
    """A constellation of 2017 whose partners are known, to begin from."""

    name: str
    theme: str
    partners: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trial:
    """What has been chosen so far, what can be chosen, and how the call's rules answer."""

    chosen: tuple[Choice, ...]
    groups: tuple[Group, ...]
    hidden: int
    unknown: int
    mixed: bool
    themes: tuple[registry.Named, ...]
    priorities: tuple[NamedPriority, ...]
    presets: tuple[Preset, ...]
    lead: str
    verdict: Verdict


def trial(
    actor: Actor,
    *,
    call: CallShown,
    chosen: Iterable[str],
    theme: str,
    priorities: Iterable[str],
    search: str,
    language: str,
    lead: str = "",
) -> Trial:
    """Judge these organisations under this theme and these priorities, and offer the others whose name has `search`.

    Ids that the register does not hold are left out and counted as unknown; a priority counts only while it
    holds where one of the chosen is. While nobody is said to lead, it is not known what anybody does.
    """
    wanted = dict.fromkeys(chosen)
    every = registry.organisations(actor, language=language)
    choice = registry.choices(actor, language=language)
    themes = {one.code for one in choice.themes}
    mine = {one.id: one for one in every if one.id in wanted}
    homes = [one.region.code for one in mine.values() if one.region]
    near = [
        line
        for line in registry.priorities(actor, language=language)
        if any(touches(line.region.code, home) for home in homes)
    ]
    named = {line.id for line in near} & set(priorities)
    members = visible_to(actor, Organisation).filter(pk__in=mine)
    by_id = {row.pk: row for row in members}
    forming = assembled(
        name="",
        lead=lead if lead in mine else "",
        theme=theme if theme in themes else "",
        members=[by_id[one] for one in wanted if one in by_id],
        priorities=visible_to(actor, Priority).filter(pk__in=named).order_by("region", "id"),
        language=language,
    )

    def counted(line: registry.OrganisationLine) -> Choice:
        how = constellations.counts(line.value, call.text.counting)
        return Choice(line, chosen=line.id in mine, counts=how)

    found = [one for one in every if one.id not in mine and search.casefold() in one.name.casefold()]
    return Trial(
        chosen=tuple(counted(mine[one]) for one in wanted if one in mine),
        groups=_by_region([counted(one) for one in found], choice.regions, call.text.counting.nuts),
        hidden=len(every) - len(mine) - len(found),
        unknown=len(wanted) - len(mine),
        mixed=len({one.invented for one in mine.values()}) > 1,
        themes=choice.themes,
        priorities=tuple(
            NamedPriority(line, chosen=line.id in named, of_theme=any(one.code == theme for one in line.themes))
            for line in near
        ),
        presets=tuple(
            Preset(project.name, project.theme.code, tuple(one.id for one in project.partners))
            for project in registry.projects(actor, language=language)
            if project.partners_known == "yes"
        ),
        lead=forming.lead,
        verdict=_judged(call, forming),
    )


def _judged(call: CallShown, forming: constellations.Constellation) -> Verdict:
    situation = constellations.situation(forming)
    if not forming.lead:
        partners = tuple(replace(one, roles=None) for one in situation.partners or ())
        situation = replace(situation, partners=partners)
    return judge(call.text, situation, about="constellation")


def _by_region(choices: Iterable[Choice], regions: Iterable[registry.Named], level: int) -> tuple[Group, ...]:
    """Choices by region in the order of the codes, those without a known region last."""
    names = {one.code: one for one in regions if one.level == level}
    groups: dict[str, list[Choice]] = {}
    for choice in choices:
        home = choice.organisation.region
        code = home.code[: 2 + level] if home else ""
        groups.setdefault(code if code in names else "", []).append(choice)
    return tuple(Group(names.get(code), tuple(groups[code])) for code in sorted(groups, key=lambda it: (not it, it)))
