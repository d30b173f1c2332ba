"""Counting: how many sets of organisations a rule accepts, and how many of them hold a given one.

Method. Each set has a state, and states join; so "how many sets have this state" is a polynomial over states, and that
of two separate groups of organisations together is the product of theirs. A product of many factors is a sum of
logarithms: n interchangeable organisations are n times the logarithm of one, and a country is the sum of its regions'.
Size rises in every product, so logarithm and exponential end after as many steps as the largest set has members, and
each step serves all regions at once. Access is the derivative of the total: what is worth completing a set is handed
down from the whole to the blocks, divided by the block's own polynomial, and read at each class. All of it is exact,
in remainders after primes (see residues).
"""

from dataclasses import dataclass
from math import comb

import numpy as np

from samspel.engine.simulation.grounds import Grounds, Nodes
from samspel.engine.simulation.merging import NOWHERE, Closing, Merged
from samspel.engine.simulation.reach import Shape
from samspel.engine.simulation.residues import Ints, inverses, primes, reduced


@dataclass(frozen=True, kw_only=True)
class Contents:
    """How many sets of each state every node's organisations form, as remainders."""

    by: Ints
    whole: dict[Shape, Ints]
    """(state, prime, node): sets of organisations in the node, its own and those of the blocks in it."""
    closed: dict[Shape, Ints]
    """(place in `Closing.closed`, prime, node): the same, not empty, by the coarser state that they close to."""


@dataclass(frozen=True, kw_only=True)
class Shares:
    """How many accepted sets hold one organisation, or none of a block, as remainders."""

    items: dict[Shape, Ints]
    """(class, prime, node): the accepted sets that hold one given organisation of this class and node."""
    without: dict[Shape, Ints]
    """(prime, node): the accepted sets that hold nothing of the node."""


def enough_primes(population: int, largest: int) -> Ints:
    """Give as many primes as hold every number of sets of up to `largest` of the population."""
    return primes(sum(comb(population, size) for size in range(largest + 1)).bit_length())


def contents(grounds: Grounds, merged: dict[Shape, Merged], by: Ints) -> Contents:
    """Count the sets of every state in every node, finest blocks first."""
    whole: dict[Shape, Ints] = {}
    closed: dict[Shape, Ints] = {}
    for shape in sorted(merged, key=lambda one: (-len(one), one)):
        own = merged[shape]
        logs = _logs(own, grounds.nodes[shape], by)
        for finer, closing in own.closings.items():
            parents = grounds.nodes[finer]
            part = _slopes(own, closing, closed[finer], by)
            summed = np.add.reduceat(part, parents.starts, axis=-1)
            logs[:, :, parents.parents[parents.starts]] += summed
        whole[shape] = _exponential(own, reduced(logs, by), by)
        if shape:
            closing = merged[shape[:-1]].closings[shape]
            closed[shape] = closing.into.of(np.ones((1, by.size, 1), dtype=np.int64), whole[shape], by)
    return Contents(by=by, whole=whole, closed=closed)


def shares(grounds: Grounds, merged: dict[Shape, Merged], counted: Contents, worth: Ints) -> Shares:
    """Hand the worth (0 or 1) of each state of the whole down to blocks and organisations."""
    by = counted.by
    items: dict[Shape, Ints] = {}
    without: dict[Shape, Ints] = {}
    beside: dict[Shape, Ints] = {(): np.broadcast_to(worth[:, None, None], (worth.size, by.size, 1))}
    for shape in sorted(merged, key=lambda one: (len(one), one)):
        own = merged[shape]
        complete = np.zeros((len(own), by.size, len(grounds.nodes[shape])), dtype=np.int64)
        complete[own.complete.targets] = own.complete.of(counted.whole[shape], beside[shape], by)
        items[shape] = _items(own, grounds.nodes[shape], complete, by)
        for finer, closing in own.closings.items():
            apart = complete[:, :, grounds.nodes[finer].parents]
            for sums in reversed(closing.apart):
                if len(sums):
                    apart[sums.targets] -= sums.of(counted.closed[finer], apart, by)
                    apart[sums.targets] %= by[:, None]
            without[finer] = apart[0]
            lost = closing.close == NOWHERE
            beside[finer] = apart[np.where(lost, 0, closing.close)]
            beside[finer][lost] = 0
    return Shares(items=items, without=without)


def _logs(own: Merged, nodes: Nodes, by: Ints) -> Ints:
    """Give each node's organisations' logarithm, as its slope by size: for each class n (x - x² + x³ - …)."""
    slopes = np.zeros((len(own), len(nodes.kinds)), dtype=np.int64)
    for at, kind in enumerate(nodes.kinds):
        for power, state in enumerate(own.powers[kind]):
            slopes[state, at] += -1 if power % 2 else 1
    return np.repeat((slopes @ nodes.counts)[:, None, :], by.size, axis=1)


def _slopes(own: Merged, closing: Closing, closed: Ints, by: Ints) -> Ints:
    """Give the logarithm of each closed block, as its slope by size."""
    slopes = np.zeros((len(own), by.size, closed.shape[-1]), dtype=np.int64)
    slopes[closing.closed] = closed * own.sizes[closing.closed][:, None, None]
    for sums in closing.divide[2:]:
        if len(sums):
            slopes[sums.targets] = reduced(slopes[sums.targets] - sums.of(closed, slopes, by), by)
    return slopes


def _exponential(own: Merged, slopes: Ints, by: Ints) -> Ints:
    """Give the polynomial whose logarithm has these slopes, size by size."""
    answer = np.zeros_like(slopes)
    answer[0] = 1
    fractions = inverses(len(own.multiply), by)
    for size, sums in enumerate(own.multiply):
        if size and len(sums):
            answer[sums.targets] = reduced(sums.of(slopes, answer, by) * fractions[size], by)
    return answer


def _items(own: Merged, nodes: Nodes, complete: Ints, by: Ints) -> Ints:
    """Read at each class what is left when one of its organisations is taken out, and put back as given."""
    found = np.zeros((len(nodes.kinds), by.size, len(nodes)), dtype=np.int64)
    for at, kind in enumerate(nodes.kinds):
        for power, state in enumerate(own.powers[kind]):
            if power % 2:
                found[at] -= complete[state]
            else:
                found[at] += complete[state]
    return reduced(found * (nodes.counts > 0)[:, None, :], by)
