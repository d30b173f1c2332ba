"""Cases: situations written beside a call, with the outcome each rule must have in them.

A case officer can read them, and they are run by the tests, by `samspel check` and before publishing.
"""

from __future__ import annotations

from dataclasses import dataclass

from samspel.engine.calls import vocabulary
from samspel.engine.calls.judging.grading import LEAST_TOTAL
from samspel.engine.calls.judging.judge import judge
from samspel.engine.calls.reading.situations import situation
from samspel.engine.calls.situation import Situation
from samspel.engine.calls.text import Call, Partition, Rule
from samspel.engine.located import NotReadableError, one_of, open_text
from samspel.engine.verdicts import Outcome


@dataclass(frozen=True, slots=True)
class Case:
    """A situation that a case officer can read, with the outcome each named rule must have in it."""

    name: str
    given: Situation
    expected: tuple[tuple[str, Outcome], ...]


@dataclass(frozen=True, slots=True)
class Miss:
    """What the cases show to be wrong: a case with another outcome than expected, or a rule too little tried.

    `found` is None where no case expects this outcome of the rule.
    """

    case: str
    rule: str
    expected: Outcome
    found: Outcome | None


def judged(call: Call) -> tuple[str, ...]:
    """Every id that a case may expect an outcome of: rules, partitions, criteria and the least total."""
    last = (LEAST_TOTAL,) if call.assessment.least_total else ()
    return tuple(one.id for group in (call.rules, call.partitions, call.criteria) for one in group) + last


def read_cases(text: str, call: Call) -> tuple[Case, ...]:
    """Read `cases.toml`: situations and the outcomes they must have under this call.

    Raises:
        NotReadableError: with every problem found.
    """
    file = open_text("cases.toml", text)
    known, found = judged(call), []
    for at, table in file.tables("cases"):
        expected = []
        for rule, outcome in file.take(table, "expect", dict, {}, at).items():
            if rule not in known:
                file.blame(f"{at}.expect.{rule}", one_of(sorted(known)), rule)
            elif outcome not in list(Outcome):
                file.blame(f"{at}.expect.{rule}", one_of(Outcome), outcome)
            else:
                expected.append((rule, Outcome(outcome)))
        name = file.take(table, "name", str, "", at)
        found.append(Case(name, situation(file, table, at, call, beside="name expect"), tuple(expected)))
    if file.problems:
        raise NotReadableError(tuple(file.problems))
    return tuple(found)


def outcomes(call: Call, given: Situation) -> dict[str, Outcome]:
    """The outcome of everything that can be judged in one situation, by id."""
    return {one.rule: one.outcome for one in judge(call, given, over=vocabulary.OVER).findings}


def _wanted(call: Call, rule: Rule | Partition) -> tuple[Outcome, ...]:
    """What the cases must show of a rule: met and not met, or open where it hangs on a number that is not stated."""
    names = (
        [part.amount for part in rule.parts]
        if isinstance(rule, Partition)
        else [leaf.parameter for leaf in rule.needs.leaves() if leaf.parameter]
    )
    silent = any(not call.parameter(name).values for name in names)
    return (Outcome.OPEN,) if silent else (Outcome.MET, Outcome.NOT_MET)


def run(call: Call, cases: tuple[Case, ...]) -> tuple[Miss, ...]:
    """Judge every case and list what differs; also each rule that no case shows both met and not met."""
    misses, shown = [], set()
    for case in cases:
        found = outcomes(call, case.given)
        for name, expected in case.expected:
            shown.add((name, expected))
            if found.get(name) is not expected:
                misses.append(Miss(case.name, name, expected, found.get(name, Outcome.OPEN)))
    judged_on: tuple[Rule | Partition, ...] = (*call.rules, *call.partitions)
    for rule in judged_on:
        for outcome in _wanted(call, rule):
            if (rule.id, outcome) not in shown:
                misses.append(Miss("", rule.id, outcome, None))
    return tuple(misses)
