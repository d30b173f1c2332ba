"""What there is of everything that can be counted, in how many regions, for each of whom, and what it was seen from."""

from __future__ import annotations

from decimal import Decimal

import pytest

from samspel.engine.calls import vocabulary
from samspel.engine.calls.judging.matching import Matching
from samspel.engine.calls.judging.measuring import Measuring
from samspel.engine.calls.judging.reckoning import Measured
from samspel.engine.calls.situation import Situation
from samspel.engine.values import UNKNOWN, Range
from samspel.engine.verdicts import Reason
from tests.engine.sample import COUNTING, call_with, measure_of, situation_of

type Given = tuple[str, str, tuple[object, object] | None]


def measured(measure: str, given: str, *, over: str = "application", counting: str = COUNTING) -> tuple[Measured, ...]:
    """Take a measure, written as in a rule, of a situation written in TOML."""
    head = measure.partition(" ")[0]
    bound = {"count": "no", "amount": "nothing", "fact": "two_months", "share": ""}[head]
    if head == "share":
        bound = "half_of_" + measure.partition('of = "')[2].partition('"')[0].replace("-", "_")
    if head == "fact":
        bound = {"trl": "level_six", "starts": "spring", "ends": "spring"}.get(measure.split('"')[1], bound)
    call = call_with(f'{{ {measure}, at_least = "{bound}" }}', over=f'"{over}"', counting=counting)
    found = measure_of(call)
    return Measuring(Matching(call, situation_of(given, call)), over).measure(found)


def partners(*rows: str) -> str:
    """Partners as TOML, each by what is known of it."""
    inner = ", ".join(f"{{ {row} }}" for row in rows)
    return f"partners = [{inner}]"


def a_range(pair: tuple[object, object] | None) -> Range:
    if pair is None:
        return UNKNOWN
    low, high = (None if one is None else Decimal(str(one)) for one in pair)
    return Range(low=low, high=high)


