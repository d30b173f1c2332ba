"""A call's text being written, looked over: does it read, do its cases hold, is anything hardly meant."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext

from samspel import wording
from samspel.engine.calls import cases
from samspel.engine.calls.cases import Case, Miss
from samspel.engine.calls.edition import FILES, MAY_HAVE
from samspel.engine.calls.judging.grading import LEAST_TOTAL
from samspel.engine.calls.reading.call import read
from samspel.engine.calls.soundness import contradictions, uncited, undecidable, warnings
from samspel.engine.calls.text import said
from samspel.engine.located import NotReadableError, Problem, lines_of
from samspel.engine.verdicts import Outcome, Reason
from samspel.store.queries.registry import names
from samspel.web.frame import language
from samspel.web.situations import Phrases
from samspel.web.verdicts import worded
from samspel.wording.rules import parameters_of, rule_heading

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from samspel.engine.calls.soundness.oversights import Caution
    from samspel.engine.calls.text import Call

FILE_OF_LAYER = {"programme": "programme.toml", "call": "call.toml", "overlay": "overlay.toml"}


@dataclass(frozen=True)
class Looked:
    """A call's files, looked over. Without a `call` there are `problems`, and nothing more can be said."""

    files: Mapping[str, str]
    call: Call | None
    problems: tuple[Problem, ...] = ()
    cases: tuple[Case, ...] = ()
    misses: tuple[Miss, ...] = ()
    contradictions: tuple[Caution, ...] = ()
    warnings: tuple[Caution, ...] = ()

    @property
    def reads(self) -> bool:
        """Whether the files are a call with its cases."""
        return self.call is not None and not self.problems

    @property
    def broken(self) -> int:
        """How many cases come out otherwise than they expect."""
        return len({miss.case for miss in self.misses if miss.found is not None})

    @property
    def untried(self) -> int:
        """How many outcomes of rules no case shows."""
        return sum(miss.found is None for miss in self.misses)

    @property
    def holds(self) -> bool:
        """Whether nothing in the text itself stops it from being published."""
        return self.reads and not self.misses and not self.contradictions


def look_over(files: Mapping[str, str]) -> Looked:
    """Read a call's files and try them in every way there is; the same files are looked over once."""
    return _looked(tuple(files.items()))


@lru_cache(maxsize=32)
def _looked(items: tuple[tuple[str, str], ...]) -> Looked:
    files = dict(items)
    absent = [Problem(name, 1, "", Reason.of("expected.plain.file")) for name in FILES if not files.get(name)]
    call, problems = None, []
    try:
        call = read(files)
        tried = cases.read_cases(files.get("cases.toml", ""), call)
    except NotReadableError as error:
        # A file that is missing is told once, not also as everything that is not in it.
        missing = {one.file for one in absent}
        problems = [one for one in error.problems if one.file not in missing]
    if absent or problems or call is None:
        return Looked(files, call, tuple(absent + problems))
    return Looked(
        files=files,
        call=call,
        cases=tried,
        misses=cases.run(call, tried),
        contradictions=contradictions(call),
        warnings=(*undecidable(call), *warnings(call), *uncited(call, files["SOURCE.md"])),
    )


