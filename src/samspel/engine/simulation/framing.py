"""Turns a call's rules on the constellation into conditions on numbers that can be kept count of.

Every rule that speaks of the partners alone becomes a condition on tallies: how many match a filter, how many regions
they represent, how many regions have no partner that matches. Where the register does not say enough of an
organisation, a condition can hold surely or possibly, as the judge would say met or not say not met; both can be
counted. What cannot be kept count of (such as groups that cross regions) is left to looking at each set, and what
is not about who may apply is left out, with the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from math import floor

from samspel.engine.calls.conditions import Filter, Measure, Need
from samspel.engine.calls.judging.judge import judge, topics
from samspel.engine.calls.judging.matching import MET, OPEN, Matching
from samspel.engine.calls.situation import Partner, Situation
from samspel.engine.calls.text import Call, Rule
from samspel.engine.calls.vocabulary import COLLECTION_OF_QUANTITY, LEVELS, NOUNS
from samspel.engine.simulation.numbering import NotCountableError, Number, Numbering, Values
from samspel.engine.simulation.population import Path, Population
from samspel.engine.simulation.tallies import Tally
from samspel.engine.simulation.tallying import Certainty, Make, Tallying, Weights
from samspel.engine.verdicts import all_of, any_of, opposite

type Bounds = Mapping[str, Decimal]
"""Numbers by the names of parameters."""

type Accepting = Callable[[int, Values], bool]
"""Says of a set, by its size and its tallies, whether it is accepted."""


class Left(StrEnum):
    """Why a rule takes no part in the count of who may apply."""

    APPLICATION = "application"
    SHOULD = "should"
    NOT_STATED = "not-stated"
    NO_THEME = "no-theme"
    SEVERAL_THEMES = "several-themes"
    REGISTER_SILENT = "register-silent"
    EXCEPTIONS = "exceptions"


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition on sets: whether it holds, by size, tallies and numbers; and which tallies it reads, up to where."""

    holds: Callable[[int, Values, Bounds], bool]
    caps: Mapping[str, int]


@dataclass(frozen=True)
class Framed:
    """A call's rules on the constellation, ready to be counted over a population.

    `conditions` says of each rule that can be kept count of whether it holds surely or possibly; `looked_at` are the
    rules that need a look at each set, and `left` those that take no part, with the reason. `bounds` are the numbers
    that the conditions compare with.
    """

    call: Call
    partners: tuple[Partner, ...]
    themes: tuple[str, ...] | None
    population: Population
    conditions: Mapping[str, Mapping[Certainty, Condition]]
    bounds: Bounds
    looked_at: tuple[str, ...]
    left: Mapping[str, Left]
    makes: Mapping[str, Make]
    weights: Weights

    def tallies(self, *certainties: Certainty) -> tuple[Tally, ...]:
        """The tallies that tell whether the counted rules hold, surely, possibly or (if neither is named) both."""
        conditions = (how[one] for how in self.conditions.values() for one in certainties or Certainty)
        caps = _joined(condition.caps for condition in conditions)
        return tuple(self.makes[name](self.weights, cap) for name, cap in caps.items())

    def accept(
        self, certainty: Certainty, *, without: str = "", only: str = "", bounds: Bounds | None = None
    ) -> Accepting:
        """The condition that every counted rule holds; `without` leaves one out, `only` keeps one.

        `bounds` are other numbers to compare with, not above those that the call was framed for.
        """
        numbers = {**self.bounds, **(bounds or {})}
        chosen = [
            how[certainty].holds
            for rule, how in self.conditions.items()
            if rule != without and (not only or rule == only)
        ]
        return lambda size, values: all(holds(size, values, numbers) for holds in chosen)

    def holds(self, certainty: Certainty) -> Callable[[tuple[int, ...]], bool]:
        """Say of a set of places whether the rules that must be looked at hold, with one of its members in the lead."""
        rules = tuple(rule for rule in self.call.rules if rule.id in self.looked_at)
        part = replace(self.call, rules=rules, exceptions=())
        good = (MET,) if certainty is Certainty.SURELY else (MET, OPEN)
        leading = any(_asks_lead(rule) for rule in rules)

        def look(places: tuple[int, ...]) -> bool:
            members = [self.partners[place] for place in places]
            return any(
                judge(part, Situation(partners=_led(members, lead), themes=self.themes)).outcome in good
                for lead in range(len(members) if leading else 1)
            )

        return look