NODE = 'kind = "cluster-organisation"'
# the measure, the situation, and the least and the most that is found (None: unknown)
COUNTS: list[Given] = [
    ('count = "partners"', "", None),
    ('count = "partners"', "partners = []", (0, 0)),
    ('count = "partners"', "partners = [{}, {}]", (2, 2)),
    ('count = "partners", where = { counts = true }', f"partners = [{{ {NODE} }}, {{}}]", (1, 2)),
    ('count = "partners", where = { counts = true }', 'partners = [{ kind = "national-body" }]', (0, 0)),
    ('count = "hosts"', 'partners = [{ host = "h" }, { host = "h" }, { host = "none" }]', (2, 2)),
    ('count = "hosts"', 'partners = [{ id = "h", host = "none" }, { host = "h" }]', (1, 1)),
    ('count = "hosts"', 'partners = [{ host = "h" }, {}]', (1, 2)),
    ('count = "groups"', 'partners = [{ group = "g" }, { group = "g" }, { group = "none" }]', (2, 2)),
    ('count = "groups"', 'partners = [{ group = "g" }, {}]', (1, 2)),
    ('count = "groups"', 'partners = [{ group = "none" }, {}]', (2, 2)),
    ('count = "groups", where = { kind = ["company"] }', 'partners = [{ group = "g" }, {}]', (0, 2)),
    ('count = "regions"', 'partners = [{ region = "SE121" }, { region = "SE125" }, { region = "SE232" }]', (2, 2)),
    ('count = "regions", level = "nuts3"', 'partners = [{ region = "SE121" }, { region = "SE125" }]', (2, 2)),
    ('count = "regions", level = "nuts1"', 'partners = [{ region = "SE121" }, { region = "SE1" }]', (1, 1)),
    ('count = "regions", level = "country"', 'partners = [{ region = "SE121" }, { country = "NO" }]', (2, 2)),
    ('count = "regions", level = "country"', 'partners = [{ region = "none", country = "NO" }]', (0, 0)),
    ('count = "regions"', 'partners = [{ region = "SE1" }, { region = "SE121" }]', (1, 2)),
    ('count = "regions"', 'partners = [{ region = "none" }]', (0, 0)),
    ('count = "regions"', "partners = [{}, {}]", (1, 2)),
    ('count = "regions", level = "side"', 'partners = [{ region = "SE331" }, { region = "NO081" }]', (1, 1)),
    ('count = "regions", level = "side"', 'partners = [{ region = "SE331" }, { region = "SE224" }]', (2, 2)),
    ('count = "regions", level = "side"', 'partners = [{ region = "SE331" }, { region = "SE110" }]', (1, 1)),
    ('count = "regions", level = "side"', 'partners = [{ region = "SE331" }, { region = "SE2" }]', (1, 2)),
    ('count = "countries"', 'partners = [{ country = "SE" }, { region = "SE110" }, { country = "NO" }]', (2, 2)),
    ('count = "countries"', 'partners = [{ country = "SE" }, { region = "none" }]', (1, 2)),
    ('count = "kinds"', 'partners = [{ kind = "company" }, { kind = "company" }, {}]', (1, 2)),
    ('count = "kinds"', 'partners = [{ kind = "company" }, { kind = "unknown" }]', (1, 2)),
    ('count = "themes"', "", None),
    ('count = "themes"', "themes = []", (0, 0)),
    ('count = "themes"', 'themes = ["energy", "food"]', (2, 2)),
    ('count = "themes", where = { theme = ["food"] }', 'themes = ["energy", "food"]', (1, 1)),
    ('count = "objectives"', 'objectives = ["main", "other"]', (2, 2)),
    ('count = "secondary-objectives"', "", None),
    ('count = "secondary-objectives"', 'objectives = ["main", "other"]\nmain_objective = "main"', (1, 1)),
    ('count = "secondary-objectives"', 'objectives = ["main", "other"]', (1, 2)),
    ('count = "secondary-objectives"', "objectives = []", (0, 0)),
    ('count = "targets", where = { not = { area = ["union"] } }', 'targets = ["US", "FI"]', (1, 1)),
    (
        'count = "documents", where = { type = ["plan"] }',
        'documents = [{ type = "plan" }, { type = "letter" }]',
        (1, 1),
    ),
    ('count = "earlier"', 'earlier = [{ id = "e" }, { id = "e" }, {}, {}]', (3, 3)),
    ('count = "programmes"', 'earlier = [{ programme = "cosme" }, {}]', (1, 2)),
    ('count = "cofunders"', 'cofunding = [{ funder = "f" }, { funder = "f" }, { funder = "g" }]', (2, 2)),
    ('count = "cofunders"', 'cofunding = [{ funder = "f" }, {}]', (1, 2)),
    ('count = "cofunders"', 'cofunding = [{ funder = "f" }, { funder = "g", state = "rejected" }]', (1, 1)),
    ('count = "cofunders"', 'cofunding = [{ funder = "f", state = "withdrawn" }]', (0, 0)),
    (
        'count = "cofunders", where = { state = ["withdrawn"] }',
        'cofunding = [{ funder = "f", state = "withdrawn" }]',
        (1, 1),
    ),
    ('count = "budgets"', 'costs = [{ budget = "eu" }, { budget = "no" }, { budget = "no" }]', (2, 2)),
    ('count = "currencies"', 'costs = [{ currency = "SEK" }, { currency = "EUR" }, {}]', (2, 2)),
    ('count = "assessors", where = { conflict = false }', "assessors = [{ conflict = false }, {}]", (1, 2)),
    ('count = "opinions"', 'opinions = [{ giver = "region" }]', (1, 1)),
    ('count = "changes", where = { major = true }', "changes = [{ major = true }, { major = false }]", (1, 1)),
    ('fact = "duration"', "", None),
    ('fact = "duration"', "duration = [12, 24]", (12, 24)),
    ('fact = "trl"', "statements = { trl = 6 }", (6, 6)),
    ('fact = "trl"', "", None),
    ('fact = "starts"', "starts = 0001-01-05", (5, 5)),
    ('fact = "starts"', "", None),
    ('fact = "ends"', "ends = 0001-01-05", (5, 5)),
]


@pytest.mark.parametrize("measure, given, wanted", COUNTS, ids=[f"{one[0]} / {one[1]}" for one in COUNTS])
def test_how_many_there_are(measure, given, wanted):
    assert [one.found for one in measured(measure, given)] == [a_range(wanted)]


