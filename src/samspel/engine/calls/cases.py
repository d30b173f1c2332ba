"""Cases: situations written beside a call, with the outcome each rule must have in them.

A case officer can read them, and they are run by the tests, by `samspel check` and before publishing.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from samspel.engine.calls import vocabulary
from samspel.engine.calls.judge import judge
from samspel.engine.located import File, NotReadableError, Problem, one_of, open_text
from samspel.engine.values import Range
from samspel.engine.verdicts import Fact, Outcome, Reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from samspel.engine.calls.text import Call


@dataclass(frozen=True, slots=True)
class Case:
    """A situation that a case officer can read, with the outcome each named rule must have in it.

    `given` maps fact names to a number or a pair (least, most); what is left out is unknown.
    """

    name: str
    given: tuple[tuple[str, Decimal | tuple[Decimal, Decimal]], ...]
    expected: tuple[tuple[str, Outcome], ...]


def _numbers(value: object) -> list[Decimal]:
    """The numbers in a value or a list of values; what is no finite number is left out."""
    found = [one for one in (value if isinstance(value, list) else [value]) if not isinstance(one, bool)]
    numbers = [Decimal(one) for one in found if isinstance(one, int | Decimal)]
    return [number for number in numbers if number.is_finite()]


def _given(file: File, table: Mapping[str, object], at: str) -> Iterator[tuple[str, Decimal | tuple[Decimal, Decimal]]]:
    for name, value in file.take(table, "given", dict, {}, at).items():
        numbers, path = _numbers(value), f"{at}.given.{name}"
        pair = isinstance(value, list)
        if name not in vocabulary.FACTS:
            file.blame(path, one_of(vocabulary.FACTS), name)
        elif pair and len(numbers) == len(value) == 2 and numbers[0] <= numbers[1]:  # noqa: PLR2004 - least and most
            yield name, (numbers[0], numbers[1])
        elif pair or not numbers:
            file.blame(path, "number-or-range", value)
        else:
            yield name, numbers[0]


def read_cases(text: str, call: Call) -> tuple[Case, ...]:
    """Read `cases.toml`: situations and the outcomes they must have under this call.

    Raises:
        NotReadableError: with every problem found.
    """
    file = open_text("cases.toml", text)
    rules = {rule.id for rule in call.rules}
    found = []
    for at, table in file.tables("cases"):
        file.only(table, "name given expect", at)
        expected = []
        for rule, outcome in file.take(table, "expect", dict, {}, at).items():
            if rule not in rules:
                file.blame(f"{at}.expect.{rule}", one_of(sorted(rules)), rule)
            elif outcome not in list(Outcome):
                file.blame(f"{at}.expect.{rule}", one_of(Outcome), outcome)
            else:
                expected.append((rule, Outcome(outcome)))
        name = file.take(table, "name", str, "", at)
        found.append(Case(name, tuple(_given(file, table, at)), tuple(expected)))
    if file.problems:
        raise NotReadableError(tuple(file.problems))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Miss:
    """What the cases show to be wrong: a case with another outcome than expected, or a rule too little tried.

    `found` is None where no case expects this outcome of the rule.
    """

    case: str
    rule: str
    expected: Outcome
    found: Outcome | None


def _range(value: Decimal | tuple[Decimal, Decimal]) -> Range:
    return Range(low=value[0], high=value[1]) if isinstance(value, tuple) else Range.exactly(value)


def facts_from(texts: Iterable[str]) -> dict[str, Fact]:
    """Read facts typed as `name=number` or `name=least..most`, as on the command line.

    >>> facts_from(["constellation.clusters=1..4"])["constellation.clusters"].found
    Range(low=Decimal('1'), high=Decimal('4'))

    Raises:
        NotReadableError: a text that is not a known fact with a number.
    """
    facts, problems = {}, []
    for number, text in enumerate(texts, start=1):
        name, _, value = text.partition("=")
        least, dots, most = value.partition("..")
        try:
            low, high = Decimal(least), Decimal(most if dots else least)
        except InvalidOperation:
            low = high = Decimal("nan")
        if not (low.is_finite() and high.is_finite() and low <= high):
            problems.append(Problem("given", number, name, Reason.of("expected.plain.given"), text))
        elif name not in vocabulary.FACTS:
            problems.append(Problem("given", number, name, one_of(vocabulary.FACTS), name))
        else:
            facts[name] = Fact(name=name, found=Range(low=low, high=high))
    if problems:
        raise NotReadableError(tuple(problems))
    return facts


def run(call: Call, cases: tuple[Case, ...]) -> tuple[Miss, ...]:
    """Judge every case and list what differs; also each rule that no case shows both met and not met."""
    misses, shown = [], set()
    for case in cases:
        facts = {name: Fact(name=name, found=_range(value)) for name, value in case.given}
        outcomes = {finding.rule: finding.outcome for finding in judge(call, facts).findings}
        for name, expected in case.expected:
            shown.add((name, expected))
            if outcomes[name] is not expected:
                misses.append(Miss(case.name, name, expected, outcomes[name]))
    for rule in call.rules:
        for outcome in (Outcome.MET, Outcome.NOT_MET):
            if (rule.id, outcome) not in shown:
                misses.append(Miss("", rule.id, outcome, None))
    return tuple(misses)
