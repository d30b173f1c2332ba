"""A constellation is started by its lead for an open call, gains and loses members, and names what it answers to."""

from __future__ import annotations

import pytest

from samspel.actions import calls, constellations
from samspel.actions._perform import EditConflictError
from samspel.engine.permissions import Actor, Role, Seat
from samspel.store.models import Call, Constellation, Organisation, Person, Priority
from tests.worlds.refusals import refused
from tests.worlds.situations import AT, journal_length, line, newest_line

NAMED = ["se110-halsa-vard-omsorg", "se12-life-science-valfardsteknik-och-e-halsa", "se232-halsa-och-life-science"]


def start(situation, **changed):
    given = {"actor": situation.lead, "call": situation.call, "name": "Ny", "lead": situation.organisation("alfa")}
    return constellations.start(at=AT, **(given | changed))


def columns(row: Constellation, **changed):
    return {
        "id": row.pk,
        "call_id": "kluster-2016",
        "name": row.name,
        "state": "forming",
        "theme_id": row.theme_id,
        "lead_id": "small-alfa",
        "revision": row.revision,
        "invented": "all",
    } | changed


def test_a_lead_starts_and_is_the_first_member(open_call):
    started = start(open_call, name="  Ny   konstellation ")

    stored = Constellation.objects.get()
    assert (stored.pk, stored.name, stored.state, stored.invented) == (started.pk, "Ny konstellation", "forming", "all")
    assert [member.organisation_id for member in stored.members.all()] == ["small-alfa"]
    after = columns(stored) | {"members": ["small-alfa"]}
    assert newest_line() == line(
        "constellations.start", "constellation", stored.pk, open_call.lead, before={}, after=after
    )


def test_what_an_invented_person_forms_of_real_organisations_has_invented_content(open_call):
    real = Organisation.objects.get(pk="smart-textiles")
    manager = Actor(id=open_call.lead.id, seats=frozenset({Seat(role=Role.CLUSTER_MANAGER, organisation=real.pk)}))
    assert start(open_call, actor=manager, lead=real).invented == "content"


def test_a_constellation_that_a_real_person_forms_of_real_organisations_is_not_marked_invented(open_call):
    Person.objects.filter(pk=open_call.lead.id).update(invented=False)
    real = Organisation.objects.get(pk="smart-textiles")
    manager = Actor(id=open_call.lead.id, seats=frozenset({Seat(role=Role.CLUSTER_MANAGER, organisation=real.pk)}))
    assert start(open_call, actor=manager, lead=real).invented == ""


@pytest.mark.parametrize(
    "name, code, values",
    [
        ("  ", "constellation.name-empty", {}),
        ("x" * 121, "constellation.name-too-long", {"longest": 120}),
    ],
    ids=["empty", "too long"],
)
def test_a_constellation_has_a_name(open_call, name, code, values):
    with refused(code, **values):
        start(open_call, name=name)
    assert not Constellation.objects.exists()


def test_a_name_is_used_once_in_a_call(forming):
    name = forming.constellation().name
    with refused("constellation.name-taken", name=name):
        start(forming, name=f" {name} ")


def test_none_is_started_when_the_call_is_not_open(drafted_call):
    with refused("constellation.call-not-open", state="draft"):
        start(drafted_call)
    Call.objects.update(state="closed")
    with refused("constellation.call-not-open", state="closed"):
        start(drafted_call)


def test_only_the_leads_own_manager_starts(open_call):
    with refused("permission.lead"):
        start(open_call, actor=open_call.person("member"))
    with refused("permission.role", roles="cluster-manager"):
        start(open_call, actor=open_call.officer)


def test_a_member_is_added(forming):
    before = forming.constellation()
    constellations.add(actor=forming.lead, at=AT, constellation=before, organisation=forming.organisation("omega"))
    after = forming.constellation()
    assert [m.organisation_id for m in after.members.all()] == [
        "small-alfa",
        "small-beta",
        "small-gamma",
        "small-omega",
    ]
    assert newest_line() == line(
        "constellations.add",
        "constellation",
        before.pk,
        forming.lead,
        before=columns(before),
        after={"revision": before.revision + 1, "added": "small-omega"},
    )


def test_a_member_is_added_once(forming):
    row = forming.constellation()
    beta = forming.organisation("beta")
    with refused("constellation.member-already", name=beta.name):
        constellations.add(actor=forming.lead, at=AT, constellation=row, organisation=beta)
    assert forming.constellation().members.count() == 3


def test_only_a_member_is_removed(forming):
    delta = forming.organisation("delta")
    with refused("constellation.not-member", name=delta.name):
        constellations.remove(actor=forming.lead, at=AT, constellation=forming.constellation(), organisation=delta)


