"""The data pack for Sweden hangs together.

Nothing is missing, nothing stands twice, every reference leads somewhere, and what is unknown is said to be.
"""

import csv
import json
import math
import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from samspel.engine.registry import KINDS

PACK = Path(__file__).resolve().parents[2] / "registers" / "sweden"
SECTORS_2017 = {"health-care", "aerospace", "life-science", "textiles-architecture", "foodstuff", "offshore"}


def rows(name: str) -> list[dict[str, str]]:
    with (PACK / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


REGIONS = rows("regions.csv")
THEMES = rows("themes.csv")
PRIORITIES = rows("priorities.csv")
ORGANISATIONS = rows("organisations.csv")
PROJECTS = rows("projects_2017.csv")
POSITIONS = rows("positions.csv")
MAP = json.loads((PACK / "map.json").read_text(encoding="utf-8"))
ABOUT = tomllib.loads((PACK / "pack.toml").read_text(encoding="utf-8"))

LEVEL = {region["code"]: int(region["level"]) for region in REGIONS}
THEME_CODES = {theme["code"] for theme in THEMES}
ORGANISATION = {organisation["id"]: organisation for organisation in ORGANISATIONS}


def test_the_counts_are_those_the_sources_give():
    assert Counter(LEVEL.values()) == {0: 1, 1: 3, 2: 8, 3: 21}
    assert len(PRIORITIES) == 83
    assert sum(o["listed"] == "yes" for o in ORGANISATIONS) == 49
    assert len(PROJECTS) == 6


def test_the_counts_in_the_pack_are_those_of_the_files():
    assert ABOUT["counts"] == {
        "regions_level_0": 1,
        "regions_level_1": 3,
        "regions_level_2": 8,
        "regions_level_3": 21,
        "themes": len(THEMES),
        "priorities": len(PRIORITIES),
        "organisations": len(ORGANISATIONS),
        "organisations_listed": sum(o["listed"] == "yes" for o in ORGANISATIONS),
        "projects": len(PROJECTS),
        "counties_drawn": len(MAP["counties"]),
        "positions": len(POSITIONS),
    }


@pytest.mark.parametrize(
    "table, key",
    [(REGIONS, "code"), (THEMES, "code"), (PRIORITIES, "id"), (ORGANISATIONS, "id"), (PROJECTS, "id")],
    ids=["regions", "themes", "priorities", "organisations", "projects"],
)
def test_no_key_is_used_twice(table, key):
    assert [value for value, times in Counter(row[key] for row in table).items() if times > 1] == []


@pytest.mark.parametrize(
    "table, key",
    [(THEMES, "code"), (PRIORITIES, "id"), (ORGANISATIONS, "id"), (PROJECTS, "id")],
    ids=["themes", "priorities", "organisations", "projects"],
)
def test_ids_are_plain_slugs(table, key):
    assert [row[key] for row in table if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", row[key])] == []


def test_every_parent_is_the_region_one_level_up_whose_code_begins_the_same():
    for region in REGIONS:
        if region["level"] == "0":
            assert region["parent"] == ""
        else:
            assert LEVEL[region["parent"]] == int(region["level"]) - 1
            assert region["code"][:-1] == region["parent"]


def test_regions_and_themes_are_named_in_both_languages():
    assert [row["code"] for row in REGIONS + THEMES if not (row["name_sv"] and row["name_en"])] == []
    for language in ("name_sv", "name_en"):
        counties = [region[language] for region in REGIONS if region["level"] == "3"]
        assert len(set(counties)) == 21


def test_the_six_sectors_of_2017_are_themes_and_each_has_one_project():
    assert SECTORS_2017 <= THEME_CODES
    assert 14 <= len(THEMES) <= 18
    assert {project["sector"] for project in PROJECTS} == SECTORS_2017


@pytest.mark.parametrize(
    "table",
    [PRIORITIES, ORGANISATIONS, PROJECTS],
    ids=["priorities", "organisations", "projects"],
)
def test_every_row_has_a_source_that_is_an_address(table):
    for row in table:
        assert row["source"], row["id"]
        for address in row["source"].split(" "):
            assert re.fullmatch(r"https?://\S+\.\S+", address), row["id"]


@pytest.mark.parametrize("table", [PRIORITIES, ORGANISATIONS], ids=["priorities", "organisations"])
def test_every_theme_given_is_in_the_list_once(table):
    for row in table:
        given = row["themes"].split()
        assert set(given) <= THEME_CODES, row["id"]
        assert len(given) == len(set(given)), row["id"]


def test_every_priority_has_a_name_a_status_and_a_vintage():
    for priority in PRIORITIES:
        assert priority["name_en"], priority["id"]
        assert priority["status"] in {"strength", "development", "unknown"}, priority["id"]
        assert priority["vintage"], priority["id"]
        assert priority["id"].startswith(priority["region"].lower() + "-")


def test_only_the_priorities_read_in_english_lack_a_swedish_name():
    assert {priority["region"] for priority in PRIORITIES if not priority["name_sv"]} == {"SE321"}


def test_joint_priorities_sit_on_nuts2_and_all_others_on_a_county():
    joint = {priority["region"] for priority in PRIORITIES if LEVEL[priority["region"]] == 2}
    assert joint == {"SE12", "SE21"}
    assert {LEVEL[priority["region"]] for priority in PRIORITIES} == {2, 3}


def test_the_development_areas_are_those_the_sources_mark():
    development = Counter(p["region"] for p in PRIORITIES if p["status"] == "development")
    assert development == {"SE332": 5, "SE321": 1}


def test_every_organisation_is_of_a_known_kind_and_sits_in_a_county_or_nowhere():
    for organisation in ORGANISATIONS:
        assert organisation["name"]
        assert organisation["kind"] in KINDS, organisation["id"]
        assert organisation["listed"] in {"yes", "no"}
        assert organisation["region"] == "" or LEVEL[organisation["region"]] == 3, organisation["id"]


def test_every_host_is_another_organisation_in_the_register():
    hosts = {o["id"]: o["host"] for o in ORGANISATIONS if o["host"]}
    assert hosts == {
        "science-park-boras": "hogskolan-i-boras",
        "smart-housing-smaland": "sp-sveriges-tekniska-forskningsinstitut",
        "smart-textiles": "hogskolan-i-boras",
    }
    assert set(hosts.values()) <= set(ORGANISATION)


def test_the_basis_of_a_theme_says_whether_there_is_one():
    for organisation in ORGANISATIONS:
        assert (organisation["theme_basis"] == "none") == (organisation["theme"] == ""), organisation["id"]
        assert organisation["theme_basis"] in {"stated", "from-name", "none"}
        assert organisation["theme"] or not organisation["themes"], organisation["id"]


def test_every_partner_is_in_the_register_and_the_three_known_projects_are_whole():
    known = {project["id"] for project in PROJECTS if project["partners_known"] == "yes"}
    assert known == {"svifft", "innovation-square", "halsa-hem"}
    for project in PROJECTS:
        partners = project["partners"].split()
        assert set(partners) <= set(ORGANISATION), project["id"]
        assert bool(partners) == (project["id"] in known)
        assert project["lead"] == "" or project["lead"] in partners


def test_what_was_not_found_is_empty_and_what_is_empty_was_not_found():
    column = {"name": "name", "lead": "lead", "total-budget": "total_budget_sek", "period": "period"}
    for project in PROJECTS:
        missing = set(project["not_found"].split())
        assert missing <= {*column, "partners", "eu-grant"}
        empty = {code for code, name in column.items() if not project[name]}
        assert empty == missing & set(column), project["id"]
        assert ("partners" in missing) == (project["partners_known"] != "yes")


def test_the_known_constellations_carry_their_three_lessons():
    assert ORGANISATION["sveriges-kommuner-och-landsting"]["region"] == ""
    assert ORGANISATION["vastra-gotalandsregionen"]["kind"] == "regional-authority"
    node = ORGANISATION["smart-housing-smaland"]
    assert (node["region"], ORGANISATION[node["host"]]["region"]) == ("SE212", "")


def test_the_map_draws_every_county_with_closed_lines_inside_the_picture():
    width, height = MAP["view_box"]
    assert MAP["credit"]
    assert set(MAP["counties"]) == {code for code, level in LEVEL.items() if level == 3}
    for code, county in MAP["counties"].items():
        assert re.fullmatch(r"(M-?[\d. -]+Z)+", county["path"]), code
        numbers = [float(n) for n in re.findall(r"-?[\d.]+", county["path"])]
        assert len(numbers) % 2 == 0
        assert all(0 <= x <= width for x in numbers[0::2]), code
        assert all(0 <= y <= height for y in numbers[1::2]), code
        x, y = county["centre"]
        assert inside(x, y, county["path"]), code
    assert (PACK / "map.json").stat().st_size <= 30_000


def test_every_organisation_with_a_county_has_one_dot_inside_it_and_apart_from_the_others():
    width, height = MAP["view_box"]
    assert [p["organisation"] for p in POSITIONS] == sorted(o["id"] for o in ORGANISATIONS if o["region"])
    places = [(float(p["x"]), float(p["y"])) for p in POSITIONS]
    for position, (x, y) in zip(POSITIONS, places, strict=True):
        assert 0 < x < width
        assert 0 < y < height
        county = ORGANISATION[position["organisation"]]["region"]
        assert inside(x, y, MAP["counties"][county]["path"]), position["organisation"]
    for number, place in enumerate(places):
        assert all(math.dist(place, other) >= 6 for other in places[:number])


def inside(x: float, y: float, path: str) -> bool:
    """Answer whether the point lies within the outline.

    A line drawn from a point inside crosses the border an odd number of times.
    """
    crossings = 0
    for ring in path.strip("Z").split("Z"):
        numbers = [float(n) for n in ring.removeprefix("M").split()]
        corners = list(zip(numbers[0::2], numbers[1::2], strict=True))
        for (ax, ay), (bx, by) in zip(corners, corners[1:] + corners[:1], strict=True):
            if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
                crossings += 1
    return crossings % 2 == 1
