"""Reading applications: each part as it stands, what is missing, the verdict, the receipt, and what was decided.

What a reader may not read is never put into the answer: `readable` is asked here, not in a template.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch

from samspel.engine import applications
from samspel.engine.calls.text import said
from samspel.engine.permissions import Part
from samspel.engine.verdicts import Reason
from samspel.store.access import readable, reasons, visible_to
from samspel.store.models import Application, ApplicationPart
from samspel.store.queries.constellations import permitted, whole
from samspel.store.snapshots import applications as application_values
from samspel.store.snapshots.calls import call as call_text
from samspel.store.snapshots.judged import verdict_on
from samspel.store.snapshots.subjects import subject

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    from samspel.engine.applications import CoFunding, Gap, Plan
    from samspel.engine.calls.findings import Verdict
    from samspel.engine.calls.text import Call as CallText
    from samspel.engine.permissions import Actor

VERBS = ("applications.save", "applications.submit")


@dataclass(frozen=True, slots=True)
class Answer:
    """A question of the call's form, and what has been answered."""

    question: str
    text: str
    help: str
    required: bool
    longest: int
    answer: str


@dataclass(frozen=True, slots=True)
class CostLine:
    """What one partner costs."""

    organisation: str
    name: str
    amount: Decimal | None


@dataclass(frozen=True, slots=True)
class Money:
    """The sums of an application; None where an amount is not filled in yet. Shares are of the total cost."""

    grant: Decimal | None
    total_cost: Decimal | None
    cofunded: Decimal
    to_be_cofunded: Decimal | None
    unfinanced: Decimal | None
    grant_share: Decimal | None
    cofunding_share: Decimal | None

    @property
    def gap(self) -> Decimal | None:
        """How far grant and co-funding together are from the costs, whichever is more."""
        return None if self.unfinanced is None else abs(self.unfinanced)


