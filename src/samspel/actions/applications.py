"""Writes on applications: starting, saving a part, submitting once, and what an officer finds on eligibility."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from samspel.actions._perform import Deed, EditConflictError, RefusedError, holding, performing
from samspel.engine import applications, drafts, permissions
from samspel.engine.applications import PARTS
from samspel.engine.calls.timing import Phase, Timing, timing
from samspel.engine.permissions import Relation
from samspel.engine.values import plain_text
from samspel.engine.verdicts import Outcome, Reason
from samspel.store.models import Application, ApplicationPart, Call, Constellation, Determination, Edition, Submission
from samspel.store.snapshots import applications as as_engine
from samspel.store.snapshots.calls import call as call_text
from samspel.store.snapshots.judged import verdict_on
from samspel.store.snapshots.subjects import subject

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from samspel.engine.applications import Gap
    from samspel.engine.drafts import FieldError
    from samspel.engine.permissions import Actor

EMPTY: Mapping[str, dict[str, Any]] = {
    "answers": {},
    "budget": {"costs": {}, "grant": None},
    "cofunding": {"items": []},
}


class PartNotReadableError(Exception):
    """A part was not stored because some of its fields could not be read; `errors` says which and why."""

    def __init__(self, errors: tuple[FieldError, ...]) -> None:
        super().__init__(", ".join(f"{error.field}: {error.reason.code}" for error in errors))
        self.errors = errors


class IncompleteError(RefusedError):
    """An application was not submitted because something is missing; `gaps` says what."""

    def __init__(self, gaps: tuple[Gap, ...]) -> None:
        super().__init__(Reason.of("application.incomplete", count=len(gaps)))
        self.gaps = gaps


def _require_open(application: Application) -> None:
    """Hold the call's row, so that closing waits for a submission under way and none slips in afterwards."""
    call = Call.objects.select_for_update().get(pk=application.call_id)
    if call.state != "open":
        raise RefusedError(Reason.of("application.call-not-open", state=call.state))


def _require_not_over(application: Application, at: datetime) -> Timing:
    """Refuse what comes after the call's last window has closed; else say where the moment falls.

    The calendar is that of the newest edition, so that a longer time is for everybody.
    """
    newest = Edition.objects.filter(call=application.call_id).latest("number")
    found = timing(call_text(newest), at)
    if found.phase is Phase.AFTER:
        raise RefusedError(Reason.of("application.too-late"))
    return found


def _require_time(application: Application, at: datetime) -> None:
    """Refuse what comes before the call's window opens, between two windows, or after the last has closed."""
    found = _require_not_over(application, at)
    if found.phase is not Phase.OPEN and found.changes_at is not None:
        raise RefusedError(Reason.of("application.window-shut", opens=found.changes_at.isoformat()))


def start(*, actor: Actor, at: datetime, constellation: Constellation) -> Application:
    """Start the constellation's application under the call's newest edition; starting again gives the same one.

    Raises:
        RefusedError: `application.call-not-open`, `application.window-shut`, `application.too-late`, or as the
            permission table says.
    """
    with holding(constellation) as held:
        existing = Application.objects.filter(constellation=held).first()
        if existing is not None and permissions.stands(actor, subject(existing), Relation.LEAD):
            return existing
        edition = Edition.objects.filter(call=held.call_id).order_by("-number").first()
        row = Application(constellation=held, call_id=held.call_id, edition=edition, started_at=at)
        with performing("applications.start", actor=actor, at=at, on=row) as deed:
            _require_open(row)
            _require_time(row, at)
            deed.row.save()
            ApplicationPart.objects.bulk_create(
                ApplicationPart(application=deed.row, key=key, content=EMPTY[key]) for key in PARTS
            )
            deed.noted["parts"] = list(PARTS)
    return deed.row


def save(
    *, actor: Actor, at: datetime, application: Application, part: str, fields: Mapping[str, str], revision: int
) -> ApplicationPart:
    """Save one part as typed, if nobody has saved it since `revision`; the new revision is one higher.

    Raises:
        KeyError: there is no such part.
        PartNotReadableError: some fields cannot be read; nothing is stored.
        EditConflictError: somebody else saved the part meanwhile; nothing is stored, and both texts are told.
        RefusedError: `application.call-not-open`, `application.too-late`, or as the permission table says; before a
            window opens and between two, the draft may be written on.
    """
    with performing("applications.save", actor=actor, at=at, on=application) as deed:
        _require_open(deed.row)
        _require_not_over(deed.row, at)
        text = call_text(deed.row.edition)
        members = list(deed.row.constellation.members.values_list("organisation_id", flat=True))
        draft = drafts.read_part(part, fields, questions=text.questions, members=members)
        if draft.errors:
            raise PartNotReadableError(draft.errors)
        row = ApplicationPart.objects.select_for_update().get(application=deed.row, key=part)
        if row.revision != revision:
            by = row.saved_by.name if row.saved_by else ""
            raise EditConflictError(stored=row.content, offered=draft.content, revision=row.revision, by=by)
        deed.noted = {"part": part, "revision": revision + 1, "was": row.content, "is": draft.content}
        row.content, row.revision, row.saved_at, row.saved_by_id = draft.content, revision + 1, at, actor.id
        row.save()
    return row