def test_every_noun_and_fact_is_counted_above():
    heads = {measure.split('"')[1] for measure, _, _ in COUNTS}
    assert {*vocabulary.NOUNS, *vocabulary.FACTS} - {"applications", "regions-without"} <= heads


SET = """\
applications = [{ state = "awarded", theme = "energy" }, { state = "awarded", theme = "energy" },
    { state = "reserve", theme = "food" }, { state = "rejected" }, {}]
"""
OVER = [("applications", (5, 5)), ("awards", (2, 3)), ("reserve", (1, 2))]


@pytest.mark.parametrize("over, wanted", OVER)
def test_how_many_applications_there_are_of_all_awarded_or_in_reserve(over, wanted):
    assert measured('count = "applications"', SET, over=over)[0].found == a_range(wanted)
    assert measured('count = "applications"', "", over=over)[0].found == UNKNOWN


# the measure, the situation, and what is found for each group ("?": another group that there may be)
GROUPS = [
    (
        'count = "partners", per = "country"',
        partners('country = "SE"', 'country = "SE"', 'country = "NO"'),
        {"SE": (2, 2), "NO": (1, 1)},
    ),
    ('count = "partners", per = "country"', 'partners = [{ country = "SE" }, {}]', {"SE": (1, 2), "?": (0, 1)}),
    ('count = "partners", per = "country"', "partners = [{}]", {"?": (0, 1)}),
    ('count = "partners", per = "country"', "partners = []", {}),
    ('count = "partners", per = "region"', 'partners = [{ region = "SE121" }, { region = "none" }]', {"SE12": (1, 1)}),
    ('count = "partners", per = "region", level = "nuts3"', 'partners = [{ region = "SE121" }]', {"SE121": (1, 1)}),
    (
        'count = "partners", per = "group"',
        partners('group = "g"', 'id = "x", group = "none"'),
        {"g": (1, 1), "x": (1, 1)},
    ),
    ('count = "partners", per = "partner"', 'partners = [{ id = "x" }, { id = "y" }]', {"x": (1, 1), "y": (1, 1)}),
    (
        'count = "partners", per = "lead"',
        partners('id = "x", roles = ["lead"]', 'roles = ["partner"]', ""),
        {"x": (1, 2), "?": (0, 1)},
    ),
    (
        'count = "partners", per = "area:side"',
        partners('region = "SE331"', 'region = "SE110"', 'region = "SE2"'),
        {"north": (1, 2), "?": (0, 1)},
    ),
    (
        'count = "partners", where = { size = ["small"] }, per = "country"',
        partners('country = "SE", size = "large"'),
        {},
    ),
    ('count = "partners", per = "group"', "partners = [{}]", {"?": (0, 1)}),
    (
        'count = "documents", per = "partner"',
        'documents = [{ type = "plan", from = "a" }]\npartners = [{ id = "a" }]',
        {"a": (1, 1)},
    ),
    (
        'count = "earlier", per = "country"',
        'earlier = [{ by = "a" }]\npartners = [{ id = "a", country = "SE" }]',
        {"SE": (1, 1)},
    ),
    ('count = "cofunders", per = "region"', 'cofunding = [{ funder = "f", giver_region = "SE110" }]', {"SE11": (1, 1)}),
    ('count = "cofunders", per = "country"', 'cofunding = [{ funder = "f", giver_region = "SE110" }]', {"SE": (1, 1)}),
    ('count = "cofunders", per = "partner"', 'cofunding = [{ funder = "f" }, {}]', {"f": (1, 2), "?": (0, 1)}),
    (
        'count = "cofunders", per = "area:side"',
        'cofunding = [{ funder = "f", giver_region = "SE224" }]',
        {"south": (1, 1)},
    ),
    ('count = "budgets", per = "phase"', 'costs = [{ budget = "eu", phase = "first" }]', {"first": (1, 1)}),
    ('count = "budgets", per = "year"', 'costs = [{ budget = "eu", year = 1 }]', {"1": (1, 1)}),
]
OF_ALL = [
    ("theme", 'theme = "food"', {"food": (1, 1)}),
    ("strand", 'strand = "small"', {"small": (1, 1)}),
    ("country", 'country = "NO"', {"NO": (1, 1)}),
    ("country", 'region = "SE110"', {"SE": (1, 1)}),
    ("country", "", {"?": (0, 1)}),
    ("region", 'region = "SE110"', {"SE11": (1, 1)}),
    ("area:side", 'region = "SE224"', {"south": (1, 1)}),
    ("area:side", 'region = "SE110"', {}),
    ("lead", 'lead = "a"', {"a": (1, 1)}),
    ("partner", 'partners = ["a", "b"]', {"a": (1, 1), "b": (1, 1)}),
    ("partner", "", {"?": (0, 1)}),
]


