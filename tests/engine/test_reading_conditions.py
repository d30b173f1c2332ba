"""A condition says one thing, in words that the vocabulary or the call knows, of like compared with like."""

from __future__ import annotations

import pytest

from samspel.engine.calls.conditions import EVERYTHING, Ask, Filter, Measure, Need
from samspel.engine.calls.text import Call
from tests.engine.sample import a_rule, blamed, call_with, files_with


def need(needs: str, **also: str) -> Need:
    call: Call = call_with(needs, **also)
    return call.rule("the-rule").needs


def one(**asks: tuple[str, ...]) -> Filter:
    return Filter(asks=tuple(Ask(attribute, values) for attribute, values in asks.items()))


READ = [
    (
        '{ count = "partners", at_least = "three" }',
        Need("at_least", Measure("count", "partners"), "three"),
    ),
    (
        '{ count = "regions", where = { counts = true }, level = "nuts3", per = "country", more_than = "no" }',
        Need(
            "more_than",
            Measure("count", "regions", where=Filter(asks=(Ask("counts", flag=True),)), level="nuts3", per="country"),
            "no",
        ),
    ),
    (
        '{ count = "regions", level = "side", per = "area:side", at_least = "two" }',
        Need("at_least", Measure("count", "regions", level="side", per="area:side"), "two"),
    ),
    (
        '{ count = "regions-without", where = { priority = true }, among = { kind = ["company"] }, at_most = "no" }',
        Need(
            "at_most",
            Measure(
                "count",
                "regions-without",
                where=Filter(asks=(Ask("priority", flag=True),)),
                among=one(kind=("company",)),
            ),
            "no",
        ),
    ),
    (
        '{ share = "cost", where = { category = ["staff"] }, of = "total-cost", at_most = "half_of_total_cost" }',
        Need(
            "at_most",
            Measure("share", "cost", "total-cost", where=one(category=("staff",))),
            "half_of_total_cost",
        ),
    ),
    (
        '{ share = "grant", of = "total-cost", of_where = { phase = ["first"] }, less_than = "half_of_total_cost" }',
        Need(
            "less_than",
            Measure("share", "grant", "total-cost", of_where=one(phase=("first",))),
            "half_of_total_cost",
        ),
    ),
    (
        '{ amount = "de-minimis", years = "three_years", where = { by = { size = ["small"] } }, at_most = "hundred" }',
        Need(
            "at_most",
            Measure(
                "amount",
                "de-minimis",
                where=Filter(asks=(Ask("by", inner=one(size=("small",))),)),
                years="three_years",
            ),
            "hundred",
        ),
    ),
    ('{ fact = "duration", equals = "two_months" }', Need("equals", Measure("fact", "duration"), "two_months")),
    ('{ fact = "starts", at_least = "spring" }', Need("at_least", Measure("fact", "starts"), "spring")),
    ('{ fact = "trl", at_least = "level_six" }', Need("at_least", Measure("fact", "trl"), "level_six")),
    (
        '{ amount = "cofunding", at_least = { amount = "grant" } }',
        Need("at_least", Measure("amount", "cofunding"), against=Measure("amount", "grant")),
    ),
    ('{ lead = { kind = ["university"] } }', Need("lead", filter=one(kind=("university",)))),
    (
        '{ every = { legal_person = true }, among = { role = ["partner"] } }',
        Need("every", filter=Filter(asks=(Ask("legal_person", flag=True),)), among=one(role=("partner",))),
    ),
    ('{ apart = ["partner", "supplier"] }', Need("apart", names=("partner", "supplier"))),
    ('{ strand = ["small"] }', Need("strand", names=("small",))),
    ('{ states = "civil" }', Need("states", names=("civil",))),
    ('{ in_time = "questions" }', Need("in_time", names=("questions",))),
    (
        '{ document = "letter", each = "cofunder", among = { source = ["public"] } }',
        Need("document", names=("letter",), each="cofunder", among=one(source=("public",))),
    ),
    (
        '{ not = { any = [{ states = "civil" }, { all = [{ strand = ["large"] }] }] } }',
        Need(
            "not",
            parts=(
                Need(
                    "any",
                    parts=(
                        Need("states", names=("civil",)),
                        Need("all", parts=(Need("strand", names=("large",)),)),
                    ),
                ),
            ),
        ),
    ),
    (
        '{ some = { any = [{ size = ["small"] }, { country = ["FI"] }], not = { area = ["north"] } } }',
        Need(
            "some",
            filter=Filter(
                parts=(
                    Filter("any", parts=(one(size=("small",)), one(country=("FI",)))),
                    Filter("not", parts=(one(area=("north",)),)),
                )
            ),
        ),
    ),
    (
        '{ none = { age_at_most = "three_years", states = ["active"], has_earlier = { status = ["winning"] } } }',
        Need(
            "none",
            filter=Filter(
                asks=(
                    Ask("age_at_most", ("three_years",)),
                    Ask("states", ("active",)),
                    Ask("has_earlier", inner=one(status=("winning",))),
                )
            ),
        ),
    ),
    (
        '{ amount = "cost", where = { year = [1, 2], currency = ["NOK"] }, at_most = "hundred" }',
        Need("at_most", Measure("amount", "cost", where=one(year=("1", "2"), currency=("NOK",))), "hundred"),
    ),
]


