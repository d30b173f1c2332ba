"""Rehearsing a call before it opens: the real verbs, carried out by invented people at chosen moments of the calendar.

Everything happens in a sandbox, a database in memory that holds the register's regions, themes and priorities and
nothing else of the installation, and is gone afterwards. Nothing is stored, nothing is journalled, nobody waits.
"""

from __future__ import annotations

from contextlib import contextmanager, suppress
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.db import transaction

from samspel.actions import accounts, applications, assessment, calls, constellations, registry, selection
from samspel.actions._perform import RefusedError
from samspel.engine.applications import PARTS
from samspel.engine.calls import rehearsal as times
from samspel.engine.calls.edition import digest
from samspel.engine.calls.invented import invented, spread
from samspel.engine.calls.reading.call import read
from samspel.engine.calls.rehearsed import Attempt, Played, Rehearsal, Sight
from samspel.engine.permissions import AUTHORITY_ROLES, OPERATOR, PUBLIC, Role, Seat
from samspel.engine.registry import touches
from samspel.engine.verdicts import Reason
from samspel.store.access import visible_to
from samspel.store.models import (
    Application,
    Call,
    Constellation,
    Edition,
    Organisation,
    Priority,
    Proposal,
    Region,
    Submission,
    Theme,
)
from samspel.store.sandbox import sandbox
from samspel.store.snapshots.accounts import actor as as_actor
from samspel.store.snapshots.judged import verdict_on

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from django.db.models import Model

    from samspel.engine.calls.rehearsal import Moment
    from samspel.engine.calls.text import Call as CallText
    from samspel.engine.permissions import Actor

EARLY, LATE, NEWCOMER = range(3)
"""Three constellations: one that has sent its application in as soon as it could, one that presses Submit at the
moment, and one that has not begun."""

WORDS = {
    "sv": {"organisation": "Påhittad organisation", "person": "Påhittad person", "other": "Påhittad medfinansiär"},
    "en": {"organisation": "Invented organisation", "person": "Invented person", "other": "Invented co-funder"},
}


def rehearse(
    *, actor: Actor, at: datetime, call: Call, moments: Iterable[Moment] | None = None, language: str = "sv"
) -> Rehearsal:
    """Rehearse a draft, or an open call's changed text, at these moments (left out: those of its calendar).

    `at` is when a call that states no times is published in the rehearsal.

    Raises:
        NotReadableError: the text is not a call; every problem is told.
        RefusedError: `permission.sign-in`, `permission.role` for others than the authority, `permission.state` for
            a call that is closed or decided, `call.nothing-amended` for an open call whose text is as published.
    """
    if not actor.id:
        raise RefusedError(Reason.of("permission.sign-in"))
    if not actor.roles & AUTHORITY_ROLES:
        raise RefusedError(Reason.of("permission.role", roles=" ".join(sorted(AUTHORITY_ROLES))))
    if call.state not in ("draft", "open"):
        raise RefusedError(Reason.of("permission.state", state=call.state))
    newest = Edition.objects.filter(call=call).order_by("-number").first()
    if newest is not None and newest.digest == digest(call.draft):
        raise RefusedError(Reason.of("call.nothing-amended"))
    text = read(call.draft)
    asked = tuple(moments if moments is not None else times.moments(text, at))[: times.MOST]
    published_at = min((times.publication(text, at), *(one.at - times.DAY for one in asked if _alone(one))))
    register = [(model, list(model._base_manager.values())) for model in _COPIED]
    with sandbox():
        for model, rows in register:
            model._base_manager.bulk_create(model(**row) for row in rows)
        cast = _Cast(text, call.draft, newest, published_at, language)
        publication = cast.publish()
        played = cast.play(asked) if publication[-1].done else ()
    return Rehearsal(text, published_at, publication, cast.handed_in, played)


_COPIED: tuple[type[Model], ...] = (Region, Theme, Priority, Priority.themes.through)
"""What an application is tied to in the register; organisations are invented."""


def _alone(moment: Moment) -> bool:
    """Whether somebody chose this moment, which may come before the rehearsal would have published."""
    return moment.kind is times.Kind.CHOSEN


