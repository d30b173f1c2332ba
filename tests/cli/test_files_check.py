"""`samspel check`: a call is read, its cases run and its rules weighed, on any machine and without Django."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.folders import LAYERED, REAL, TEXTS, a_call, answered, typed
from tests.cli.typed import done, stopped


def test_real_calls_are_in_order():
    first, second = done(f"check {REAL} {LAYERED}")
    assert first.startswith("kluster-2016: 9 rules, 25 cases, sha-256 ")
    assert second.startswith("interreg-bsr: ")


def test_a_call_in_order_as_json(tmp_path: Path):
    told = answered(0, "check", a_call(tmp_path))
    (call,) = told["calls"]
    assert len(call.pop("digest")) == 64
    doubts = [one["code"] for one in call.pop("warnings")]
    assert doubts == ["warning.no-envelope", "warning.no-criteria"], "the small call cannot be decided"
    assert call == {
        "folder": str(tmp_path),
        "readable": True,
        "id": "small",
        "rules": 3,
        "cases": 2,
        "problems": [],
        "misses": [],
        "contradictions": [],
    }


PROGRAMME = """\
[layer]
id = "programme"
version = "1"
dated = 2018-01-01
source = "SOURCE.md#day"
title = { sv = "Programmet", en = "The programme" }
"""


def test_layers_count_in_the_digest(tmp_path: Path):
    alone = answered(0, "check", a_call(tmp_path))["calls"][0]["digest"]
    under = answered(0, "check", a_call(tmp_path, programme=PROGRAMME))["calls"][0]["digest"]
    assert under != alone


def test_every_file_that_is_missing_is_told(tmp_path: Path):
    assert stopped(2, f"check {tmp_path}").splitlines() == [
        f"{tmp_path}/{name}:1: file: expected a file; found nothing" for name in TEXTS
    ]


def test_a_broken_file_is_told_with_its_place(tmp_path: Path):
    folder = a_call(tmp_path, cases="[[cases]]\nname = 1\nexpect = {}\n")
    assert stopped(2, f"check {folder}") == f"{folder}/cases.toml:2: cases.0.name: expected a text; found 1\n"
    (call,) = answered(2, "check", folder)["calls"]
    assert (call["readable"], call["rules"], call["cases"]) == (False, 3, 0)
    assert call["problems"] == [
        {
            "file": f"{folder}/cases.toml",
            "line": 2,
            "key": "cases.0.name",
            "code": "expected.plain.text",
            "expected": "a text",
            "found": "1",
        }
    ]


def test_one_broken_folder_does_not_hide_the_others(tmp_path: Path):
    good, bad = a_call(tmp_path / "good"), a_call(tmp_path / "bad", ('id = "small"', "id = 1"))
    result = typed("check", bad, good)
    assert result.exit_code == 2
    assert result.stdout.startswith("small: 3 rules")
    assert f"{bad}/call.toml:1: id: expected a text; found 1" in result.stderr


def test_cases_that_do_not_hold_are_told(tmp_path: Path):
    folder = a_call(tmp_path, ('severity = "should"\n', ""), cases=TEXTS["cases.toml"].replace("100_001", "99_999"))
    told = stopped(1, f"check {folder}").splitlines()
    miss = "One, no university, a euro too much: the rule small-grant is met, expected not-met"
    assert told[0] == f"{folder}/cases.toml: {miss}"
    assert told[-1].startswith("small does not hold: 3 rules, 2 cases")
    (call,) = answered(1, "check", folder)["calls"]
    assert [(one["rule"], one["expected"], one["found"]) for one in call["misses"]] == [
        ("small-grant", "not-met", "met")
    ]


def test_a_rule_that_no_case_tries_is_told(tmp_path: Path):
    folder = a_call(tmp_path, cases=TEXTS["cases.toml"].replace(', a-university = "met"', ""))
    assert f"{folder}/cases.toml: no case shows the rule a-university met" in stopped(1, f"check {folder}").splitlines()
    assert "inget fall visar regeln a-university som met" in stopped(1, f"check {folder} --language sv")
    (miss,) = answered(1, "check", folder)["calls"][0]["misses"]
    assert (miss["case"], miss["found"]) == ("", None)


NO_MORE_THAN_ONE = """\
[parameters.one]
unit = "count"
source = "SOURCE.md#who"
value = 1

