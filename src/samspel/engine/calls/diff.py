"""Tells two editions of a call apart: what was added, removed or changed, and whom it would turn.

A change of a number is told of the number and of every rule that it stands in. Each case, and each application
or constellation there is, is judged under both editions, so that nobody changes a rule without knowing for whom.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace

from samspel.engine.calls import vocabulary
from samspel.engine.calls.cases import Case
from samspel.engine.calls.findings import Verdict
from samspel.engine.calls.judging.judge import APPLICATION, judge
from samspel.engine.calls.situation import Situation
from samspel.engine.calls.soundness.oversights import parameters_in
from samspel.engine.calls.text import Call, Parameter, Rule
from samspel.engine.verdicts import Outcome

ADDED, REMOVED, CHANGED, REORDERED = "added", "removed", "changed", "reordered"
SECTIONS = (
    "call",
    "layers",
    "calendar",
    "stages",
    "windows",
    "counting",
    "parameters",
    "areas",
    "lists",
    "registers",
    "statements",
    *(f"terms.{kind}" for kind in vocabulary.TERMS),
    "rules",
    "exceptions",
    "partitions",
    "money",
    "scale",
    "criteria",
    "assessment",
    "opinions",
    "decisions",
    "documents",
    "indicators",
    "questions",
)
"""Where something may have changed, in the order in which it is told."""

_HEAD = ("authority", "currency", "register", "languages", "title", "purpose")
_IN_ORDER = ("stages", "scale", "criteria", "questions")


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs: its name (`parameter` for a number that a rule uses), as it was and as it is."""

    what: str
    old: object
    new: object


@dataclass(frozen=True, slots=True)
class Item:
    """An entry that differs: its section, its id (empty for the section itself), how, and in what.

    An entry that was added or removed has the one change `entry`, from or to None.
    """

    section: str
    id: str
    how: str
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """A rule whose outcome differs; None where the rule is not in that edition."""

    rule: str
    old: Outcome | None
    new: Outcome | None


@dataclass(frozen=True, slots=True)
class Turned:
    """A case or application of which something turns: rule by rule, and in the whole."""

    name: str
    turns: tuple[Turn, ...]
    old: Outcome
    new: Outcome


@dataclass(frozen=True, slots=True)
class Live:
    """A constellation or application that there is now, and which rules it is judged under (see `judge`)."""

    name: str
    situation: Situation
    about: str = ""
    over: tuple[str, ...] = APPLICATION


