"""Reading what waits for a person: for each seat held, the matters in which it is that person's turn.

Whose turn it is, is asked of the permission table; nothing here decides it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Prefetch

from samspel.engine import constellations as engine
from samspel.engine import permissions
from samspel.engine.calls.reading.call import read
from samspel.engine.calls.text import said
from samspel.engine.permissions import Role, Subject
from samspel.engine.verdicts import Outcome
from samspel.store.access import visible_to
from samspel.store.models import Application, Assessment, Call, Constellation, Edition, Member, Priority, Proposal
from samspel.store.queries.applications import missing
from samspel.store.snapshots import registry as register_values
from samspel.store.snapshots.calls import call as call_text
from samspel.store.snapshots.constellations import listed_regions
from samspel.store.snapshots.judged import verdict_while_forming
from samspel.store.snapshots.subjects import subject

if TYPE_CHECKING:
    from collections.abc import Mapping

    from samspel.engine.calls.text import Call as CallText
    from samspel.engine.permissions import Actor


@dataclass(frozen=True, slots=True)
class CallLine:
    """A call by id, state and title."""

    id: str
    title: str
    state: str


@dataclass(frozen=True, slots=True)
class Forming:
    """One of a cluster manager's constellations: how it stands, and what is missing from its application."""

    id: int
    name: str
    invented: str
    state: str
    lead: str
    leads: bool
    call: CallLine
    application: int | None
    application_state: str
    gaps: int
    unmet: int
    rules: int
    receipt: str


@dataclass(frozen=True, slots=True)
class Queue:
    """A call at the authority, and how many of its applications wait for what."""

    call: CallLine
    received: int
    to_check: int
    to_assess: int
    can_close: bool
    to_propose: bool
    proposed: bool


@dataclass(frozen=True, slots=True)
class Matter:
    """Something that waits for one decision, by key and name."""

    key: str
    name: str
    call: CallLine
    invented: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class RegionLine:
    """A region, and how many of its priorities wait to be confirmed."""

    code: str
    name: str
    waiting: int


@dataclass(frozen=True, slots=True)
class Work:
    """Everything that waits, seat by seat; None for a role that the person does not have."""

    roles: tuple[str, ...]
    constellations: tuple[Forming, ...] | None
    open_calls: tuple[CallLine, ...]
    queues: tuple[Queue, ...] | None
    drafts: tuple[Matter, ...] | None
    proposals: tuple[Matter, ...] | None
    to_assess: tuple[Matter, ...] | None
    assessed: tuple[Matter, ...] | None
    regions: tuple[RegionLine, ...] | None


def work(actor: Actor, *, language: str) -> Work:
    """What waits for this person."""
    calls = {row.pk: row for row in visible_to(actor, Call).order_by("id")}
    texts = _texts(calls)
    lines = {key: CallLine(key, said(texts[key].title, language), row.state) for key, row in calls.items()}
    managing, officer = Role.CLUSTER_MANAGER in actor.roles, Role.OFFICER in actor.roles
    deciding, assessing = Role.DECISION_MAKER in actor.roles, Role.ASSESSOR in actor.roles
    regional = Role.REGIONAL_OFFICER in actor.roles
    assessments = _to_assess(actor, lines) if assessing else None
    return Work(
        roles=tuple(role.value for role in Role if role in actor.roles),
        constellations=_constellations(actor, lines, texts, language) if managing else None,
        open_calls=tuple(line for line in lines.values() if line.state == "open") if managing else (),
        queues=_queues(actor, calls, lines) if officer else None,
        drafts=_drafts(actor, calls, lines) if officer or deciding else None,
        proposals=_proposals(actor, lines) if deciding else None,
        to_assess=assessments[0] if assessments else None,
        assessed=assessments[1] if assessments else None,
        regions=_regions(actor, language) if regional else None,
    )


def _texts(calls: Mapping[str, Call]) -> dict[str, CallText]:
    """Each call as its newest edition says it; one that has none yet, as its draft does."""
    newest = {edition.call_id: edition for edition in Edition.objects.filter(call__in=list(calls)).order_by("number")}
    return {key: call_text(newest[key]) if key in newest else read(row.draft) for key, row in calls.items()}


def _constellations(
    actor: Actor, lines: Mapping[str, CallLine], texts: Mapping[str, CallText], language: str
) -> tuple[Forming, ...]:
    members = Prefetch("members", Member.objects.select_related("organisation"))
    own = Member.objects.filter(organisation__in=actor.organisations).values("constellation")
    rows = visible_to(actor, Constellation).filter(pk__in=own)
    rows = rows.select_related("lead", "application__edition", "application__submission")
    listed = listed_regions()
    return tuple(
        _forming(row, actor, lines, texts, listed=listed, language=language)
        for row in rows.prefetch_related(members, "priorities", "application__parts").order_by("-pk")
    )


