"""`samspel bench`: Samspel measured beside named peers on the same work, one object a line."""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from samspel.bench.record import Record

BENCHMARKS = {name: f"samspel.bench.{name}" for name in ("selection", "counting", "judging", "pages")}
"""Each benchmark's name and module; the module's `run()` yields its measurements."""


def there() -> list[str]:
    """The benchmarks that this installation has."""
    return [name for name, module in BENCHMARKS.items() if find_spec(module)]


@click.command()
@click.argument("given", metavar="[NAME]...", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Print each measurement as one JSON object.")
def bench(*, given: tuple[str, ...], as_json: bool) -> None:
    """Measure the benchmarks NAME beside their peers, or all of them."""
    known = there()
    unknown = [name for name in given if name not in known]
    if unknown:
        click.echo(f"no benchmark {' '.join(unknown)}; there are: {' '.join(known)}", err=True)
        sys.exit(2)
    for name in given or known:
        for record in import_module(BENCHMARKS[name]).run():
            click.echo(record.as_json() if as_json else _line(record))


def _line(record: Record) -> str:
    theirs = "–" if record.peer_s is None else f"{record.peer_s:.6f} s"
    ratio = "" if record.ratio is None else f", {record.ratio} times"
    return f"{record.name} {record.n}: {record.ours_s:.6f} s; {record.peer} {theirs}{ratio} ({record.note})"
