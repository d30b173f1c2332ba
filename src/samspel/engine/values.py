"""The small values that every judgement is made of: amounts, shares, and numbers that are only partly known.

A number that is not known is never taken as zero: it is a range without an end, and every rule that
depends on it stays open until somebody fills it in.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation
from unicodedata import category

CENT = Decimal("0.01")
LARGEST_AMOUNT = Decimal(10) ** 9

type Words = tuple[tuple[str, str], ...]
"""A text in each of several languages: pairs of language code and text."""


class AmountError(ValueError):
    """A text that cannot be read as an amount of money; `code` says why, for the wording."""

    def __init__(self, *, code: str, text: str) -> None:
        super().__init__(f"{code}: {text!r}")
        self.code = code
        self.text = text


def read_amount(text: str) -> Decimal:
    """Read an amount as people type it: spaces between thousands, comma or point before the cents.

    A comma or point followed by exactly three digits is ambiguous between a thousands separator and a
    decimal sign and is refused rather than guessed.

    >>> read_amount("1 250 000,50")
    Decimal('1250000.50')

    Raises:
        AmountError: code `amount.empty`, `amount.unreadable`, `amount.ambiguous`, `amount.negative`,
            `amount.too_precise` (more than two decimals) or `amount.too_large` (10^9 and above).
    """
    bare = "".join(text.split()).replace("\N{NO-BREAK SPACE}", "").replace("\N{NARROW NO-BREAK SPACE}", "")
    if not bare:
        raise AmountError(code="amount.empty", text=text)
    whole, sign, cents = bare.replace(",", ".").partition(".")
    if sign and len(cents) == 3 and cents.isdigit():  # noqa: PLR2004 - three digits look like thousands
        raise AmountError(code="amount.ambiguous", text=text)
    figures = whole.lstrip("-") + cents
    if not (figures.isascii() and figures.isdigit() and whole.strip("-") and (cents or not sign)):
        raise AmountError(code="amount.unreadable", text=text)
    try:
        amount = Decimal(f"{whole}.{cents}" if sign else whole)
    except InvalidOperation as error:
        raise AmountError(code="amount.unreadable", text=text) from error
    if amount < 0 or whole.startswith("-"):
        raise AmountError(code="amount.negative", text=text)
    if sign and len(cents) > 2:  # noqa: PLR2004 - money has two decimals
        raise AmountError(code="amount.too_precise", text=text)
    if amount >= LARGEST_AMOUNT:
        raise AmountError(code="amount.too_large", text=text)
    return amount.quantize(CENT)


KEPT = "\n\t\N{ZERO WIDTH JOINER}\N{SOFT HYPHEN}"


def plain_text(text: str) -> str:
    """A text as it can be kept and shown: line ends as LF, without control, invisible and half characters.

    >>> plain_text("a\\x00b\\r\\nc")
    'ab\\nc'
    """
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(one for one in unified if one in KEPT or category(one) not in ("Cc", "Cf", "Cs"))


def round_share(share: Decimal) -> Decimal:
    """Round a share (0 to 1) to four decimals for display and storage; rules judge the unrounded one.

    >>> round_share(Decimal(1) / 3)
    Decimal('0.3333')
    """
    return share.quantize(Decimal("0.0001"), rounding=ROUND_HALF_EVEN)


@dataclass(frozen=True, slots=True)
class Range:
    """A number known to lie between `low` and `high`; None means that nothing is known in that direction.

    An exact number has `low == high`.

    >>> Range.exactly(3).is_exact, Range(low=Decimal(1), high=Decimal(4)).is_exact
    (True, False)
    """

    low: Decimal | None
    high: Decimal | None

    @classmethod
    def exactly(cls, number: Decimal | int) -> Range:
        """A number that is known."""
        return cls(low=Decimal(number), high=Decimal(number))

    @classmethod
    def between(cls, low: int, high: int) -> Range:
        """A count of which the least and the most are known."""
        return cls(low=Decimal(low), high=Decimal(high))

    @property
    def is_exact(self) -> bool:
        """Whether one single number is left."""
        return self.low is not None and self.low == self.high


UNKNOWN = Range(low=None, high=None)