def submit(*, actor: Actor, at: datetime, application: Application) -> Submission:
    """Freeze the application as it stands and give a receipt; submitting again gives the same receipt.

    Completeness is required. A requirement that is not met does not stop a submission: the applicant has been
    told, and an officer decides.

    Raises:
        IncompleteError: something is missing.
        RefusedError: `application.call-not-open`, `application.window-shut`, `application.too-late`, or as the
            permission table says.
    """
    # The constellation first, as whoever changes its members does: who locks in another order may block the other.
    with holding(application.constellation), holding(application) as held:
        existing = Submission.objects.filter(application=held).first()
        if existing is not None and permissions.stands(actor, subject(held), Relation.LEAD):
            return existing
        with performing("applications.submit", actor=actor, at=at, on=held) as deed:
            _require_open(deed.row)
            _require_time(deed.row, at)
            submission = _frozen(deed.row, actor=actor, at=at)
            submission.save(force_insert=True)
            Constellation.objects.filter(pk=deed.row.constellation_id).update(state="applied")
            deed.noted = {"receipt": submission.receipt, "digest": submission.digest, "outcome": submission.outcome}
    return submission


def _frozen(application: Application, *, actor: Actor, at: datetime) -> Submission:
    """The submission of an application: its snapshot, digest, receipt and verdict.

    Raises:
        IncompleteError: something is missing.
    """
    text = call_text(application.edition)
    parts = as_engine.contents(application)
    members = [member.organisation_id for member in application.constellation.members.all()]
    plan = as_engine.plan(parts, members)
    gaps = applications.gaps(plan=plan, answers=parts["answers"], questions=text.questions, members=members)
    if gaps or plan.grant is None or plan.total_cost is None:
        raise IncompleteError(gaps)
    verdict = verdict_on(application, at=at)
    received = Submission.objects.filter(application__call=application.call_id).count() + 1
    receipt = f"{application.call_id}-{received:04d}".upper()
    snapshot = {
        "receipt": receipt,
        "submitted_at": at.isoformat(),
        "submitted_by": actor.name,
        "call": application.call_id,
        "edition": {"number": application.edition.number, "digest": application.edition.digest},
        "constellation": _who(application.constellation),
        "parts": parts
        | {"budget": {"costs": {c.organisation: str(c.amount) for c in plan.costs}, "grant": str(plan.grant)}},
        "verdict": {finding.rule: finding.outcome for finding in verdict.findings},
    }
    frozen = json.dumps(snapshot, sort_keys=True, ensure_ascii=False, indent=1)
    return Submission(
        application=application,
        receipt=receipt,
        received=received,
        submitted_at=at,
        submitted_by_id=actor.id,
        snapshot=frozen,
        digest=sha256(frozen.encode()).hexdigest(),
        outcome=verdict.outcome,
        grant=plan.grant,
        total_cost=plan.total_cost,
    )


def _who(constellation: Constellation) -> dict[str, Any]:
    return {
        "name": constellation.name,
        "theme": constellation.theme_id,
        "lead": constellation.lead_id,
        "invented": constellation.invented,
        "priorities": sorted(constellation.priorities.values_list("pk", flat=True)),
        "members": [
            {
                "id": member.organisation_id,
                "name": member.organisation.name,
                "kind": member.organisation.kind,
                "region": member.organisation.region_id,
                "host": member.organisation.host_id,
            }
            for member in constellation.members.select_related("organisation")
        ],
    }


def confirm_eligible(*, actor: Actor, at: datetime, application: Application, motivation: str) -> Determination:
    """Find the application eligible. Where the verdict is open, the written motivation settles it.

    Raises:
        RefusedError: `eligibility.rule-not-met` when a rule is not met, `eligibility.motivation-missing` when
            the verdict is open and no motivation is given, or as the permission table says.
    """
    with performing("applications.confirm_eligible", actor=actor, at=at, on=application) as deed:
        _require_undecided(deed.row)
        outcome = deed.row.submission.outcome
        if outcome == Outcome.NOT_MET:
            raise RefusedError(Reason.of("eligibility.rule-not-met"))
        if outcome == Outcome.OPEN and not motivation.strip():
            raise RefusedError(Reason.of("eligibility.motivation-missing"))
        return _determine(deed, actor=actor, eligible=True, motivation=motivation)


def find_ineligible(*, actor: Actor, at: datetime, application: Application, motivation: str) -> Determination:
    """Find the application not eligible, with the reason in writing.

    Raises:
        RefusedError: `eligibility.motivation-missing`, or as the permission table says.
    """
    with performing("applications.find_ineligible", actor=actor, at=at, on=application) as deed:
        _require_undecided(deed.row)
        if not motivation.strip():
            raise RefusedError(Reason.of("eligibility.motivation-missing"))
        return _determine(deed, actor=actor, eligible=False, motivation=motivation)


def _require_undecided(application: Application) -> None:
    """Hold the call's row, so that no selection is being computed meanwhile on what is about to change."""
    call = Call.objects.select_for_update().get(pk=application.call_id)
    if call.proposals.filter(state__in=["proposed", "decided"]).exists():
        raise RefusedError(Reason.of("eligibility.already-proposed"))


def _determine(deed: Deed[Application], *, actor: Actor, eligible: bool, motivation: str) -> Determination:
    determination, _ = Determination.objects.update_or_create(
        application=deed.row,
        defaults={"eligible": eligible, "motivation": plain_text(motivation).strip(), "by_id": actor.id, "at": deed.at},
    )
    deed.noted = {"eligible": eligible, "motivation": determination.motivation}
    return determination