@contextmanager
def _undone() -> Iterator[None]:
    """Undo what is done inside, so that what comes next begins from the same."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _tried(verb: str, role: Role, act: Callable[[], object]) -> Attempt:
    """Let somebody try; a refusal undoes what was begun."""
    try:
        with transaction.atomic():
            done = act()
    except applications.IncompleteError as refused:
        return Attempt(verb, role, refused.reason, gaps=tuple(gap.reason for gap in refused.gaps))
    except RefusedError as refused:
        return Attempt(verb, role, refused.reason)
    if isinstance(done, Submission):
        return Attempt(verb, role, receipt=done.receipt, verdict=verdict_on(done.application, at=done.submitted_at))
    return Attempt(verb, role)


class _Cast:
    """The people and organisations of a rehearsal, inside the sandbox, and what they do there."""

    def __init__(
        self, text: CallText, files: Mapping[str, str], newest: Edition | None, published_at: datetime, language: str
    ) -> None:
        self.text, self.files, self.newest, self.at = text, files, newest, published_at
        self.words = WORDS[language]
        self.handed_in = invented(text, language)
        self.officer = self._person(Seat(role=Role.OFFICER))
        self.decider = self._person(Seat(role=Role.DECISION_MAKER))
        self.assessor = self._person(Seat(role=Role.ASSESSOR))
        self.leads: list[Actor] = []
        self.formed: list[Constellation] = []

    def _person(self, seat: Seat) -> Actor:
        key = f"{seat.role}-{seat.organisation or 'authority'}"
        name, email = f"{self.words['person']}, {key}", f"{key}@rehearsal.invalid"
        return as_actor(
            accounts.open_account(actor=OPERATOR, at=self.at, email=email, name=name, seats=[seat], invented=True)
        )

    def publish(self) -> tuple[Attempt, ...]:
        """Draft or amend the call, let its drafter try to publish it, then another; form the constellations."""
        if self.newest is None:
            self.call = calls.draft(actor=self.officer, at=self.at, files=self.files)
        else:
            self.call = self._in_force(self.newest)
        verb, act = ("calls.publish", calls.publish) if self.newest is None else ("calls.republish", calls.republish)
        mine = _tried(verb, Role.OFFICER, lambda: act(actor=self.officer, at=self.at, call=self.call))
        other = _tried(verb, Role.DECISION_MAKER, lambda: act(actor=self.decider, at=self.at, call=self.call))
        self.call.refresh_from_db()
        if other.done:
            self._form()
        return mine, other

    def _in_force(self, newest: Edition) -> Call:
        """The open call with its newest edition, and the changed text taken in."""
        row = Call.objects.create(
            id=self.text.id, state="open", draft=newest.files, drafted_by_id=self.officer.id, drafted_at=self.at
        )
        Edition.objects.create(
            call=row,
            number=newest.number,
            digest=newest.digest,
            files=newest.files,
            published_by_id=self.decider.id,
            published_at=self.at,
        )
        return calls.amend(actor=self.officer, at=self.at, call=row, files=self.files)

    def _form(self) -> None:
        """Enter the organisations and form the three constellations, which may be done as soon as a call is open."""
        codes = spread(
            Region.objects.filter(level=3).values_list("pk", flat=True),
            len(self.handed_in.kinds),
            self.text.counting.nuts,
        )
        homes = list(zip(codes, self.handed_in.kinds, strict=True))
        partners = [self._organisation(n, *home) for n, home in enumerate(homes[1:], start=NEWCOMER + 1)]
        for team in (EARLY, LATE, NEWCOMER):
            lead = self._organisation(team, *homes[0])
            self.leads.append(self._person(Seat(role=Role.CLUSTER_MANAGER, organisation=lead.pk)))
            who: dict[str, Any] = {"actor": self.leads[team], "at": self.at}
            row = constellations.start(**who, call=self.call, name=f"{lead.name} +", lead=lead)
            for partner in partners:
                row = constellations.add(**who, constellation=row, organisation=partner)
            theme, priorities = self._theme([code for code, _ in homes])
            row = constellations.describe(
                **who, constellation=row, theme=theme, priorities=priorities, revision=row.revision
            )
            self.formed.append(row)

    def _organisation(self, number: int, region: str, kind: str) -> Organisation:
        name = f"{self.words['organisation']} {number + 1}"
        row = Organisation(id=f"rehearsal-{number}", name=name, kind=kind, region_id=region or None, invented=True)
        return registry.enter(actor=OPERATOR, at=self.at, organisation=row)

    def _theme(self, regions: list[str]) -> tuple[Theme | None, list[Priority]]:
        """The theme that most of the partners' regions have a priority of, and those priorities."""
        near = [
            priority
            for priority in Priority.objects.prefetch_related("themes")
            if any(touches(priority.region_id, region) for region in regions if region)
        ]
        declared = set(self.text.declared.of("terms.theme"))
        best: tuple[int, Theme | None, list[Priority]] = (-1, None, [])
        for theme in Theme.objects.all():
            mine = [priority for priority in near if theme in priority.themes.all()]
            regions_met = len({priority.region_id for priority in mine}) + len(near) * (theme.pk in declared)
            if regions_met > best[0]:
                best = (regions_met, theme, mine)
        return best[1], best[2]

    def _written(self, team: int, at: datetime) -> Application:
        """An application begun and written in full, not sent; what cannot be read stays empty, as on the page."""
        actor, constellation = self.leads[team], self.formed[team]
        row = applications.start(actor=actor, at=at, constellation=constellation)
        for part in PARTS:
            with suppress(applications.PartNotReadableError):
                self._save(team, row, part, at)
        return row

    def _save(self, team: int, row: Application, part: str, at: datetime, revision: int = 0) -> object:
        made = self.handed_in
        members = row.constellation.members.values_list("organisation_id", flat=True)
        costs = {f"cost-{member}": str(cost) for member, cost in zip(members, made.costs, strict=True)}
        other = {"funder-0": self.words["other"], "amount-0": str(made.cofunding)} if made.cofunding else {}
        fields = {"answers": made.answers, "budget": {**costs, "grant": str(made.grant)}, "cofunding": other}[part]
        return applications.save(
            actor=self.leads[team], at=at, application=row, part=part, fields=fields, revision=revision
        )

    def play(self, moments: Sequence[Moment]) -> tuple[Played, ...]:
        """Play the moments, in order. Those whose applicants began at the same time begin from the same writing."""

        def began(moment: Moment) -> tuple[bool, datetime]:
            found = times.began(self.text, moment.at, self.at)
            return found is not None, found or self.at

        found: dict[Moment, Played] = {}
        for (any_began, at), group in groupby(sorted(moments, key=began), key=began):
            with _undone():
                alike = list(group)
                found |= self._together(at, alike) if any_began else {one: self._one(one) for one in alike}
        return tuple(found[moment] for moment in moments)

    def _together(self, began: datetime, moments: Sequence[Moment]) -> dict[Moment, Played]:
        """Moments of one window: one applicant has written and not sent; from its beginning on, another has sent."""
        late = self._written(LATE, began)
        found = {one: self._one(one, began, late) for one in moments if one.at == began and not one.ended}
        sent = self._written(EARLY, began)
        applications.submit(actor=self.leads[EARLY], at=began, application=sent)
        return found | {one: self._one(one, began, late, sent) for one in moments if one not in found}

    def _one(
        self,
        moment: Moment,
        began: datetime | None = None,
        late: Application | None = None,
        sent: Application | None = None,
    ) -> Played:
        """Let everybody try what they might want to at one moment, and undo it."""
        with _undone():
            if moment.ended:
                self._close(times.ended_at(self.text, moment))
            tried = self._applicant(moment.at, late)
            if sent is None and late is not None and tried[-1].done:
                sent = late
            if sent is not None:
                tried += self._examined(moment.at, sent)
            stands, sights = Call.objects.get(), self._sights()
            tried += self._selected(moment.at)
            if moment.kind is times.Kind.DECISION:
                stands, sights = Call.objects.get(), self._sights()
            if not moment.ended:
                tried.append(_tried("calls.close", Role.OFFICER, lambda: self._close(moment.at)))
        return Played(
            moment=moment,
            state=stands.state,
            closed_at=stands.closed_at,
            decided_at=stands.decided_at,
            began=began,
            attempts=tuple(tried),
            sights=sights,
        )

    def _close(self, at: datetime) -> Call:
        return calls.close(actor=self.officer, at=at, call=self.call)

    def _applicant(self, at: datetime, late: Application | None) -> list[Attempt]:
        """A newcomer forms a constellation and begins; whoever has begun saves and presses Submit."""
        new, role = self.leads[NEWCOMER], Role.CLUSTER_MANAGER
        lead = self.formed[NEWCOMER].lead
        acts: list[tuple[str, Callable[[], object]]] = [
            (
                "constellations.start",
                lambda: constellations.start(actor=new, at=at, call=self.call, name="++", lead=lead),
            ),
            (
                "applications.start",
                lambda: applications.start(actor=new, at=at, constellation=self.formed[NEWCOMER]),
            ),
        ]
        if late is not None:
            acts += [
                ("applications.save", lambda: self._save(LATE, late, "cofunding", at, revision=1)),
                (
                    "applications.submit",
                    lambda: applications.submit(actor=self.leads[LATE], at=at, application=late),
                ),
            ]
        return [_tried(verb, role, act) for verb, act in acts]

    def _examined(self, at: datetime, sent: Application) -> list[Attempt]:
        """The officer looks at an application that has come in, and the assessor grades it."""
        motivation = next(iter(self.handed_in.answers.values()), "") or self.words["person"]
        found: dict[str, Any] = {"actor": self.officer, "at": at, "application": sent, "motivation": motivation}
        confirm, refuse = "applications.confirm_eligible", "applications.find_ineligible"
        tried = [_tried(confirm, Role.OFFICER, lambda: applications.confirm_eligible(**found))]
        if not tried[0].done:
            tried.append(_tried(refuse, Role.OFFICER, lambda: applications.find_ineligible(**found)))
        if not (self.text.criteria and self.text.scale):
            return tried
        top = max(self.text.scale, key=lambda grade: grade.points).code
        grades = {one.id: (one.cap or top, motivation) for one in self.text.criteria}
        work: dict[str, Any] = {"actor": self.assessor, "at": at, "application": sent}
        tried.append(
            _tried(
                "assessment.grade",
                Role.ASSESSOR,
                lambda: assessment.grade(**work, grades=grades, no_conflict=True, revision=0),
            )
        )
        if tried[-1].done:
            tried.append(_tried("assessment.hand_in", Role.ASSESSOR, lambda: assessment.hand_in(**work)))
        return tried

    def _selected(self, at: datetime) -> list[Attempt]:
        """The officer proposes a selection and, where that is done, the decision maker decides."""
        tried = [
            _tried(
                "selection.propose",
                Role.OFFICER,
                lambda: selection.propose(actor=self.officer, at=at, call=self.call),
            )
        ]
        if tried[0].done:
            who: dict[str, Any] = {"actor": self.decider, "at": at, "motivation": self.words["person"]}
            tried.append(
                _tried(
                    "selection.decide",
                    Role.DECISION_MAKER,
                    lambda: selection.decide(**who, proposal=Proposal.objects.get()),
                )
            )
        return tried

    def _sights(self) -> tuple[Sight, ...]:
        """What everybody may know of as it stands now."""
        people = (
            (PUBLIC, ""),
            (self.leads[LATE], Role.CLUSTER_MANAGER),
            (self.officer, Role.OFFICER),
            (self.assessor, Role.ASSESSOR),
            (self.decider, Role.DECISION_MAKER),
        )
        found = []
        for actor, role in people:
            states = sorted(visible_to(actor, Application).values_list("state", flat=True))
            counted = tuple((state, states.count(state)) for state in dict.fromkeys(states))
            found.append(Sight(role, visible_to(actor, Call).exists(), counted))
        return tuple(found)
