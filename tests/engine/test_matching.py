"""Every attribute that a filter may ask of a thing: what is meant, what is not, and what cannot be told yet."""

from __future__ import annotations

import pytest

from samspel.engine.calls import vocabulary
from samspel.engine.calls.conditions import Ask, Filter
from samspel.engine.calls.judging.matching import _ANSWERS, Matching
from samspel.engine.calls.reading.situations import read_situation
from samspel.engine.calls.situation import (
    Assessor,
    Change,
    Earlier,
    Entrant,
    Funding,
    GrantLine,
    Line,
    Opinion,
    Paper,
    Partner,
    Situation,
)
from samspel.engine.verdicts import Outcome
from tests.engine.sample import COUNTING, call_with, measure_of, small_call

MET, OPEN, NOT_MET = Outcome.MET, Outcome.OPEN, Outcome.NOT_MET

SITUATION = """\
on = 2018-04-01
starts = 2018-01-01
ends = 2019-12-31
"""
# a filter on partners, the partner that is asked about, and the answer
PARTNERS = [
    ('kind = ["company"]', 'kind = "company"', MET),
    ('kind = ["company", "university"]', 'kind = "university"', MET),
    ('kind = ["company"]', 'kind = "university"', NOT_MET),
    ('kind = ["company"]', 'kind = "unknown"', OPEN),
    ('kind = ["company"]', "", OPEN),
    ("counts = true", 'kind = "cluster-organisation"', MET),
    ("counts = true", 'kind = "regional-authority"', NOT_MET),
    ("counts = false", 'kind = "regional-authority"', MET),
    ("counts = true", 'kind = "science-park"', OPEN),
    ("counts = true", 'kind = "unknown"', OPEN),
    ("counts = false", "", OPEN),
    ('role = ["lead"]', 'roles = ["owner", "lead"]', MET),
    ('role = ["lead"]', 'roles = ["partner"]', NOT_MET),
    ('role = ["lead"]', "roles = []", NOT_MET),
    ('role = ["lead"]', "", OPEN),
    ('country = ["SE"]', 'region = "SE110"', MET),
    ('country = ["SE"]', 'country = "SE"\nregion = "none"', MET),
    ('country = ["SE"]', 'country = "NO"', NOT_MET),
    ('country = ["SE"]', 'region = "none"', OPEN),
    ('country = ["SE"]', "", OPEN),
    ('region = ["SE11"]', 'region = "SE110"', MET),
    ('region = ["SE110"]', 'region = "SE11"', OPEN),
    ('region = ["SE110"]', 'region = "SE121"', NOT_MET),
    ('region = ["SE110"]', 'region = "none"', NOT_MET),
    ('region = ["SE110"]', "", OPEN),
    ('area = ["north"]', 'region = "SE331"', MET),
    ('area = ["north", "south"]', 'region = "SE224"', MET),
    ('area = ["north"]', 'region = "SE110"', NOT_MET),
    ('area = ["north"]', 'region = "SE3"', OPEN),
    ('area = ["north"]', 'region = "none"', NOT_MET),
    ('area = ["north"]', 'country = "FI"', NOT_MET),
    ('area = ["north"]', 'country = "NO"', OPEN),
    ('area = ["union"]', 'country = "FI"', MET),
    ('area = ["north"]', "", OPEN),
    ('area = ["some"]', 'region = "SE311"', MET),
    ('area = ["some"]', 'region = "SE110"', OPEN),
    ('area = ["unsaid"]', 'region = "SE110"', OPEN),
    ('legal_form = ["public"]', 'legal_form = "public"', MET),
    ('legal_form = ["public"]', 'legal_form = "private"', NOT_MET),
    ('legal_form = ["public"]', "", OPEN),
    ("legal_person = true", "legal_person = true", MET),
    ("legal_person = false", "legal_person = true", NOT_MET),
    ("legal_person = true", "", OPEN),
    ("non_profit = true", "non_profit = false", NOT_MET),
    ("non_profit = false", "non_profit = false", MET),
    ('size = ["micro", "small"]', 'size = "small"', MET),
    ('size = ["micro", "small"]', 'size = "large"', NOT_MET),
    ("financing = true", "financing = true", MET),
    ("financing = true", "", OPEN),
    ('registered = ["eccp"]', "registers = { eccp = 2018-04-01 }", MET),
    ('registered = ["eccp"]', "registers = { eccp = 2018-04-02 }", NOT_MET),
    ('registered = ["eccp"]', 'registers = { eccp = "applied" }', NOT_MET),
    ('registered = ["eccp"]', 'registers = { eccp = "no" }', NOT_MET),
    ('registered = ["eccp"]', "", OPEN),
    ('registered_or_applied = ["eccp"]', 'registers = { eccp = "applied" }', MET),
    ('registered_or_applied = ["eccp"]', 'registers = { eccp = "no" }', NOT_MET),
    ('registered_or_applied = ["eccp"]', "registers = { eccp = 2012-01-01 }", MET),
    ('listed = ["members"]', 'id = "a"', MET),
    ('listed = ["members"]', 'id = "b"\nname = "Beta"', MET),
    ('listed = ["members"]', 'id = "b"\nname = "Gamma"', NOT_MET),
    ('listed = ["known"]', 'id = "b"', OPEN),
    ("priority = true", "priority = true", MET),
    ("priority = false", "priority = true", NOT_MET),
    ("priority = true", "", OPEN),
    ('age_at_most = "three_years"', "founded = 2014-04-02", MET),
    ('age_at_most = "three_years"', "founded = 2014-04-01", NOT_MET),
    ('age_at_least = "three_years"', "founded = 2015-04-01", MET),
    ('age_at_least = "three_years"', "founded = 2015-04-02", NOT_MET),
    ('age_at_least = "three_years"', "", OPEN),
    ('age_at_least = "unsaid_years"', "founded = 1990-01-01", OPEN),
    ('states = ["active"]', "states = { active = true }", MET),
    ('states = ["active"]', "states = { active = false }", NOT_MET),
    ('states = ["active"]', "", OPEN),
    ('any = [{ size = ["small"] }, { kind = ["company"] }]', 'size = "large"\nkind = "company"', MET),
    ('any = [{ size = ["small"] }, { kind = ["company"] }]', 'size = "large"', OPEN),
    ('not = { size = ["small"] }', 'size = "small"', NOT_MET),
    ('not = { size = ["small"] }', "", OPEN),
    ('size = ["small"]\nkind = ["company"]', 'size = "large"', NOT_MET),
    ('size = ["small"]\nkind = ["company"]', 'size = "small"', OPEN),
    ("", "", MET),
]


