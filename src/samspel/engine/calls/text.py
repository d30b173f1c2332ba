"""The text of a call as values: who may apply, when, for how much, by which rules, graded how.

Every number is a parameter with the days on which it holds, the place in the source that states it and the layer
(programme, call or overlay) it comes from; everything else refers to parameters by name.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING

from samspel.engine.calls.conditions import Filter, Measure, Need

if TYPE_CHECKING:
    from collections.abc import Mapping

    from samspel.engine.values import Words


def said(words: Words, language: str) -> str:
    """The text in this language, or in the first language there is.

    >>> said((("sv", "Mål"), ("en", "Goal")), "en")
    'Goal'
    """
    texts = dict(words)
    return texts.get(language) or next(iter(texts.values()), "")


@dataclass(frozen=True, slots=True)
class Layer:
    """A text that the call is made of: `programme`, `call` or an overlay, with its version and its day."""

    id: str
    version: str
    dated: date | None
    title: Words
    source: str


@dataclass(frozen=True, slots=True)
class Window:
    """A time in which applications are received, in the calendar's zone.

    A day without a clock time is the whole day; None is a time that the source does not state. `workdays` is for
    windows open Monday to Friday only, `daily` for those open between two clock times.
    """

    id: str
    stage: str
    opens: datetime | date | None
    closes: datetime | date | None
    questions_until: datetime | date | None
    decided: datetime | date | None
    source: str
    workdays: bool = False
    daily: tuple[time, time] | None = None


@dataclass(frozen=True, slots=True)
class Calendar:
    """The call's times: their zone (IANA name), the day whose parameters count, and a note in words."""

    zone: str
    dated: date | None
    note: Words
    source: str


@dataclass(frozen=True, slots=True)
class Stage:
    """A step of the procedure, such as expression of interest, then full application."""

    id: str
    text: Words
    source: str


@dataclass(frozen=True, slots=True)
class Counting:
    """What a call counts: kinds that do, kinds that do not, and the level that tells regions apart.

    `level` is one of `vocabulary.LEVELS` or a set of areas. `region_of` says whose region counts where a node has
    a host: the node's own or the host's. `source` is the place that states it. A kind in neither list is one the
    call is silent on.
    """

    counted_kinds: frozenset[str]
    refused_kinds: frozenset[str]
    level: str
    source: str
    region_of: str = "node"
    financing_only: bool = False

    @property
    def nuts(self) -> int:
        """The NUTS level of `level`: 0 country to 3; 3 where regions are told apart by areas of the call's own."""
        return {"country": 0, "nuts1": 1, "nuts2": 2}.get(self.level, 3)


