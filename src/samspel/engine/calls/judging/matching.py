"""Answers filters: whether a thing of a situation is meant, is not, or cannot be told yet."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from samspel.engine.calls.conditions import Ask, Filter
from samspel.engine.calls.situation import (
    NOWHERE,
    Assessor,
    Change,
    Earlier,
    Entrant,
    Funding,
    GrantLine,
    Line,
    Opinion,
    Paper,
    Partner,
    Situation,
)
from samspel.engine.calls.text import Call, Entry
from samspel.engine.verdicts import Outcome, all_of, any_of, opposite

MET, NOT_MET, OPEN = Outcome.MET, Outcome.NOT_MET, Outcome.OPEN
type Thing = Partner | Line | GrantLine | Funding | Paper | Earlier | Entrant | Assessor | Opinion | Change | str


def among(value: str | None, values: Iterable[str]) -> Outcome:
    """Whether a value is one of these; unknown stays open."""
    if value is None:
        return OPEN
    return MET if value in values else NOT_MET


def within(code: str | None, codes: Iterable[str]) -> Outcome:
    """Whether a region lies in one of these; open where it is unknown or known too coarsely to tell.

    >>> within("SE232", ["SE23"]), within("SE", ["SE23"]), within("none", ["SE"])
    (<Outcome.MET: 'met'>, <Outcome.OPEN: 'open'>, <Outcome.NOT_MET: 'not-met'>)
    """
    if code is None:
        return OPEN
    if code == NOWHERE:
        return NOT_MET
    wanted = tuple(codes)
    if any(code.startswith(one) for one in wanted):
        return MET
    return OPEN if any(one.startswith(code) for one in wanted) else NOT_MET


def listed(outcome: Outcome, entry: Entry) -> Outcome:
    """An outcome from a list; where the list is not complete, not to stand there says nothing."""
    return OPEN if outcome is NOT_MET and not entry.complete else outcome


def told(flag: bool | None, wanted: bool | None) -> Outcome:  # noqa: FBT001 - both are answers, not switches
    """Whether a yes or no is the one wanted; unknown stays open."""
    if flag is None:
        return OPEN
    return MET if flag is bool(wanted) else NOT_MET


def turned(outcome: Outcome, wanted: bool | None) -> Outcome:  # noqa: FBT001 - the answer that is asked for
    """An outcome where yes was asked for, its opposite where no was."""
    return outcome if wanted else opposite(outcome)


@dataclass(frozen=True)
class Matching:
    """Filters of one call, asked of the things of one situation on one day."""

    call: Call
    situation: Situation

    @cached_property
    def day(self) -> date | None:
        """The day of judging: the situation's, or the call's."""
        return self.situation.on or self.call.calendar.dated

    def matches(self, thing: Thing, wanted: Filter) -> Outcome:
        """Whether this thing is meant."""
        parts = [self.matches(thing, part) for part in wanted.parts]
        if wanted.operator == "any":
            return any_of(parts)
        if wanted.operator == "not":
            return opposite(parts[0])
        return all_of([*(self.asked(thing, ask) for ask in wanted.asks), *parts])

    def asked(self, thing: Thing, ask: Ask) -> Outcome:
        """Answer one question about a thing.

        Raises:
            KeyError: an attribute that things of its sort do not have; never for a call that `read` has accepted.
        """
        if ask.attribute == "by":
            who = self.situation.partner(getattr(thing, "by", None))
            return OPEN if who is None or ask.inner is None else self.matches(who, ask.inner)
        if isinstance(thing, str):
            if ask.attribute == "area":
                return self.in_areas(thing, ask.values)
            return among(thing, ask.values)
        return _ANSWERS[type(thing)][ask.attribute](self, thing, ask)

    def in_areas(self, code: str | None, areas: Iterable[str]) -> Outcome:
        """Whether a region lies in one of these declared areas; open where an area's list is not complete."""
        known = self.call.declared.of("areas")
        return any_of(listed(within(code, known[area].members), known[area]) for area in areas)

    def place(self, partner: Partner) -> str | None:
        """The region in which a partner counts: its own, or its host's where the call says so."""
        if self.call.counting.region_of == "host":
            return partner.host_region or (partner.region if partner.host in (None, NOWHERE) else None)
        return partner.region

    def lies(self, partner: Partner) -> str | None:
        """Where a partner lies, as finely as it is known: the region in which it counts, or else its country."""
        place = self.place(partner)
        return partner.country or place if place in (None, NOWHERE) else place

    def counts(self, partner: Partner) -> Outcome:
        """Whether a partner counts, by the kinds that the call counts and, if it says so, those that finance."""
        counting = self.call.counting
        if partner.kind is None or partner.kind == "unknown":
            kind = OPEN
        elif partner.kind in counting.counted_kinds:
            kind = MET
        else:
            kind = NOT_MET if partner.kind in counting.refused_kinds else OPEN
        return all_of((kind, told(partner.financing, wanted=True))) if counting.financing_only else kind


def _kind(_: Matching, it: Partner, ask: Ask) -> Outcome:
    return OPEN if it.kind == "unknown" else among(it.kind, ask.values)


def _roles(_: Matching, it: Partner, ask: Ask) -> Outcome:
    if it.roles is None:
        return OPEN
    return MET if set(it.roles) & set(ask.values) else NOT_MET


