"""Writes on selection: computing and proposing the best portfolio, and deciding on it by a second person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from samspel.actions._perform import RefusedError, performing
from samspel.engine import assessment
from samspel.engine.calls.judging.judge import judge
from samspel.engine.calls.situation import Situation
from samspel.engine.selection import Candidate, Limits, best, why_not
from samspel.engine.values import Range, plain_text
from samspel.engine.verdicts import Outcome, Reason
from samspel.store.models import Application, Call, Decision, Edition, Proposal
from samspel.store.snapshots.calls import call as call_text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from samspel.engine.calls.text import Call as CallText
    from samspel.engine.permissions import Actor
    from samspel.engine.selection import Mend, Portfolio, WhyNot

type Codes = list[dict[str, Any]]


def _codes(reasons: Iterable[Reason]) -> Codes:
    """Reasons as they are stored: code and values, amounts as texts."""
    return [{"code": reason.code, "values": {name: str(value) for name, value in reason.values}} for reason in reasons]


def propose(*, actor: Actor, at: datetime, call: Call) -> Proposal:
    """Compute the best portfolio of a closed call and put it forward, with a why-not for all others.

    Raises:
        RefusedError: `selection.call-not-closed`, `selection.undetermined` or `selection.unassessed` while work
            remains, `selection.already-proposed`, or as the permission table says.
    """
    row = Proposal(call=call, pool=[], result={}, proposed_by_id=actor.id, proposed_at=at)
    with performing("selection.propose", actor=actor, at=at, on=row) as deed:
        locked = Call.objects.select_for_update().get(pk=call.pk)
        if locked.state != "closed":
            raise RefusedError(Reason.of("selection.call-not-closed", state=locked.state))
        if locked.proposals.filter(state__in=["proposed", "decided"]).exists():
            raise RefusedError(Reason.of("selection.already-proposed"))
        edition = Edition.objects.filter(call=locked).latest("number")
        text = call_text(edition)
        applications = _ready(locked)
        pool, below = _weighed(text, [a for a in applications if a.state == "eligible"])
        envelope = text.limit(text.selection.envelope)
        if envelope is None:
            raise RefusedError(Reason.of("selection.envelope-not-stated"))
        limits = Limits(
            envelope=envelope,
            per_theme=_whole(text, text.selection.projects_per_theme),
            max_projects=_whole(text, text.selection.most_projects),
        )
        portfolio = best(pool, limits)
        others = why_not(pool, limits, portfolio)
        deed.row.pool = [_plain(candidate) for candidate in pool]
        deed.row.result = _result(text, applications, portfolio, others, below)
        deed.noted = {"chosen": list(portfolio.chosen), "score": portfolio.score, "grant": str(portfolio.grant)}
    return deed.row


def _whole(text: CallText, name: str) -> int | None:
    value = text.limit(name)
    return None if value is None else int(value)


def _plain(candidate: Candidate) -> dict[str, Any]:
    return {
        "id": candidate.id,
        "theme": candidate.theme,
        "grant": str(candidate.grant),
        "score": candidate.score,
        "received": candidate.received,
    }


def _ready(call: Call) -> list[Application]:
    """All submitted applications of the call, if each has been found eligible or not and been assessed."""
    rows = list(
        Application.objects.filter(call=call, submission__isnull=False)
        .select_related("submission", "constellation", "determination", "assessment")
        .prefetch_related("assessment__grades")
        .order_by("submission__received")
    )
    undetermined = [row for row in rows if row.state == "submitted"]
    if undetermined:
        raise RefusedError(Reason.of("selection.undetermined", count=len(undetermined)))
    unassessed = [
        row
        for row in rows
        if row.state == "eligible" and not (hasattr(row, "assessment") and row.assessment.state == "handed-in")
    ]
    if unassessed:
        raise RefusedError(Reason.of("selection.unassessed", count=len(unassessed)))
    return rows


def _weighed(text: CallText, rows: Iterable[Application]) -> tuple[list[Candidate], dict[str, tuple[Reason, ...]]]:
    """The candidates that reach every least grade, and for the others what they fall below."""
    pool, below = [], {}
    for row in rows:
        grades = {given.criterion: given.grade for given in row.assessment.grades.all()}
        weighed = assessment.weigh(text, grades)
        if weighed.passes:
            candidate = Candidate(
                id=str(row.pk),
                theme=row.constellation.theme_id or f"alone-{row.pk}",
                grant=row.submission.grant,
                score=weighed.points,
                received=row.submission.received,
            )
            pool.append(candidate)
        else:
            below[str(row.pk)] = weighed.below
    return pool, below


def _result(
    text: CallText,
    applications: Iterable[Application],
    portfolio: Portfolio,
    others: dict[str, WhyNot],
    below: dict[str, tuple[Reason, ...]],
) -> dict[str, Any]:
    """Everything that the committee and the applicants are told, as plain values."""
    names = {str(row.pk): row.constellation.name for row in applications}
    outcomes: dict[str, dict[str, Any]] = {}
    for row in applications:
        key = str(row.pk)
        if row.state == "ineligible":
            reasons = [Reason.of("outcome.ineligible", motivation=row.determination.motivation)]
            outcomes[key] = {"outcome": "dismissed", "reasons": _codes(reasons), "points": None}
            continue
        points = row.assessment.points
        if key in below:
            outcomes[key] = {"outcome": "rejected", "reasons": _codes(below[key]), "points": points}
        elif key in portfolio.chosen:
            outcomes[key] = {"outcome": "approved", "reasons": _codes([Reason.of("outcome.chosen")]), "points": points}
        else:
            reasons = explained(others[key], portfolio, names, text)
            outcomes[key] = {"outcome": "rejected", "reasons": _codes(reasons), "points": points}
    return {
        "chosen": list(portfolio.chosen),
        "score": portfolio.score,
        "grant": str(portfolio.grant),
        "ties": portfolio.ties,
        "outcomes": outcomes,
    }


def _possible(mend: Mend, text: CallText) -> bool:
    """Whether the call itself would allow the change: points within the scale, a grant that keeps to the rules."""
    if mend.code == "score":
        return mend.becomes <= len(text.criteria) * max(grade.points for grade in text.scale)
    if mend.code == "grant":
        changed = Situation(grant=Range.exactly(mend.becomes))
        return judge(text, changed, about="application").outcome is not Outcome.NOT_MET
    return True


def explained(why: WhyNot, portfolio: Portfolio, names: dict[str, str], text: CallText) -> list[Reason]:
    """A why-not as reasons to be put into words: what stood in the way, what it would cost, what would do."""
    reasons = []
    for code in sorted(why.blocked_by):
        holders = ", ".join(names[one] for one in why.theme_held_by)
        reasons.append(Reason.of(f"why-not.blocked.{code}", holders=holders))
    if why.best_with is None:
        reasons.append(Reason.of("why-not.alone-too-dear"))
    else:
        out = ", ".join(names[one] for one in why.displaces)
        reasons.append(
            Reason.of(f"why-not.beaten.{why.beaten_by}", reached=why.best_with.score, best=portfolio.score, out=out)
        )
    reasons += [
        Reason.of(f"why-not.mend.{mend.code}", change=mend.change, becomes=mend.becomes, currency=text.currency)
        for mend in why.mend
        if _possible(mend, text)
    ]
    return reasons


def decide(*, actor: Actor, at: datetime, proposal: Proposal, motivation: str) -> Proposal:
    """Decide as proposed: every application gets its outcome, the call is decided, and the results are public.

    Raises:
        RefusedError: `selection.motivation-missing`, or as the permission table says (a second person decides).
    """
    with performing("selection.decide", actor=actor, at=at, on=proposal) as deed:
        if not motivation.strip():
            raise RefusedError(Reason.of("selection.motivation-missing"))
        deed.row.decided_by_id, deed.row.decided_at = actor.id, at
        deed.row.motivation = plain_text(motivation).strip()
        outcomes = deed.row.result["outcomes"]
        Decision.objects.bulk_create(
            Decision(
                application_id=int(key),
                proposal=deed.row,
                outcome=told["outcome"],
                reasons=told["reasons"],
                points=told["points"],
            )
            for key, told in outcomes.items()
        )
        for outcome in ("approved", "rejected", "dismissed"):
            mine = [int(key) for key, told in outcomes.items() if told["outcome"] == outcome]
            Application.objects.filter(pk__in=mine).update(state=outcome)
        Call.objects.filter(pk=deed.row.call_id).update(state="decided", decided_at=at)
        deed.noted = {"outcomes": {key: told["outcome"] for key, told in outcomes.items()}}
    return deed.row
