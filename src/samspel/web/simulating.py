"""Who could apply, for the page: counted once for the same text, register and questions, and put into words."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from samspel.engine.calls.reading.call import read
from samspel.engine.calls.text import said
from samspel.engine.simulation.designing import WhoCould, who_could_apply
from samspel.engine.simulation.framing import Certainty
from samspel.engine.simulation.pooling import Register, SimulationError, themes_of
from samspel.engine.simulation.sweeping import Changes, Row, Sweep, changes, numbers_to_vary, sample, sweep
from samspel.engine.verdicts import Reason
from samspel.web.frame import language
from samspel.web.heat import Scale, drawn
from samspel.wording.amounts import number
from samspel.wording.rules import rule_heading
from samspel.wording.say import label, say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from samspel.engine.calls.text import Call
    from samspel.engine.simulation.access import Numbers, Reached

type Files = tuple[tuple[str, str], ...]

LARGEST_OF_ALL_THEMES = 6
"""The largest constellation for which a page counts all themes together."""

MOST_TABLES = 80
"""The most levels times themes that a page varies numbers over."""

DRAWS, LISTED = 400, 1_500
FEW = 8
"""Names that are told outright; more of them are folded away."""
MILLION, THOUSAND = 10**6, 10**3
HUNDRED = 100


@dataclass(frozen=True, slots=True)
class Asked:
    """What is counted, in a form that can be remembered."""

    theme: str
    sizes: tuple[int, ...]
    vary: tuple[tuple[str, tuple[Decimal, ...]], ...] = ()
    levels: tuple[str, ...] = ()
    drawn: int = 0
    seed: int = 1


@lru_cache(maxsize=16)
def counted(files: Files, register: Register, theme: str, sizes: tuple[int, ...]) -> WhoCould:
    """Count who could apply.

    Raises:
        SimulationError: it cannot be counted, or not on a page.
    """
    call = read(dict(files))
    if not theme and sizes[-1] > LARGEST_OF_ALL_THEMES and len(themes_of(call, register)) > 1:
        raise SimulationError(Reason.of("simulation.too-much-work"))
    return who_could_apply(call, register, theme=theme, sizes=sizes, draws=DRAWS, listed=LISTED)


@lru_cache(maxsize=16)
def swept(files: Files, register: Register, asked: Asked) -> Sweep | None:
    """Vary numbers and levels; None where nothing is varied.

    Raises:
        SimulationError: it cannot be counted, or not on a page.
    """
    if not asked.vary and not asked.levels:
        return None
    call = read(dict(files))
    themes = 1 if asked.theme else max(1, len(themes_of(call, register)))
    if themes * max(1, len(asked.levels)) > MOST_TABLES:
        raise SimulationError(Reason.of("simulation.too-much-work"))
    return sweep(
        call,
        register,
        vary=dict(asked.vary),
        levels=asked.levels,
        themes=(asked.theme,) if asked.theme else (),
        sizes=asked.sizes,
    )


@lru_cache(maxsize=16)
def sampled(files: Files, register: Register, asked: Asked) -> tuple[tuple[str, ...], ...]:
    """Draw constellations that surely may apply.

    Raises:
        SimulationError: a theme must be chosen first.
    """
    call = read(dict(files))
    return sample(call, register, theme=asked.theme, sizes=asked.sizes, count=asked.drawn, seed=asked.seed)


@dataclass(frozen=True)
class Telling:
    """Puts counts into the words of one call, in the language of the page; `names` are those of the register."""

    call: Call
    names: Mapping[str, str]

    def name(self, code: str) -> str:
        """What a region, theme or organisation is called."""
        declared = self.call.declared.of("terms.theme").get(code)
        return self.names.get(code) or (said(declared.text, language()) if declared else code)

    def rule(self, rule_id: str) -> str:
        """What a rule says, in short."""
        return rule_heading(self.call, self.call.rule(rule_id), language(), self.names)

    def numbers(self) -> dict[str, tuple[str, str]]:
        """The numbers that can be varied: unit, and what they are."""
        found = {}
        for name, rule in numbers_to_vary(self.call).items():
            parameter = self.call.parameter(name)
            if parameter.unit != "date":
                found[name] = (parameter.unit, self._number(name, rule))
        return found

    def _number(self, name: str, rule: str) -> str:
        """A number by the rule that compares with it, and what it is now."""
        now = self.call.limit(name)
        value = _("not stated") if now is None else self.value(name, now)
        return _("%(rule)s (now %(value)s)") % {"rule": self.rule(rule), "value": value}

    def value(self, name: str, value: Decimal) -> str:
        """A number as it is written; a share as a percentage."""
        if self.call.parameter(name).unit == "share":
            return f"{number(value * HUNDRED, language())} %"
        return number(value, language())

    def levels(self) -> dict[str, str]:
        """The levels at which regions can be told apart."""
        return {one: label("level", one, language()) for one in ("country", "nuts1", "nuts2", "nuts3")}

    def who(self, found: WhoCould) -> dict[str, Any]:
        """The answer: totals, sizes, themes, organisations and regions, rules, and who is left out."""
        spoken = language()
        return {
            "found": found,
            "sorts": [self._numbers(found, one) for one in Certainty],
            "sizes": [
                {"size": size, "surely": found.surely.per_size[size], "possibly": found.possibly.per_size[size]}
                for size in found.sizes
            ],
            "themes": [
                {"name": self.name(one.theme), "surely": one.surely, "possibly": one.possibly, "exact": one.exact}
                for one in sorted(found.themes, key=lambda one: (-one.surely, -one.possibly))
            ],
            "organisations": self._reached(found.surely.organisations, found.possibly.organisations),
            "regions": self._reached(found.surely.regions, found.possibly.regions),
            "level": label("level", found.level, spoken),
            "rules": [
                {
                    "text": self.rule(one.rule),
                    "how": label("simulation.how", one.how, spoken),
                    "counted": one.how == "counted",
                    "why": label("simulation.left", one.why, spoken) if one.why else "",
                    "themes": ", ".join(map(self.name, one.themes)),
                }
                for one in found.rules
            ],
            "left_out": [self._left_out(found, one) for one in Certainty],
            "refused": [one.name for one in found.refused],
        }

    def _numbers(self, found: WhoCould, certainty: Certainty) -> dict[str, Any]:
        numbers: Numbers = found.numbers[certainty]
        return {
            "surely": certainty is Certainty.SURELY,
            "total": numbers.total,
            "exact": numbers.exact,
            "low": numbers.low,
            "high": numbers.high,
            "with_access": numbers.with_access,
            "of": len(numbers.organisations),
            "regions": numbers.regions_with_access,
            "of_regions": len(numbers.regions),
        }

    def _reached(self, surely: Sequence[Reached], possibly: Sequence[Reached]) -> list[dict[str, Any]]:
        rows = [
            {
                "id": one.id,
                "name": self.name(one.id),
                "surely": one.number,
                "of_median": None if one.of_median is None else Decimal(round(float(one.of_median), 2)),
                "possibly": other.number,
            }
            for one, other in zip(surely, possibly, strict=True)
        ]
        return sorted(rows, key=lambda row: (-row["surely"], -row["possibly"], row["name"]))

    def _left_out(self, found: WhoCould, certainty: Certainty) -> dict[str, Any]:
        """Who is in no constellation, those with the same reason together."""
        groups: dict[tuple[tuple[str, ...], tuple[str, ...]], list[str]] = {}
        for one in found.left_out:
            if one.certainty is certainty:
                groups.setdefault((one.alone, one.without), []).append(self.name(one.organisation))
        return {
            "surely": certainty is Certainty.SURELY,
            "number": sum(map(len, groups.values())),
            "groups": [
                {
                    "names": sorted(names),
                    "alone": [self.rule(rule) for rule in alone],
                    "without": [self.rule(rule) for rule in without if rule not in alone],
                    "together": not alone and not without,
                }
                for (alone, without), names in groups.items()
            ],
        }

    def sweep(self, found: Sweep) -> dict[str, Any]:
        """The variants: a picture for each level, and the table."""
        levels = list(dict.fromkeys(row.level for row in found.rows))
        scale = Scale.over(found.rows)
        names = found.names or ("level",)
        pictures = []
        for level in levels if found.names else [""]:
            rows = [row for row in found.rows if not level or row.level == level]
            heat = drawn(rows, names, scale=scale, value=self._axis, short=short, words=self.variant)
            pictures.append({"level": self._level(level) if len(levels) > 1 and level else "", "heat": heat})
        return {
            "pairs": found.pairs,
            "exact": all(row.exact for row in found.rows),
            "pictures": pictures,
            "axes": [self._axis_name(name) for name in names],
            "heads": [*map(self._axis_name, found.names), *([_("Level")] if len(levels) > 1 else [])],
            "rows": [
                {
                    "marks": [
                        *(self._axis(name, row) for name in found.names),
                        *([self._level(row.level)] if len(levels) > 1 else []),
                    ],
                    "row": row,
                    "organisations": row.organisations,
                    "regions": row.regions,
                }
                for row in found.rows
            ],
        }

    def _axis_name(self, name: str) -> str:
        return _("Level") if name == "level" else self._number(name, numbers_to_vary(self.call)[name])

    def _axis(self, name: str, row: Row) -> str:
        return self._level(row.level) if name == "level" else self.value(name, row.values[name])

    def _level(self, level: str) -> str:
        return label("level", level, language()) if level in self.levels() else level

    def variant(self, row: Row) -> str:
        """A variant in one sentence, for whoever does not see the picture."""
        values = ", ".join(f"{name} {self.value(name, value)}" for name, value in row.values.items())
        return _("%(values)s: %(surely)s surely, %(possibly)s possibly") % {
            "values": values or self._level(row.level),
            "surely": number(row.surely, language()),
            "possibly": number(row.possibly, language()),
        }

    def compared(self, before: WhoCould, after: WhoCould) -> list[dict[str, Any]]:
        """The numbers of another text and of this one, and whose access differs."""
        return [
            {
                "surely": one is Certainty.SURELY,
                "before": before.numbers[one].total,
                "after": after.numbers[one].total,
                "groups": self._changes(changes(before, after, one)),
            }
            for one in Certainty
        ]

    def _changes(self, found: Changes) -> list[dict[str, Any]]:
        named = [
            (_("Organisations that gain access"), found.gained_organisations),
            (_("Organisations that lose access"), found.lost_organisations),
            (_("Regions that gain access"), found.gained_regions),
            (_("Regions that lose access"), found.lost_regions),
        ]
        return [{"title": title, "names": sorted(map(self.name, ids))} for title, ids in named if ids]

    def refused(self, error: SimulationError) -> str:
        """Why something could not be counted."""
        return say(error.reason, language(), self.names)


def short(value: int) -> str:
    """A number in a few signs, for a picture.

    >>> short(950)
    '950'
    """
    spoken = language()
    if value < 10 * THOUSAND:
        return number(value, spoken)
    for size, sign in ((10**12, "T"), (10**9, "G"), (MILLION, "M"), (THOUSAND, "k")):
        if value >= size:
            shown = Decimal(value) / size
            text = f"{shown:.1f}" if shown < HUNDRED else f"{shown:.0f}"
            return f"{text.replace('.', ',') if spoken == 'sv' else text} {sign}"
    return number(value, spoken)
