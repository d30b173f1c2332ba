"""What each theme can put into a portfolio, and which limits can bind at all.

A theme's offers are the sets of its applications that nothing beats: no other set of that theme gives as
many points for less money, or more points for as much. Sets that are equal in both are counted, and the one
holding the earliest received application is kept as the preferred. All money here is whole cents.
"""

from bisect import insort
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from samspel.engine.selection.pool import Candidate, Limits, cents


class Member(NamedTuple):
    """An application as the tables see it; of all bits, the earliest received has the highest."""

    id: str
    score: int
    cents: int
    bit: int


class Offer(NamedTuple):
    """What a theme can put in: a set of its applications; `ties` sets are as good, `mask` is the preferred."""

    projects: int
    score: int
    cents: int
    ties: int
    mask: int


_NOTHING = Offer(0, 0, 0, 1, 0)


def _keep(held: dict[tuple[int, int], Offer], offer: Offer) -> None:
    """Remember an offer unless a cheaper one has the same points and number of projects."""
    key = (offer.projects, offer.score)
    other = held.get(key)
    if other is None or offer.cents < other.cents:
        held[key] = offer
    elif offer.cents == other.cents:
        held[key] = offer._replace(ties=other.ties + offer.ties, mask=max(other.mask, offer.mask))


def _subsets(members: Sequence[Member], cap: int) -> list[Offer]:
    """List the cheapest sets of at most `cap` members for each size and number of points."""
    held = {(0, 0): _NOTHING}
    for member in members:
        for offer in [one for one in held.values() if one.projects < cap]:
            grown = Offer(
                offer.projects + 1,
                offer.score + member.score,
                offer.cents + member.cents,
                offer.ties,
                offer.mask | member.bit,
            )
            _keep(held, grown)
    return list(held.values())


def _undominated(offers: Iterable[Offer], slots: int) -> list[Offer]:
    """Drop offers that another beats in points or money without losing in the other or in projects.

    When the number of projects cannot bind (`slots` 0) it is not told apart.
    """
    held: dict[tuple[int, int], Offer] = {}
    for offer in offers:
        if not slots:
            _keep(held, offer._replace(projects=0))
        elif offer.projects <= slots:
            _keep(held, offer)
    kept: list[Offer] = []
    for offer in sorted(held.values(), key=lambda one: (one.cents, -one.score)):
        beaten = any(
            other.projects <= offer.projects
            and other.score >= offer.score
            and (other.score, other.cents) != (offer.score, offer.cents)
            for other in kept
        )
        if not beaten:
            kept.append(offer)
    return kept


class Theme:
    """The applications of one theme, of which at most `cap` may be chosen."""

    def __init__(self, members: Sequence[Member], cap: int, slots: int, ceiling: int) -> None:
        self.members = members
        self._cap = cap
        self._slots = slots
        self._ceiling = ceiling
        self._contenders = self._find_contenders()
        self.offers = _undominated(_subsets(self._contenders, cap), slots)
        self._beside = _subsets(self._contenders, cap - 1)

    def _find_contenders(self) -> list[Member]:
        """Leave out those with `cap` others no worse in points and cheaper: one of these is always free."""
        cheapest: list[int] = []
        kept: list[Member] = []
        for member in sorted(self.members, key=lambda one: (-one.score, one.cents)):
            if member.cents <= self._ceiling and (len(cheapest) < self._cap or member.cents <= cheapest[-1]):
                kept.append(member)
            insort(cheapest, member.cents)
            del cheapest[self._cap :]
        return kept

    def contends(self, member: Member) -> bool:
        """Tell whether any portfolio could be the best with this member in it."""
        return member in self._contenders

    def offers_without(self, member: Member) -> list[Offer]:
        """List what the theme can put in if this member had never applied."""
        others = [one for one in self.members if one is not member]
        return Theme(others, self._cap, self._slots, self._ceiling).offers

    def offers_with(self, member: Member) -> list[Offer]:
        """List what the theme can put in with this member in it, the member's own grant left out."""
        beside = self._beside
        if self._cap > 1 and member in self._contenders:
            beside = _subsets([one for one in self._contenders if one is not member], self._cap - 1)
        grown = [
            offer._replace(projects=offer.projects + 1, score=offer.score + member.score, mask=offer.mask | member.bit)
            for offer in beside
        ]
        return _undominated(grown, self._slots)


class Themes(NamedTuple):
    """A pool made ready: its themes, the limit on projects where it can bind (else 0), the envelope in cents."""

    all: list[Theme]
    slots: int
    ceiling: int


def themes(order: Sequence[Candidate], limits: Limits, *, any_envelope: bool = False) -> Themes:
    """Divide a pool, given in the order of receipt, into themes.

    With `any_envelope` the sum of all grants stands for the envelope.

    >>> from decimal import Decimal
    >>> wood = Candidate(id="wood", theme="forest", grant=Decimal(500), score=9, received=1)
    >>> pulp = Candidate(id="pulp", theme="forest", grant=Decimal(300), score=8, received=2)
    >>> limits = Limits(envelope=Decimal(800), per_theme=1, max_projects=None)
    >>> [(offer.score, offer.cents) for offer in themes([wood, pulp], limits).all[0].offers]
    [(0, 0), (8, 30000), (9, 50000)]
    """
    last = len(order) - 1
    by_theme: dict[str, list[Member]] = {}
    for place, one in enumerate(order):
        member = Member(one.id, one.score, cents(one.grant), 1 << (last - place))
        by_theme.setdefault(one.theme, []).append(member)
    ceiling = cents(limits.envelope)
    if any_envelope:
        ceiling = sum(member.cents for members in by_theme.values() for member in members)
    slots = _slots(by_theme, limits, ceiling)
    found: list[Theme] = []
    for members in by_theme.values():
        if limits.per_theme is None or len(members) <= limits.per_theme:
            # The theme limit cannot bind: each application stands alone, which makes for few offers.
            found += [Theme([member], 1, slots, ceiling) for member in members]
        else:
            found.append(Theme(members, limits.per_theme, slots, ceiling))
    return Themes(found, slots, ceiling)


def _slots(by_theme: Mapping[str, Sequence[Member]], limits: Limits, ceiling: int) -> int:
    """Give the limit on projects if it can bind, else 0, which saves a dimension of the tables.

    The cheapest first, as far as money and themes allow, is the largest number that fits; one more is
    allowed for, since an application is also tried with its own grant at nothing.
    """
    if limits.max_projects is None:
        return 0
    asked = sorted((member.cents, theme) for theme, members in by_theme.items() for member in members)
    taken: Counter[str] = Counter()
    money = 0
    for grant, theme in asked:
        if limits.per_theme is None or taken[theme] < limits.per_theme:
            money += grant
            if money > ceiling:
                break
            taken[theme] += 1
    return limits.max_projects if limits.max_projects <= taken.total() else 0
