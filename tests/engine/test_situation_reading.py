"""A situation is read from a case, a file or JSON: what is left out is unknown, an empty list is none."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal

import pytest

from samspel.engine.calls.reading.situations import read_situation
from samspel.engine.calls.situation import (
    Aid,
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
    Waiver,
)
from samspel.engine.located import NotReadableError
from samspel.engine.values import Range
from tests.engine.sample import a_rule, small_call, told

SCALE = '[[scale]]\ncode = "G"\ntext = { sv = "G", en = "G" }\n'
CRITERIA = '[[criteria]]\nid = "good"\nsource = "S"\ntext = { sv = "a", en = "b" }\nguidance = { sv = "a", en = "b" }\n'
STAGES = '[[stages]]\nid = "full"\ntext = { sv = "a", en = "b" }\nsource = "S"\n'
CALL = small_call(a_rule('{ count = "partners", at_least = "no" }', waiver="true"), more=SCALE + CRITERIA + STAGES)


def read(text: str) -> Situation:
    return read_situation(text, CALL)


def test_of_an_empty_text_nothing_is_known():
    assert read("") == Situation()


def test_an_empty_list_says_that_there_is_none():
    lists = "partners costs grants cofunding themes objectives targets documents earlier applications assessors"
    for name in f"{lists} opinions changes".split():
        assert getattr(read(f"{name} = []"), name) == ()


PARTNER = """\
[[partners]]
id = "a"
name = "Alfa"
kind = "company"
region = "SE110"
country = "SE"
host = "none"
host_region = "none"
group = "g"
roles = ["lead", "owner"]
legal_form = "private"
legal_person = true
non_profit = false
size = "small"
financing = true
founded = 2010-01-01
registers = { eccp = 2012-01-01 }
states = { active = true }
priority = false
aid = [{ on = 2017-01-01, amount = 100 }]
"""


def test_everything_of_a_partner_is_read():
    assert read(PARTNER).partners == (
        Partner(
            "a",
            "Alfa",
            "company",
            "SE110",
            "SE",
            "none",
            "none",
            "g",
            ("lead", "owner"),
            "private",
            True,
            False,
            "small",
            True,
            date(2010, 1, 1),
            {"eccp": date(2012, 1, 1)},
            {"active": True},
            False,
            (),
            (Aid(date(2017, 1, 1), Decimal(100)),),
        ),
    )


def ids(found: tuple[Partner, ...] | tuple[Entrant, ...] | None) -> list[str]:
    return [one.id for one in found or ()]


def test_partners_without_an_id_are_a_b_c_and_those_alike_are_numbered():
    assert ids(read("partners = [{}, {}, { times = 2 }]").partners) == ["a", "b", "c1", "c2"]
    assert ids(read("partners = [" + "{}," * 27 + "]").partners)[25:] == ["z", "a1"]
    alike = read('partners = [{ id = "x", kind = "company", group = "g", times = 3 }]').partners
    assert {(one.kind, one.group) for one in alike or ()} == {("company", "g")}
    applications = read('applications = [{ id = "x", theme = "t", times = 2 }, {}]').applications
    assert ids(applications) == ["x1", "x2", "b"]


@pytest.mark.parametrize("told_as, known", [('"applied"', "applied"), ('"no"', "no"), ("2012-01-01", date(2012, 1, 1))])
def test_a_partner_stands_in_a_register_since_a_day_or_has_applied_or_does_not(told_as, known):
    partners = read(f"partners = [{{ registers = {{ eccp = {told_as} }} }}]").partners or ()
    assert [one.registers for one in partners] == [{"eccp": known}]


MONEY = """\
total_cost = [100, 200.5]
eligible_cost = 90
grant = 50
duration = 24
starts = 2018-01-01
ends = 2020-12-31
[[costs]]
by = "a"
category = "staff"
activity = "pilot"
phase = "first"
place = "SE110"
form = "actual"
eligible = true
budget = "eu"
currency = "SEK"
year = 1
amount = 10.5
[[costs]]
[[grants]]
by = "a"
category = "staff"
activity = "pilot"
phase = "first"
budget = "no"
year = 2
amount = 5
[[grants]]
[[cofunding]]
funder = "f"
source = "public"
giver = "region"
giver_region = "SE11"
form = "cash"
state = "decided"
amount = 5
certified = 4
on = 2018-01-01
currency = "SEK"
[[cofunding]]
"""


def test_the_money_is_read():
    found = read(MONEY)
    assert found.total_cost == Range(Decimal(100), Decimal("200.5"))
    assert (found.grant, found.duration) == (Range.exactly(50), Range.exactly(24))
    assert (found.starts, found.ends) == (date(2018, 1, 1), date(2020, 12, 31))
    ten = Decimal("10.5")
    assert found.costs == (
        Line(ten, "a", "staff", "pilot", "first", "SE110", "actual", True, "eu", "SEK", 1),
        Line(None),
    )
    assert found.grants == (GrantLine(Decimal(5), "a", "staff", "pilot", "first", "no", 2), GrantLine(None))
    given = Funding(Decimal(5), "f", "public", "region", "SE11", "cash", "decided", Decimal(4), date(2018, 1, 1), "SEK")
    assert found.cofunding == (given, Funding(None))


REST = """\
on = 2018-04-02
stage = "full"
strand = "small"
themes = ["energy"]
objectives = ["main"]
main_objective = "main"
targets = ["US"]
statements = { civil = true, trl = [5, 7] }
submitted = 2018-05-31T16:59:00
question = 2018-05-01T12:00:00
assessors = [{ conflict = true }, {}]
opinions = [{ giver = "region" }, {}]
changes = [{ kind = "budget", major = true, category = "staff", amount = 5, line = 10 }, {}]
grades = { good = "G" }
waivers = [{ rule = "the-rule", reason = "Well founded" }]
[[documents]]
type = "letter"
from = "a"
signed_by = "region"
language = "sv"
template = "T1"
valid = true
on = 2018-01-01
[[earlier]]
id = "e"
by = "a"
status = "winning"
programme = "cosme"
stage = "2"
funder = "EU"
starts = 2015-01-01
ends = 2016-01-01
[[earlier]]
[[applications]]
id = "x"
lead = "a"
lead_kind = "company"
theme = "t"
strand = "small"
country = "SE"
region = "SE110"
grant = 5
state = "awarded"
decision = "approved"
points = 7
partners = ["a"]
"""


def test_all_the_rest_is_read():
    found = read(REST)
    assert (found.on, found.stage, found.strand) == (date(2018, 4, 2), "full", "small")
    assert (found.themes, found.objectives, found.main_objective) == (("energy",), ("main",), "main")
    assert found.targets == ("US",)
    assert found.statements == {"civil": Range.exactly(1), "trl": Range.between(5, 7)}
    assert found.submitted == datetime.fromisoformat("2018-05-31T16:59")
    assert found.question == datetime.fromisoformat("2018-05-01T12:00")
    assert found.documents == (Paper("letter", "a", "region", "sv", "T1", True, date(2018, 1, 1)),)
    assert found.earlier == (
        Earlier("e", "winning", "a", "cosme", "2", "EU", date(2015, 1, 1), date(2016, 1, 1)),
        Earlier(),
    )
    points = Decimal(7)
    assert found.applications == (
        Entrant("x", "a", "company", "t", "small", "SE", "SE110", Decimal(5), "awarded", "approved", points, ("a",)),
    )
    assert found.assessors == (Assessor(True), Assessor())
    assert found.opinions == (Opinion("region"), Opinion())
    assert found.changes == (Change("budget", True, "staff", Decimal(5), Decimal(10)), Change())
    assert found.grades == {"good": "G"}
    assert found.waivers == (Waiver("the-rule", "Well founded"),)


def test_json_says_the_same_with_days_and_times_as_texts():
    as_json = {
        "on": "2018-04-02",
        "partners": [{"id": "a", "founded": "2010-01-01", "registers": {"eccp": "2012-01-01"}}],
        "total_cost": [100, 200.5],
        "submitted": "2018-05-31T16:59:00",
        "statements": {"civil": True},
    }
    as_toml = """\
