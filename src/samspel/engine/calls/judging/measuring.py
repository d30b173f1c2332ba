"""Numbers a situation: counts, shares, sums and stated facts, each a range as wide as what is not known makes it.

A thing that may be meant widens the range, an amount that is missing leaves it open upwards, and a thing whose
group is unknown may belong to every group. Nothing unknown is taken as zero.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from samspel.engine.calls import vocabulary
from samspel.engine.calls.conditions import Measure
from samspel.engine.calls.judging.grouping import own_or, region_of
from samspel.engine.calls.judging.matching import MET, NOT_MET, OPEN, Matching, Thing
from samspel.engine.calls.judging.reckoning import Measured, distinct, divided, quotient
from samspel.engine.calls.judging.sums import Sums
from samspel.engine.calls.judging.things import Met, Things
from samspel.engine.calls.situation import NOWHERE, Partner
from samspel.engine.values import UNKNOWN, Range
from samspel.engine.verdicts import Outcome, Reason, all_of, opposite

type _Number = Callable[[Matching, Measure, Sequence[tuple[Thing, Outcome]]], Range]


def _one_by_one(_m: Matching, _measure: Measure, members: Sequence[tuple[Thing, Outcome]]) -> Range:
    return Range.between(sum(o is MET for _, o in members), sum(o is not NOT_MET for _, o in members))


def _groups(_m: Matching, _measure: Measure, members: Sequence[tuple[Thing, Outcome]]) -> Range:
    """The groups of linked entities; nobody else belongs to that of a partner known to stand alone."""
    partners = [(meant, it) for it, meant in members if isinstance(it, Partner)]
    alone = {it.id for _, it in partners if it.group == NOWHERE}
    return distinct(((meant, own_or(it.group, it)) for meant, it in partners), alone)


def _secondary(m: Matching, measure: Measure, members: Sequence[tuple[Thing, Outcome]]) -> Range:
    """The objectives beside the main one, which may be one of them where it is not known."""
    found = _one_by_one(m, measure, members)
    known = m.situation.main_objective is not None or not found.low
    return found if known else Range(low=(found.low or 0) - Decimal(1), high=found.high)


def _by(key: Callable[[Thing], str | None]) -> _Number:
    return lambda _m, _measure, members: distinct((meant, key(thing)) for thing, meant in members)


def _regions(m: Matching, measure: Measure, members: Sequence[tuple[Thing, Outcome]]) -> Range:
    keyed = [(meant, region_of(m, it, measure.level)) for it, meant in members if isinstance(it, Partner)]
    return distinct((meant, key) for meant, key in keyed if key != "")


_COUNTS: dict[str, _Number] = {
    "regions": _regions,
    "countries": _by(lambda it: it.lies_in if isinstance(it, Partner) else None),
    "kinds": _by(lambda it: it.kind if isinstance(it, Partner) and it.kind != "unknown" else None),
    "hosts": _by(lambda it: own_or(it.host, it) if isinstance(it, Partner) else None),
    "groups": _groups,
    "earlier": _by(lambda it: getattr(it, "id", "") or str(id(it))),
    "programmes": _by(lambda it: getattr(it, "programme", None)),
    "budgets": _by(lambda it: getattr(it, "budget", None)),
    "cofunders": _by(lambda it: getattr(it, "funder", "") or None),
    "secondary-objectives": _secondary,
}


@dataclass(frozen=True)
class Measuring:
    """Measures of one call, taken in one situation; `over` says which of the applications are looked at."""

    matching: Matching
    over: str = "application"

    @cached_property
    def things(self) -> Things:
        """The things that are counted and summed."""
        return Things(self.matching, self.over)

    def measure(self, measure: Measure) -> tuple[Measured, ...]:
        """The measure's numbers: one, or one for each group that there is."""
        if measure.head == "fact":
            return (Measured(self._fact(measure.what)),)
        if measure.head == "count":
            return self._count(measure)
        if measure.head == "amount":
            return Sums(self.things).amount(measure)
        return self._share(measure) if measure.what in vocabulary.COUNTED else Sums(self.things).share(measure)

    def _fact(self, name: str) -> Range:
        """A stated number; a day is the number of days since the calendar's first."""
        situation = self.matching.situation
        if name == "duration":
            return situation.duration
        if name in ("starts", "ends"):
            day = situation.starts if name == "starts" else situation.ends
            return UNKNOWN if day is None else Range.exactly(day.toordinal())
        return situation.statements.get(name, UNKNOWN)

    def _number(self, measure: Measure) -> _Number:
        if measure.what == "currencies":
            own = self.matching.call.currency
            return _by(lambda it: getattr(it, "currency", "") or own)
        return _COUNTS.get(measure.what, _one_by_one)

    def _count(self, measure: Measure) -> tuple[Measured, ...]:
        things = self.things.of(measure.what)
        if things is None:
            return (Measured(UNKNOWN),)
        if measure.what == "regions-without":
            return (self._regions_without(measure),)
        number, m = self._number(measure), self.matching
        met = [(thing, self.things.meant(thing, measure.where)) for thing in things]
        return tuple(
            Measured(number(m, measure, one.members), group, self._evidence(measure, one.members), sure=one.sure)
            for group, one in self.things.groups(met, measure).items()
        )

    def _share(self, measure: Measure) -> tuple[Measured, ...]:
        """The share of partners, regions or applications that are meant, of those that `of_where` asks for."""
        things = self.things.of(measure.what)
        if things is None:
            return (Measured(UNKNOWN),)
        number, m = self._number(measure), self.matching
        of = [(thing, self.things.meant(thing, measure.of_where)) for thing in things]
        fits = {id(thing): self.things.meant(thing, measure.where) for thing in things}
        met = [(thing, all_of((fits[id(thing)], meant))) for thing, meant in of]
        found = []
        for group, one in self.things.groups(met, measure).items():
            members = one.members
            inside = {id(thing): meant for thing, meant in members} if measure.per else fits
            part = number(m, measure, members)
            rest: Met = [(thing, all_of((opposite(inside.get(id(thing), NOT_MET)), meant))) for thing, meant in of]
            whole = number(m, measure, of)
            disjoint = measure.what in ("partners", "applications")
            share = quotient(part, number(m, measure, rest)) if disjoint else divided(part, whole)
            found.append(Measured(share, group, self._evidence(measure, members), part, whole, disjoint, one.sure))
        return tuple(found)

    # -- what a count was computed from

    def _evidence(self, measure: Measure, members: Sequence[tuple[Thing, Outcome]]) -> tuple[Reason, ...]:
        if measure.what == "themes":
            return tuple(Reason.of("theme.chosen", theme=str(one)) for one, meant in members if meant is MET)
        partners = [(one, meant) for one, meant in members if isinstance(one, Partner)]
        if measure.what == "regions":
            return self._by_region(measure, partners)
        code = {MET: "counts", OPEN: "may-count", NOT_MET: "does-not-count"}
        return tuple(
            Reason.of(f"member.{code[meant]}", name=it.name or it.id, kind=it.kind or "unknown")
            for it, meant in partners
        )

    def _by_region(self, measure: Measure, partners: Sequence[tuple[Partner, Outcome]]) -> tuple[Reason, ...]:
        placed: dict[str, list[tuple[Partner, Outcome]]] = {}
        others = []
        for it, meant in partners:
            key = region_of(self.matching, it, measure.level)
            if key and meant is not NOT_MET:
                placed.setdefault(key, []).append((it, meant))
            elif key is None and meant is not NOT_MET:
                others.append(Reason.of("member.region-unknown", name=it.name or it.id))
            elif not key:
                others.append(Reason.of("member.no-region", name=it.name or it.id, kind=it.kind or "unknown"))
        found = []
        for key, there in sorted(placed.items()):
            how = "counts" if any(meant is MET for _, meant in there) else "may-count"
            found.append(Reason.of(f"region.{how}", region=key, names=", ".join(it.name or it.id for it, _ in there)))
        return (*found, *others)

    def _regions_without(self, measure: Measure) -> Measured:
        """Count the regions that partners who count represent, and in which none of them matches."""
        m = self.matching
        placed: dict[str, list[tuple[Outcome, Outcome]]] = {}
        named: dict[str, dict[str, None]] = {}
        evidence, surely, possibly, anywhere = [], 0, 0, False
        for it in m.situation.partners or ():
            counted = m.matches(it, measure.among) if measure.among else m.counts(it)
            key = region_of(m, it, measure.level)
            if counted is NOT_MET or key == "":
                continue
            fits = m.matches(it, measure.where)
            if key is None:
                possibly += fits is not MET
                anywhere |= fits is not NOT_MET
                evidence.append(Reason.of("member.region-unknown", name=it.name or it.id))
            else:
                placed.setdefault(key, []).append((counted, fits))
                named.setdefault(key, {}).update(dict.fromkeys(it.priorities))
        for key, there in sorted(placed.items()):
            outcome = _fitting(there)
            if outcome is MET:
                evidence.append(Reason.of("region.tied", region=key, names="; ".join(named[key])))
                continue
            possibly += 1
            surely += outcome is NOT_MET and not anywhere and any(counted is MET for counted, _ in there)
            evidence.append(Reason.of("region.unlisted" if outcome is OPEN else "region.untied", region=key))
        found = Range.between(surely, possibly) if evidence else UNKNOWN
        return Measured(found, evidence=tuple(evidence))


def _fitting(there: Sequence[tuple[Outcome, Outcome]]) -> Outcome:
    """Whether one of a region's partners fits, given whether each counts; without any that counts it is no matter."""
    if (MET, MET) in there or all(fits is MET for _, fits in there):
        return MET
    return NOT_MET if all(fits is NOT_MET for _, fits in there) else OPEN
