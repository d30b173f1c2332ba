"""What becomes of who could apply when a call's numbers change: sweeps over them, two drafts side by side, and samples.

A sweep counts once for each level and theme, and answers every combination of numbers from the same table. A
comparison says who gains and who loses access, by name. A sample is drawn by lot from all constellations that may
apply, each as likely as any other, and is the same for the same seed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import product

from samspel.engine.calls.conditions import Filter
from samspel.engine.calls.judging.judge import topics
from samspel.engine.calls.text import Call, Dated
from samspel.engine.calls.vocabulary import LEVELS
from samspel.engine.simulation.access import Numbers
from samspel.engine.simulation.census import Access
from samspel.engine.simulation.designing import SIZES, Standing, WhoCould, checked, who_could_apply
from samspel.engine.simulation.drawing import as_sets
from samspel.engine.simulation.framing import Bounds, Certainty, partner_filters
from samspel.engine.simulation.pooling import Register, SimulationError
from samspel.engine.verdicts import Reason

MOST_VARIANTS = 400
MOST_LOOKED_AT = 40
"""The most variants where some rules must be looked at in each constellation."""

SWEEP_DRAWS = 300
SWEEP_LISTED = 500
MOST_TRIES = 50


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One variant of a call: its numbers, level and theme (empty: all), and who could apply.

    `organisations` and `regions` are how many have access, surely and possibly.
    """

    values: Mapping[str, Decimal]
    level: str
    theme: str
    surely: int
    possibly: int
    organisations: tuple[int, int]
    regions: tuple[int, int]
    exact: bool


@dataclass(frozen=True, kw_only=True)
class Sweep:
    """The variants of a call, in order.

    `pairs` says that several themes were taken together, and that each pair of constellation and theme counts once.
    """

    names: tuple[str, ...]
    rows: tuple[Row, ...]
    sizes: tuple[int, ...]
    pairs: bool


def with_values(call: Call, values: Mapping[str, Decimal]) -> Call:
    """The call with other numbers, on any day.

    Raises:
        SimulationError: the call has no such number.
    """
    known = {one.name: one for one in call.parameters}
    for name in values:
        if name not in known:
            raise SimulationError(Reason.of("simulation.unknown-parameter", name=name))
        if known[name].unit == "date":
            raise SimulationError(Reason.of("simulation.not-a-number", name=name))
    return replace(
        call,
        parameters=tuple(
            replace(one, values=(Dated(values[one.name]),)) if one.name in values else one for one in call.parameters
        ),
    )


def with_level(call: Call, level: str) -> Call:
    """The call with its regions told apart at another level, wherever a rule names no level of its own.

    Raises:
        SimulationError: no such level.
    """
    if level not in LEVELS and level not in call.declared.sets():
        raise SimulationError(Reason.of("simulation.unknown-level", level=level))
    return replace(call, counting=replace(call.counting, level=level))


def sweep(
    call: Call,
    register: Register,
    *,
    vary: Mapping[str, Sequence[Decimal]],
    levels: Sequence[str] = (),
    themes: Sequence[str] = (),
    sizes: Iterable[int] = SIZES,
) -> Sweep:
    """Count who could apply under every combination of numbers, levels and themes.

    Without `levels` the call's own is taken, without `themes` all that matter together.
    Raises SimulationError.
    """
    looked = checked(sizes)
    names = tuple(vary)
    if any(not values for values in vary.values()):
        raise SimulationError(Reason.of("simulation.nothing-to-vary"))
    grids = [dict(zip(names, one, strict=True)) for one in _products(vary)]
    variants = len(grids) * max(1, len(levels)) * max(1, len(themes))
    if variants > MOST_VARIANTS:
        raise SimulationError(Reason.of("simulation.too-many-variants", found=variants, most=MOST_VARIANTS))
    rows: list[Row] = []
    pairs = False
    for level in levels or (call.counting.level,):
        for theme in themes or ("",):
            for part in _alike(with_level(call, level), grids):
                base = with_values(part.call, part.grids[0])
                standing = Standing(
                    call=base, register=register, sizes=looked, theme=theme, furthest=_furthest(part.grids)
                )
                pairs = pairs or len(standing.framings) > 1
                rows += _rows(standing, part.grids, level, theme, variants)
    return Sweep(names=names, rows=tuple(rows), sizes=looked, pairs=pairs)


