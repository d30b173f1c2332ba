"""Who the simulator counts over: the organisations of a register that could be members at all, under each theme.

An organisation of a kind that the call refuses is no member and is left out; every other may be one, whether it counts
or not. What a theme changes is whether a priority of it holds where an organisation is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from samspel.engine.constellations import holding, partner
from samspel.engine.registry import COUNTRY_LENGTH, Organisation, Priority
from samspel.engine.verdicts import Reason

if TYPE_CHECKING:
    from samspel.engine.calls.situation import Partner
    from samspel.engine.calls.text import Call
    from samspel.engine.packs import Pack

LENGTHS = {"country": COUNTRY_LENGTH, "nuts1": 3, "nuts2": 4, "nuts3": 5}
"""How long the codes of each level are."""

OUTSIDE = "Z"
"""Codes that end so are not regions, but what lies in none (no NUTS region)."""


class SimulationError(ValueError):
    """The simulator cannot answer; `reason` says why, for `wording` to put into a sentence."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(f"{reason.code} {dict(reason.values)}")
        self.reason = reason


@dataclass(frozen=True)
class Register:
    """What a register holds that the simulator needs. `regions` are the codes of all levels."""

    organisations: tuple[Organisation, ...]
    priorities: tuple[Priority, ...]
    themes: tuple[str, ...]
    regions: tuple[str, ...] = ()

    @cached_property
    def listed(self) -> frozenset[str]:
        """The regions for which any priority at all is registered."""
        return frozenset(one.region for one in self.priorities)

    def at(self, level: str) -> tuple[str, ...]:
        """The regions of a level."""
        return tuple(
            sorted({code for code in self.regions if len(code) == LENGTHS[level] and not code.endswith(OUTSIDE)})
        )


def register_of(pack: Pack) -> Register:
    """A register as a pack of files tells it."""
    return Register(
        organisations=tuple(
            Organisation(row["id"], row["name"], row["kind"], row["region"], row["host"])
            for row in pack.rows("organisations.csv")
        ),
        priorities=tuple(
            Priority(row["id"], row["region"], row["name_en"] or row["name_sv"], frozenset(row["themes"].split()))
            for row in pack.rows("priorities.csv")
        ),
        themes=tuple(row["code"] for row in pack.rows("themes.csv")),
        regions=tuple(row["code"] for row in pack.rows("regions.csv")),
    )


@dataclass(frozen=True, slots=True)
class Pool:
    """The organisations that could be members under a call, and those whose kind it refuses."""

    members: tuple[Organisation, ...]
    refused: tuple[Organisation, ...]


def pool_of(call: Call, register: Register) -> Pool:
    """Part the register by whether the call lets an organisation's kind in at all."""
    refused = call.counting.refused_kinds
    return Pool(
        tuple(one for one in register.organisations if one.kind not in refused),
        tuple(one for one in register.organisations if one.kind in refused),
    )


def themes_of(call: Call, register: Register) -> tuple[str, ...]:
    """The themes that a constellation could choose: those of the register and those that the call declares."""
    return tuple(dict.fromkeys((*register.themes, *call.declared.of("terms.theme"))))


def partners_under(theme: str, pool: Pool, register: Register) -> tuple[Partner, ...]:
    """The pool as the judge sees it while nobody leads yet, with what is known of the theme where each one is.

    Under no theme, or one that the register codes nothing to, no priority is known to hold or to be lacking.
    """
    if theme not in register.themes:
        return tuple(partner(one, holds=(None, ())) for one in pool.members)
    named = tuple(one for one in register.priorities if theme in one.themes)
    known: Callable[[str], tuple[bool | None, tuple[str, ...]]] = lru_cache(maxsize=None)(
        lambda home: holding(home, named, register.listed)
    )
    return tuple(partner(one, holds=known(one.region)) for one in pool.members)
