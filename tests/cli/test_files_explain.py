"""`samspel explain`: the call read aloud, from its own values."""

from __future__ import annotations

from pathlib import Path

from tests.cli.folders import LAYERED, REAL, a_call, answered, typed
from tests.cli.typed import done, stopped


def test_the_whole_call_is_read_aloud():
    told = done(f"explain {REAL} --language sv")
    assert told[0].startswith("Klustersamverkan över regiongränser 2016 [kluster-2016], sha-256 ")
    at = told.index("Från minst två regioner (NUTS2) [two-regions]")
    assert told[at + 1 : at + 4] == [
        "  Minst 2 regioner (NUTS2) med parter som räknas",
        "  minimum_regions: 2 [SOURCE.md#regions]",
        "  Källa: SOURCE.md#regions",
    ]
    assert told[-1] == "Kriterium: Bestående förändring, minst G [lasting-change; SOURCE.md#assessment]"


def test_one_rule_is_told_in_full_with_its_exception_and_its_layer():
    first, *told = done(f"explain {LAYERED} rate-norway")
    assert first == "Support rate in Norway [rate-norway]"
    for beginning in (
        "  Exception (“Norwegian partners in project platforms”)",
        "  Comes from the national or regional overlay “Norwegian national funding”",
        "  rate_norway: from 1 January 2014 until 31 December 2020: ",
    ):
        assert any(line.startswith(beginning) for line in told), beginning


def test_numbers_stand_in_a_table_with_their_origin(tmp_path: Path):
    heads, first, second = done(f"explain {a_call(tmp_path)} --numbers")
    assert heads.split() == ["Name", "Value", "Source", "Layer"]
    assert [cell.strip() for cell in first.split("  ") if cell] == [
        *(
            "least",
            "from 1 January 2018 until 31 December 2019: 2; from 1 January 2020: 3",
            "SOURCE.md#who",
            "the call",
        ),
    ]
    assert second.startswith("most   EUR")


def test_a_call_as_json(tmp_path: Path):
    told = answered(0, "explain", a_call(tmp_path))
    assert set(told) == {
        *("call", "digest", "title", "purpose", "dated", "layers", "rules", "numbers", "partitions", "criteria"),
    }
    assert (told["title"], told["dated"]) == ("The small one", "2018-04-01")
    assert [rule["id"] for rule in told["rules"]] == ["enough", "small-grant", "a-university"]
    assert told["rules"][1] == {
        "id": "small-grant",
        "heading": "A small grant",
        "formal": "A grant of at most EUR\xa0100\u202f000",
        "notes": told["rules"][1]["notes"],
        "numbers": ["most"],
        "severity": "must",
        "over": "application",
        "part": "requirement",
        "stages": ["full"],
        "curable": "",
        "waivable": False,
        "after_award": False,
        "source": "SOURCE.md#grant",
        "layer": "call",
        "replaces": "",
        "exceptions": [],
    }
    assert told["numbers"][0]["values"] == [
        {"from": "2018-01-01", "until": "2019-12-31", "is": 2},
        {"from": "2020-01-01", "until": None, "is": 3},
    ]


def test_one_rule_as_json_has_its_own_numbers_alone(tmp_path: Path):
    told = answered(0, "explain", a_call(tmp_path), "small-grant", "--language", "sv")
    assert [rule["heading"] for rule in told["rules"]] == ["Ett litet stöd"]
    assert [number["name"] for number in told["numbers"]] == ["most"]


def test_a_rule_that_is_not_there_is_wrong_use(tmp_path: Path):
    told = stopped(2, f"explain {a_call(tmp_path)} no-such-rule")
    assert "expected one of: enough small-grant a-university" in told


def test_a_call_that_cannot_be_read_is_told(tmp_path: Path):
    folder = a_call(tmp_path, ('unit = "money"', 'unit = "gold"'))
    assert f"{folder}/call.toml:" in stopped(2, f"explain {folder}")
    problem = answered(2, "explain", folder)["problems"][0]
    assert (problem["key"], problem["found"]) == ("parameters.most.unit", "gold")


def test_every_real_call_is_read_aloud_in_both_languages():
    for folder in sorted(REAL.parent.iterdir()):
        if (folder / "call.toml").is_file():
            for language in ("sv", "en"):
                assert typed("explain", folder, "--language", language).exit_code == 0, folder
