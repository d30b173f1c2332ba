"""A call's text is changed in one place at a time, whatever way it is written, and nothing else moves."""

from __future__ import annotations

import difflib
import tomllib
from pathlib import Path
from typing import Any

import pytest

from samspel.engine.calls import cases
from samspel.engine.calls.reading.call import read
from samspel.web.forms.call_text import CannotWriteError, Raw, blocks, with_value
from samspel.web.forms.new_call import copied, skeleton
from samspel.web.library import library
from samspel.web.patterns import gallery, inserted

CALLS = Path(__file__).resolve().parents[2] / "calls"
TEXTS = sorted(path for name in ("call", "programme", "overlay") for path in CALLS.glob(f"*/{name}.toml"))


def changed_lines(before: str, after: str) -> list[str]:
    return [line for line in difflib.ndiff(before.splitlines(), after.splitlines()) if line[0] in "+-"]


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_the_parts_of_a_text_are_the_text(path: Path):
    text = path.read_text(encoding="utf-8")
    assert "".join(part.header + part.body for part in blocks(text)) == text


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_the_first_and_last_of_each_sort_is_changed_alone(path: Path):
    text = path.read_text(encoding="utf-8")
    data = tomllib.loads(text)
    names = list(data.get("parameters", {}))
    places: list[tuple[str | int, ...]] = [
        ("parameters", name, key) for name in {*names[:1], *names[-1:]} for key in ("value", "note", "source")
    ]
    count = len(data.get("rules", []))
    places += [("rules", n, key) for n in {0, count - 1} if count for key in ("severity", "curable")]
    places += [("rules", n, "text", "sv") for n in {0, count - 1} if count]
    for place in places:
        new = with_value(text, place, Raw('"x"'))
        there: Any = tomllib.loads(new)
        for step in place:
            there = there[step]
        assert there == "x"
        assert [line for line in new.splitlines() if line.lstrip().startswith("#")] == [
            line for line in text.splitlines() if line.lstrip().startswith("#")
        ]


TRICKY = '''\
a = """
[not.a.table]
"""
b = [
    [1],
    [2], # ] }
]
[parameters]
x = { unit = "count", value = 3, note = "[[rules]]" } # three
[[rules]]
id = 'one'
text = { sv = "Å", en = "A" }
[[exceptions]]
id = "e"
[[rules]]
id = "two"
text.sv = "Ö"
text.en = "O"
# the end
'''


@pytest.mark.parametrize(
    "place, value, gone, come",
    [
        (("parameters", "x", "value"), Raw("4_000"), "value = 3,", "value = 4_000,"),
        (("parameters", "x", "of"), "grant", None, 'of = "grant"'),
        (("rules", 0, "text", "sv"), 'Ä "x"', '"Å"', r'"Ä \"x\""'),
        (("rules", 1, "text", "en"), "N", '"O"', '"N"'),
        (("rules", 0, "waiver"), True, None, "waiver = true"),
        (("rules", 1, "severity"), "should", None, 'severity = "should"'),
    ],
)
def test_a_change_in_a_text_written_in_every_way(
    place: tuple[str | int, ...], value: object, gone: str | None, come: str
):
    new = with_value(TRICKY, place, value)
    lines = changed_lines(TRICKY, new)
    assert len(lines) <= 2
    assert any(come in line for line in lines if line.startswith("+"))
    assert gone is None or any(gone in line for line in lines if line.startswith("-"))
    assert new.endswith("# the end\n")


def test_what_has_no_place_is_refused():
    with pytest.raises(CannotWriteError):
        with_value("parameters = { x = 1 }\n", ("rules", 3, "severity"), "should")


@pytest.mark.parametrize("kept", library(), ids=lambda kept: kept.id)
def test_every_call_can_be_begun_from(kept):
    files = copied(kept.files, "another-id", {"sv": "Ny", "en": ""})
    call = read(files)
    cases.read_cases(files["cases.toml"], call)
    assert call.id == "another-id"
    assert call.calendar.dated is None
    assert all(one.opens is one.closes is one.decided is None for one in call.windows)
    assert [rule.id for rule in call.rules] == [rule.id for rule in read(kept.files).rules]


@pytest.mark.parametrize("pattern", gallery(), ids=lambda pattern: str(pattern.number))
def test_every_pattern_goes_into_a_call_twice(pattern):
    files = skeleton("prov", {"sv": "Prov", "en": "Trial"})
    once = inserted(files, pattern)
    twice = inserted(once.files, pattern)
    first, second = (read(one.files) for one in (once, twice))
    assert len(second.rules) - len(first.rules) == len(first.rules) - 1
    for made in (once, twice):
        call = read(made.files)
        found = cases.run(call, cases.read_cases(made.files["cases.toml"], call))
        # Where the call keeps a table of its own, the pattern's cases may say something else; the officer is told.
        assert made.left_out or not found
