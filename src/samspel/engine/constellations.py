"""What is true of a constellation: how many of its members count, from which regions, under which theme.

Counts are ranges. A member whose kind the call neither counts nor refuses may count or not, so it widens
the range instead of being guessed.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from samspel.engine.registry import Organisation, Priority, at_level, touches
from samspel.engine.values import UNKNOWN, Range
from samspel.engine.verdicts import Fact, Reason

if TYPE_CHECKING:
    from samspel.engine.calls.text import Counting


@dataclass(frozen=True, slots=True)
class Constellation:
    """Organisations that want to apply together under one theme.

    `priorities` are those the lead has named; `listed` are the regions for which the register holds any
    priority at all, so that a region without a record is told from a region that lacks the theme.
    """

    name: str
    theme: str
    members: tuple[Organisation, ...]
    priorities: tuple[Priority, ...] = ()
    listed: frozenset[str] = frozenset()


class Counts(StrEnum):
    """Whether a member counts towards the minimum of cluster organisations and platforms."""

    YES = "counts"
    NO = "does-not-count"
    OPEN = "may-count"


def counts(member: Organisation, counting: Counting) -> Counts:
    """Say whether a member counts under this call; a kind the call is silent on stays open."""
    if member.kind in counting.counted_kinds:
        return Counts.YES
    return Counts.NO if member.kind in counting.refused_kinds else Counts.OPEN


def _clusters(constellation: Constellation, counting: Counting) -> Fact:
    evidence, sure, possible = [], 0, 0
    for member in constellation.members:
        how = counts(member, counting)
        sure += how is Counts.YES
        possible += how is not Counts.NO
        evidence.append(Reason.of(f"member.{how}", name=member.name, kind=member.kind))
    return Fact(name="constellation.clusters", found=Range.between(sure, possible), evidence=tuple(evidence))


def _region(member: Organisation, counting: Counting) -> str:
    """The member's region at the level the call names; empty where it is unknown or only known more coarsely."""
    return at_level(member.region, counting.level) if len(member.region) >= 2 + counting.level else ""


def _placed(constellation: Constellation, counting: Counting) -> dict[str, list[Organisation]]:
    """The members that count or may count, by region, in order of region."""
    placed: dict[str, list[Organisation]] = {}
    for member in constellation.members:
        region = _region(member, counting)
        if region and counts(member, counting) is not Counts.NO:
            placed.setdefault(region, []).append(member)
    return dict(sorted(placed.items()))


def _surely(members: list[Organisation], counting: Counting) -> bool:
    """Whether one of these members counts for certain."""
    return any(counts(member, counting) is Counts.YES for member in members)


def _regions(constellation: Constellation, counting: Counting) -> Fact:
    placed = _placed(constellation, counting)
    homeless = [member for member in constellation.members if not _region(member, counting)]
    uncertain = [member for member in homeless if counts(member, counting) is not Counts.NO]
    evidence = [
        Reason.of(
            "region.counts" if _surely(members, counting) else "region.may-count",
            region=region,
            names=", ".join(member.name for member in members),
        )
        for region, members in placed.items()
    ]
    evidence += [
        Reason.of("member.region-unknown", name=member.name)
        if member in uncertain
        else Reason.of("member.no-region", name=member.name, kind=member.kind)
        for member in homeless
    ]
    sure = sum(_surely(members, counting) for members in placed.values())
    low = sure or int(_surely(uncertain, counting))
    found = Range.between(low, len(placed) + len(uncertain))
    return Fact(name="constellation.regions", found=found, evidence=tuple(evidence))


def _themes(constellation: Constellation) -> Fact:
    evidence = (Reason.of("theme.chosen", theme=constellation.theme),) if constellation.theme else ()
    return Fact(name="constellation.themes", found=Range.exactly(len(evidence)), evidence=evidence)


def _regions_untied(constellation: Constellation, counting: Counting) -> Fact:
    """Count the represented regions in which no priority has been named that holds where a member is.

    A priority holds where a member is if it is that of the member's own region, of a larger one around it
    (a joint list), or of a part of it. Where the register has no priority at all for any of the members' own
    regions, nothing can be said, and the region stays open. So does it for a member that counts and whose region
    is not known; one that only may count and has no known region stands for none.
    """
    homeless = [m for m in constellation.members if counts(m, counting) is Counts.YES and not _region(m, counting)]
    evidence = [Reason.of("member.region-unknown", name=member.name) for member in homeless]
    surely, possibly = 0, len(homeless)
    for region, members in _placed(constellation, counting).items():
        homes = [member.region for member in members]
        named = [p.name for p in constellation.priorities if any(touches(p.region, home) for home in homes)]
        listed = any(touches(one, home) for one in constellation.listed for home in homes)
        if named:
            evidence.append(Reason.of("region.tied", region=region, names="; ".join(named)))
            continue
        possibly += 1
        surely += listed and _surely(members, counting)
        evidence.append(Reason.of("region.untied" if listed else "region.unlisted", region=region))
    found = Range.between(surely, possibly) if evidence else UNKNOWN
    return Fact(name="constellation.regions_untied", found=found, evidence=tuple(evidence))


def facts(constellation: Constellation, counting: Counting) -> dict[str, Fact]:
    """Compute every fact about a constellation that a rule may speak of, by name.

    >>> from samspel.engine.calls.text import Counting
    >>> node = Organisation(id="a", name="A", kind="cluster-organisation", region="SE110")
    >>> kinds = frozenset({"cluster-organisation"})
    >>> rules = Counting(counted_kinds=kinds, refused_kinds=frozenset(), level=2, source="")
    >>> facts(Constellation(name="x", theme="", members=(node,)), rules)["constellation.clusters"].found
    Range(low=Decimal('1'), high=Decimal('1'))
    """
    found = (
        _clusters(constellation, counting),
        _regions(constellation, counting),
        _themes(constellation),
        _regions_untied(constellation, counting),
    )
    return {fact.name: fact for fact in found}
