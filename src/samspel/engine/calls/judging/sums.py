"""Sums of money and the shares that one sum has of another, in the call's currency.

A share of its own kind of thing is of the whole, also where it must hold for each group (a partner's part of all
cost); a share of another sum is of the group's own (a partner's grant of that partner's eligible cost).
"""

from __future__ import annotations

from calendar import isleap
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from samspel.engine.calls.conditions import Ask, Filter, Measure
from samspel.engine.calls.judging.matching import MET, NOT_MET, OPEN, Matching, Thing
from samspel.engine.calls.judging.reckoning import ZERO, Measured, Weighed, divided, plus, quotient, summed
from samspel.engine.calls.judging.things import ANOTHER, Met, Things
from samspel.engine.calls.situation import Change, Entrant, Funding, GrantLine, Line, Partner
from samspel.engine.values import UNKNOWN, Range
from samspel.engine.verdicts import Outcome, Reason, all_of, opposite

AT_LEAST_NOTHING = Range(low=ZERO, high=None)

_FAMILY = {
    "cost": "cost",
    "total-cost": "cost",
    "eligible-cost": "cost",
    "total-cost-without-subcontracting": "cost",
    "grant": "grant",
    "cofunding": "cofunding",
}
"""Sums over the same amounts of the same things: a share of one of another is of the whole, never of more than it."""

_FINANCING = ("grant", "cofunding", "public-support")


def _evidence(members: Sequence[tuple[Thing, Outcome]]) -> tuple[Reason, ...]:
    """Who pays what, and who bears which cost."""
    evidence = []
    for thing, meant in members:
        if meant is NOT_MET:
            continue
        if isinstance(thing, Funding):
            state = thing.state or "intended"
            evidence.append(Reason.of("cofunding.from", funder=thing.funder, amount=thing.amount, state=state))
        elif isinstance(thing, Line) and thing.by:
            evidence.append(Reason.of("cost.of", partner=thing.by, amount=thing.amount))
    return tuple(evidence)


