"""A row is found by noun and key if the person may see it; otherwise it is as if it were not there."""

from __future__ import annotations

import pytest

from samspel.engine.permissions import OPERATOR, PUBLIC, Role
from samspel.store.models import Person
from samspel.store.queries.rows import every, person_with_address, person_with_role, row, to_be_entered


def test_a_row_is_found_by_who_may_see_it(drafted):
    pk = drafted.application().pk
    assert row(drafted.lead, "application", pk) == drafted.application()
    assert row(drafted.lead, "application", str(pk)) == drafted.application()
    assert row(drafted.officer, "application", pk) is None
    assert row(PUBLIC, "constellation", drafted.constellation().pk) is None
    assert row(PUBLIC, "call", "kluster-2016") == drafted.call
    assert row(PUBLIC, "register", "sweden") is not None
    assert list(every(PUBLIC, "application")) == []
    assert every(drafted.person("member"), "application").count() == 1


@pytest.mark.parametrize("key", ["", "x", "1.5", -1, 10**30, None, "\x00"])
def test_a_key_that_cannot_be_one_finds_nothing(register, key):
    assert row(OPERATOR, "application", key) is None
    assert row(OPERATOR, "organisation", key) is None


def test_there_is_no_other_noun(db):
    with pytest.raises(KeyError):
        row(OPERATOR, "person", 1)  # type: ignore[call-overload]  # the point of the test


def test_a_person_is_found_by_address_or_role(register):
    assert person_with_address(" LEAD@small.invalid ") == register.lead
    assert person_with_address("nobody@small.invalid") is None
    assert person_with_role(Role.CLUSTER_MANAGER, "small-beta") == register.person("member")
    assert person_with_role(Role.OFFICER) == register.officer
    assert person_with_role(Role.OFFICER, "small-beta") is None


def test_a_closed_account_acts_no_more(register):
    Person.objects.filter(email="lead@small.invalid").update(is_active=False)
    assert person_with_address("lead@small.invalid") is None
    assert person_with_role(Role.CLUSTER_MANAGER, "small-alfa") is None


def test_an_organisation_to_be_entered_is_not_stored(register):
    organisation = to_be_entered(id="x", name="X", kind="rdi-platform", region="SE110", host="small-alfa", source="S")
    assert (organisation.region_id, organisation.host_id, organisation.invented) == ("SE110", "small-alfa", False)
    assert row(PUBLIC, "organisation", "x") is None
