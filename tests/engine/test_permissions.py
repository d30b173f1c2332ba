"""Each row of the permission table: who may, who may not, and which of the three questions is asked first."""

from __future__ import annotations

import pytest

from samspel.engine import lifecycles
from samspel.engine.permissions import (
    OPERATOR,
    PUBLIC,
    READERS,
    TABLE,
    Actor,
    Part,
    Permission,
    Relation,
    Role,
    Seat,
    Subject,
    may,
    may_read,
    may_see,
    stands,
)
from samspel.engine.verdicts import Reason

HELD_FOR = {Role.CLUSTER_MANAGER: {"organisation": "a"}, Role.REGIONAL_OFFICER: {"region": "SE12"}}


def somebody(*roles: Role, id: int = 1) -> Actor:
    return Actor(id=id, name="Ada", seats=frozenset(Seat(role=role, **HELD_FOR.get(role, {})) for role in roles))


def matter(row: Permission, *, right: bool) -> Subject:
    """Give a matter to which the person with id 1, organisation `a` and region SE12 stands right, or does not."""
    state = min(lifecycles.BY_VERB[row.verb].before)
    match row.relation:
        case Relation.LEAD:
            return Subject(state=state, lead="a" if right else "b", members=frozenset({"a"}))
        case Relation.MEMBER:
            return Subject(state=state, lead="b", members=frozenset({"a" if right else "c"}))
        case Relation.OWN_REGION:
            return Subject(state=state, region="SE121" if right else "SE110")
        case Relation.OWN_WORK:
            return Subject(state=state, prepared_by=1 if right else 2)
        case Relation.SECOND_PERSON:
            return Subject(state=state, prepared_by=2 if right else 1)
        case _:
            return Subject(state=state)


each_row = pytest.mark.parametrize("row", TABLE, ids=lambda row: row.verb)


def test_the_table_has_one_row_for_each_verb():
    assert [row.verb for row in TABLE] == [edge.verb for edge in lifecycles.EDGES]


@each_row
def test_each_of_the_roles_may(row):
    for role in row.roles:
        answer = may(row.verb, somebody(role), matter(row, right=True))
        assert answer
        assert answer.reason == Reason.of("permission.allowed")


@each_row
def test_no_other_role_may(row):
    others = set(Role) - row.roles
    for actor in [somebody(role) for role in others] + [somebody(*others), somebody()]:
        answer = may(row.verb, actor, matter(row, right=True))
        assert answer.reason == Reason.of("permission.role", roles=" ".join(sorted(row.roles)))
        assert not answer


@each_row
def test_who_stands_wrong_may_not(row):
    if row.relation is Relation.NONE:
        return
    for role in row.roles:
        answer = may(row.verb, somebody(role), matter(row, right=False))
        assert (bool(answer), answer.reason) == (False, Reason.of(f"permission.{row.relation}"))


@each_row
def test_a_verb_is_used_only_in_its_states(row):
    edge, right = lifecycles.BY_VERB[row.verb], matter(row, right=True)
    for state in {one for states in lifecycles.STATES.values() for one in states} | {"new", "current"}:
        here = Subject(
            state=state, lead=right.lead, members=right.members, region=right.region, prepared_by=right.prepared_by
        )
        answer = may(row.verb, somebody(*row.roles), here)
        assert bool(answer) is (state in edge.before)
        assert answer or answer.reason == Reason.of("permission.state", state=state)


@each_row
def test_nobody_who_is_not_signed_in_may(row):
    assert may(row.verb, PUBLIC, matter(row, right=True)).reason == Reason.of("permission.sign-in")


def test_there_is_no_other_verb():
    with pytest.raises(KeyError):
        may("calls.frame", somebody(), Subject(state="open"))


def test_whoever_runs_the_installation_is_an_officer():
    assert may("registry.load", OPERATOR, Subject(state="open"))
    assert may("accounts.open", OPERATOR, Subject(state="new"))
    assert not may("selection.decide", OPERATOR, Subject(state="proposed", prepared_by=3))


STANDS = [
    (Relation.LEAD, Subject(state="x"), False),
    (Relation.LEAD, Subject(state="x", members=frozenset({"a"})), False),
    (Relation.MEMBER, Subject(state="x", lead="a"), True),
    (Relation.MEMBER, Subject(state="x"), False),
    (Relation.OWN_REGION, Subject(state="x", region="SE1"), True),
    (Relation.OWN_REGION, Subject(state="x", region="SE123"), True),
    (Relation.OWN_REGION, Subject(state="x", region="SE2"), False),
    (Relation.OWN_WORK, Subject(state="x"), True),
    (Relation.SECOND_PERSON, Subject(state="x"), False),
    (Relation.NONE, Subject(state="x"), True),
]


