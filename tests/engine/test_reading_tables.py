"""Parameters, declared terms, rules, exceptions and partitions are read, and a slip in them is told at its key."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from samspel.engine.calls.conditions import Ask, Filter, Measure, Need
from samspel.engine.calls.text import Dated, Entry, LabelledException, Partition, Portion, Rule, Statement
from tests.engine.sample import CALENDAR, FORM, HEAD, a_rule, blamed, call_with, files_with, small_call

PLAIN = a_rule('{ count = "partners", at_least = "no" }')
WORDS = (("sv", "Text"), ("en", "Text"))


def places(rules: str = PLAIN, **also: str) -> list[str]:
    """What is told, without file and line."""
    return [one.partition(": ")[2] for one in blamed(files_with(rules, **also))]


# ---- Parameters


def value(text: str) -> tuple[Dated, ...]:
    return small_call(more=f'[parameters.extra]\nsource = "S"\n{text}\n').parameter("extra").values


GOOD_VALUES = [
    ('unit = "count"\nvalue = 3', (Dated(Decimal(3)),)),
    ('unit = "money"\nvalue = 0.01', (Dated(Decimal("0.01")),)),
    ('unit = "share"\nof = "grant"\nvalue = 1', (Dated(Decimal(1)),)),
    ('unit = "date"\nvalue = 2018-04-01', (Dated(date(2018, 4, 1)),)),
    ('unit = "count"\nvalue = "not stated"', ()),
    (
        'unit = "count"\nvalue = [{ from = 2016-10-03, is = 3 }, { from = 2018-01-01, is = 4 }]',
        (
            Dated(Decimal(3), date(2016, 10, 3), date(2017, 12, 31)),
            Dated(Decimal(4), date(2018, 1, 1)),
        ),
    ),
    (
        'unit = "count"\nvalue = [{ from = 2018-01-01, until = 2018-12-31, is = 3 }]',
        (Dated(Decimal(3), date(2018, 1, 1), date(2018, 12, 31)),),
    ),
]


@pytest.mark.parametrize("text, wanted", GOOD_VALUES, ids=range(len(GOOD_VALUES)))
def test_a_parameters_values_are_read(text, wanted):
    assert value(text) == wanted


AT = "parameters.extra.value"
BAD_VALUES = [
    ("count", "", f"{AT}: parameter-value"),
    ("count", "value = -3", f"{AT}: count-value"),
    ("count", "value = 2.5", f"{AT}: count-value"),
    ("count", "value = 1_000_000_000_000", f"{AT}: count-value"),
    ("count", "value = true", f"{AT}: parameter-value"),
    ("count", "value = nan", f"{AT}: parameter-value"),
    ("count", "value = inf", f"{AT}: parameter-value"),
    ("count", 'value = "three"', f"{AT}: parameter-value"),
    ("money", "value = 0.001", f"{AT}: money-value"),
    ("money", "value = -1", f"{AT}: money-value"),
    ("rate", "value = 0", f"{AT}: rate-value"),
    ("date", "value = 3", f"{AT}: day"),
    ("date", "value = 2018-04-01T12:00:00", f"{AT}: day"),
    ("count", "value = []", f"{AT}: period"),
    ("count", "value = [3]", f"{AT}: period"),
    ("count", "value = [{ is = 3 }]", f"{AT}: period"),
    ("count", "value = [{ from = 2018-01-01 }]", f"{AT}: period"),
    ("count", "value = [{ from = 2018-01-01, until = 3, is = 3 }]", f"{AT}: period"),
    ("count", "value = [{ from = 2018-01-01, is = 3, note = 4 }]", f"{AT}.note: one-of"),
    ("count", "value = [{ from = 2018-01-01, is = 2.5 }]", f"{AT}: count-value"),
    ("count", "value = [{ from = 2018-01-02, until = 2018-01-01, is = 3 }]", f"{AT}: until-after"),
    ("count", "value = [{ from = 2018-01-02, is = 3 }, { from = 2018-01-02, is = 4 }]", f"{AT}: periods-in-order"),
    ("count", "value = [{ from = 2018-01-02, is = 3 }, { from = 0001-01-01, is = 4 }]", f"{AT}: periods-in-order"),
    (
        "count",
        "value = [{ from = 2018-01-01, until = 2018-06-30, is = 3 }, { from = 2018-06-30, is = 4 }]",
        f"{AT}: periods-in-order",
    ),
    (
        "count",
        "value = [{ from = 2018-01-01, until = 2018-06-29, is = 3 }, { from = 2018-07-01, is = 4 }]",
        f"{AT}: no-gap",
    ),
    ("gold", "value = 3", "parameters.extra.unit: one-of"),
    ("count", "value = 3\ncolour = 1", "parameters.extra.colour: one-of"),
    ("count", "value = 3\nnote = 1", "parameters.extra.note: text"),
    ("share", "value = 0.5", "parameters.extra.of: denominator"),
    ("share", 'of = "love"\nvalue = 0.5', "parameters.extra.of: denominator"),
    ("share", 'of = "grant"\nvalue = 1.5', f"{AT}: share-value"),
    ("share", 'of = "grant"\nvalue = -0.5', f"{AT}: share-value"),
]


@pytest.mark.parametrize("unit, text, wanted", BAD_VALUES, ids=range(len(BAD_VALUES)))
def test_what_is_wrong_with_a_parameter_is_told(unit, text, wanted):
    assert wanted in places(more=f'[parameters.extra]\nsource = "S"\nunit = "{unit}"\n{text}\n')


def test_a_parameter_is_a_table_with_a_source():
    bare = f"{HEAD}{CALENDAR}[parameters]\nbare = 1\nno = {{ unit = 'count', value = 0 }}\n{PLAIN}"
    found = blamed({"call.toml": bare, "form.toml": FORM})
    assert "call.toml:12: parameters.bare: table" in found
    assert "call.toml:13: parameters.no.source: text" in found
    assert "call.toml:1: parameters: table" in blamed({"call.toml": f"parameters = 3\n{HEAD}", "form.toml": FORM})


# ---- What a call declares


def test_declared_terms_are_read():
    known = small_call().declared
    assert known.of("areas")["north"] == Entry("north", WORDS, "S", ("SE33", "NO0"), set="side")
    assert known.of("areas")["some"].complete is False
    assert (known.of("areas")["unsaid"].members, known.of("areas")["unsaid"].complete) == ((), False)
    assert known.sets() == {"side"}
    assert known.of("lists")["members"].members == ("a", "Beta")
    assert known.of("registers")["eccp"] == Entry("eccp", WORDS, "S")
    assert known.of("documents")["letter"].facts == (("signed_by", "region"), ("language", "sv"), ("template", "T1"))
    assert known.of("terms.strand")["small"].text == (("sv", "Liten"), ("en", "Small"))
    assert known.statements["active"] == Statement("active", "partner", "yes-no", WORDS, "S")


INDICATOR = 'id = "jobs"\nunit = "count"\ntext = { sv = "Jobb", en = "Jobs" }\nsource = "S"\n'
OPINION = 'id = "region"\ngiver = "region"\ntext = { sv = "R", en = "R" }\nsource = "S"\n'


def test_indicators_and_opinions_are_read():
    known = small_call(more=f"[[indicators]]\n{INDICATOR}[[opinions]]\n{OPINION}").declared
    assert known.of("indicators")["jobs"].facts == (("unit", "count"),)
    assert known.of("opinions")["region"].facts == (("giver", "region"),)


TEXT = 'text = { sv = "Text", en = "Text" }\nsource = "S"\n'
BAD_DECLARED = [
    (f'[areas.x]\ncodes = ["Sweden"]\n{TEXT}', "areas.x.codes: code"),
    (f"[areas.x]\ncodes = []\n{TEXT}", "areas.x.codes: not-empty"),
    (f"[areas.x]\ncodes = [3]\n{TEXT}", "areas.x.codes: text"),
    (f'[areas.x]\ncodes = "SE"\n{TEXT}', "areas.x.codes: list"),
    (f'[areas.x]\ncodes = ["SE"]\ncomplete = "no"\n{TEXT}', "areas.x.complete: boolean"),
    (f'[areas.x]\ncodes = ["SE"]\nset = 3\n{TEXT}', "areas.x.set: text"),
    ('[areas.x]\ncodes = ["SE"]\nsource = "S"\n', "areas.x.text: table"),
    (f'[areas.x]\ncodes = ["SE"]\nsize = 3\n{TEXT}', "areas.x.size: one-of"),
    (f"[lists.x]\n{TEXT}", "lists.x.ids: list"),
    ('[registers.x]\ntext = { sv = "x", en = "x" }\n', "registers.x.source: text"),
    (f'[statements.x]\nof = "moon"\nunit = "count"\n{TEXT}', "statements.x.of: one-of"),
    (f'[statements.x]\nunit = "gold"\n{TEXT}', "statements.x.unit: one-of"),
    ('[terms.mood.x]\nsv = "x"\nen = "x"\n', "terms.mood: one-of"),
    ('[terms.theme.x]\nsv = "x"\n', "terms.theme.x.en: text"),
    (f'[[documents]]\nid = "x"\nsigned_by = "king"\n{TEXT}', "documents.2.signed_by: one-of"),
    (f'[[documents]]\nid = "plan"\n{TEXT}', "documents.2.id: unique"),
    (f"[[documents]]\n{TEXT}", "documents.2.id: text"),
    (f'[[opinions]]\nid = "x"\ngiver = "king"\n{TEXT}', "opinions.0.giver: one-of"),
]


@pytest.mark.parametrize("more, wanted", BAD_DECLARED, ids=range(len(BAD_DECLARED)))
def test_what_is_wrong_in_what_is_declared_is_told(more, wanted):
    assert wanted in places(more=more)


# ---- Rules

NEED = Need("at_least", Measure("count", "partners"), "no")


def test_a_rule_with_everything_is_read():
    call = call_with(
        '{ count = "partners", at_least = "no" }',
        text='{ sv = "Regel", en = "Rule" }',
        severity='"should"',
        part='"admissibility"',
        curable='"ten_days"',
        waiver="true",
        stages='["full"]',
        over='"assessment"',
        after_award="true",
        when='{ states = "civil" }',
        more=f'[[stages]]\nid = "full"\n{TEXT}',
    )
    assert call.rule("the-rule") == Rule(
        "the-rule",
        NEED,
        "SOURCE.md#x",
        (("sv", "Regel"), ("en", "Rule")),
        severity="should",
        part="admissibility",
        curable="ten_days",
        waivable=True,
        stages=("full",),
        over="assessment",
        after_award=True,
        when=Need("states", names=("civil",)),
    )
    assert call_with('{ count = "partners", at_least = "no" }').rule("the-rule") == Rule(
        "the-rule", NEED, "SOURCE.md#x"
    )


BAD_RULES = [
    ("severity", '"could"', "rules.0.severity: one-of"),
    ("part", '"whole"', "rules.0.part: one-of"),
    ("curable", '"five"', "rules.0.curable: parameter-of-unit"),
    ("curable", "5", "rules.0.curable: parameter"),
    ("waiver", '"yes"', "rules.0.waiver: boolean"),
    ("stages", '["full"]', "rules.0.stages: one-of"),
    ("stages", '"full"', "rules.0.stages: list"),
    ("over", '"everything"', "rules.0.over: one-of"),
    ("over", "3", "rules.0.over: text"),
    ("after_award", "1", "rules.0.after_award: boolean"),
    ("when", "3", "rules.0.when: condition"),
    ("text", '{ sv = "Bara svenska" }', "rules.0.text.en: text"),
    ("colour", '"red"', "rules.0.colour: one-of"),
]


@pytest.mark.parametrize("key, text, wanted", BAD_RULES, ids=[one[2] for one in BAD_RULES])
def test_what_is_wrong_in_a_rule_is_told(key, text, wanted):
    assert wanted in places(a_rule('{ count = "partners", at_least = "no" }', **{key: text}))


def test_two_rules_have_two_ids_and_each_has_its_condition():
    assert "rules.1.id: unique" in places(PLAIN + PLAIN)
    assert "rules.0.needs: condition" in places('[[rules]]\nid = "x"\nsource = "S"\n')
    assert "rules.0.source: text" in places('[[rules]]\nid = "x"\nneeds = { states = "civil" }\n')


# ---- Exceptions

EXCEPTION = f'[[exceptions]]\nid = "small"\nto = "the-rule"\nwhen = {{ strand = ["small"] }}\nexcused = true\n{TEXT}'


def test_an_exception_excuses_or_asks_for_something_else():
    when = Need("strand", names=("small",))
    assert small_call(PLAIN + EXCEPTION).exceptions == (LabelledException("small", "the-rule", when, None, "S", WORDS),)
    other = EXCEPTION.replace("excused = true", 'needs = { count = "partners", at_least = "one" }')
    assert small_call(PLAIN + other).exceptions[0].needs == Need("at_least", Measure("count", "partners"), "one")


BAD_EXCEPTIONS = [
    ('to = "the-rule"', 'to = "another"', "exceptions.0.to: one-of"),
    ("excused = true", "excused = false", "exceptions.0: needs-or-excused"),
    ("excused = true\n", "", "exceptions.0: needs-or-excused"),
    ("excused = true", 'excused = true\nneeds = { states = "civil" }', "exceptions.0: needs-or-excused"),
    ('when = { strand = ["small"] }\n', "", "exceptions.0.when: condition"),
    ('{ strand = ["small"] }', '{ strand = ["tiny"] }', "exceptions.0.when.strand: one-of"),
    (EXCEPTION, EXCEPTION + EXCEPTION.replace('"small"\nto', '"again"\nto'), "exceptions.1.when: one-exception"),
]


@pytest.mark.parametrize("there, instead, wanted", BAD_EXCEPTIONS, ids=[one[2] for one in BAD_EXCEPTIONS])
def test_what_is_wrong_in_an_exception_is_told(there, instead, wanted):
    assert there in EXCEPTION
    assert wanted in places(PLAIN + EXCEPTION.replace(there, instead))


# ---- Partitions

PARTITION = f"""\
[[partitions]]
id = "by-strand"
of = "hundred"
movable = true
{TEXT}parts = [
    {{ id = "small", where = {{ strand = ["small"] }}, amount = "fifty", text = {{ sv = "Text", en = "Text" }} }},
    {{ id = "rest", amount = "half_of_envelope", text = {{ sv = "Text", en = "Text" }} }},
]
"""


def test_a_partition_is_read():
    small = Portion("small", Filter(asks=(Ask("strand", ("small",)),)), "fifty", WORDS)
    rest = Portion("rest", Filter(), "half_of_envelope", WORDS)
    assert small_call(PLAIN + PARTITION).partitions == (
        Partition("by-strand", "hundred", True, (small, rest), "S", WORDS),
    )


BAD_PARTITIONS = [
    ('of = "hundred"', 'of = "five"', "partitions.0.of: parameter-of-unit"),
    ('of = "hundred"\n', "", "partitions.0.of: parameter"),
    ('amount = "fifty"', 'amount = "five"', "partitions.0.parts.0.amount: parameter-of-unit"),
    ('amount = "fifty"', 'amount = "sixty"', "partitions.0.parts.0.amount: parameter-of-unit"),
    ('amount = "fifty"', "amount = 60", "partitions.0.parts.0.amount: text"),
    ('amount = "fifty"', 'amount = "thousand"', "partitions.0.parts: parts-within"),
    ('amount = "fifty"', 'amount = "hundred"', "partitions.0.parts: parts-within"),
    ('id = "rest"', 'id = "small"', "partitions.0.parts.1.id: unique"),
    ('{ strand = ["small"] }', '{ size = ["small"] }', "partitions.0.parts.0.where.size: one-of"),
    ("parts = [\n", "parts = [\n    3,\n", "partitions.0.parts.0.id: text"),
    ("movable = true", 'movable = "yes"', "partitions.0.movable: boolean"),
]


@pytest.mark.parametrize("there, instead, wanted", BAD_PARTITIONS, ids=range(len(BAD_PARTITIONS)))
def test_what_is_wrong_in_a_partition_is_told(there, instead, wanted):
    assert there in PARTITION
    assert wanted in places(PLAIN + PARTITION.replace(there, instead))


def test_a_partition_has_parts():
    head, _, _ = PARTITION.partition("parts =")
    assert "partitions.0.parts: tables" in places(PLAIN + head + "parts = []\n")
    assert "partitions.0.parts: list" in places(PLAIN + head)


@pytest.mark.parametrize("name", ["unsaid_money", "dated_money"])
def test_parts_whose_size_is_no_single_number_are_not_summed(name):
    more = (
        '[parameters.unsaid_money]\nunit = "money"\nvalue = "not stated"\nsource = "S"\n'
        '[parameters.dated_money]\nunit = "money"\nsource = "S"\n'
        "value = [{ from = 2018-01-01, is = 9000 }, { from = 2019-01-01, is = 10 }]\n"
    )
    text = PLAIN + PARTITION.replace('amount = "fifty"', f'amount = "{name}"')
    assert small_call(text, more=more).partitions[0].parts[0].amount == name