@dataclass(frozen=True, slots=True)
class PartState:
    """How far a part has come."""

    key: str
    revision: int
    saved_at: datetime | None
    saved_by: str
    gaps: tuple[Gap, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """What the applicants have written."""

    answers: tuple[Answer, ...]
    costs: tuple[CostLine, ...]
    cofunding: tuple[CoFunding, ...]
    money: Money


@dataclass(frozen=True, slots=True)
class Receipt:
    """The proof of what was sent, when and by whom."""

    number: str
    submitted_at: datetime
    submitted_by: str
    digest: str
    grant: Decimal
    total_cost: Decimal


@dataclass(frozen=True, slots=True)
class Finding:
    """What a case officer found on eligibility."""

    eligible: bool
    motivation: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Graded:
    """A criterion with the grade given and the assessor's motivation."""

    criterion: str
    grade: str
    grade_name: str
    motivation: str


@dataclass(frozen=True, slots=True)
class Assessed:
    """An assessment that has been handed in; `by` is empty for those who may not know the assessor."""

    grades: tuple[Graded, ...]
    points: int | None
    by: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was decided and why; `names` are the criteria's, for putting the reasons into words."""

    outcome: str
    points: int | None
    reasons: tuple[Reason, ...]
    names: Mapping[str, str]
    decided_at: datetime | None


@dataclass(frozen=True, slots=True)
class ApplicationShown:
    """An application as one reader may read it; what is None may not be read, or is not there yet."""

    id: int
    constellation: int
    name: str
    invented: str
    state: str
    lead: str
    theme: str
    members: tuple[str, ...]
    call: str
    call_title: str
    currency: str
    call_state: str
    edition: int
    edition_digest: str
    text: CallText
    can: frozenset[str]
    joined: bool
    parts: tuple[PartState, ...]
    content: Content | None
    verdict: Verdict | None
    receipt: Receipt | None
    finding: Finding | None
    assessed: Assessed | None
    outcome: Outcome | None

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """Everything that is missing, part by part."""
        return tuple(gap for part in self.parts for gap in part.gaps)


def application(actor: Actor, pk: int, *, language: str) -> ApplicationShown | None:
    """An application; None when there is none that the person may know of."""
    rows = visible_to(actor, Application).select_related(
        "constellation__theme",
        "constellation__lead",
        "call",
        "edition",
        "submission__submitted_by",
        "determination",
        "decision__proposal",
        "assessment__assessor",
    )
    row = rows.prefetch_related(
        whole("constellation__members"), "constellation__priorities", parts(), "assessment__grades"
    )
    found = row.filter(pk=pk).first()
    if found is None:
        return None
    may, text = readable(actor, found), call_text(found.edition)
    constellation = found.constellation
    names = {member.organisation_id: member.organisation.name for member in constellation.members.all()}
    in_full = Part.CONTENT in may
    theme = constellation.theme
    return ApplicationShown(
        id=found.pk,
        constellation=constellation.pk,
        name=constellation.name,
        invented=constellation.invented,
        state=found.state,
        lead=constellation.lead.name,
        theme="" if theme is None else theme.name_sv if language == "sv" else theme.name_en,
        members=tuple(names.values()),
        call=found.call_id,
        call_title=said(text.title, language),
        currency=text.currency,
        call_state=found.call.state,
        edition=found.edition.number,
        edition_digest=found.edition.digest,
        text=text,
        can=may_do(actor, found),
        joined=bool(actor.organisations & set(names)),
        parts=states(found, text, names) if in_full else (),
        content=content(found, text, names, language) if in_full else None,
        verdict=verdict_on(found, language=language) if Part.VERDICT in may else None,
        receipt=_receipt(found) if in_full else None,
        finding=_finding(found) if Part.VERDICT in may else None,
        assessed=_assessed(found, text, language, named=Part.ASSESSOR in may) if Part.ASSESSMENT in may else None,
        outcome=_outcome(actor, found, text, language) if Part.RESULT in may else None,
    )


def snapshot(actor: Actor, pk: int) -> tuple[str, str] | None:
    """The receipt's number and the frozen text that its digest is taken of."""
    row = visible_to(actor, Application).select_related("constellation", "submission").filter(pk=pk).first()
    if row is None or not hasattr(row, "submission") or Part.CONTENT not in readable(actor, row):
        return None
    return row.submission.receipt, row.submission.snapshot


def missing(row: Application, text: CallText, members: Collection[str]) -> tuple[Gap, ...]:
    """What the application still lacks (prefetch `parts`)."""
    contents = application_values.contents(row)
    return applications.gaps(
        plan=application_values.plan(contents, members),
        answers=contents.get("answers", {}),
        questions=text.questions,
        members=members,
    )


def parts() -> Prefetch[str]:
    """The parts with who saved them, in one question."""
    return Prefetch("parts", ApplicationPart.objects.select_related("saved_by"))


def may_do(actor: Actor, row: Application) -> frozenset[str]:
    """What the person may do; while the call is not open nothing can be written or sent."""
    return permitted(actor, VERBS, subject(row)) if row.call.state == "open" else frozenset()


def states(row: Application, text: CallText, members: Collection[str]) -> tuple[PartState, ...]:
    """How far each part has come; only a draft lacks anything."""
    gaps = missing(row, text, members) if row.state == "draft" else ()
    stored = {part.key: part for part in row.parts.all()}
    return tuple(
        PartState(
            key=key,
            revision=stored[key].revision,
            saved_at=stored[key].saved_at,
            saved_by=_saved_by(stored[key]),
            gaps=tuple(gap for gap in gaps if gap.part == key),
        )
        for key in applications.PARTS
    )


def _saved_by(row: ApplicationPart) -> str:
    return row.saved_by.name if row.saved_by else ""


def content(row: Application, text: CallText, members: Mapping[str, str], language: str) -> Content:
    """What the applicants have written; `members` are the partners' names by id."""
    contents = application_values.contents(row)
    plan = application_values.plan(contents, members)
    costs = {cost.organisation: cost.amount for cost in plan.costs}
    answers: dict[str, Any] = contents.get("answers", {})
    return Content(
        answers=tuple(
            Answer(
                question=one.id,
                text=said(one.text, language),
                help=said(one.help, language),
                required=one.required,
                longest=one.longest,
                answer=answers.get(one.id, ""),
            )
            for one in text.questions
        ),
        costs=tuple(CostLine(one, name, costs.get(one)) for one, name in members.items()),
        cofunding=plan.cofunding,
        money=_money(plan),
    )


def _money(plan: Plan) -> Money:
    total, grant = plan.total_cost, plan.grant
    return Money(
        grant=grant,
        total_cost=total,
        cofunded=plan.cofunded,
        to_be_cofunded=None if total is None or grant is None else total - grant,
        unfinanced=plan.unfinanced,
        grant_share=grant / total if total and grant is not None else None,
        cofunding_share=plan.cofunded / total if total else None,
    )


def _receipt(row: Application) -> Receipt | None:
    if not hasattr(row, "submission"):
        return None
    sent = row.submission
    return Receipt(
        number=sent.receipt,
        submitted_at=sent.submitted_at,
        submitted_by=sent.submitted_by.name,
        digest=sent.digest,
        grant=sent.grant,
        total_cost=sent.total_cost,
    )


def _finding(row: Application) -> Finding | None:
    if not hasattr(row, "determination"):
        return None
    found = row.determination
    return Finding(eligible=found.eligible, motivation=found.motivation, at=found.at)


def _assessed(row: Application, text: CallText, language: str, *, named: bool) -> Assessed | None:
    """The grades once they are handed in, in the order of the call's criteria."""
    if not hasattr(row, "assessment") or row.assessment.state != "handed-in":
        return None
    given = {one.criterion: one for one in row.assessment.grades.all()}
    grades = tuple(
        Graded(
            criterion=said(criterion.text, language),
            grade=given[criterion.id].grade,
            grade_name=said(text.grade(given[criterion.id].grade).text, language),
            motivation=given[criterion.id].motivation,
        )
        for criterion in text.criteria
    )
    by = row.assessment.assessor.name if named else ""
    return Assessed(grades=grades, points=row.assessment.points, by=by)


def _outcome(actor: Actor, row: Application, text: CallText, language: str) -> Outcome | None:
    """The decision, with its reasons as far as the person may read them."""
    if not hasattr(row, "decision"):
        return None
    return Outcome(
        outcome=row.decision.outcome,
        points=row.decision.points,
        reasons=reasons(actor, row),
        names={criterion.id: said(criterion.text, language) for criterion in text.criteria},
        decided_at=row.decision.proposal.decided_at,
    )
