"""Reading for the managing authority's desk: the calls, and a call at a glance.

Everything here is for officers and decision makers; for anybody else each question has no answer.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Count, Q, Sum

from samspel.engine import permissions
from samspel.engine.calls.reading.call import read
from samspel.engine.calls.text import said
from samspel.engine.permissions import AUTHORITY_ROLES
from samspel.engine.registry import at_level
from samspel.store.access import visible_to
from samspel.store.models import Application, Assessment, Call, Proposal
from samspel.store.queries.registry import names
from samspel.store.snapshots.calls import call as call_text
from samspel.store.snapshots.subjects import subject

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from samspel.engine.calls.text import Call as CallText
    from samspel.engine.permissions import Actor

CLOSE = "calls.close"
CONFIRM = "applications.confirm_eligible"


def open_to(actor: Actor) -> bool:
    """Whether this person sits at the authority's desk."""
    return bool(actor.roles & AUTHORITY_ROLES)


@dataclass(frozen=True, slots=True)
class Funnel:
    """How many applications of a call have come how far, and how much money they ask for."""

    submitted: int = 0
    undetermined: int = 0
    eligible: int = 0
    ineligible: int = 0
    assessed: int = 0
    asked: Decimal = Decimal(0)
    asked_eligible: Decimal = Decimal(0)

    @property
    def unassessed(self) -> int:
        """How many eligible applications still wait for grades."""
        return self.eligible - self.assessed


def _funnels(actor: Actor) -> dict[str, Funnel]:
    """The funnel of every call, in two queries."""
    eligible = Q(determination__eligible=True)
    assessed = dict(
        visible_to(actor, Assessment)
        .filter(state="handed-in", application__determination__eligible=True)
        .values_list("application__call")
        .annotate(n=Count("pk"))
    )
    rows = (
        visible_to(actor, Application)
        .filter(submission__isnull=False)
        .order_by()
        .values_list("call")
        .annotate(
            all=Count("pk"),
            waiting=Count("pk", filter=Q(determination__isnull=True)),
            yes=Count("pk", filter=eligible),
            no=Count("pk", filter=Q(determination__eligible=False)),
            asked=Sum("submission__grant"),
            able=Sum("submission__grant", filter=eligible),
        )
    )
    return {
        call: Funnel(all_, waiting, yes, no, assessed.get(call, 0), asked or Decimal(0), able or Decimal(0))
        for call, all_, waiting, yes, no, asked, able in rows
    }


@dataclass(frozen=True, slots=True)
class CallAtDesk:
    """A call in the list of calls."""

    id: str
    title: str
    state: str
    drafted_by: str
    drafted_at: datetime
    funnel: Funnel


def calls(actor: Actor, *, language: str) -> list[CallAtDesk]:
    """Every call that the person may know of, the newest draft first."""
    if not open_to(actor):
        return []
    funnels = _funnels(actor)
    rows = visible_to(actor, Call).select_related("drafted_by").prefetch_related("editions").order_by("-drafted_at")
    return [
        CallAtDesk(
            id=row.pk,
            title=said(_text(row).title, language),
            state=row.state,
            drafted_by=row.drafted_by.name,
            drafted_at=row.drafted_at,
            funnel=funnels.get(row.pk, Funnel()),
        )
        for row in rows
    ]


def _text(row: Call) -> CallText:
    """The call as its newest edition says it, or as it is drafted (prefetch `editions`)."""
    editions = list(row.editions.all())
    if editions:
        return call_text(editions[-1])
    return read(row.draft)


@dataclass(frozen=True, slots=True)
class Received:
    """One application in the table of a call. `outcome` is the verdict when it was sent."""

    application: int
    receipt: str
    name: str
    invented: str
    theme: str
    lead: str
    regions: tuple[str, ...]
    grant: Decimal
    total_cost: Decimal
    cofunded_share: Decimal | None
    outcome: str
    state: str
    assessed: bool
    points: int | None


