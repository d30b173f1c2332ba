"""Words and amounts in templates: terms of the field, money, shares and days, in the page's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from samspel.web.frame import language
from samspel.wording import amounts
from samspel.wording import say as put_into_words
from samspel.wording import term as word

if TYPE_CHECKING:
    from decimal import Decimal

    from samspel.engine.verdicts import Reason

register = template.Library()


@register.filter
def term(code: str, group: str) -> str:
    """The word for a code: `{{ organisation.kind|term:"kind" }}`."""
    return word(group, code, language())


@register.filter
def whole(number: int) -> str:
    """A whole number with spaces between thousands, however long it is."""
    return amounts.number(number, language())


@register.filter
def money(amount: Decimal | str | None, currency: str) -> str:
    """An amount in the call's currency, or a dash when there is none."""
    return "–" if amount in (None, "") else amounts.money(amount, language(), currency)


@register.filter
def share(part: Decimal | None) -> str:
    """A share (0 to 1) as a percentage, or a dash."""
    return "–" if part is None else amounts.share(part, language())


@register.filter
def words(reason: Reason) -> str:
    """A reason as a sentence."""
    return put_into_words(reason, language())
