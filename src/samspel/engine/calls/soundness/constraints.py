"""Turns conditions into what they demand of numbers: how many things of which kind, how much money, which share.

Each demand follows surely from its condition being met, so that demands no numbers can satisfy together prove
that the conditions cannot be met together. What cannot be said so is kept as a plain yes or no.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import combinations, product

from samspel.engine.calls import vocabulary
from samspel.engine.calls.conditions import EVERYTHING, Ask, Filter, Measure, Need
from samspel.engine.calls.soundness.cells import TRUE, Form, form_of, is_in, truth
from samspel.engine.calls.soundness.feasible import ONE
from samspel.engine.calls.text import Call

MOST_WAYS = 32


@dataclass(frozen=True, slots=True)
class Total:
    """How many things, or how much money, of those that a form picks; `family` says of what."""

    family: str
    form: Form


@dataclass(frozen=True, slots=True)
class Distinct:
    """How many different hosts, regions, countries … the things that a form picks have."""

    noun: str
    level: str
    family: str
    form: Form


@dataclass(frozen=True, slots=True)
class Fact:
    """A number of its own; `at_most_one` for a yes or no."""

    name: str


type Term = Total | Distinct | Fact
type Sum = tuple[tuple[Term, Fraction], ...]


@dataclass(frozen=True, slots=True)
class Demand:
    """That a weighted sum is at least, or more than, a number."""

    sum: Sum
    least: Fraction
    strict: bool = False


type Way = tuple[Demand, ...]
"""One way of meeting a condition: everything that it demands."""

_OPPOSITE = {
    "at_least": ("less_than",),
    "at_most": ("more_than",),
    "more_than": ("at_most",),
    "less_than": ("at_least",),
    "equals": ("less_than", "more_than"),
}
_PARTNER_NOUNS = ("hosts", "groups", "regions", "countries", "kinds")
_LINE_NOUNS = {"earlier": "earlier", "programmes": "earlier", "cofunders": "cofunding"} | dict.fromkeys(
    ("budgets", "currencies"), "cost"
)
_COSTS = {
    "cost": TRUE,
    "total-cost": TRUE,
    "eligible-cost": truth("eligible", wanted=True),
    "total-cost-without-subcontracting": truth("subcontracted", wanted=False),
}
_GONE = is_in("state", "rejected", "withdrawn")
_PLAIN_NOUNS = {
    "partners": "partner",
    "themes": "theme",
    "objectives": "objective",
    "secondary-objectives": "objective",
    "targets": "target",
    "documents": "document",
    "assessors": "assessor",
    "opinions": "opinion",
}


def minus(sum_: Sum) -> Sum:
    """The sum with every weight turned round."""
    return tuple((term, -weight) for term, weight in sum_)


def times(sum_: Sum, factor: Fraction) -> Sum:
    """The sum, that many times."""
    return tuple((term, weight * factor) for term, weight in sum_)


def _asks(where: Filter) -> Iterator[Ask]:
    yield from where.asks
    for part in where.parts:
        yield from _asks(part)


@dataclass(frozen=True, slots=True)
class Demands:
    """What the conditions of one call demand on one day, of what a rule is over."""

    call: Call
    day: date | None
    over: str = "application"

    def ways(self, need: Need, *, met: bool = True) -> tuple[Way, ...]:
        """Every way in which a condition can be met, or failed; one that demands nothing where there are too many."""
        if not need.parts:
            return self._leaf(need, met=met)
        if need.operator == "not":
            return self.ways(need.parts[0], met=not met)
        inner = [self.ways(part, met=met) for part in need.parts]
        if (need.operator == "all") is met:
            count = 1
            for ways in inner:
                count *= len(ways)
            if count > MOST_WAYS:
                return ((),)
            return tuple(sum(chosen, ()) for chosen in product(*inner))
        either = tuple(way for ways in inner for way in ways)
        return either if len(either) <= MOST_WAYS else ((),)

    def _leaf(self, need: Need, *, met: bool) -> tuple[Way, ...]:
        if need.measure is None:
            return self._test(need, met=met)
        if need.measure.per or (need.against is not None and need.against.per):
            return _plainly(need, met=met)
        found = self._compared(need, need.measure, (need.operator,) if met else _OPPOSITE[need.operator])
        return _plainly(need, met=met) if found is None else found

    # -- comparisons

    def bound(self, name: str) -> Fraction | None:
        """The number of a parameter on the day; a day is its number in the calendar."""
        dated = self.call.parameter(name).on(self.day) if name else None
        if dated is None:
            return None
        return Fraction(dated.value if isinstance(dated.value, Decimal) else dated.value.toordinal())

    def _compared(self, need: Need, measure: Measure, operators: tuple[str, ...]) -> tuple[Way, ...] | None:
        also: Way = ()
        if need.against is not None:
            one, other = self.sum(measure), self.sum(need.against)
            if one is None or other is None:
                return None
            sum_, bound, whole = one + minus(other), Fraction(0), measure.head == need.against.head == "count"
        else:
            number = self.bound(need.parameter)
            if number is None:
                return None
            sum_, bound, whole = (), number, measure.head == "count"
            if measure.head == "share":
                parts = self._share(measure)
                if parts is None:
                    return None
                sum_, bound = parts[0] + times(parts[1], -number), Fraction(0)
                also = (Demand(parts[1], Fraction(0), strict=True),)
            elif (one := self.sum(measure)) is None:
                return None
            else:
                sum_ = one
        return tuple((*_demand(sum_, operator, bound, whole=whole), *also) for operator in operators)

    def _share(self, measure: Measure) -> tuple[Sum, Sum] | None:
        """The part and the whole of a share."""
        what, of = measure.what, measure.of
        if what in ("partners", "hosts", "groups", "regions", "applications"):
            inner = Measure("count", what, where=measure.where, level=measure.level)
            whole = Measure("count", what, where=measure.of_where, level=measure.level)
            part, all_ = self._count(inner, measure.of_where), self._count(whole)
            return None if of != what or part is None or all_ is None else (part, all_)
        part = self._amount(what, measure.where)
        if of == "envelope":
            # A sum over nothing: its one weight is the number itself.
            limit = self.bound(self.call.selection.envelope)
            return None if part is None or limit is None else (part, ((Fact("one"), limit),))
        if of == "financing":
            grant, given = self._amount("grant", EVERYTHING), self._form("cofunding", EVERYTHING)
            if part is None or grant is None or measure.of_where:
                return None
            mine = self._form("cofunding", measure.where) if what == "cofunding" else given
            return part, (*grant, (Total("cofunding", given | mine), ONE))
        whole_ = self._amount(of, measure.of_where)
        return None if part is None or whole_ is None else (part, whole_)

    def sum(self, measure: Measure) -> Sum | None:
        """A measure as a sum; None where it is not one."""
        if measure.head == "fact":
            return ((Fact(f"fact:{measure.what}"), ONE),)
        if measure.head == "count":
            return self._count(measure)
        return self._amount(measure.what, measure.where) if measure.head == "amount" else None

    # -- counts and amounts

    def _form(self, collection: str, where: Filter) -> Form:
        form = form_of(self.call, collection, where)
        if collection == "cofunding" and not any(ask.attribute == "state" for ask in _asks(where)):
            form &= ~_GONE
        return form

    def _costs(self, what: str, where: Filter) -> Form:
        return self._form("cost", where) & _COSTS[what]

    def _count(self, measure: Measure, also: Filter | None = None) -> Sum | None:
        what = measure.what
        collection = vocabulary.NOUNS[what].collection
        form = self._form(collection, measure.where)
        if also:
            form &= self._form(collection, also)
        if what in _PARTNER_NOUNS:
            level = (measure.level or self.call.counting.level) if what == "regions" else ""
            return ((Distinct(what, level, "partner", form), ONE),)
        if what in _LINE_NOUNS:
            plain = self._form(_LINE_NOUNS[what], measure.where)
            return ((Distinct(what, "", _LINE_NOUNS[what], plain), ONE),)
        if what == "secondary-objectives":
            form &= truth("main", wanted=False)
        family = "application" if what == "applications" else _PLAIN_NOUNS.get(what)
        return None if family is None else ((Total(family, form), ONE),)

    def _amount(self, what: str, where: Filter) -> Sum | None:
        if self.over in vocabulary.SET_LEVEL:
            picked = form_of(self.call, "application", where)
            return ((Total("application-grant", picked), ONE),) if what == "grant" else None
        if what in _COSTS:
            return ((Total("cost", self._costs(what, where)), ONE),)
        if what in ("grant", "cofunding"):
            return ((Total(what, self._form(what, where)), ONE),)
        if what == "certified":
            return ((Total("certified", self._form("cofunding", where)), ONE),)
        if what == "public-support":
            public = self._form("cofunding", where) & is_in("source", "public")
            return (Total("grant", TRUE), ONE), (Total("cofunding", public), ONE)
        return None

    # -- tests

    def _test(self, need: Need, *, met: bool) -> tuple[Way, ...]:
        answer = _TESTS.get(need.operator)
        found = answer(self, need) if answer is not None else None
        if found is None:
            return _plainly(need, met=met)
        there, absent = found
        if need.operator in ("lead", "apart") and not met:
            # Not to have such a lead may be to have none; two roles may be held by two nodes of one organisation.
            return _plainly(need, met=False)
        if met:
            (plain,) = _plainly(need, met=True)
            return ((*plain, *(_some(there) if there else ()), *(one for total in absent for one in _none((total,)))),)
        return (*((_none(there),) if there else ()), *(_some((total,)) for total in absent))

    def picked(self, wanted: Filter, collection: str = "partner") -> Total:
        """The things that a filter picks."""
        return Total(collection, form_of(self.call, collection, wanted))


type _Asked = tuple[tuple[Total, ...], tuple[Total, ...]]
"""What a test wants at least one of, and what it wants none of."""


def _demand(sum_: Sum, operator: str, bound: Fraction, *, whole: bool) -> Way:
    """A comparison as demands; of whole numbers, more than three are at least four."""
    step = ONE if whole and bound.denominator == 1 else Fraction(0)
    strict = not step
    match operator:
        case "at_least":
            return (Demand(sum_, bound),)
        case "at_most":
            return (Demand(minus(sum_), -bound),)
        case "more_than":
            return (Demand(sum_, bound + step, strict),)
        case "less_than":
            return (Demand(minus(sum_), step - bound, strict),)
    return Demand(sum_, bound), Demand(minus(sum_), -bound)


def _some(totals: tuple[Total, ...]) -> Way:
    return (Demand(tuple((one, ONE) for one in totals), ONE),)


def _none(totals: tuple[Total, ...]) -> Way:
    return (Demand(tuple((one, -ONE) for one in totals), Fraction(0)),)


def _plainly(need: Need, *, met: bool) -> tuple[Way, ...]:
    """A condition as a yes or no of its own: it cannot be both."""
    name = ((Fact(f"condition:{need}"), ONE),)
    return ((Demand(name, ONE),),) if met else ((Demand(minus(name), Fraction(0)),),)


def _lead(m: Demands, need: Need) -> _Asked:
    lead = truth("role:lead", wanted=True)
    wanted = m.picked(need.filter).form
    return (Total("partner", lead & wanted),), (Total("partner", lead & ~wanted),)


def _apart(_: Demands, need: Need) -> _Asked:
    pairs = combinations(need.names, 2)
    return (), tuple(
        Total("partner", truth(f"role:{one}", wanted=True) & truth(f"role:{other}", wanted=True))
        for one, other in pairs
    )


_TESTS: dict[str, Callable[[Demands, Need], _Asked]] = {
    "lead": _lead,
    "every": lambda m, need: ((), (Total("partner", m.picked(need.among).form & ~m.picked(need.filter).form),)),
    "some": lambda m, need: ((m.picked(need.filter),), ()),
    "none": lambda m, need: ((), (m.picked(need.filter),)),
    "apart": _apart,
    "strand": lambda _, need: ((Total("strand", is_in("strand", *need.names)),), ()),
    "every_application": lambda m, need: ((), (Total("application", ~m.picked(need.filter, "application").form),)),
}
