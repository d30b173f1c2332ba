"""Finds out whether several demands can be met together, and which few of many cannot.

What must hold of any numbers is added to what is demanded: a host stands behind at least one partner, those that fit a
narrower description are among those that fit a wider one, and there are no more regions than the call knows.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations, islice, permutations, product

from samspel.engine.calls.soundness.cells import TRUE, Form, TooManyError, cells, implies, is_in
from samspel.engine.calls.soundness.constraints import Demand, Distinct, Fact, Sum, Term, Total, Way
from samspel.engine.calls.soundness.feasible import ONE, Linear, least
from samspel.engine.calls.text import Call
from samspel.engine.registry import KINDS

MOST_TRIED, MOST_SPLIT, MOST_RULES = 64, 6, 60
_CAPPED = ("kinds", "countries", "regions")
_FINER = ("nuts1", "nuts2", "nuts3")
_LENGTH = {"nuts1": 3, "nuts2": 4, "nuts3": 5}
_NOTHING = Fraction(0)


@dataclass(frozen=True, slots=True)
class Stand:
    """One rule among those that are tried together: its id, and the ways in which it can be met."""

    id: str
    ways: tuple[Way, ...]

    def families(self) -> frozenset[str]:
        """What the rule speaks of, so that rules that share nothing are not tried together."""
        terms = (term for way in self.ways for demand in way for term, _ in demand.sum)
        return frozenset(term.name if isinstance(term, Fact) else term.family for term in terms)


def _named(form: Form, dimension: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(v for leaf in form.leaves() if leaf.dimension == dimension for v in leaf.values))


def _fitting(form: Form, dimension: str, values: Sequence[str], *, nested: bool = False) -> list[str]:
    """The values that something picked by a form can have."""
    return [value for value in values if not implies(form, ~is_in(dimension, value, nested=nested))]


def cap(call: Call, one: Distinct) -> int | None:
    """How many different ones there can be at most; None where there is no saying."""
    if one.noun == "kinds":
        return len(_fitting(one.form, "kind", [kind for kind in KINDS if kind != "unknown"]))
    if one.noun == "countries":
        named = _named(one.form, "country")
        return len(_fitting(one.form, "country", named)) if implies(one.form, is_in("country", *named)) else None
    if one.noun != "regions" or one.level == "country":
        return None
    if one.level not in _LENGTH:
        return sum(area.set == one.level for area in call.declared.of("areas").values())
    codes, length = _named(one.form, "region"), _LENGTH[one.level]
    within = implies(one.form, is_in("region", *codes, nested=True))
    if not within or any(len(code) < length for code in codes):
        return None
    return len({code[:length] for code in _fitting(one.form, "region", codes, nested=True)})


def _within(one: Distinct, other: Distinct) -> bool:
    """Whether there are never more of the one than of the other."""
    levels = (one.level, other.level)
    same = (one.noun, one.level) == (other.noun, other.level)
    finer = one.noun == other.noun == "regions" and set(levels) <= set(_FINER) and levels[0] < levels[1]
    country = one.noun == "regions" and one.level == "country" and other.noun == "countries"
    return one.family == other.family and (same or finer or country) and implies(one.form, other.form)


@dataclass(frozen=True, slots=True)
class _Sorted:
    """The terms of some demands, each as the numbers of the kinds of things it is made of."""

    kinds: dict[str, tuple[list[Form], tuple[tuple[bool, ...], ...]]]

    @classmethod
    def of(cls, terms: Sequence[Term]) -> _Sorted:
        """Sort the things that the terms speak of.

        Raises:
            TooManyError: they tell too many kinds of things apart.
        """
        forms: dict[str, dict[Form, None]] = {}
        for term in terms:
            if isinstance(term, Total) or (isinstance(term, Distinct) and term.family == "partner"):
                forms.setdefault(term.family, {})[term.form] = None
        return cls({family: (list(found), cells(list(found))) for family, found in forms.items()})

    def weights(self, sum_: Sum) -> dict[Hashable, Fraction]:
        """A sum as weights of numbers."""
        found: dict[Hashable, Fraction] = {}
        for term, weight in sum_:
            for name in self._names(term):
                found[name] = found.get(name, _NOTHING) + weight
        return found

    def _names(self, term: Term) -> list[Hashable]:
        if not isinstance(term, Total):
            return [term]
        forms, ways = self.kinds[term.family]
        place = forms.index(term.form)
        return [(term.family, index) for index, way in enumerate(ways) if way[place]]


def _split(call: Call, one: Distinct, form: Form) -> Iterator[Demand]:
    """There are no more different ones than there can be among those that a form picks, and others that it does not."""
    most = cap(call, replace(one, form=one.form & form)) if one.noun in _CAPPED else None
    if most is not None:
        others = Total("partner", one.form & ~form)
        yield Demand(((one, -ONE), (others, ONE)), Fraction(-most))


def _always(call: Call, terms: Sequence[Term]) -> Iterator[Demand]:
    """What holds of these terms whatever is demanded."""
    distinct = [term for term in terms if isinstance(term, Distinct)]
    for one in distinct:
        if one.family == "partner":
            yield Demand(((Total("partner", one.form), ONE), (one, -ONE)), _NOTHING)
        if (most := cap(call, one)) is not None:
            yield Demand(((one, -ONE),), Fraction(-most))
    picked = dict.fromkeys(term.form for term in terms if isinstance(term, Total) and term.family == "partner")
    for one, form in product(distinct, list(picked)[:MOST_SPLIT]):
        yield from _split(call, one, form)
        yield from _split(call, one, ~form)
    for one, other in permutations(distinct, 2):
        if _within(one, other):
            yield Demand(((other, ONE), (one, -ONE)), _NOTHING)
    if Fact("one") in terms:
        yield Demand(((Fact("one"), ONE),), ONE)
        yield Demand(((Fact("one"), -ONE),), -ONE)
    if any(isinstance(term, Total) and term.family == "strand" for term in terms):
        yield Demand(((Total("strand", TRUE), -ONE),), -ONE)


def smallest(call: Call, demands: Sequence[Demand], aim: Sum = ()) -> Fraction | None:
    """The least that a sum can be under demands; None where they cannot be met together.

    Raises:
        TooManyError: the demands tell too many kinds of things apart.
    """
    terms = list(dict.fromkeys(term for demand in demands for term, _ in demand.sum) | dict.fromkeys(t for t, _ in aim))
    always = list(_always(call, terms))
    sorted_ = _Sorted.of(list(dict.fromkeys([*terms, *(term for demand in always for term, _ in demand.sum)])))
    conditions = [Linear(sorted_.weights(one.sum), one.least, one.strict) for one in (*demands, *always)]
    return least(conditions, sorted_.weights(aim))


def together(call: Call, stands: Sequence[Stand], aim: Sum = ()) -> Fraction | None:
    """The least that a sum can be where all these rules are met, in any way; None where they surely cannot be.

    Where there is too much to try, it is nought: nothing is claimed.
    """
    if len(stands) > MOST_RULES:
        return _NOTHING
    chosen = list(islice(product(*(stand.ways for stand in stands)), MOST_TRIED + 1))
    if len(chosen) > MOST_TRIED:
        return _NOTHING
    try:
        found = [smallest(call, sum(ways, ()), aim) for ways in chosen]
    except TooManyError:
        return _NOTHING
    return min((one for one in found if one is not None), default=None)


def _neighbourhoods(stands: Sequence[Stand]) -> Iterator[list[Stand]]:
    """Rules that speak of something in common, directly or through others."""
    left = {place: (stand, stand.families()) for place, stand in enumerate(stands)}
    while left:
        near, families = [next(iter(left))], frozenset[str]()
        group = dict[int, Stand]()
        while near:
            families = families.union(*(left[place][1] for place in near))
            group |= {place: left.pop(place)[0] for place in near}
            near = [place for place, (_, own) in left.items() if own & families]
        yield [group[place] for place in sorted(group)]


def _core(call: Call, stands: Sequence[Stand]) -> list[Stand]:
    """As few of these rules as still cannot be met together."""
    core = list(stands)
    for one in stands:
        rest = [other for other in core if other is not one]
        if rest and together(call, rest) is None:
            core = rest
    return core


def quarrels(call: Call, stands: Sequence[Stand]) -> Iterator[tuple[Stand, ...]]:
    """Each rule, each two rules, and some larger groups, that can surely not be met together; none within another."""
    alone = [one for one in stands if together(call, [one]) is None]
    for one in alone:
        yield (one,)
    for near in _neighbourhoods([one for one in stands if one not in alone]):
        if together(call, near) is not None and not _too_many(near):
            continue
        pairs = [
            pair
            for pair in combinations(near[:MOST_RULES], 2)
            if pair[0].families() & pair[1].families() and together(call, pair) is None
        ]
        yield from pairs
        left = [one for one in near if all(one is not pair[1] for pair in pairs)]
        while together(call, left) is None:
            core = _core(call, left)
            yield tuple(core)
            left = [one for one in left if one is not core[-1]]


def _too_many(stands: Sequence[Stand]) -> bool:
    """Whether so much hangs together that only pairs can be tried."""
    ways = 1 if len(stands) <= MOST_RULES else MOST_TRIED + 1
    for one in stands:
        ways *= len(one.ways)
    if ways > MOST_TRIED:
        return True
    terms = [term for stand in stands for way in stand.ways for demand in way for term, _ in demand.sum]
    try:
        _Sorted.of(list(dict.fromkeys(terms)))
    except TooManyError:
        return True
    return False
