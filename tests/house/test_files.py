"""Files keep to the house: short enough to see whole, named in the field's words, opened by a paragraph in plain words.

A suppression (of the style checker, the type checker or the coverage) says why it is there.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from pathlib import Path

from tests.house.places import kept, name_of, text_of

LONGEST = 400
BARRED = {
    "utils",
    "util",
    "common",
    "helpers",
    "helper",
    "services",
    "managers",
    "base",
    "misc",
    "core",
    "lib",
    "stuff",
}
SUPPRESSION = re.compile(r"#\s*(noqa|type:\s*ignore|pragma:|pyright:|ruff:\s*noqa|fmt:\s*(?:off|skip))", re.IGNORECASE)
EXPLAINED = re.compile(
    r"#\s*(?:noqa:\s*[A-Z]+\d+(?:\s*,\s*[A-Z]+\d+)*|type:\s*ignore\[[\w\-, ]+\]|pragma:\s*no (?:cover|branch))"
    r"\s*(?:#|-|–|:|,)\s*\w.{4,}"
)
CODE = {".py", ".html", ".css", ".js", ".sh", ".toml"}
HAND_WRITTEN = ("src", "tests", "tools", "bin")


def _written_by_hand() -> list[Path]:
    """Leave out what another project wrote (vendor), and what Django writes (migrations)."""
    return [
        path
        for path in kept(*CODE, under=HAND_WRITTEN)
        if "vendor" not in path.parts and "migrations" not in path.parts
    ]


def test_no_file_is_longer_than_one_can_take_in():
    long = {
        name_of(path): lines for path in _written_by_hand() if (lines := len(path.read_text().splitlines())) > LONGEST
    }
    assert not long, f"longer than {LONGEST} lines; part each by what it is about: {long}"


def test_files_are_named_in_the_fields_words():
    named = [
        name_of(path)
        for path in _written_by_hand()
        if {part.removesuffix(path.suffix).strip("_").lower() for part in (path.parent.name, path.name)} & BARRED
        and path.name != "base.html"
    ]
    assert not named, f"these names say nothing of the field; name each for what it holds: {named}"


def test_every_module_opens_with_a_paragraph():
    silent = []
    for path in kept(".py", under=("src", "tests", "tools")):
        if "migrations" in path.parts:
            continue
        tree = ast.parse(path.read_text(), filename=str(path))
        if (tree.body or path.name != "__init__.py") and not ast.get_docstring(tree):
            silent.append(name_of(path))
    assert not silent, f"begin each with what it is for, in words a case officer understands: {silent}"


def test_every_suppression_says_why():
    bare = []
    for path in kept(".py", under=("src", "tests", "tools")):
        for token in tokenize.generate_tokens(io.StringIO(path.read_text()).readline):
            if token.type == tokenize.COMMENT and SUPPRESSION.match(token.string) and not EXPLAINED.match(token.string):
                bare.append(f"{name_of(path)}:{token.start[0]}: {token.string}")
    assert not bare, "write `# noqa: X123 - why` or `# type: ignore[code]  # why`:\n" + "\n".join(bare)


def test_nothing_is_left_for_later():
    # Put together here, so that this file does not find itself.
    marks = re.compile(r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "X" + "XX", "NotImplemented" + "Error")) + r")\b")
    left = [
        f"{name_of(path)}:{number}: {line.strip()}"
        for path in _written_by_hand()
        for number, line in enumerate((text_of(path) or "").splitlines(), 1)
        if marks.search(line)
    ]
    assert not left, "finish these, or make them an issue:\n" + "\n".join(left)
