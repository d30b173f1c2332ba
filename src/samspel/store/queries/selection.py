"""Reading for the selection: what is missing before it can be proposed, and what was proposed, with every reason."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from samspel.engine import permissions
from samspel.engine.calls.text import said
from samspel.engine.permissions import AUTHORITY_ROLES
from samspel.engine.registry import at_level
from samspel.engine.selection import Candidate, Limits, frontier
from samspel.engine.verdicts import Reason
from samspel.store.access import visible_to
from samspel.store.models import Application, Assessment, Call, Proposal
from samspel.store.queries.assessment import reason
from samspel.store.queries.registry import names
from samspel.store.snapshots.calls import call as call_text
from samspel.store.snapshots.subjects import subject

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from samspel.engine.calls.text import Call as CallText
    from samspel.engine.permissions import Actor

PROPOSE, DECIDE = "selection.propose", "selection.decide"


@dataclass(frozen=True, slots=True)
class Waiting:
    """An application that the selection still waits for."""

    application: int
    receipt: str
    name: str
    invented: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """One application in a proposal: what it is proposed to become, and why."""

    application: int
    receipt: str
    name: str
    invented: str
    theme: str
    regions: tuple[str, ...]
    grant: Decimal
    points: int | None
    outcome: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Proposed:
    """A portfolio that was put forward, with everybody's outcome and the best points for other envelopes.

    `frontier` are steps (money needed, points reached) in rising order; `refused` says why this person may not decide.
    """

    id: int
    state: str
    by: str
    at: datetime
    score: int
    grant: Decimal
    ties: int
    chosen: tuple[Outcome, ...]
    others: tuple[Outcome, ...]
    frontier: tuple[tuple[Decimal, int], ...]
    decided_by: str
    decided_at: datetime | None
    motivation: str
    refused: Reason | None


@dataclass(frozen=True, slots=True)
class Selecting:
    """A call's selection. `refused` says why none can be proposed now; `criteria` are names, for wording reasons."""

    call: str
    title: str
    state: str
    currency: str
    envelope: Decimal | None
    most_projects: int | None
    per_theme: int | None
    criteria: Mapping[str, str]
    undetermined: tuple[Waiting, ...]
    unassessed: tuple[Waiting, ...]
    ready: int
    proposal: Proposed | None
    can: frozenset[str]
    refused: Reason | None


def selecting(actor: Actor, call_id: str, *, language: str) -> Selecting | None:
    """The selection of a published call; None when the person may not know of it."""
    row = visible_to(actor, Call).prefetch_related("editions").filter(pk=call_id).first()
    if row is None or not actor.roles & AUTHORITY_ROLES or not (editions := list(row.editions.all())):
        return None
    text = call_text(editions[-1])
    applications = list(
        visible_to(actor, Application)
        .filter(call=row, submission__isnull=False)
        .select_related("submission", "constellation")
        .prefetch_related("constellation__members__organisation")
        .order_by("submission__received")
    )
    assessed = set(
        visible_to(actor, Assessment)
        .filter(application__call=row, state="handed-in")
        .values_list("application", flat=True)
    )
    proposal = (
        visible_to(actor, Proposal)
        .filter(call=row, state__in=("proposed", "decided"))
        .select_related("proposed_by", "decided_by")
        .first()
    )
    undetermined = tuple(_waiting(one) for one in applications if one.state == "submitted")
    unassessed = tuple(_waiting(one) for one in applications if one.state == "eligible" and one.pk not in assessed)
    refused = _refused(actor, row.state, undetermined, unassessed)
    can = set() if refused or proposal else {PROPOSE}
    proposed = None if proposal is None else _proposed(actor, proposal, applications, text, language)
    if proposed is not None and proposed.refused is None:
        can.add(DECIDE)
    per_theme, most = text.limit(text.selection.projects_per_theme), text.limit(text.selection.most_projects)
    return Selecting(
        call=row.pk,
        title=said(text.title, language),
        state=row.state,
        currency=text.currency,
        envelope=text.limit(text.selection.envelope),
        most_projects=None if most is None else int(most),
        per_theme=None if per_theme is None else int(per_theme),
        criteria={one.id: said(one.text, language) for one in text.criteria},
        undetermined=undetermined,
        unassessed=unassessed,
        ready=len(assessed),
        proposal=proposed,
        can=frozenset(can),
        refused=refused,
    )


def _waiting(row: Application) -> Waiting:
    return Waiting(row.pk, row.submission.receipt, row.constellation.name, row.constellation.invented)


def _refused(
    actor: Actor, state: str, undetermined: tuple[Waiting, ...], unassessed: tuple[Waiting, ...]
) -> Reason | None:
    """Why a selection cannot be proposed now, in the order in which the action would say it."""
    answer = permissions.may(PROPOSE, actor, permissions.Subject(state="new"))
    if not answer:
        return answer.reason
    if state != "closed":
        return Reason.of("selection.call-not-closed", state=state)
    if undetermined:
        return Reason.of("selection.undetermined", count=len(undetermined))
    if unassessed:
        return Reason.of("selection.unassessed", count=len(unassessed))
    return None


def _proposed(
    actor: Actor, row: Proposal, applications: Iterable[Application], text: CallText, language: str
) -> Proposed:
    called, result = names(language), row.result
    answer = permissions.may(DECIDE, actor, subject(row))
    told = [_outcome(one, result["outcomes"][str(one.pk)], text, called) for one in applications]
    return Proposed(
        id=row.pk,
        state=row.state,
        by=row.proposed_by.name,
        at=row.proposed_at,
        score=result["score"],
        grant=Decimal(result["grant"]),
        ties=result["ties"],
        chosen=tuple(one for one in told if one.outcome == "approved"),
        others=tuple(one for one in told if one.outcome != "approved"),
        frontier=_frontier(row.pool, text),
        decided_by=row.decided_by.name if row.decided_by else "",
        decided_at=row.decided_at,
        motivation=row.motivation,
        refused=None if answer else answer.reason,
    )


def _outcome(row: Application, told: Mapping[str, Any], text: CallText, called: Mapping[str, str]) -> Outcome:
    level = text.counting.nuts
    homes = [member.organisation.region_id or "" for member in row.constellation.members.all()]
    regions = sorted({at_level(home, level) for home in homes if len(home) >= 2 + level})
    return Outcome(
        application=row.pk,
        receipt=row.submission.receipt,
        name=row.constellation.name,
        invented=row.constellation.invented,
        theme=called.get(row.constellation.theme_id or "", ""),
        regions=tuple(called.get(code, code) for code in regions),
        grant=row.submission.grant,
        points=told["points"],
        outcome=told["outcome"],
        reasons=tuple(reason(one) for one in told["reasons"]),
    )


def _frontier(pool: Iterable[Mapping[str, Any]], text: CallText) -> tuple[tuple[Decimal, int], ...]:
    """The most points for each envelope, from the pool as it was when the selection was proposed."""
    per_theme, most = text.limit(text.selection.projects_per_theme), text.limit(text.selection.most_projects)
    limits = Limits(
        envelope=text.limit(text.selection.envelope) or Decimal(0),
        per_theme=None if per_theme is None else int(per_theme),
        max_projects=None if most is None else int(most),
    )
    candidates = [
        Candidate(
            id=one["id"],
            theme=one["theme"],
            grant=Decimal(one["grant"]),
            score=one["score"],
            received=one["received"],
        )
        for one in pool
    ]
    return tuple(frontier(candidates, limits))