@dataclass(frozen=True, slots=True)
class Dated:
    """A parameter's value from a day, until a day included (None: no end), or from always (None)."""

    value: Decimal | date
    since: date | None = None
    until: date | None = None

    def holds(self, on: date | None) -> bool:
        """Whether this is the value on a day; without a day, whether it is the one without an end."""
        if on is None:
            return self.until is None
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number the rules refer to by name: unit, values by day, source, layer. No values: the source is silent.

    `of` names the denominator of a share; `under` is the parameter of an earlier layer that this one replaces.
    """

    name: str
    unit: str
    values: tuple[Dated, ...]
    source: str
    of: str = ""
    note: str = ""
    layer: str = "call"
    replaces: str = ""
    under: Parameter | None = None

    def on(self, day: date | None) -> Dated | None:
        """The value in force on a day; None where the source states none or none is in force."""
        return next((one for one in reversed(self.values) if one.holds(day)), None)


@dataclass(frozen=True, slots=True)
class Rule:
    """One requirement: a condition with its source and what follows from failing it.

    `text` is a heading and may be empty; the rule's words are made from its condition. `over` says what it is
    judged on. `curable` names the parameter that gives the days in which it may be mended (empty: it is fatal).
    """

    id: str
    needs: Need
    source: str
    text: Words = ()
    severity: str = "must"
    part: str = "requirement"
    curable: str = ""
    waivable: bool = False
    stages: tuple[str, ...] = ()
    over: str = "application"
    after_award: bool = False
    when: Need | None = None
    layer: str = "call"
    replaces: str = ""


@dataclass(frozen=True, slots=True)
class LabelledException:
    """What holds instead of a rule when a condition does; without `needs` the rule is excused."""

    id: str
    to: str
    when: Need
    needs: Need | None
    source: str
    text: Words
    layer: str = "call"


@dataclass(frozen=True, slots=True)
class Portion:
    """A part of the money: which applications it is for, and the parameter that gives its size."""

    id: str
    where: Filter
    amount: str
    text: Words


@dataclass(frozen=True, slots=True)
class Partition:
    """One way in which the call's money is parted; several may stand side by side.

    Money of a movable partition may move between its parts, so that only the total binds.
    """

    id: str
    of: str
    movable: bool
    parts: tuple[Portion, ...]
    source: str
    text: Words


@dataclass(frozen=True, slots=True)
class Grade:
    """A step of the grading scale and the points it is worth; its place in the scale where the source gives none."""

    code: str
    points: int
    text: Words


@dataclass(frozen=True, slots=True)
class Criterion:
    """A quality criterion: the least grade a project must reach on it (empty: not stated), its name and its guidance.

    `weight` names the parameter its points are multiplied by (empty: 1); failing a `gate` stops the assessment;
    `cap` is the highest grade that can be reached (empty: the scale's).
    """

    id: str
    least: str
    source: str
    text: Words
    guidance: Words
    weight: str = ""
    gate: bool = False
    cap: str = ""


@dataclass(frozen=True, slots=True)
class Assessment:
    """How grades become a result: least points in all, assessors, how they are brought together, ties, opinions."""

    least_total: str = ""
    assessors: str = ""
    consolidation: str = "consensus"
    tie_break: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something a call declares by id: an area, list, register, term, document, indicator or opinion.

    `members` are an area's codes or a list's organisations, and where they are not `complete` nobody is known to be
    outside. `set` is the set an area belongs to, `facts` what
    else is said of it (a document's signer, language and template; an indicator's unit; an opinion's giver).
    """

    id: str
    text: Words
    source: str = ""
    members: tuple[str, ...] = ()
    complete: bool = True
    set: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    layer: str = "call"


@dataclass(frozen=True, slots=True)
class Statement:
    """What an applicant states of the project or of a partner, in a unit of its own."""

    id: str
    of: str
    unit: str
    text: Words
    source: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the application form. `longest` is the most characters an answer may have.

    `states` is the statement or fact that the answer gives; empty for an answer in words.
    """

    id: str
    required: bool
    longest: int
    text: Words
    help: Words
    states: str = ""


@dataclass(frozen=True, slots=True)
class SelectionRules:
    """What the chosen set must keep to, by names of parameters; empty where the call sets no such limit."""

    envelope: str = ""
    projects_per_theme: str = ""
    most_projects: str = ""


_SELECTION = {
    Measure("amount", "grant"): "envelope",
    Measure("count", "applications"): "most_projects",
    Measure("count", "applications", per="theme"): "projects_per_theme",
}


@dataclass(frozen=True, slots=True)
class Declared:
    """What a call declares beside the closed vocabulary, by table (`areas`, `terms.theme` …) and id."""

    entries: Mapping[str, Mapping[str, Entry]] = field(default_factory=dict)
    statements: Mapping[str, Statement] = field(default_factory=dict)

    def of(self, table: str) -> Mapping[str, Entry]:
        """The entries of one table; none where the call has no such table."""
        return self.entries.get(table, {})

    def sets(self) -> frozenset[str]:
        """The sets of areas."""
        return frozenset(one.set for one in self.of("areas").values() if one.set)


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
    layers: tuple[Layer, ...]
    calendar: Calendar
    windows: tuple[Window, ...]
    stages: tuple[Stage, ...]
    counting: Counting
    parameters: tuple[Parameter, ...]
    declared: Declared
    rules: tuple[Rule, ...]
    exceptions: tuple[LabelledException, ...]
    partitions: tuple[Partition, ...]
    scale: tuple[Grade, ...]
    criteria: tuple[Criterion, ...]
    assessment: Assessment
    decisions: tuple[str, ...]
    cost_forms: tuple[str, ...]
    exchange: tuple[tuple[str, str], ...]
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
        """The number in force on the call's day; None for an empty name or where the source states none."""
        found = self.parameter(name).on(self.calendar.dated) if name else None
        return found.value if found is not None and isinstance(found.value, Decimal) else None

    @property
    def selection(self) -> SelectionRules:
        """The limits on the chosen set that selection solves for, found among the rules over the awards."""
        found: dict[str, str] = {}
        for rule in self.rules:
            needs = rule.needs
            plain = rule.over == "awards" and rule.severity == "must" and rule.when is None
            if plain and needs.operator == "at_most" and needs.parameter and needs.measure in _SELECTION:
                found[_SELECTION[needs.measure]] = needs.parameter
        return SelectionRules(**found)

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
