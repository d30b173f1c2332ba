"""What has likely been overlooked in a call: numbers and declarations nothing uses, times and money that do not fit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from samspel.engine.calls.conditions import Ask, Filter, Measure, Need
from samspel.engine.calls.text import Call, Parameter, Partition, Rule
from samspel.engine.verdicts import Reason

_COMPARED = ("age_at_most", "age_at_least", "before")
_TABLES = {
    "area": "areas",
    "place_area": "areas",
    "listed": "lists",
    "registered": "registers",
    "registered_or_applied": "registers",
    "states": "statements",
    "type": "documents",
}
_NAMED_BY = {"states": "statements", "document": "documents"}


@dataclass(frozen=True, slots=True)
class Caution:
    """Something that is allowed, but hardly meant: why, which rules it is about, and the entry where it stands."""

    reason: Reason
    rules: tuple[str, ...] = ()
    place: str = ""


def needs_of(call: Call) -> Iterator[Need]:
    """Every condition of the call."""
    for rule in call.rules:
        yield rule.needs
        if rule.when is not None:
            yield rule.when
    for exception in call.exceptions:
        yield exception.when
        if exception.needs is not None:
            yield exception.needs


def asks_of(one: Filter) -> Iterator[Ask]:
    """Every question that a filter asks, those within others too."""
    for ask in one.asks:
        yield ask
        if ask.inner is not None:
            yield from asks_of(ask.inner)
    for part in one.parts:
        yield from asks_of(part)


def parameters_in(need: Need) -> set[str]:
    """The parameters that a condition names, in its comparisons and in its filters."""
    names = {leaf.parameter for leaf in need.leaves()} | {measure.years for measure in need.measures()}
    asked = (ask for one in need.filters() for ask in asks_of(one) if ask.attribute in _COMPARED)
    return (names | {value for ask in asked for value in ask.values}) - {""}


def all_asks(call: Call) -> Iterator[Ask]:
    """Every question that a filter of the call asks."""
    filters = [one for need in needs_of(call) for one in need.filters()]
    filters += [part.where for partition in call.partitions for part in partition.parts]
    for one in filters:
        yield from asks_of(one)


def all_measures(call: Call) -> Iterator[Measure]:
    """Every measure of the call."""
    for need in needs_of(call):
        yield from need.measures()


def _parameters_used(call: Call) -> set[str]:
    names = {name for need in needs_of(call) for name in parameters_in(need)} | {rule.curable for rule in call.rules}
    for partition in call.partitions:
        names |= {partition.of, *(part.amount for part in partition.parts)}
    for criterion in call.criteria:
        names |= {criterion.weight, criterion.least}
    names |= {call.assessment.least_total, call.assessment.assessors, *(rate for _, rate in call.exchange)}
    return names


def _declared_used(call: Call) -> set[tuple[str, str]]:
    used = {(_TABLES[ask.attribute], v) for ask in all_asks(call) if ask.attribute in _TABLES for v in ask.values}
    for need in needs_of(call):
        for leaf in need.leaves():
            if leaf.operator in _NAMED_BY:
                used |= {(_NAMED_BY[leaf.operator], name) for name in leaf.names}
    used |= {("statements", measure.what) for measure in all_measures(call) if measure.head == "fact"}
    used |= {("statements", question.states) for question in call.questions}
    sets = {call.counting.level}
    for measure in all_measures(call):
        sets |= {measure.level, measure.per.removeprefix("area:")}
    used |= {("areas", area.id) for area in call.declared.of("areas").values() if area.set in sets}
    used |= {("stages", window.stage) for window in call.windows}
    return used | {("stages", stage) for rule in call.rules for stage in rule.stages}


def unused(call: Call) -> Iterator[Caution]:
    """Parameters and declarations that nothing in the call refers to."""
    names, used = _parameters_used(call), _declared_used(call)
    for parameter in call.parameters:
        if parameter.name not in names:
            yield Caution(
                Reason.of("warning.parameter-unused", name=parameter.name), place=f"parameters.{parameter.name}"
            )
    declared = [
        (table, one) for table in ("areas", "lists", "registers", "documents") for one in call.declared.of(table)
    ]
    declared += [("statements", one) for one in call.declared.statements]
    declared += [("stages", stage.id) for stage in call.stages]
    for table, one in declared:
        if (table, one) not in used:
            yield Caution(Reason.of("warning.declared-unused", table=table, name=one), place=f"{table}.{one}")


def _dated(parameter: Parameter, day: date | None) -> Caution | None:
    place, told = f"parameters.{parameter.name}", day.isoformat() if day else ""
    first, last = parameter.values[0], parameter.values[-1]
    if day is not None and first.since is not None and day < first.since:
        since = first.since.isoformat()
        return Caution(Reason.of("warning.parameter-not-yet", name=parameter.name, since=since, day=told), place=place)
    if last.until is not None and (day is None or day > last.until):
        until = last.until.isoformat()
        return Caution(Reason.of("warning.parameter-over", name=parameter.name, until=until, day=told), place=place)
    return None


def _closes(call: Call, rule: Rule, asked: str) -> bool:
    """Whether some window of the rule's stages says when it closes."""
    windows = [one for one in call.windows if not rule.stages or one.stage in ("", *rule.stages)]
    return any((one.closes if asked == "submission" else one.questions_until) is not None for one in windows)


def untimely(call: Call) -> Iterator[Caution]:
    """Numbers that are not in force on the call's day, stages without a window, deadlines that are stated nowhere."""
    for parameter in call.parameters:
        if parameter.values and (found := _dated(parameter, call.calendar.dated)) is not None:
            yield found
    for stage in call.stages:
        if not any(window.stage in ("", stage.id) for window in call.windows):
            yield Caution(Reason.of("warning.window-missing", stage=stage.id), place=f"stages.{stage.id}")
    for rule in call.rules:
        for leaf in rule.needs.leaves():
            if leaf.operator == "in_time" and not _closes(call, rule, leaf.names[0]):
                yield Caution(Reason.of("warning.in-time-without-window", rule=rule.id), (rule.id,), f"rules.{rule.id}")


def sizes(call: Call, partition: Partition) -> tuple[tuple[str, Decimal | None], ...]:
    """The parts of a partition and the money of each on the call's day; None where it is not stated."""
    whole = call.limit(partition.of)
    found: list[tuple[str, Decimal | None]] = []
    for part in partition.parts:
        size = call.limit(part.amount)
        if call.parameter(part.amount).unit == "share":
            size = None if size is None or whole is None else size * whole
        found.append((part.id, size))
    return tuple(found)


def parted(call: Call) -> Iterator[Caution]:
    """Partitions whose parts together are less than the whole."""
    for partition in call.partitions:
        whole, amounts = call.limit(partition.of), [amount for _, amount in sizes(call, partition)]
        known = [amount for amount in amounts if amount is not None]
        parts = sum(known, Decimal(0))
        if whole is not None and len(known) == len(amounts) and parts < whole:
            reason = Reason.of(
                "warning.partition-below", name=partition.id, parts=parts, whole=whole, left=whole - parts
            )
            yield Caution(reason, (partition.id,), f"partitions.{partition.id}")


def undecidable(call: Call) -> tuple[Caution, ...]:
    """What would keep the call from being decided here: no envelope to select under, no criteria to grade by."""
    codes = []
    if call.limit(call.selection.envelope) is None:
        codes.append(Caution(Reason.of("warning.no-envelope")))
    if not call.criteria or not call.scale:
        codes.append(Caution(Reason.of("warning.no-criteria")))
    return tuple(codes)
