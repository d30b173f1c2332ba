"""The real call, and small ones written for a test by changing a few lines of it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from samspel.engine.calls.read import read
from samspel.engine.calls.text import Call

FOLDER = Path(__file__).resolve().parents[2] / "calls" / "kluster-2016"
FILES = {name: (FOLDER / name).read_text(encoding="utf-8") for name in ("call.toml", "form.toml", "cases.toml")}


@cache
def real_call() -> Call:
    return read(call_text=FILES["call.toml"], form_text=FILES["form.toml"])


def call_with(rule: str) -> Call:
    """Read the real call with its rules replaced by one, whose condition is `rule`."""
    head, _, rest = FILES["call.toml"].partition("[[rules]]")
    tail = rest[rest.index("[[scale]]") :]
    text = f"""{head}[[rules]]
id = "the-rule"
source = "SOURCE.md#x"
needs = {rule}
text.sv = "Regeln"
text.en = "The rule"

{tail}"""
    return read(call_text=text, form_text=FILES["form.toml"])