def _products(vary: Mapping[str, Sequence[Decimal]]) -> Iterator[tuple[Decimal, ...]]:
    return product(*vary.values())


@dataclass(frozen=True, slots=True)
class _Alike:
    """Variants that one framing answers: only numbers that rules compare with differ."""

    call: Call
    grids: tuple[Mapping[str, Decimal], ...]


def _alike(call: Call, grids: Sequence[Mapping[str, Decimal]]) -> Iterator[_Alike]:
    """Part variants by the numbers that stand inside filters, where they change who is meant."""
    inside = {name for rule in call.rules for one in partner_filters(rule) for name in _named_in(one)}
    parts: dict[tuple[tuple[str, Decimal], ...], list[Mapping[str, Decimal]]] = {}
    for grid in grids:
        parts.setdefault(tuple((name, grid[name]) for name in grid if name in inside), []).append(grid)
    for fixed, part in parts.items():
        yield _Alike(with_values(call, dict(fixed)), tuple(part))


def numbers_to_vary(call: Call) -> dict[str, str]:
    """The numbers that decide who may apply, each with the first rule that compares with it."""
    found: dict[str, str] = {}
    for rule in call.rules:
        if rule.over == "application" and rule.severity == "must" and topics(rule.needs) <= {"constellation"}:
            for leaf in rule.needs.leaves():
                if leaf.parameter:
                    found.setdefault(leaf.parameter, rule.id)
    return found


def _named_in(one: Filter) -> Iterator[str]:
    for ask in one.asks:
        if ask.attribute in ("age_at_most", "age_at_least"):
            yield from ask.values
    for part in one.parts:
        yield from _named_in(part)


def _furthest(grids: Sequence[Mapping[str, Decimal]]) -> Bounds:
    return {name: max(grid[name] for grid in grids) for name in grids[0]}


def _rows(
    standing: Standing, grids: Sequence[Mapping[str, Decimal]], level: str, theme: str, variants: int
) -> Iterator[Row]:
    found = {how: _found(standing, grids, how, variants) for how in Certainty}
    for place, grid in enumerate(grids):
        surely, possibly = (found[how][place] for how in Certainty)
        yield Row(
            values=grid,
            level=level,
            theme=theme,
            surely=surely.total,
            possibly=possibly.total,
            organisations=(len(surely.organisations), len(possibly.organisations)),
            regions=(len(surely.regions), len(possibly.regions)),
            exact=surely.exact and possibly.exact,
        )


@dataclass(frozen=True, slots=True)
class _Found:
    """What one variant comes to: constellations, and the organisations and regions that have access."""

    total: int = 0
    organisations: frozenset[int | str] = frozenset()
    regions: frozenset[str] = frozenset()
    exact: bool = True

    @classmethod
    def of(cls, access: Access, level: str) -> _Found:
        return cls(
            access.total,
            frozenset(place for place, group in enumerate(access.group_of) if access.groups[group]),
            frozenset(region for region, number in access.touching.get(level, {}).items() if number),
        )

    @classmethod
    def estimated(cls, numbers: Numbers) -> _Found:
        return cls(
            numbers.total,
            frozenset(one.id for one in numbers.organisations if one.number),
            frozenset(one.id for one in numbers.regions if one.number),
            numbers.exact,
        )

    def beside(self, other: _Found) -> _Found:
        """Two themes together: constellations added up, organisations and regions that either lets in."""
        return _Found(
            self.total + other.total,
            self.organisations | other.organisations,
            self.regions | other.regions,
            self.exact and other.exact,
        )


