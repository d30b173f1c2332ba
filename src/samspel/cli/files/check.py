"""`samspel check`: whether a call can be read, whether its cases hold, and whether its rules can be met at all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from samspel.cli.files.answering import Answer, Code, answering, worst
from samspel.cli.files.folders import FOLDER, Opened, open_call
from samspel.cli.files.places import place_of
from samspel.engine.calls import cases, soundness
from samspel.engine.calls.cases import Miss
from samspel.engine.calls.edition import FILES
from samspel.engine.calls.soundness.oversights import Caution
from samspel.engine.located import NotReadableError

EPILOG = """\b
Exit codes: 0 everything holds (warnings may be told) · 1 a case differs, a rule is not tried by any case, or rules
contradict each other · 2 a file cannot be read. The worst of all folders counts.

\b
JSON: {"calls": [{"folder", "readable", "id", "digest", "rules", "cases",
  "problems": [{"file", "line", "key", "code", "expected", "found"}],
  "misses": [{"case", "rule", "expected", "found", "text"}],       (case "": no case shows it; then found is null)
  "contradictions": [{"code", "rules", "file", "line", "text"}],
  "warnings": [as contradictions]}]}
"""


@click.command(epilog=EPILOG)
@click.argument("folders", metavar="FOLDER...", type=FOLDER, nargs=-1, required=True)
@answering
def check(answer: Answer, *, folders: tuple[Path, ...]) -> Code:
    """Read the call in each FOLDER, run its cases, and say what is wrong or hardly meant, with file and line."""
    told = [_checked(answer, folder) for folder in folders]
    if answer.as_json:
        answer.give({"calls": [data for data, _ in told]})
    return worst(code for _, code in told)


def _checked(answer: Answer, folder: Path) -> tuple[dict[str, Any], Code]:
    """One call, checked: what there is to tell a program, and the exit code. A person is told at once."""
    data: dict[str, Any] = {"folder": str(folder), "readable": False, "id": "", "digest": "", "rules": 0, "cases": 0}
    data |= {"problems": [], "misses": [], "contradictions": [], "warnings": []}
    try:
        opened = open_call(folder, FILES)
        data |= {"id": opened.call.id, "digest": opened.digest, "rules": len(opened.call.rules)}
        situations = opened.cases()
    except NotReadableError as error:
        data["problems"] = answer.as_data(error.problems)
        if not answer.as_json:
            answer.problems(error.problems)
        return data, Code.UNREADABLE
    data |= {"readable": True, "cases": len(situations)}
    data["misses"] = [_miss(answer, miss) for miss in cases.run(opened.call, situations)]
    data["contradictions"] = [_caution(answer, opened, one) for one in soundness.contradictions(opened.call)]
    unplaced = soundness.uncited(opened.call, opened.texts["SOURCE.md"])
    doubts = (*soundness.undecidable(opened.call), *soundness.warnings(opened.call), *unplaced)
    data["warnings"] = [_caution(answer, opened, one) for one in doubts]
    if not answer.as_json:
        _tell(answer, data)
    return data, Code.NO if data["misses"] or data["contradictions"] else Code.FINE


def _miss(answer: Answer, miss: Miss) -> dict[str, Any]:
    if miss.found is None:
        text = answer.say("check.not-shown", rule=miss.rule, expected=miss.expected)
    else:
        text = answer.say("check.differs", case=miss.case, rule=miss.rule, expected=miss.expected, found=miss.found)
    return {"case": miss.case, "rule": miss.rule, "expected": miss.expected, "found": miss.found, "text": text}


def _caution(answer: Answer, opened: Opened, caution: Caution) -> dict[str, Any]:
    file, line = place_of(opened.texts, caution.place)
    text = answer.put(caution.reason, opened.call)
    return {"code": caution.reason.code, "rules": list(caution.rules), "file": file, "line": line, "text": text}


def _tell(answer: Answer, data: dict[str, Any]) -> None:
    folder = data["folder"]
    for miss in data["misses"]:
        answer.line(f"{folder}/cases.toml: {miss['text']}", err=True)
    for kind in ("contradictions", "warnings"):
        for one in data[kind]:
            answer.line(f"{folder}/{one['file']}:{one['line']}: {answer.say(f'check.{kind}')}: {one['text']}", err=True)
    wrong = data["misses"] or data["contradictions"]
    code = "check.wrong" if wrong else "check.fine"
    counted = {key: data[key] for key in ("id", "rules", "cases", "digest")}
    answer.line(answer.say(code, **counted), err=bool(wrong))
