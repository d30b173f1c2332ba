"""All that an unknown may turn out to be, tried one by one, and what each number then is, counted without the engine.

Deliberately plain: it knows no ranges and no third answer, only situations in which everything is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import product
from typing import Any

from hypothesis import strategies as st

from samspel.engine.calls.conditions import EVERYTHING, Ask, Filter
from samspel.engine.calls.situation import NOWHERE, GrantLine, Line, Partner
from samspel.engine.values import Range

HUGE = Decimal(10) ** 6
"""An amount that stands for all that has no upper end: far more than everything else together."""

CAN_BE: dict[str, tuple[Any, ...]] = {
    "kind": ("company", "university", "incubator"),
    "legal_form": ("public", "private"),
    "size": ("small", "large"),
    "region": ("SE110", "SE224", "SE232", "FI1B1"),
    "country": ("SE", "FI", "NO", "DK"),
    "host": (NOWHERE, "h", "p0", "p1", "p2"),
    "group": (NOWHERE, "g", "h", "i"),
    "category": ("staff", "travel", "other"),
    "eligible": (True, False),
    "phase": ("first", "second", "third"),
    "by": ("p0", "p1", "p2"),
    "amount": (Decimal(0), HUGE),
}
"""What each attribute may turn out to be: enough that three things can all differ, also from those that are known."""


def completed(thing: Any, attributes: tuple[str, ...]) -> list[Any]:
    """Every way in which what is unknown of one thing may turn out."""
    unknown = [one for one in attributes if getattr(thing, one) is None]
    return [
        replace(thing, **dict(zip(unknown, values, strict=True)))
        for values in product(*(CAN_BE[one] for one in unknown))
    ]


def completions(things: tuple[Any, ...], attributes: tuple[str, ...]) -> Iterator[tuple[Any, ...]]:
    """Every way in which what is unknown of several things may turn out."""
    yield from product(*(completed(one, attributes) for one in things))


@st.composite
def partners(draw: st.DrawFn, *attributes: str, fewest: int = 0) -> tuple[Partner, ...]:
    """Draw up to three partners, of each of whom some of these attributes are known."""
    return tuple(
        Partner(id=f"p{index}", **{one: draw(st.sampled_from((None, *CAN_BE[one]))) for one in attributes})
        for index in range(draw(st.integers(fewest, 3)))
    )


amounts = st.sampled_from((None, Decimal(0), Decimal(1), Decimal(2), Decimal(5)))


@st.composite
def lines(draw: st.DrawFn, *attributes: str) -> tuple[Line, ...]:
    """Draw up to three lines of a budget, of each of which some of these attributes are known."""
    return tuple(
        Line(
            amount=draw(amounts if "amount" in attributes else amounts.filter(lambda one: one is not None)),
            **{one: draw(st.sampled_from((None, *CAN_BE[one]))) for one in attributes if one != "amount"},
        )
        for _ in range(draw(st.integers(0, 3)))
    )


@st.composite
def grants(draw: st.DrawFn, *attributes: str) -> tuple[GrantLine, ...]:
    """Draw up to three parts of a grant, of each of which some of these attributes are known."""
    return tuple(
        GrantLine(
            amount=draw(amounts if "amount" in attributes else amounts.filter(lambda one: one is not None)),
            **{one: draw(st.sampled_from((None, *CAN_BE[one]))) for one in attributes if one != "amount"},
        )
        for _ in range(draw(st.integers(0, 3)))
    )


def asked(attribute: str, *values: str) -> Filter:
    """A filter that asks one thing."""
    return Filter(asks=(Ask(attribute, values),))


def fits(thing: Any, wanted: Filter) -> bool:
    """Whether a thing of which everything is known is meant by a filter that asks for values of its attributes."""
    return all(getattr(thing, ask.attribute) in ask.values for ask in wanted.asks)


def key(partner: Partner, noun: str) -> str:
    """What tells partners of which everything is known apart under a noun."""
    match noun:
        case "regions":
            return str(partner.region)[:4]
        case "countries":
            return str(partner.country or str(partner.region)[:2])
        case "hosts" | "groups":
            other = partner.host if noun == "hosts" else partner.group
            return partner.id if other == NOWHERE else str(other)
        case "kinds":
            return str(partner.kind)
        case _:
            return partner.id


def number(found: tuple[Partner, ...], noun: str, where: Filter = EVERYTHING) -> int:
    """How many different ones there are among the partners that are meant."""
    return len({key(one, noun) for one in found if fits(one, where)})


def share(part: Decimal | int, whole: Decimal | int) -> Decimal | None:
    """One number divided by another; None where there is nothing to divide by."""
    return Decimal(part) / Decimal(whole) if whole else None


def within(found: Range, numbers: Iterable[Decimal | int | None]) -> bool:
    """Whether a range excludes none of these numbers; one that cannot be reckoned may be anywhere."""
    low, high = found.low, found.high
    return all((low is None or low <= one) and (high is None or one <= high) for one in numbers if one is not None)