def _registered(m: Matching, it: Partner, ask: Ask) -> Outcome:
    outcomes = []
    for register in ask.values:
        since = it.registers.get(register)
        if since is None:
            outcomes.append(OPEN)
        elif isinstance(since, date):
            outcomes.append(MET if m.day is None or since <= m.day else NOT_MET)
        else:
            applied = since == "applied" and ask.attribute == "registered_or_applied"
            outcomes.append(MET if applied else NOT_MET)
    return any_of(outcomes)


def _listed(m: Matching, it: Partner, ask: Ask) -> Outcome:
    lists = m.call.declared.of("lists")
    named = {one: any(name in lists[one].members for name in (it.id, it.name) if name) for one in ask.values}
    return any_of(listed(MET if found else NOT_MET, lists[one]) for one, found in named.items())


def _age(m: Matching, it: Partner, ask: Ask) -> Outcome:
    bound = m.call.parameter(ask.values[0]).on(m.day)
    if it.founded is None or m.day is None or bound is None or isinstance(bound.value, date):
        return OPEN
    years = m.day.year - it.founded.year - ((m.day.month, m.day.day) < (it.founded.month, it.founded.day))
    return MET if (years <= bound.value if ask.attribute == "age_at_most" else years >= bound.value) else NOT_MET


def _from_earlier(m: Matching, it: Partner, ask: Ask) -> Outcome:
    if m.situation.earlier is None:
        return OPEN
    found = any(one.by == it.id for one in m.situation.earlier)
    unsure = any(one.by is None for one in m.situation.earlier)
    return turned(MET if found else OPEN if unsure else NOT_MET, ask.flag)


def _has_earlier(m: Matching, it: Partner, ask: Ask) -> Outcome:
    if m.situation.earlier is None or ask.inner is None:
        return OPEN
    return any_of(all_of((among(one.by, (it.id,)), m.matches(one, ask.inner))) for one in m.situation.earlier)


def _states(_: Matching, it: Partner, ask: Ask) -> Outcome:
    return all_of(told(it.states.get(one), wanted=True) for one in ask.values)


def _currency(m: Matching, it: Line, ask: Ask) -> Outcome:
    return among(it.currency or m.call.currency, ask.values)


def _before(m: Matching, it: Funding | Paper, ask: Ask) -> Outcome:
    bound = m.call.parameter(ask.values[0]).on(m.day)
    if it.on is None or bound is None or not isinstance(bound.value, date):
        return OPEN
    return MET if it.on <= bound.value else NOT_MET


def _overlapping(m: Matching, it: Earlier, ask: Ask) -> Outcome:
    ours = m.situation
    if it.starts is None or it.ends is None or ours.starts is None or ours.ends is None:
        return OPEN
    return turned(MET if it.starts <= ours.ends and ours.starts <= it.ends else NOT_MET, ask.flag)


type _Answer = Callable[[Matching, Thing, Ask], Outcome]


def _text(name: str) -> _Answer:
    return lambda _, it, ask: among(getattr(it, name), ask.values)


def _flag(name: str) -> _Answer:
    return lambda _, it, ask: told(getattr(it, name), ask.flag)


def _code(name: str) -> _Answer:
    return lambda _, it, ask: within(getattr(it, name), ask.values)


def _area(name: str) -> _Answer:
    return lambda m, it, ask: m.in_areas(getattr(it, name), ask.values)


_ANSWERS: dict[type, dict[str, Callable[..., Outcome]]] = {
    Partner: {
        "counts": lambda m, it, ask: turned(m.counts(it), ask.flag),
        "kind": _kind,
        "role": _roles,
        "country": lambda _, it, ask: among(it.lies_in, ask.values),
        "region": lambda m, it, ask: within(m.place(it), ask.values),
        "area": lambda m, it, ask: m.in_areas(m.lies(it), ask.values),
        "legal_form": _text("legal_form"),
        "legal_person": _flag("legal_person"),
        "non_profit": _flag("non_profit"),
        "size": _text("size"),
        "financing": _flag("financing"),
        "registered": _registered,
        "registered_or_applied": _registered,
        "listed": _listed,
        "priority": _flag("priority"),
        "age_at_most": _age,
        "age_at_least": _age,
        "from_earlier": _from_earlier,
        "states": _states,
        "has_earlier": _has_earlier,
    },
    Line: {
        **{name: _text(name) for name in ("category", "activity", "phase", "form", "budget")},
        "place": _code("place"),
        "place_area": _area("place"),
        "eligible": _flag("eligible"),
        "currency": _currency,
        "year": lambda _, it, ask: among(None if it.year is None else str(it.year), ask.values),
    },
    GrantLine: {
        **{name: _text(name) for name in ("category", "activity", "phase", "budget")},
        "year": lambda _, it, ask: among(None if it.year is None else str(it.year), ask.values),
    },
    Funding: {
        **{name: _text(name) for name in ("source", "giver", "form", "state")},
        "giver_region": _code("giver_region"),
        "certified": lambda _, it, ask: told(it.certified is not None, ask.flag),
        "before": _before,
    },
    Paper: {
        **{name: _text(name) for name in ("type", "signed_by", "language", "template")},
        "valid": _flag("valid"),
        "before": _before,
    },
    Earlier: {
        **{name: _text(name) for name in ("status", "programme", "stage", "funder")},
        "overlapping": _overlapping,
    },
    Entrant: {
        **{name: _text(name) for name in ("state", "decision", "theme", "strand", "lead_kind")},
        "country": _code("country"),
        "region": _code("region"),
        "area": _area("region"),
    },
    Assessor: {"conflict": _flag("conflict")},
    Opinion: {"giver": _text("giver")},
    Change: {"kind": _text("kind"), "major": _flag("major"), "category": _text("category")},
}
