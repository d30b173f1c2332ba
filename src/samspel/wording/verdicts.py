"""Verdicts in words: for each rule its heading and condition, what was found, what was needed, why, and the mend."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from samspel.engine.calls.conditions import Measure
from samspel.engine.calls.judging.grading import LEAST_TOTAL
from samspel.engine.calls.text import Rule, said
from samspel.engine.verdicts import Outcome, Reason
from samspel.wording.filters import MAIN, ONE, SEVERAL, asks_priority, people
from samspel.wording.measures import compared, noun, whole_of
from samspel.wording.mends import Mending
from samspel.wording.needs import Reading
from samspel.wording.rules import capital, layer_words
from samspel.wording.say import Names, say, term
from samspel.wording.voice import Voice, voice

if TYPE_CHECKING:
    from samspel.engine.calls.findings import Finding, Verdict
    from samspel.engine.calls.text import Call, Partition

NOT_ABOVE = frozenset({"at_most", "equals"})
"""Comparisons that with a bound of nought ask for none."""
_DOES_NOT_APPLY = Reason.of("rule.does-not-apply")
_LABELS = ("exceptions.collide", "exception.open", "exception.excuses")


@dataclass(frozen=True, slots=True)
class ToldFinding:
    """One rule's finding as text. `outcome` stays the code, for shapes and tests; `word` is what is read.

    `text` is the heading and `formal` the words made from the condition; `needed` is its bound as it was held to,
    `since` when that bound began to hold, `group` the group that decided. `cure`, `exception` and `waiver` are empty
    where there is none.
    """

    rule: str
    outcome: str
    word: str
    text: str
    formal: str
    found: str
    needed: str
    evidence: tuple[str, ...]
    mend: tuple[str, ...]
    source: str
    layer: str
    since: str
    group: str
    severity: str
    cure: str
    exception: str
    waiver: str


@dataclass(frozen=True, slots=True)
class ToldVerdict:
    """A verdict as text: its outcome, a sentence or two that sum it up, and each finding."""

    outcome: str
    word: str
    summary: str
    findings: tuple[ToldFinding, ...]


def leaves(finding: Finding) -> Iterator[Finding]:
    """A finding's parts that ask something themselves, in order."""
    if finding.parts:
        for part in finding.parts:
            yield from leaves(part)
    else:
        yield finding


def held(finding: Finding) -> Mapping[str, Decimal | date]:
    """The numbers that a finding was reached with, by parameter."""
    return {one.need.parameter: one.bound for one in leaves(finding) if one.need.parameter and one.bound is not None}


def of_words(spoken: Voice, measure: Measure, n: Decimal | None, over: str) -> str:
    """What stands after the number: what is counted, or what the share is of."""
    if measure.head == "count":
        what = noun(spoken, measure, ONE if n == 1 else SEVERAL, over)
        if measure.what == "regions-without":
            code = "lacking.priority" if asks_priority(measure.where) else "lacking.who"
            what = spoken.fill(code, what=what, who=people(spoken, measure.where, SEVERAL))
        return f" {what}"
    if measure.head == "share" and measure.of:
        bare = Measure("share", measure.what, of=measure.of)
        return f" {spoken.fill('list.of')} {whole_of(spoken, bare, over)}"
    return ""


def _found(spoken: Voice, finding: Finding, over: str) -> str:
    """What was found: the numbers of the conditions that have one, else whether they hold."""
    if _DOES_NOT_APPLY in finding.evidence:
        return spoken.fill("found.does-not-apply")
    numbers = [
        _of_part(spoken, finding, one, _found_number(spoken, one, over))
        for one in leaves(finding)
        if one.need.measure is not None
    ]
    return "; ".join(dict.fromkeys(numbers)) or spoken.fill(f"found.{finding.outcome}")


def _of_part(spoken: Voice, finding: Finding, leaf: Finding, text: str) -> str:
    """A number of one part of the money, with the part's name before it."""
    partition = next((one for one in spoken.call.partitions if one.id == finding.rule), None)
    named = [said(part.text, spoken.language) for part in partition.parts if part.id == leaf.group] if partition else []
    return spoken.fill("of-part", part=named[0], what=text) if named else text


def _found_number(spoken: Voice, finding: Finding, over: str) -> str:
    low, high = (finding.found.low, finding.found.high) if finding.found else (None, None)
    known = low if high is None else high
    if known is None or finding.need.measure is None:
        return spoken.fill("found.unknown")
    of = of_words(spoken, finding.need.measure, known, over)
    values = {name: spoken.value(finding.unit, n) for name, n in (("low", low), ("high", high)) if n is not None}
    if low is None or high is None:
        return spoken.fill("found.from" if high is None else "found.to", **values, of=of)
    return spoken.fill("found.exact" if low == high else "found.range", **values, of=of)