[[rules]]
id = "too-many"
source = "SOURCE.md#who"
needs = { count = "partners", at_most = "one" }

[[rules]]
id = "enough"
"""


def test_two_rules_that_nobody_can_meet_are_told_by_name_and_line(tmp_path: Path):
    folder = a_call(tmp_path, ('[[rules]]\nid = "enough"\n', NO_MORE_THAN_ONE))
    result = typed("check", folder)
    assert result.exit_code == 1
    (told,) = [line for line in result.stderr.splitlines() if "contradiction" in line]
    assert told.startswith(f"{folder}/call.toml:")
    (found,) = answered(1, "check", folder)["calls"][0]["contradictions"]
    assert found["code"] == "contradiction.bounds"
    assert sorted(found["rules"]) == ["enough", "too-many"]
    line = (folder / "call.toml").read_text(encoding="utf-8").splitlines()[found["line"] - 1]
    assert line == "[[rules]]"


def test_what_is_hardly_meant_is_a_warning_and_no_failure(tmp_path: Path):
    idle = '[parameters.idle]\nunit = "count"\nvalue = 7\nsource = "SOURCE.md#who"\n\n[parameters.most]'
    folder = a_call(tmp_path, ("[parameters.most]", idle))
    *_, found = answered(0, "check", folder)["calls"][0]["warnings"]
    assert (found["code"], found["rules"], found["file"]) == ("warning.parameter-unused", [], "call.toml")
    assert (folder / "call.toml").read_text(encoding="utf-8").splitlines()[found["line"] - 1] == "[parameters.idle]"
    assert "idle" in found["text"]
    assert ": varning: " in typed("check", folder, "--language", "sv").stderr


@pytest.mark.parametrize(
    "body",
    [
        b"id = '\xff'",
        b"a = " + b"[" * 100_000,
        b"a." * 5_000 + b"b = 1",
        b"n = 1e999999999",
        b"n = " + b"9" * 100_000,
        b"a = 1\n" * 300_000,
        b"a" * 5_000_000,
        b"id = 'x\x00'",
    ],
    ids=["not-utf-8", "brackets", "dots", "exponent", "digits", "lines", "size", "nul"],
)
def test_a_hostile_file_is_refused(tmp_path: Path, body: bytes):
    folder = a_call(tmp_path)
    (folder / "call.toml").write_bytes(body)
    result = typed("check", folder)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"{folder}/call.toml:")
    assert answered(2, "check", folder)["calls"][0]["problems"]


def test_a_device_in_place_of_a_file_is_never_read(tmp_path: Path):
    folder = a_call(tmp_path)
    (folder / "call.toml").unlink()
    (folder / "call.toml").symlink_to("/dev/zero")
    assert stopped(2, f"check {folder}") == f"{folder}/call.toml:1: file: expected a file; found nothing\n"


def test_no_file_can_steer_the_terminal(tmp_path: Path):
    folder = a_call(tmp_path, cases=TEXTS["cases.toml"].replace("Two,", "\\u202eTwo\\u009b31m").replace("met", "open"))
    result = typed("check", folder)
    assert result.exit_code != 0
    assert not set(result.output) & {"\u202e", "\x9b", "\x1b"}


def test_a_wrong_folder_or_option_is_wrong_use(tmp_path: Path):
    assert typed("check", tmp_path / "nowhere").exit_code == 2
    assert typed("check").exit_code == 2
    assert typed("check", REAL, "--language", "fi").exit_code == 2


def test_files_are_judged_without_django():
    script = f"""
import sys
from samspel.cli import main
for words in (["check"], ["judge", "--case", "No theme, and one region without a priority for it"], ["explain"]):
    try:
        main([words[0], {str(REAL)!r}, *words[1:]], standalone_mode=False)
    except SystemExit:
        pass
assert not [name for name in sys.modules if name.split(".")[0] in ("django", "numpy")]
"""
    subprocess.run([sys.executable, "-c", script], check=True, capture_output=True)


@pytest.mark.parametrize("name", ["check", "judge", "explain", "diff", "count", "simulate"])
def test_every_command_tells_its_exit_codes_and_its_json(name: str):
    told = typed(name, "--help").stdout
    assert "Exit codes: 0 " in told
    assert '{"' in told
    assert "\b" not in told
