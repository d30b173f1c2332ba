"""`samspel judge`: situations from files, cases and standard input, judged rule by rule."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.folders import REAL, SWEDEN, a_call, answered, typed

ONE = '[[partners]]\nname = "Alfa"\nkind = "cluster-organisation"\nregion = "SE110"\n'
TWO = '{"partners": [{"kind": "cluster-organisation", "times": 2}, {"kind": "university"}], "grant": 5}'
KEYS = {
    *("rule", "outcome", "word", "severity", "heading", "formal", "found", "needed", "unit", "low", "high", "bound"),
    *("parts", "since", "group", "evidence", "mend", "source", "layer", "curable", "cure_days", "cure", "exception"),
    "waiver",
}


@pytest.fixture
def call(tmp_path: Path) -> Path:
    return a_call(tmp_path / "call")


def a_file(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_situation_is_judged_in_words(call: Path, tmp_path: Path):
    result = typed("judge", call, a_file(tmp_path, "mine.toml", ONE), "--language", "sv")
    told = result.stdout.splitlines()
    assert result.exit_code == 1
    assert told[0].startswith("mine: 1 av 2 krav är inte uppfyllt.")
    assert told[1] == "Inte uppfyllt: Nog många (enough)"
    assert any(line.startswith("    → ") for line in told)
    assert "    [SOURCE.md#who]" in told
    assert told.index("Bör, utan att det avgör:") > told.index("Öppet: Ett litet stöd (small-grant)")


def test_a_situation_is_judged_as_json(call: Path, tmp_path: Path):
    told = answered(0, "judge", call, a_file(tmp_path, "mine.json", TWO))
    findings = {one["rule"]: one for one in told.pop("findings")}
    assert len(told.pop("digest")) == 64
    assert told == {
        "call": "small",
        "situation": "mine",
        "file": str(tmp_path / "mine.json"),
        "line": 0,
        "outcome": "met",
        "summary": "All 2 requirements are met.",
    }
    assert all(set(one) == KEYS for one in findings.values())
    enough = findings["enough"]
    assert [enough[key] for key in ("outcome", "unit", "low", "high", "bound", "since", "source", "layer")] == [
        *("met", "count", 2, 2, 2, "2018-01-01", "SOURCE.md#who", "call")
    ]
    assert (findings["a-university"]["severity"], findings["small-grant"]["bound"]) == ("should", 100_000)


def test_the_parts_of_a_composed_rule_are_told_in_numbers():
    told = answered(3, "judge", REAL, "-", given='{"grant": [150000, 300000]}')
    (size,) = [one for one in told["findings"] if one["rule"] == "grant-size"]
    assert [(part["outcome"], part["parameter"], part["low"], part["high"]) for part in size["parts"]] == [
        ("open", "smallest_grant", 150_000, 300_000),
        ("met", "largest_grant", 150_000, 300_000),
    ]


def test_what_is_not_said_is_open_and_has_an_exit_code_of_its_own(call: Path):
    told = answered(3, "judge", call, "-", given="{}")
    assert told["outcome"] == "open"
    assert {one["outcome"] for one in told["findings"]} == {"open"}


def test_lines_are_judged_one_by_one_and_the_worst_counts(call: Path):
    lines = ['{"name": "Beta", "partners": []}', "", TWO, '{"partners": 1}', "{", "[]"]
    result = typed("judge", call, "-", "--json", given="\n".join(lines))
    told = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 2
    assert [(one["situation"], one["line"], one.get("outcome")) for one in told] == [
        ("Beta", 1, "not-met"),
        ("-:3", 3, "met"),
        ("-:4", 4, None),
        ("-:5", 5, None),
        ("-:6", 6, None),
    ]
    assert [(one["problems"][0]["line"], one["problems"][0]["code"]) for one in told[2:]] == [
        (4, "expected.plain.list"),
        (5, "expected.plain.json"),
        (6, "expected.plain.table"),
    ]
    assert typed("judge", call, "-", given=f"{TWO}\n{{}}\n").exit_code == 3
    assert typed("judge", call, "-", given=f'{TWO}\n{{}}\n{{"partners": []}}').exit_code == 1


def test_a_file_of_lines_is_judged_too(call: Path, tmp_path: Path):
    lines = a_file(tmp_path, "many.jsonl", f'{TWO}\n{{"name": "Gamma"}}\n')
    told = [json.loads(line) for line in typed("judge", call, lines, "--json").stdout.splitlines()]
    assert [(one["situation"], one["outcome"]) for one in told] == [(f"{lines}:1", "met"), ("Gamma", "open")]


def test_a_case_of_the_call_is_judged(call: Path):
    told = answered(1, "judge", call, "--case", "One, no university, a euro too much")
    assert told["file"] == f"{call}/cases.toml"
    assert {one["rule"]: one["outcome"] for one in told["findings"]}["small-grant"] == "not-met"
    refused = typed("judge", call, "--case", "No such case")
    assert refused.exit_code == 2
    assert "One, no university, a euro too much" in refused.stderr


def test_the_day_decides_which_number_holds(call: Path):
    assert answered(0, "judge", call, "-", given=TWO)["findings"][0]["bound"] == 2
    later = answered(1, "judge", call, "-", "--on", "2020-01-01", given=TWO)["findings"][0]
    assert (later["bound"], later["since"]) == (3, "2020-01-01")
    assert typed("judge", call, "-", "--on", "tomorrow", given=TWO).exit_code == 2


def test_the_stage_decides_which_rules_hold(call: Path):
    rules = [one["rule"] for one in answered(0, "judge", call, "-", "--stage", "sketch", given=TWO)["findings"]]
    assert rules == ["enough", "a-university"]
    refused = typed("judge", call, "-", "--stage", "third", given=TWO)
    assert refused.exit_code == 2
    assert "expected one of: sketch full" in refused.stderr


def test_a_set_of_applications_is_judged_over_the_set():
    told = answered(1, "judge", REAL, "-", given='{"applications": [{"state": "awarded", "grant": 100, "times": 7}]}')
    assert "most-projects" in {one["rule"] for one in told["findings"]}
    assert "three-clusters" not in {one["rule"] for one in told["findings"]}
    whole = answered(3, "judge", REAL, "-", "--over", "application", given='{"applications": []}')
    assert "three-clusters" in {one["rule"] for one in whole["findings"]}


def test_a_register_gives_names():
    told = answered(1, "judge", REAL, "-", "--register", SWEDEN, given=json.dumps(ONE_IN_STOCKHOLM))
    assert "Stockholm" in " ".join(sentence for one in told["findings"] for sentence in one["evidence"])


ONE_IN_STOCKHOLM = {"partners": [{"id": "a", "kind": "cluster-organisation", "region": "SE110"}], "themes": []}


def test_what_cannot_be_read_is_told_with_its_place(call: Path, tmp_path: Path):
    wrong = a_file(tmp_path, "mine.toml", ONE + "age = 3\n")
    result = typed("judge", call, wrong)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"{wrong}:5: partners.0.age: expected one of: ")
    told = answered(2, "judge", call, wrong)
    assert (told["situation"], told["problems"][0]["key"]) == ("mine", "partners.0.age")


def test_wrong_use_is_told(call: Path, tmp_path: Path):
    assert "give a SITUATION" in typed("judge", call).stderr
    assert "expected a file" in typed("judge", call, tmp_path / "nowhere.toml").stderr
    assert "expected one of: .toml .json .jsonl .ndjson" in typed("judge", call, tmp_path / "mine.yaml").stderr
    old = typed("judge", call, "constellation.clusters=3")
    assert (old.exit_code, old.stdout) == (2, "")


@pytest.mark.parametrize(
    "line",
    [
        b"[" * 150_000,
        b'{"a":' * 20_000,
        b'{"grant": 1e999999999}',
        b'{"grant": ' + b"9" * 10_000 + b"}",
        b'{"grant": NaN}',
        b'{"grant": Infinity}',
        b'{"name": "' + b"x" * 5_000_000 + b'"}',
        b'{"name": "\xff"}',
        b'{"name": "a\\u0000b"}',
        b'{"name": "\\ud800"}',
        b'{"partners": [{"times": 1000000000}]}',
        b'{"partners": {"a": 1}}',
        b'{"name": 3}',
    ],
    ids=[
        *("brackets", "deep", "exponent", "digits", "nan", "infinity", "long", "not-utf-8", "nul", "half-a-character"),
        *("times", "no-list", "name"),
    ],
)
def test_a_hostile_line_is_refused_and_the_next_one_judged(call: Path, line: bytes):
    result = typed("judge", call, "-", "--json", given=line + b"\n" + TWO.encode() + b"\n")
    first, second = (json.loads(one) for one in result.stdout.splitlines())
    assert (result.exit_code, first["problems"][0]["line"]) == (2, 1)
    assert (second["line"], second["outcome"]) == (2, "met")


def test_nothing_in_a_situation_can_steer_the_terminal(call: Path):
    result = typed(
        "judge", call, "-", given='{"name": "a\u202eb", "partners": [{"id": "\u2066c", "kind": "university"}]}'
    )
    assert not set(result.output) & {"\u202e", "\u2066", "\x1b"}
