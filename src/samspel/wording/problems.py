"""What is wrong in a file, in words: where, what was expected there, and what stood there instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samspel.wording.say import fill, say

if TYPE_CHECKING:
    from samspel.engine.located import Problem
    from samspel.engine.verdicts import Said


def expected(problem: Problem, language: str) -> str:
    """What should have stood there."""
    return say(problem.expected, language)


def found(problem: Problem, language: str) -> str:
    """What stood there, as it stood; or that nothing did."""
    return problem.found or fill("problem.nothing", {}, language)


def located(problem: Problem, language: str) -> str:
    """The problem in one line: file, line, key, what was expected, what was found."""
    values: dict[str, Said] = {
        "file": problem.file,
        "line": problem.line,
        "key": problem.key or fill("problem.whole-file", {}, language),
        "expected": expected(problem, language),
        "found": found(problem, language),
    }
    return fill("problem.located", values, language)
