"""Judging: a hundred thousand made-up constellations under the seed call's rules, and one of twelve partners live.

The peer is a plain Python reader of the same rules: what a good programmer would write by hand for this one call, with
the call's numbers, unknowns and all, constellation by constellation. Both give every outcome of every rule on the
constellation, and the outcomes must agree or the benchmark stops. The live verdict is the judge's own, with found and
needed numbers, evidence and mends, as a page shows it while a constellation forms; no peer is asked for that.
"""

from __future__ import annotations

from dataclasses import replace
from random import Random
from statistics import median
from time import perf_counter, process_time
from typing import TYPE_CHECKING

import numpy as np
from django.conf import settings

from samspel.bench.record import Record
from samspel.engine.calls.judging.judge import judge
from samspel.engine.calls.reading.call import read
from samspel.engine.calls.situation import Partner, Situation
from samspel.engine.simulation.judging import MET, NOBODY, NOT_MET, OPEN, judge_many

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import numpy.typing as npt

    from samspel.engine.calls.text import Call

CONSTELLATIONS = 100_000
PARTNERS = 2_000
THEME = "made-up"
KINDS = (
    "cluster-organisation",
    "rdi-platform",
    "university",
    "research-institute",
    "regional-authority",
    None,
)
LIVE_PARTNERS = 12
LIVE_TIMES = 2_000


class ReadersDisagreeError(Exception):
    """The plain reader judged otherwise than Samspel: one of the two is wrong, and no time is worth telling."""


def made_up_partners(number: int, *, seed: int = 1) -> tuple[Partner, ...]:
    """Make up organisations of several kinds in Swedish NUTS3 regions, a tenth of them without what a rule asks."""
    chance = Random(seed)
    regions = [f"SE{place}" for place in (110, 121, 122, 123, 124, 125, 211, 212, 213, 214, 221, 224, 231, 232, 311)]
    return tuple(
        Partner(
            id=f"made-up-{place}",
            kind=chance.choices(KINDS, [40, 20, 15, 10, 10, 5])[0],
            region=chance.choice([*regions, *regions, None, "none", "SE"]),
            priority=chance.choices([True, False, None], [60, 30, 10])[0],
        )
        for place in range(number)
    )


def made_up_constellations(partners: int, number: int, *, seed: int = 1) -> npt.NDArray[np.int64]:
    """Draw constellations of three to six of the partners."""
    chance = Random(seed)
    rows = np.full((number, 6), NOBODY, dtype=np.int64)
    for row in rows:
        size = chance.randint(3, 6)
        row[:size] = chance.sample(range(partners), size)
    return rows


def by_plain_reader(call: Call, partners: Sequence[Partner], rows: Sequence[Sequence[int]]) -> list[tuple[int, ...]]:
    """Judge by the seed call's four rules on the constellation, written out by hand."""
    numbers = {name: int(call.limit(name) or 0) for name in ("minimum_clusters", "minimum_regions", "one_theme")}
    allowed = int(call.limit("regions_without_priority") or 0)
    counted, refused = call.counting.counted_kinds, call.counting.refused_kinds
    themes = MET if numbers["one_theme"] == 1 else NOT_MET
    found: list[tuple[int, ...]] = []
    for row in rows:
        clusters = maybe = lost = adrift = 0
        sure_regions: set[str] = set()
        regions: set[str] = set()
        unplaced = unfit = seen = False
        tied: dict[str, list[tuple[bool, bool | None]]] = {}
        for place in row:
            if place == NOBODY:
                break
            it = partners[place]
            counts = it.kind in counted
            if it.kind in refused:
                continue
            maybe += 1
            clusters += counts
            if it.region == "none":
                continue
            seen = True
            region = it.region[:4] if it.region and len(it.region) >= 4 else ""
            if region:
                regions.add(region)
                if counts:
                    sure_regions.add(region)
                tied.setdefault(region, []).append((counts, it.priority))
            else:
                lost += 1
                unplaced = unplaced or counts
                adrift += it.priority is not True
                unfit = unfit or it.priority is not False
        found.append(
            (
                _reaches(clusters, maybe, numbers["minimum_clusters"]),
                _reaches(len(sure_regions) or int(unplaced), len(regions) + lost, numbers["minimum_regions"]),
                themes,
                _tied(tied.values(), adrift, unfit, allowed) if seen else OPEN,
            )
        )
    return found


def _reaches(least: int, most: int, wanted: int) -> int:
    return MET if least >= wanted else NOT_MET if most < wanted else OPEN


def _tied(regions: Iterable[list[tuple[bool, bool | None]]], adrift: int, unfit: bool, allowed: int) -> int:  # noqa: FBT001 - what was seen, not a switch
    """Whether every region represented has somebody where a priority of the theme holds."""
    surely, possibly = 0, adrift
    for there in regions:
        if (True, True) in there or all(priority is True for _, priority in there):
            continue
        possibly += 1
        surely += not unfit and all(priority is False for _, priority in there) and any(counts for counts, _ in there)
    return MET if possibly <= allowed else NOT_MET if surely > allowed else OPEN


def run() -> Iterator[Record]:
    """Measure judging many beside the plain reader, and one live verdict by itself.

    Raises:
        ReadersDisagreeError: the outcomes differ.
    """
    folder = settings.PROJECT / "calls" / "kluster-2016"
    call = read({file.name: file.read_text(encoding="utf-8") for file in folder.iterdir() if file.is_file()})
    partners = made_up_partners(PARTNERS)
    rows = made_up_constellations(PARTNERS, CONSTELLATIONS)
    yield many(call, partners, rows)
    yield live(call, partners)


def many(call: Call, partners: Sequence[Partner], rows: npt.NDArray[np.int64]) -> Record:
    """Judge all constellations in both ways.

    Raises:
        ReadersDisagreeError: the outcomes differ.
    """
    ours, theirs = [], []
    lists = rows.tolist()
    for _ in range(5):
        start = process_time()
        judged = judge_many(call, partners, rows, theme=THEME)
        ours.append(process_time() - start)
        start = process_time()
        plain = by_plain_reader(call, partners, lists)
        theirs.append(process_time() - start)
    if not np.array_equal(judged.outcomes, np.array(plain, dtype=np.int8)):
        raise ReadersDisagreeError("The plain reader and Samspel give different outcomes")
    second = round(len(rows) / median(ours))
    return Record.of(
        name="judging-many",
        n=len(rows),
        peer="plain Python reader of the same rules",
        ours_s=median(ours),
        peer_s=median(theirs),
        note=f"CPU seconds, one thread; {len(judged.rules)} rules each; {second} constellations judged a second",
    )


def live(call: Call, partners: Sequence[Partner]) -> Record:
    """Judge constellations of twelve partners one at a time, as a page does, and take the median."""
    chance = Random(2)
    spans = []
    for _ in range(LIVE_TIMES):
        members = chance.sample(list(partners), LIVE_PARTNERS)
        situation = Situation(
            partners=tuple(
                replace(one, roles=("lead",) if at == 0 else ("partner",)) for at, one in enumerate(members)
            ),
            themes=(THEME,),
        )
        start = perf_counter()
        judge(call, situation, about="constellation")
        spans.append(perf_counter() - start)
    worst = sorted(spans)[len(spans) * 99 // 100] * 1_000
    return Record.of(
        name="judging-live",
        n=LIVE_PARTNERS,
        peer="none",
        ours_s=median(spans),
        peer_s=None,
        note=f"seconds by the clock for one verdict with evidence and mends, median of {LIVE_TIMES}; "
        f"ninety-nine of a hundred within {worst:.2f} ms",
    )
