"""The selection beside two general solvers: the same made-up calls, the same question, the same optimal points.

A call is asked two things. First the best portfolio alone. Then the best portfolio and, for each application
left out, the best portfolio made to contain it, which is what a why-not rests on: the selection here answers
all of them together, while a solver solves its plain model once more for each. The solvers are asked for
the points only; Samspel settles less money and the order of receipt as well. Optimal points must agree or
the benchmark stops.
"""

from __future__ import annotations

import ctypes
import os
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from time import process_time
from typing import TYPE_CHECKING, Any, Protocol

from samspel.bench.record import Record
from samspel.engine.selection import Candidate, Limits, best

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from samspel.engine.selection import Portfolio

THEMES = {12: 8, 60: 20, 200: 40, 1000: 40}
"""How many themes a call of each size has."""

SEEDS = (1, 2, 3)
SAMPLE = 60
"""The most applications left out that a peer is asked about in each call."""


class PeersDisagreeError(Exception):
    """A peer found other points than Samspel: one of the two is wrong, and no time is worth telling."""


class Peer(Protocol):
    """A solver with the plain model of one call, which can be asked for the best points again and again."""

    def __init__(self, pool: Sequence[Candidate], limits: Limits) -> None: ...

    def points(self, containing: int | None = None) -> int:
        """Solve for the best points, with the application at this place made to be chosen."""
        ...


