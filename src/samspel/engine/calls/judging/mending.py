"""The smallest change of one number that would surely meet a condition: so many more or less, or this much money."""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal

from samspel.engine.calls import vocabulary
from samspel.engine.calls.conditions import Measure, Need
from samspel.engine.calls.findings import Mend
from samspel.engine.calls.judging.reckoning import Measured
from samspel.engine.values import CENT, Range
from samspel.engine.verdicts import Reason

ONE = Decimal(1)
_PARTNERS = tuple(one for one in vocabulary.COUNTED if one != "applications")


def _step(need: Need, measure: Measure, unit: Decimal) -> Decimal:
    """What a strict comparison needs beyond the bound: one, or one cent."""
    return unit if need.operator in ("more_than", "less_than") and measure.head != "share" else Decimal(0)


def mends_of(need: Need, measure: Measure, measured: Measured, bound: Range) -> tuple[Mend, ...]:
    """Say by how much a number would have to rise or fall; where it is not known, that it must be stated."""
    found, head = measured.found, measure.head
    target = bound.high if need.operator in ("at_least", "more_than") else bound.low
    if target is None:
        return ()
    unit = CENT if head == "amount" else ONE
    target += _step(need, measure, unit) * (1 if need.operator == "more_than" else -1)
    code, by = "state", None
    strict = need.operator in ("more_than", "less_than")
    past = strict and head == "share"
    rises, falls = need.operator in ("at_least", "more_than"), need.operator in ("at_most", "less_than")
    low, high = found.low, found.high
    if (rises or need.operator == "equals") and low is not None and (low < target or (past and low == target)):
        code, by = "more", target - low
    elif (falls or need.operator == "equals") and high is not None and (high > target or (past and high == target)):
        code, by = "less", high - target
    money = _money(measure, measured, target, code, strict=strict) if head == "share" and by is not None else None
    if money is not None:
        kind = "partners" if measure.what in _PARTNERS else "money"
        return (Mend(Reason.of(f"mend.share.{kind}.{code}", by=money, to=target), need),)
    if by is None:
        return (Mend(Reason.of(f"mend.{head}.state", to=target), need),)
    return (Mend(Reason.of(f"mend.{head}.{code}", by=by, to=target), need),)


def _money(measure: Measure, measured: Measured, target: Decimal, code: str, *, strict: bool) -> Decimal | None:
    """By how much the part of a share would have to change, in money or partners; None where it is not known."""
    part, whole = measured.part, measured.whole
    if part is None or whole is None or not part.is_exact or not whole.is_exact:
        return None
    if (measured.inside and target >= ONE) or measure.what == "applications":
        return None
    a, b = part.low or Decimal(0), whole.low or Decimal(0)
    gap = a - target * b if code == "less" else target * b - a
    if measured.inside:
        gap /= ONE - target
    unit = ONE if measure.what in _PARTNERS else CENT
    by = gap.quantize(unit, rounding=ROUND_CEILING)
    return by + unit if strict and by == gap else by
