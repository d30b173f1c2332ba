"""An application made up for rehearsing a call: as many partners, answers and money as it takes to be complete.

It tries to keep to the call's own bounds on partners, regions, grant and duration, and no further: whether it is
eligible is for the judge to say, and the receipt tells. Everything in it is invented.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_UP, Decimal
from typing import TYPE_CHECKING

from samspel.engine.registry import COUNTRY_LENGTH, KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from samspel.engine.calls.conditions import Need
    from samspel.engine.calls.text import Call, Question

USUAL_PARTNERS, MOST_PARTNERS = 3, 20
USUAL_GRANT, LARGEST_GRANT = Decimal(100_000), Decimal(10_000_000)
USUAL_MONTHS = 24
LONGEST_ANSWER = 200
HALF = Decimal("0.5")
LEAST = ("at_least", "more_than", "equals")
MOST = ("at_most", "less_than", "equals")
TEXT = {
    "sv": "Påhittat svar, skrivet av övningen. ",
    "en": "An invented answer, written by the rehearsal. ",
}


@dataclass(frozen=True, slots=True)
class Invented:
    """What the applicant of a rehearsal hands in: partners by kind, answers by question, and the money.

    `costs` is one cost for each partner; grant and co-funding together are their sum.
    """

    kinds: tuple[str, ...]
    answers: Mapping[str, str]
    costs: tuple[Decimal, ...]
    grant: Decimal
    cofunding: Decimal


def _asked(call: Call) -> Iterator[Need]:
    """Every plain bound that an application must keep to, whatever its circumstances."""
    for rule in call.rules:
        if (
            rule.over == "application"
            and rule.severity == "must"
            and rule.when is None
            and rule.needs.operator != "any"
        ):
            yield from (leaf for leaf in rule.needs.leaves() if leaf.measure is not None and leaf.parameter)


def _bounds(call: Call, head: str, what: Iterable[str], operators: Iterable[str]) -> list[Decimal]:
    """The numbers in force that a measure is compared with in one of these ways.

    What some may have at most says nothing of all: an upper bound counts only where it is on everything.
    """
    names = [
        leaf.parameter
        for leaf in _asked(call)
        if leaf.measure is not None
        and leaf.operator in operators
        and (leaf.measure.head, leaf.measure.per) == (head, "")
        and leaf.measure.what in what
        and (leaf.operator in LEAST or not leaf.measure.where)
    ]
    return [limit for name in names if (limit := call.limit(name)) is not None]


def _partners(call: Call) -> int:
    nouns = ("partners", "hosts", "groups", "regions", "countries")
    wanted = max(_bounds(call, "count", nouns, LEAST), default=Decimal(USUAL_PARTNERS))
    allowed = min(_bounds(call, "count", ("partners",), MOST), default=Decimal(MOST_PARTNERS))
    return max(1, min(max(int(wanted), USUAL_PARTNERS), int(allowed), MOST_PARTNERS))


def _money(call: Call) -> tuple[Decimal, Decimal]:
    """The grant, and the total cost: the largest share of it that the call allows, half where it says nothing."""
    floor = max(_bounds(call, "amount", ("grant",), LEAST), default=Decimal(0))
    ceiling = min(_bounds(call, "amount", ("grant",), MOST), default=max(floor, USUAL_GRANT))
    grant = min(ceiling, LARGEST_GRANT).quantize(Decimal(1))
    rate = min((one for one in _bounds(call, "share", ("grant",), MOST) if one > 0), default=HALF)
    least = max(_bounds(call, "amount", ("total-cost", "eligible-cost", "cost"), LEAST), default=Decimal(0))
    total = max((grant / rate).quantize(Decimal(1), rounding=ROUND_UP), least.quantize(Decimal(1), rounding=ROUND_UP))
    return grant, max(total, grant, Decimal(1))


def _split(total: Decimal, parts: int) -> tuple[Decimal, ...]:
    """A sum in whole, nearly equal parts; the first carries what is left over."""
    each = total // parts
    return (total - each * (parts - 1), *(each for _ in range(parts - 1)))


def _answer(call: Call, question: Question, language: str) -> str:
    if not question.states:
        return (TEXT[language] * LONGEST_ANSWER)[: min(question.longest, LONGEST_ANSWER)].strip()
    statement = call.declared.statements.get(question.states)
    if statement is not None and statement.unit == "yes-no":
        return {"sv": "ja", "en": "yes"}[language]
    bounds = _bounds(call, "fact", (question.states,), (*LEAST, *MOST))
    return f"{min(bounds, default=Decimal(USUAL_MONTHS if question.states == 'duration' else 1)):.0f}"


def invented(call: Call, language: str) -> Invented:
    """Make up a complete application under a call, in one of its languages."""
    number = _partners(call)
    counted = sorted(call.counting.counted_kinds & set(KINDS), key=KINDS.index) or [KINDS[0]]
    grant, total = _money(call)
    return Invented(
        kinds=tuple(counted[at % len(counted)] for at in range(number)),
        answers={question.id: _answer(call, question, language) for question in call.questions},
        costs=_split(total, number),
        grant=grant,
        cofunding=total - grant,
    )


def spread(codes: Iterable[str], number: int, level: int) -> tuple[str, ...]:
    """So many regions out of some, as far apart at a level as there are regions to choose from.

    >>> spread(["SE110", "SE121", "SE122"], 3, level=2)
    ('SE110', 'SE121', 'SE122')
    >>> spread(["SE121", "SE122", "SE232"], 2, level=2)
    ('SE121', 'SE232')
    """
    fine = sorted(code for code in codes if len(code) >= COUNTRY_LENGTH + level)
    if not fine:
        return ("",) * number
    first: dict[str, str] = {}
    for code in fine:
        first.setdefault(code[: COUNTRY_LENGTH + level], code)
    order = [*first.values(), *(code for code in fine if code not in first.values())]
    return tuple(order[at % len(order)] for at in range(number))
