"""What counting and simulating share: why something cannot be counted, in words or as JSON, and the exit code of it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from samspel.cli.files.answering import Answer, Code
from samspel.engine.simulation.pooling import SimulationError
from samspel.wording import say


@contextmanager
def refusing(answer: Answer) -> Iterator[None]:
    """Tell why the simulator cannot answer, and end with the code of what cannot be read."""
    try:
        yield
    except SimulationError as error:
        text = say(error.reason, answer.language)
        if answer.as_json:
            answer.give({"refused": {"code": error.reason.code, "text": text}})
        else:
            answer.line(text, err=True)
        sys.exit(Code.UNREADABLE)
