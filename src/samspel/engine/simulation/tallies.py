"""What is kept count of while a constellation is put together.

A tally is one number of a set of organisations, such as "cluster organisations" or "regions represented". Each
stops at its cap, because a rule that asks for two regions need not tell three from four. A tally of blocks counts
inside a block first, and adds its block when the block is complete; inside and outside it may therefore hold
different values. An organisation whose block is unknown counts by the tally's word on the homeless: "none" adds
nothing, "each" adds one block for each of them, "floor" says that one block at least is represented.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar, Literal, NamedTuple

type Homeless = Literal["none", "each", "floor"]

ONLY_HOMELESS = -1
"""A count of blocks, no block yet, but an organisation whose block is unknown: at least one block, whichever it is."""

EVERYTHING = -1
"""What the empty set has in common: every bit."""

MOST_MASKS = 1_024
"""The most different intersections that a `Meet` may reach."""


class TallyError(ValueError):
    """A tally cannot be as described."""


class Mode(NamedTuple):
    """How a tally is kept, inside a block or outside all: its values (the first is nothing), sums, and classes."""

    values: tuple[int, ...]
    join: Callable[[int, int], int]
    marks: tuple[int, ...]
    """What one organisation of each class gives."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Items:
    """The number of organisations with weight 1, up to `cap`; `weights` has one weight for each class."""

    level: ClassVar[None] = None
    name: str
    weights: tuple[int, ...]
    cap: int

    def __post_init__(self) -> None:
        _check(self.name, self.cap, self.weights)

    @property
    def outside(self) -> Mode:
        return _added(self.cap, self.weights)

    def read(self, value: int) -> int:
        return value


@dataclass(frozen=True, kw_only=True, slots=True)
class Blocks:
    """The number of blocks of `level` that hold an organisation with weight 1, up to `cap`."""

    name: str
    level: str
    weights: tuple[int, ...]
    cap: int
    homeless: Homeless = "none"

    def __post_init__(self) -> None:
        _check(self.name, self.cap, self.weights)

    @property
    def inside(self) -> Mode:
        return Mode((0, 1), max, self.weights)

    @property
    def outside(self) -> Mode:
        if self.homeless != "floor":
            return _added(self.cap, tuple(weight if self.homeless == "each" else 0 for weight in self.weights))
        values = (0, ONLY_HOMELESS, *range(1, self.cap + 1))
        return Mode(values, self._join, tuple(ONLY_HOMELESS if weight else 0 for weight in self.weights))

    def _join(self, one: int, other: int) -> int:
        if one <= 0 and other <= 0:
            return min(one, other)
        return min(self.cap, max(one, 0) + max(other, 0))

    def close(self, value: int) -> int:
        return value

    def read(self, value: int) -> int:
        return 1 if value == ONLY_HOMELESS else value


@dataclass(frozen=True, kw_only=True, slots=True)
class BlocksWithout:
    """The number of blocks of `level` that hold an organisation with weight `having` and none with `holding`.

    Such as the regions represented by no member that is tied to a priority.
    """

    name: str
    level: str
    having: tuple[int, ...]
    holding: tuple[int, ...]
    cap: int
    homeless: Literal["none", "each"] = "none"

    def __post_init__(self) -> None:
        _check(self.name, self.cap, (*self.having, *self.holding))
        if len(self.having) != len(self.holding):
            raise TallyError(f"{self.name}: having and holding differ in length")

    @property
    def weights(self) -> tuple[int, ...]:
        """What is seen of each class: 0 nothing, 1 one that has, 2 one that holds (whatever else it has)."""
        return tuple(2 if holds else has for has, holds in zip(self.having, self.holding, strict=True))

    @property
    def inside(self) -> Mode:
        return Mode((0, 1, 2), max, self.weights)

    @property
    def outside(self) -> Mode:
        return _added(self.cap, tuple(int(one == 1 and self.homeless == "each") for one in self.weights))

    def close(self, value: int) -> int:
        return int(value == 1)

    def read(self, value: int) -> int:
        return value


@dataclass(frozen=True, kw_only=True, slots=True)
class Largest:
    """The most organisations with weight 1 in one block of `level`, up to `cap`."""

    name: str
    level: str
    weights: tuple[int, ...]
    cap: int
    homeless: Literal["none", "each"] = "none"

    def __post_init__(self) -> None:
        _check(self.name, self.cap, self.weights)

    @property
    def inside(self) -> Mode:
        return _added(self.cap, self.weights)

    @property
    def outside(self) -> Mode:
        alone = tuple(weight if self.homeless == "each" else 0 for weight in self.weights)
        return Mode(tuple(range(self.cap + 1)), max, alone)

    def close(self, value: int) -> int:
        return value

    def read(self, value: int) -> int:
        return value


@dataclass(frozen=True, kw_only=True, slots=True)
class Meet:
    """The bits that all organisations have, as a mask; `masks` has one for each class. The empty set has -1."""

    level: ClassVar[None] = None
    name: str
    masks: tuple[int, ...]

    def __post_init__(self) -> None:
        if any(mask < 0 for mask in self.masks):
            raise TallyError(f"{self.name}: a mask is a whole number from 0")

    @property
    def weights(self) -> tuple[int, ...]:
        return self.masks

    @property
    def outside(self) -> Mode:
        reached: set[int] = set()
        for mask in sorted(set(self.masks)):
            reached |= {mask & other for other in reached} | {mask}
            if len(reached) > MOST_MASKS:
                raise TallyError(f"{self.name}: more than {MOST_MASKS} different intersections")
        return Mode((EVERYTHING, *sorted(reached)), int.__and__, self.masks)

    def read(self, value: int) -> int:
        return value


type OfBlocks = Blocks | BlocksWithout | Largest
type Tally = Items | Meet | OfBlocks


def told_alike(tallies: tuple[Tally, ...], classes: int) -> list[int]:
    """Give for each class the first one that every tally counts the same: the two are interchangeable.

    >>> told_alike((Items(name="clusters", weights=(1, 0, 1, 0), cap=3),), 4)
    [0, 1, 0, 1]
    """
    first: dict[tuple[int, ...], int] = {}
    return [first.setdefault(tuple(tally.weights[kind] for tally in tallies), kind) for kind in range(classes)]


def _added(cap: int, marks: tuple[int, ...]) -> Mode:
    return Mode(tuple(range(cap + 1)), lambda one, other: min(cap, one + other), marks)


def _check(name: str, cap: int, weights: tuple[int, ...]) -> None:
    if cap < 1:
        raise TallyError(f"{name}: the cap must be at least 1")
    if any(weight not in (0, 1) for weight in weights):
        raise TallyError(f"{name}: weights are 0 or 1")
