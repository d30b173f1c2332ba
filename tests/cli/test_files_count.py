"""`samspel count` and `samspel simulate`: who of a register could apply, exactly, and what becomes of it."""

from __future__ import annotations

import csv
import shutil
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from samspel.engine.calls import Call, Outcome, Situation, judge, read
from samspel.engine.calls.situation import Partner
from samspel.wording.amounts import number
from tests.cli.folders import CALL, FORM, REAL, SWEDEN, a_call, answered, typed

FEW = 10
ENERGY = ("--register", SWEDEN, "--theme", "energy")


def rows_of(folder: Path, file: str) -> list[dict[str, str]]:
    with (folder / file).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture
def few(tmp_path: Path) -> Path:
    """Write the first organisations of the real register alone, so that all constellations can be judged one by one."""
    folder = tmp_path / "few"
    shutil.copytree(SWEDEN, folder)
    kept = [row for row in rows_of(folder, "organisations.csv") if not row["host"]][:FEW]
    ids = {row["id"] for row in kept}
    placed = [row for row in rows_of(folder, "positions.csv") if row["organisation"] in ids]
    projects = rows_of(folder, "projects_2017.csv")[0]
    for file, heads, rows in (
        ("organisations.csv", kept[0], kept),
        ("positions.csv", placed[0], placed),
        ("projects_2017.csv", projects, []),
    ):
        with (folder / file).open("w", encoding="utf-8", newline="") as lines:
            writer = csv.DictWriter(lines, list(heads))
            writer.writeheader()
            writer.writerows(rows)
    return folder


def by_hand(call: Call, register: Path, size: int) -> tuple[int, int]:
    """Judge every constellation of a size, and count those that surely and those that possibly could apply."""
    pool = [
        Partner(id=row["id"], kind=None if row["kind"] == "unknown" else row["kind"], region=row["region"] or None)
        for row in rows_of(register, "organisations.csv")
        if row["kind"] not in call.counting.refused_kinds
    ]
    found = [
        judge(call, Situation(partners=members), about="constellation").outcome for members in combinations(pool, size)
    ]
    return found.count(Outcome.MET), len(found) - found.count(Outcome.NOT_MET)


def test_the_number_is_that_of_judging_every_constellation(few: Path, tmp_path: Path):
    told = answered(0, "count", a_call(tmp_path / "call"), "--register", few, "--sizes", "2..4")
    call = read({"call.toml": CALL, "form.toml": FORM})
    for size in (2, 3, 4):
        counted = tuple(told[certainty]["per_size"][str(size)] for certainty in ("surely", "possibly"))
        assert counted == by_hand(call, few, size)
    assert told["surely"]["total"] == sum(told["surely"]["per_size"].values())
    assert (told["surely"]["exact"], told["surely"]["low"]) == (True, told["surely"]["total"])


KEYS = "call digest register theme sizes distinct pool refused surely possibly themes rules left_out against"
NUMBERS = "total exact low high per_size with_access regions_with_access organisations regions"


def test_a_count_as_json_says_what_was_counted():
    told = answered(0, "count", REAL, *ENERGY, "--sizes", "3")
    assert " ".join(told) == KEYS
    assert (told["register"]["id"], told["theme"], told["sizes"]) == ("sweden", "energy", [3])
    assert " ".join(told["surely"]) == NUMBERS
    assert {"rule": "two-regions", "how": "counted", "why": ""} in told["rules"]
    assert {"rule": "grant-size", "how": "left", "why": "application"} in told["rules"]
    assert 0 < told["surely"]["total"] <= told["possibly"]["total"]
    assert len(told["surely"]["organisations"]) == len(told["pool"])


def test_a_count_in_words():
    result = typed("count", REAL, *ENERGY, "--sizes", "3", "--language", "sv")
    assert result.exit_code == 0
    assert "Utanför räkningen: grant-size. Regeln gäller ansökan" in result.stdout
    assert "kan inte säkert vara med:" in result.stdout


def test_two_drafts_side_by_side_name_whose_access_differs(few: Path, tmp_path: Path):
    here = a_call(tmp_path / "here")
    only_platforms = ('counted_kinds = ["cluster-organisation"]', 'counted_kinds = ["rdi-platform"]')
    there = a_call(tmp_path / "there", only_platforms, ('["university"]\nlevel', '["cluster-organisation"]\nlevel'))
    words = ("count", here, "--register", few, "--sizes", "2", "--against", there)
    beside = answered(0, *words)["against"]
    assert (beside["call"], " ".join(beside["surely"])) == ("small", NUMBERS)
    assert "agrovast" in beside["changes"]["surely"]["lost_organisations"]
    assert "agrovast" not in beside["changes"]["surely"]["gained_organisations"]
    assert "With access for certain here but not there: " in typed(*words).stdout
    alike = answered(0, *words[:-1], here)["against"]["changes"]
    assert not any(names for changes in alike.values() for names in changes.values())


def test_a_call_that_nobody_could_apply_under(tmp_path: Path):
    folder = a_call(tmp_path, ("is = 2 }", "is = 9 }"))
    told = answered(1, "count", folder, "--register", SWEDEN, "--sizes", "2..3")
    assert (told["surely"]["total"], told["possibly"]["total"], told["possibly"]["with_access"]) == (0, 0, 0)
    assert {one["organisation"] for one in told["left_out"]} == set(told["pool"])


