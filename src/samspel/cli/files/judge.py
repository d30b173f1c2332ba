"""`samspel judge`: what a call's rules make of a situation, rule by rule, with what would mend it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from samspel.cli.files.answering import Answer, Code, answering, worst
from samspel.cli.files.folders import FOLDER, REGISTER, Opened, names_in, open_call, open_register
from samspel.cli.files.situations import Handed, situations
from samspel.engine.calls import vocabulary
from samspel.engine.calls.findings import Finding, Verdict
from samspel.engine.calls.judging.judge import judge as judged
from samspel.engine.calls.situation import Situation
from samspel.engine.values import UNKNOWN
from samspel.engine.verdicts import Outcome
from samspel.wording import Names, ToldFinding, tell

EPILOG = """\b
A SITUATION is a file in TOML or JSON, a .jsonl file with one situation a line, or - for such lines on standard
input. What is left out is unknown, never false; an empty list is none. Keys are those of cases.toml; on a line,
"name" may say what to call it.

\b
Exit codes: 0 met · 1 not met · 2 something cannot be read · 3 open: no rule is broken, but something is not known.
Of several situations the worst counts: 2, then 1, then 3.

\b
JSON, one object a line for each situation:
{"call", "digest", "situation", "file", "line", "outcome", "summary",
 "findings": [{"rule", "outcome", "word", "severity", "heading", "formal", "found", "needed", "unit", "low", "high",
               "bound", "parts": [PART], "since", "group", "evidence": [], "mend": [], "source", "layer", "curable",
               "cure_days", "cure", "exception", "waiver"}]}
