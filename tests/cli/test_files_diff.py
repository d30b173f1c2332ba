"""`samspel diff`: two editions told apart, with the cases and applications that would turn."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.folders import a_call, answered, typed
from tests.cli.typed import done

THREE = ("is = 2 }", "is = 3 }")
LINES = (
    '{"name": "Alfa", "partners": [{"kind": "cluster-organisation", "times": 2}]}\n{"name": "Beta", "partners": []}\n'
)


@pytest.fixture
def old(tmp_path: Path) -> Path:
    return a_call(tmp_path / "old")


def test_two_editions_alike(old: Path, tmp_path: Path):
    told = done(f"diff {old} {a_call(tmp_path / 'new')}")
    assert told[1:] == ["Nothing differs in what the rules say, and no case changes its outcome."]
    found = answered(0, "diff", old, tmp_path / "new")
    assert (found["turns"], found["items"], found["cases"], found["situations"]) == (False, [], [], [])
    assert found["old"] == found["new"]


def test_a_number_that_turns_a_case(old: Path, tmp_path: Path):
    new = a_call(tmp_path / "new", THREE)
    result = typed("diff", old, new, "--language", "sv")
    assert result.exit_code == 1
    told = result.stdout.splitlines()
    assert "Ändrat: rules.enough" in told
    assert "    enough: met → not-met" in told
    found = answered(1, "diff", old, new)
    assert found["turns"] is True
    assert [(item["section"], item["id"], item["how"]) for item in found["items"]] == [
        ("parameters", "least", "changed"),
        ("rules", "enough", "changed"),
    ]
    (change,) = found["items"][1]["changes"]
    assert (change["what"], change["name"]) == ("parameter", "least")
    assert change["old"].startswith("from 1 January 2018 until 31 December 2019: 2")
    (case,) = found["cases"]
    assert case == {
        "name": "Two, a university and just the money",
        "old": "met",
        "new": "not-met",
        "turns": [{"rule": "enough", "old": "met", "new": "not-met"}],
    }


def test_a_rule_that_is_new_turns_no_case_but_is_told(old: Path, tmp_path: Path):
    rule = (
        '[[rules]]\nid = "lead"\nsource = "S"\nneeds = { lead = { kind = ["university"] } }\n\n[[rules]]\nid = "enough"'
    )
    new = a_call(tmp_path / "new", ('[[rules]]\nid = "enough"', rule))
    told = done(f"diff {old} {new}")
    assert told[1] == "Added: rules.lead"
    assert "university" in told[2]
    assert done(f"diff {new} {old}")[1] == "Removed: rules.lead"


def test_a_text_that_differs_in_the_other_language_alone(old: Path, tmp_path: Path):
    new = a_call(tmp_path / "new", ('en = "A small grant"', 'en = "A modest grant"'))
    assert done(f"diff {old} {new} --language sv")[2] == "    text: en: A small grant → en: A modest grant"
    assert done(f"diff {old} {new} --language en")[2] == "    text: A small grant → A modest grant"


def test_applications_that_would_turn(old: Path, tmp_path: Path):
    new = a_call(tmp_path / "new", THREE)
    (tmp_path / "live.jsonl").write_text(LINES, encoding="utf-8")
    found = answered(1, "diff", old, new, "--situations", tmp_path / "live.jsonl")
    assert found["situations"] == [
        {"name": "Alfa", "old": "open", "new": "not-met", "turns": [{"rule": "enough", "old": "met", "new": "not-met"}]}
    ]
    assert found == answered(1, "diff", old, new, "--situations", "-", given=LINES)
    assert "1 situation changes its outcome:" in typed("diff", old, new, "--situations", "-", given=LINES).stdout


def test_a_case_of_the_old_edition_that_was_taken_out_is_still_judged(old: Path, tmp_path: Path):
    one = '[[cases]]\nname = "Nobody"\npartners = []\nexpect = {}\n'
    found = answered(1, "diff", old, a_call(tmp_path / "new", THREE, cases=one))
    assert [case["name"] for case in found["cases"]] == ["Two, a university and just the money"]


def test_a_situation_may_speak_of_what_only_one_edition_knows(old: Path, tmp_path: Path):
    new = a_call(tmp_path / "new", ('id = "sketch"', 'id = "outline"'), ('stage = "sketch"', 'stage = "outline"'))
    assert typed("diff", old, new, "--situations", "-", given='{"stage": "sketch"}').exit_code in (0, 1)
    assert typed("diff", old, new, "--situations", "-", given='{"stage": "outline"}').exit_code in (0, 1)
    refused = answered(2, "diff", old, new, "--situations", "-", given='{"stage": "third"}\n{"stage": 4}')
    assert [problem["line"] for problem in refused["problems"]] == [1, 2, 2]


def test_an_edition_that_cannot_be_read_is_told_with_its_folder(old: Path, tmp_path: Path):
    new = a_call(tmp_path / "new", ("value = 100_000", "value = -1"))
    result = typed("diff", old, new)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"{new}/call.toml:")
    assert typed("diff", old).exit_code == 2
