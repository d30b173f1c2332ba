"""The text of a call as values: who may apply, for how much, by which rules, graded how."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal

    from samspel.engine.values import Words


def said(words: Words, language: str) -> str:
    """The text in this language, or in the first language there is.

    >>> said((("sv", "Mål"), ("en", "Goal")), "en")
    'Goal'
    """
    texts = dict(words)
    return texts.get(language) or next(iter(texts.values()), "")


@dataclass(frozen=True, slots=True)
class Counting:
    """What a call counts: kinds that do, kinds that do not, and the NUTS level that tells regions apart.

    `source` is the place that states it. A kind in neither list is one the call is silent on.
    """

    counted_kinds: frozenset[str]
    refused_kinds: frozenset[str]
    level: int
    source: str


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number the rules refer to by name, with its unit and the place in the source that states it."""

    name: str
    unit: str
    value: Decimal
    source: str


@dataclass(frozen=True, slots=True)
class Need:
    """A condition: a fact compared with a parameter, or other conditions put together by all, any or not."""

    operator: str
    fact: str = ""
    parameter: str = ""
    parts: tuple[Need, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """One requirement, in words and as a condition, with its source."""

    id: str
    needs: Need
    source: str
    text: Words


@dataclass(frozen=True, slots=True)
class Grade:
    """A step of the grading scale and the points it is worth."""

    code: str
    points: int
    text: Words


@dataclass(frozen=True, slots=True)
class Criterion:
    """A quality criterion: the least grade a project must reach on it, its name and its guidance."""

    id: str
    least: str
    source: str
    text: Words
    guidance: Words


@dataclass(frozen=True, slots=True)
class SelectionRules:
    """What the chosen set must keep to, by names of parameters; empty where the call sets no such limit."""

    envelope: str
    projects_per_theme: str
    most_projects: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the application form. `longest` is the most characters an answer may have."""

    id: str
    required: bool
    longest: int
    text: Words
    help: Words


@dataclass(frozen=True, slots=True)
class Call:
    """One call, read and checked: everything that the rest of Samspel knows of it comes from here."""

    id: str
    languages: tuple[str, ...]
    authority: str
    currency: str
    register: str
    title: Words
    purpose: Words
    calendar: Words
    counting: Counting
    parameters: tuple[Parameter, ...]
    rules: tuple[Rule, ...]
    scale: tuple[Grade, ...]
    criteria: tuple[Criterion, ...]
    selection: SelectionRules
    questions: tuple[Question, ...]

    def parameter(self, name: str) -> Parameter:
        """The parameter of this name.

        Raises:
            KeyError: no such parameter.
        """
        for parameter in self.parameters:
            if parameter.name == name:
                return parameter
        raise KeyError(name)

    def limit(self, name: str) -> Decimal | None:
        """The value of a limit that the call may leave out; None for an empty name."""
        return self.parameter(name).value if name else None

    def rule(self, rule_id: str) -> Rule:
        """The rule of this id.

        Raises:
            KeyError: no such rule.
        """
        for rule in self.rules:
            if rule.id == rule_id:
                return rule
        raise KeyError(rule_id)

    def grade(self, code: str) -> Grade:
        """The grade of this code.

        Raises:
            KeyError: the scale has no such grade.
        """
        for grade in self.scale:
            if grade.code == code:
                return grade
        raise KeyError(code)
