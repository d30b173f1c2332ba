"""Who may do what, and who may see what, as two tables that answer with a reason.

A verb asks three things in this order: is the person in a role that may do it, does the person stand in the
right relation to the matter (its lead, a member, its assessor, somebody other than who prepared it), and is
the matter in a state that allows it. The first that fails is the answer.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import assert_never

from samspel.engine import lifecycles
from samspel.engine.verdicts import Reason


class Role(StrEnum):
    """The five roles a signed-in person can have; the public has none."""

    OFFICER = "officer"
    DECISION_MAKER = "decision-maker"
    ASSESSOR = "assessor"
    CLUSTER_MANAGER = "cluster-manager"
    REGIONAL_OFFICER = "regional-officer"


AUTHORITY_ROLES = frozenset({Role.OFFICER, Role.DECISION_MAKER})


@dataclass(frozen=True, slots=True)
class Seat:
    """A role held for an organisation or, by a regional officer, for a region (NUTS code)."""

    role: Role
    organisation: str = ""
    region: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """A person as the rules see one: an id, and the seats held. Nobody signed in has id 0 and no seat."""

    id: int = 0
    name: str = ""
    seats: frozenset[Seat] = frozenset()

    @property
    def roles(self) -> frozenset[Role]:
        """The roles held, whatever they are held for."""
        return frozenset(seat.role for seat in self.seats)

    @property
    def organisations(self) -> frozenset[str]:
        """The organisations this person is cluster manager of."""
        return frozenset(s.organisation for s in self.seats if s.role is Role.CLUSTER_MANAGER)

    @property
    def regions(self) -> frozenset[str]:
        """The regions (NUTS codes) this person is regional officer of."""
        return frozenset(s.region for s in self.seats if s.role is Role.REGIONAL_OFFICER)


PUBLIC = Actor()
OPERATOR = Actor(id=-1, name="operator", seats=frozenset({Seat(role=Role.OFFICER)}))
"""Whoever runs the installation from its command line; makes the first accounts and loads the register."""


class Relation(StrEnum):
    """How a person must stand to the matter, besides having the role."""

    NONE = "none"
    LEAD = "lead"
    MEMBER = "member"
    OWN_REGION = "own-region"
    OWN_WORK = "own-work"
    SECOND_PERSON = "second-person"


@dataclass(frozen=True, slots=True)
class Subject:
    """A matter as the permission table sees it.

    `lead` and `members` are organisation ids, `region` a NUTS code, `prepared_by` the id of the person who
    prepared or wrote it (None: nobody yet).
    """

    state: str
    lead: str = ""
    members: frozenset[str] = field(default_factory=frozenset)
    region: str = ""
    prepared_by: int | None = None


@dataclass(frozen=True, slots=True)
class Permission:
    """One row of the table: this verb, for these roles, in this relation."""

    verb: str
    roles: frozenset[Role]
    relation: Relation = Relation.NONE


def _row(verb: str, *roles: Role, relation: Relation = Relation.NONE) -> Permission:
    return Permission(verb=verb, roles=frozenset(roles), relation=relation)


TABLE: tuple[Permission, ...] = (
    _row("accounts.open", Role.OFFICER),
    _row("registry.load", Role.OFFICER),
    _row("registry.enter", Role.OFFICER),
    _row("registry.confirm", Role.REGIONAL_OFFICER, relation=Relation.OWN_REGION),
    _row("calls.draft", Role.OFFICER),
    _row("calls.publish", Role.OFFICER, Role.DECISION_MAKER, relation=Relation.SECOND_PERSON),
    _row("calls.amend", Role.OFFICER),
    _row("calls.republish", Role.OFFICER, Role.DECISION_MAKER, relation=Relation.SECOND_PERSON),
    _row("calls.close", Role.OFFICER),
    _row("constellations.start", Role.CLUSTER_MANAGER, relation=Relation.LEAD),
    _row("constellations.add", Role.CLUSTER_MANAGER, relation=Relation.LEAD),
    _row("constellations.remove", Role.CLUSTER_MANAGER, relation=Relation.LEAD),
    _row("constellations.describe", Role.CLUSTER_MANAGER, relation=Relation.LEAD),
    _row("applications.start", Role.CLUSTER_MANAGER, relation=Relation.LEAD),
    _row("applications.save", Role.CLUSTER_MANAGER, relation=Relation.MEMBER),
    _row("applications.submit", Role.CLUSTER_MANAGER, relation=Relation.LEAD),
    _row("applications.confirm_eligible", Role.OFFICER),
    _row("applications.find_ineligible", Role.OFFICER),
    _row("assessment.grade", Role.ASSESSOR, relation=Relation.OWN_WORK),
    _row("assessment.hand_in", Role.ASSESSOR, relation=Relation.OWN_WORK),
    _row("selection.propose", Role.OFFICER),
    _row("selection.decide", Role.DECISION_MAKER, relation=Relation.SECOND_PERSON),
)

BY_VERB: dict[str, Permission] = {row.verb: row for row in TABLE}


@dataclass(frozen=True, slots=True)
class Answer:
    """Yes or no, and why not."""

    allowed: bool
    reason: Reason

    def __bool__(self) -> bool:
        """An answer may stand where a condition stands."""
        return self.allowed


ALLOWED = Answer(allowed=True, reason=Reason.of("permission.allowed"))


def _refusal(code: str, **values: str) -> Answer:
    return Answer(allowed=False, reason=Reason.of(code, **values))


def stands(actor: Actor, subject: Subject, relation: Relation) -> bool:
    """Say whether the person stands in this relation to the matter."""
    match relation:
        case Relation.NONE:
            return True
        case Relation.LEAD:
            return bool(subject.lead) and subject.lead in actor.organisations
        case Relation.MEMBER:
            return bool(actor.organisations & (subject.members | {subject.lead}))
        case Relation.OWN_REGION:
            return any(subject.region.startswith(own) or own.startswith(subject.region) for own in actor.regions if own)
        case Relation.OWN_WORK:
            return subject.prepared_by in (None, actor.id)
        case Relation.SECOND_PERSON:
            return subject.prepared_by not in (None, actor.id)
        case _:
            assert_never(relation)


def may(verb: str, actor: Actor, subject: Subject) -> Answer:
    """Answer whether this person may use this verb on this matter now, with the reason when not.

    >>> officer = Actor(id=1, seats=frozenset({Seat(role=Role.OFFICER)}))
    >>> may("calls.close", officer, Subject(state="draft")).reason.code
    'permission.state'
    >>> bool(may("calls.close", officer, Subject(state="open")))
    True

    Raises:
        KeyError: no such verb.
    """
    row = BY_VERB[verb]
    if actor.id == 0:
        return _refusal("permission.sign-in")
    if not actor.roles & row.roles:
        return _refusal("permission.role", roles=" ".join(sorted(row.roles)))
    if not stands(actor, subject, row.relation):
        return _refusal(f"permission.{row.relation}")
    if not lifecycles.can(verb, state=subject.state):
        return _refusal("permission.state", state=subject.state)
    return ALLOWED


# What may be seen. A row of the store that has a state below is shown to the public, to the authority's
# roles, to assessors, or to the organisations that take part in it; nobody else knows that it exists.

PUBLIC_STATES: dict[str, frozenset[str]] = {
    "call": frozenset({"open", "closed", "decided"}),
    "constellation": frozenset(),
    "application": frozenset({"approved", "rejected", "dismissed"}),
    "proposal": frozenset(),
    "assessment": frozenset(),
}
AUTHORITY_STATES: dict[str, frozenset[str]] = {
    "call": frozenset(lifecycles.STATES["call"]),
    "constellation": frozenset({"applied"}),
    "application": frozenset(lifecycles.STATES["application"]) - {"draft"},
    "proposal": frozenset(lifecycles.STATES["proposal"]),
    "assessment": frozenset({"handed-in"}),
}
ASSESSOR_STATES: dict[str, frozenset[str]] = {
    "call": frozenset(lifecycles.STATES["call"]) - {"draft"},
    "constellation": frozenset({"applied"}),
    "application": frozenset({"eligible", "approved", "rejected"}),
    "proposal": frozenset(),
    "assessment": frozenset(),
}
PARTICIPANTS_SEE: frozenset[str] = frozenset({"constellation", "application"})
AUTHORS_SEE: frozenset[str] = frozenset({"assessment"})


def may_see(noun: str, actor: Actor, subject: Subject) -> bool:
    """Say whether this person may know of this row at all.

    >>> may_see("application", PUBLIC, Subject(state="submitted"))
    False
    """
    return (
        subject.state in PUBLIC_STATES[noun]
        or (bool(actor.roles & AUTHORITY_ROLES) and subject.state in AUTHORITY_STATES[noun])
        or (Role.ASSESSOR in actor.roles and subject.state in ASSESSOR_STATES[noun])
        or (noun in PARTICIPANTS_SEE and stands(actor, subject, Relation.MEMBER))
        or (noun in AUTHORS_SEE and actor.id != 0 and subject.prepared_by == actor.id)
    )


class Part(StrEnum):
    """What an application carries that not everybody who may see it may read."""

    RESULT = "result"
    CONTENT = "content"
    VERDICT = "verdict"
    ASSESSMENT = "assessment"
    ASSESSOR = "assessor"


_AUTHORITY, _ASSESSORS, _PARTICIPANTS, _ANYBODY = "authority", "assessors", "participants", "anybody"
DECIDED = frozenset({"approved", "rejected", "dismissed"})

READERS: dict[Part, tuple[tuple[str, frozenset[str] | None], ...]] = {
    Part.RESULT: ((_AUTHORITY, None), (_PARTICIPANTS, DECIDED), (_ASSESSORS, DECIDED), (_ANYBODY, DECIDED)),
    Part.CONTENT: ((_PARTICIPANTS, None), (_AUTHORITY, None), (_ASSESSORS, None)),
    Part.VERDICT: ((_PARTICIPANTS, None), (_AUTHORITY, None), (_ASSESSORS, None)),
    Part.ASSESSMENT: ((_AUTHORITY, None), (_PARTICIPANTS, DECIDED)),
    Part.ASSESSOR: ((_AUTHORITY, None),),
}
"""Who reads which part of an application, and in which of its states (None: every state)."""


def may_read(part: Part, actor: Actor, subject: Subject) -> bool:
    """Say whether this person may read this part of an application that the person may see.

    >>> may_read(Part.ASSESSMENT, PUBLIC, Subject(state="approved"))
    False
    """
    groups = {_ANYBODY}
    if actor.roles & AUTHORITY_ROLES:
        groups.add(_AUTHORITY)
    if Role.ASSESSOR in actor.roles:
        groups.add(_ASSESSORS)
    if stands(actor, subject, Relation.MEMBER):
        groups.add(_PARTICIPANTS)
    return any(group in groups and (states is None or subject.state in states) for group, states in READERS[part])
