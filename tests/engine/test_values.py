"""Amounts are read as people type them, and an unreadable one is refused rather than guessed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspel.engine.values import LARGEST_AMOUNT, UNKNOWN, AmountError, Range, read_amount, round_share
from samspel.wording.amounts import number

READ = [
    ("0", "0.00"),
    ("250000", "250000.00"),
    ("250 000", "250000.00"),
    ("250\N{NO-BREAK SPACE}000", "250000.00"),
    ("250\N{NARROW NO-BREAK SPACE}000", "250000.00"),
    ("  1 250 000,50 ", "1250000.50"),
    ("1250000.5", "1250000.50"),
    ("0,05", "0.05"),
    ("999 999 999,99", "999999999.99"),
]
REFUSED = [
    ("", "amount.empty"),
    (" \N{NO-BREAK SPACE} ", "amount.empty"),
    ("tusen", "amount.unreadable"),
    ("12 kr", "amount.unreadable"),
    ("1e6", "amount.unreadable"),
    (",50", "amount.unreadable"),
    ("1,2,3", "amount.unreadable"),
    ("1.2x", "amount.unreadable"),
    ("--5", "amount.unreadable"),
    ("5-", "amount.unreadable"),
    ("12,", "amount.unreadable"),
    ("12.", "amount.unreadable"),
    ("1.²", "amount.unreadable"),
    ("٣", "amount.unreadable"),
    ("²", "amount.unreadable"),
    ("1.000", "amount.ambiguous"),
    ("1,000", "amount.ambiguous"),
    ("12,345", "amount.ambiguous"),
    ("-5", "amount.negative"),
    ("-0,01", "amount.negative"),
    ("1,2345", "amount.too_precise"),
    ("1000000000", "amount.too_large"),
    ("9" * 40, "amount.too_large"),
]


@pytest.mark.parametrize("text, amount", READ)
def test_an_amount_is_read(text, amount):
    assert read_amount(text) == Decimal(amount)


@pytest.mark.parametrize("text, code", REFUSED)
def test_what_is_no_amount_is_refused(text, code):
    with pytest.raises(AmountError) as caught:
        read_amount(text)
    assert (caught.value.code, caught.value.text) == (code, text)


amounts = st.decimals(min_value=0, max_value=LARGEST_AMOUNT - 1, places=2)


@given(amount=amounts, language=st.sampled_from(["sv", "en"]))
def test_an_amount_is_read_back_as_it_was_written(amount, language):
    assert read_amount(number(amount, language)) == amount


@given(text=st.text(max_size=30))
def test_no_text_makes_reading_stumble(text):
    try:
        amount = read_amount(text)
    except AmountError:
        return
    assert 0 <= amount < LARGEST_AMOUNT
    assert amount == amount.quantize(Decimal("0.01"))


def test_a_share_is_rounded_for_the_eye_only():
    assert round_share(Decimal(1) / 3) == Decimal("0.3333")
    assert round_share(Decimal("0.00005")) == Decimal("0.0000"), "half to even"


@pytest.mark.parametrize(
    "one, exact",
    [
        (Range.exactly(3), True),
        (Range.exactly(Decimal("0.5")), True),
        (Range.between(1, 1), True),
        (Range.between(1, 2), False),
        (Range(low=Decimal(1), high=None), False),
        (Range(low=None, high=Decimal(1)), False),
        (UNKNOWN, False),
    ],
)
def test_a_range_is_exact_when_one_number_is_left(one, exact):
    assert one.is_exact is exact
