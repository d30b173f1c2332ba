"""The demonstration's world keeps its word: nobody real is judged badly, and the play ends in six decided projects.

Every reference leads somewhere, what is invented says so, and the engine gives each application the outcome
that the table in the world's README promises.
"""

import csv
import re
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from samspel.engine import applications, assessment, constellations
from samspel.engine.applications import CoFunding, Cost, FunderKind, FundingForm, FundingState, Plan
from samspel.engine.calls.edition import FILES
from samspel.engine.calls.judging.judge import judge
from samspel.engine.calls.reading.call import read
from samspel.engine.constellations import Constellation
from samspel.engine.drafts import read_part
from samspel.engine.permissions import Role
from samspel.engine.registry import Organisation, Priority, touches
from samspel.engine.selection import Candidate, Limits, best, why_not
from samspel.engine.verdicts import Outcome

ROOT = Path(__file__).resolve().parents[2]
PACK = ROOT / "registers" / "sweden"
CALL_FOLDER = ROOT / "calls" / "kluster-2016"
WORLD_FOLDER = ROOT / "demo" / "kluster-2016"


def rows(name: str) -> list[dict[str, str]]:
    with (PACK / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


WORLD = tomllib.loads((WORLD_FOLDER / "world.toml").read_text(encoding="utf-8"))
CALL = read({name: (CALL_FOLDER / name).read_text(encoding="utf-8") for name in FILES})
REGIONS = {row["code"] for row in rows("regions.csv")}
THEMES = {row["code"] for row in rows("themes.csv")}
PRIORITIES = {
    row["id"]: Priority(id=row["id"], region=row["region"], name=row["name_sv"] or row["name_en"])
    for row in rows("priorities.csv")
}
PROJECTS = {row["id"]: row for row in rows("projects_2017.csv")}
REAL = {row["id"] for row in rows("organisations.csv")}
ORGANISATIONS = {
    row["id"]: Organisation(id=row["id"], name=row["name"], kind=row["kind"], region=row["region"], host=row["host"])
    for row in [*rows("organisations.csv"), *WORLD["organisations"]]
}
PEOPLE = {person["id"]: person for person in WORLD["people"]}
APPLICATIONS = {one["id"]: one for one in WORLD["applications"]}
THREE_REAL = ("svifft", "innovation-square", "halsa-hem")

MARK = "(påhittad)"
CONTENT_MARK = "[Påhittat innehåll]"
JUDGED_MARK = "[Påhittad bedömning]"

# application, the rules that are not plainly met, points (None: not graded), grant, what becomes of it
TABLE = [
    ("svifft", {"regional-priorities": "open"}, 18, 560_000, "chosen"),
    ("innovation-square", {}, 16, 480_000, "chosen"),
    ("halsa-hem", {"regional-priorities": "open"}, 16, 520_000, "chosen"),
    ("demo-cellstigen", {}, 14, 500_000, "chosen"),
    ("demo-ravara-till-ratt", {}, 14, 460_000, "chosen"),
    ("demo-trygga-bojar", {}, 12, 440_000, "chosen"),
    ("demo-oppet-skafferi", {}, 8, 390_000, "theme-taken envelope max-projects"),
    ("demo-matningar-till-sjoss", {}, 14, 560_000, "theme-taken envelope max-projects"),
    ("demo-jamnare-nat", {}, 10, 420_000, "envelope max-projects"),
    ("demo-hela-tradet", {}, 9, 350_000, "below threshold"),
    ("demo-gastvanliga-leder", {"three-clusters": "not-met"}, None, 240_000, "not eligible"),
    ("demo-gemensam-kod", {"two-regions": "not-met"}, None, 300_000, "not eligible"),
]
BECOMES = {name: becomes for name, _, _, _, becomes in TABLE}
CHOSEN = tuple(name for name, becomes in BECOMES.items() if becomes == "chosen")
GRADED = tuple(name for name, _, points, _, _ in TABLE if points is not None)
LEFT_OUT = tuple(name for name in GRADED if BECOMES[name] not in {"chosen", "below threshold"})

each_application = pytest.mark.parametrize("name", APPLICATIONS)


def members(name: str) -> list[str]:
    return [APPLICATIONS[name]["lead"], *APPLICATIONS[name]["members"]]


def parts(name: str) -> dict[str, dict[str, Any]]:
    """Read the application as it would be read from the form, part by part."""
    one = APPLICATIONS[name]
    rows_typed = {f"{key}-{n}": text for n, row in enumerate(one["cofunding"]) for key, text in row.items()}
    typed = {"answers": one["answers"], "budget": one["budget"], "cofunding": rows_typed}
    drafts = {
        part: read_part(part, fields, questions=CALL.questions, members=members(name)) for part, fields in typed.items()
    }
    assert [error for draft in drafts.values() for error in draft.errors] == []
    return {part: draft.content for part, draft in drafts.items()}


def plan(name: str) -> Plan:
    content = parts(name)
    costs = content["budget"]["costs"]
    return Plan(
        costs=tuple(Cost(organisation, amount and Decimal(amount)) for organisation, amount in costs.items()),
        grant=Decimal(content["budget"]["grant"]),
        cofunding=tuple(
            CoFunding(
                funder=item["funder"],
                amount=Decimal(item["amount"]),
                kind=FunderKind(item["kind"]),
                form=FundingForm(item["form"]),
                state=FundingState(item["state"]),
            )
            for item in content["cofunding"]["items"]
        ),
    )


def constellation(theme: str, organisations: list[str], priorities: list[str]) -> Constellation:
    return Constellation(
        name="",
        theme=theme,
        members=tuple(ORGANISATIONS[one] for one in organisations),
        priorities=tuple(PRIORITIES[one] for one in priorities),
        listed=frozenset(priority.region for priority in PRIORITIES.values()),
    )


def verdict(name: str):
    one = APPLICATIONS[name]
    formed = constellation(one["theme"], members(name), one["priorities"])
    return judge(CALL, applications.situation(plan(name), constellations.situation(formed)))


def grades(name: str) -> dict[str, str]:
    return {criterion: grade for criterion, (grade, _) in APPLICATIONS[name]["grades"].items()}


def pool() -> list[Candidate]:
    """Gather the graded applications that reach every least grade, in the order of receipt."""
    found = []
    for place, name in enumerate(APPLICATIONS, start=1):
        if name in GRADED and (weighed := assessment.weigh(CALL, grades(name))).passes:
            grant = plan(name).grant
            assert grant is not None
            theme = APPLICATIONS[name]["theme"]
            found.append(Candidate(id=name, theme=theme, grant=grant, score=weighed.points, received=place))
    return found


def limits() -> Limits:
    value = {name: CALL.limit(name) or Decimal(0) for name in ("envelope", "projects_per_theme", "most_projects")}
    return Limits(
        envelope=value["envelope"],
        per_theme=int(value["projects_per_theme"]),
        max_projects=int(value["most_projects"]),
    )


# ---- What is there, and that it hangs together


def test_the_notice_is_in_both_languages():
    assert set(WORLD["notice"]) == {"sv", "en"}
    assert all(text.strip() for text in WORLD["notice"].values())


def test_the_world_has_no_part_that_nobody_reads():
    assert set(WORLD) == {"notice", "people", "organisations", "applications"}
    for person in WORLD["people"]:
        assert set(person) == {"id", "email", "name", "role", "organisation", "region"}
    for organisation in WORLD["organisations"]:
        assert set(organisation) == {"id", "name", "kind", "region", "host", "themes"}
    always = {"id", "name", "invented", "theme", "lead", "members", "priorities", "eligibility", "cofunding"}
    for name, one in APPLICATIONS.items():
        assert set(one) == always | {"answers", "budget"} | ({"assessor", "grades"} if name in GRADED else set())


@pytest.mark.parametrize("part", ["people", "organisations", "applications"])
def test_no_id_and_no_name_is_used_twice(part):
    for key in ("id", "name"):
        values = [row[key] for row in WORLD[part]]
        assert len(values) == len(set(values))
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", row["id"]) for row in WORLD[part])


def test_every_invented_organisation_stands_on_the_registers_ground():
    kinds = {row["kind"] for row in rows("organisations.csv")}
    for row in WORLD["organisations"]:
        assert row["kind"] in kinds
        assert row["region"] in REGIONS | {""}
        assert row["host"] in {other["id"] for other in WORLD["organisations"]} | {""}
        assert set(row["themes"]) <= THEMES


@each_application
def test_every_reference_of_an_application_leads_somewhere(name):
    one = APPLICATIONS[name]
    assert one["theme"] in THEMES
    assert len(set(members(name))) == len(members(name))
    assert set(members(name)) <= set(ORGANISATIONS)
    assert set(one["answers"]) <= {question.id for question in CALL.questions}
    assert set(one["budget"]) == {"grant", *(f"cost-{member}" for member in members(name))}
    if name in GRADED:
        assert PEOPLE[one["assessor"]]["role"] == "assessor"
        assert set(one["grades"]) == {criterion.id for criterion in CALL.criteria}


@each_application
def test_named_priorities_are_those_of_the_members_own_regions(name):
    one = APPLICATIONS[name]
    homes = {ORGANISATIONS[member].region for member in members(name)} - {""}
    for priority in one["priorities"]:
        assert any(touches(PRIORITIES[priority].region, home) for home in homes), priority


def test_there_is_a_person_for_every_step():
    roles = [person["role"] for person in WORLD["people"]]
    assert set(roles) == set(Role)
    assert roles.count("officer") == 2
    assert roles.count("decision-maker") == 1
    assert roles.count("assessor") == 2
    assert [p["region"] for p in WORLD["people"] if p["role"] == "regional-officer"] == ["SE12", "SE33"]
    managed = [p["organisation"] for p in WORLD["people"] if p["role"] == "cluster-manager"]
    assert managed == ["demo-vindpusten", *(one["lead"] for one in WORLD["applications"])]
    for person in WORLD["people"]:
        assert (person["region"] in REGIONS) == (person["role"] == "regional-officer")
        assert person["organisation"] in ORGANISATIONS or (person["organisation"] == "" and person["region"])


# ---- What is invented says so, and nobody real is judged badly


def test_an_organisation_is_in_the_register_or_plainly_invented():
    for row in WORLD["organisations"]:
        assert row["id"] not in REAL
        assert row["id"].startswith("demo-")
        assert row["name"].endswith(MARK)


def test_people_have_a_role_for_a_name_and_an_address_that_leads_nowhere():
    for person in WORLD["people"]:
        assert person["email"] == f"{person['id']}@demo.invalid"
        assert re.match(
            r"Demo (handläggare|beslutsfattare|bedömare|klusterledare|regional handläggare) ", person["name"]
        )


def test_the_three_real_constellations_are_those_of_the_register():
    for name in THREE_REAL:
        project = PROJECTS[name]
        assert project["partners_known"] == "yes"
        assert set(members(name)) == set(project["partners"].split())
        assert (APPLICATIONS[name]["name"], APPLICATIONS[name]["theme"]) == (project["name"], project["sector"])
        assert APPLICATIONS[name]["lead"] == (project["lead"] or APPLICATIONS[name]["lead"])


@each_application
def test_real_organisations_stand_in_the_three_real_constellations_alone(name):
    one = APPLICATIONS[name]
    real = name in THREE_REAL
    assert one["invented"] == ("content" if real else "all")
    assert (set(members(name)) <= REAL) == real
    assert real or not set(members(name)) & REAL
    assert name.startswith("demo-") != real
    assert one["name"].endswith(MARK) != real
    assert all(item["funder"].endswith(MARK) for item in one["cofunding"])


@each_application
def test_whoever_is_rejected_or_graded_below_good_is_invented(name):
    if BECOMES[name] != "chosen" or {"IG", "G"} & set(grades(name).values()):
        assert all(member.startswith("demo-") for member in members(name))


@each_application
def test_invented_texts_are_marked(name):
    one = APPLICATIONS[name]
    assert one["answers"]["need"].startswith(CONTENT_MARK)
    if name in THREE_REAL:
        judged = [one["eligibility"]["motivation"], *(motivation for _, motivation in one["grades"].values())]
        assert all(answer.startswith(CONTENT_MARK) for answer in one["answers"].values())
        assert all(motivation.startswith(JUDGED_MARK) for motivation in judged)


# ---- What the engine says of it


def test_the_table_speaks_of_every_application_in_the_order_of_receipt():
    assert [row[0] for row in TABLE] == list(APPLICATIONS)
    assert len(TABLE) == 12


@pytest.mark.parametrize("name, unmet, points, grant, becomes", TABLE, ids=[row[0] for row in TABLE])
def test_each_application_has_its_verdict_and_its_points(name, unmet, points, grant, becomes):
    found = verdict(name)
    assert {f.rule: f.outcome.value for f in found.findings if f.outcome is not Outcome.MET} == unmet
    assert APPLICATIONS[name]["eligibility"]["eligible"] == (found.outcome is not Outcome.NOT_MET)
    assert APPLICATIONS[name]["eligibility"]["motivation"].strip()
    assert plan(name).grant == grant
    if points is None:
        assert becomes == "not eligible"
    else:
        weighed = assessment.weigh(CALL, grades(name))
        assert weighed.points == points
        assert weighed.passes == (becomes != "below threshold")
        assert all(motivation.strip() for _, motivation in APPLICATIONS[name]["grades"].values())


@each_application
def test_each_application_is_complete_and_its_plan_balances(name):
    money = plan(name)
    assert money.unfinanced == 0
    assert money.grant is not None
    assert money.total_cost is not None
    assert money.total_cost >= 2 * money.grant
    assert (
        applications.gaps(plan=money, answers=parts(name)["answers"], questions=CALL.questions, members=members(name))
        == ()
    )


def test_exactly_the_six_are_chosen_and_no_other_choice_is_as_good():
    portfolio = best(pool(), limits())
    assert portfolio.chosen == CHOSEN
    assert (portfolio.score, portfolio.grant, portfolio.ties) == (90, Decimal(2_960_000), 1)
    sectors = {project["sector"] for project in PROJECTS.values()}
    assert {APPLICATIONS[name]["theme"] for name in portfolio.chosen} == sectors


@pytest.mark.parametrize("name", LEFT_OUT)
def test_the_others_are_told_what_stood_in_the_way(name):
    answer = why_not(pool(), limits(), best(pool(), limits()))[name]
    assert answer.blocked_by == set(BECOMES[name].split())
    assert answer.loses is not None
    assert answer.loses > 0


def test_the_dearer_offshore_application_would_have_been_chosen_at_a_lower_price():
    answer = why_not(pool(), limits(), best(pool(), limits()))["demo-matningar-till-sjoss"]
    assert answer.theme_held_by == ("demo-trygga-bojar",)
    assert {mend.code: mend.becomes for mend in answer.mend if mend.code != "score"} == {
        "grant": Decimal(480_000),
        "envelope": Decimal(3_080_000),
    }


# ---- The newcomer, who begins from nothing

NEWCOMER = "demo-vindpusten"
TO_ASK = {
    "demo-solglimten": "se311-systemlosningar-med-solel",
    "demo-varmeslingan": "se125-energi",
    "demo-batteribanken": "se332-energiteknik",
}


def test_the_first_cluster_manager_leads_an_invented_node_without_an_application():
    first = next(person for person in WORLD["people"] if person["role"] == "cluster-manager")
    assert (first["id"], first["organisation"]) == ("cluster-manager", NEWCOMER)
    taken = {member for name in APPLICATIONS for member in members(name)}
    assert not taken & {NEWCOMER, *TO_ASK}


@pytest.mark.parametrize("left_out", TO_ASK)
def test_the_newcomer_meets_the_requirements_with_any_two_of_those_she_can_ask(left_out):
    asked = [one for one in TO_ASK if one != left_out]
    named = ["se322-hallbar-energi", *(TO_ASK[one] for one in asked)]
    forming = constellations.situation(constellation("energy", [NEWCOMER, *asked], named))
    assert judge(CALL, forming, about="constellation").outcome is Outcome.MET


@pytest.mark.parametrize("grant", [200_000, 400_000, 600_000])
def test_the_newcomer_is_chosen_with_the_highest_grades(grant):
    top = 4 * max(step.points for step in CALL.scale)
    hers = Candidate(id="newcomer", theme="energy", grant=Decimal(grant), score=top, received=13)
    assert "newcomer" in best([*pool(), hers], limits()).chosen