@pytest.mark.parametrize("measure, given, wanted", GROUPS, ids=[f"{one[0]} / {one[1]}" for one in GROUPS])
def test_how_many_there_are_in_each_group(measure, given, wanted):
    found = {one.group: one.found for one in measured(measure, given)}
    assert found == {group: a_range(pair) for group, pair in wanted.items()}


@pytest.mark.parametrize("per, application, wanted", OF_ALL)
def test_how_many_applications_there_are_of_each(per, application, wanted):
    found = measured(
        f'count = "applications", per = "{per}"', f"applications = [{{ {application} }}]", over="applications"
    )
    assert {one.group: one.found for one in found} == {group: a_range(pair) for group, pair in wanted.items()}


def test_a_group_is_sure_only_where_something_surely_belongs_to_it():
    given = 'partners = [{ country = "SE", kind = "company" }, { country = "NO" }, {}]'
    found = measured('count = "partners", where = { kind = ["company"] }, per = "country"', given)
    assert {one.group: one.sure for one in found} == {"NO": False, "SE": True, "?": False}


COMPANIES = 'where = { kind = ["company"] }'
SHARES: list[Given] = [
    ('share = "partners", of = "partners", ' + COMPANIES, "", None),
    ('share = "partners", of = "partners", ' + COMPANIES, "partners = []", None),
    ('share = "partners", of = "partners", ' + COMPANIES, 'partners = [{ kind = "company" }, {}]', ("0.5", 1)),
    (
        'share = "partners", of = "partners", ' + COMPANIES + ', of_where = { size = ["small"] }',
        partners('kind = "company", size = "small"', 'kind = "university", size = "small"', 'size = "large"'),
        ("0.5", "0.5"),
    ),
    (
        'share = "hosts", of = "hosts", ' + COMPANIES,
        partners('host = "h", kind = "company"', 'host = "h", kind = "company"', 'host = "i", kind = "university"'),
        ("0.5", "0.5"),
    ),
    (
        'share = "regions", of = "regions", ' + COMPANIES,
        'partners = [{ region = "SE110", kind = "company" }, { region = "SE232", kind = "university" }]',
        ("0.5", "0.5"),
    ),
]


@pytest.mark.parametrize("measure, given, wanted", SHARES, ids=range(len(SHARES)))
def test_what_share_of_them_is_meant(measure, given, wanted):
    assert [one.found for one in measured(measure, given)] == [a_range(wanted)]


def test_what_share_of_the_partners_is_in_each_country():
    given = 'partners = [{ country = "SE" }, { country = "SE" }, { country = "SE" }, { country = "NO" }]'
    found = measured('share = "partners", of = "partners", per = "country"', given)
    assert {one.group: one.found for one in found} == {
        "NO": Range.exactly(Decimal("0.25")),
        "SE": Range.exactly(Decimal("0.75")),
    }


# ---- Regions in which none of those who count fits