def _forming(
    row: Constellation,
    actor: Actor,
    lines: Mapping[str, CallLine],
    texts: Mapping[str, CallText],
    *,
    listed: frozenset[str],
    language: str,
) -> Forming:
    application: Application | None = getattr(row, "application", None)
    text = call_text(application.edition) if application else texts[row.call_id]
    value = engine.Constellation(
        name=row.name,
        theme=row.theme_id or "",
        members=tuple(register_values.organisation(member.organisation) for member in row.members.all()),
        priorities=tuple(register_values.priority(one, language=language) for one in row.priorities.all()),
        listed=listed,
    )
    verdict = verdict_while_forming(text, value)
    drafted = application is not None and application.state == "draft"
    return Forming(
        id=row.pk,
        name=row.name,
        invented=row.invented,
        state=row.state,
        lead=row.lead.name,
        leads=row.lead_id in actor.organisations,
        call=lines[row.call_id],
        application=application.pk if application else None,
        application_state=application.state if application else "",
        gaps=len(missing(application, text, [one.organisation_id for one in row.members.all()]))
        if application and drafted
        else 0,
        unmet=len(verdict.findings) - len(verdict.having(Outcome.MET)),
        rules=len(verdict.findings),
        receipt=application.submission.receipt if application and hasattr(application, "submission") else "",
    )


def _queues(actor: Actor, calls: Mapping[str, Call], lines: Mapping[str, CallLine]) -> tuple[Queue, ...]:
    counted = Counter(visible_to(actor, Application).values_list("call_id", "state"))
    handed_in = Counter(
        visible_to(actor, Assessment)
        .filter(state="handed-in", application__state="eligible")
        .values_list("application__call_id", flat=True)
    )
    proposed = set(visible_to(actor, Proposal).filter(state="proposed").values_list("call_id", flat=True))
    return tuple(
        _queue(actor, row, lines[key], counted, handed_in[key], proposed=key in proposed)
        for key, row in calls.items()
        if row.state != "draft"
    )


def _queue(
    actor: Actor, row: Call, line: CallLine, counted: Counter[tuple[str, str]], handed_in: int, *, proposed: bool
) -> Queue:
    to_check = counted[row.pk, "submitted"]
    to_assess = counted[row.pk, "eligible"] - handed_in
    ready = row.state == "closed" and not proposed and not to_check and not to_assess
    return Queue(
        call=line,
        received=sum(number for (call, _), number in counted.items() if call == row.pk),
        to_check=to_check,
        to_assess=to_assess,
        can_close=bool(permissions.may("calls.close", actor, subject(row))),
        to_propose=ready and bool(permissions.may("selection.propose", actor, Subject(state="new"))),
        proposed=proposed,
    )


def _drafts(actor: Actor, calls: Mapping[str, Call], lines: Mapping[str, CallLine]) -> tuple[Matter, ...]:
    """Drafted calls that this person may publish: those that somebody else has prepared."""
    return tuple(
        Matter(key=key, name=lines[key].title, call=lines[key])
        for key, row in calls.items()
        if permissions.may("calls.publish", actor, subject(row))
    )


def _proposals(actor: Actor, lines: Mapping[str, CallLine]) -> tuple[Matter, ...]:
    return tuple(
        Matter(key=str(row.pk), name=lines[row.call_id].title, call=lines[row.call_id])
        for row in visible_to(actor, Proposal).filter(state="proposed")
        if permissions.may("selection.decide", actor, subject(row))
    )


def _to_assess(actor: Actor, lines: Mapping[str, CallLine]) -> tuple[tuple[Matter, ...], tuple[Matter, ...]]:
    """Eligible applications that this person may grade, and those that the person has handed in."""
    rows = visible_to(actor, Application).filter(state="eligible").select_related("constellation", "assessment")
    waiting, done = [], []
    for row in rows.order_by("call", "constellation__name"):
        given: Assessment | None = getattr(row, "assessment", None)
        matter = Matter(
            key=str(row.pk),
            name=row.constellation.name,
            call=lines[row.call_id],
            invented=row.constellation.invented,
            state=given.state if given and given.assessor_id == actor.id else "",
        )
        if permissions.may("assessment.grade", actor, subject(given) if given else Subject(state="new")):
            waiting.append(matter)
        elif given and given.assessor_id == actor.id:
            done.append(matter)
    return tuple(waiting), tuple(done)


def _regions(actor: Actor, language: str) -> tuple[RegionLine, ...]:
    """The person's regions' priorities that nobody has confirmed yet, region by region."""
    waiting: dict[str, RegionLine] = {}
    rows = visible_to(actor, Priority).filter(confirmed_at__isnull=True).select_related("region").order_by("region")
    for row in rows:
        if not permissions.may("registry.confirm", actor, subject(row)):
            continue
        name = row.region.name_sv if language == "sv" else row.region.name_en
        before = waiting.get(row.region_id)
        waiting[row.region_id] = RegionLine(row.region_id, name, (before.waiting if before else 0) + 1)
    return tuple(waiting.values())
