"""Who could apply at all: for a call, finished or a draft, and a register, every constellation that its rules let in.

The number is exact however large, by size, by theme and by region, with each organisation's access: in how many of the
constellations it can be. It is given twice, for what the register surely says and for what nothing known speaks
against. Who is in none is named, with the rule that leaves them out; rules that cannot be counted are looked at, in
every constellation or by lot, and rules that are not about who may apply are left out and said so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from samspel.engine.calls.text import Call, Rule
from samspel.engine.calls.vocabulary import LEVELS
from samspel.engine.registry import Organisation
from samspel.engine.simulation.access import DRAWS, Numbers, added, looked_at, told
from samspel.engine.simulation.census import Access, Census
from samspel.engine.simulation.estimating import LISTED_AT_MOST
from samspel.engine.simulation.framing import Accepting, Bounds, Certainty, Framed, asks_theme, frame
from samspel.engine.simulation.pooling import (
    Pool,
    Register,
    SimulationError,
    partners_under,
    pool_of,
    themes_of,
)
from samspel.engine.simulation.population import Population, PopulationError
from samspel.engine.simulation.reach import TooManyStates
from samspel.engine.simulation.table import Table
from samspel.engine.simulation.tallies import Tally, TallyError
from samspel.engine.simulation.uniting import unite
from samspel.engine.verdicts import Reason

MOST_PARTNERS = 12
SIZES = range(2, 7)
OTHERWISE = "nuts2"
"""The level at which regions are told of where the call counts by areas of its own."""


@dataclass(frozen=True, kw_only=True, slots=True)
class OfTheme:
    """The number of constellations under one theme."""

    theme: str
    surely: int
    possibly: int
    exact: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class OfRule:
    """What part a rule takes: `counted`, `looked-at` (in each constellation, or by lot) or `left` with the reason.

    `themes` are those under which it is so; empty: under all.
    """

    rule: str
    how: str
    why: str = ""
    themes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class LeftOut:
    """An organisation that can be in no constellation.

    `alone` are the rules of which each alone leaves it out, `without` those without which it would be let in; where
    there are neither, several rules do it `together`.
    """

    organisation: str
    certainty: Certainty
    alone: tuple[str, ...]
    without: tuple[str, ...]

    @property
    def together(self) -> bool:
        """Whether no single rule is to name."""
        return not self.alone and not self.without


@dataclass(frozen=True, kw_only=True)
class WhoCould:
    """Who could apply: the numbers, and what they are numbers of.

    Where the theme matters and none was chosen, `distinct` says that a constellation which may apply under several
    themes is counted once; otherwise the numbers are of constellations with a theme each.
    """

    theme: str
    sizes: tuple[int, ...]
    level: str
    pool: tuple[Organisation, ...]
    refused: tuple[Organisation, ...]
    numbers: Mapping[Certainty, Numbers]
    themes: tuple[OfTheme, ...]
    distinct: bool
    rules: tuple[OfRule, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def surely(self) -> Numbers:
        """What the register says suffices."""
        return self.numbers[Certainty.SURELY]

    @property
    def possibly(self) -> Numbers:
        """Nothing that is known speaks against it."""
        return self.numbers[Certainty.POSSIBLY]


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A call, a register and sizes, ready to be counted under each theme that matters; `furthest` as in `frame`."""

    call: Call
    register: Register
    sizes: tuple[int, ...]
    theme: str = ""
    furthest: Bounds | None = None

    @cached_property
    def pool(self) -> Pool:
        """The organisations that could be members."""
        return pool_of(self.call, self.register)

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The pool's ids."""
        return tuple(one.id for one in self.pool.members)

    @property
    def level(self) -> str:
        """The level at which regions are told of."""
        level = self.call.counting.level
        return level if level in LEVELS else OTHERWISE

    @cached_property
    def regions(self) -> tuple[str, ...]:
        """The register's regions of that level."""
        return self.register.at(self.level)

    @cached_property
    def framings(self) -> dict[str, Framed]:
        """The call framed under each theme that matters; under none where none does."""
        return {one: self._framed(one) for one in self._themes()}

    def _themes(self) -> tuple[str, ...]:
        every = themes_of(self.call, self.register)
        if self.theme:
            if self.theme not in every:
                raise SimulationError(Reason.of("simulation.unknown-theme", theme=self.theme))
            return (self.theme,)
        return every if every and any(map(_matters, self.call.rules)) else ("",)

    def _framed(self, theme: str) -> Framed:
        partners = partners_under(theme, self.pool, self.register)
        try:
            return frame(
                self.call,
                partners,
                theme=theme,
                largest=self.sizes[-1],
                furthest=self.furthest,
                levels=(self.level,),
            )
        except PopulationError as error:
            raise SimulationError(Reason.of("simulation.regions-do-not-nest")) from error

    def table(self, theme: str, certainty: Certainty) -> Table:
        """The ends of all constellations under a theme. Raises SimulationError when there are too many to tell."""
        framed = self.framings[theme]
        return affordable(lambda: Table(self._census(framed, certainty)))

    def _census(self, framed: Framed, certainty: Certainty) -> Census:
        return self._taken(framed.population, framed.tallies(certainty))

    def _taken(self, population: Population, tallies: Sequence[Tally]) -> Census:
        return Census(population=population, tallies=tallies, sizes=self.sizes, levels=(self.level,))

    def told(self, access: Access) -> Numbers:
        """A count in words of the register."""
        return told(access, self.ids, self.level, self.regions)

    def looked_at(
        self, theme: str, certainty: Certainty, *, seed: int, draws: int, listed: int, bounds: Bounds | None = None
    ) -> Numbers:
        """The numbers under a theme where some rules need a look at each constellation."""
        framed = self.framings[theme]
        return looked_at(
            affordable(lambda: self._census(framed, certainty)),
            framed.accept(certainty, bounds=bounds),
            framed.holds(certainty),
            ids=self.ids,
            level=self.level,
            regions=self.regions,
            seed=seed,
            draws=draws,
            listed=listed,
        )

    def distinct(self, certainty: Certainty, by_theme: Mapping[str, Numbers]) -> Numbers | None:
        """The numbers under at least one theme, each constellation counted once; None if that is too much to count."""
        some = [theme for theme, numbers in by_theme.items() if numbers.high]
        if len(some) <= 1:
            return by_theme[some[0] if some else next(iter(by_theme))]
        if any(framed.looked_at for framed in self.framings.values()):
            return None
        together = self.together(certainty, some)
        return None if together is None else self.told(together[0].access(accept=together[1]))

    def together(self, certainty: Certainty, themes: Sequence[str]) -> tuple[Census, Accepting] | None:
        """All of these themes at once, and what accepts a constellation under any of them; None if it is too much."""
        framings = [self.framings[theme] for theme in themes]
        united = unite(framings, certainty)
        try:
            census = self._taken(united.population, united.tallies)
        except (TooManyStates, TallyError):
            return None
        return census, united.any_of([one.accept(certainty) for one in framings])