def answer(wanted: str, partner: str, rest: str = "", counting: str = COUNTING) -> Outcome:
    asks = wanted.replace("\n", ", ")
    call = call_with(f"{{ some = {{ {asks} }} }}", counting=counting)
    given = read_situation(f"{SITUATION}{rest}[[partners]]\n{partner}\n", call, name="x.toml")
    need = call.rule("the-rule").needs
    assert given.partners is not None
    return Matching(call, given).matches(given.partners[0], need.filter)


@pytest.mark.parametrize("wanted, partner, outcome", PARTNERS, ids=[f"{one[0]} / {one[1]}" for one in PARTNERS])
def test_what_a_filter_asks_of_a_partner(wanted, partner, outcome):
    assert answer(wanted, partner) is outcome


EARLIER = [
    ("from_earlier = true", "", OPEN),
    ("from_earlier = true", "earlier = []\n", NOT_MET),
    ("from_earlier = false", "earlier = []\n", MET),
    ("from_earlier = true", 'earlier = [{ by = "a" }]\n', MET),
    ("from_earlier = true", 'earlier = [{ by = "b" }]\n', NOT_MET),
    ("from_earlier = true", 'earlier = [{ by = "b" }, {}]\n', OPEN),
    ('has_earlier = { status = ["winning"] }', "", OPEN),
    ('has_earlier = { status = ["winning"] }', "earlier = []\n", NOT_MET),
    ('has_earlier = { status = ["winning"] }', 'earlier = [{ by = "a", status = "winning" }]\n', MET),
    ('has_earlier = { status = ["winning"] }', 'earlier = [{ by = "a", status = "rejected" }]\n', NOT_MET),
    ('has_earlier = { status = ["winning"] }', 'earlier = [{ by = "a" }]\n', OPEN),
    ('has_earlier = { status = ["winning"] }', 'earlier = [{ by = "b", status = "winning" }]\n', NOT_MET),
    ('has_earlier = { status = ["winning"] }', 'earlier = [{ status = "winning" }]\n', OPEN),
    ('has_earlier = { status = ["winning"] }', 'earlier = [{ status = "rejected" }]\n', NOT_MET),
]


