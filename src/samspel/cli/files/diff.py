"""`samspel diff`: what differs between two editions of a call, and which cases and applications it would turn."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from samspel.cli.files.answering import Answer, Code, answering
from samspel.cli.files.differing import Differing
from samspel.cli.files.folders import FOLDER, Opened, open_call
from samspel.cli.files.judge import spoken_of
from samspel.cli.files.situations import situations
from samspel.engine.calls.cases import Case
from samspel.engine.calls.diff import Diff, Item, Live, Turned
from samspel.engine.calls.diff import diff as told_apart
from samspel.engine.located import NotReadableError, Problem

EPILOG = """\b
Exit codes: 0 nothing turns, whatever else differs · 1 a case or a situation turns · 2 something cannot be read.

\b
Judged under both editions are the cases of NEW, those of OLD that NEW has no more, and the situations: a file in
TOML or JSON, a .jsonl file with one situation a line ("name" says what to call it), or - for standard input.

\b
JSON: {"old": {"call", "digest"}, "new": as old, "turns",
 "items": [{"section", "id", "how", "changes": [{"what", "name", "old", "new"}]}],
 "cases": [{"name", "old", "new", "turns": [{"rule", "old", "new"}]}], "situations": as cases}
or {"problems": [{"file", "line", "key", "code", "expected", "found"}]}
how: added removed changed reordered. In items, old and new are words in --language; what: entry (the whole),
order, parameter (a number that the rule uses; name says which), or the key that differs. In cases and situations
they are outcomes; null where the rule is not in that edition. turns: whether a case or situation does.
"""


@click.command(epilog=EPILOG)
@click.argument("old", type=FOLDER)
@click.argument("new", type=FOLDER)
@click.option("--situations", "given", metavar="FILE", multiple=True, help="Constellations or applications there are.")
@answering
def diff(answer: Answer, *, old: Path, new: Path, given: tuple[str, ...]) -> Code:
    """Tell the calls in OLD and NEW apart: rules, numbers and all else that differs, and what would turn."""
    before, after = open_call(old), open_call(new)
    found = told_apart(before.call, after.call, cases=_cases(before, after), situations=_lives(before, after, given))
    differing = Differing(before.call, after.call, answer.language)
    turns = bool(found.cases or found.situations)
    if answer.as_json:
        answer.give(_data(before, after, found, differing))
    else:
        for line in _lines(answer, before, after, found, differing):
            answer.line(line)
    return Code.NO if turns else Code.FINE


def _cases(before: Opened, after: Opened) -> list[Case]:
    kept = after.cases()
    names = {case.name for case in kept}
    return [*kept, *(case for case in before.cases() if case.name not in names)]


def _lives(before: Opened, after: Opened, given: tuple[str, ...]) -> list[Live]:
    lives: list[Live] = []
    problems: list[Problem] = []
    for one in given:
        for handed in situations((before.call, after.call), one):
            if handed.situation is not None:
                lives.append(Live(handed.name, handed.situation, over=spoken_of(handed.situation)))
            elif handed.error is not None:
                problems += handed.error.problems
    if problems:
        raise NotReadableError(tuple(problems))
    return lives


def _lines(answer: Answer, before: Opened, after: Opened, found: Diff, differing: Differing) -> Iterator[str]:
    yield answer.say("diff.editions", old=before.digest, new=after.digest)
    if not found:
        yield answer.say("diff.nothing")
    for item in found.items:
        yield from _item(answer, item, differing)
    for kind, turned in (("cases", found.cases), ("situations", found.situations)):
        if turned:
            yield answer.say(f"diff.{kind}", number=len(turned))
        for one in turned:
            yield from _turned(answer, one)


def _item(answer: Answer, item: Item, differing: Differing) -> Iterator[str]:
    name = f"{item.section}.{item.id}" if item.id else item.section
    yield answer.say(f"diff.{item.how}", name=name)
    for one in differing.changes(item):
        what = one["name"] or one["what"]
        if one["what"] == "entry":
            yield f"    {one['new'] or one['old']}"
        else:
            yield "    " + answer.say("diff.change", what=what, old=one["old"] or "–", new=one["new"] or "–")


def _turned(answer: Answer, one: Turned) -> Iterator[str]:
    nothing = answer.say("diff.no-such-rule")
    yield "  " + answer.say("diff.turned", name=one.name, old=one.old, new=one.new)
    for turn in one.turns:
        yield "    " + answer.say("diff.change", what=turn.rule, old=turn.old or nothing, new=turn.new or nothing)


def _data(before: Opened, after: Opened, found: Diff, differing: Differing) -> dict[str, Any]:
    return {
        "old": {"call": before.call.id, "digest": before.digest},
        "new": {"call": after.call.id, "digest": after.digest},
        "turns": bool(found.cases or found.situations),
        "items": [
            {"section": item.section, "id": item.id, "how": item.how, "changes": differing.changes(item)}
            for item in found.items
        ],
        "cases": [_turned_data(one) for one in found.cases],
        "situations": [_turned_data(one) for one in found.situations],
    }


def _turned_data(one: Turned) -> dict[str, Any]:
    turns = [{"rule": turn.rule, "old": turn.old, "new": turn.new} for turn in one.turns]
    return {"name": one.name, "old": one.old, "new": one.new, "turns": turns}