def needed(spoken: Voice, finding: Finding, over: str) -> str:
    """The bound as it was held to, with what it is counted in or a share of; a condition without one as it is."""
    if finding.parts and finding.operator != "not":
        joint = "and" if finding.operator == "all" else "or"
        parts = (_of_part(spoken, finding, part, needed(spoken, part, over)) for part in finding.parts)
        return _together(spoken, finding, over) or spoken.listing(parts, joint)
    need, measure = finding.need, finding.need.measure
    if measure is None or finding.operator == "not":
        return Reading(spoken, over, clause=True).words(need)
    if need.against is not None:
        return _needed_against(spoken, finding, measure, over)
    if finding.bound is None and not need.parameter:
        return spoken.fill("needed.nothing")
    bound, unit = finding.bound, finding.unit
    of = of_words(spoken, measure, _number(bound), over)
    if unit == "count" and bound == 0 and need.operator in NOT_ABOVE:
        return spoken.fill("count.none", what=of.strip(), main=MAIN)
    value = spoken.fill(f"unstated.{unit}") if bound is None else spoken.value(unit, bound)
    return compared(spoken, need.operator, unit, value) + of


def _needed_against(spoken: Voice, finding: Finding, measure: Measure, over: str) -> str:
    """What another number of the situation came to; where that is not known, the condition as it is."""
    against = finding.bound_range
    if against is None or against.low is None or not against.is_exact:
        return Reading(spoken, over, clause=True).words(finding.need)
    value = spoken.value(finding.unit, against.low)
    return compared(spoken, finding.operator, finding.unit, value) + of_words(spoken, measure, against.low, over)


def _together(spoken: Voice, finding: Finding, over: str) -> str:
    """The bounds of one measure that several comparisons hold, told at once; empty where there is no such thing."""
    measure = finding.parts[0].need.measure
    alike = len(finding.parts) > 1 and all(
        part.need.measure == measure and part.bound is not None for part in finding.parts
    )
    if measure is None or not alike:
        return ""
    bounds = [
        compared(spoken, part.need.operator, part.unit, spoken.value(part.unit, part.bound))
        for part in finding.parts
        if part.bound is not None
    ]
    joint = "and" if finding.operator == "all" else "or"
    return spoken.listing(bounds, joint) + of_words(spoken, measure, _number(finding.parts[-1].bound), over)


def _number(bound: Decimal | date | None) -> Decimal | None:
    return bound if isinstance(bound, Decimal) else None


# -- why


def _told(spoken: Voice, finding: Finding, reason: Reason) -> str:
    """One reason, with exceptions, groups and moments as people name them."""
    values = dict(reason.values)
    if reason.code in _LABELS:
        key = "name" if "name" in values else "names"
        labels = {one.id: spoken.quoted(said(one.text, spoken.language)) for one in spoken.call.exceptions}
        values[key] = spoken.listing(labels.get(one, one) for one in str(values[key]).split(", "))
    elif reason.code.startswith("group."):
        values["group"] = _group(spoken, finding, str(values["group"]))
    elif reason.code == "moment.given":
        values["moment"] = spoken.moment(datetime.fromisoformat(str(values["moment"])))
    elif reason.code == "cofunding.from":
        values["funder"] = values["funder"] or spoken.fill("funder.unnamed")
    elif reason.code.startswith("region."):
        values["region"] = str(values["region"])
        values = {name: value or spoken.fill("region.some-priority") for name, value in values.items()}
        names = {**spoken.names, **_areas(spoken)}
        return say(replace(reason, values=tuple(values.items())), spoken.language, names, spoken.currency)
    elif reason.code == "theme.chosen":
        themes = spoken.call.declared.of("terms.theme")
        names = {**spoken.names, **{one: said(entry.text, spoken.language) for one, entry in themes.items()}}
        return say(reason, spoken.language, names, spoken.currency)
    return say(replace(reason, values=tuple(values.items())), spoken.language, spoken.names, spoken.currency)


def _areas(spoken: Voice) -> Names:
    return {one: said(area.text, spoken.language) for one, area in spoken.call.declared.of("areas").items()}


def _group(spoken: Voice, finding: Finding, group: str) -> str:
    """A group by name, as the first of the finding's measures that has groups tells them apart."""
    per = next((measure.per for measure in finding.need.measures() if measure.per), "")
    return spoken.group(per, group) if per else group


# -- headings


def _partition_words(spoken: Voice, partition: Partition) -> str:
    """The parts of a partition with their sizes."""
    parts = (
        f"{said(part.text, spoken.language)}: {compared(spoken, 'at_most', 'money', spoken.bound(part.amount)[0])}"
        for part in partition.parts
    )
    return "; ".join(parts)


