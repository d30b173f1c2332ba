"""Counts and shares of partners agree with trying everything that an unknown may turn out to be.

Where the name says exact, the range is the very least and most over all of them; where it says sound, it may be wider
because two things hang together (a filter on the same attribute that is counted), but never excludes what may be.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspel.engine.calls import vocabulary
from samspel.engine.calls.conditions import EVERYTHING, Filter, Measure, Need
from samspel.engine.calls.judging.judge import judge
from samspel.engine.calls.judging.matching import Matching
from samspel.engine.calls.judging.measuring import Measuring
from samspel.engine.calls.situation import Partner, Situation
from samspel.engine.calls.text import Call, Rule
from samspel.engine.values import UNKNOWN, Range
from samspel.engine.verdicts import Outcome
from tests.engine.completions import asked, completions, fits, key, number, partners, share, within
from tests.engine.sample import small_call

CALL = small_call()
ATTRIBUTE = {"regions": "region", "countries": "country", "hosts": "host", "groups": "group", "kinds": "kind"}
NOUNS = ["partners", *ATTRIBUTE]
PUBLIC = asked("legal_form", "public")
FILTERS = st.sampled_from([EVERYTHING, PUBLIC, Filter("not", parts=(PUBLIC,))])


def meant(one: Partner, where: Filter) -> bool:
    return not fits(one, where.parts[0]) if where.operator == "not" else fits(one, where)


def measured(found: tuple[Partner, ...], measure: Measure) -> Range:
    measuring = Measuring(Matching(CALL, Situation(partners=found)))
    return measuring.measure(measure)[0].found


def envelope(numbers: list[int]) -> Range:
    return Range.between(min(numbers), max(numbers))


@pytest.mark.parametrize("noun", NOUNS)
@given(data=st.data(), where=FILTERS)
def test_a_count_is_exact_where_the_filter_asks_for_something_else(noun, data, where):
    attributes = ("legal_form", *([ATTRIBUTE[noun]] if noun in ATTRIBUTE else []))
    found = data.draw(partners(*attributes))
    numbers = [len({key(one, noun) for one in whole if meant(one, where)}) for whole in completions(found, attributes)]
    assert measured(found, Measure("count", noun, where=where)) == envelope(numbers)


@pytest.mark.parametrize(
    "noun, attribute, values",
    [
        ("kinds", "kind", ("company", "university")),
        ("regions", "region", ("SE11", "SE2")),
        ("countries", "country", ("SE", "FI")),
    ],
)
@given(data=st.data())
def test_a_count_is_sound_where_the_filter_asks_for_what_is_counted(noun, attribute, values, data):
    found = data.draw(partners(attribute))
    numbers = [
        len({key(one, noun) for one in whole if str(getattr(one, attribute)).startswith(values)})
        for whole in completions(found, (attribute,))
    ]
    told = measured(found, Measure("count", noun, where=asked(attribute, *values)))
    assert within(told, numbers)


@given(found=partners("region", "country", "legal_form"))
def test_a_count_of_countries_reads_a_region_where_no_country_is_given(found):
    attributes = ("region", "legal_form")
    numbers = [number(whole, "countries", PUBLIC) for whole in completions(found, attributes)]
    told = measured(found, Measure("count", "countries", where=PUBLIC))
    assert within(told, numbers)


COARSE = st.sampled_from(["SE", "SE1", "SE2", "SE11", "SE110", "SE224", "FI1B1", None])


@given(codes=st.lists(COARSE, max_size=3), level=st.sampled_from(vocabulary.LEVELS))
def test_a_count_of_regions_known_too_coarsely_is_sound(codes, level):
    found = tuple(Partner(id=f"p{index}", region=code) for index, code in enumerate(codes))
    finest = ("SE110", "SE121", "SE224", "SE232", "FI1B1")
    figures = {"country": 2, "nuts1": 3, "nuts2": 4, "nuts3": 5}[level]
    whole: list[list[str]] = [[]]
    for code in codes:
        whole = [[*before, one] for before in whole for one in finest if one.startswith(code or "")]
    numbers = [len({one[:figures] for one in regions}) for regions in whole]
    told = measured(found, Measure("count", "regions", level=level))
    assert within(told, numbers)


def test_a_region_that_is_not_known_is_some_region():
    """Only `none` says that there is none: a partner that counts and is somewhere stands in at least one."""
    assert measured((Partner("a"),), Measure("count", "regions")) == Range.exactly(1)
    assert measured((Partner("a", region="none"),), Measure("count", "regions")) == Range.exactly(0)


@given(
    found=partners("legal_form", "size"), where=FILTERS, of_where=st.sampled_from([EVERYTHING, asked("size", "small")])
)
def test_a_share_of_partners_is_exact(found, where, of_where):
    shares = []
    for whole in completions(found, ("legal_form", "size")):
        among = [one for one in whole if fits(one, of_where)]
        shares.append(share(sum(meant(one, where) for one in among), len(among)))
    told = measured(found, Measure("share", "partners", "partners", where=where, of_where=of_where))
    known = [one for one in shares if one is not None]
    if not known:
        assert told == UNKNOWN
    elif None not in shares:
        assert told == Range(min(known), max(known))
    else:
        assert within(told, known)


@pytest.mark.parametrize("noun", ["hosts", "groups", "regions"])
@given(data=st.data())
def test_a_share_of_hosts_groups_or_regions_is_sound(noun, data):
    attributes = ("legal_form", ATTRIBUTE[noun])
    found = data.draw(partners(*attributes))
    told = measured(found, Measure("share", noun, noun, where=PUBLIC))
    for whole in completions(found, attributes):
        assert within(told, [share(number(whole, noun, PUBLIC), number(whole, noun))])


# ---- Rules that must hold for each group

SPLITS = {"country": "country", "region": "region", "group": "group"}
BOUNDS = {name: Decimal(at) for at, name in enumerate(("no", "one", "two", "three"))}
HOLDS = {
    "at_least": lambda found, bound: found >= bound,
    "at_most": lambda found, bound: found <= bound,
    "equals": lambda found, bound: found == bound,
    "more_than": lambda found, bound: found > bound,
    "less_than": lambda found, bound: found < bound,
}


def ruled(needs: Need) -> Call:
    return replace(CALL, rules=(Rule("the-rule", needs, "S"),))


@pytest.mark.parametrize("per", SPLITS)
@given(data=st.data(), operator=st.sampled_from(vocabulary.COMPARISONS), bound=st.sampled_from(list(BOUNDS)))
def test_a_rule_for_each_group_is_sound_also_for_groups_that_may_be(per, data, operator, bound):
    attributes = ("legal_form", SPLITS[per])
    found = data.draw(partners(*attributes))
    noun = {"country": "countries", "region": "regions", "group": "groups"}[per]
    answers = set()
    for whole in completions(found, attributes):
        public = [one for one in whole if fits(one, PUBLIC)]
        sizes = [sum(key(one, noun) == group for one in public) for group in {key(one, noun) for one in public}]
        answers.add(all(HOLDS[operator](size, BOUNDS[bound]) for size in sizes))
    need = Need(operator, Measure("count", "partners", where=PUBLIC, per=per), parameter=bound)
    outcome = judge(ruled(need), Situation(partners=found)).outcome
    assert outcome is not Outcome.MET or answers == {True}
    assert outcome is not Outcome.NOT_MET or answers == {False}


@given(
    found=partners("legal_form", "region"),
    other=st.sampled_from(["partners", "regions"]),
    operator=st.sampled_from(vocabulary.COMPARISONS),
)
def test_one_measure_against_another_is_sound(found, other, operator):
    answers = {
        HOLDS[operator](number(whole, "partners", PUBLIC), number(whole, other))
        for whole in completions(found, ("legal_form", "region"))
    }
    need = Need(operator, Measure("count", "partners", where=PUBLIC), against=Measure("count", other))
    outcome = judge(ruled(need), Situation(partners=found)).outcome
    assert outcome is not Outcome.MET or answers == {True}
    assert outcome is not Outcome.NOT_MET or answers == {False}


# ---- Regions in which nobody fits


@given(found=partners("kind", "region", "size"))
def test_regions_without_is_sound(found):
    """Small partners are those that fit, companies and universities those that represent a region."""
    represents, small = asked("kind", "company", "university"), asked("size", "small")
    told = measured(found, Measure("count", "regions-without", where=small, among=represents))
    for whole in completions(found, ("kind", "region", "size")):
        counted = [one for one in whole if fits(one, represents)]
        regions = {key(one, "regions") for one in counted}
        tied = {key(one, "regions") for one in counted if fits(one, small)}
        assert within(told, [len(regions - tied) if regions else None])