def _matters(rule: Rule) -> bool:
    """Whether the theme matters to a rule that may be counted."""
    return rule.over == "application" and rule.severity == "must" and asks_theme(rule)


def affordable[T](work: Callable[[], T]) -> T:
    """Do some counting, and say in words when it is too much."""
    try:
        return work()
    except (TooManyStates, TallyError) as error:
        raise SimulationError(Reason.of("simulation.too-many-states")) from error


def checked(sizes: Iterable[int]) -> tuple[int, ...]:
    """Give the sizes in order. Raises SimulationError for sizes that no constellation can have."""
    found = tuple(sorted(set(sizes)))
    if not found or found[0] < 1 or found[-1] > MOST_PARTNERS:
        raise SimulationError(Reason.of("simulation.sizes", most=MOST_PARTNERS))
    return found


def who_could_apply(
    call: Call,
    register: Register,
    *,
    theme: str = "",
    sizes: Iterable[int] = SIZES,
    seed: int = 1,
    draws: int = DRAWS,
    listed: int = LISTED_AT_MOST,
) -> WhoCould:
    """Count who could apply under a call with the organisations of a register.

    `draws` constellations are drawn by `seed` where some rules must be looked at and there are more than `listed`.
    Raises SimulationError.
    """
    standing = Standing(call=call, register=register, sizes=checked(sizes), theme=theme)
    counts = {certainty: _counted(standing, certainty, seed, draws, listed) for certainty in Certainty}
    wholes = {certainty: standing.distinct(certainty, one.by_theme) for certainty, one in counts.items()}
    numbers = {certainty: found for certainty, found in wholes.items() if found is not None}
    distinct = len(numbers) == len(wholes)
    if not distinct:
        numbers = {certainty: added(list(one.by_theme.values())) for certainty, one in counts.items()}
    surely, possibly = counts[Certainty.SURELY].by_theme, counts[Certainty.POSSIBLY].by_theme
    first = next(iter(standing.framings.values()))
    return WhoCould(
        theme=theme,
        sizes=standing.sizes,
        level=standing.level,
        pool=standing.pool.members,
        refused=standing.pool.refused,
        numbers=numbers,
        themes=tuple(
            OfTheme(
                theme=one,
                surely=surely[one].total,
                possibly=possibly[one].total,
                exact=surely[one].exact and possibly[one].exact,
            )
            for one in standing.framings
            if one
        ),
        distinct=distinct,
        rules=tuple(_parts(call, standing.framings)),
        left_out=tuple(
            out for how, one in counts.items() for out in _left_out(how, one, numbers[how], first.looked_at)
        ),
    )


