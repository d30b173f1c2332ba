"""Numbers, amounts and shares as they are written in each language, never broken over two lines."""

from __future__ import annotations

from decimal import Decimal

NARROW = "\N{NARROW NO-BREAK SPACE}"
FIXED = "\N{NO-BREAK SPACE}"


def number(value: Decimal | int | str, language: str) -> str:
    """A number with narrow spaces between thousands, and the language's decimal sign.

    >>> number(Decimal("1250000.50"), "sv").replace(NARROW, " ")
    '1 250 000,50'
    """
    exact = Decimal(value)
    text = f"{exact:,.2f}" if exact != exact.to_integral_value() else f"{exact:,.0f}"
    text = text.replace(",", NARROW)
    return text.replace(".", ",") if language == "sv" else text


def money(value: Decimal | int | str, language: str, currency: str = "EUR") -> str:
    """An amount with its currency, never broken over two lines.

    >>> money(200_000, "en").replace(FIXED, " ").replace(NARROW, " ")
    'EUR 200 000'
    """
    amount = number(value, language)
    return f"{amount}{FIXED}{currency}" if language == "sv" else f"{currency}{FIXED}{amount}"


def share(value: Decimal | str, language: str) -> str:
    """A share (0 to 1) as a percentage with at most two decimals, rounded down so that it never flatters.

    >>> share(Decimal("0.49996"), "sv").replace(FIXED, " ")
    '49,99 %'
    """
    percent = (Decimal(value) * 10000).to_integral_value(rounding="ROUND_FLOOR") / 100
    text = f"{percent.normalize():f}"
    return f"{text.replace('.', ',') if language == 'sv' else text}{FIXED}%"
