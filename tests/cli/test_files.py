"""Commands on files: a call is checked and judged on any machine, without a site and without Django."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.cli.typed import done, samspel, stopped
from tests.worlds.situations import CALL_FOLDER, call_files


def a_folder(tmp_path: Path, **changed: str) -> Path:
    for name, text in call_files(**changed).items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_the_real_call_is_in_order():
    (told,) = done(f"check {CALL_FOLDER}")
    assert told.startswith("kluster-2016: 6 rules, ")


def test_a_file_that_is_missing_is_told(tmp_path: Path):
    assert "there is no such file; a call has call.toml, form.toml" in stopped(2, f"check {tmp_path}")


def test_a_broken_file_is_told_with_its_place(tmp_path: Path):
    folder = a_folder(tmp_path, cases="[[cases]]\nname = 1\n")
    assert f"{folder}/cases.toml:2: cases.0.name: expected a text; found 1\n" in stopped(2, f"check {folder}")


def test_cases_that_do_not_hold_are_told(tmp_path: Path):
    files = call_files()
    cases = files["cases.toml"].replace('three-clusters = "open"', 'three-clusters = "met"')
    assert f"{tmp_path}/cases.toml: One cluster for certain" in stopped(1, f"check {a_folder(tmp_path, cases=cases)}")
    one = '[[cases]]\nname = "A"\ngiven = {}\nexpect = { three-clusters = "open" }\n'
    told = stopped(1, f"check {a_folder(tmp_path, cases=one)}").splitlines()
    assert f"{tmp_path}/cases.toml: no case shows the rule three-clusters met" in told


def test_a_situation_is_judged():
    told = done(f"judge {CALL_FOLDER} constellation.clusters=2 --language sv")
    assert told[0] == "1 av 6 krav är inte uppfyllt."
    assert "    Ta med 1 till som är klusterorganisation eller FoI-plattform." in told
    assert samspel(f"judge {CALL_FOLDER}").stdout.startswith("No requirement is broken, but 6 of 6 are open")


def test_a_fact_that_cannot_be_read_is_told():
    told = stopped(2, f"judge {CALL_FOLDER} constellation.mood=3")
    assert told.startswith("given:1: constellation.mood: expected one of: constellation.clusters")


def test_files_are_judged_without_django():
    script = f"""
import sys
from samspel.cli import main
main(["check", {str(CALL_FOLDER)!r}], standalone_mode=False)
assert not [name for name in sys.modules if name.split(".")[0] == "django"]
"""
    subprocess.run([sys.executable, "-c", script], check=True, capture_output=True)
