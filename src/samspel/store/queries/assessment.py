"""Reading an application that was sent: for the officer who examines it, and for the assessor who grades it.

What was sent is read from the submission that froze it, never from the parts, so that an assessor and an officer
look at the same text as the applicant has a receipt for. Another assessor's work is never read here.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from samspel.engine import assessment, permissions
from samspel.engine.calls.text import said
from samspel.engine.permissions import AUTHORITY_ROLES, Part, Subject
from samspel.engine.verdicts import Outcome, Reason
from samspel.store.access import readable, visible_to
from samspel.store.models import Application, Assessment, Priority, Proposal
from samspel.store.queries.registry import names
from samspel.store.snapshots import applications as application_values
from samspel.store.snapshots.calls import call as call_text
from samspel.store.snapshots.judged import verdict_on
from samspel.store.snapshots.subjects import subject

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from samspel.engine.applications import CoFunding
    from samspel.engine.calls.findings import Verdict
    from samspel.engine.calls.text import Call as CallText
    from samspel.engine.permissions import Actor
    from samspel.engine.verdicts import Said

GRADE, HAND_IN = "assessment.grade", "assessment.hand_in"
CONFIRM, REFUSE = "applications.confirm_eligible", "applications.find_ineligible"


@dataclass(frozen=True, slots=True)
class Assessable:
    """An application that the assessor may take or has taken; `state` is that of the own assessment, or empty."""

    application: int
    name: str
    theme: str
    state: str
    call: str
    invented: str


def assessable(actor: Actor, *, language: str = "sv") -> list[Assessable]:
    """Eligible applications that nobody has begun with, and those that are the assessor's own."""
    if not permissions.may(GRADE, actor, Subject(state="new")):
        return []
    free, own = Q(state="eligible", assessment__isnull=True), Q(assessment__assessor=actor.id)
    rows = (
        visible_to(actor, Application)
        .filter(free | own)
        .select_related("constellation__theme", "assessment", "submission")
        .order_by("submission__received", "pk")
    )
    return [
        Assessable(
            application=row.pk,
            name=row.constellation.name,
            theme=getattr(row.constellation.theme, f"name_{language}", ""),
            state=row.assessment.state if hasattr(row, "assessment") else "",
            call=row.call_id,
            invented=row.constellation.invented,
        )
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class SentMember:
    """A member as it was when the application was sent; `region` and `host` are names, empty where not known."""

    id: str
    name: str
    kind: str
    region: str
    host: str
    lead: bool
    cost: Decimal | None


@dataclass(frozen=True, slots=True)
class SentPriority:
    """A regional priority that was named; `lang` is set where the register has it in the other language only."""

    region: str
    name: str
    lang: str


@dataclass(frozen=True, slots=True)
class SentAnswer:
    """A question and what was answered; the answer is empty where none was required and none was given."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Sent:
    """An application word for word as it was sent, with names in the reader's language."""

    application: int
    state: str
    call: str
    call_title: str
    currency: str
    edition: int
    name: str
    theme: str
    lead: str
    invented: str
    receipt: str
    submitted_at: datetime
    submitted_by: str
    digest: str
    members: tuple[SentMember, ...]
    priorities: tuple[SentPriority, ...]
    answers: tuple[SentAnswer, ...]
    grant: Decimal
    total_cost: Decimal
    cofunded: Decimal
    cofunding: tuple[CoFunding, ...]

    @property
    def cofunded_share(self) -> Decimal | None:
        """What part of the total cost others than the call pay."""
        return self.cofunded / self.total_cost if self.total_cost else None


def sent(actor: Actor, row: Application, *, language: str) -> Sent:
    """The submission of an application that the person may read (select `submission`, `edition`)."""
    text, frozen = call_text(row.edition), json.loads(row.submission.snapshot)
    who, parts, called = frozen["constellation"], frozen["parts"], names(language)
    plan = application_values.plan(parts, [one["id"] for one in who["members"]])
    costs = {cost.organisation: cost.amount for cost in plan.costs}
    return Sent(
        application=row.pk,
        state=row.state,
        call=row.call_id,
        call_title=said(text.title, language),
        currency=text.currency,
        edition=frozen["edition"]["number"],
        name=who["name"],
        theme=called.get(who["theme"] or "", ""),
        lead=called.get(who["lead"], who["lead"]),
        invented=who["invented"],
        receipt=row.submission.receipt,
        submitted_at=row.submission.submitted_at,
        submitted_by=frozen["submitted_by"],
        digest=row.submission.digest,
        members=tuple(_member(one, who["lead"], costs, called) for one in who["members"]),
        priorities=_priorities(actor, who["priorities"], called, language),
        answers=tuple(SentAnswer(said(q.text, language), parts["answers"].get(q.id, "")) for q in text.questions),
        grant=row.submission.grant,
        total_cost=row.submission.total_cost,
        cofunded=plan.cofunded,
        cofunding=plan.cofunding,
    )


def _member(
    one: Mapping[str, Any], lead: str, costs: Mapping[str, Decimal | None], called: Mapping[str, str]
) -> SentMember:
    return SentMember(
        id=one["id"],
        name=one["name"],
        kind=one["kind"],
        region=called.get(one["region"] or "", ""),
        host=called.get(one["host"] or "", ""),
        lead=one["id"] == lead,
        cost=costs.get(one["id"]),
    )


def _priorities(actor: Actor, ids: list[str], called: Mapping[str, str], language: str) -> tuple[SentPriority, ...]:
    other = "en" if language == "sv" else "sv"
    found = []
    for row in visible_to(actor, Priority).filter(pk__in=ids):
        own = getattr(row, f"name_{language}")
        region = called.get(row.region_id, row.region_id)
        found.append(SentPriority(region, own or getattr(row, f"name_{other}"), "" if own else other))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Step:
    """A grade of the call's scale."""

    code: str
    name: str
    points: int


@dataclass(frozen=True, slots=True)
class Graded:
    """A criterion with its guidance and least grade, and what has been given so far (empty: nothing yet)."""

    criterion: str
    name: str
    guidance: str
    least: str
    grade: str
    motivation: str


def graded(text: CallText, given: Mapping[str, tuple[str, str]], language: str) -> tuple[Graded, ...]:
    """Every criterion of a call with the grade and motivation given on it."""
    return tuple(
        Graded(one.id, said(one.text, language), said(one.guidance, language), one.least, *given.get(one.id, ("", "")))
        for one in text.criteria
    )


@dataclass(frozen=True, slots=True)
class Sheet:
    """An assessor's sheet for one application.

    `refused` says why somebody may not open it; then nothing else than the application's name is given. `points` is
    known once every criterion has a grade, and `below` are the criteria that stay under their least grade.
    """

    application: int
    name: str
    refused: Reason | None = None
    sent: Sent | None = None
    scale: tuple[Step, ...] = ()
    criteria: tuple[Graded, ...] = ()
    state: str = ""
    revision: int = 0
    no_conflict: bool = False
    points: int | None = None
    below: tuple[Reason, ...] = ()
    handed_in_at: datetime | None = None
    can: frozenset[str] = frozenset()


def sheet(actor: Actor, pk: int, *, language: str) -> Sheet | None:
    """The sheet of an application, or the reason why it may not be opened; None when it may not be known of."""
    row = held(actor, pk)
    if row is None:
        return None
    name = row.constellation.name
    taken: Assessment | None = getattr(row, "assessment", None)
    matter = Subject(state="new") if taken is None else subject(taken)
    answer = permissions.may(GRADE, actor, matter)
    own = taken is not None and matter.prepared_by == actor.id
    if not own and not answer:
        return Sheet(row.pk, name, refused=answer.reason)
    if not own and row.state != "eligible":
        return Sheet(row.pk, name, refused=Reason.of("assessment.not-eligible", state=row.state))
    if Part.CONTENT not in readable(actor, row):
        return None
    text = call_text(row.edition)
    given = {} if taken is None else {g.criterion: (g.grade, g.motivation) for g in taken.grades.all()}
    codes = {criterion: grade for criterion, (grade, _) in given.items() if grade}
    weighed = None if assessment.ungraded(text, codes) else assessment.weigh(text, codes)
    may = [verb for verb in (GRADE, HAND_IN) if row.state == "eligible" and permissions.may(verb, actor, matter)]
    return Sheet(
        application=row.pk,
        name=name,
        sent=sent(actor, row, language=language),
        scale=tuple(Step(step.code, said(step.text, language), step.points) for step in text.scale),
        criteria=graded(text, given, language),
        state="" if taken is None else taken.state,
        revision=0 if taken is None else taken.revision,
        no_conflict=taken is not None and taken.no_conflict,
        points=weighed.points if weighed else None,
        below=weighed.below if weighed else (),
        handed_in_at=None if taken is None else taken.handed_in_at,
        can=frozenset(may),
    )


@dataclass(frozen=True, slots=True)
class Determined:
    """What an officer has found on eligibility."""

    eligible: bool
    motivation: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class HandedIn:
    """An assessment that was handed in."""

    assessor: str
    at: datetime | None
    points: int | None
    criteria: tuple[Graded, ...]


@dataclass(frozen=True, slots=True)
class Examined:
    """An application as it was sent, its verdict, what was found and how it was graded.

    `outcome` is the verdict when it was sent. `refused` says why the finding on eligibility cannot be changed now, and
    `can` which findings are possible; `events` are the nouns and keys under which the journal tells of it.
    """

    sent: Sent
    text: CallText
    verdict: Verdict
    outcome: str
    determined: Determined | None
    assessment: HandedIn | None
    can: frozenset[str]
    refused: Reason | None
    events: tuple[tuple[str, str], ...]


def examined(actor: Actor, pk: int, *, language: str) -> Examined | None:
    """An application that was sent; None when the person may not know of it here."""
    row = (
        visible_to(actor, Application)
        .filter(pk=pk, submission__isnull=False)
        .select_related("submission", "edition", "constellation", "determination__by")
        .prefetch_related("parts", "constellation__members__organisation", "constellation__priorities")
        .first()
    )
    if row is None or not actor.roles & AUTHORITY_ROLES or not {Part.CONTENT, Part.VERDICT} <= readable(actor, row):
        return None
    text, found = call_text(row.edition), getattr(row, "determination", None)
    grades = visible_to(actor, Assessment).filter(application=row).select_related("assessor").first()
    answer = permissions.may(CONFIRM, actor, subject(row))
    refused = None if answer else answer.reason
    can = {REFUSE} if row.submission.outcome == Outcome.NOT_MET else {CONFIRM, REFUSE}
    if visible_to(actor, Proposal).filter(call=row.call_id, state__in=("proposed", "decided")).exists():
        refused = Reason.of("eligibility.already-proposed")
    return Examined(
        sent=sent(actor, row, language=language),
        text=text,
        verdict=verdict_on(row, language=language),
        outcome=row.submission.outcome,
        determined=found and Determined(found.eligible, found.motivation, found.by.name, found.at),
        assessment=None if grades is None else _handed_in(grades, text, language),
        can=frozenset() if refused else frozenset(can),
        refused=refused,
        events=(("application", str(pk)), *((("assessment", str(grades.pk)),) if grades else ())),
    )


def _handed_in(row: Assessment, text: CallText, language: str) -> HandedIn:
    given = {one.criterion: (one.grade, one.motivation) for one in row.grades.all()}
    return HandedIn(row.assessor.name, row.handed_in_at, row.points, graded(text, given, language))


def held(actor: Actor, pk: int) -> Application | None:
    """The application itself, for the actions on assessments."""
    rows = visible_to(actor, Application).select_related("constellation", "submission", "edition", "assessment")
    return rows.filter(pk=pk, submission__isnull=False).first()


def reason(told: Mapping[str, Any]) -> Reason:
    """A reason as it was stored: a code and its values."""
    values: Mapping[str, Said] = told["values"]
    return Reason.of(told["code"], **values)
