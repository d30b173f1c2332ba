"""The counting of constellations beside two plain ways to do it: the same made-up populations, the same exact numbers.

The first peer makes every set and looks at it (itertools), which is possible for small populations alone. The second is
what a good programmer would write: a dynamic programme in plain Python, region by region, with whole numbers of any
length in a dictionary of states. It counts totals, and access by taking out one organisation of each group at a time.
Totals and access must agree or the benchmark stops. Both sides have sorted the population beforehand, except where a
record says "anew": there both begin with the bare list, and Samspel with nothing kept. What no peer is asked (sweeps,
drawing by lot) is told without one.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import comb
from random import Random
from time import process_time
from typing import TYPE_CHECKING

from samspel.bench.record import Record
from samspel.engine.simulation import Blocks, Census, Items, Largest, Population, Table
from samspel.engine.simulation.reach import reach

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from samspel.engine.simulation import Accept, Access, Tally

REGIONS = 242
CLASSES = 5
CLUSTER, LEAD = 0, (1, 2)
"""The classes that are clusters, and that may lead."""

RULE = "3 to {most}, at least 2 regions, a cluster and a lead, at most 60 % from one region"


class PeersDisagreeError(Exception):
    """A peer counted otherwise than Samspel: one of the two is wrong, and no time is worth telling."""


def made_up_population(size: int, *, regions: int = REGIONS, seed: int = 1) -> Population:
    """Make up organisations in regions whose sizes fall as 1, 1/2, 1/3 …, in five classes of different sizes."""
    chance = Random(1_000 * size + seed)
    shares = [1 / (place + 1) for place in range(regions)]
    where = chance.choices(range(regions), shares, k=size)
    kinds = chance.choices(range(CLASSES), [5, 10, 15, 30, 40], k=size)
    return Population(levels=("region",), paths=tuple((f"r{place:04}",) for place in where), classes=tuple(kinds))


def accepted(size: int, of: Mapping[str, int]) -> bool:
    """Say whether a set keeps the rule; its sizes are given to the census."""
    return of["regions"] >= 2 and of["clusters"] >= 1 and of["leads"] >= 1 and of["largest"] <= max(1, size * 60 // 100)


def census(population: Population, most: int, *, regions: int = 2) -> Census:
    """Make a population ready for the rule, or for the sweep when more regions are told apart."""
    every = (1,) * CLASSES
    tallies: list[Tally] = [
        Blocks(name="regions", level="region", weights=every, cap=regions),
        Items(name="clusters", weights=tuple(int(kind == CLUSTER) for kind in range(CLASSES)), cap=2),
        Items(name="leads", weights=tuple(int(kind in LEAD) for kind in range(CLASSES)), cap=1),
        Largest(name="largest", level="region", weights=every, cap=most),
    ]
    return Census(population=population, tallies=tallies, sizes=range(3 if regions == 2 else 2, most + 1))


@dataclass(frozen=True, kw_only=True)
class Found:
    """What a peer found: the sets of each size, and, if it was asked, those that hold each organisation."""

    per_size: dict[int, int]
    items: tuple[int, ...] | None


def by_every_set(population: Population, most: int) -> Found:
    """Make every set and look at it."""
    regions = [path[0] for path in population.paths]
    kinds = population.classes
    per_size = dict.fromkeys(range(3, most + 1), 0)
    items = [0] * len(population)
    for size in per_size:
        cap = max(1, size * 60 // 100)
        for chosen in combinations(range(len(population)), size):
            where = [regions[item] for item in chosen]
            different = set(where)
            if len(different) < 2 or max(map(where.count, different)) > cap:
                continue
            held = {kinds[item] for item in chosen}
            if CLUSTER in held and not held.isdisjoint(LEAD):
                per_size[size] += 1
                for item in chosen:
                    items[item] += 1
    return Found(per_size=per_size, items=tuple(items))


type _State = tuple[int, int, bool, bool]
"""Size, regions up to two, whether there is a cluster, whether there is a lead."""


class Programme:
    """Goes region by region with a dictionary of states, one programme for each number allowed from one region."""

    def __init__(self, population: Population) -> None:
        self._held: dict[str, list[int]] = {}
        self._group_of: list[tuple[str, int]] = []
        for path, kind in zip(population.paths, population.classes, strict=True):
            # Three kinds matter: cluster, lead, neither.
            told = 0 if kind == CLUSTER else 1 if kind in LEAD else 2
            region = path[0] or ""
            self._held.setdefault(region, [0, 0, 0])[told] += 1
            self._group_of.append((region, told))

    def ask(self, most: int, *, access: bool) -> Found:
        """Count the sets of each size, and with `access` those that hold each organisation."""
        per_size = dict.fromkeys(range(3, most + 1), 0)
        shares = {(region, told): 0 for region in self._held for told in range(3)}
        for cap in {max(1, size * 60 // 100) for size in per_size}:
            sizes = {size for size in per_size if max(1, size * 60 // 100) == cap}
            steps = [_terms(held, cap, most) for held in self._held.values()]
            before: list[dict[_State, int]] = [{(0, 0, False, False): 1}]
            for terms in steps:
                before.append(_joined(before[-1], terms, most))
            worth = {state: 1 for state in before[-1] if state[0] in sizes and state[1] == 2 and state[2] and state[3]}
            for state in worth:
                per_size[state[0]] += before[-1][state]
            for place, region in reversed(list(enumerate(self._held)) if access else []):
                for told in range(3):
                    given = _terms(self._held[region], cap, most, given=told)
                    shares[region, told] += sum(
                        number * _worth(state, given, worth) for state, number in before[place].items()
                    )
                worth = {state: _worth(state, steps[place], worth) for state in before[place]}
        return Found(per_size=per_size, items=tuple(shares[group] for group in self._group_of) if access else None)


def _worth(state: _State, terms: Mapping[_State, int], worth: Mapping[_State, int]) -> int:
    return sum(ways * worth.get(_step(state, brought), 0) for brought, ways in terms.items())


def _terms(held: list[int], cap: int, most: int, *, given: int | None = None) -> dict[_State, int]:
    """In how many ways a region brings each state; with `given`, one organisation of that kind is in already."""
    found: dict[_State, int] = {}
    rest = [number - (kind == given) for kind, number in enumerate(held)]
    extra = [int(kind == given) for kind in range(3)]
    if min(rest) < 0:
        return found
    for clusters in range(min(cap, most) + 1):
        for leads in range(cap - clusters + 1):
            for others in range(cap - clusters - leads + 1):
                taken = (clusters - extra[0], leads - extra[1], others - extra[2])
                if min(taken) < 0:
                    continue
                size = clusters + leads + others
                state = (size, int(size > 0), clusters > 0, leads > 0)
                ways = comb(rest[0], taken[0]) * comb(rest[1], taken[1]) * comb(rest[2], taken[2])
                if ways:
                    found[state] = found.get(state, 0) + ways
    return found


def _step(state: _State, brought: _State) -> _State:
    return state[0] + brought[0], min(2, state[1] + brought[1]), state[2] or brought[2], state[3] or brought[3]


def _joined(states: dict[_State, int], terms: dict[_State, int], most: int) -> dict[_State, int]:
    found: dict[_State, int] = {}
    for state, number in states.items():
        for brought, ways in terms.items():
            if state[0] + brought[0] <= most:
                after = _step(state, brought)
                found[after] = found.get(after, 0) + number * ways
    return found


EVERY_SET = "every set, itertools"
PROGRAMME = "regions in turn, plain Python"
SORTED = "both had the population sorted, and Samspel its states kept"
ANEW = "anew: from the bare list, nothing kept"


def run() -> Iterator[Record]:
    """Measure counting and access beside both peers, then sweeps and drawing by themselves.

    Raises PeersDisagreeError when a peer counts otherwise.
    """
    small = made_up_population(36, regions=8)
    yield from _beside("access", small, 5, peer=EVERY_SET, ask=lambda: by_every_set(small, 5))
    for size, most in ((100, 6), (2_000, 6), (100_000, 6), (100_000, 8)):
        yield from _beside_programme(made_up_population(size, regions=8 if size == 100 else REGIONS), most)
    yield from _alone()


def _beside_programme(population: Population, most: int) -> Iterator[Record]:
    peer = Programme(population)
    yield from _beside("count", population, most, peer=PROGRAMME, ask=lambda: peer.ask(most, access=False))
    yield from _beside("access", population, most, peer=PROGRAMME, ask=lambda: peer.ask(most, access=True))

    def anew() -> Found:
        return Programme(population).ask(most, access=True)

    yield from _beside("access", population, most, peer=PROGRAMME, ask=anew, how=ANEW)


def _beside(
    what: str, population: Population, most: int, *, peer: str, ask: Callable[[], Found], how: str = SORTED
) -> Iterator[Record]:
    counted = census(population, most)

    def ours() -> Access:
        if how == ANEW:
            reach.cache_clear()
            return census(population, most).access(accept=accepted)
        return counted.access(accept=accepted)

    access_s, access = _timed(ours)
    ours_s = access_s if what == "access" else _timed(lambda: counted.count(accept=accepted))[0]
    peer_s, found = _timed(ask, times=3)
    if found.per_size != access.per_size or (found.items is not None and found.items != access.items):
        raise PeersDisagreeError(f"{peer} finds {sum(found.per_size.values())} sets and Samspel {access.total}")
    digits = len(str(access.total))
    yield Record.of(
        name=f"counting-{what}",
        n=len(population),
        peer=peer,
        ours_s=ours_s,
        peer_s=peer_s,
        note=f"CPU seconds, one thread; {how}; {RULE.format(most=most)}; a number of {digits} digits",
    )


def _alone() -> Iterator[Record]:
    """Tell what no peer is asked: set-up, a sweep of 300 rules with access, a million sets drawn."""
    population = made_up_population(100_000)

    def alone(name: str, ours_s: float, note: str) -> Record:
        return Record.of(name=name, n=len(population), peer="none", ours_s=ours_s, peer_s=None, note=note)

    set_up_s, counted = _timed(lambda: census(population, 6))
    yield alone("counting-set-up", set_up_s, "sorting the population; states kept from before")
    rules = [
        _variant(least, regions, clusters, share)
        for least in range(2, 7)
        for regions in range(1, 6)
        for clusters in range(3)
        for share in (40, 50, 60, 100)
    ]
    wide = census(population, 6, regions=5)
    sweep_s, swept = _timed(lambda: Table(wide).sweep(accepts=rules))
    if [one.total for one in swept[::37]] != [sum(wide.count(accept=rule).values()) for rule in rules[::37]]:
        raise PeersDisagreeError("The table and the count give different totals")
    yield alone("counting-sweep", sweep_s, f"{len(rules)} rules, each with access of all organisations and regions")
    draw_s, _ = _timed(lambda: counted.sample(accept=accepted, count=1_000_000, seed=1), times=1)
    yield alone("counting-draw", draw_s, "1 000 000 accepted sets drawn by lot, every one as likely, as tuples")


def _variant(least: int, regions: int, clusters: int, share: int) -> Accept:
    return lambda size, of: (
        size >= least
        and of["regions"] >= regions
        and of["clusters"] >= clusters
        and of["largest"] <= max(1, size * share // 100)
    )


def _timed[T](work: Callable[[], T], times: int = 5) -> tuple[float, T]:
    """Do the work once to warm up and then some times; give the median of the CPU seconds, and the answer."""
    answer = work()
    spans: list[float] = []
    for _ in range(times):
        start = process_time()
        answer = work()
        spans.append(process_time() - start)
    return sorted(spans)[times // 2], answer