def _found(
    standing: Standing, grids: Sequence[Mapping[str, Decimal]], certainty: Certainty, variants: int
) -> list[_Found]:
    """What each variant comes to under all themes that matter."""
    found = [_Found()] * len(grids)
    for theme, framed in standing.framings.items():
        if not framed.looked_at:
            accepts = [framed.accept(certainty, bounds=grid) for grid in grids]
            swept = standing.table(theme, certainty).sweep(accepts=accepts)
            more = [_Found.of(one, standing.level) for one in swept]
        elif variants * len(standing.framings) > MOST_LOOKED_AT:
            reason = Reason.of("simulation.too-many-to-look-at", rules=" ".join(framed.looked_at), most=MOST_LOOKED_AT)
            raise SimulationError(reason)
        else:
            each = (replace(standing, call=with_values(standing.call, grid)) for grid in grids)
            more = [_Found.estimated(_looked_at(one, theme, certainty)) for one in each]
        found = [one.beside(other) for one, other in zip(found, more, strict=True)]
    return found


def _looked_at(standing: Standing, theme: str, certainty: Certainty) -> Numbers:
    return standing.looked_at(theme, certainty, seed=1, draws=SWEEP_DRAWS, listed=SWEEP_LISTED)


@dataclass(frozen=True, kw_only=True, slots=True)
class Changes:
    """Whose access one draft opens and closes beside another: ids of organisations and codes of regions."""

    gained_organisations: tuple[str, ...]
    lost_organisations: tuple[str, ...]
    gained_regions: tuple[str, ...]
    lost_regions: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """Two drafts over the same register, and what changes from the one to the other."""

    one: WhoCould
    other: WhoCould
    changes: Mapping[Certainty, Changes]


def compare(one: Call, other: Call, register: Register, *, theme: str = "", sizes: Iterable[int] = SIZES) -> Comparison:
    """Count who could apply under two calls, and name those whose access differs. Raises SimulationError."""
    looked = checked(sizes)
    before, after = (who_could_apply(call, register, theme=theme, sizes=looked) for call in (one, other))
    return Comparison(one=before, other=after, changes={how: changes(before, after, how) for how in Certainty})


def changes(before: WhoCould, after: WhoCould, certainty: Certainty) -> Changes:
    """Name those who have access under one of two counts alone."""
    first, second = _having(before.numbers[certainty]), _having(after.numbers[certainty])
    return Changes(
        gained_organisations=tuple(sorted(second[0] - first[0])),
        lost_organisations=tuple(sorted(first[0] - second[0])),
        gained_regions=tuple(sorted(second[1] - first[1])),
        lost_regions=tuple(sorted(first[1] - second[1])),
    )


def _having(numbers: Numbers) -> tuple[set[str], set[str]]:
    return (
        {one.id for one in numbers.organisations if one.number},
        {one.id for one in numbers.regions if one.number},
    )


def sample(
    call: Call,
    register: Register,
    *,
    theme: str = "",
    sizes: Iterable[int] = SIZES,
    count: int,
    seed: int,
    certainty: Certainty = Certainty.SURELY,
) -> tuple[tuple[str, ...], ...]:
    """Draw constellations that may apply, each as likely as any other, as members' ids; none where there are none.

    Where rules must be looked at, what does not hold to them is drawn again, and fewer may come of it in the end.
    Raises SimulationError, also where all themes at once are too much to draw from.
    """
    standing = Standing(call=call, register=register, sizes=checked(sizes), theme=theme)
    framings = list(standing.framings.values())
    together = standing.together(certainty, list(standing.framings))
    looking = any(one.looked_at for one in framings)
    if together is None or (looking and len(framings) > 1):
        raise SimulationError(Reason.of("simulation.choose-theme"))
    lots = together[0].lots(accept=together[1])
    if lots is None:
        return ()
    holds = framings[0].holds(certainty)
    found: list[tuple[str, ...]] = []
    for attempt in range(MOST_TRIES if looking else 1):
        for places in as_sets(lots.draw(count=count, seed=seed + attempt)):
            if len(found) < count and (not looking or holds(places)):
                found.append(tuple(standing.ids[place] for place in places))
        if len(found) >= count:
            break
    return tuple(found)
