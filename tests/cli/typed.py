"""Commands as they are typed, carried out in this process on the test's database."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from click.testing import CliRunner

from samspel.cli import main

if TYPE_CHECKING:
    from click.testing import Result


def samspel(line: str, *more: str) -> Result:
    """Carry out `samspel` with this line of arguments, and `more` that hold spaces and the like."""
    return CliRunner().invoke(main, [*shlex.split(line), *more], catch_exceptions=False)


def done(line: str, *more: str) -> list[str]:
    """Carry it out, see that it went well, and give the lines that it printed."""
    result = samspel(line, *more)
    assert result.exit_code == 0, result.output
    return result.stdout.splitlines()


def stopped(code: int, line: str, *more: str) -> str:
    """Carry it out, see that it ended with this exit code, and give what it said of that."""
    result = samspel(line, *more)
    assert (result.exit_code, result.stdout) == (code, ""), result.output
    return result.stderr
