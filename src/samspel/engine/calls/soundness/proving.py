"""Checks that a call can be applied to at all: no rules that contradict each other, and nothing that is hardly meant.

Only what surely follows is told: rules that may be waived, that have exceptions or that hold only sometimes are left
out, and so is everything that hangs on what a source does not state.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from samspel.engine.calls.conditions import Need
from samspel.engine.calls.soundness.cells import TRUE
from samspel.engine.calls.soundness.compatible import Stand, quarrels, together
from samspel.engine.calls.soundness.constraints import Demands, Sum, Total
from samspel.engine.calls.soundness.feasible import ONE
from samspel.engine.calls.soundness.oversights import Caution, parted, sizes, untimely, unused
from samspel.engine.calls.text import Call, Rule
from samspel.engine.verdicts import Reason

_TRIED = ("application", "applications", "awards", "reserve", "assessment")
MOST_DAYS = 40
_GRANT: Sum = ((Total("grant", TRUE), ONE),)
_LOWER, _UPPER = ("at_least", "more_than", "equals"), ("at_most", "less_than", "equals")


def _binding(call: Call, over: str, stage: str) -> list[Rule]:
    """The rules over something that always bind in a stage."""
    excepted = {one.to for one in call.exceptions}
    return [
        rule
        for rule in call.rules
        if rule.over == over
        and rule.severity == "must"
        and rule.when is None
        and not rule.waivable
        and rule.id not in excepted
        and (not rule.stages or not stage or stage in rule.stages)
    ]


def _days(call: Call) -> list[date | None]:
    """The call's day, and each later one on which a number changes."""
    dated = call.calendar.dated
    starts = {one.since for parameter in call.parameters for one in parameter.values if one.since is not None}
    return [dated, *sorted(day for day in starts if dated is None or day > dated)]


def _stands(demands: Demands, rules: list[Rule]) -> list[Stand]:
    return [Stand(rule.id, demands.ways(rule.needs)) for rule in rules]


def _all_of(need: Need) -> Iterator[Need]:
    """The conditions that must all hold for a condition to hold."""
    if need.operator == "all":
        for part in need.parts:
            yield from _all_of(part)
    else:
        yield need


def _bounds(demands: Demands, one: Rule, other: Rule) -> tuple[Need, Need] | None:
    """Two comparisons with numbers, of which the first asks for more than the second allows."""
    lows = [leaf for leaf in _all_of(one.needs) if leaf.parameter and leaf.operator in _LOWER]
    highs = [leaf for leaf in _all_of(other.needs) if leaf.parameter and leaf.operator in _UPPER]
    for low in lows:
        for high in highs:
            least, most = demands.bound(low.parameter), demands.bound(high.parameter)
            units = {demands.call.parameter(leaf.parameter).unit for leaf in (low, high)}
            if least is None or most is None or least < most or len(units) != 1:
                continue
            if together(demands.call, [Stand("", demands.ways(low)), Stand("", demands.ways(high))]) is None:
                return low, high
    return None


def _told(demands: Demands, rules: tuple[Rule, ...], since: str) -> Caution:
    """A contradiction in as much detail as can be given."""
    call, ids, last = demands.call, tuple(rule.id for rule in rules), rules[-1].id
    one, other = rules[0], rules[-1]
    found = _bounds(demands, one, other) or _bounds(demands, other, one) if len(rules) <= len("or") else None
    if found is not None:
        low, high = (call.parameter(leaf.parameter) for leaf in found)
        least, most = (bound.on(demands.day) for bound in (low, high))
        reason = Reason.of(
            "contradiction.bounds",
            one=one.id,
            other=other.id,
            least=_value(least.value if least else None),
            most=_value(most.value if most else None),
            unit=low.unit,
            since=since,
        )
    elif len(rules) == 1:
        reason = Reason.of("contradiction.alone", rule=one.id, since=since)
    elif one is rules[-2]:
        reason = Reason.of("contradiction.pair", one=one.id, other=other.id, since=since)
    else:
        reason = Reason.of("contradiction.several", rules=", ".join(ids), since=since)
    return Caution(reason, ids, f"rules.{last}")


