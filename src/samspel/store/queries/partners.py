"""Reading the register for partners: who may be asked to join a constellation, who would bring it further, and why.

What somebody would bring is not guessed: the constellation's facts are computed with and without them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from samspel.engine import constellations
from samspel.engine.registry import touches
from samspel.engine.verdicts import Outcome, Reason
from samspel.store.access import visible_to
from samspel.store.models import Organisation
from samspel.store.snapshots import registry as register_values

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from samspel.engine.calls.text import Counting
    from samspel.engine.permissions import Actor
    from samspel.engine.values import Range
    from samspel.engine.verdicts import Fact, Verdict

MOST_SUGGESTIONS = 8
CLOSED_BY_PARTNERS = ("constellation.regions", "constellation.clusters")
"""The facts that another partner can mend, the one that is harder to find first."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An organisation of the register that is not a member; `reasons` say what it would bring."""

    id: str
    name: str
    kind: str
    region: str
    region_name: str
    host: str
    invented: bool
    reasons: tuple[Reason, ...] = ()


def candidates(actor: Actor, *, invented: bool, beside: Iterable[str], language: str) -> list[Organisation]:
    """The organisations of the same sort (invented or real) that stand in the register and are not members."""
    named = "region__name_sv" if language == "sv" else "region__name_en"
    rows = visible_to(actor, Organisation).filter(invented=invented).exclude(pk__in=list(beside))
    return list(rows.select_related("region", "host").prefetch_related("themes").order_by("name", named))


def shown(row: Organisation, language: str, reasons: tuple[Reason, ...] = ()) -> Candidate:
    """A candidate as plain data."""
    region = row.region
    return Candidate(
        id=row.pk,
        name=row.name,
        kind=row.kind,
        region=row.region_id or "",
        region_name="" if region is None else region.name_sv if language == "sv" else region.name_en,
        host=row.host.name if row.host else "",
        invented=row.invented,
        reasons=reasons,
    )


def matching(rows: Iterable[Organisation], wanted: str, language: str, words: Mapping[str, str]) -> list[Candidate]:
    """The candidates in whose name, kind, region, host or field every searched word occurs; `words` name the kinds."""
    asked = wanted.casefold().split()
    found = []
    for row in rows:
        one = shown(row, language)
        themes = " ".join(theme.name_sv if language == "sv" else theme.name_en for theme in row.themes.all())
        text = f"{one.name} {words.get(one.kind, '')} {one.region_name} {one.region} {one.host} {themes}".casefold()
        if all(word in text for word in asked):
            found.append(one)
    return found


def suggested(
    rows: Iterable[Organisation],
    *,
    forming: constellations.Constellation,
    counting: Counting,
    verdict: Verdict,
    themes: frozenset[str],
    prioritising: frozenset[str],
    language: str,
) -> list[Candidate]:
    """The candidates that would bring the constellation closer to a rule that it does not meet yet, best first.

    `themes` are those that the constellation works on; `prioritising` the regions with a priority coded to them.
    """
    lacking = {f.fact for f in verdict.findings if f.outcome is not Outcome.MET} & set(CLOSED_BY_PARTNERS)
    if not lacking:
        return []
    before = constellations.facts(forming, counting)
    ranked = []
    for row in rows:
        joined = replace(forming, members=(*forming.members, register_values.organisation(row)))
        after = constellations.facts(joined, counting)
        gain = tuple(_gain(before, after, fact) if fact in lacking else 0 for fact in CLOSED_BY_PARTNERS)
        if not any(gain):
            continue
        reasons = [Reason.of("partner.counts", kind=row.kind)]
        if gain[0]:
            reasons.append(Reason.of("partner.new-region", region=row.region_id))
        shared = sorted(themes & {theme.code for theme in row.themes.all()})
        reasons += [Reason.of("partner.shares-theme", theme=theme) for theme in shared]
        home = row.region_id or ""
        prioritised = bool(home) and any(touches(region, home) for region in prioritising)
        if prioritised:
            reasons.append(Reason.of("partner.region-prioritises", region=home))
        rank = (-len(shared), *(-one for one in gain), not prioritised, row.name)
        ranked.append((rank, shown(row, language, tuple(reasons))))
    return [one for _, one in sorted(ranked, key=lambda pair: pair[0])[:MOST_SUGGESTIONS]]


def _gain(before: Mapping[str, Fact], after: Mapping[str, Fact], fact: str) -> int:
    """By how much the number that is certain grows."""
    return _surely(after[fact].found) - _surely(before[fact].found)


def _surely(found: Range) -> int:
    return int(found.low or 0)
