"""Why an application was not chosen, and the smallest single change that would have had it chosen.

Every answer is exact. For each application left out it says how good the best portfolio containing it is
and what that one would lose and displace; which limits stand in the way of simply adding it to what was
chosen; and how many more points, how much smaller a grant, or how much larger an envelope would
have been enough, everything else being as it was. Codes and values only: the sentences are written
elsewhere.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from samspel.engine.selection.pool import Candidate, Limits, PreferenceCode, in_received_order
from samspel.engine.selection.solve import Forced, Portfolio, envelopes

type BlockCode = Literal["theme-taken", "envelope", "max-projects", "no-points"]
type MendCode = Literal["score", "grant", "envelope"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Mend:
    """One change that alone would have the application chosen, the smallest of its kind.

    `code` names what changes: "score" (its own points: up by `change`, whole points), "grant" (its own
    grant: down by `change` euros) or "envelope" (up by `change` euros). `becomes` is the value
    after the change. A score may come to lie above what the scale of the call can give.
    """

    code: MendCode
    change: int | Decimal
    becomes: int | Decimal


@dataclass(frozen=True, kw_only=True, slots=True)
class WhyNot:
    """What is known of an application that was not chosen.

    `best_with` is the best portfolio containing it (None when its grant alone is above the envelope),
    `loses` the points that one has less than the optimum, `displaces` the ids that would leave the optimum
    and `joins` those that would come in beside it, both in the order of receipt.

    `beaten_by` is the step of TIE_BREAK at which the optimum is preferred to `best_with`: "higher-score", or with equal
    points "lower-grant", or with equal money too "earlier-received" (None when there is no `best_with`).

    `blocked_by` are the limits that adding it to the chosen would break: "theme-taken" (held by
    `theme_held_by`), "envelope", "max-projects"; or "no-points" alone, when it could be added but
    would cost money and bring no points.

    `mend` holds at most one change of each kind, in the order score, grant, envelope. "score" is
    missing when its grant alone is above the envelope; "grant" when not even a grant of 0 would do;
    "envelope" when no larger envelope would do.
    """

    id: str
    best_with: Forced | None
    loses: int | None
    displaces: tuple[str, ...]
    joins: tuple[str, ...]
    beaten_by: PreferenceCode | None
    blocked_by: frozenset[BlockCode]
    theme_held_by: tuple[str, ...]
    mend: tuple[Mend, ...]


def why_not(pool: Iterable[Candidate], limits: Limits, portfolio: Portfolio) -> dict[str, WhyNot]:
    """Explain each application not chosen, by id, in the order of receipt.

    `portfolio` is `best` of the same pool and limits, with its forced portfolios. Raises PoolError
    for a pool that cannot be used and PoolTooLarge for one that is too large.

    >>> from decimal import Decimal
    >>> from samspel.engine.selection import Candidate, Limits, best
    >>> wood = Candidate(id="wood", theme="forest", grant=Decimal(500), score=9, received=1)
    >>> pulp = Candidate(id="pulp", theme="forest", grant=Decimal(300), score=8, received=2)
    >>> care = Candidate(id="care", theme="health", grant=Decimal(400), score=6, received=3)
    >>> pool, limits = [wood, pulp, care], Limits(envelope=Decimal(800), per_theme=1, max_projects=None)
    >>> left_out = why_not(pool, limits, best(pool, limits))["wood"]
    >>> sorted(left_out.blocked_by), left_out.theme_held_by, left_out.loses, left_out.displaces
    (['envelope', 'theme-taken'], ('pulp',), 5, ('pulp', 'care'))
    >>> [(mend.code, str(mend.change), str(mend.becomes)) for mend in left_out.mend]
    [('score', '5', '14'), ('grant', '100.00', '400.00'), ('envelope', '100.00', '900.00')]
    """
    order = in_received_order(pool)
    chosen = [one for one in order if one.id in portfolio.chosen]
    larger = envelopes(order, limits, portfolio)
    answers: dict[str, WhyNot] = {}
    for one in order:
        if one in chosen:
            continue
        with_it = portfolio.forced.get(one.id)
        blocked_by = _blocked_by(one, chosen, limits)
        answers[one.id] = WhyNot(
            id=one.id,
            best_with=with_it,
            loses=portfolio.score - with_it.score if with_it else None,
            displaces=tuple(i for i in portfolio.chosen if i not in with_it.chosen) if with_it else (),
            joins=tuple(i for i in with_it.chosen if i not in {one.id, *portfolio.chosen}) if with_it else (),
            beaten_by=_beaten_by(with_it, portfolio) if with_it else None,
            blocked_by=blocked_by,
            theme_held_by=_held_by(one, chosen) if "theme-taken" in blocked_by else (),
            mend=tuple(_mends(one, order, limits, portfolio, larger.get(one.id))),
        )
    return answers


def _beaten_by(with_it: Forced, portfolio: Portfolio) -> PreferenceCode:
    """Name the first step of preference on which a portfolio and the optimum differ."""
    if with_it.score != portfolio.score:
        return "higher-score"
    return "lower-grant" if with_it.grant != portfolio.grant else "earlier-received"


def _held_by(one: Candidate, chosen: Sequence[Candidate]) -> tuple[str, ...]:
    """Name the chosen applications of the same theme."""
    return tuple(other.id for other in chosen if other.theme == one.theme)


def _blocked_by(one: Candidate, chosen: Sequence[Candidate], limits: Limits) -> frozenset[BlockCode]:
    """Find the limits that adding this application to the chosen would break."""
    codes: set[BlockCode] = set()
    if limits.per_theme is not None and len(_held_by(one, chosen)) >= limits.per_theme:
        codes.add("theme-taken")
    if sum((other.grant for other in chosen), one.grant) > limits.envelope:
        codes.add("envelope")
    if limits.max_projects is not None and len(chosen) >= limits.max_projects:
        codes.add("max-projects")
    # Nothing in the way and still left out: it could only have cost money.
    return frozenset(codes or {"no-points"})


def _mends(
    one: Candidate,
    order: Sequence[Candidate],
    limits: Limits,
    portfolio: Portfolio,
    larger_envelope: Decimal | None,
) -> Iterable[Mend]:
    """Give the smallest change of each kind, those that exist."""
    with_it = portfolio.forced.get(one.id)
    if with_it is not None:
        points = portfolio.score - with_it.score
        # Level in points, the lower grant decides, then the order of receipt; else one point more is needed.
        if not _wins_level(with_it, portfolio, order):
            points += 1
        yield Mend(code="score", change=points, becomes=one.score + points)
    chosen_at = portfolio.chosen_at.get(one.id)
    if chosen_at is not None:
        yield Mend(code="grant", change=one.grant - chosen_at, becomes=chosen_at)
    if larger_envelope is not None:
        yield Mend(code="envelope", change=larger_envelope - limits.envelope, becomes=larger_envelope)


def _wins_level(with_it: Forced, portfolio: Portfolio, order: Sequence[Candidate]) -> bool:
    """Tell whether a portfolio would be preferred to the optimum if it had the same points."""
    if with_it.grant != portfolio.grant:
        return with_it.grant < portfolio.grant
    ours, theirs = set(with_it.chosen), set(portfolio.chosen)
    first = next(one.id for one in order if (one.id in ours) != (one.id in theirs))
    return first in ours
