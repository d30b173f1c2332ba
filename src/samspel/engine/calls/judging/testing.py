"""Answers the conditions that ask for no number: of the lead, of every partner, of a document, of the clock."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from itertools import pairwise

from samspel.engine.calls.conditions import Need
from samspel.engine.calls.findings import Mend
from samspel.engine.calls.judging.grouping import own_or
from samspel.engine.calls.judging.matching import MET, NOT_MET, OPEN, Matching, among
from samspel.engine.calls.judging.things import gives_nothing
from samspel.engine.calls.reading.calendar import begins, ends
from samspel.engine.calls.situation import Funding, Paper, Partner
from samspel.engine.calls.text import Window
from samspel.engine.verdicts import Outcome, Reason, all_of, any_of, opposite

SATURDAY = 5

type Tested = tuple[Outcome, tuple[Reason, ...], tuple[Mend, ...]]


def _name(partner: Partner) -> str:
    return partner.name or partner.id


def _told(partners: Sequence[tuple[Partner, Outcome]]) -> tuple[Reason, ...]:
    """Who fits, who does not, and of whom it is not known."""
    return tuple(Reason.of(f"partner.{outcome}", name=_name(one)) for one, outcome in partners)


def _lead(m: Matching, need: Need) -> Tested:
    mend = (Mend(Reason.of("mend.lead"), need),)
    partners = m.situation.partners
    if partners is None:
        return OPEN, (), mend
    leads = [one for one in partners if one.roles is not None and "lead" in one.roles]
    unsure = [one for one in partners if one.roles is None]
    if leads:
        judged = [(one, m.matches(one, need.filter)) for one in leads]
        return all_of(outcome for _, outcome in judged), _told(judged), mend
    judged = [(one, m.matches(one, need.filter)) for one in unsure]
    nobody = NOT_MET if judged and all(outcome is NOT_MET for _, outcome in judged) else OPEN
    return (nobody if unsure or not partners else NOT_MET), (Reason.of("lead.unknown"),), mend


def _every(m: Matching, need: Need) -> Tested:
    if m.situation.partners is None:
        return OPEN, (), (Mend(Reason.of("mend.state"), need),)
    judged = []
    for one in m.situation.partners:
        asked = m.matches(one, need.among)
        if asked is not NOT_MET:
            judged.append((one, any_of((m.matches(one, need.filter), opposite(asked)))))
    wrong = [one for one, outcome in judged if outcome is not MET]
    mend = tuple(Mend(Reason.of("mend.every", name=_name(one)), need) for one in wrong)
    return all_of(outcome for _, outcome in judged), _told(judged), mend


def _some(m: Matching, need: Need) -> Tested:
    mend = (Mend(Reason.of("mend.some"), need),)
    if m.situation.partners is None:
        return OPEN, (), mend
    judged = [(one, m.matches(one, need.filter)) for one in m.situation.partners]
    return any_of(outcome for _, outcome in judged), _told([one for one in judged if one[1] is not NOT_MET]), mend


def _none(m: Matching, need: Need) -> Tested:
    if m.situation.partners is None:
        return OPEN, (), (Mend(Reason.of("mend.state"), need),)
    judged = [(one, opposite(m.matches(one, need.filter))) for one in m.situation.partners]
    wrong = [(one, outcome) for one, outcome in judged if outcome is not MET]
    mend = tuple(Mend(Reason.of("mend.none", name=_name(one)), need) for one, _ in wrong)
    return all_of(outcome for _, outcome in judged), _told(wrong), mend


def _apart(m: Matching, need: Need) -> Tested:
    """No organisation has two of the roles; a host named behind two nodes is one organisation."""
    partners = m.situation.partners
    if partners is None:
        return OPEN, (), (Mend(Reason.of("mend.state"), need),)
    roles: dict[str, set[str]] = {}
    names: dict[str, str] = {}
    unsure = any(one.roles is None for one in partners)
    for one in partners:
        owner = own_or(one.host, one) or one.id
        names.setdefault(owner, _name(one))
        roles.setdefault(owner, set()).update(set(one.roles or ()) & set(need.names))
    both = [owner for owner, held in roles.items() if len(held) > 1]
    mend = tuple(Mend(Reason.of("mend.apart", name=names[owner]), need) for owner in both)
    evidence = tuple(Reason.of("roles.both", name=names[owner]) for owner in both)
    return (NOT_MET if both else OPEN if unsure else MET), evidence, mend


def _paper_of(m: Matching, kind: str, owner: str | None) -> Outcome:
    """Whether a valid document of this type is there, from this owner if one is named."""
    spec = dict(m.call.declared.of("documents")[kind].facts)
    papers = [one for one in m.situation.documents or () if one.type == kind]
    return any_of(all_of((_from(one, owner), _valid(one, spec))) for one in papers)


def _from(paper: Paper, owner: str | None) -> Outcome:
    """Whether a document is from this owner; where it is not said whom it is from, it may be."""
    return MET if owner is None else among(paper.by, (owner,))


def _valid(paper: Paper, spec: dict[str, str]) -> Outcome:
    asked = [(getattr(paper, key), wanted) for key, wanted in spec.items()]
    stated = [OPEN if value is None else MET if value == wanted else NOT_MET for value, wanted in asked]
    return all_of([*stated, NOT_MET if paper.valid is False else MET])


def _document(m: Matching, need: Need) -> Tested:
    kind, situation = need.names[0], m.situation
    missing = Mend(Reason.of("mend.document", document=kind), need)
    if situation.documents is None:
        return OPEN, (), (missing,)
    if not need.each:
        return _paper_of(m, kind, None), (), (missing,)
    owners: Sequence[Partner | Funding] | None = situation.cofunding if need.each == "cofunder" else situation.partners
    if owners is None:
        return OPEN, (), (missing,)
    judged = []
    for one in owners:
        asked = NOT_MET if gives_nothing(one, need.among) else m.matches(one, need.among)
        if need.each == "lead" and isinstance(one, Partner):
            asked = all_of((asked, OPEN if one.roles is None else MET if "lead" in one.roles else NOT_MET))
        owner = one.id if isinstance(one, Partner) else one.funder
        name = _name(one) if isinstance(one, Partner) else one.funder
        if asked is not NOT_MET:
            judged.append((name, any_of((_paper_of(m, kind, owner), opposite(asked)))))
    lacking = [name for name, outcome in judged if outcome is not MET]
    mend = tuple(Mend(Reason.of("mend.document-from", document=kind, name=name), need) for name in lacking)
    evidence = tuple(Reason.of(f"document.{outcome}", name=name) for name, outcome in judged)
    return all_of(outcome for _, outcome in judged), evidence, mend


def _states(m: Matching, need: Need) -> Tested:
    stated = m.situation.statements.get(need.names[0])
    mend = (Mend(Reason.of("mend.states", statement=need.names[0]), need),)
    if stated is None or not stated.is_exact:
        return OPEN, (), mend
    return (MET if stated.low else NOT_MET), (), mend


def _in_time(m: Matching, need: Need) -> Tested:
    """Within one of the windows of the stage; an end that is not stated leaves it open, a beginning does not."""
    asked = need.names[0]
    moment = m.situation.submitted if asked == "submission" else m.situation.question
    mend = (Mend(Reason.of("mend.in-time"), need),)
    if moment is None:
        return OPEN, (), mend
    stage = m.situation.stage
    windows = [one for one in m.call.windows if not stage or one.stage in ("", stage)]
    outcomes = []
    for window in windows:
        last = window.closes if asked == "submission" else window.questions_until
        outcomes.append(
            all_of((_not_before(moment, window.opens), _not_after(moment, last), _on_hours(moment, window)))
        )
    return (any_of(outcomes) if windows else OPEN), (Reason.of("moment.given", moment=moment.isoformat(" ")),), mend


def _not_before(moment: datetime, first: datetime | date | None) -> Outcome:
    return MET if first is None else MET if begins(first) <= moment else NOT_MET


def _not_after(moment: datetime, last: datetime | date | None) -> Outcome:
    return OPEN if last is None else MET if moment <= ends(last) else NOT_MET


def _on_hours(moment: datetime, window: Window) -> Outcome:
    """On a day from Monday to Friday, and between the clock times, where the window says so."""
    if window.workdays and moment.weekday() >= SATURDAY:
        return NOT_MET
    return MET if window.daily is None or window.daily[0] <= moment.time() <= window.daily[1] else NOT_MET


def _strand(m: Matching, need: Need) -> Tested:
    return among(m.situation.strand, need.names), (), (Mend(Reason.of("mend.state"), need),)


def _every_application(m: Matching, need: Need, over: str) -> Tested:
    entrants = m.situation.applications
    mend = (Mend(Reason.of("mend.state"), need),)
    if entrants is None:
        return OPEN, (), mend
    state = {"awards": "awarded", "reserve": "reserve"}.get(over)
    judged = []
    for one in entrants:
        asked = MET if state is None else among(one.state, (state,))
        judged.append(any_of((m.matches(one, need.filter), opposite(asked))))
    return all_of(judged), (), mend


def _ranked(m: Matching, need: Need) -> Tested:
    """Whether the reserve list stands in order of points, the highest first."""
    mend = (Mend(Reason.of("mend.ranked"), need),)
    if m.situation.applications is None:
        return OPEN, (), mend
    listed = [(one.state, one.points) for one in m.situation.applications if one.state in ("reserve", None)]
    known = [points for state, points in listed if state is not None and points is not None]
    falling = all(one >= other for one, other in pairwise(known))
    return (NOT_MET if not falling else MET if len(known) == len(listed) else OPEN), (), mend


_TESTS: dict[str, Callable[[Matching, Need], Tested]] = {
    "lead": _lead,
    "every": _every,
    "some": _some,
    "none": _none,
    "apart": _apart,
    "document": _document,
    "states": _states,
    "in_time": _in_time,
    "ranked": _ranked,
    "strand": _strand,
}


def tested(m: Matching, need: Need, *, over: str) -> Tested:
    """Answer a condition without a number: its outcome, why, and what would mend it.

    Raises:
        KeyError: not a test; never for a call that `read` has accepted.
    """
    if need.operator == "every_application":
        return _every_application(m, need, over)
    return _TESTS[need.operator](m, need)
