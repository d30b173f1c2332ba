"""Numbers as they are typed for the simulator: one, several with commas, or all from one to another."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

import click

MOST = 400
"""The most numbers that one range may stand for."""

LARGEST_SIZE = 20
_FROM_TO = re.compile(r"([\d.]+?)\.\.([\d.]+?)(?::([\d.]+))?")
_LONGEST = 20


def numbers(text: str) -> tuple[Decimal, ...]:
    """The numbers that a text stands for; a range goes in steps of 1, or of what follows a colon.

    >>> numbers("2..4"), numbers("0.3..0.4:0.1"), numbers("1,5")
    ((Decimal('2'), Decimal('3'), Decimal('4')), (Decimal('0.3'), Decimal('0.4')), (Decimal('1'), Decimal('5')))

    Raises:
        ValueError: it stands for none, or for too many.
    """
    found: dict[Decimal, None] = {}
    for part in text.split(","):
        ends = _FROM_TO.fullmatch(part)
        first, last, step = ends.groups() if ends else (part, part, None)
        one, end, by = _number(first), _number(last), _number(step or "1")
        if by <= 0 or one > end or (end - one) / by >= MOST:
            raise ValueError(part)
        while one <= end:
            found[one] = None
            one += by
    return tuple(found)


def _number(text: str) -> Decimal:
    bare = text.replace("_", "")
    if len(bare) > _LONGEST or not re.fullmatch(r"\d+(\.\d+)?", bare, re.ASCII):
        raise ValueError(text)
    try:
        return Decimal(bare)
    except InvalidOperation as error:
        raise ValueError(text) from error


class _Sizes(click.ParamType[tuple[int, ...]]):
    """How many members a constellation may have."""

    name = "numbers"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, ...]:
        """The sizes, the smallest first."""
        try:
            found = numbers(str(value))
        except ValueError:
            self.fail(f"{value!r}: expected whole numbers such as 3, 2..6 or 2,3,5", param, ctx)
        if any(one != int(one) or not 1 <= one <= LARGEST_SIZE for one in found):
            self.fail(f"{value!r}: expected whole numbers from 1 to {LARGEST_SIZE}", param, ctx)
        return tuple(sorted(int(one) for one in found))


class _Varied(click.ParamType[tuple[str, tuple[Decimal, ...]]]):
    """A number of the call and the values it is to have in turn."""

    name = "number=values"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, tuple[Decimal, ...]]:
        """The name and the values."""
        name, _, text = str(value).partition("=")
        try:
            return name, numbers(text)
        except ValueError:
            self.fail(f"{value!r}: expected a number's name and values, such as minimum_regions=1..5", param, ctx)


SIZES, VARIED = _Sizes(), _Varied()