@pytest.mark.parametrize("wanted, rest, outcome", EARLIER)
def test_what_a_partner_has_done_earlier(wanted, rest, outcome):
    assert answer(wanted, 'id = "a"', rest) is outcome


FINANCING = COUNTING.replace("[counting]", "[counting]\nfinancing_only = true")
OF_HOST = COUNTING.replace("[counting]", '[counting]\nregion_of = "host"')


@pytest.mark.parametrize(
    "partner, outcome",
    [
        ('kind = "rdi-platform"\nfinancing = true', MET),
        ('kind = "rdi-platform"\nfinancing = false', NOT_MET),
        ('kind = "rdi-platform"', OPEN),
        ('kind = "national-body"\nfinancing = true', NOT_MET),
    ],
)
def test_where_only_those_who_finance_count(partner, outcome):
    assert answer("counts = true", partner, counting=FINANCING) is outcome


@pytest.mark.parametrize(
    "partner, outcome",
    [
        ('region = "SE110"\nhost = "h"\nhost_region = "SE224"', NOT_MET),
        ('region = "SE224"\nhost = "h"\nhost_region = "SE110"', MET),
        ('region = "SE110"\nhost = "h"', OPEN),
        ('region = "SE110"\nhost = "none"', MET),
        ('region = "SE110"', MET),
        ('region = "SE110"\nhost = "h"\nhost_region = "none"', NOT_MET),
    ],
)
def test_where_the_hosts_region_counts(partner, outcome):
    """A partner with no host named is taken to be its own."""
    assert answer('region = ["SE11"]', partner, counting=OF_HOST) is outcome


# ---- The other things

