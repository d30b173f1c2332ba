"""Reading the register for partners: who may be asked to join a constellation, who would bring it further, and why.

What somebody would bring is not guessed: what the call counts is counted with and without them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from samspel.engine import constellations
from samspel.engine.calls.judging.matching import Matching
from samspel.engine.calls.judging.measuring import Measuring
from samspel.engine.registry import touches
from samspel.engine.verdicts import Outcome, Reason
from samspel.store.access import visible_to
from samspel.store.models import Organisation
from samspel.store.snapshots import registry as register_values

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from samspel.engine.calls.conditions import Measure
    from samspel.engine.calls.findings import Verdict
    from samspel.engine.calls.text import Call as CallText
    from samspel.engine.permissions import Actor

MOST_SUGGESTIONS = 8
CLOSED_BY_PARTNERS = ("regions", "countries", "kinds", "groups", "hosts", "partners")
"""The counts that another partner can mend, those that are harder to find first."""
GROWING = ("at_least", "more_than", "equals")


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
    text: CallText,
    verdict: Verdict,
    themes: frozenset[str],
    prioritising: frozenset[str],
    language: str,
) -> list[Candidate]:
    """The candidates that would bring the constellation closer to a rule that it does not meet yet, best first.

    `themes` are those that the constellation works on; `prioritising` the regions with a priority coded to them.
    """
    lacking = _lacking(verdict)
    if not lacking:
        return []
    before = _numbers(text, forming, lacking)
    ranked = []
    for row in rows:
        joined = replace(forming, members=(*forming.members, register_values.organisation(row)))
        gain = tuple(a - b for a, b in zip(_numbers(text, joined, lacking), before, strict=True))
        if not any(one > 0 for one in gain):
            continue
        reasons = [Reason.of("partner.counts", kind=row.kind)]
        if any(one > 0 and measure.what == "regions" for one, measure in zip(gain, lacking, strict=True)):
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


def _lacking(verdict: Verdict) -> tuple[Measure, ...]:
    """The counts that a rule asks more of than there is, those of regions first: they are harder to find."""
    found = {}
    for finding in verdict.findings:
        for leaf in finding.need.leaves() if finding.outcome is not Outcome.MET else ():
            if leaf.measure is not None and leaf.measure.what in CLOSED_BY_PARTNERS and leaf.operator in GROWING:
                found[leaf.measure] = CLOSED_BY_PARTNERS.index(leaf.measure.what)
    return tuple(sorted(found, key=found.__getitem__))


def _numbers(text: CallText, forming: constellations.Constellation, measures: tuple[Measure, ...]) -> tuple[int, ...]:
    """What is certain of each of these counts."""
    measuring = Measuring(Matching(text, constellations.situation(forming)))
    return tuple(int(measuring.measure(one)[0].found.low or 0) for one in measures)