TIED = 'count = "regions-without", where = { priority = true }'
COUNTED, DOUBTFUL = NODE, 'kind = "science-park"'
WITHOUT = [
    ("", None, []),
    ("partners = []", None, []),
    ('partners = [{ kind = "national-body", region = "SE110" }]', None, []),
    (f'partners = [{{ {COUNTED}, region = "none" }}]', None, []),
    (f'partners = [{{ {COUNTED}, region = "SE110", priority = true }}]', (0, 0), ["region.tied"]),
    (f'partners = [{{ {COUNTED}, region = "SE110", priority = false }}]', (1, 1), ["region.untied"]),
    (f'partners = [{{ {COUNTED}, region = "SE110" }}]', (0, 1), ["region.unlisted"]),
    (f'partners = [{{ {DOUBTFUL}, region = "SE110", priority = false }}]', (0, 1), ["region.untied"]),
    (f'partners = [{{ {DOUBTFUL}, region = "SE110", priority = true }}]', (0, 0), ["region.tied"]),
    (
        partners(f'{COUNTED}, region = "SE121", priority = true', f'{COUNTED}, region = "SE125", priority = false'),
        (0, 0),
        ["region.tied"],
    ),
    (
        partners(f'{COUNTED}, region = "SE121", priority = false', f'{DOUBTFUL}, region = "SE125", priority = true'),
        (0, 1),
        ["region.unlisted"],
    ),
    (f"partners = [{{ {COUNTED}, priority = true }}]", (0, 0), ["member.region-unknown"]),
    (f"partners = [{{ {COUNTED} }}]", (0, 1), ["member.region-unknown"]),
    (
        f'partners = [{{ {COUNTED}, region = "SE110", priority = false }}, {{ {COUNTED}, priority = true }}]',
        (0, 1),
        ["member.region-unknown", "region.untied"],
    ),
    (
        f'partners = [{{ {COUNTED}, region = "SE110", priority = false }}, {{ {COUNTED}, priority = false }}]',
        (1, 2),
        ["member.region-unknown", "region.untied"],
    ),
]


@pytest.mark.parametrize("given, wanted, codes", WITHOUT, ids=[one[0] for one in WITHOUT])
def test_in_how_many_regions_none_of_those_who_count_fits(given, wanted, codes):
    (found,) = measured(TIED, given)
    assert found.found == a_range(wanted)
    assert [reason.code for reason in found.evidence] == codes


# ---- What it was seen from


def test_the_evidence_names_each_partner_and_how_it_counts():
    given = f'partners = [{{ name = "Alfa", {NODE} }}, {{ id = "b" }}, {{ id = "c", kind = "national-body" }}]'
    assert measured('count = "partners", where = { counts = true }', given)[0].evidence == (
        Reason.of("member.counts", name="Alfa", kind="cluster-organisation"),
        Reason.of("member.may-count", name="b", kind="unknown"),
        Reason.of("member.does-not-count", name="c", kind="national-body"),
    )


def test_the_evidence_names_each_region_with_its_partners_and_those_without():
    given = f"""\
partners = [
    {{ id = "a", {NODE}, region = "SE121" }}, {{ id = "b", {DOUBTFUL}, region = "SE125" }},
    {{ id = "c", {DOUBTFUL}, region = "SE232" }}, {{ id = "d", {NODE} }}, {{ id = "e", {NODE}, region = "none" }},
    {{ id = "f", kind = "national-body", region = "SE331" }}, {{ id = "g", kind = "national-body" }},
]
"""
    assert measured('count = "regions", where = { counts = true }', given)[0].evidence == (
        Reason.of("region.counts", region="SE12", names="a, b"),
        Reason.of("region.may-count", region="SE23", names="c"),
        Reason.of("member.region-unknown", name="d"),
        Reason.of("member.no-region", name="e", kind="cluster-organisation"),
        Reason.of("member.no-region", name="g", kind="national-body"),
    )


def test_the_evidence_names_the_chosen_themes():
    assert measured('count = "themes"', 'themes = ["energy"]')[0].evidence == (
        Reason.of("theme.chosen", theme="energy"),
    )


def test_the_country_of_a_host_counts_where_the_call_says_so():
    counting = COUNTING.replace("[counting]", '[counting]\nregion_of = "host"')
    given = 'partners = [{ region = "SE110", host = "h", host_region = "NO081" }, { region = "SE110", host = "i" }]'
    assert measured('count = "regions", level = "country"', given, counting=counting)[0].found == a_range((1, 2))


def test_a_situation_of_which_nothing_is_known_has_no_partner():
    assert Situation().partner("a") is None