on = 2018-04-02
partners = [{ id = "a", founded = 2010-01-01, registers = { eccp = 2012-01-01 } }]
total_cost = [100, 200.5]
submitted = 2018-05-31T16:59:00
statements = { civil = true }
"""
    assert read_situation(json.dumps(as_json), CALL, name="x.json") == read(as_toml)


# ---- What is wrong

WRONG = [
    ("colour = 3", "colour: one-of"),
    ('on = "2018"', "on: day"),
    ('on = "2018-13-01"', "on: day"),
    ("on = 2018-04-01T12:00:00", "on: day"),
    ('stage = "half"', "stage: one-of"),
    ("strand = 3", "strand: text"),
    ("partners = 3", "partners: list"),
    ("partners = [3]", "partners.0: table"),
    ("partners = [{ shoe = 44 }]", "partners.0.shoe: one-of"),
    ('partners = [{ kind = "wizard" }]', "partners.0.kind: one-of"),
    ('partners = [{ region = "Uppland" }]', "partners.0.region: code-or-none"),
    ("partners = [{ legal_person = 1 }]", "partners.0.legal_person: boolean"),
    ('partners = [{ roles = ["king"] }]', "partners.0.roles: one-of"),
    ("partners = [{ roles = [3] }]", "partners.0.roles: text"),
    ('partners = [{ roles = [""] }]', "partners.0.roles: text"),
    ('partners = [{ id = "a" }, { id = "a" }]', "partners: unique"),
    ("partners = [{ times = 0 }]", "partners.0.times: above-zero"),
    ("partners = [{ times = 1001 }]", "partners.0.times: above-zero"),
    ("partners = [{ times = true }]", "partners.0.times: above-zero"),
    ('partners = [{ registers = { eccp = "soon" } }]', "partners.0.registers.eccp: day-or-applied"),
    ('partners = [{ registers = { ropa = "no" } }]', "partners.0.registers.ropa: one-of"),
    ("partners = [{ registers = 3 }]", "partners.0.registers: table"),
    ("partners = [{ states = { active = 3 } }]", "partners.0.states.active: boolean"),
    ("partners = [{ states = { civil = true } }]", "partners.0.states.civil: one-of"),
    ("partners = [{ aid = [{ amount = 3 }] }]", "partners.0.aid.0.on: day"),
    ("partners = [{ aid = [{ on = 2018-01-01 }] }]", "partners.0.aid.0.amount: number"),
    ("partners = [{ aid = [{ on = 3, amount = 3 }] }]", "partners.0.aid.0.on: day"),
    ("grant = [2, 1]", "grant: number-or-range"),
    ("grant = [1, 2, 3]", "grant: number-or-range"),
    ("grant = [1, true]", "grant: number-or-range"),
    ("grant = nan", "grant: number-or-range"),
    ('grant = "3"', "grant: number-or-range"),
    ('costs = [{ amount = "3" }]', "costs.0.amount: number"),
    ("costs = [{ amount = -1 }]", "costs.0.amount: not-below-zero"),
    ("costs = [{ amount = inf }]", "costs.0.amount: number"),
    ('costs = [{ place = "x" }]', "costs.0.place: code-or-none"),
    ('costs = [{ category = "toys" }]', "costs.0.category: one-of"),
    ('grants = [{ phase = "third" }]', "grants.0.phase: one-of"),
    ('cofunding = [{ source = "piracy" }]', "cofunding.0.source: one-of"),
    ("submitted = 2018-05-31T16:59:00Z", "submitted: local-time"),
    ("submitted = 2018-05-31", "submitted: local-time"),
    ("documents = [{}]", "documents.0.type: one-of"),
    ('documents = [{ type = "poem" }]', "documents.0.type: one-of"),
    ('earlier = [{ programme = "x" }]', "earlier.0.programme: one-of"),
    ('applications = [{ state = "x" }]', "applications.0.state: one-of"),
    ("statements = { mood = 3 }", "statements.mood: one-of"),
    ('grades = { good = "A" }', "grades.good: one-of"),
    ('grades = { bad = "G" }', "grades.bad: one-of"),
    ('waivers = [{ rule = "x", reason = "r" }]', "waivers.0.rule: one-of"),
    ('changes = [{ kind = "mood" }]', "changes.0.kind: one-of"),
    ("a = ", ": toml"),
]


@pytest.mark.parametrize("text, wanted", WRONG, ids=[one[0] for one in WRONG])
def test_what_is_wrong_in_a_situation_is_told_at_its_key(text, wanted):
    with pytest.raises(NotReadableError) as caught:
        read(f"\n{text}")
    assert f"situation.toml:{1 if wanted == ': toml' else 2}: {wanted}" in [
        one.replace("situation.toml:2: : toml", "situation.toml:1: : toml") for one in told(caught.value)
    ]


def test_only_a_rule_that_may_be_waived_is():
    strict = small_call(a_rule('{ count = "partners", at_least = "no" }'))
    with pytest.raises(NotReadableError) as caught:
        read_situation('waivers = [{ rule = "the-rule", reason = "r" }]', strict)
    assert told(caught.value) == ["situation.toml:1: waivers.0.rule: one-of"]


@pytest.mark.parametrize(
    "text, wanted",
    [
        ("[]", "x.json:1: : table"),
        ("3", "x.json:1: : table"),
        ('{\n"on": }', "x.json:2: : json"),
        ("", "x.json:1: : json"),
        ('{"on": 3}', "x.json:1: on: day"),
        ('{"submitted": "yesterday"}', "x.json:1: submitted: local-time"),
    ],
)
def test_what_is_wrong_in_json_is_told(text, wanted):
    with pytest.raises(NotReadableError) as caught:
        read_situation(text, CALL, name="x.json")
    assert told(caught.value) == [wanted]