def made_up_call(size: int, seed: int) -> tuple[list[Candidate], Limits]:
    """Make up a call: grants of 200 000 to 600 000 EUR, 4 to 20 points, one project for each theme.

    The envelope is a fifth of all that is asked for, but at most half of what one application of each theme would
    ask for; otherwise the themes alone would decide in the large calls.
    """
    chance = Random(1_000 * size + seed)
    themes = THEMES[size]
    pool = [
        Candidate(
            id=f"a{place}",
            theme=f"theme {chance.randrange(themes)}",
            grant=Decimal(chance.randrange(200_000, 600_001, 1_000)),
            score=chance.randint(4, 20),
            received=place,
        )
        for place in range(size)
    ]
    asked = sum((one.grant for one in pool), Decimal(0))
    envelope = min(asked // 5, asked // size * themes // 2)
    return pool, Limits(envelope=envelope, per_theme=1, max_projects=None)


class CpSat:
    """The plain model in OR-tools' CP-SAT with one worker."""

    def __init__(self, pool: Sequence[Candidate], limits: Limits) -> None:
        from ortools.sat.python import cp_model

        self._cp = cp_model
        self._model = cp_model.CpModel()
        self._taken: list[Any] = [self._model.new_bool_var(one.id) for one in pool]
        for places in _places_by_theme(pool):
            self._model.add_at_most_one(self._taken[place] for place in places)
        grants = [int(one.grant) for one in pool]
        self._model.add(cp_model.LinearExpr.weighted_sum(self._taken, grants) <= int(limits.envelope))
        self._model.maximize(cp_model.LinearExpr.weighted_sum(self._taken, [one.score for one in pool]))

    def points(self, containing: int | None = None) -> int:
        model = self._model
        if containing is not None:
            model = model.clone()
            model.add(model.get_bool_var_from_proto_index(self._taken[containing].index) == 1)
        solver = self._cp.CpSolver()
        solver.parameters.num_workers = 1
        status = solver.solve(model)
        if status != self._cp.OPTIMAL:
            message = f"CP-SAT: {solver.status_name(status)}"
            raise PeersDisagreeError(message)
        return round(float(solver.objective_value))


class Highs:
    """The plain model as a mixed-integer program in HiGHS, reached through OR-tools' MathOpt."""

    def __init__(self, pool: Sequence[Candidate], limits: Limits) -> None:
        from ortools.math_opt.python import mathopt

        self._opt = mathopt
        self._model = mathopt.Model(name="selection")
        self._taken: list[Any] = [self._model.add_binary_variable(name=one.id) for one in pool]
        for places in _places_by_theme(pool):
            self._model.add_linear_constraint(mathopt.fast_sum(self._taken[place] for place in places) <= 1)
        # In thousands of euros, as every grant here is; kinder to a solver that calculates in floating point.
        spent = mathopt.fast_sum(int(one.grant) // 1_000 * x for one, x in zip(pool, self._taken, strict=True))
        self._model.add_linear_constraint(spent <= int(limits.envelope) // 1_000)
        self._model.maximize(mathopt.fast_sum(one.score * x for one, x in zip(pool, self._taken, strict=True)))

    def points(self, containing: int | None = None) -> int:
        if containing is not None:
            self._taken[containing].lower_bound = 1
        with _silenced():
            result = self._opt.solve(self._model, self._opt.SolverType.HIGHS)
        if containing is not None:
            self._taken[containing].lower_bound = 0
        if result.termination.reason != self._opt.TerminationReason.OPTIMAL:
            message = f"HiGHS: {result.termination.reason}"
            raise PeersDisagreeError(message)
        return round(float(result.objective_value()))


@contextmanager
def _silenced() -> Iterator[None]:
    """Keep what HiGHS prints past Python (a line of tracing) from standing among the records."""
    libc = ctypes.CDLL(None)
    sys.stdout.flush()
    kept = os.dup(1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    try:
        yield
    finally:
        libc.fflush(None)
        os.dup2(kept, 1)
        os.close(nowhere)
        os.close(kept)


def _places_by_theme(pool: Sequence[Candidate]) -> list[list[int]]:
    places: dict[str, list[int]] = {}
    for place, one in enumerate(pool):
        places.setdefault(one.theme, []).append(place)
    return list(places.values())


PEERS: dict[str, type[Peer]] = {"CP-SAT, plain model": CpSat, "HiGHS, plain model": Highs}


def run() -> Iterator[Record]:
    """Measure the selection beside its peers, two records for each peer and size.

    Raises PeersDisagreeError when a peer finds other points. Without OR-tools Samspel is measured alone.
    """
    installed = _installed()
    if installed:
        for peer in PEERS.values():
            # The first solve pays for loading the library; that is no part of the comparison.
            peer(*made_up_call(12, 0)).points()
    for size in THEMES:
        ours = [_measured(size, seed) for seed in SEEDS]
        for name, peer in PEERS.items():
            if not installed:
                yield from _records(size, name, ours, None, "not measured: ortools is missing, it is in the dev group")
                continue
            theirs = [_ask(peer, one) for one in ours]
            asked = sum(len(one.asked) for one in ours)
            yield from _records(size, name, ours, theirs, f"{asked} asked of the peer, time not scaled up")


@dataclass(frozen=True, kw_only=True)
class _Call:
    """A made-up call with Samspel's answer, the CPU seconds it took, and the places that a peer is asked about."""

    pool: list[Candidate]
    limits: Limits
    portfolio: Portfolio
    optimum_s: float
    forced_s: float
    asked: list[int]


def _measured(size: int, seed: int) -> _Call:
    pool, limits = made_up_call(size, seed)
    optimum_s, _ = _timed(lambda: best(pool, limits, forced=False))
    forced_s, portfolio = _timed(lambda: best(pool, limits))
    left_out = [
        place for place, one in enumerate(pool) if one.id not in portfolio.chosen and one.id in portfolio.forced
    ]
    asked = Random(seed).sample(left_out, min(SAMPLE, len(left_out)))
    return _Call(pool=pool, limits=limits, portfolio=portfolio, optimum_s=optimum_s, forced_s=forced_s, asked=asked)


def _ask(peer: type[Peer], call: _Call) -> tuple[float, float]:
    """Time a peer on one call, the optimum alone and with the forced ones asked; the points must agree."""

    def checked(model: Peer, place: int | None, expected: int) -> None:
        found = model.points(place)
        if found != expected:
            message = f"{peer.__name__} finds {found} points and Samspel {expected} (containing: {place})"
            raise PeersDisagreeError(message)

    start = process_time()
    model = peer(call.pool, call.limits)
    checked(model, None, call.portfolio.score)
    optimum_s = process_time() - start
    for place in call.asked:
        checked(model, place, call.portfolio.forced[call.pool[place].id].score)
    return optimum_s, process_time() - start


def _records(
    size: int, peer: str, ours: list[_Call], theirs: list[tuple[float, float]] | None, asked: str
) -> Iterator[Record]:
    calls = f"CPU seconds of {len(ours)} calls with {THEMES[size]} themes, one thread"
    yield Record.of(
        name="selection-optimum",
        n=size,
        peer=peer,
        ours_s=sum(one.optimum_s for one in ours),
        peer_s=sum(one[0] for one in theirs) if theirs else None,
        note=f"{calls}; the optimum alone" + ("" if theirs else f"; {asked}"),
    )
    forced = sum(len(one.portfolio.forced) for one in ours)
    yield Record.of(
        name="selection-forced",
        n=size,
        peer=peer,
        ours_s=sum(one.forced_s for one in ours),
        peer_s=sum(one[1] for one in theirs) if theirs else None,
        note=f"{calls}; the optimum and {forced} forced portfolios; {asked}",
    )


def _timed[T](work: Callable[[], T]) -> tuple[float, T]:
    """Do the work five times; give the median of the CPU seconds, and the answer."""
    spans: list[float] = []
    for _ in range(5):
        start = process_time()
        answer = work()
        spans.append(process_time() - start)
    return sorted(spans)[2], answer


def _installed() -> bool:
    from importlib.util import find_spec

    return find_spec("ortools") is not None