@pytest.mark.parametrize("needs, wanted", READ, ids=range(len(READ)))
def test_a_condition_is_read(needs, wanted):
    assert need(needs) == wanted


def test_a_condition_over_the_set_of_applications_is_read():
    assert need('{ count = "applications", per = "theme", at_most = "one" }', over='"awards"') == Need(
        "at_most", Measure("count", "applications", per="theme"), "one"
    )
    assert need('{ every_application = { lead_kind = ["university"] } }', over='"awards"').filter == one(
        lead_kind=("university",)
    )
    assert need(
        '{ share = "grant", where = { strand = ["small"] }, of = "grant", at_most = "half_of_grant" }', over='"awards"'
    ).measure == Measure("share", "grant", "grant", where=one(strand=("small",)))
    assert need('{ ranked = "reserve" }', over='"reserve"') == Need("ranked", names=("reserve",))


DEEP = "{ not = " * 9 + '{ states = "civil" }' + " }" * 9
DEEP_FILTER = "{ some = " + "{ not = " * 9 + '{ size = ["small"] }' + " }" * 10
# the condition, the key below `rules.0.needs` that is blamed, and the code
WRONG = [
    ("3", "", "condition"),
    ("{}", "", "condition"),
    ('{ count = "partners", share = "grant", at_least = "one" }', "", "condition"),
    ('{ fact = "duration", states = "civil", equals = "two_months" }', "", "condition"),
    ('{ count = "partners" }', "", "comparison"),
    ('{ count = "partners", at_least = "one", at_most = "two" }', "", "comparison"),
    ('{ count = "wishes", at_least = "one" }', ".count", "one-of"),
    ('{ count = "applications", at_least = "one" }', ".count", "one-of"),
    ('{ share = "de-minimis", of = "grant", at_most = "half_of_grant" }', ".share", "one-of"),
    ('{ amount = "gold", at_least = "hundred" }', ".amount", "one-of"),
    ('{ fact = "civil", at_least = "one" }', ".fact", "one-of"),
    ("{ count = 3, at_least = 'one' }", ".count", "text"),
    ('{ count = "partners", at_least = 3 }', ".at_least", "parameter"),
    ('{ count = "partners", at_least = "many" }', ".at_least", "one-of"),
    ('{ count = "partners", at_least = "hundred" }', ".at_least", "parameter-of-unit"),
    ('{ count = "partners", at_least = { amount = "grant" } }', ".at_least", "parameter-of-unit"),
    ('{ count = "partners", at_least = { states = "civil" } }', ".at_least", "one-of"),
    ('{ count = "partners", of = "partners", at_least = "one" }', ".of", "one-of"),
    ('{ count = "partners", colour = "red", at_least = "one" }', ".colour", "one-of"),
    ('{ count = "regions", level = "nuts4", at_least = "one" }', ".level", "one-of"),
    ('{ count = "partners", per = "mood", at_least = "one" }', ".per", "one-of"),
    ('{ count = "partners", per = "area:mood", at_least = "one" }', ".per", "one-of"),
    ('{ count = "partners", per = "category", at_least = "one" }', ".per", "one-of"),
    ('{ count = "documents", per = "theme", at_least = "one" }', ".per", "one-of"),
    ('{ count = "opinions", per = "partner", at_least = "one" }', ".per", "one-of"),
    ('{ count = "regions-without", per = "country", at_most = "one" }', ".per", "one-of"),
    ('{ amount = "public-support", per = "partner", at_most = "hundred" }', ".per", "one-of"),
    ('{ amount = "cofunding", per = "category", at_most = "hundred" }', ".per", "one-of"),
    ('{ share = "grant", of = "cofunding", per = "category", at_most = "half_of_cofunding" }', ".per", "one-of"),
    ('{ count = "partners", among = { size = ["small"] }, at_least = "one" }', ".among", "one-of"),
    ('{ amount = "grant", years = "two", at_most = "hundred" }', ".years", "one-of"),
    ('{ document = "plan", among = { size = ["small"] } }', ".among", "one-of"),
    ('{ share = "grant", at_most = "half_of_grant" }', ".of", "denominator"),
    ('{ share = "grant", of = "love", at_most = "half_of_grant" }', ".of", "one-of"),
    ('{ share = "grant", of = "partners", at_most = "half_of_partners" }', ".of", "one-of"),
    ('{ share = "hosts", of = "partners", at_most = "half_of_partners" }', ".of", "one-of"),
    ('{ share = "grant", of = "line", at_most = "half_of_line" }', ".of", "one-of"),
    ('{ share = "grant", of = "cofunding", at_most = "half_of_grant" }', ".at_most", "same-denominator"),
    ('{ amount = "de-minimis", years = "two", at_most = "hundred" }', ".years", "parameter-of-unit"),
    ("{ all = [] }", ".all", "conditions"),
    ('{ any = { states = "civil" } }', ".any", "conditions"),
    ('{ not = [{ states = "civil" }] }', ".not", "one-condition"),
    ('{ not = { states = "civil" }, also = 1 }', ".also", "one-of"),
    ("{ all = [3] }", ".all", "condition"),
    (DEEP, ".not" * 9, "shallower"),
    (DEEP_FILTER, ".some" + ".not" * 9, "shallower"),
    ("{ lead = 3 }", ".lead", "table"),
    ('{ lead = { shoe_size = ["44"] } }', ".lead.shoe_size", "one-of"),
    ('{ lead = { kind = ["wizard"] } }', ".lead.kind", "one-of"),
    ('{ lead = { kind = "company" } }', ".lead.kind", "list"),
    ("{ lead = { kind = [] } }", ".lead.kind", "list"),
    ("{ lead = { kind = [3] } }", ".lead.kind", "text"),
    ('{ lead = { counts = "yes" } }', ".lead.counts", "boolean"),
    ('{ lead = { region = ["Sweden"] } }', ".lead.region", "code"),
    ('{ lead = { area = ["east"] } }', ".lead.area", "one-of"),
    ("{ lead = { age_at_most = 3 } }", ".lead.age_at_most", "parameter"),
    ('{ lead = { age_at_most = "three" } }', ".lead.age_at_most", "parameter-of-unit"),
    ('{ lead = { states = ["civil"] } }', ".lead.states", "one-of"),
    ("{ lead = { has_earlier = 3 } }", ".lead.has_earlier", "table"),
    ("{ lead = { any = [] } }", ".lead.any", "filters"),
    ('{ lead = { any = { size = ["small"] } } }', ".lead.any", "filters"),
    ('{ lead = { size = ["small"] }, among = { size = ["small"] } }', ".among", "one-of"),
    ('{ amount = "cost", where = { year = ["one"] }, at_most = "hundred" }', ".where.year", "whole-number"),
    ('{ amount = "cost", where = { year = [true] }, at_most = "hundred" }', ".where.year", "whole-number"),
    ('{ apart = ["partner"] }', ".apart", "roles"),
    ('{ apart = ["partner", "king"] }', ".apart", "roles"),
    ('{ apart = "partner" }', ".apart", "roles"),
    ('{ strand = ["medium"] }', ".strand", "one-of"),
    ('{ states = "trl" }', ".states", "one-of"),
    ('{ in_time = "tea" }', ".in_time", "one-of"),
    ('{ ranked = "awards" }', ".ranked", "one-of"),
    ('{ document = "poem" }', ".document", "one-of"),
    ('{ document = "plan", each = "king" }', ".each", "one-of"),
]


