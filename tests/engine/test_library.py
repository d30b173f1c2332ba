"""Samspel as a library: the four lines that the engine's own text promises judge a constellation, as they stand."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from textwrap import dedent

from samspel.engine import calls

ROOT = Path(__file__).resolve().parents[2]


def the_lines() -> str:
    """Read the lines of the example in the package's docstring."""
    indented = [line for line in (calls.__doc__ or "").splitlines() if line.startswith("    ")]
    return dedent("\n".join(indented))


def carried_out(lines: str) -> list[str]:
    """Carry lines out in a process of their own, and give what they printed."""
    told = subprocess.run([sys.executable, "-c", lines], cwd=ROOT, check=True, capture_output=True, text=True)
    return told.stdout.splitlines()


def test_four_lines_judge_a_constellation():
    assert len(the_lines().splitlines()) == 4
    assert carried_out(the_lines()) == ["not-met"]


def test_they_load_neither_a_site_nor_a_solver():
    check = "\nimport sys\nprint(sorted({name.split('.')[0] for name in sys.modules} & {'django', 'numpy', 'click'}))"
    assert carried_out(the_lines() + check)[-1] == "[]"


def test_what_a_program_needs_is_named():
    assert all(getattr(calls, name).__doc__ for name in calls.__all__)


def test_what_cannot_be_read_says_every_place():
    texts = {file.name: file.read_text("utf-8") for file in (ROOT / "calls" / "kluster-2016").glob("*.toml")}
    call = calls.read(texts)
    try:
        calls.read_situation('{"partners": [{"kind": "guild"}], "grant": "much"}', call, name="mine.json")
    except calls.NotReadableError as error:
        problems = error.problems
    assert [(problem.file, problem.key) for problem in problems] == [
        ("mine.json", "partners.0.kind"),
        ("mine.json", "grant"),
    ]


def test_one_verdict_at_a_time_and_no_rule_without_a_finding():
    texts = {file.name: file.read_text("utf-8") for file in (ROOT / "calls" / "kluster-2016").glob("*.toml")}
    call = calls.read(texts)
    verdict = calls.judge(call, calls.Situation())
    assert verdict.outcome is calls.Outcome.OPEN
    assert [one.rule for one in verdict.findings] == [rule.id for rule in call.rules if rule.over == "application"]
