"""What is true of a constellation, on the three of 2017 that are known in full and on the doubtful cases.

A node counts in its own region, not its host's; a national body and an authority do not count; a kind that the call
is silent on stays open.
"""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspel.engine.calls.findings import Finding
from samspel.engine.calls.judging.judge import judge
from samspel.engine.constellations import Constellation, Counts, counts, holding, partner, situation
from samspel.engine.registry import Organisation, Priority
from samspel.engine.values import UNKNOWN, Range
from samspel.engine.verdicts import Outcome, Reason
from tests.engine.sample import judged, real_call

PACK = Path(__file__).resolve().parents[2] / "registers" / "sweden"


def rows(name: str) -> list[dict[str, str]]:
    with (PACK / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


REGISTER = {
    row["id"]: Organisation(id=row["id"], name=row["name"], kind=row["kind"], region=row["region"], host=row["host"])
    for row in rows("organisations.csv")
}
PRIORITIES = {
    row["id"]: Priority(id=row["id"], region=row["region"], name=row["name_sv"] or row["name_en"])
    for row in rows("priorities.csv")
}
LISTED = frozenset(priority.region for priority in PRIORITIES.values())
PROJECTS = {row["id"]: row for row in rows("projects_2017.csv")}
COUNTING = real_call().counting


def project(name: str, *priorities: str) -> Constellation:
    one = PROJECTS[name]
    return Constellation(
        name=one["name"],
        theme=one["sector"],
        members=tuple(REGISTER[partner] for partner in one["partners"].split()),
        priorities=tuple(PRIORITIES[priority] for priority in priorities),
        listed=LISTED,
    )


RULE = {
    "clusters": "three-clusters",
    "regions": "two-regions",
    "themes": "one-theme",
    "regions_untied": "regional-priorities",
}


def finding(constellation: Constellation, fact: str) -> Finding:
    return judged(real_call(), situation(constellation))[RULE[fact]]


def found(constellation: Constellation, fact: str) -> Range:
    told = finding(constellation, fact).found
    assert told is not None
    return told


def evidence(constellation: Constellation, fact: str) -> tuple[Reason, ...]:
    return finding(constellation, fact).evidence


def outcomes(constellation: Constellation) -> dict[str, Outcome]:
    verdict = judge(real_call(), situation(constellation), about="constellation")
    return {finding.rule: finding.outcome for finding in verdict.findings}


MET, OPEN, NOT_MET = Outcome.MET, Outcome.OPEN, Outcome.NOT_MET


# ---- The three of 2017


def test_svifft_three_count_for_sure_three_may_and_two_authorities_do_not():
    svifft = project("svifft")
    assert found(svifft, "clusters") == Range.between(3, 6)
    how = {member.id: counts(member, COUNTING) for member in svifft.members}
    assert how == {
        "aerospace-cluster-sweden": Counts.YES,
        "compraser-labs": Counts.YES,
        "produktionstekniskt-centrum": Counts.YES,
        "swerea-sicomp": Counts.OPEN,
        "swerea-ivf": Counts.OPEN,
        "innovatum": Counts.OPEN,
        "vastra-gotalandsregionen": Counts.NO,
        "region-ostergotland": Counts.NO,
    }
    assert Reason.of("member.does-not-count", name="Region Östergötland", kind="regional-authority") in evidence(
        svifft, "clusters"
    )


def test_svifft_stands_in_two_regions_for_sure_and_perhaps_in_more():
    svifft = project("svifft")
    assert found(svifft, "regions") == Range.between(2, 4), "two institutes have no known region"
    counted = [dict(one.values)["region"] for one in evidence(svifft, "regions") if one.code == "region.counts"]
    assert counted == ["SE12", "SE23"]
    assert Reason.of("member.region-unknown", name="Swerea IVF") in evidence(svifft, "regions")
    assert outcomes(svifft)["three-clusters"] is MET
    assert outcomes(svifft)["two-regions"] is MET


def test_innovation_square_counts_the_nodes_own_region_and_not_its_hosts():
    square = project("innovation-square", "se232-hallbar-industri", "se212-hallbart-boende")
    housing = REGISTER["smart-housing-smaland"]
    assert (housing.region, REGISTER[housing.host].region) == ("SE212", ""), "its host has no region of its own here"
    assert found(square, "clusters") == Range.exactly(3)
    assert found(square, "regions") == Range.exactly(2)
    assert evidence(square, "regions") == (
        Reason.of("region.counts", region="SE21", names="Smart Housing Småland, Interior Cluster Sweden"),
        Reason.of("region.counts", region="SE23", names="Smart Textiles"),
    )
    assert set(outcomes(square).values()) == {MET}


def test_halsa_hem_has_a_national_body_that_counts_nowhere():
    home = project("halsa-hem", "se110-halsa-vard-omsorg", "se12-life-science-valfardsteknik-och-e-halsa")
    assert found(home, "clusters") == Range.exactly(3)
    assert found(home, "regions") == Range.exactly(3)
    name = "Sveriges Kommuner och Landsting (SKL)"
    assert Reason.of("member.does-not-count", name=name, kind="national-body") in evidence(home, "clusters")
    assert Reason.of("member.no-region", name=name, kind="national-body") in evidence(home, "regions")


def test_halsa_hem_is_open_where_the_register_has_no_list():
    home = project("halsa-hem", "se110-halsa-vard-omsorg", "se12-life-science-valfardsteknik-och-e-halsa")
    assert found(home, "regions_untied") == Range.between(0, 1)
    assert Reason.of("region.unlisted", region="SE33") in evidence(home, "regions_untied")
    assert outcomes(home) == {
        "three-clusters": MET,
        "two-regions": MET,
        "one-theme": MET,
        "regional-priorities": OPEN,
    }


# ---- The doubtful cases, one by one


def node(name: str, region: str = "SE110", kind: str = "cluster-organisation") -> Organisation:
    return Organisation(id=name, name=name, kind=kind, region=region)


def group(
    *members: Organisation, theme: str = "", priorities: tuple[Priority, ...] = (), listed: str = ""
) -> Constellation:
    return Constellation(
        name="x", theme=theme, members=members, priorities=priorities, listed=frozenset(listed.split())
    )


CLUSTERS = [
    ((), (0, 0)),
    ((node("a"),), (1, 1)),
    ((node("a"), node("b", kind="rdi-platform")), (2, 2)),
    ((node("a", kind="regional-authority"),), (0, 0)),
    ((node("a", kind="science-park"),), (0, 1)),
    ((node("a"), node("b", kind="unknown"), node("c", kind="national-body")), (1, 2)),
]
REGIONS = [
    ((), (0, 0)),
    ((node("a", "SE110"), node("b", "SE121")), (2, 2)),
    ((node("a", "SE121"), node("b", "SE125")), (1, 1)),
    ((node("a", "SE1"),), (1, 1)),
    ((node("a", ""),), (1, 1)),
    ((node("a", ""), node("b", "")), (1, 2)),
    ((node("a", "SE110"), node("b", "")), (1, 2)),
    ((node("a", "SE110"), node("b", "SE121", "science-park")), (1, 2)),
    ((node("a", "", "science-park"),), (0, 1)),
    ((node("a", "SE110"), node("b", "SE121", "regional-authority")), (1, 1)),
    ((node("a", "", "national-body"),), (0, 0)),
]


@pytest.mark.parametrize("members, wanted", CLUSTERS)
def test_how_many_count(members, wanted):
    assert found(group(*members), "clusters") == Range.between(*wanted)


@pytest.mark.parametrize("members, wanted", REGIONS)
def test_how_many_regions_they_are_from(members, wanted):
    assert found(group(*members), "regions") == Range.between(*wanted)


def test_a_region_counts_only_perhaps_when_only_a_doubtful_member_is_from_it():
    told = evidence(group(node("park", "SE121", "science-park")), "regions")
    assert told == (Reason.of("region.may-count", region="SE12", names="park"),)


def test_a_theme_is_chosen_or_not():
    assert found(group(), "themes") == Range.exactly(0)
    assert found(group(theme="energy"), "themes") == Range.exactly(1)
    assert evidence(group(theme="energy"), "themes") == (Reason.of("theme.chosen", theme="energy"),)


CARE = Priority(id="care", region="SE110", name="Vård")
JOINT = Priority(id="joint", region="SE12", name="Gemensam")
UNTIED = [
    (group(), UNKNOWN, ()),
    (group(node("a", kind="national-body")), UNKNOWN, ()),
    (
        group(node("a"), priorities=(CARE,), listed="SE110"),
        Range.exactly(0),
        (Reason.of("region.tied", region="SE11", names="Vård"),),
    ),
    (
        group(node("a", "SE121"), node("b", "SE125"), priorities=(JOINT,), listed="SE12"),
        Range.exactly(0),
        (Reason.of("region.tied", region="SE12", names="Gemensam"),),
    ),
    (
        group(node("a"), node("b", "SE121"), priorities=(CARE, JOINT), listed="SE110 SE12"),
        Range.exactly(0),
        (
            Reason.of("region.tied", region="SE11", names="Vård"),
            Reason.of("region.tied", region="SE12", names="Gemensam"),
        ),
    ),
    (group(node("a"), listed="SE110"), Range.exactly(1), (Reason.of("region.untied", region="SE11"),)),
    (group(node("a"), listed="SE12"), Range.between(0, 1), (Reason.of("region.unlisted", region="SE11"),)),
    (
        group(node("a", kind="science-park"), listed="SE110"),
        Range.between(0, 1),
        (Reason.of("region.untied", region="SE11"),),
    ),
    (
        group(node("a", "SE121"), node("b", "SE125"), priorities=(Priority("x", "SE121", "Upplands"),), listed="SE121"),
        Range.exactly(0),
        (Reason.of("region.tied", region="SE12", names="Upplands"),),
    ),
]


@pytest.mark.parametrize("constellation, wanted, told", UNTIED)
def test_in_how_many_regions_no_priority_is_named(constellation, wanted, told):
    assert found(constellation, "regions_untied") == wanted
    assert evidence(constellation, "regions_untied") == told


# ---- Whoever joins

kinds = st.sampled_from(["cluster-organisation", "rdi-platform", "science-park", "regional-authority", "national-body"])
places = st.sampled_from(["", "SE1", "SE110", "SE121", "SE125", "SE232", "SE332"])
organisations = st.builds(node, name=st.text(alphabet="abcdef", min_size=1), region=places, kind=kinds)
groups = st.lists(organisations, max_size=6)


def ends(value: Range) -> tuple[Decimal, Decimal]:
    assert value.low is not None
    assert value.high is not None
    return value.low, value.high


@given(members=groups, place=places, fact=st.sampled_from(["clusters", "regions"]))
def test_a_member_that_counts_never_lowers_what_there_is(members, place, fact):
    before = ends(found(group(*members), fact))
    after = ends(found(group(*members, node("joins", place)), fact))
    assert before[0] <= after[0]
    assert before[1] <= after[1]


@given(members=groups, kind=st.sampled_from(["regional-authority", "national-body"]), place=places)
def test_a_member_that_does_not_count_changes_neither_clusters_nor_regions(members, kind, place):
    for fact in ("clusters", "regions"):
        assert found(group(*members), fact) == found(group(*members, node("joins", place, kind)), fact)


@given(members=groups)
def test_what_is_certain_is_never_more_than_what_is_possible(members):
    whole = group(*members, theme="energy", listed="SE110 SE12")
    for fact in RULE:
        if found(whole, fact) != UNKNOWN:
            low, high = ends(found(whole, fact))
            assert 0 <= low <= high


@pytest.mark.parametrize("region", ["SE110", "SE121", "SE232", "SE332"])
def test_an_unknown_region_leaves_open_what_any_region_might_be(region):
    """Whatever the region turns out to be, the fact with the unknown region must have allowed for it."""
    tied = tuple(Priority(id=one, region=one, name=one) for one in ("SE110", "SE121"))
    known = tuple(Organisation(id=one, name=one, kind="rdi-platform", region=one) for one in ("SE110", "SE121"))

    def untied(last: str) -> Range:
        members = (*known, Organisation(id="last", name="last", kind="cluster-organisation", region=last))
        whole = Constellation(name="x", theme="t", members=members, priorities=tied, listed=LISTED)
        return found(whole, "regions_untied")

    (least, most), (settled, _) = ends(untied("")), ends(untied(region))
    assert least <= settled <= most


# ---- As the judge sees it


def test_what_the_register_does_not_say_of_a_member_is_not_known():
    bare = partner(Organisation(id="x", name="X", kind="unknown"), holds=(None, ()))
    assert (bare.kind, bare.region, bare.host, bare.roles, bare.priority) == (None, None, None, None, None)


def test_the_lead_leads_and_the_others_are_partners_once_somebody_is_chosen():
    members = (node("a"), node("b"))
    seen = situation(Constellation(name="x", theme="", members=members, lead="b")).partners
    assert [one.roles for one in seen or ()] == [("partner",), ("lead",)]


@pytest.mark.parametrize(
    "home, listed, holds",
    [
        ("SE110", (), (True, ("Vård",))),
        ("SE11", (), (True, ("Vård",))),
        ("SE121", (), (True, ("Gemensam",))),
        ("SE232", ("SE232",), (False, ())),
        ("SE232", ("SE110",), (None, ())),
        ("", ("SE110",), (None, ())),
    ],
)
def test_a_priority_holds_in_its_region_in_those_around_it_and_in_its_parts(home, listed, holds):
    assert holding(home, (CARE, JOINT), listed) == holds