@pytest.mark.parametrize("relation, subject, right", STANDS)
def test_how_one_stands_to_a_matter(relation, subject, right):
    assert stands(somebody(*Role), subject, relation) is right


def test_a_person_holds_roles_for_organisations_and_regions():
    actor = somebody(*Role)
    assert actor.roles == set(Role)
    assert (set(actor.organisations), set(actor.regions)) == ({"a"}, {"SE12"})
    assert somebody(Role.REGIONAL_OFFICER).organisations == frozenset()


def test_an_organisation_of_another_role_gives_no_say_in_its_matters():
    officer = Actor(id=1, seats=frozenset({Seat(role=Role.OFFICER, organisation="a")}))
    assert not stands(officer, Subject(state="forming", lead="a"), Relation.MEMBER)


# noun, state, who sees it (besides those who take part or wrote it)
SEEN = [
    ("call", "draft", "authority"),
    ("call", "open", "public authority assessor manager region"),
    ("call", "decided", "public authority assessor manager region"),
    ("constellation", "forming", ""),
    ("constellation", "applied", "authority assessor"),
    ("application", "draft", ""),
    ("application", "submitted", "authority"),
    ("application", "ineligible", "authority"),
    ("application", "eligible", "authority assessor"),
    ("application", "approved", "public authority assessor manager region"),
    ("application", "rejected", "public authority assessor manager region"),
    ("application", "dismissed", "public authority assessor manager region"),
    ("assessment", "draft", ""),
    ("assessment", "handed-in", "authority"),
    ("proposal", "proposed", "authority"),
    ("proposal", "decided", "authority"),
]
WHO = {
    "public": [PUBLIC],
    "authority": [somebody(Role.OFFICER), somebody(Role.DECISION_MAKER)],
    "assessor": [somebody(Role.ASSESSOR)],
    "manager": [somebody(Role.CLUSTER_MANAGER)],
    "region": [somebody(Role.REGIONAL_OFFICER)],
}


@pytest.mark.parametrize("noun, state, seen_by", SEEN)
def test_who_sees_what(noun, state, seen_by):
    subject = Subject(state=state, lead="b", members=frozenset({"b", "c"}), prepared_by=99)
    for group, actors in WHO.items():
        for actor in actors:
            assert may_see(noun, actor, subject) is (group in seen_by.split()), group


def test_who_takes_part_sees_the_constellation_and_the_application_but_not_the_assessment():
    manager = somebody(Role.CLUSTER_MANAGER)
    subject = Subject(state="draft", lead="b", members=frozenset({"a", "b"}), prepared_by=99)
    assert may_see("application", manager, subject)
    assert may_see("constellation", manager, subject)
    assert not may_see("assessment", manager, subject)


def test_who_wrote_an_assessment_sees_it():
    subject = Subject(state="draft", prepared_by=1)
    assert may_see("assessment", somebody(Role.ASSESSOR), subject)
    assert not may_see("assessment", somebody(Role.ASSESSOR, id=2), subject)
    assert not may_see("assessment", PUBLIC, Subject(state="draft", prepared_by=0))


READ = [
    (Part.RESULT, "submitted", "authority"),
    (Part.RESULT, "approved", "public authority assessor manager region"),
    (Part.CONTENT, "approved", "authority assessor manager"),
    (Part.VERDICT, "submitted", "authority assessor manager"),
    (Part.ASSESSMENT, "eligible", "authority"),
    (Part.ASSESSMENT, "rejected", "authority manager"),
    (Part.ASSESSOR, "rejected", "authority"),
]


@pytest.mark.parametrize("part, state, read_by", READ)
def test_who_reads_which_part(part, state, read_by):
    subject = Subject(state=state, lead="a", members=frozenset({"a"}))
    for group, actors in WHO.items():
        for actor in actors:
            assert may_read(part, actor, subject) is (group in read_by.split()), group
    outsider = Actor(id=5, seats=frozenset({Seat(role=Role.CLUSTER_MANAGER, organisation="z")}))
    assert may_read(part, outsider, subject) is ("public" in read_by.split())


def test_every_part_has_its_readers():
    assert set(READERS) == set(Part)
