"""Reads rules, labelled exceptions and partitions of the money."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from samspel.engine.calls import vocabulary
from samspel.engine.calls.reading.conditions import NOTHING, Conditions
from samspel.engine.calls.reading.declared import source, words
from samspel.engine.calls.reading.layers import Layers, Placed
from samspel.engine.calls.text import Declared, LabelledException, Parameter, Partition, Portion, Rule
from samspel.engine.located import one_of
from samspel.engine.verdicts import Reason


def choice(entry: Placed, key: str, choices: tuple[str, ...], default: str) -> str:
    """One of these words, or the default where it is left out."""
    if key not in entry.table:
        return default
    value = entry.file.take(entry.table, key, str, default, entry.at)
    if value not in choices:
        entry.file.blame(f"{entry.at}.{key}", one_of(choices), value)
        return default
    return value


def flag(entry: Placed, key: str, *, default: bool = False) -> bool:
    """A true or false, or the default where it is left out."""
    return entry.file.take(entry.table, key, bool, default, entry.at) if key in entry.table else default


def names(entry: Placed, key: str, among: tuple[str, ...]) -> tuple[str, ...]:
    """A list of ids that are known; none where it is left out."""
    values = entry.file.take(entry.table, key, list, [], entry.at) if key in entry.table else []
    for one in values:
        if one not in among:
            entry.file.blame(f"{entry.at}.{key}", one_of(among), one)
    return tuple(str(one) for one in values)


def rules(
    layers: Layers, parameters: Mapping[str, Parameter], declared: Declared, stages: tuple[str, ...]
) -> tuple[Rule, ...]:
    """Read every rule of a call's layers."""

    def rule(entry: Placed) -> Rule:
        entry.only("id needs source text severity part curable waiver stages over after_award when note")
        read = Conditions(entry.file, parameters, declared)
        over = choice(entry, "over", vocabulary.OVER, "application")
        table, at = entry.table, entry.at
        return Rule(
            id=entry.id,
            needs=read.need(table.get("needs"), f"{at}.needs", over=over),
            source=source(entry),
            text=words(entry, required=False),
            severity=choice(entry, "severity", vocabulary.SEVERITIES, "must"),
            part=choice(entry, "part", vocabulary.PARTS, "requirement"),
            curable=read.parameter(table["curable"], f"{at}.curable", "days") if "curable" in table else "",
            waivable=flag(entry, "waiver"),
            stages=names(entry, "stages", stages),
            over=over,
            after_award=flag(entry, "after_award"),
            when=read.need(table["when"], f"{at}.when", over=over) if "when" in table else None,
            layer=entry.layer,
            replaces=entry.replaces,
        )

    return tuple(entry.read(rule) for entry in layers.listed("rules"))


def exceptions(
    layers: Layers, parameters: Mapping[str, Parameter], declared: Declared, known: tuple[Rule, ...]
) -> tuple[LabelledException, ...]:
    """Read the labelled exceptions; two to one rule under the very same condition are always in force at once."""
    over = {rule.id: rule.over for rule in known}

    def exception(entry: Placed) -> LabelledException:
        entry.only("id to when needs excused source text")
        read, table, at = Conditions(entry.file, parameters, declared), entry.table, entry.at
        to = entry.file.take(table, "to", str, "", at)
        if to and to not in over:
            entry.file.blame(f"{at}.to", one_of(over), to)
        when = read.need(table.get("when"), f"{at}.when", over=over.get(to, "application"))
        if ("needs" in table) == flag(entry, "excused"):
            entry.file.blame(at, "needs-or-excused", table)
        needs = read.need(table["needs"], f"{at}.needs", over=over.get(to, "application")) if "needs" in table else None
        return LabelledException(entry.id, to, when, needs, source(entry), words(entry), entry.layer)

    found: list[LabelledException] = []
    for entry in layers.listed("exceptions"):
        read = entry.read(exception)
        twin = next((one.id for one in found if one.to == read.to and one.when == read.when), "")
        if twin and read.when != NOTHING:
            entry.file.blame(f"{entry.at}.when", Reason.of("expected.one-exception", other=twin), entry.id)
        found.append(read)
    return tuple(found)


def _portions(entry: Placed, read: Conditions, parameters: Mapping[str, Parameter]) -> tuple[Portion, ...]:
    found: list[Portion] = []
    for index, one in enumerate(entry.file.take(entry.table, "parts", list, [], entry.at)):
        at = f"{entry.at}.parts.{index}"
        table = one if isinstance(one, Mapping) else {}
        entry.file.only(table, "id where amount text", at)
        portion = entry.file.slug(table, "id", at, among=[p.id for p in found])
        where = read.filter(table.get("where", {}), f"{at}.where", "application")
        amount = entry.file.take(table, "amount", str, "", at)
        if amount and (amount not in parameters or parameters[amount].unit not in ("money", "share")):
            entry.file.blame(f"{at}.amount", Reason.of("expected.parameter-of-unit", unit="money"), amount)
        found.append(Portion(portion, where, amount, entry.file.words(table, "text", at)))
    if not found:
        entry.file.blame(f"{entry.at}.parts", Reason.of("expected.tables", key="parts"), None)
    return tuple(found)


def _total(partition: Partition, parameters: Mapping[str, Parameter]) -> tuple[Decimal, Decimal] | None:
    """What the parts sum to and what there is, in one unit; None where a part or the whole is not a single number."""
    whole = parameters[partition.of]
    sizes = [parameters[part.amount] for part in partition.parts]
    there = whole.values[0].value if len(whole.values) == 1 else None
    if not isinstance(there, Decimal) or any(len(one.values) != 1 for one in sizes):
        return None
    amounts = [(one.unit, one.values[0].value) for one in sizes]
    numbers = [n * there if unit == "share" else n for unit, n in amounts if isinstance(n, Decimal)]
    return sum(numbers, Decimal(0)), there


def partitions(layers: Layers, parameters: Mapping[str, Parameter], declared: Declared) -> tuple[Partition, ...]:
    """Read the partitions of the money; parts that together are more than the whole are blamed."""

    def partition(entry: Placed) -> Partition:
        entry.only("id of movable source text parts")
        read = Conditions(entry.file, parameters, declared)
        of = read.parameter(entry.table.get("of"), f"{entry.at}.of", "money")
        parts = _portions(entry, read, parameters)
        found = Partition(entry.id, of, flag(entry, "movable"), parts, source(entry), words(entry))
        if of and all(part.amount in parameters for part in parts):
            total = _total(found, parameters)
            if total is not None and total[0] > total[1]:
                over = Reason.of("expected.parts-within", whole=total[1], over=total[0] - total[1])
                entry.file.blame(f"{entry.at}.parts", over, total[0])
        return found

    return tuple(entry.read(partition) for entry in layers.listed("partitions"))
