"""The pool of a selection: the applications that met every threshold, and the limits of the call.

Each application comes with its theme, the grant it asks for, its points and its place in the order of
receipt; the limits are the envelope, how many applications one theme may hold, and how many projects
there may be in all. Amounts are euros to the cent. Anything that could make an exact answer doubtful (a
negative grant, half a point, two applications with one name) is refused here, before anything is chosen.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

type PoolCode = Literal[
    "amount-not-decimal",
    "amount-negative",
    "amount-not-in-cents",
    "amount-too-large",
    "score-not-integer",
    "score-negative",
    "received-not-integer",
    "cap-below-one",
    "id-twice",
    "received-twice",
    "too-large",
]

type PreferenceCode = Literal["higher-score", "lower-grant", "earlier-received"]

TIE_BREAK: tuple[PreferenceCode, ...] = ("higher-score", "lower-grant", "earlier-received")
"""The order in which portfolios are preferred, as codes: more points; then less money; then, at the
earliest received application on which two portfolios differ, the one that contains it."""

LARGEST_AMOUNT = Decimal(10) ** 12
"""The largest grant or envelope accepted, in euros; keeps every sum well inside 64 bits of cents."""


class PoolError(ValueError):
    """Nothing can be chosen exactly from what was given.

    `code` says why, `candidate` is the id of the application at fault (None when it is the limits or the
    pool as a whole), `value` is what was found.
    """

    def __init__(self, code: PoolCode, *, candidate: str | None = None, value: object = None) -> None:
        """Name the reason, the application and the value."""
        self.code = code
        self.candidate = candidate
        self.value = value
        whole = "the pool" if code == "too-large" else "the limits"
        where = whole if candidate is None else f"application {candidate!r}"
        super().__init__(f"{where}: {code} ({value!r})")


def cents(amount: Decimal, *, candidate: str | None = None) -> int:
    """Give an amount of euros as whole cents, exactly.

    Raises PoolError when the amount is no Decimal, is negative, is finer than a cent or is above
    LARGEST_AMOUNT.

    >>> cents(Decimal("200000.50"))
    20000050
    """
    given: object = amount
    if not isinstance(given, Decimal) or not amount.is_finite():
        raise PoolError("amount-not-decimal", candidate=candidate, value=amount)
    if amount < 0:
        raise PoolError("amount-negative", candidate=candidate, value=amount)
    if amount > LARGEST_AMOUNT:
        raise PoolError("amount-too-large", candidate=candidate, value=amount)
    numerator, denominator = amount.as_integer_ratio()
    whole, rest = divmod(numerator * 100, denominator)
    if rest:
        raise PoolError("amount-not-in-cents", candidate=candidate, value=amount)
    return whole


def euros(whole_cents: int) -> Decimal:
    """Give whole cents as euros with two decimals; the inverse of `cents`.

    >>> euros(20000050)
    Decimal('200000.50')
    """
    return Decimal(whole_cents).scaleb(-2)


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """One application that may be chosen.

    `theme` is the sector it is counted in; `grant` the support asked for, in euros; `score` its points, a
    whole number of at least 0; `received` its place in the order of receipt, no two alike in a pool.
    Raises PoolError when a value cannot be used.

    >>> Candidate(id="a", theme="wood", grant=Decimal(400_000), score=12, received=1).score
    12
    """

    id: str
    theme: str
    grant: Decimal
    score: int
    received: int

    def __post_init__(self) -> None:
        """Refuse what cannot be weighed exactly."""
        cents(self.grant, candidate=self.id)
        # bool counts as int in Python, but "true points" is a slip of the caller's.
        if type(self.score) is not int:
            raise PoolError("score-not-integer", candidate=self.id, value=self.score)
        if self.score < 0:
            raise PoolError("score-negative", candidate=self.id, value=self.score)
        if type(self.received) is not int:
            raise PoolError("received-not-integer", candidate=self.id, value=self.received)


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """What a portfolio must keep within.

    `envelope` in euros; `per_theme` and `max_projects` are whole numbers of at least 1, or None for no such
    limit. Raises PoolError when a value cannot be used.

    >>> Limits(envelope=Decimal(3_000_000), per_theme=1, max_projects=None).per_theme
    1
    """

    envelope: Decimal
    per_theme: int | None
    max_projects: int | None

    def __post_init__(self) -> None:
        """Refuse limits that cannot be kept."""
        cents(self.envelope)
        for cap in (self.per_theme, self.max_projects):
            if cap is not None and (type(cap) is not int or cap < 1):
                raise PoolError("cap-below-one", value=cap)


def in_received_order(pool: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """Give the pool with the earliest received first.

    Raises PoolError when two applications share an id or a place in the order of receipt: the last
    tie-break would then depend on chance.

    >>> late = Candidate(id="a", theme="wood", grant=Decimal(1), score=1, received=2)
    >>> early = Candidate(id="b", theme="wood", grant=Decimal(1), score=1, received=1)
    >>> [one.id for one in in_received_order([late, early])]
    ['b', 'a']
    """
    ordered = tuple(sorted(pool, key=lambda one: (one.received, one.id)))
    ids: set[str] = set()
    places: set[int] = set()
    for one in ordered:
        if one.id in ids:
            raise PoolError("id-twice", candidate=one.id, value=one.id)
        if one.received in places:
            raise PoolError("received-twice", candidate=one.id, value=one.received)
        ids.add(one.id)
        places.add(one.received)
    return ordered