# a filter, the thing it is asked of, and the answer
THINGS = [
    (Line, 'category = ["staff"]', 'category = "staff"', MET),
    (Line, 'category = ["staff"]', 'category = "travel"', NOT_MET),
    (Line, 'category = ["staff"]', "", OPEN),
    (Line, 'activity = ["pilot"]', 'activity = "pilot"', MET),
    (Line, 'phase = ["first"]', 'phase = "second"', NOT_MET),
    (Line, 'place = ["SE11"]', 'place = "SE110"', MET),
    (Line, 'place = ["SE110"]', 'place = "SE"', OPEN),
    (Line, 'place_area = ["north"]', 'place = "SE331"', MET),
    (Line, 'place_area = ["north"]', 'place = "none"', NOT_MET),
    (Line, 'form = ["actual"]', 'form = "unit"', NOT_MET),
    (Line, "eligible = true", "eligible = true", MET),
    (Line, "eligible = true", "", OPEN),
    (Line, 'budget = ["eu"]', 'budget = "eu"', MET),
    (Line, 'currency = ["EUR"]', "", MET),
    (Line, 'currency = ["EUR"]', 'currency = "SEK"', NOT_MET),
    (Line, "year = [1, 2]", "year = 2", MET),
    (Line, "year = [1]", "year = 2", NOT_MET),
    (Line, "year = [1]", "", OPEN),
    (Line, 'by = { kind = ["company"] }', 'by = "a"', MET),
    (Line, 'by = { kind = ["university"] }', 'by = "a"', NOT_MET),
    (Line, 'by = { kind = ["company"] }', "", OPEN),
    (Line, 'by = { kind = ["company"] }', 'by = "stranger"', OPEN),
    (GrantLine, 'category = ["staff"]', 'category = "staff"', MET),
    (GrantLine, 'activity = ["pilot"]', "", OPEN),
    (GrantLine, 'phase = ["first"]', 'phase = "first"', MET),
    (GrantLine, 'budget = ["no"]', 'budget = "eu"', NOT_MET),
    (GrantLine, "year = [3]", "year = 3", MET),
    (GrantLine, 'by = { kind = ["company"] }', 'by = "a"', MET),
    (Funding, 'source = ["public"]', 'source = "public"', MET),
    (Funding, 'giver = ["region"]', 'giver = "state"', NOT_MET),
    (Funding, 'giver_region = ["SE11"]', 'giver_region = "SE110"', MET),
    (Funding, 'giver_region = ["SE11"]', "", OPEN),
    (Funding, 'form = ["cash"]', 'form = "in-kind"', NOT_MET),
    (Funding, 'state = ["decided"]', 'state = "decided"', MET),
    (Funding, "certified = true", "certified = 10", MET),
    (Funding, "certified = true", "", NOT_MET),
    (Funding, "certified = false", "", MET),
    (Funding, 'before = "spring"', "on = 2018-04-01", MET),
    (Funding, 'before = "spring"', "on = 2018-04-02", NOT_MET),
    (Funding, 'before = "spring"', "", OPEN),
    (Funding, 'before = "unsaid_day"', "on = 2018-04-01", OPEN),
    (Paper, 'type = ["plan"]', 'type = "plan"', MET),
    (Paper, 'signed_by = ["region"]', 'type = "plan"\nsigned_by = "lead"', NOT_MET),
    (Paper, 'language = ["sv"]', 'type = "plan"\nlanguage = "sv"', MET),
    (Paper, 'template = ["T1"]', 'type = "plan"', OPEN),
    (Paper, "valid = true", 'type = "plan"\nvalid = false', NOT_MET),
    (Paper, 'before = "spring"', 'type = "plan"\non = 2018-04-02', NOT_MET),
    (Paper, 'by = { kind = ["company"] }', 'type = "plan"\nfrom = "a"', MET),
    (Earlier, 'status = ["winning"]', 'status = "winning"', MET),
    (Earlier, 'programme = ["cosme"]', "", OPEN),
    (Earlier, 'stage = ["2"]', 'stage = "1"', NOT_MET),
    (Earlier, 'funder = ["EU"]', 'funder = "EU"', MET),
    (Earlier, "overlapping = true", "starts = 2017-01-01\nends = 2018-01-01", MET),
    (Earlier, "overlapping = true", "starts = 2017-01-01\nends = 2017-12-31", NOT_MET),
    (Earlier, "overlapping = true", "starts = 2020-01-01\nends = 2020-12-31", NOT_MET),
    (Earlier, "overlapping = false", "starts = 2020-01-01\nends = 2020-12-31", MET),
    (Earlier, "overlapping = true", "starts = 2017-01-01", OPEN),
    (Earlier, 'by = { kind = ["company"] }', 'by = "a"', MET),
    (Assessor, "conflict = true", "conflict = true", MET),
    (Assessor, "conflict = true", "", OPEN),
    (Opinion, 'giver = ["region"]', 'giver = "region"', MET),
    (Change, 'kind = ["budget"]', 'kind = "partner"', NOT_MET),
    (Change, "major = true", "major = true", MET),
    (Change, 'category = ["staff"]', "", OPEN),
    (Entrant, 'state = ["awarded"]', 'state = "awarded"', MET),
    (Entrant, 'decision = ["approved"]', "", OPEN),
    (Entrant, 'theme = ["energy"]', 'theme = "food"', NOT_MET),
    (Entrant, 'strand = ["small"]', 'strand = "small"', MET),
    (Entrant, 'country = ["SE"]', 'country = "SE"', MET),
    (Entrant, 'region = ["SE11"]', 'region = "SE110"', MET),
    (Entrant, 'area = ["north"]', 'region = "SE110"', NOT_MET),
    (Entrant, 'lead_kind = ["company"]', 'lead_kind = "company"', MET),
]
NOUN = {
    Line: ("costs", 'amount = "cost", at_least = "nothing"', "application"),
    GrantLine: ("grants", 'amount = "grant", at_least = "nothing"', "application"),
    Funding: ("cofunding", 'count = "cofunders", at_least = "no"', "application"),
    Paper: ("documents", 'count = "documents", at_least = "no"', "application"),
    Earlier: ("earlier", 'count = "earlier", at_least = "no"', "application"),
    Assessor: ("assessors", 'count = "assessors", at_least = "no"', "assessment"),
    Opinion: ("opinions", 'count = "opinions", at_least = "no"', "assessment"),
    Change: ("changes", 'count = "changes", at_least = "no"', "changes"),
    Entrant: ("applications", 'count = "applications", at_least = "no"', "applications"),
}


