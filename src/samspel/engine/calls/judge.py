"""The judge: the one function that says of a situation whether each of a call's rules is met, not met or open."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from samspel.engine.values import UNKNOWN, Range
from samspel.engine.verdicts import Fact, Finding, Outcome, Reason, Verdict, all_of, any_of, opposite

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from samspel.engine.calls.text import Call, Need


def compare(found: Range, operator: str, bound: Decimal) -> Outcome:
    """Compare a number that may be only partly known with a bound.

    >>> from decimal import Decimal
    >>> compare(Range.between(1, 4), "at_least", Decimal(3))
    <Outcome.OPEN: 'open'>

    Raises:
        KeyError: an operator that is not `at_least`, `at_most` or `equals`.
    """
    low, high = found.low, found.high
    above = low is not None and low > bound
    below = high is not None and high < bound
    surely, impossible = {
        "at_least": (low is not None and low >= bound, below),
        "at_most": (high is not None and high <= bound, above),
        "equals": (low is not None and low == high == bound, above or below),
    }[operator]
    if surely:
        return Outcome.MET
    return Outcome.NOT_MET if impossible else Outcome.OPEN


def _mend(fact: str, found: Range, operator: str, bound: Decimal) -> tuple[Reason, ...]:
    """The smallest change of this one fact that would surely meet the condition."""
    if operator in ("at_least", "equals") and found.low is not None and found.low < bound:
        return (Reason.of(f"mend.{fact}.more", by=bound - found.low, to=bound),)
    if operator in ("at_most", "equals") and found.high is not None and found.high > bound:
        return (Reason.of(f"mend.{fact}.less", by=found.high - bound, to=bound),)
    return (Reason.of(f"mend.{fact}.state", to=bound),)


def _judge_need(call: Call, need: Need, facts: Mapping[str, Fact]) -> Finding:
    if need.parts:
        parts = tuple(_judge_need(call, part, facts) for part in need.parts)
        outcomes = [part.outcome for part in parts]
        outcome = {
            "all": lambda: all_of(outcomes),
            "any": lambda: any_of(outcomes),
            "not": lambda: opposite(outcomes[0]),
        }[need.operator]()
        return Finding(rule="", outcome=outcome, operator=need.operator, parts=parts)
    fact = facts.get(need.fact, Fact(name=need.fact, found=UNKNOWN))
    found = fact.found
    parameter = call.parameter(need.parameter)
    outcome = compare(found, need.operator, parameter.value)
    mend = () if outcome is Outcome.MET else _mend(need.fact, found, need.operator, parameter.value)
    return Finding(
        rule="",
        outcome=outcome,
        operator=need.operator,
        fact=need.fact,
        found=found,
        bound=parameter.value,
        source=parameter.source,
        evidence=fact.evidence,
        mend=mend,
    )


def _evidence(finding: Finding) -> tuple[Reason, ...]:
    """The evidence of a finding and of all its parts, each told once."""
    inner = (reason for part in finding.parts for reason in _evidence(part))
    return tuple(dict.fromkeys((*finding.evidence, *inner)))


def _mends(finding: Finding) -> tuple[Reason, ...]:
    """What would turn a finding: its own mends, or those of its parts that are not met.

    Under `not` there are none: what would meet the part would break the whole.
    """
    if finding.outcome is Outcome.MET or finding.operator == "not":
        return ()
    inner = (reason for part in finding.parts for reason in _mends(part))
    return tuple(dict.fromkeys((*finding.mend, *inner)))


def judge(call: Call, facts: Mapping[str, Fact], *, about: str = "") -> Verdict:
    """Judge a situation, given as facts by name, under every rule of a call.

    `about` restricts the verdict to rules on facts whose name begins with it (`constellation` while a
    constellation forms and there is no application yet). A fact that is not given is unknown, and the rule
    that needs it is open. A composed rule's mends are those of its parts that are not met or open.

    Raises:
        KeyError: never for a call that `read` has accepted.
    """
    findings = []
    for rule in call.rules:
        if not mentions(rule.needs, about):
            continue
        found = _judge_need(call, rule.needs, facts)
        told = replace(found, rule=rule.id, source=rule.source, evidence=_evidence(found), mend=_mends(found))
        findings.append(told)
    return Verdict(outcome=all_of(f.outcome for f in findings), findings=tuple(findings))


def mentions(need: Need, about: str) -> bool:
    """Whether a condition speaks of a fact whose name begins with `about`."""
    return need.fact.startswith(about) if need.fact else any(mentions(part, about) for part in need.parts)
