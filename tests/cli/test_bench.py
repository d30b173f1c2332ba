"""`samspel bench` measures what it is asked for, one object a line, and knows what it does not have."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from samspel.bench.record import Record
from tests.cli.typed import done, stopped

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def made_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a benchmark that takes no time in the place of the selection's."""

    def run() -> Iterator[Record]:
        yield Record.of(name="selection", n=12, peer="a solver", ours_s=0.5, peer_s=2.0, note="made up")
        yield Record.of(name="selection", n=24, peer="a solver", ours_s=0.5, peer_s=None, note="not installed")

    monkeypatch.setattr("samspel.cli.bench.import_module", lambda _: SimpleNamespace(run=run))
    monkeypatch.setattr(
        "samspel.cli.bench.BENCHMARKS", {"selection": "samspel.bench.selection", "later": "samspel.bench.later"}
    )


def test_one_object_a_line(made_up):
    first, second = (json.loads(line) for line in done("bench --json"))
    assert first == {
        "name": "selection",
        "n": 12,
        "peer": "a solver",
        "ours_s": 0.5,
        "peer_s": 2.0,
        "ratio": 4.0,
        "note": "made up",
    }
    assert (second["peer_s"], second["ratio"]) == (None, None)


def test_one_sentence_a_line(made_up):
    assert done("bench selection") == [
        "selection 12: 0.500000 s; a solver 2.000000 s, 4.0 times (made up)",
        "selection 24: 0.500000 s; a solver – (not installed)",
    ]


def test_a_benchmark_that_is_not_there_is_told(made_up):
    assert stopped(2, "bench later") == "no benchmark later; there are: selection\n"