@dataclass(frozen=True, slots=True)
class Diff:
    """Everything that differs between two editions, in the order of `SECTIONS`."""

    items: tuple[Item, ...] = ()
    cases: tuple[Turned, ...] = ()
    situations: tuple[Turned, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything differs."""
        return bool(self.items or self.cases or self.situations)

    def of(self, *sections: str) -> tuple[Item, ...]:
        """What differs in these sections."""
        return tuple(item for item in self.items if item.section in sections)

    @property
    def rules(self) -> tuple[Item, ...]:
        """The rules that differ."""
        return self.of("rules")

    @property
    def parameters(self) -> tuple[Item, ...]:
        """The numbers that differ."""
        return self.of("parameters")


# -- what differs in the text


def _entries(call: Call) -> dict[str, dict[str, object]]:
    """Everything in a call by section and id; a section that is one thing has the empty id."""
    found: dict[str, dict[str, object]] = {
        "layers": {one.id: one for one in call.layers},
        "calendar": {"": call.calendar},
        "stages": {one.id: one for one in call.stages},
        "windows": {one.id: one for one in call.windows},
        "counting": {"": call.counting},
        "parameters": {one.name: one for one in call.parameters},
        "statements": dict(call.declared.statements),
        "rules": {one.id: one for one in call.rules},
        "exceptions": {one.id: one for one in call.exceptions},
        "partitions": {one.id: one for one in call.partitions},
        "scale": {one.code: one for one in call.scale},
        "criteria": {one.id: one for one in call.criteria},
        "assessment": {"": call.assessment},
        "questions": {one.id: one for one in call.questions},
    }
    for table, entries in call.declared.entries.items():
        found[table] = dict(entries)
    return found


def _named(pairs: Iterable[tuple[str, object, object]]) -> tuple[Change, ...]:
    return tuple(Change(what, old, new) for what, old, new in pairs if old != new)


def _between(old: object, new: object) -> tuple[Change, ...]:
    """The fields in which two entries of a sort differ."""
    names = [one.name for one in fields(old) if one.name not in ("id", "name", "code")]  # type: ignore[arg-type]  # entries are values with fields
    return _named((name, getattr(old, name), getattr(new, name)) for name in names)


def _numbers(call: Call, rule: Rule) -> dict[str, Parameter]:
    """The numbers that a rule and its exceptions use."""
    needs = [rule.needs, rule.when]
    for one in call.exceptions:
        needs += [one.when, one.needs] if one.to == rule.id else []
    names = {name for need in needs if need is not None for name in parameters_in(need)}
    return {name: call.parameter(name) for name in sorted(names | ({rule.curable} - {""}))}


def _value(parameter: Parameter) -> tuple[object, ...]:
    """What a rule notices of a number."""
    return parameter.unit, parameter.of, parameter.values


def _of_numbers(before: Call, after: Call, rule_id: str) -> tuple[Change, ...]:
    old, new = (_numbers(call, call.rule(rule_id)) for call in (before, after))
    return tuple(
        Change("parameter", old[name], new[name])
        for name in old
        if name in new and _value(old[name]) != _value(new[name])
    )


def _singles(before: Call, after: Call) -> Iterator[Item]:
    """What is one thing in a call, made of several of its fields."""
    for section, names in (("call", _HEAD), ("money", ("cost_forms", "exchange")), ("decisions", ("decisions",))):
        if changes := _named((name, getattr(before, name), getattr(after, name)) for name in names):
            yield Item(section, "", CHANGED, changes)


def _items(before: Call, after: Call) -> Iterator[Item]:
    yield from _singles(before, after)
    was, now = _entries(before), _entries(after)
    for section in (one for one in SECTIONS if one in was or one in now):
        old, new = was.get(section, {}), now.get(section, {})
        for entry in (*old, *(one for one in new if one not in old)):
            if entry not in new:
                yield Item(section, entry, REMOVED, (Change("entry", old[entry], None),))
            elif entry not in old:
                yield Item(section, entry, ADDED, (Change("entry", None, new[entry]),))
            else:
                changes = _between(old[entry], new[entry])
                if section == "rules":
                    changes += _of_numbers(before, after, entry)
                if changes:
                    yield Item(section, entry, CHANGED, changes)
        shared = [[one for one in these if one in others] for these, others in ((old, new), (new, old))]
        if section in _IN_ORDER and shared[0] != shared[1]:
            yield Item(section, "", REORDERED, (Change("order", tuple(old), tuple(new)),))


# -- whom it turns


def _fitting(call: Call, situation: Situation) -> Situation:
    """A situation without grades that this edition does not know."""
    if situation.grades is None:
        return situation
    codes, criteria = {one.code for one in call.scale}, {one.id for one in call.criteria}
    known = {at: code for at, code in situation.grades.items() if at in criteria and code in codes}
    return replace(situation, grades=known if codes else None)


def _turned(name: str, old: Verdict, new: Verdict) -> Turned | None:
    was, now = ({one.rule: one.outcome for one in verdict.findings} for verdict in (old, new))
    turns = tuple(
        Turn(rule, was.get(rule), now.get(rule))
        for rule in dict.fromkeys((*was, *now))
        if was.get(rule) is not now.get(rule)
    )
    return Turned(name, turns, old.outcome, new.outcome) if turns or old.outcome is not new.outcome else None


def _both(before: Call, after: Call, live: Live) -> Turned | None:
    old, new = (
        judge(call, _fitting(call, live.situation), about=live.about, over=live.over) for call in (before, after)
    )
    return _turned(live.name, old, new)


def _cases(before: Call, after: Call, cases: Iterable[Case]) -> Iterator[Turned]:
    """The cases that turn: only rules that are in both editions, since an added rule has not turned."""
    for case in cases:
        found = _both(before, after, Live(case.name, case.given, over=vocabulary.OVER))
        turns = tuple(turn for turn in found.turns if turn.old and turn.new) if found is not None else ()
        if found is not None and turns:
            yield replace(found, turns=turns)


def diff(
    before: Call, after: Call, *, cases: Iterable[Case] = (), situations: Sequence[Live] | Mapping[str, Situation] = ()
) -> Diff:
    """Tell what differs between two editions, which cases change outcome, and which situations would turn.

    Situations given by name alone are judged as applications.
    """
    lives = (
        [Live(name, one) for name, one in situations.items()] if isinstance(situations, Mapping) else list(situations)
    )
    order = {section: place for place, section in enumerate(SECTIONS)}
    found = [_both(before, after, one) for one in lives]
    return Diff(
        items=tuple(sorted(_items(before, after), key=lambda item: order[item.section])),
        cases=tuple(_cases(before, after, cases)),
        situations=tuple(one for one in found if one is not None),
    )
