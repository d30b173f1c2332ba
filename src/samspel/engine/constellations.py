"""A constellation as it forms: organisations that want to apply together under one theme, and what is known of them.

What a rule makes of them is for `calls.judge` to say. A member whose kind the call neither counts nor refuses may
count or not, and is never guessed.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from samspel.engine.calls.situation import Partner, Situation
from samspel.engine.registry import Organisation, Priority, touches

if TYPE_CHECKING:
    from collections.abc import Iterable

    from samspel.engine.calls.text import Counting


@dataclass(frozen=True, slots=True)
class Constellation:
    """Organisations that want to apply together under one theme.

    `lead` is the lead's id. `priorities` are those the lead has named; `listed` are the regions for which the
    register holds any priority at all, so that a region without a record is told from one that lacks the theme.
    """

    name: str
    theme: str
    members: tuple[Organisation, ...]
    lead: str = ""
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


def holding(home: str, priorities: Iterable[Priority], listed: Iterable[str]) -> tuple[bool | None, tuple[str, ...]]:
    """Say whether one of these priorities holds in a region, and name those that do; None where that is not known.

    A priority holds in a region if it is the region's own, that of a larger one around it (a joint list), or that of a
    part of it. It is known only where any priority at all is registered, which is so for the regions in `listed`.
    """
    named = tuple(one.name for one in priorities if home and touches(one.region, home))
    known = bool(home) and any(touches(one, home) for one in listed)
    return (True if named else False if known else None), named


def partner(member: Organisation, *, holds: tuple[bool | None, tuple[str, ...]], lead: str | None = None) -> Partner:
    """A member as the judge sees it; `holds` is what `holding` says of its region, `lead` the lead's id.

    An empty `lead` says that nobody leads yet.
    """
    return Partner(
        id=member.id,
        name=member.name,
        kind=None if member.kind == "unknown" else member.kind,
        region=member.region or None,
        host=member.host or None,
        roles=None if lead is None else ("lead",) if member.id == lead else ("partner",),
        priority=holds[0],
        priorities=holds[1],
    )


def situation(constellation: Constellation) -> Situation:
    """What is known of a constellation while it forms: its members, where they are, and the theme it has chosen.

    >>> node = Organisation(id="a", name="A", kind="cluster-organisation", region="SE110")
    >>> situation(Constellation(name="x", theme="", members=(node,))).partners[0].region
    'SE110'
    """
    return Situation(
        partners=tuple(
            partner(
                member,
                holds=holding(member.region, constellation.priorities, constellation.listed),
                lead=constellation.lead,
            )
            for member in constellation.members
        ),
        themes=(constellation.theme,) if constellation.theme else (),
    )