@dataclass(frozen=True, slots=True)
class DeskCall:
    """A published call at a glance. `waits` is the verb that comes next, `mine` whether it is this person's to do."""

    id: str
    title: str
    state: str
    edition: int
    digest: str
    published_at: datetime
    published_by: str
    closed_at: datetime | None
    decided_at: datetime | None
    currency: str
    envelope: Decimal | None
    funnel: Funnel
    applications: tuple[Received, ...]
    waits: str
    mine: bool
    can: frozenset[str]

    @property
    def unexamined(self) -> int | None:
        """The first received application that nobody has examined yet."""
        return next((one.application for one in self.applications if one.state == "submitted"), None)


def call(actor: Actor, call_id: str, *, language: str) -> DeskCall | None:
    """A published call at a glance; None when there is no such call that the person may know of."""
    row = visible_to(actor, Call).prefetch_related("editions__published_by").filter(pk=call_id).first()
    if row is None or not open_to(actor) or not (editions := list(row.editions.all())):
        return None
    newest, funnel = editions[-1], _funnels(actor).get(call_id, Funnel())
    text = call_text(newest)
    waits, mine = _waits(actor, row, funnel)
    return DeskCall(
        id=row.pk,
        title=said(text.title, language),
        state=row.state,
        currency=text.currency,
        edition=newest.number,
        digest=newest.digest,
        published_at=newest.published_at,
        published_by=newest.published_by.name,
        closed_at=row.closed_at,
        decided_at=row.decided_at,
        envelope=text.limit(text.selection.envelope),
        funnel=funnel,
        applications=_received(actor, row, text, language),
        waits=waits,
        mine=mine,
        can=frozenset(verb for verb in (CLOSE,) if permissions.may(verb, actor, subject(row))),
    )


def _waits(actor: Actor, row: Call, funnel: Funnel) -> tuple[str, bool]:
    """What comes next in a call, and whether it is this person's to do."""
    proposal = visible_to(actor, Proposal).filter(call=row, state="proposed").first()
    new = permissions.Subject(state="new")
    if row.state == "decided":
        return "decided", True
    if proposal is not None:
        return "selection.decide", bool(permissions.may("selection.decide", actor, subject(proposal)))
    if funnel.undetermined:
        return CONFIRM, bool(permissions.may(CONFIRM, actor, permissions.Subject(state="submitted")))
    if row.state == "open":
        return CLOSE, bool(permissions.may(CLOSE, actor, subject(row)))
    if funnel.unassessed:
        return "assessment.hand_in", False
    return "selection.propose", bool(permissions.may("selection.propose", actor, new))


def _received(actor: Actor, row: Call, text: CallText, language: str) -> tuple[Received, ...]:
    called = names(language)
    handed_in = dict(
        visible_to(actor, Assessment)
        .filter(application__call=row, state="handed-in")
        .values_list("application", "points")
    )
    found = []
    for one in (
        visible_to(actor, Application)
        .filter(call=row, submission__isnull=False)
        .select_related("submission", "constellation")
        .order_by("submission__received")
    ):
        who = json.loads(one.submission.snapshot)["constellation"]
        grant, total = one.submission.grant, one.submission.total_cost
        found.append(
            Received(
                application=one.pk,
                receipt=one.submission.receipt,
                name=who["name"],
                invented=who["invented"],
                theme=called.get(who["theme"] or "", ""),
                lead=called.get(who["lead"], who["lead"]),
                regions=_regions(who["members"], text.counting.nuts, called),
                grant=grant,
                total_cost=total,
                cofunded_share=(total - grant) / total if total else None,
                outcome=one.submission.outcome,
                state=one.state,
                assessed=one.pk in handed_in,
                points=handed_in.get(one.pk),
            )
        )
    return tuple(found)


def _regions(members: list[dict[str, str | None]], level: int, called: Mapping[str, str]) -> tuple[str, ...]:
    """The names of the regions that members are from, at the level the call tells them apart."""
    homes = [member["region"] or "" for member in members]
    known = {at_level(home, level) for home in homes if len(home) >= 2 + level}
    return tuple(called.get(code, code) for code in sorted(known))