def _value(value: Decimal | date | None) -> Decimal | str | None:
    return value.isoformat() if isinstance(value, date) else value


def contradictions(call: Call) -> tuple[Caution, ...]:
    """Rules that no situation can ever meet together: one alone, two, or a few that only together leave nothing.

    Each is told once, for the first day on which it is so: `since` is empty for the call's own day.
    """
    found: dict[tuple[str, ...], Caution] = {}
    tried: set[tuple[Stand, ...]] = set()
    for day in _days(call)[:MOST_DAYS]:
        since = day.isoformat() if day is not None and day != call.calendar.dated else ""
        for stage in [one.id for one in call.stages] or [""]:
            for over in _TRIED:
                rules, demands = _binding(call, over, stage), Demands(call, day, over)
                known = {rule.id: rule for rule in rules}
                stands = tuple(_stands(demands, rules))
                if stands in tried:
                    continue
                tried.add(stands)
                for quarrel in quarrels(call, stands):
                    ids = tuple(one.id for one in quarrel)
                    if not any(set(told) <= set(ids) for told in found):
                        found[ids] = _told(demands, tuple(known[one] for one in ids), since)
    return tuple(found.values())


def _always_met(call: Call) -> Iterator[Caution]:
    """Rules that nothing could fail to meet, such as at least none."""
    for rule in call.rules:
        if rule.over not in _TRIED:
            continue
        failings = Demands(call, call.calendar.dated, rule.over).ways(rule.needs, met=False)
        if all(together(call, [Stand(rule.id, (way,))]) is None for way in failings):
            yield Caution(Reason.of("warning.always-met", rule=rule.id), (rule.id,), f"rules.{rule.id}")


def _least_grant(call: Call) -> Decimal | None:
    """The smallest grant that an application can ask for under the rules that bind it in every stage."""
    demands = Demands(call, call.calendar.dated)
    stands = _stands(demands, [rule for rule in _binding(call, "application", "") if not rule.stages])
    money = [one for one in stands if one.families() & {"grant", "cost", "cofunding"}]
    least = together(call, money, _GRANT)
    return None if not least else Decimal(least.numerator) / Decimal(least.denominator)


def _unfunded(call: Call) -> Iterator[Caution]:
    """Money that does not suffice for a single project."""
    least = _least_grant(call)
    if least is None:
        return
    for rule in _binding(call, "awards", ""):
        # What holds of all awards together holds of each of them.
        demands = Demands(call, call.calendar.dated)
        for leaf in _all_of(rule.needs):
            plain = leaf.measure is not None and leaf.measure.what == "grant" and not leaf.measure.where
            if (
                plain
                and leaf.operator in ("at_most", "less_than")
                and leaf.measure is not None
                and not leaf.measure.per
            ):
                bound = demands.bound(leaf.parameter)
                if bound is not None and bound < least:
                    there = Decimal(bound.numerator) / Decimal(bound.denominator)
                    reason = Reason.of("warning.envelope-below-grant", rule=rule.id, envelope=there, least=least)
                    yield Caution(reason, (rule.id,), f"rules.{rule.id}")
    for partition in call.partitions:
        for part, amount in sizes(call, partition):
            if amount is not None and amount < least and not partition.movable:
                reason = Reason.of("warning.part-below-grant", name=partition.id, part=part, amount=amount, least=least)
                yield Caution(reason, (partition.id,), f"partitions.{partition.id}")


def warnings(call: Call) -> tuple[Caution, ...]:
    """What is allowed in a call but hardly meant, in the order in which one would want to mend it."""
    return (
        *_unfunded(call),
        *parted(call),
        *_always_met(call),
        *untimely(call),
        *unused(call),
    )