def _parts(call: Call, framings: Mapping[str, Framed]) -> Iterable[OfRule]:
    """The part of each rule, and where it differs between themes, under which it is which."""
    for rule in call.rules:
        parts: dict[tuple[str, str], list[str]] = {}
        for theme, framed in framings.items():
            how = "counted" if rule.id in framed.conditions else "left" if rule.id in framed.left else "looked-at"
            parts.setdefault((how, str(framed.left.get(rule.id, ""))), []).append(theme)
        for (how, why), themes in parts.items():
            yield OfRule(rule=rule.id, how=how, why=why, themes=tuple(themes) if len(parts) > 1 else ())


@dataclass(frozen=True, kw_only=True)
class _Counted:
    by_theme: Mapping[str, Numbers]
    only: Mapping[str, tuple[int, ...]]
    """For each counted rule, in how many constellations each organisation can be if that rule alone holds."""
    without: Mapping[str, tuple[int, ...]]
    """The same if every other counted rule holds."""


def _counted(standing: Standing, certainty: Certainty, seed: int, draws: int, listed: int) -> _Counted:
    by_theme: dict[str, Numbers] = {}
    only: dict[str, tuple[int, ...]] = {}
    without: dict[str, tuple[int, ...]] = {}
    for theme, framed in standing.framings.items():
        rules = tuple(framed.conditions)
        asked: list[Accepting] = [framed.accept(certainty)]
        asked += [framed.accept(certainty, only=rule) for rule in rules]
        asked += [framed.accept(certainty, without=rule) for rule in rules]
        found = standing.table(theme, certainty).sweep(accepts=asked)
        for place, rule in enumerate(rules, start=1):
            only[rule] = _sum(only.get(rule), found[place].items)
            without[rule] = _sum(without.get(rule), found[place + len(rules)].items)
        by_theme[theme] = (
            standing.looked_at(theme, certainty, seed=seed, draws=draws, listed=listed)
            if framed.looked_at
            else standing.told(found[0])
        )
    return _Counted(by_theme=by_theme, only=only, without=without)


def _sum(one: tuple[int, ...] | None, other: tuple[int, ...]) -> tuple[int, ...]:
    return other if one is None else tuple(map(sum, zip(one, other, strict=True)))


def _left_out(certainty: Certainty, counted: _Counted, numbers: Numbers, looked_at: Sequence[str]) -> Iterable[LeftOut]:
    """Name who is in no constellation, and the rules that do it; an estimate of none is no proof, so it is skipped."""
    for place, one in enumerate(numbers.organisations):
        if one.number or not numbers.exact:
            continue
        alone = tuple(rule for rule, items in counted.only.items() if not items[place])
        without = tuple(rule for rule, items in counted.without.items() if items[place])
        yield LeftOut(organisation=one.id, certainty=certainty, alone=alone, without=() if looked_at else without)
