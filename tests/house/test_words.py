"""Every sentence stands in both languages: the reasons in `wording`, and the pages' texts in the Swedish catalogue.

The two languages of a reason speak of the same values, and every reason that the code can give has its sentence.
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections import defaultdict
from typing import Any

import pytest

from tests.house.places import SOURCE, name_of
from tools import catalogue

WORDING = sorted((SOURCE / "wording").rglob("*.toml"))
LANGUAGES = ("sv", "en")
FILLED_IN = re.compile(r"\{(\w+)[^{}]*\}")
SAID = re.compile(r"\{(\w+)(?::[^{}/]*)?\}")
"""Values that are read; `{n:one/many}` is only the form that one of the languages may need."""


def _forms(text: Any) -> list[str]:
    """Give a sentence's forms: one, or one for each number."""
    return [form for part in text.values() for form in _forms(part)] if isinstance(text, dict) else [str(text)]


def _entries(table: dict[str, Any], path: tuple[str, ...] = ()) -> dict[str, dict[str, list[str]]]:
    """Find the sentences by their code, each with its forms in each language."""
    found: dict[str, dict[str, list[str]]] = {}
    if any(language in table for language in LANGUAGES):
        found[".".join(path)] = {key: _forms(value) for key, value in table.items() if key in LANGUAGES}
        return found
    for key, value in table.items():
        if isinstance(value, dict):
            found |= _entries(value, (*path, key))
        else:
            found[".".join((*path, key))] = {}
    return found


def _all_entries() -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = {}
    for path in WORDING:
        found |= _entries(tomllib.loads(path.read_text(encoding="utf-8")))
    return found


def _placeholders(forms: list[str], pattern: re.Pattern[str] = FILLED_IN) -> set[str]:
    return {name for form in forms for name in pattern.findall(form)}


def _plain(expected: ast.expr) -> list[str]:
    """Find the texts, as patterns, that a blame may be given instead of a reason."""
    match expected:
        case ast.Constant() | ast.JoinedStr():
            return [pattern] if (pattern := _pattern(expected)) else []
        case ast.IfExp():
            return _plain(expected.body) + _plain(expected.orelse)
        case ast.Dict():
            return [found for value in expected.values for found in _plain(value)]
    return []


def _blamed() -> dict[str, str]:
    """Find what readers of files blame by a plain text, as patterns of codes, each with its place."""
    found = {}
    for path in sorted((SOURCE / "engine").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            expected: list[ast.expr] = []
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "blame":
                expected = node.args[1:2]
            elif isinstance(node, ast.AnnAssign) and ast.unparse(node.target) == "_KIND_NAMES" and node.value:
                expected = [node.value]
            for line, pattern in ((each.lineno, one) for each in expected for one in _plain(each)):
                found[rf"expected\.plain\.{pattern}"] = f"{name_of(path)}:{line}"
    return found


def _reasons() -> dict[str, list[tuple[str, set[str] | None]]]:
    """Find the codes that the code gives, as patterns, with the place and the names of the values (None: unknown)."""
    found: dict[str, list[tuple[str, set[str] | None]]] = defaultdict(list)
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and ast.unparse(node.func).endswith("Reason.of") and node.args):
                continue
            pattern = _pattern(node.args[0])
            names = {keyword.arg for keyword in node.keywords}
            if pattern:
                given = None if None in names else {str(name) for name in names}
                found[pattern].append((f"{name_of(path)}:{node.lineno}", given))
    return found


def _pattern(code: ast.expr) -> str | None:
    if isinstance(code, ast.Constant) and isinstance(code.value, str):
        return re.escape(code.value)
    if isinstance(code, ast.JoinedStr):
        return "".join(re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".+" for part in code.values)
    return None


@pytest.mark.parametrize("path", WORDING, ids=name_of)
def test_every_sentence_stands_in_both_languages(path):
    wrong = []
    for code, languages in _entries(tomllib.loads(path.read_text(encoding="utf-8"))).items():
        missing = [language for language in LANGUAGES if not all(languages.get(language, [""]))]
        if missing:
            wrong.append(f"{code}: nothing in {' or '.join(missing)}")
        elif differ := _placeholders(languages["sv"], SAID) ^ _placeholders(languages["en"], SAID):
            wrong.append(f"{code}: only one of the languages says {sorted(differ)}")
    assert not wrong, f"{name_of(path)}:\n" + "\n".join(wrong)


def test_there_are_sentences():
    assert WORDING, f"no wording under {name_of(SOURCE / 'wording')}: no reason could be told"


def test_no_code_has_two_sentences():
    seen = [code for path in WORDING for code in _entries(tomllib.loads(path.read_text(encoding="utf-8")))]
    assert len(seen) == len(set(seen)), sorted({code for code in seen if seen.count(code) > 1})


def test_every_reason_has_its_sentence():
    codes = _all_entries()
    missing = [
        f"{place}: no sentence for {pattern}"
        for pattern, places in _reasons().items()
        for place, _given in places
        if not any(re.fullmatch(pattern, code) for code in codes)
    ]
    assert not missing, "add the sentences, in Swedish and English, under src/samspel/wording:\n" + "\n".join(missing)


def test_everything_that_was_expected_in_a_file_has_its_words():
    codes = _all_entries()
    blamed = _blamed()
    assert blamed
    missing = [f"{place}: {one}" for one, place in blamed.items() if not any(re.fullmatch(one, code) for code in codes)]
    assert not missing, "add the sentences to problems.toml:\n" + "\n".join(missing)


def test_a_sentence_speaks_only_of_values_it_is_given():
    codes = _all_entries()
    exact = set(_reasons())
    wrong = [
        f"{place}: the sentence {code} speaks of {sorted(unknown)}, and is given {sorted(given)}"
        for pattern, places in _reasons().items()
        for place, given in places
        for code in codes
        if given is not None
        and re.fullmatch(pattern, code)
        and (re.escape(code) == pattern or re.escape(code) not in exact)
        and (unknown := {name for forms in codes[code].values() for name in _placeholders(forms)} - given)
    ]
    assert not wrong, "\n".join(wrong)


def test_the_pages_are_all_in_swedish():
    wrong = catalogue.faults(catalogue.load(), catalogue.texts())
    assert not wrong, "\n".join(wrong)


def test_the_compiled_catalogue_is_the_written_one():
    stored = catalogue.CATALOGUE.with_suffix(".mo")
    assert stored.exists(), f"there is no {name_of(stored)}; `python tools/catalogue.py compile` makes it"
    assert stored.read_bytes() == catalogue.compiled(catalogue.load()), (
        f"{name_of(stored)} is stale; `python tools/catalogue.py compile` makes it anew"
    )