@pytest.mark.parametrize("needs, key, code", WRONG, ids=[one[0][:70] for one in WRONG])
def test_what_is_wrong_in_a_condition_is_told_at_its_key(needs, key, code):
    found = [one.partition(": ")[2] for one in blamed(files_with(a_rule(needs)))]
    assert f"rules.0.needs{key}: {code}" in found


SET_LEVEL = [
    ('{ count = "partners", at_least = "one" }', ".count"),
    ('{ amount = "cost", at_most = "hundred" }', ".amount"),
    ('{ share = "partners", of = "partners", at_most = "half_of_partners" }', ".share"),
]


@pytest.mark.parametrize("needs, key", SET_LEVEL)
def test_over_the_awards_only_applications_and_their_grants_are_numbered(needs, key):
    found = [one.partition(": ")[2] for one in blamed(files_with(a_rule(needs, over='"awards"')))]
    assert f"rules.0.needs{key}: one-of" in found


def test_an_attribute_of_something_that_the_call_declares_none_of_says_so():
    call = files_with(a_rule('{ lead = { states = ["active"] } }'))
    text = call["call.toml"].replace('active = { of = "partner"', 'active = { of = "project"')
    assert [one.partition(": ")[2] for one in blamed({**call, "call.toml": text})] == [
        "rules.0.needs.lead.states: declared"
    ]


def test_a_condition_names_its_leaves_measures_and_filters():
    read = need(
        '{ all = [{ share = "cost", where = { category = ["staff"] }, of = "eligible-cost",'
        ' of_where = { phase = ["first"] }, at_most = "half_of_eligible_cost" },'
        ' { count = "partners", at_least = { count = "hosts" } }, { every = { kind = ["company"] } }] }'
    )
    assert [leaf.operator for leaf in read.leaves()] == ["at_most", "at_least", "every"]
    assert [measure.what for measure in read.measures()] == ["cost", "partners", "hosts"]
    assert list(read.filters()) == [one(category=("staff",)), one(phase=("first",)), one(kind=("company",))]
    assert not EVERYTHING