def _led(members: Sequence[Partner], lead: int) -> tuple[Partner, ...]:
    return tuple(replace(one, roles=("lead",) if at == lead else ("partner",)) for at, one in enumerate(members))


def _joined(caps: Iterable[Mapping[str, int]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for one in caps:
        for name, cap in one.items():
            found[name] = max(cap, found.get(name, 1))
    return found


def frame(
    call: Call,
    pool: Sequence[Partner],
    *,
    theme: str = "",
    largest: int,
    furthest: Bounds | None = None,
    levels: Iterable[str] = (),
    as_judged: bool = False,
) -> Framed:
    """Frame a call's rules over the organisations that may take part in constellations of up to `largest` members.

    `theme` is the one that they would choose; the partners' `priority` must have been said for it. `furthest` are the
    highest numbers that will be asked about where the call's own are to be varied, `levels` levels of regions that will
    be told of besides those that the rules name. `as_judged` frames what a rule comes to by itself, with who leads as
    the partners' roles say, where else only rules take part that decide who may apply, and somebody who fits may lead.
    """
    themes = (theme,) if theme else None
    framing = _Framing(call, tuple(pool), themes, largest, furthest or {}, as_judged=as_judged)
    framing.numbering.tallying.levels.update(levels)
    return framing.framed()


@dataclass
class _Framing:
    call: Call
    pool: tuple[Partner, ...]
    themes: tuple[str, ...] | None
    largest: int
    furthest: Bounds
    as_judged: bool
    bounds: dict[str, Decimal] = field(default_factory=dict)

    @cached_property
    def matching(self) -> Matching:
        """The answers to filters; who leads is not decided, so that no role is known."""
        return Matching(self.call, Situation(partners=self.pool, themes=self.themes))

    @cached_property
    def numbering(self) -> Numbering:
        """The numbers that rules compare."""
        return Numbering(self.matching, self.pool, Tallying(len(self.pool)), self.largest)

    def framed(self) -> Framed:
        """Frame every rule, then put organisations that all tallies treat alike into classes."""
        conditions: dict[str, dict[Certainty, Condition]] = {}
        looked_at: list[str] = []
        left: dict[str, Left] = {}
        for rule in self.call.rules:
            reason = self._left(rule)
            if reason is not None and not (self.as_judged and reason in _JUDGED):
                left[rule.id] = reason
                continue
            if _asks_lead(rule) and (self.as_judged or not self._one_lead):
                looked_at.append(rule.id)
                continue
            need = rule.needs if rule.when is None else Need("any", parts=(Need("not", parts=(rule.when,)), rule.needs))
            try:
                conditions[rule.id] = {how: self.condition(need, how) for how in Certainty}
            except NotCountableError:
                looked_at.append(rule.id)
        tallying = self.numbering.tallying
        classes, weights = tallying.classes()
        levels = tuple(level for level in LEVELS if level in tallying.levels)
        return Framed(
            call=self.call,
            partners=self.pool,
            themes=self.themes,
            population=Population(
                levels=levels, paths=tuple(self._path(it, levels) for it in self.pool), classes=classes
            ),
            conditions=conditions,
            bounds=self.bounds,
            looked_at=tuple(looked_at),
            left=left,
            makes=tallying.makes,
            weights=weights,
        )

    def _path(self, it: Partner, levels: tuple[str, ...]) -> Path:
        return tuple(self.numbering.block(it, level) for level in levels)

    # -- which rules take part

    @cached_property
    def _partaking(self) -> tuple[Rule, ...]:
        return tuple(rule for rule in self.call.rules if self._left(rule) is None)

    @cached_property
    def _leads(self) -> tuple[Filter, ...]:
        """What all rules together ask of the one who leads: one member must be all of it."""
        leaves = (leaf for rule in self._partaking for leaf in rule.needs.leaves())
        return tuple(leaf.filter for leaf in leaves if leaf.operator == "lead")

    @cached_property
    def _one_lead(self) -> bool:
        """Whether the lead is only ever asked for outright, so that some member who fits will do."""
        asking = (rule for rule in self._partaking if _asks_lead(rule))
        return all(
            rule.when is None
            and rule.needs.operator in ("lead", "all")
            and not any(part.parts for part in rule.needs.parts)
            for rule in asking
        )

    def _left(self, rule: Rule) -> Left | None:
        needs = _needs(rule)
        leaves = [leaf for need in needs for leaf in need.leaves()]
        about = all(topics(need) <= {"constellation"} for need in needs)
        if rule.over != "application" or not about or any(leaf.operator == "apart" for leaf in leaves):
            return Left.APPLICATION
        if rule.severity != "must":
            return Left.SHOULD
        if any(one.to == rule.id for one in self.call.exceptions):
            return Left.EXCEPTIONS
        names = [leaf.parameter for leaf in leaves if leaf.parameter]
        if any(self.call.parameter(name).on(self.call.calendar.dated) is None for name in names):
            return Left.NOT_STATED
        if any(_several_themes(self.call, leaf) for leaf in leaves):
            return Left.SEVERAL_THEMES
        if self.themes is None and asks_theme(rule):
            return Left.NO_THEME
        asked = partner_filters(rule)
        if self.pool and any(all(self.numbering.met(it, one) is OPEN for it in self.pool) for one in asked):
            return Left.REGISTER_SILENT
        return None

    # -- conditions

    def condition(self, need: Need, how: Certainty) -> Condition:
        """Frame one condition to hold surely or possibly.

        Raises:
            NotCountableError: no tally tells it.
        """
        if need.operator == "not":
            inner = self.condition(need.parts[0], how.other)
            return Condition(lambda size, values, bounds: not inner.holds(size, values, bounds), inner.caps)
        if need.parts:
            parts = [self.condition(part, how) for part in need.parts]
            joined = all if need.operator == "all" else any
            return Condition(
                lambda size, values, bounds: joined(part.holds(size, values, bounds) for part in parts),
                _joined(part.caps for part in parts),
            )
        return self._compared(need, how) if need.measure is not None else self._tested(need, how)

    def _tested(self, need: Need, how: Certainty) -> Condition:
        met, tallying = self.numbering.met, self.numbering.tallying
        if need.operator in ("some", "lead"):
            wanted = self._leads if need.operator == "lead" else (need.filter,)
            name = tallying.items([all_of(met(it, one) for one in wanted) for it in self.pool], how)
            return Condition(lambda _size, values, _bounds: values[name] >= 1, {name: 1})
        if need.operator == "every":
            fits = [any_of((met(it, need.filter), opposite(met(it, need.among)))) for it in self.pool]
        elif need.operator == "none":
            fits = [opposite(met(it, need.filter)) for it in self.pool]
        else:
            raise NotCountableError
        wrong = tallying.items([opposite(one) for one in fits], how.other)
        return Condition(lambda _size, values, _bounds: values[wrong] == 0, {wrong: 1})

    def _compared(self, need: Need, how: Certainty) -> Condition:
        measure, operator, parameter = need.measure, need.operator, need.parameter
        dated = self.call.parameter(parameter).on(self.call.calendar.dated) if parameter else None
        if measure is None or dated is None or not isinstance(dated.value, Decimal):
            raise NotCountableError
        if measure.per and operator not in ("at_most", "less_than"):
            raise NotCountableError
        low, high = self.numbering.ends(measure)
        self.bounds[parameter] = dated.value
        furthest = floor(max(dated.value, self.furthest.get(parameter, dated.value))) + 1

        def caps(*numbers: Number) -> dict[str, int]:
            to_bound = max(1, min(furthest, self.largest))
            told = ({name: cap or to_bound for name, cap in number.caps.items()} for number in numbers)
            return _joined(told)

        if operator == "equals":
            ends = (low.read, high.read)
            if how is Certainty.SURELY:
                return Condition(
                    lambda size, values, bounds: ends[0](size, values) == ends[1](size, values) == bounds[parameter],
                    caps(low, high),
                )
            return Condition(
                lambda size, values, bounds: ends[0](size, values) <= bounds[parameter] <= ends[1](size, values),
                caps(low, high),
            )
        upward = operator in ("at_least", "more_than")
        number = low if upward is (how is Certainty.SURELY) else high
        read, holds = number.read, _HOLDS[operator]
        return Condition(lambda size, values, bounds: holds(read(size, values), bounds[parameter]), caps(number))


_HOLDS: dict[str, Callable[[int | Decimal, Decimal], bool]] = {
    "at_least": lambda found, bound: found >= bound,
    "more_than": lambda found, bound: found > bound,
    "at_most": lambda found, bound: found <= bound,
    "less_than": lambda found, bound: found < bound,
}


_JUDGED = (Left.SHOULD, Left.REGISTER_SILENT)
"""Left out of who may apply, but judged like any other."""


def _needs(rule: Rule) -> tuple[Need, ...]:
    return (rule.needs,) if rule.when is None else (rule.needs, rule.when)


def _asks_lead(rule: Rule) -> bool:
    leads = any(leaf.operator == "lead" for need in _needs(rule) for leaf in need.leaves())
    per_lead = any(measure.per == "lead" for need in _needs(rule) for measure in need.measures())
    return leads or per_lead or any(_names(one, "role") for one in partner_filters(rule))


def partner_filters(rule: Rule) -> list[Filter]:
    """The filters on partners that a rule on the constellation asks of."""
    found: list[Filter] = []
    for need in _needs(rule):
        for leaf in need.leaves():
            if leaf.operator in ("lead", "every", "some", "none"):
                found += [one for one in (leaf.filter, leaf.among) if one]
        for measure in need.measures():
            if _of_partners(measure):
                found += [one for one in (measure.where, measure.of_where, measure.among) if one]
    return found


def _of_partners(measure: Measure) -> bool:
    if measure.head == "count":
        return NOUNS[measure.what].collection == "partner"
    return measure.head == "share" and COLLECTION_OF_QUANTITY.get(measure.what) == "partner"


def asks_theme(rule: Rule) -> bool:
    """Whether a rule asks anything that depends on the theme that is chosen."""
    if any(measure.what == "themes" or measure.per == "theme" for need in _needs(rule) for measure in need.measures()):
        return True
    return any(_names(one, "priority") for one in partner_filters(rule))


def _names(one: Filter, attribute: str) -> bool:
    return any(ask.attribute == attribute for ask in one.asks) or any(_names(part, attribute) for part in one.parts)


__all__ = ["Accepting", "Bounds", "Certainty", "Framed", "Left", "asks_theme", "frame", "partner_filters"]


def _several_themes(call: Call, leaf: Need) -> bool:
    """Whether a condition could only be met with more themes than the one that is counted at a time."""
    if (
        leaf.measure is None
        or leaf.measure.what != "themes"
        or leaf.operator not in ("at_least", "more_than", "equals")
    ):
        return False
    dated = call.parameter(leaf.parameter).on(call.calendar.dated) if leaf.parameter else None
    least = dated.value if dated is not None and isinstance(dated.value, Decimal) else Decimal(0)
    return least + (leaf.operator == "more_than") > 1
