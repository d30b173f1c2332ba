"""Calls as code: the text of a call is read, checked, judged and explained from one dated, sourced file.

A program needs four lines to judge a constellation, and neither a site nor a database:

    from pathlib import Path
    from samspel.engine.calls import judge, read, read_situation
    call = read({file.name: file.read_text("utf-8") for file in Path("calls/kluster-2016").glob("*.toml")})
    print(judge(call, read_situation('partners = [{ kind = "rdi-platform", region = "SE123" }]', call)).outcome)

A situation is written as in `cases.toml`: what is left out is unknown. It may also be JSON, told by the name it is
read under (`read_situation(text, call, name="mine.json")`). What cannot be read raises `NotReadableError`, whose
`problems` say every place; `samspel.wording.tell` puts a verdict into words.
"""

from samspel.engine.calls.findings import Finding, Mend, Verdict
from samspel.engine.calls.judging.judge import judge
from samspel.engine.calls.reading.call import read
from samspel.engine.calls.reading.situations import read_situation
from samspel.engine.calls.situation import Situation
from samspel.engine.calls.text import Call
from samspel.engine.located import NotReadableError, Problem
from samspel.engine.verdicts import Outcome, Reason

__all__ = [
    "Call",
    "Finding",
    "Mend",
    "NotReadableError",
    "Outcome",
    "Problem",
    "Reason",
    "Situation",
    "Verdict",
    "judge",
    "read",
    "read_situation",
]