def test_a_constellation_stays_as_it_is_once_the_call_has_closed(drafted):
    calls.close(actor=drafted.officer, at=AT, call=drafted.call)
    row, beta = drafted.constellation(), drafted.organisation("beta")
    for verb in (constellations.add, constellations.remove):
        with refused("constellation.call-not-open", state="closed"):
            verb(actor=drafted.lead, at=AT, constellation=row, organisation=beta)


def test_an_invented_organisation_does_not_stand_beside_a_real_one(forming):
    real = Organisation.objects.get(pk="stuns")
    with refused("constellation.invented-with-real"):
        constellations.add(actor=forming.lead, at=AT, constellation=forming.constellation(), organisation=real)


def test_only_the_lead_adds_and_only_while_it_forms(submitted):
    row, omega = submitted.constellation(), submitted.organisation("omega")
    with refused("permission.lead"):
        constellations.add(actor=submitted.person("member"), at=AT, constellation=row, organisation=omega)
    with refused("permission.state", state="applied"):
        constellations.add(actor=submitted.lead, at=AT, constellation=row, organisation=omega)
    assert row.members.count() == 3


def test_a_member_is_removed_and_with_it_what_only_it_answered_to(forming):
    before = forming.constellation()
    gamma = forming.organisation("gamma")
    constellations.remove(actor=forming.lead, at=AT, constellation=before, organisation=gamma)

    after = forming.constellation()
    assert [member.organisation_id for member in after.members.all()] == ["small-alfa", "small-beta"]
    assert sorted(after.priorities.values_list("pk", flat=True)) == NAMED[:2]
    assert newest_line() == line(
        "constellations.remove",
        "constellation",
        before.pk,
        forming.lead,
        before=columns(before),
        after={
            "revision": before.revision + 1,
            "removed": "small-gamma",
            "priorities_removed": ["se232-halsa-och-life-science"],
        },
    )


def test_the_lead_stays(forming):
    row = forming.constellation()
    with refused("constellation.lead-stays"):
        constellations.remove(actor=forming.lead, at=AT, constellation=row, organisation=forming.organisation("alfa"))
    assert row.members.count() == 3


def test_only_the_lead_removes(forming):
    with refused("permission.lead"):
        constellations.remove(
            actor=forming.person("member"),
            at=AT,
            constellation=forming.constellation(),
            organisation=forming.organisation("beta"),
        )


def describe(situation, **changed):
    row = situation.constellation()
    given = {
        "actor": situation.lead,
        "constellation": row,
        "theme": situation.theme("life-science"),
        "priorities": [situation.priority()],
        "revision": row.revision,
    }
    return constellations.describe(at=AT, **(given | changed))


def test_the_theme_and_the_priorities_are_named(forming):
    before = forming.constellation()
    describe(forming)

    after = forming.constellation()
    assert (after.theme_id, after.revision) == ("life-science", before.revision + 1)
    assert list(after.priorities.values_list("pk", flat=True)) == NAMED[:1]
    assert newest_line() == line(
        "constellations.describe",
        "constellation",
        before.pk,
        forming.lead,
        before=columns(before),
        after={
            "theme_id": "life-science",
            "revision": before.revision + 1,
            "priorities_before": NAMED,
            "priorities": NAMED[:1],
        },
    )


def test_the_later_of_two_writers_is_told_both_texts_and_nothing_is_stored(forming):
    stale = forming.constellation().revision - 1
    lines = journal_length()
    with pytest.raises(EditConflictError) as caught:
        describe(forming, theme=None, revision=stale)
    conflict = caught.value
    assert conflict.stored == {"theme": "health-care", "priorities": NAMED}
    assert conflict.offered == {"theme": None, "priorities": NAMED[:1]}
    assert conflict.revision == stale + 1
    after = forming.constellation()
    assert (after.theme_id, sorted(after.priorities.values_list("pk", flat=True))) == ("health-care", NAMED)
    assert journal_length() == lines


def test_a_priority_is_of_a_region_that_somebody_is_from(forming):
    elsewhere = Priority.objects.get(pk="se224-livsmedel")
    with refused("constellation.priority-elsewhere", region="SE224"):
        describe(forming, priorities=[forming.priority(), elsewhere])
    assert forming.constellation().theme_id == "health-care"


def test_only_the_lead_describes(forming):
    with refused("permission.lead"):
        describe(forming, actor=forming.person("member"))
    with refused("permission.role", roles="cluster-manager"):
        describe(forming, actor=forming.officer)
