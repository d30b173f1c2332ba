"""The exact choice: which applications give the most points for the money, with proof.

No portfolio within the limits has more points than the one chosen; none with as many points costs less;
and among those equal in both, the one holding the earliest received application is taken. The method
leaves no gap and guesses nothing: for every total of points it knows the least money that reaches it, theme
by theme, and it also knows the best portfolio that is made to contain any given application.

Method. A theme is a class of offers (points, money, number of projects), one for each set of its
applications that nothing beats, and a portfolio takes one offer of each class: the multiple-choice knapsack
(Kellerer, Pferschy and Pisinger, Knapsack Problems, 2004, chapter 11), solved by listing the least money for
each number of points (after Nemhauser and Ullmann, 1969). Each theme adds a layer to a stack of tables;
`table[k, s]` is the least money, in cents, for at least s points with at most k projects. Halving the
themes again and again leaves, at each leaf, a stack of all themes but one, so that the best portfolio
containing each application costs only about log2(themes) times the optimum itself.

Limits. Time grows as themes * log2(themes) * offers per theme * projects * points, and memory as
themes * projects * points * 8 bytes, where projects counts only if `max_projects` can bind, a theme that its limit
cannot bind counts as one theme for each application, and points is the best total within the envelope (for `frontier`
and `envelopes`, with any envelope). A stack above LARGEST_STACK cells (512 MiB; two are held at most) is refused with
PoolTooLarge rather than left to swap. Measured on one core: 1 000 applications of up to 20 points in 40 themes, 5 ms
for the optimum, 0.1 s with every forced portfolio, 0.03 s for the envelopes; 2 000 of up to 100 points, 0.01, 0.3 and
0.05 s. Without any limit on themes 1 000 take 0.04, 1 and 9 s; 2 000 of up to 100 points take 0.5 and 10 s, and their
envelopes are refused as too large.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType
from typing import Self

import numpy as np
import numpy.typing as npt

from samspel.engine.selection.pool import Candidate, Limits, PoolError, euros, in_received_order
from samspel.engine.selection.themes import Member, Offer, Theme, themes

type _Table = npt.NDArray[np.int64]
type _Node = tuple[int, int]

LARGEST_STACK = 2**26
"""The most table cells (8 bytes each) one stack of layers may hold."""


class PoolTooLarge(PoolError):
    """The pool is too large for exact tables; `value` is the number of cells it takes at least."""

    def __init__(self, cells: int) -> None:
        """Name the size."""
        super().__init__("too-large", value=cells)


@dataclass(frozen=True, kw_only=True, slots=True)
class Forced:
    """The best portfolio among those containing one given application: points, euros, ids as received."""

    score: int
    grant: Decimal
    chosen: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Portfolio:
    """The chosen applications and what is known of the others.

    `chosen` are ids in the order of receipt, `score` their points, `grant` their euros. `ties` is how many
    portfolios are equally good in points and money, this one included. `forced` gives, for each application
    that fits at all, the best portfolio containing it. `chosen_at` gives, for each application not
    chosen, the largest grant of its own with which it would be chosen, in euros; it is left out when not
    even a grant of 0 would do.
    """

    chosen: tuple[str, ...]
    score: int
    grant: Decimal
    ties: int
    forced: Mapping[str, Forced] = field(default_factory=dict)
    chosen_at: Mapping[str, Decimal] = field(default_factory=dict)


def best(pool: Iterable[Candidate], limits: Limits, *, forced: bool = True) -> Portfolio:
    """Choose the best portfolio within the limits; preference as in TIE_BREAK.

    With `forced=False` only the optimum is computed and the two mappings are empty.
    Raises PoolError for a pool that cannot be used and PoolTooLarge for one that is too large.

    >>> from decimal import Decimal
    >>> from samspel.engine.selection import Candidate, Limits
    >>> wood = Candidate(id="wood", theme="forest", grant=Decimal(500), score=9, received=1)
    >>> pulp = Candidate(id="pulp", theme="forest", grant=Decimal(300), score=8, received=2)
    >>> care = Candidate(id="care", theme="health", grant=Decimal(400), score=6, received=3)
    >>> found = best([wood, pulp, care], Limits(envelope=Decimal(800), per_theme=1, max_projects=None))
    >>> found.chosen, found.score, found.grant
    (('pulp', 'care'), 14, Decimal('700.00'))
    >>> found.forced["wood"].score, found.chosen_at["wood"]
    (9, Decimal('400.00'))
    """
    contest = _Contest(pool, limits)
    top = contest.stack()
    score = top.reach
    ties, mask = top.read(score)
    money = top.cents(score)
    optimum = Portfolio(chosen=contest.ids(mask), score=score, grant=euros(money), ties=ties)
    if not forced:
        return optimum
    # Only two numbers of the stack are needed from here; let its memory go before the next is built.
    del top
    portfolios: dict[str, Forced] = {}
    prices: dict[str, Decimal] = {}
    for member, theme, rest in contest.each_apart():
        own = rest.over(theme.offers_with(member))
        score_with = own.within(contest.ceiling - member.cents)
        if score_with is not None:
            portfolios[member.id] = Forced(
                score=score_with,
                grant=euros(own.cents(score_with) + member.cents),
                chosen=contest.ids(own.read(score_with)[1]),
            )
        if not mask & member.bit:
            price = _price(own, contest.ceiling, score, money, mask)
            if price >= 0:
                prices[member.id] = euros(price)
    return Portfolio(
        chosen=optimum.chosen,
        score=score,
        grant=optimum.grant,
        ties=ties,
        forced=MappingProxyType(portfolios),
        chosen_at=MappingProxyType(prices),
    )


def envelopes(pool: Iterable[Candidate], limits: Limits, portfolio: Portfolio) -> dict[str, Decimal]:
    """Give, for each application not chosen, the smallest larger envelope at which it is chosen, in euros.

    `portfolio` is `best` of the same pool and limits. With still more money the application may fall out
    again, since a dearer one may then fit: being chosen is not monotone in the envelope, so every
    envelope at which the optimum changes is looked at. An application that no larger envelope
    helps is left out. Raises as `best` does.

    >>> from decimal import Decimal
    >>> from samspel.engine.selection import Candidate, Limits
    >>> wood = Candidate(id="wood", theme="forest", grant=Decimal(500), score=9, received=1)
    >>> care = Candidate(id="care", theme="health", grant=Decimal(400), score=6, received=2)
    >>> limits = Limits(envelope=Decimal(800), per_theme=1, max_projects=None)
    >>> envelopes([wood, care], limits, best([wood, care], limits))
    {'care': Decimal('900.00')}
    """
    contest = _Contest(pool, limits, any_envelope=True)
    chosen = set(portfolio.chosen)
    top = contest.stack()
    least = top.table[-1]
    changes = _last_of_each(least)
    found: dict[str, Decimal] = {}
    for member, theme, rest in contest.each_apart():
        if member.id in chosen or not theme.contends(member):
            continue
        row = rest.over(theme.offers_with(member), keep=False).table[-1] + member.cents
        without = rest.over(theme.offers_without(member), keep=False).table[-1]
        among_best = changes[: row.size] & (row == least[: row.size])
        among_best[: portfolio.score + 1] = False
        for score in np.flatnonzero(among_best).tolist():
            # Only when the optimum can be reached without it as well does the order of receipt decide.
            needed = score >= without.size or without[score] > least[score]
            if needed or top.read(score)[1] & member.bit:
                found[member.id] = euros(top.cents(score))
                break
    return found


def frontier(pool: Iterable[Candidate], limits: Limits) -> list[tuple[Decimal, int]]:
    """Give the best total of points as a function of the envelope, as steps (euros needed, points).

    Runs from no money to as much as can be used, whatever the envelope in `limits` is; the other limits
    hold. Both numbers rise strictly along the list. Raises as `best` does.

    >>> from decimal import Decimal
    >>> from samspel.engine.selection import Candidate, Limits
    >>> wood = Candidate(id="wood", theme="forest", grant=Decimal(500), score=9, received=1)
    >>> care = Candidate(id="care", theme="health", grant=Decimal(400), score=6, received=2)
    >>> steps = frontier([wood, care], Limits(envelope=Decimal(0), per_theme=1, max_projects=None))
    >>> [(str(money), points) for money, points in steps]
    [('0.00', 0), ('400.00', 6), ('500.00', 9), ('900.00', 15)]
    """
    top = _Contest(pool, limits, any_envelope=True).stack(keep=False)
    scores: list[int] = np.flatnonzero(_last_of_each(top.table[-1])).tolist()
    return [(euros(top.cents(score)), score) for score in scores]


def _last_of_each(least: _Table) -> npt.NDArray[np.bool_]:
    """Mark the totals of points that no higher total matches in money: where the optimum changes."""
    return np.append(least[1:] > least[:-1], [True])


def _price(own: _Layer, ceiling: int, score: int, money: int, mask: int) -> int:
    """Find the largest own grant, in cents, with which an application beats the optimum; below 0 if none.

    `own` holds the portfolios with the application, its own grant counted as nothing. They win by a point
    more within the envelope, or by as many points for less money, or by the same of both and the order of
    receipt; each is a bound on the own grant, and the loosest counts.
    """
    price = -1
    if score < own.table.shape[1]:
        earlier = own.read(score)[1] > mask
        price = money - own.cents(score) - (0 if earlier else 1)
    if score + 1 < own.table.shape[1]:
        price = max(price, ceiling - own.cents(score + 1))
    return price


class _Layer:
    """A table of least money after one theme more, lying on the layer it was made from.

    `table[k, s]`: cents for at least s points with at most k projects (one row when projects are
    not counted); nondecreasing along s; `ceiling + 1` marks what the envelope cannot reach. Columns
    out of reach with all projects are cut off.
    """

    def __init__(self, table: _Table, ceiling: int, offers: list[Offer], under: _Layer | None) -> None:
        self.table = table
        self._ceiling = ceiling
        self.offers = offers
        self.under = under
        self.size: int = table.size + (under.size if under else 0)
        # What was read before: node -> (number of equally good sets, mask of the preferred one).
        self.known: dict[_Node, tuple[int, int]] = {}

    @classmethod
    def ground(cls, slots: int, ceiling: int) -> Self:
        """Make the table of no theme at all: no points for no money."""
        layer = cls(np.zeros((slots + 1, 1), dtype=np.int64), ceiling, [], None)
        layer.known = {(k, 0): (1, 0) for k in range(slots + 1)}
        return layer

    @property
    def reach(self) -> int:
        """The most points within the envelope."""
        return int(self.table.shape[1]) - 1

    def cents(self, score: int) -> int:
        """Give the least money for this many points."""
        return int(self.table[-1, score])

    def within(self, money: int) -> int | None:
        """Give the most points for this much money; None if even the cheapest way costs more."""
        points = int(np.searchsorted(self.table[-1], money, side="right")) - 1
        return points if points >= 0 else None

    def over(self, offers: list[Offer], *, keep: bool = True) -> _Layer:
        """Lay one theme on top: the least money when exactly one of the offers is taken.

        With `keep=False` the layers below are let go and the result can be measured but not read.
        """
        rows, width = self.table.shape
        most = width + max(offer.score for offer in offers)
        cells = rows * most + (self.size if keep else 0)
        if cells > LARGEST_STACK:
            raise PoolTooLarge(cells)
        table: _Table = np.full((rows, most), self._ceiling + 1, dtype=np.int64)
        for offer in offers:
            into = table[offer.projects :]
            paid = self.table[: rows - offer.projects] + offer.cents
            step = into[:, offer.score : offer.score + width]
            np.minimum(step, paid, out=step)
            # The offer alone already gives every smaller number of points.
            below = into[:, : offer.score]
            np.minimum(below, offer.cents, out=below)
        reachable = int(np.searchsorted(table[-1], self._ceiling, side="right"))
        return _Layer(table[:, :reachable].copy(), self._ceiling, offers, self if keep else None)

    def read(self, score: int) -> tuple[int, int]:
        """Count the sets that reach this many points for the least money, and give the preferred as mask.

        Exact for a total that no higher total matches in money: then every way into a table cell is a set
        of its own, and the preferred mask is the largest, since bits of different themes only add.
        """
        layer, start = self, (self.table.shape[0] - 1, score)
        nodes = {start}
        trail: list[tuple[_Layer, _Layer, dict[_Node, list[tuple[Offer, _Node]]]]] = []
        while layer.under is not None and (fresh := [node for node in nodes if node not in layer.known]):
            ways = {node: layer.ways(node, layer.under) for node in fresh}
            trail.append((layer, layer.under, ways))
            nodes = {origin for each in ways.values() for _, origin in each}
            layer = layer.under
        for upper, under, ways in reversed(trail):
            for node, each in ways.items():
                ties = sum(offer.ties * under.known[origin][0] for offer, origin in each)
                mask = max(offer.mask | under.known[origin][1] for offer, origin in each)
                upper.known[node] = (ties, mask)
        return self.known[start]

    def ways(self, node: _Node, under: _Layer) -> list[tuple[Offer, _Node]]:
        """List the offers, and the cells below, by which a cell gets its least money."""
        count, score = node
        money = int(self.table[node])
        width = under.table.shape[1]
        ways: list[tuple[Offer, _Node]] = []
        for offer in self.offers:
            origin = (count - offer.projects, max(score - offer.score, 0))
            if origin[0] >= 0 and origin[1] < width and under.table[origin] + offer.cents == money:
                ways.append((offer, origin))
        return ways


class _Contest:
    """A pool under its limits, made ready for tables; `any_envelope` takes the sum of all grants for one."""

    def __init__(self, pool: Iterable[Candidate], limits: Limits, *, any_envelope: bool = False) -> None:
        self._order = in_received_order(pool)
        self._themes, slots, self.ceiling = themes(self._order, limits, any_envelope=any_envelope)
        self._ground = _Layer.ground(slots, self.ceiling)

    def ids(self, mask: int) -> tuple[str, ...]:
        """Name the applications of a mask, in the order of receipt."""
        chosen: list[str] = []
        while mask:
            highest = mask.bit_length()
            chosen.append(self._order[-highest].id)
            mask ^= 1 << (highest - 1)
        return tuple(chosen)

    def stack(self, *, keep: bool = True) -> _Layer:
        """Lay all themes on each other."""
        top = self._ground
        for theme in self._themes:
            top = top.over(theme.offers, keep=keep)
        return top

    def each_apart(self) -> Iterator[tuple[Member, Theme, _Layer]]:
        """Give each application with its theme and the stack of all other themes."""
        for theme, rest in _without_each(self._themes, self._ground):
            for member in theme.members:
                yield member, theme, rest


def _without_each(themes: Sequence[Theme], ground: _Layer) -> Iterator[tuple[Theme, _Layer]]:
    """Give each theme with the stack of all the others, by halves: each half is laid once for the other."""
    if len(themes) <= 1:
        yield from ((theme, ground) for theme in themes)
        return
    half = len(themes) // 2
    for inside, outside in ((themes[:half], themes[half:]), (themes[half:], themes[:half])):
        layer = ground
        for theme in outside:
            layer = layer.over(theme.offers)
        yield from _without_each(inside, layer)
