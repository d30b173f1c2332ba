"""The population sorted into the blocks that a rule looks at.

Only the levels that a tally counts by, or that somebody asks about, matter. Each of their blocks is a node that lies
in the nearest coarser block known for it, or outside all blocks. An organisation belongs to its finest known block,
where it is one of a group: the organisations there that every tally counts alike.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from samspel.engine.simulation.population import Path, Population
from samspel.engine.simulation.reach import Shape
from samspel.engine.simulation.residues import Ints
from samspel.engine.simulation.tallies import Tally, TallyError, told_alike

type _Known = tuple[tuple[int, str], ...]
"""The known blocks of a path at the levels in use, each with its depth."""


@dataclass(frozen=True, kw_only=True)
class Nodes:
    """The blocks of one shape, sorted by the block that they lie in; or the one place outside all blocks."""

    blocks: tuple[str, ...]
    """Each one's name at its finest open level; "" outside all blocks."""
    parents: Ints
    """The place of the block that each lies in, among the nodes of the coarser shape."""
    starts: Ints
    """Where in the list the nodes of each parent that has any begin."""
    kinds: tuple[int, ...]
    """The classes that occur."""
    counts: Ints
    """How many organisations of each class (row) each node (column) holds itself."""

    def __len__(self) -> int:
        return len(self.blocks)


@dataclass(frozen=True, kw_only=True)
class Grounds:
    """All nodes by shape, and where each organisation belongs."""

    size: int
    nodes: dict[Shape, Nodes]
    members: dict[Shape, list[list[Ints]]]
    """The organisations of each class (by its place in `kinds`) in each node, as places in the population."""
    depths: tuple[int | None, ...]
    """Each tally's level."""

    @cached_property
    def groups(self) -> dict[Shape, Ints]:
        """Number the groups: for each class and node of a shape its number, or -1 where nobody is."""
        found: dict[Shape, Ints] = {}
        numbered = 0
        for shape, nodes in self.nodes.items():
            here = np.cumsum(nodes.counts.ravel() > 0).reshape(nodes.counts.shape)
            found[shape] = np.where(nodes.counts > 0, numbered + here - 1, -1)
            numbered += int(np.count_nonzero(nodes.counts))
        return found

    @cached_property
    def group_of(self) -> tuple[int, ...]:
        """Each organisation's group."""
        found = np.zeros(self.size, dtype=np.int64)
        for shape, numbers in self.groups.items():
            for node, of_kinds in enumerate(self.members[shape]):
                for kind, items in enumerate(of_kinds):
                    found[items] = numbers[kind, node]
        return tuple(found.tolist())

    @property
    def kinds(self) -> tuple[tuple[Shape, tuple[int, ...]], ...]:
        return tuple((shape, nodes.kinds) for shape, nodes in sorted(self.nodes.items()))


def lay_out(population: Population, tallies: Sequence[Tally], levels: Iterable[str]) -> Grounds:
    """Sort a population by the blocks of the tallies' levels and of `levels`.

    Raises PopulationError for an unknown level and TallyError when a tally lacks a weight for a class.
    """
    depths = tuple(None if tally.level is None else population.depth(tally.level) for tally in tallies)
    used = sorted({depth for depth in depths if depth is not None} | {population.depth(level) for level in levels})
    classes = max(population.classes, default=-1) + 1
    for tally in tallies:
        if len(tally.weights) < classes:
            raise TallyError(f"{tally.name} has {len(tally.weights)} weights for {classes} classes")
    if len({tally.name for tally in tallies}) != len(tallies):
        raise TallyError("Two tallies have the same name")
    alike = told_alike(tuple(tallies), classes)
    together: dict[tuple[Path, int], list[int]] = {}
    for item, place in enumerate(zip(population.paths, population.classes, strict=True)):
        together.setdefault(place, []).append(item)
    held: dict[_Known, dict[int, list[int]]] = {(): {}}
    for (path, kind), items in together.items():
        known = tuple((depth, block) for depth in used if (block := path[depth]) is not None)
        held.setdefault(known, {}).setdefault(alike[kind], []).extend(items)
    for known in list(held):
        for outer in range(len(known)):
            held.setdefault(known[:outer], {})
    nodes, members = _nodes(held)
    return Grounds(size=len(population), nodes=nodes, members=members, depths=depths)


def _nodes(
    held: dict[_Known, dict[int, list[int]]],
) -> tuple[dict[Shape, Nodes], dict[Shape, list[list[Ints]]]]:
    by_shape: dict[Shape, list[_Known]] = {}
    for known in held:
        by_shape.setdefault(tuple(depth for depth, _ in known), []).append(known)
    nodes: dict[Shape, Nodes] = {}
    members: dict[Shape, list[list[Ints]]] = {}
    place: dict[_Known, int] = {}
    for shape in sorted(by_shape, key=lambda one: (len(one), one)):
        paths = sorted(by_shape[shape], key=lambda one: (place.get(one[:-1], 0), one))
        place |= {known: at for at, known in enumerate(paths)}
        parents = np.array([place[known[:-1]] if known else 0 for known in paths], dtype=np.int64)
        kinds = sorted({kind for known in paths for kind in held[known]})
        counts = [[len(held[known].get(kind, ())) for known in paths] for kind in kinds]
        nodes[shape] = Nodes(
            blocks=tuple(known[-1][1] if known else "" for known in paths),
            parents=parents,
            starts=np.unique(parents, return_index=True)[1].astype(np.int64),
            kinds=tuple(kinds),
            counts=np.array(counts, dtype=np.int64).reshape(len(kinds), len(paths)),
        )
        members[shape] = [[np.array(held[known].get(kind, ()), dtype=np.int64) for kind in kinds] for known in paths]
    return nodes, members