def problems_told(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    """Problems for the list of what must be put right, each once, by file and line."""
    spoken, files = language(), (*FILES, *MAY_HAVE)
    once = sorted(dict.fromkeys(problems), key=lambda one: (files.index(one.file), one.line))
    return [
        {
            "file": one.file,
            "line": one.line,
            "key": one.key,
            "expected": wording.expected(one, spoken),
            "found": wording.found(one, spoken),
            "href": f"#{one.file}-{one.line}",
            "meant": _meant(one),
        }
        for one in once
    ]


def _meant(problem: Problem) -> str:
    """The allowed word that looks most like what stood there; empty where none does."""
    choices = str(dict(problem.expected.values).get("choices", "")).split()
    return next(iter(get_close_matches(problem.found, choices, n=1)), "")


def cautions_told(cautions: Iterable[Caution], looked: Looked) -> list[dict[str, Any]]:
    """Warnings or contradictions in words, each with the rules it is about and the line it leads to."""
    if looked.call is None:
        return []
    lines = {name: lines_of(text) for name, text in looked.files.items() if name.endswith(".toml")}
    headings = rule_headings(looked.call)
    found = []
    for one in cautions:
        file, line = _line(one, looked.files, lines)
        found.append(
            {
                "text": worded(one.reason, headings),
                "rules": [headings.get(rule, rule) for rule in one.rules],
                "file": file,
                "line": line,
                "href": f"#{file}-{line}",
            }
        )
    return found


def _line(caution: Caution, files: Mapping[str, str], lines: Mapping[str, Mapping[str, int]]) -> tuple[str, int]:
    """The file and line of the entry that a caution is about: its place, or the first of its rules."""
    places = [caution.place, *(f"rules.{rule}" for rule in caution.rules)]
    for place in (one for one in places if one):
        for file in reversed(FILE_OF_LAYER.values()):
            table, _, entry = place.partition(".")
            held = tomllib.loads(files.get(file, "")).get(table, {})
            ids = [one.get("id") for one in held] if isinstance(held, list) else []
            key = f"{table}.{ids.index(entry)}" if entry in ids else place
            if key in lines.get(file, {}):
                return file, lines[file][key]
    return "call.toml", 1


def rule_headings(call: Call) -> dict[str, str]:
    """What each thing that is judged is called: its heading, or the words made from its values."""
    spoken, named = language(), names(language())
    found = {rule.id: rule_heading(call, rule, spoken, named) for rule in call.rules}
    found |= {one.id: said(one.text, spoken) or one.id for one in call.partitions}
    found |= {one.id: said(one.text, spoken) or one.id for one in call.criteria}
    return found | {LEAST_TOTAL: gettext("Points in all")}


def numbers_are_for(call: Call) -> dict[str, str]:
    """What each number of the call is for: the headings of the rules and criteria that name it."""
    headings, found = rule_headings(call), dict[str, list[str]]()
    for rule in call.rules:
        needs = [one for one in (rule.needs, rule.when) if one is not None]
        for name in dict.fromkeys((*(name for need in needs for name in parameters_of(need)), rule.curable)):
            found.setdefault(name, []).append(headings[rule.id])
    for criterion in call.criteria:
        found.setdefault(criterion.weight, []).append(headings[criterion.id])
    return {name: " · ".join(dict.fromkeys(those)) for name, those in found.items() if name}


def said_in_title(looked: Looked) -> str:
    """The call's title; empty where the text is no call."""
    return said(looked.call.title, language()) if looked.call is not None else ""


def cases_told(looked: Looked) -> list[dict[str, Any]]:
    """Each case in words: what it gives, and for each rule what it expects and what is found."""
    if looked.call is None:
        return []
    phrases = Phrases(looked.call, language(), names(language()))
    headings = rule_headings(looked.call)
    missed = {(miss.case, miss.rule): miss.found for miss in looked.misses if miss.found is not None}
    return [
        {
            "name": case.name,
            "given": phrases.given(case.given),
            "rules": [
                {
                    "id": rule,
                    "heading": headings.get(rule, rule),
                    "expected": expected,
                    "found": missed.get((case.name, rule), expected),
                    "holds": (case.name, rule) not in missed,
                }
                for rule, expected in case.expected
            ],
            "holds": all((case.name, rule) not in missed for rule, _ in case.expected),
        }
        for case in looked.cases
    ]


def untried_told(looked: Looked) -> list[dict[str, Any]]:
    """Each rule that no case shows in some outcome, with the outcomes that are missing."""
    if looked.call is None:
        return []
    headings = rule_headings(looked.call)
    lacking: dict[str, list[Outcome]] = {}
    for miss in looked.misses:
        if miss.found is None:
            lacking.setdefault(miss.rule, []).append(miss.expected)
    return [{"heading": headings.get(rule, rule), "id": rule, "outcomes": found} for rule, found in lacking.items()]


def try_case(looked: Looked, text: str) -> tuple[list[dict[str, Any]], tuple[Problem, ...]]:
    """One case or several, typed by somebody, judged at once: what each gives and how every rule comes out."""
    call = looked.call
    if call is None:
        return [], looked.problems
    try:
        found = cases.read_cases(text, call)
    except NotReadableError as error:
        return [], error.problems
    phrases = Phrases(call, language(), names(language()))
    headings = rule_headings(call)
    told = []
    for case in found:
        expected, came_out = dict(case.expected), cases.outcomes(call, case.given)
        rules = [
            {
                "id": rule,
                "heading": headings.get(rule, rule),
                "expected": expected.get(rule),
                "found": outcome,
                "holds": expected.get(rule, outcome) is outcome,
            }
            for rule, outcome in came_out.items()
        ]
        line = ", ".join(f'{rule} = "{outcome}"' for rule, outcome in came_out.items())
        told.append(
            {
                "name": case.name,
                "given": phrases.given(case.given),
                "rules": rules,
                "expect": f"expect = {{ {line} }}",
                "holds": all(one["holds"] for one in rules),
            }
        )
    return told, ()