PART: {"outcome", "operator", "parameter", "unit", "low", "high", "bound", "parts": [PART]}, for rules of several
or {"situation", "file", "line", "problems": [{"file", "line", "key", "code", "expected", "found"}]}.
outcome: met not-met open waived. low and high: what was found, between these (null: not known). line: 0 for a whole
file. Texts are in --language; every other value is the same in both.
"""
CODES = {Outcome.MET: Code.FINE, Outcome.WAIVED: Code.FINE, Outcome.NOT_MET: Code.NO, Outcome.OPEN: Code.OPEN}

_SET = ("applications", "awards", "reserve")
_OF_THE_SET = {"applications", "assessors", "opinions", "changes", "grades"}
_BESIDE = {"on", "stage", "waivers"}


@click.command(epilog=EPILOG)
@click.argument("folder", type=FOLDER)
@click.argument("given", metavar="[SITUATION]...", nargs=-1)
@click.option("--case", "chosen", metavar="NAME", multiple=True, help="Judge the case of this name in cases.toml.")
@click.option("--on", "day", metavar="DATE", type=click.DateTime(["%Y-%m-%d"]), help="Judge as of this day.")
@click.option("--stage", metavar="ID", help="Judge by the rules of this stage.")
@click.option("--awarded", is_flag=True, help="Only the rules that go on holding after the award.")
@click.option("--over", type=click.Choice(vocabulary.OVER), multiple=True, help="Left out: all that is spoken of.")
@REGISTER
@answering
def judge(
    answer: Answer,
    *,
    folder: Path,
    given: tuple[str, ...],
    chosen: tuple[str, ...],
    day: datetime | None,
    stage: str | None,
    awarded: bool,
    over: tuple[str, ...],
    register: Path | None,
) -> Code:
    """Judge each SITUATION under the call in FOLDER: each rule, what was found and needed, and what would mend it."""
    if not given and not chosen:
        raise click.UsageError("give a SITUATION or a --case")
    opened = open_call(folder)
    stages = [one.id for one in opened.call.stages]
    if stage and stage not in stages:
        raise click.BadParameter(f"expected one of: {' '.join(stages)}", param_hint="--stage")
    names = names_in(open_register(register) if register else None, answer.language)
    codes = []
    for number, one in enumerate(_all(opened, given, chosen)):
        if one.situation is None:
            codes.append(_unreadable(answer, one))
            continue
        situation = _as_asked(one.situation, day.date() if day else None, stage)
        verdict = judged(opened.call, situation, over=over or spoken_of(situation), awarded=awarded)
        codes.append(CODES[verdict.outcome])
        if not answer.as_json and number:
            answer.line()
        _tell(answer, opened, one, verdict, names)
    return worst(codes)


def _all(opened: Opened, given: tuple[str, ...], chosen: tuple[str, ...]) -> Iterator[Handed]:
    known = {one.name: one.given for one in opened.cases()} if chosen else {}
    for name in chosen:
        if name not in known:
            raise click.BadParameter(f"expected one of: {'; '.join(known)}", param_hint="--case")
        yield Handed(name, f"{opened.folder}/cases.toml", situation=known[name])
    for one in given:
        yield from situations((opened.call,), one)


def _as_asked(situation: Situation, day: date | None, stage: str | None) -> Situation:
    return replace(situation, on=day or situation.on, stage=stage or situation.stage)


def spoken_of(situation: Situation) -> tuple[str, ...]:
    """What a situation can be judged over: the application, unless it speaks only of the set, the grades or changes.

    >>> spoken_of(Situation(applications=()))
    ('applications', 'awards', 'reserve')
    """
    nothing = Situation()
    said = {key for key in Situation.__slots__ if getattr(situation, key) != getattr(nothing, key)} - _BESIDE
    over = [] if said and said <= _OF_THE_SET else ["application"]
    over += _SET if "applications" in said else ()
    over += ["assessment"] if said & {"assessors", "opinions", "grades"} else []
    over += ["changes"] if "changes" in said else []
    return tuple(over)


def _unreadable(answer: Answer, one: Handed) -> Code:
    problems = one.error.problems if one.error else ()
    if answer.as_json:
        where = {"situation": one.name, "file": one.file, "line": one.line}
        answer.give({**where, "problems": answer.as_data(problems)})
    else:
        answer.problems(problems)
    return Code.UNREADABLE


def _tell(answer: Answer, opened: Opened, one: Handed, verdict: Verdict, names: Names) -> None:
    told = tell(verdict, opened.call, answer.language, names)
    if answer.as_json:
        findings = [_data(raw, words) for raw, words in zip(verdict.findings, told.findings, strict=True)]
        head = {
            "call": opened.call.id,
            "digest": opened.digest,
            "situation": one.name,
            "file": one.file,
            "line": one.line,
        }
        answer.give({**head, "outcome": verdict.outcome, "summary": told.summary, "findings": findings})
        return
    answer.line(f"{one.name}: {told.summary}")
    for severity in vocabulary.SEVERITIES:
        apart = [words for words in told.findings if words.severity == severity]
        if apart and severity == "should":
            answer.line(answer.say("judge.should"))
        for words in apart:
            for line in _lines(answer, words):
                answer.line(line)


def _lines(answer: Answer, words: ToldFinding) -> Iterator[str]:
    yield answer.say("judge.rule", word=words.word, rule=words.rule, heading=words.text)
    if words.formal and words.formal != words.text:
        yield f"    {words.formal}"
    group = answer.say("judge.group", group=words.group) if words.group else ""
    yield "    " + answer.say("judge.found", group=group, found=words.found, needed=words.needed)
    yield from (f"    {sentence}" for sentence in words.evidence)
    yield from (f"    → {sentence}" for sentence in words.mend)
    yield from (f"    {sentence}" for sentence in (words.cure, words.exception, words.waiver) if sentence)
    yield f"    [{words.source}]"


def _data(raw: Finding, words: ToldFinding) -> dict[str, Any]:
    found = raw.found or UNKNOWN
    return {
        "rule": raw.rule,
        "outcome": raw.outcome,
        "word": words.word,
        "severity": raw.severity,
        "heading": words.text,
        "formal": words.formal,
        "found": words.found,
        "needed": words.needed,
        "unit": raw.unit,
        "low": found.low,
        "high": found.high,
        "bound": raw.bound,
        "parts": [_part(one) for one in raw.parts],
        "since": raw.since,
        "group": raw.group,
        "evidence": list(words.evidence),
        "mend": list(words.mend),
        "source": raw.source,
        "layer": raw.layer,
        "curable": raw.curable,
        "cure_days": raw.cure_days,
        "cure": words.cure,
        "exception": words.exception,
        "waiver": raw.waiver,
    }


def _part(raw: Finding) -> dict[str, Any]:
    """A part of a composed rule, in numbers."""
    found = raw.found or UNKNOWN
    head = {"outcome": raw.outcome, "operator": raw.operator, "parameter": raw.need.parameter, "unit": raw.unit}
    return {
        **head,
        "low": found.low,
        "high": found.high,
        "bound": raw.bound,
        "parts": [_part(one) for one in raw.parts],
    }