@dataclass(frozen=True)
class Sums:
    """The money of one situation."""

    things: Things

    @property
    def matching(self) -> Matching:
        """The filters' answers."""
        return self.things.matching

    # -- amounts

    def weigh(self, what: str, thing: Thing) -> Decimal | None:
        """The amount of a thing under a quantity, in the call's currency; None where unknown."""
        match thing:
            case Change():
                return thing.line if what == "line" else thing.amount
            case Funding():
                return self._exchanged(thing.certified if what == "certified" else thing.amount, thing.currency)
            case Line():
                return self._exchanged(thing.amount, thing.currency)
            case Entrant():
                return thing.grant
        return thing.amount if isinstance(thing, GrantLine) else None

    def _exchanged(self, amount: Decimal | None, currency: str) -> Decimal | None:
        call = self.matching.call
        if amount is None or not currency or currency == call.currency:
            return amount
        name = dict(call.exchange).get(currency)
        rate = call.parameter(name).on(self.matching.day) if name else None
        return amount * rate.value if rate is not None and isinstance(rate.value, Decimal) else None

    def _met(self, what: str, where: Filter) -> Met | None:
        """The things a quantity sums over, and whether each is meant; None where nothing is known of them."""
        things = self.things.of(what)
        if things is None:
            return None
        met: Met = []
        for thing in things:
            meant = self.things.meant(thing, where)
            if isinstance(thing, Line) and what == "eligible-cost":
                meant = all_of((meant, OPEN if thing.eligible is None else MET if thing.eligible else NOT_MET))
            elif isinstance(thing, Line) and what == "total-cost-without-subcontracting":
                meant = all_of((meant, opposite(self._subcontracted(thing))))
            met.append((thing, meant))
        return met

    def _subcontracted(self, line: Line) -> Outcome:
        who = self.matching.situation.partner(line.by)
        if who is None or who.roles is None:
            return OPEN
        return MET if "subcontractor" in who.roles else NOT_MET

    def _stated(self, what: str) -> Range:
        """A total that is stated without its lines."""
        situation = self.matching.situation
        known = {"total-cost": situation.total_cost, "eligible-cost": situation.eligible_cost, "grant": situation.grant}
        return known.get(what, UNKNOWN)

    def _sum(self, what: str, met: Sequence[tuple[Thing, Outcome]]) -> Range:
        """A sum; a certificate that has not come yet may still come, for what the co-funder gives."""
        weighed = []
        for thing, meant in met:
            amount = self.weigh(what, thing)
            if what == "certified" and isinstance(thing, Funding) and amount is None:
                weighed.append(Weighed(thing, self._exchanged(thing.amount, thing.currency), all_of((meant, OPEN))))
            else:
                weighed.append(Weighed(thing, amount, meant))
        return summed(weighed)

    def _public(self, where: Filter) -> Range:
        """The grant, and the co-funding that is public."""
        given = [] if (met := self._met("cofunding", where)) is None else met
        public = Filter(asks=(Ask("source", ("public",)),))
        both = [(thing, all_of((meant, self.matching.matches(thing, public)))) for thing, meant in given]
        cofunded = UNKNOWN if met is None else self._sum("cofunding", both)
        asked = self._met("grant", Filter())
        return plus(self._stated("grant") if asked is None else self._sum("grant", asked), cofunded)

    def amount(self, measure: Measure) -> tuple[Measured, ...]:
        """A sum, or one for each group."""
        if measure.what == "public-support":
            return (Measured(self._public(measure.where)),)
        if measure.what == "de-minimis":
            return self._de_minimis(measure)
        met = self._met(measure.what, measure.where)
        if met is None:
            return (Measured(UNKNOWN if measure.where or measure.per else self._stated(measure.what)),)
        found = [
            Measured(self._sum(measure.what, one.members), group, _evidence(one.members), sure=one.sure)
            for group, one in self.things.groups(met, measure, idle=True).items()
        ]
        return tuple(found)

    def _de_minimis(self, measure: Measure) -> tuple[Measured, ...]:
        """Aid per partner over the rolling years before the day of judging, with what it asks for now."""
        m, day = self.matching, self.matching.day
        years = m.call.parameter(measure.years).on(day) if measure.years else None
        if m.situation.partners is None:
            return (Measured(UNKNOWN),)
        found = []
        for it in m.situation.partners:
            meant = m.matches(Line(amount=None, by=it.id), measure.where)
            if meant is NOT_MET:
                continue
            now, sure = self._asked_by(it), meant is MET
            if it.aid is None or day is None or years is None or isinstance(years.value, date):
                found.append(Measured(Range(low=now.low, high=None), it.id, sure=sure))
                continue
            since = _back(day, int(years.value))
            past = sum((aid.amount for aid in it.aid if since < aid.on <= day), ZERO)
            found.append(Measured(plus(Range.exactly(past), now), it.id, sure=sure))
        return tuple(found)

    def _asked_by(self, partner: Partner) -> Range:
        """What a partner asks for now; a part of the grant may be anybody's where it is not said whose."""
        asked = self.matching.situation.grants
        if asked is None:
            return AT_LEAST_NOTHING
        by = [(line, OPEN if line.by is None else MET if line.by == partner.id else NOT_MET) for line in asked]
        return summed(Weighed(line, line.amount, meant) for line, meant in by)

    # -- shares

    def share(self, measure: Measure) -> tuple[Measured, ...]:
        """The share one sum has of another, or that of each group."""
        financing = measure.of == "financing" and measure.what in _FINANCING
        met = None if measure.what == "public-support" else self._met(measure.what, measure.where)
        if met is None:
            return (self._share_of_totals(measure, inside=financing),)
        own = self._lies_within(measure, met)
        found = []
        for group, one in self.things.groups(met, measure, idle=own).items():
            part = self._sum(measure.what, one.members)
            if own or (financing and not group):
                rest = self._rest(measure, one.members)
                whole, share = plus(part, rest), quotient(part, rest)
            else:
                whole = self._denominator(measure, group)
                share = divided(part, whole)
            found.append(Measured(share, group, _evidence(one.members), part, whole, own or financing, one.sure))
        return tuple(found)

    def _share_of_totals(self, measure: Measure, *, inside: bool) -> Measured:
        """A share of which the part is not known line by line."""
        if measure.what == "public-support":
            part = self._public(measure.where)
        else:
            part = UNKNOWN if measure.where or measure.per else self._stated(measure.what)
        whole = self._denominator(measure, "")
        share = divided(part, whole)
        if inside and measure.what != "public-support":
            rest = self._rest(measure, ())
            share = quotient(part, rest) if part != UNKNOWN else share
        return Measured(share, part=part, whole=whole, inside=inside)

    def _lies_within(self, measure: Measure, met: Met) -> bool:
        """Whether a sum is of the denominator's own kind, and whatever may be in it surely is in the denominator."""
        if measure.what not in _FAMILY or _FAMILY[measure.what] != _FAMILY.get(measure.of):
            return False
        whole = {id(thing): meant for thing, meant in self._met(measure.of, measure.of_where) or ()}
        return all(whole[id(thing)] is MET for thing, meant in met if meant is not NOT_MET)

    def _rest(self, measure: Measure, members: Sequence[tuple[Thing, Outcome]]) -> Range:
        """What the denominator holds beside the part."""
        if measure.of == "financing":
            other = "cofunding" if measure.what == "grant" else "grant"
            return plus(self._beside(measure, measure.what, members), self._whole(other, measure, ""))
        return self._beside(measure, measure.of, members)

    def _beside(self, measure: Measure, of: str, members: Sequence[tuple[Thing, Outcome]]) -> Range:
        inside = {id(thing): meant for thing, meant in members}
        met = self._met(of, Filter() if of == "grant" and measure.of == "financing" else measure.of_where)
        others = [(thing, all_of((meant, opposite(inside.get(id(thing), NOT_MET))))) for thing, meant in met or ()]
        return self._sum(of, others)

    def _denominator(self, measure: Measure, group: str) -> Range:
        if measure.of == "financing":
            return plus(self._whole("grant", measure, group), self._whole("cofunding", measure, group))
        return self._whole(measure.of, measure, group)

    def _whole(self, of: str, measure: Measure, group: str) -> Range:
        m = self.matching
        if of == "envelope":
            name = m.call.selection.envelope
            dated = m.call.parameter(name).on(m.day) if name else None
            known = dated is not None and isinstance(dated.value, Decimal)
            return Range.exactly(dated.value) if known else UNKNOWN  # type: ignore[arg-type,union-attr]  # known says it
        where = Filter() if of == "grant" and measure.of == "financing" else measure.of_where
        met = self._met(of, where)
        if met is None:
            return UNKNOWN if where or group else self._stated(of)
        if not group:
            return self._sum(of, met)
        groups = self.things.groups(met, measure)
        found = groups.get(group) or groups.get(ANOTHER)
        return UNKNOWN if group == ANOTHER else self._sum(of, found.members if found else ())


def _back(day: date, years: int) -> date:
    """The same day some years before; 28 February for a 29th that there was not; never before the calendar begins.

    >>> _back(date(2024, 2, 29), 3), _back(date(2024, 2, 29), 4), _back(date(2024, 2, 29), 5000)
    (datetime.date(2021, 2, 28), datetime.date(2020, 2, 29), datetime.date(1, 1, 1))
    """
    year = day.year - years
    if year < date.min.year:
        return date.min
    leap = (day.month, day.day) == (2, 29) and not isleap(year)
    return day.replace(year=year, day=28 if leap else day.day)
