"""A situation: who would apply together, with what money, when, and what else is known.

None means that something is not known, an empty tuple that there is none of it. Rules are judged on a
situation; a constellation, an application and a case in a file are all turned into one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from samspel.engine.values import UNKNOWN, Range

if TYPE_CHECKING:
    from collections.abc import Mapping

NOWHERE = "none"
"""The region of a partner that is known to have none, such as a national body."""


@dataclass(frozen=True, slots=True)
class Aid:
    """De minimis aid granted on a day, in the call's currency (Regulation (EU) 2023/2831, Article 3)."""

    on: date
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Partner:
    """One organisation or node in the constellation. `region` is a NUTS code, `none`, or None where not known.

    `host` and `group` are ids of the legal person behind a node and of the linked entities it belongs to.
    `registers` maps a register to the day since when the partner stands there, `applied` or `no`; `states` are
    its own statements. `priority` says whether a priority of the chosen theme holds in its region; `priorities` are
    the names of those that do.
    """

    id: str
    name: str = ""
    kind: str | None = None
    region: str | None = None
    country: str | None = None
    host: str | None = None
    host_region: str | None = None
    group: str | None = None
    roles: tuple[str, ...] | None = None
    legal_form: str | None = None
    legal_person: bool | None = None
    non_profit: bool | None = None
    size: str | None = None
    financing: bool | None = None
    founded: date | None = None
    registers: Mapping[str, date | str] = field(default_factory=dict)
    states: Mapping[str, bool] = field(default_factory=dict)
    priority: bool | None = None
    priorities: tuple[str, ...] = ()
    aid: tuple[Aid, ...] | None = None

    @property
    def lies_in(self) -> str | None:
        """Its country (ISO 3166 alpha-2), given or from its region; None where neither is known."""
        if self.country:
            return self.country
        return self.region[:2] if self.region and self.region != NOWHERE else None


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the budget: an amount, by whom, where, when, in what form, in which currency (empty: the call's)."""

    amount: Decimal | None
    by: str | None = None
    category: str | None = None
    activity: str | None = None
    phase: str | None = None
    place: str | None = None
    form: str | None = None
    eligible: bool | None = None
    budget: str | None = None
    currency: str = ""
    year: int | None = None


@dataclass(frozen=True, slots=True)
class GrantLine:
    """A part of the grant asked for: by one partner, for one category or activity, in one phase, budget or year."""

    amount: Decimal | None
    by: str | None = None
    category: str | None = None
    activity: str | None = None
    phase: str | None = None
    budget: str | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Funding:
    """What one co-funder gives; `certified` is the amount its certificate states, None where there is none yet."""

    amount: Decimal | None
    funder: str = ""
    source: str | None = None
    giver: str | None = None
    giver_region: str | None = None
    form: str | None = None
    state: str | None = None
    certified: Decimal | None = None
    on: date | None = None
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """A document handed in: its type, whom it is from, who has signed it."""

    type: str
    by: str | None = None
    signed_by: str | None = None
    language: str | None = None
    template: str | None = None
    valid: bool | None = None
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier application or project of a partner (None: of the constellation), with its days where known.

    Two partners of the same earlier project name it by the same id.
    """

    id: str = ""
    status: str | None = None
    by: str | None = None
    programme: str | None = None
    stage: str | None = None
    funder: str | None = None
    starts: date | None = None
    ends: date | None = None


@dataclass(frozen=True, slots=True)
class Entrant:
    """One application among all, as rules over the whole set see it. `points` is None before assessment."""

    id: str
    lead: str | None = None
    lead_kind: str | None = None
    theme: str | None = None
    strand: str | None = None
    country: str | None = None
    region: str | None = None
    grant: Decimal | None = None
    state: str | None = None
    decision: str | None = None
    points: Decimal | None = None
    partners: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Assessor:
    """Someone who assesses, and whether they have declared a conflict of interest."""

    conflict: bool | None = None


@dataclass(frozen=True, slots=True)
class Opinion:
    """An opinion given by an outside body of some kind."""

    giver: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A change after the award: its kind, whether it is major, and the money moved from a line of the budget."""

    kind: str | None = None
    major: bool | None = None
    category: str | None = None
    amount: Decimal | None = None
    line: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Waiver:
    """A rule set aside for this one application, with the written reason."""

    rule: str
    reason: str


@dataclass(frozen=True, slots=True)
class Situation:
    """Everything that is known when a rule is judged. Every list is None while nothing is known of it.

    `on` is the day of judging (None: the call's day). Totals stand for the lines where these are not known.
    `statements` maps a statement of the project to a number, or to 1 and 0 for yes and no.
    """

    on: date | None = None
    stage: str = ""
    strand: str | None = None
    partners: tuple[Partner, ...] | None = None
    costs: tuple[Line, ...] | None = None
    total_cost: Range = UNKNOWN
    eligible_cost: Range = UNKNOWN
    grant: Range = UNKNOWN
    grants: tuple[GrantLine, ...] | None = None
    cofunding: tuple[Funding, ...] | None = None
    themes: tuple[str, ...] | None = None
    objectives: tuple[str, ...] | None = None
    main_objective: str | None = None
    targets: tuple[str, ...] | None = None
    duration: Range = UNKNOWN
    starts: date | None = None
    ends: date | None = None
    statements: Mapping[str, Range] = field(default_factory=dict)
    submitted: datetime | None = None
    question: datetime | None = None
    documents: tuple[Paper, ...] | None = None
    earlier: tuple[Earlier, ...] | None = None
    applications: tuple[Entrant, ...] | None = None
    assessors: tuple[Assessor, ...] | None = None
    opinions: tuple[Opinion, ...] | None = None
    changes: tuple[Change, ...] | None = None
    grades: Mapping[str, str] | None = None
    waivers: tuple[Waiver, ...] = ()

    def partner(self, partner_id: str | None) -> Partner | None:
        """The partner of this id; None where it is not one of them."""
        return next((one for one in self.partners or () if one.id == partner_id), None)
