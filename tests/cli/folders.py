"""A small invented call in a folder of its own, and the real ones, for the commands on files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from click.testing import CliRunner

from samspel.cli import main

if TYPE_CHECKING:
    from click.testing import Result

ROOT = Path(__file__).resolve().parents[2]
REAL = ROOT / "calls" / "kluster-2016"
LAYERED = ROOT / "calls" / "interreg-bsr"
SWEDEN = ROOT / "registers" / "sweden"

CALL = """\
id = "small"
authority = "somebody"
currency = "EUR"
register = ""
title = { sv = "Den lilla", en = "The small one" }
purpose = { sv = "Att pröva.", en = "To try." }

[calendar]
zone = "Europe/Stockholm"
dated = 2018-04-01
source = "SOURCE.md#day"

[[stages]]
id = "sketch"
text = { sv = "Skiss", en = "Sketch" }
source = "SOURCE.md#stages"

[[stages]]
id = "full"
text = { sv = "Ansökan", en = "Application" }
source = "SOURCE.md#stages"

[[windows]]
id = "spring"
stage = "sketch"
source = "SOURCE.md#day"

[[windows]]
id = "autumn"
stage = "full"
source = "SOURCE.md#day"

[counting]
counted_kinds = ["cluster-organisation"]
refused_kinds = ["university"]
level = "nuts2"
source = "SOURCE.md#who"

[parameters.least]
unit = "count"
source = "SOURCE.md#who"
value = [{ from = 2018-01-01, is = 2 }, { from = 2020-01-01, is = 3 }]

[parameters.most]
unit = "money"
source = "SOURCE.md#grant"
value = 100_000

[[rules]]
id = "enough"
source = "SOURCE.md#who"
needs = { count = "partners", where = { counts = true }, at_least = "least" }
text = { sv = "Nog många", en = "Enough of them" }

[[rules]]
id = "small-grant"
source = "SOURCE.md#grant"
stages = ["full"]
needs = { amount = "grant", at_most = "most" }
text = { sv = "Ett litet stöd", en = "A small grant" }

[[rules]]
id = "a-university"
severity = "should"
source = "SOURCE.md#who"
needs = { some = { kind = ["university"] } }
text = { sv = "Gärna ett universitet", en = "A university if possible" }
"""
FORM = """\
[[questions]]
id = "why"
longest = 10
required = false
text = { sv = "Varför?", en = "Why?" }
help = { sv = "Kort.", en = "Briefly." }
"""
CASES = """\
[[cases]]
name = "Two, a university and just the money"
partners = [
    { kind = "cluster-organisation", region = "SE110", times = 2 },
    { kind = "university", region = "SE110" },
]
grant = 100_000
expect = { enough = "met", small-grant = "met", a-university = "met" }

[[cases]]
name = "One, no university, a euro too much"
partners = [{ kind = "cluster-organisation", region = "SE110" }]
grant = 100_001
expect = { enough = "not-met", small-grant = "not-met", a-university = "not-met" }
"""
TEXTS = {"call.toml": CALL, "form.toml": FORM, "cases.toml": CASES, "SOURCE.md": "# Day\n# Stages\n# Who\n# Grant\n"}


def a_call(folder: Path, *changed: tuple[str, str], **files: str) -> Path:
    """Write the small call into a folder, with texts in call.toml changed or whole files put in (`cases="…"`)."""
    texts = TEXTS | {f"{name}.toml": text for name, text in files.items()}
    for old, new in changed:
        assert old in texts["call.toml"], old
        texts["call.toml"] = texts["call.toml"].replace(old, new)
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def typed(*words: object, given: str | bytes | None = None) -> Result:
    """Carry out `samspel` with these words, and this on standard input."""
    return CliRunner().invoke(main, [str(word) for word in words], input=given, catch_exceptions=False)


def answered(code: int, *words: object, given: str | bytes | None = None) -> dict[str, Any]:
    """Carry it out with --json, see the exit code and that there is one object on standard output and nothing else."""
    result = typed(*words, "--json", given=given)
    assert (result.exit_code, result.stderr) == (code, ""), result.output
    assert result.stdout.count("\n") == 1
    found: dict[str, Any] = json.loads(result.stdout)
    return found
