"""Who could take part: organisations, where each is, and of which class it is.

A population knows nothing of calls. Each organisation has a path of blocks, coarse to fine (its country, its
region), where a block may be unknown, and a class: a small number that stands for all that a rule may ask of it.
Organisations with the same path and class are interchangeable, which is why a hundred thousand of them can be
counted as easily as a hundred.
"""

from dataclasses import dataclass

type Path = tuple[str | None, ...]


class PopulationError(ValueError):
    """A population cannot be as described."""


@dataclass(frozen=True, kw_only=True)
class Population:
    """Organisations by their place in the lists: `paths[i]` and `classes[i]` are of the organisation i.

    A block name stands for one block of its level, so it may not lie in two coarser blocks. None is unknown.

    >>> Population(levels=("country", "region"), paths=(("SE", "SE11"), ("SE", None)), classes=(0, 1)).blocks("region")
    ('SE11',)
    """

    levels: tuple[str, ...]
    paths: tuple[Path, ...]
    classes: tuple[int, ...]

    def __post_init__(self) -> None:
        if len(set(self.levels)) != len(self.levels):
            raise PopulationError(f"A level is named twice: {self.levels}")
        if len(self.paths) != len(self.classes):
            raise PopulationError(f"{len(self.paths)} paths but {len(self.classes)} classes")
        if min(self.classes, default=0) < 0:
            raise PopulationError("A class is a whole number from 0")
        above: list[dict[str, Path]] = [{} for _ in self.levels]
        for path in set(self.paths):
            if len(path) != len(self.levels):
                raise PopulationError(f"The path {path} does not have the {len(self.levels)} levels {self.levels}")
            for depth, block in enumerate(path):
                if block is not None and above[depth].setdefault(block, path[:depth]) != path[:depth]:
                    raise PopulationError(
                        f"{self.levels[depth]} {block} lies in {above[depth][block]} and {path[:depth]}"
                    )

    def __len__(self) -> int:
        return len(self.paths)

    def depth(self, level: str) -> int:
        """Give the place of a level, 0 the coarsest. Raises PopulationError if there is no such level."""
        if level not in self.levels:
            raise PopulationError(f"No level {level}; there are {', '.join(self.levels) or 'none'}")
        return self.levels.index(level)

    def blocks(self, level: str) -> tuple[str, ...]:
        """Name the blocks of a level that hold an organisation, in order of name."""
        depth = self.depth(level)
        return tuple(sorted({block for path in set(self.paths) if (block := path[depth]) is not None}))