@pytest.mark.parametrize("sort, wanted, thing, outcome", THINGS, ids=[" / ".join(map(str, one[:3])) for one in THINGS])
def test_what_a_filter_asks_of_a_thing(sort, wanted, thing, outcome):
    name, head, over = NOUN[sort]
    call = call_with(f"{{ {head}, where = {{ {wanted} }} }}", over=f'"{over}"')
    partners = '[[partners]]\nid = "a"\nkind = "company"\n'
    given = read_situation(f"{SITUATION}{partners}[[{name}]]\n{thing}\n", call)
    assert Matching(call, given).matches(getattr(given, name)[0], measure_of(call).where) is outcome


TEXTS = [
    ("targets", 'country = ["US"]', "US", MET),
    ("targets", 'country = ["US"]', "JP", NOT_MET),
    ("targets", 'area = ["union"]', "FI", MET),
    ("targets", 'area = ["north"]', "NO", OPEN),
    ("objectives", 'objective = ["main"]', "main", MET),
    ("objectives", 'objective = ["main"]', "other", NOT_MET),
    ("themes", 'theme = ["energy"]', "energy", MET),
]


@pytest.mark.parametrize("noun, wanted, text, outcome", TEXTS)
def test_what_a_filter_asks_of_a_theme_an_objective_or_a_target(noun, wanted, text, outcome):
    call = call_with(f'{{ count = "{noun}", where = {{ {wanted} }}, at_least = "no" }}')
    assert Matching(call, Situation()).matches(text, measure_of(call).where) is outcome


def test_without_a_day_of_its_own_a_situation_is_judged_on_the_calls_day_and_without_either_on_none():
    assert str(Matching(small_call(), Situation()).day) == "2018-04-01"
    undated = small_call(calendar='[calendar]\nzone = "UTC"\nsource = "S"\n')
    matching = Matching(undated, Situation())
    assert matching.day is None
    aged = Filter(asks=(Ask("age_at_most", ("three_years",)),))
    assert matching.matches(Partner("a"), aged) is OPEN


def test_every_attribute_of_the_vocabulary_has_an_answer_and_none_besides():
    sort = {
        "partner": Partner,
        "cost": Line,
        "cofunding": Funding,
        "grant": GrantLine,
        "document": Paper,
        "earlier": Earlier,
        "application": Entrant,
        "assessor": Assessor,
        "opinion": Opinion,
        "change": Change,
    }
    for collection, kind in sort.items():
        assert set(_ANSWERS[kind]) == set(vocabulary.ATTRIBUTES[collection]) - {"by"}
    assert set(vocabulary.ATTRIBUTES) - set(sort) == {"theme", "objective", "target", "aid"}


def test_every_attribute_is_tried_above():
    asked = {wanted.split(" = ")[0] for wanted, _, _ in (*PARTNERS, *EARLIER)} | {
        one[1].split(" = ")[0] for one in (*THINGS, *TEXTS)
    }
    known = {name for attributes in vocabulary.ATTRIBUTES.values() for name in attributes}
    assert known <= asked