def _headings(spoken: Voice, finding: Finding, rule: Rule | None, formal: str) -> tuple[str, str]:
    """A finding's heading and its formal words: of a rule, a partition, a criterion or the least total."""
    call, language = spoken.call, spoken.language
    if rule is not None:
        return said(rule.text, language) or formal, formal
    if finding.rule == LEAST_TOTAL:
        return spoken.fill("heading.least-total"), capital(needed(spoken, finding, ""))
    for partition in call.partitions:
        if partition.id == finding.rule:
            return said(partition.text, language), _partition_words(spoken, partition)
    for criterion in call.criteria:
        if criterion.id == finding.rule:
            least = spoken.fill("heading.least", grade=criterion.least) if criterion.least else ""
            return said(criterion.text, language), least
    return finding.rule, formal


def _cure(spoken: Voice, finding: Finding, rule: Rule | None) -> str:
    if finding.outcome not in (Outcome.NOT_MET, Outcome.OPEN) or finding.severity != "must" or rule is None:
        return ""
    if finding.curable and finding.cure_days is not None:
        return spoken.fill("rule.curable", days=spoken.value("days", Decimal(finding.cure_days)))
    if finding.curable:
        return spoken.fill("rule.curable.unstated")
    return spoken.fill("rule.fatal") if rule.part == "admissibility" else ""


def _exception(spoken: Voice, finding: Finding) -> str:
    found = next((one.text for one in spoken.call.exceptions if one.id == finding.exception), None)
    return said(found, spoken.language) if found else finding.exception


def _word(spoken: Voice, finding: Finding) -> str:
    group = "hint" if finding.severity == "should" else "outcome"
    return term(group, finding.outcome, spoken.language)


def tell_finding(finding: Finding, call: Call, language: str, names: Names | None = None) -> ToldFinding:
    """Put one rule's finding into words."""
    spoken = replace(voice(call, language, names), held=held(finding))
    rule = next((one for one in call.rules if one.id == finding.rule), None)
    over = rule.over if rule is not None else "awards"
    known = rule is not None or any(one.id == finding.rule for one in call.partitions)
    formal = capital(Reading(spoken, over).words(finding.need)) if known else ""
    text, formal = _headings(spoken, finding, rule, formal)
    mending = Mending(spoken, finding, over)
    return ToldFinding(
        rule=finding.rule,
        outcome=finding.outcome,
        word=_word(spoken, finding),
        text=text,
        formal=formal,
        found=_found(spoken, finding, over),
        needed=needed(spoken, finding, over),
        evidence=tuple(dict.fromkeys(_told(spoken, finding, reason) for reason in finding.evidence)),
        mend=tuple(dict.fromkeys(mending.words(mend) for mend in finding.mend)),
        source=finding.source,
        layer=layer_words(call, finding.layer, language),
        since=spoken.day(finding.since) if finding.since else "",
        group=_group(spoken, finding, finding.group) if finding.group else "",
        severity=finding.severity,
        cure=_cure(spoken, finding, rule),
        exception=_exception(spoken, finding) if finding.exception else "",
        waiver=finding.waiver,
    )


def _summary(spoken: Voice, verdict: Verdict) -> str:
    """What the requirements come to; waived ones and recommendations that are not followed are told apart."""
    weighing = [one.outcome for one in verdict.findings if one.severity == "must"]
    hints = sum(one.severity == "should" and one.outcome is Outcome.NOT_MET for one in verdict.findings)
    waived = weighing.count(Outcome.WAIVED)
    counts = {"met": Outcome.MET, "failed": Outcome.NOT_MET, "open": Outcome.OPEN}
    values = {name: weighing.count(outcome) for name, outcome in counts.items()}
    code = f"verdict.{verdict.outcome}" if weighing else "verdict.nothing"
    told = bool(waived) and verdict.outcome is Outcome.MET
    sentences = [spoken.fill("verdict.met.waived" if told else code, of=len(weighing), waived=waived, **values)]
    if waived and not told:
        sentences.append(spoken.fill("verdict.waivers", waived=waived))
    if hints:
        sentences.append(spoken.fill("verdict.hints", hints=hints))
    return " ".join(sentences)


def tell(verdict: Verdict, call: Call, language: str, names: Names | None = None) -> ToldVerdict:
    """Put a verdict under a call into words. `names` are of the regions, themes and organisations it speaks of."""
    findings = tuple(tell_finding(finding, call, language, names) for finding in verdict.findings)
    summary = _summary(voice(call, language, names), verdict)
    return ToldVerdict(verdict.outcome, term("outcome", verdict.outcome, language), summary, findings)
