"""What a query shows is what the permission table allows: for everybody, for every row, in every state."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import product

import pytest

from samspel.engine import lifecycles, permissions
from samspel.engine.permissions import OPERATOR, PUBLIC, Actor, Part, Role, Seat, may_see
from samspel.store.access import OPEN_TO_ALL, readable, visible_to
from samspel.store.models import (
    Application,
    Assessment,
    Call,
    Constellation,
    Edition,
    JournalEntry,
    Member,
    Organisation,
    Person,
    Proposal,
)
from samspel.store.snapshots.subjects import subject

AT = datetime(2016, 10, 3, tzinfo=UTC)
ORGANISATIONS = ("o-one", "o-two", "o-three")
NOUNS = {
    "call": Call,
    "constellation": Constellation,
    "application": Application,
    "assessment": Assessment,
    "proposal": Proposal,
}


def seats(*roles: Role, organisation: str = "") -> frozenset[Seat]:
    held = organisation or "o-one"
    return frozenset(
        Seat(
            role=role,
            organisation=held if role is Role.CLUSTER_MANAGER or organisation else "",
            region="SE12" if role is Role.REGIONAL_OFFICER else "",
        )
        for role in roles
    )


# The people with ids 1 and 2 are the two assessors who wrote the assessments.
ACTORS = {
    "public": PUBLIC,
    "operator": OPERATOR,
    "without a seat": Actor(id=9),
    "officer": Actor(id=3, seats=seats(Role.OFFICER)),
    "decision maker": Actor(id=4, seats=seats(Role.DECISION_MAKER)),
    "first assessor": Actor(id=1, seats=seats(Role.ASSESSOR)),
    "second assessor": Actor(id=2, seats=seats(Role.ASSESSOR)),
    "no longer assessor": Actor(id=1),
    "manager of one": Actor(id=5, seats=seats(Role.CLUSTER_MANAGER, organisation="o-one")),
    "manager of two": Actor(id=6, seats=seats(Role.CLUSTER_MANAGER, organisation="o-two")),
    "manager of none of them": Actor(id=7, seats=seats(Role.CLUSTER_MANAGER, organisation="o-four")),
    "manager of two organisations": Actor(
        id=8,
        seats=seats(Role.CLUSTER_MANAGER, organisation="o-two") | seats(Role.CLUSTER_MANAGER, organisation="o-three"),
    ),
    "officer of an organisation that applies": Actor(id=10, seats=seats(Role.OFFICER, organisation="o-one")),
    "regional officer": Actor(id=11, seats=seats(Role.REGIONAL_OFFICER)),
    "assessor and manager": Actor(id=1, seats=seats(Role.ASSESSOR, Role.CLUSTER_MANAGER)),
    "all roles": Actor(id=12, seats=seats(*Role)),
}


@pytest.fixture
def rows(db: None) -> dict[str, list[object]]:
    """Write a row of every noun in every state, under each lead and with each company of members."""
    people = Person.objects.bulk_create(
        [Person(id=n, email=f"{n}@x.invalid", name=str(n), joined_at=AT) for n in range(1, 13)]
    )
    Organisation.objects.bulk_create(
        [Organisation(id=one, name=one, kind="cluster-organisation", invented=True) for one in ORGANISATIONS]
    )
    made: dict[str, list[object]] = {noun: [] for noun in NOUNS}
    for state in lifecycles.STATES["call"]:
        made["call"].append(Call.objects.create(id=state, state=state, drafted_by=people[0], drafted_at=AT))
    call = Call.objects.get(id="open")
    edition = Edition.objects.create(call=call, number=1, digest="", files={}, published_by=people[1], published_at=AT)
    companies = [("o-one",), ("o-one", "o-two"), ("o-two", "o-one", "o-three"), ("o-three",)]
    matters = product(lifecycles.STATES["application"], lifecycles.STATES["constellation"], companies)
    for number, (application_state, state, company) in enumerate(matters):
        constellation = Constellation.objects.create(
            call=call, name=str(number), state=state, lead_id=company[0], invented="all"
        )
        Member.objects.bulk_create(
            Member(constellation=constellation, organisation_id=one, joined_at=AT) for one in company
        )
        application = Application.objects.create(
            constellation=constellation, call=call, edition=edition, state=application_state, started_at=AT
        )
        made["constellation"].append(constellation)
        made["application"].append(application)
        written = lifecycles.STATES["assessment"][number % 2]
        made["assessment"].append(
            Assessment.objects.create(application=application, assessor=people[number // 2 % 2], state=written)
        )
    for state in lifecycles.STATES["proposal"]:
        made["proposal"].append(
            Proposal.objects.create(
                call_id="closed" if state == "proposed" else "decided",
                state=state,
                pool=[],
                result={},
                proposed_by=people[2],
                proposed_at=AT,
            )
        )
    return made


def test_every_noun_with_states_is_here():
    assert set(NOUNS) == set(permissions.PUBLIC_STATES) == set(lifecycles.STATES)


def test_everybody_sees_exactly_the_rows_that_the_table_allows(rows):
    for noun, model in NOUNS.items():
        subjects = {row.pk: subject(row) for row in model._base_manager.all()}
        assert len(subjects) == len(rows[noun])
        for who, actor in ACTORS.items():
            shown = list(visible_to(actor, model).values_list("pk", flat=True))
            allowed = {pk for pk, matter in subjects.items() if may_see(noun, actor, matter)}
            assert len(shown) == len(set(shown)), f"{who} is shown a {noun} twice"
            assert set(shown) == allowed, f"{who} and {noun}"


def test_the_table_tells_people_apart_at_all(rows):
    for noun, model in NOUNS.items():
        seen = {frozenset(visible_to(actor, model).values_list("pk", flat=True)) for actor in ACTORS.values()}
        assert len(seen) > 1, noun


def test_what_of_an_application_is_readable_is_what_the_table_allows(rows):
    for row in Application.objects.select_related("constellation").prefetch_related("constellation__members"):
        for actor in ACTORS.values():
            wanted = {part for part in Part if permissions.may_read(part, actor, subject(row))}
            assert readable(actor, row) == wanted


@pytest.mark.parametrize("model", OPEN_TO_ALL, ids=lambda model: model.__name__)
def test_the_register_is_open_to_all(register, model):
    assert visible_to(PUBLIC, model).count() == model._base_manager.count() > 0


def test_only_the_authority_reads_the_journal(register):
    reads = {who for who, actor in ACTORS.items() if visible_to(actor, JournalEntry).exists()}
    assert reads == {
        "operator",
        "officer",
        "decision maker",
        "officer of an organisation that applies",
        "all roles",
    }


def test_what_is_never_shown_by_itself_is_refused(db):
    with pytest.raises(TypeError, match="Person is never shown by itself"):
        visible_to(OPERATOR, Person)


def test_no_verb_acts_on_what_belongs_to_something_else(db):
    with pytest.raises(TypeError, match="no verb acts on Member"):
        subject(Member())
