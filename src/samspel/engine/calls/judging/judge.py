"""The judge: the one function that says of a situation whether each of a call's rules is met, not met or open.

The same engine judges a forming constellation, an application, the whole set of applications, the awards, and a
project in which an actor is replaced: what differs is the situation and what the rule is over.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from samspel.engine.calls import vocabulary
from samspel.engine.calls.conditions import Filter, Measure, Need
from samspel.engine.calls.findings import Finding, Mend, Verdict
from samspel.engine.calls.judging.grading import graded
from samspel.engine.calls.judging.matching import Matching
from samspel.engine.calls.judging.measuring import Measuring
from samspel.engine.calls.judging.mending import mends_of
from samspel.engine.calls.judging.reckoning import Measured
from samspel.engine.calls.judging.testing import tested
from samspel.engine.calls.judging.things import ANOTHER
from samspel.engine.calls.situation import Situation
from samspel.engine.calls.text import Call, LabelledException, Partition, Rule
from samspel.engine.values import UNKNOWN, Range
from samspel.engine.verdicts import Outcome, Reason, all_of, any_of, opposite

MET, NOT_MET, OPEN, WAIVED = Outcome.MET, Outcome.NOT_MET, Outcome.OPEN, Outcome.WAIVED
APPLICATION = ("application",)
THE_SET = vocabulary.SET_LEVEL


def compare(found: Range, operator: str, bound: Range) -> Outcome:
    """Compare a number that may be only partly known with another.

    >>> compare(Range.between(1, 4), "at_least", Range.exactly(3))
    <Outcome.OPEN: 'open'>

    Raises:
        KeyError: an operator that is not one of `vocabulary.COMPARISONS`.
    """
    low, high, least, most = found.low, found.high, bound.low, bound.high
    reaches = low is not None and most is not None and low >= most
    exceeds = low is not None and most is not None and low > most
    below = high is not None and least is not None and high < least
    not_above = high is not None and least is not None and high <= least
    surely, impossible = {
        "at_least": (reaches, below),
        "more_than": (exceeds, not_above),
        "at_most": (not_above, exceeds),
        "less_than": (below, reaches),
        "equals": (found.is_exact and bound.is_exact and low == least, below or exceeds),
    }[operator]
    if surely:
        return MET
    return NOT_MET if impossible else OPEN


_JOINED = {"all": all_of, "any": any_of}


@dataclass(frozen=True)
class _Judging:
    """One rule being judged in one situation."""

    matching: Matching
    measuring: Measuring

    def need(self, need: Need) -> Finding:
        """Judge one condition."""
        if need.parts:
            parts = tuple(self.need(part) for part in need.parts)
            outcomes = [part.outcome for part in parts]
            outcome = opposite(outcomes[0]) if need.operator == "not" else _JOINED[need.operator](outcomes)
            return Finding(rule="", outcome=outcome, need=need, parts=parts)
        if need.measure is None:
            outcome, evidence, mend = tested(self.matching, need, over=self.measuring.over)
            return Finding("", outcome, need, evidence=evidence, mend=() if outcome is MET else mend)
        return self._compared(need, need.measure)

    def _bound(self, need: Need) -> tuple[Range, Decimal | date | None, date | None, tuple[Reason, ...]]:
        """What is compared with: as a range, as the parameter says it, since when, and why if it is not known."""
        if need.against is not None:
            against = self.measuring.measure(need.against)
            return (against[0].found if len(against) == 1 else UNKNOWN), None, None, ()
        parameter = self.matching.call.parameter(need.parameter)
        dated = parameter.on(self.matching.day)
        if dated is None:
            code = "bound.not-stated" if not parameter.values else "bound.not-in-force"
            return UNKNOWN, None, None, (Reason.of(code, parameter=parameter.name),)
        number = dated.value if isinstance(dated.value, Decimal) else Decimal(dated.value.toordinal())
        return Range.exactly(number), dated.value, dated.since, ()

    def _compared(self, need: Need, measure: Measure) -> Finding:
        bound, value, since, why = self._bound(need)
        unit = unit_of(self.matching.call, measure)
        compared = [(compare(one.found, need.operator, bound), one) for one in self.measuring.measure(measure)]
        judged = [(outcome if one.sure or outcome is MET else OPEN, one) for outcome, one in compared]
        outcome = all_of(found for found, _ in judged)
        deciding = next((one for found, one in judged if found is outcome), Measured(UNKNOWN))
        mend = () if outcome is MET else mends_of(need, measure, deciding, bound)
        also = tuple(
            Reason.of(f"group.{found}", group=one.group)
            for found, one in judged
            if one.group and found is not MET and one.group != ANOTHER
        )
        return Finding(
            rule="",
            outcome=outcome,
            need=need,
            unit=unit,
            found=deciding.found if judged else None,
            bound=value,
            bound_range=bound if need.against is not None else None,
            since=since,
            group=deciding.group,
            evidence=(*why, *deciding.evidence, *also),
            mend=mend,
        )


def unit_of(call: Call, measure: Measure) -> str:
    """The unit of a measure: count, share, money, or that of the fact."""
    if measure.head == "fact":
        statement = call.declared.statements.get(measure.what)
        return statement.unit if statement else vocabulary.FACTS[measure.what]
    return {"count": "count", "share": "share", "amount": "money"}[measure.head]


def _evidence(finding: Finding) -> tuple[Reason, ...]:
    """The evidence of a finding and of all its parts, each told once."""
    inner = (reason for part in finding.parts for reason in _evidence(part))
    return tuple(dict.fromkeys((*finding.evidence, *inner)))


def _mends(finding: Finding) -> tuple[Mend, ...]:
    """What would turn a finding: its own mends, or those of its parts that are not met.

    Under `not` there are none: what would meet the part would break the whole.
    """
    if finding.outcome is MET or finding.operator == "not":
        return ()
    inner = (mend for part in finding.parts for mend in _mends(part))
    return tuple(dict.fromkeys((*finding.mend, *inner)))


def _excepted(judging: _Judging, base: Finding, exceptions: Sequence[LabelledException]) -> Finding:
    """The finding under the labelled exception in force, if one is; two in force at once are an error, not an order."""
    told = [(one, judging.need(one.when).outcome) for one in exceptions]
    in_force = [one for one, outcome in told if outcome is MET]
    unsure = [one for one, outcome in told if outcome is OPEN]
    if len(in_force) > 1:
        labels = ", ".join(one.id for one in in_force)
        return replace(base, outcome=OPEN, evidence=(Reason.of("exceptions.collide", names=labels),), mend=())
    under = {one.id: _under(judging, base, one) for one in (*in_force, *unsure)}
    found = under[in_force[0].id] if in_force else base
    others = [under[one.id].outcome for one in unsure]
    if any(outcome is not found.outcome for outcome in others):
        labels = ", ".join(one.id for one in unsure)
        return replace(found, outcome=OPEN, evidence=(*found.evidence, Reason.of("exception.open", names=labels)))
    return found


def _under(judging: _Judging, base: Finding, exception: LabelledException) -> Finding:
    if exception.needs is None:
        excused = (Reason.of("exception.excuses", name=exception.id),)
        return replace(base, outcome=MET, exception=exception.id, evidence=excused, mend=())
    return replace(judging.need(exception.needs), exception=exception.id)


def _judge_rule(call: Call, situation: Situation, rule: Rule) -> Finding:
    if rule.over == "changes" and situation.changes and not _counts(rule.needs):
        each = [_judge_once(call, replace(situation, changes=(change,)), rule) for change in situation.changes]
        return min(each, key=lambda found: _BAD.index(found.outcome))
    found = _judge_once(call, situation, rule)
    if rule.over == "changes" and situation.changes == () and any(one.of == "line" for one in rule.needs.measures()):
        # There is no line to take a share of, and each of no changes keeps within any share.
        return replace(found, outcome=MET, evidence=(Reason.of("changes.none"),), mend=(), parts=(), waiver="")
    return found


_BAD = (NOT_MET, OPEN, WAIVED, MET)


def _counts(need: Need) -> bool:
    """Whether a condition counts changes, and so must see all of them at once."""
    return any(measure.head == "count" for measure in need.measures())


def _judge_once(call: Call, situation: Situation, rule: Rule) -> Finding:
    matching = Matching(call, situation)
    judging = _Judging(matching, Measuring(matching, rule.over))
    found = judging.need(rule.needs)
    if own := [one for one in call.exceptions if one.to == rule.id]:
        found = _excepted(judging, found, own)
    if rule.when is not None:
        applies = judging.need(rule.when).outcome
        if applies is NOT_MET:
            found = replace(found, outcome=MET, evidence=(Reason.of("rule.does-not-apply"),), mend=(), parts=())
        elif applies is OPEN and found.outcome is NOT_MET:
            found = replace(found, outcome=OPEN, evidence=(Reason.of("rule.may-apply"), *_evidence(found)))
    waiver = next((one for one in situation.waivers if one.rule == rule.id and one.reason.strip()), None)
    outcome = found.outcome
    if waiver is not None and rule.waivable and outcome is not MET:
        outcome = WAIVED
    days = call.parameter(rule.curable).on(matching.day) if rule.curable else None
    return replace(
        found,
        rule=rule.id,
        outcome=outcome,
        source=rule.source,
        layer=rule.layer,
        severity=rule.severity,
        curable=bool(rule.curable),
        cure_days=int(days.value) if days is not None and isinstance(days.value, Decimal) else None,
        waiver=waiver.reason if waiver is not None and outcome is WAIVED else "",
        evidence=_evidence(found),
        mend=_mends(replace(found, outcome=outcome)) if outcome is not WAIVED else (),
    )


def _judge_partition(call: Call, situation: Situation, partition: Partition) -> Finding:
    """Judge that the awards keep within each part of the money; of a movable partition, within the whole."""
    matching = Matching(call, situation)
    measuring = Measuring(matching, "awards")
    whole = call.parameter(partition.of).on(matching.day)
    parts = []
    for portion in partition.parts:
        size = call.parameter(portion.amount)
        dated = size.on(matching.day)
        bound = UNKNOWN if dated is None or isinstance(dated.value, date) else Range.exactly(dated.value)
        if size.unit == "share" and bound.low is not None:
            known = whole is not None and isinstance(whole.value, Decimal)
            bound = Range.exactly(bound.low * whole.value) if known and whole is not None else UNKNOWN  # type: ignore[operator]  # known says it
        measure = Measure("amount", "grant", where=portion.where)
        need = Need("at_most", measure, parameter=portion.amount)
        parts.append(_portion(measuring, need, measure, bound, portion.id))
    outcome = all_of(part.outcome for part in parts)
    need = Need("all", parts=tuple(part.need for part in parts))
    if partition.movable and outcome is not MET:
        everything = Measure("amount", "grant")
        total = Range.exactly(whole.value) if whole is not None and isinstance(whole.value, Decimal) else UNKNOWN
        part = _portion(measuring, Need("at_most", everything, parameter=partition.of), everything, total, "")
        outcome, parts = part.outcome, [part]
    return Finding(partition.id, outcome, need, source=partition.source, parts=tuple(parts))


def _portion(measuring: Measuring, need: Need, measure: Measure, bound: Range, group: str) -> Finding:
    found = measuring.measure(measure)[0].found
    return Finding("", compare(found, "at_most", bound), need, "money", found, bound.low, group=group)


def topics(need: Need) -> frozenset[str]:
    """What a condition speaks of: the constellation, the application, or the whole set of applications."""
    found = set()
    for leaf in need.leaves():
        if leaf.operator in ("document", "states", "in_time", "ranked", "strand", "every_application"):
            found.add("application")
        elif leaf.measure is None:
            found.add("constellation")
    for measure in need.measures():
        partners = vocabulary.COLLECTION_OF_QUANTITY.get(measure.what) == "partner"
        counted = vocabulary.NOUNS[measure.what].over if measure.head == "count" else ""
        found.add(counted or ("constellation" if measure.head == "share" and partners else "application"))
    if any(_looks_back(one) for one in need.filters()):
        found.add("application")
    return frozenset(found)


def _looks_back(one: Filter) -> bool:
    own = any(ask.attribute in ("from_earlier", "has_earlier") for ask in one.asks)
    return own or any(_looks_back(part) for part in one.parts)


def concerns(rule: Rule, about: str) -> bool:
    """Whether a rule is about this: `constellation` for those that ask of nothing else, else `application`."""
    alone = topics(rule.needs) <= {"constellation"}
    return not about or (alone if about == "constellation" else not alone)


def judge(
    call: Call, situation: Situation, *, about: str = "", over: Iterable[str] = APPLICATION, awarded: bool = False
) -> Verdict:
    """Judge a situation under every rule of a call that is over one of `over` and belongs to its stage.

    `about` restricts the verdict to rules on the `constellation` alone, while one forms and there is no application
    yet, or to the others. `awarded` restricts it to the rules that go on holding after the award, for a project in
    which an actor is replaced. What the situation does not say is unknown, and the rule that needs it is open. A
    composed rule's mends are those of its parts that are not met or open.

    Raises:
        KeyError: never for a call that `read` has accepted.
    """
    wanted = tuple(over)
    findings = [
        _judge_rule(call, situation, rule)
        for rule in call.rules
        if rule.over in wanted
        and concerns(rule, about)
        and (rule.after_award or not awarded)
        and (not rule.stages or not situation.stage or situation.stage in rule.stages)
    ]
    if "awards" in wanted:
        findings += [_judge_partition(call, situation, one) for one in call.partitions]
    if "assessment" in wanted and situation.grades is not None:
        findings += graded(call, situation.grades, on=Matching(call, situation).day)
    weighing = (MET if f.outcome is WAIVED else f.outcome for f in findings if f.severity == "must")
    return Verdict(outcome=all_of(weighing), findings=tuple(findings))
