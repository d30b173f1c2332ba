"""Small calls whose rules are about who joins forces, and organisations of which more or less is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import combinations

from hypothesis import strategies as st

from samspel.engine.calls.judging.judge import judge
from samspel.engine.calls.situation import Partner, Situation
from samspel.engine.calls.text import Call
from samspel.engine.verdicts import Outcome
from tests.engine.small_call import head, numbers, rule, small_call

THEME = "t"
AREAS = """\
[areas.rich]
codes = ["SE11"]
set = "wealth"
source = "x"
text = { sv = "x", en = "x" }
[areas.poor]
codes = ["SE12", "NO0"]
set = "wealth"
source = "x"
text = { sv = "x", en = "x" }
"""
NUMBERS = numbers(n0=0, n1=1, n2=2, n3=3, phalf="0.5", p1="0.5")

COUNTED = (
    '{ count = "partners", where = { counts = true }, at_least = "n2" }',
    '{ count = "partners", at_most = "n3" }',
    '{ count = "partners", where = { kind = ["university"] }, less_than = "n2" }',
    '{ count = "regions", where = { counts = true }, at_least = "n2" }',
    '{ count = "regions", level = "nuts3", more_than = "n1" }',
    '{ count = "regions", level = "country", equals = "n1" }',
    '{ count = "regions", level = "wealth", at_least = "n2" }',
    '{ count = "countries", at_least = "n2" }',
    '{ count = "kinds", at_least = "n2" }',
    '{ count = "themes", equals = "n1" }',
    '{ count = "regions-without", where = { priority = true }, at_most = "n0" }',
    '{ count = "regions-without", where = { kind = ["rdi-platform"] }, among = { country = ["SE"] }, at_most = "n1" }',
    '{ count = "partners", per = "country", at_most = "n2" }',
    '{ share = "partners", of = "partners", where = { kind = ["cluster-organisation"] }, at_least = "phalf" }',
    '{ share = "partners", of = "partners", where = { counts = true }, of_where = { priority = true }, equals = "p1" }',
    '{ share = "partners", of = "partners", per = "region", at_most = "phalf" }',
    '{ every = { kind = ["cluster-organisation", "rdi-platform"] }, among = { country = ["SE"] } }',
    '{ none = { kind = ["university"] } }',
    '{ some = { area = ["poor"] } }',
    '{ lead = { kind = ["rdi-platform"] } }',
    '{ lead = { region = ["SE11"] } }',
    '{ not = { count = "regions", equals = "n1" } }',
    '{ any = [{ some = { kind = ["company"] } }, { count = "regions", where = { counts = true }, less_than = "n2" }] }',
)
"""One condition of every sort that tallies tell."""

LOOKED_AT = (
    '{ count = "groups", at_least = "n2" }',
    '{ count = "hosts", at_least = "n2" }',
    '{ any = [{ lead = { kind = ["university"] } }, { count = "partners", at_least = "n3" }] }',
    '{ count = "partners", per = "country", at_least = "n2" }',
)
"""Conditions that each constellation must be looked at for, at least over some pools."""

WHOLE = ("", 'when = { count = "countries", at_least = "n2" }', 'severity = "should"')


def call_of(needs: Sequence[str], *more: str) -> Call:
    rules = [rule(f"r{place}", needed, *more) for place, needed in enumerate(needs)]
    return small_call(AREAS, NUMBERS, *rules, top=head())


@cache
def calls(of: tuple[str, ...] = COUNTED + LOOKED_AT) -> st.SearchStrategy[Call]:
    """Calls of one to three rules, some of which apply only at times or are a should."""
    chosen = st.lists(st.sampled_from(of), min_size=1, max_size=3, unique=True)
    return st.builds(call_of, chosen, st.sampled_from(WHOLE))


def partners(call: Call | None = None, *, roles: bool = False) -> st.SearchStrategy[Partner]:
    """Organisations with anything known or not; with what a call asks them to state, and with or without a role."""
    statements = [one.id for one in call.declared.statements.values() if one.of == "partner"] if call else []
    registers = list(call.declared.of("registers")) if call else []
    flag = st.sampled_from((None, True, False))
    return st.builds(
        Partner,
        id=st.just(""),
        kind=st.sampled_from(("cluster-organisation", "rdi-platform", "university", "company", "public-body", None)),
        region=st.sampled_from(("SE110", "SE121", "SE122", "NO011", "SE", "none", None)),
        host=st.sampled_from((None, "none", "h1", "h2")),
        group=st.sampled_from((None, "none", "g1", "g2")),
        legal_form=st.sampled_from((None, "public", "private", "association")),
        legal_person=flag,
        non_profit=flag,
        size=st.sampled_from((None, "micro", "small", "large")),
        financing=flag,
        priority=flag,
        registers=st.fixed_dictionaries({}, optional={one: st.sampled_from(("applied", "no")) for one in registers}),
        states=st.fixed_dictionaries({}, optional=dict.fromkeys(statements, st.booleans())),
        roles=st.sampled_from((None, ("lead",), ("partner",))) if roles else st.none(),
    )


def pools(call: Call | None = None, *, most: int = 6, roles: bool = False) -> st.SearchStrategy[tuple[Partner, ...]]:
    """Some organisations, each with an id of its own."""
    several = st.lists(partners(call, roles=roles), min_size=1, max_size=most)
    return several.map(lambda found: tuple(replace(one, id=f"p{place}") for place, one in enumerate(found)))


def led(members: Sequence[Partner], lead: int) -> tuple[Partner, ...]:
    return tuple(replace(one, roles=("lead",) if at == lead else ("partner",)) for at, one in enumerate(members))


def best(call: Call, members: Sequence[Partner], *, theme: str = THEME) -> Outcome:
    """How well a constellation comes out with whoever of its members leads best."""
    outcomes = {
        judge(call, Situation(partners=led(members, lead), themes=(theme,) if theme else None)).outcome
        for lead in range(len(members))
    }
    return next(one for one in (Outcome.MET, Outcome.OPEN, Outcome.NOT_MET) if one in outcomes)


def outcomes(
    call: Call, pool: Sequence[Partner], *, largest: int, theme: str = THEME
) -> dict[tuple[int, ...], Outcome]:
    """Judge every constellation of a pool, one by one."""
    return {
        chosen: best(call, [pool[place] for place in chosen], theme=theme)
        for size in range(1, largest + 1)
        for chosen in combinations(range(len(pool)), size)
    }