def test_every_combination_of_numbers_has_its_row():
    vary = ("--vary", "minimum_clusters=2..4", "--vary", "minimum_regions=1,2")
    told = answered(0, "simulate", REAL, *ENERGY, "--sizes", "2..4", *vary)
    assert [tuple(row["values"].values()) for row in told["rows"]] == [
        (clusters, regions) for clusters in (2, 3, 4) for regions in (1, 2)
    ]
    assert told["names"] == ["minimum_clusters", "minimum_regions"]
    numbers = [row["surely"] for row in told["rows"]]
    assert numbers[0] >= numbers[1] >= numbers[3] >= numbers[5] > 0
    as_it_is = answered(0, "count", REAL, *ENERGY, "--sizes", "2..4")
    assert (numbers[3], told["rows"][3]["possibly"]) == (as_it_is["surely"]["total"], as_it_is["possibly"]["total"])


def test_a_sweep_in_words_is_a_table():
    result = typed("simulate", REAL, *ENERGY, "--sizes", "3", "--vary", "minimum_regions=1..3")
    title, heads, *rows = result.stdout.splitlines()
    assert (result.exit_code, title) == (0, "kluster-2016: constellations that could apply")
    assert heads.startswith("minimum_regions  for certain")
    assert [row.split()[0] for row in rows] == ["1", "2", "3"]


def test_a_sample_is_the_same_for_the_same_seed_and_could_apply():
    drawn = [
        answered(0, "simulate", REAL, *ENERGY, "--sizes", "3", "--sample", "5", "--seed", seed)["sample"]
        for seed in (1, 1, 2)
    ]
    assert drawn[0] == drawn[1] != drawn[2]
    homes = {row["id"]: row["region"][:4] for row in rows_of(SWEDEN, "organisations.csv")}
    for one in drawn[0]:
        assert len(set(one)) == 3
        assert len({homes[member] for member in one}) >= 2


@pytest.mark.parametrize(
    "words",
    [
        ("--vary", "minimum_regions"),
        ("--vary", "minimum_regions=5..1"),
        ("--vary", "minimum_regions=1..1000000000"),
        ("--vary", "minimum_regions=1..2:0"),
        ("--vary", "minimum_regions=nan"),
        ("--vary", "minimum_regions=9999999999999999999999"),
        ("--sizes", "0..3"),
        ("--sizes", "2.5"),
        ("--sizes", "2..900"),
        ("--level", "parish"),
        ("--sample", "-1"),
    ],
)
def test_numbers_that_cannot_be_are_wrong_use(words: tuple[str, str]):
    result = typed("simulate", REAL, *ENERGY, *words)
    assert (result.exit_code, result.stdout) == (2, "")


@pytest.mark.parametrize(
    "words, code",
    [
        (("simulate", REAL, *ENERGY, "--vary", "no_such=1..2"), "simulation.unknown-parameter"),
        (("simulate", REAL, "--register", SWEDEN, "--theme", "no-such"), "simulation.unknown-theme"),
        (("count", REAL, "--register", SWEDEN, "--theme", "no-such"), "simulation.unknown-theme"),
        (
            ("simulate", REAL, *ENERGY, "--vary", "minimum_clusters=1..30", "--vary", "minimum_regions=1..30"),
            "simulation.too-many-variants",
        ),
    ],
)
def test_what_the_simulator_cannot_answer_is_told(words: tuple[object, ...], code: str):
    assert answered(2, *words)["refused"]["code"] == code
    result = typed(*words, "--language", "sv")
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)


def test_a_register_that_cannot_be_read_is_told(few: Path, tmp_path: Path):
    (few / "themes.csv").write_text("code\n", encoding="utf-8")
    result = typed("count", a_call(tmp_path / "call"), "--register", few)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"{few}/themes.csv:1: ")
    assert typed("count", REAL, "--register", REAL).exit_code == 2
    assert typed("count", REAL).exit_code == 2


def test_a_sweep_is_drawn_with_every_number_as_text(tmp_path: Path):
    picture = tmp_path / "sweep.svg"
    vary = ("--vary", "minimum_clusters=2..4", "--vary", "minimum_regions=1,2")
    told = answered(0, "simulate", REAL, *ENERGY, "--theme", "aerospace", "--sizes", "3", *vary, "--svg", picture)
    drawn = ET.fromstring(picture.read_text(encoding="utf-8"))  # noqa: S314 - the picture that was just drawn
    texts = [one.text for one in drawn.iter("{http://www.w3.org/2000/svg}text")]
    assert texts[0] == "kluster-2016: constellations that could apply"
    assert {"theme Energy", "theme Aerospace", "minimum_clusters", "minimum_regions"} <= set(texts)
    for row in told["rows"]:
        assert number(row["surely"], "en") in texts
        assert f"possibly {number(row['possibly'], 'en')}" in texts
    assert drawn.find("{http://www.w3.org/2000/svg}desc") is not None


def test_a_picture_that_cannot_be_written_is_told(tmp_path: Path):
    words = ("simulate", REAL, *ENERGY, "--sizes", "3", "--svg", tmp_path / "nowhere" / "sweep.svg")
    assert answered(2, *words)["problems"][0]["file"].endswith("sweep.svg")
