"""A call's files are read whole or not at all, and everything wrong in them is told with file, line and key."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal

import pytest

from samspel.engine.calls.reading.call import read
from samspel.engine.calls.text import (
    Assessment,
    Calendar,
    Call,
    Counting,
    Criterion,
    Dated,
    Grade,
    Layer,
    Parameter,
    Question,
    SelectionRules,
    Stage,
    Window,
)
from samspel.engine.located import NotReadableError, lines_of, open_text
from samspel.engine.registry import KINDS
from tests.engine.sample import FILES, FORM, a_rule, blamed, call_with, files_with, real_call, small_call, told

CALL = """\
id = "small"
authority = "somebody"
currency = "EUR"
register = "sweden"
title = { sv = "Titel", en = "Title" }
purpose = { sv = "Syfte", en = "Purpose" }
[calendar]
zone = "Europe/Oslo"
dated = 2018-04-01
note = { sv = "Kort tid", en = "Little time" }
source = "S"
[[stages]]
id = "first"
text = { sv = "Skiss", en = "Sketch" }
source = "S"
[[windows]]
id = "spring"
stage = "first"
opens = 2018-03-01
closes = 2018-05-31T17:00:00
questions_until = 2018-05-01
decided = 2018-06-30
workdays = true
daily = [09:00:00, 15:30:00]
source = "S"
[counting]
level = "nuts3"
counted_kinds = ["rdi-platform"]
refused_kinds = ["university"]
region_of = "host"
financing_only = true
source = "S"
[parameters]
least = { unit = "count", value = 3, source = "S" }
money = { unit = "money", value = 5.50, source = "S", note = "n" }
half = { unit = "share", value = 0.5, of = "grant", source = "S" }
rate = { unit = "rate", value = 0.1, source = "S" }
sum = { unit = "points", value = 2, source = "S" }
[[rules]]
id = "one"
source = "S"
needs = { count = "partners", at_least = "least" }
text = { sv = "Ett", en = "One" }
[money]
forms = ["actual"]
exchange = { SEK = { rate = "rate" } }
source = "S"
[[scale]]
code = "IG"
text = { sv = "Underkänd", en = "Fail" }
[[scale]]
code = "G"
points = 3
text = { sv = "Godkänd", en = "Pass" }
[[criteria]]
id = "good"
least = "G"
weight = "least"
gate = true
cap = "G"
source = "S"
text = { sv = "Bra", en = "Good" }
guidance = { sv = "?", en = "?" }
[assessment]
least_total = "sum"
assessors = "least"
consolidation = "mean"
tie_break = ["good"]
source = "S"
[decisions]
allowed = ["approved", "rejected"]
source = "S"
"""


def files(text: str = CALL, form: str = FORM) -> dict[str, str]:
    return {"call.toml": text, "form.toml": form}


BOTH = (("sv", "?"), ("en", "?"))


def test_the_small_call_is_read():
    call = read(files())
    assert isinstance(call, Call)
    assert (call.id, call.authority, call.currency, call.register) == ("small", "somebody", "EUR", "sweden")
    assert call.layers == (Layer("call", "", None, call.title, ""),)
    assert call.calendar == Calendar("Europe/Oslo", date(2018, 4, 1), (("sv", "Kort tid"), ("en", "Little time")), "S")
    assert call.stages == (Stage("first", (("sv", "Skiss"), ("en", "Sketch")), "S"),)
    assert call.windows == (
        Window(
            "spring",
            "first",
            date(2018, 3, 1),
            datetime.fromisoformat("2018-05-31T17:00"),
            date(2018, 5, 1),
            date(2018, 6, 30),
            "S",
            workdays=True,
            daily=(time(9), time(15, 30)),
        ),
    )
    assert call.counting == Counting(
        frozenset({"rdi-platform"}), frozenset({"university"}), "nuts3", "S", "host", financing_only=True
    )
    assert call.parameter("money") == Parameter("money", "money", (Dated(Decimal("5.50")),), "S", note="n")
    assert (call.cost_forms, call.exchange) == (("actual",), (("SEK", "rate"),))
    assert [(grade.code, grade.points) for grade in call.scale] == [("IG", 0), ("G", 3)]
    assert call.criteria == (
        Criterion("good", "G", "S", (("sv", "Bra"), ("en", "Good")), BOTH, weight="least", gate=True, cap="G"),
    )
    assert call.assessment == Assessment("sum", "least", "mean", ("good",), "S")
    assert call.decisions == ("approved", "rejected")
    assert call.questions[0].required is False


def test_what_a_call_leaves_out_has_the_plainest_meaning():
    call = small_call()
    assert call.languages == ("sv", "en")
    assert (call.stages, call.windows, call.criteria, call.scale, call.decisions) == ((), (), (), (), ())
    assert call.assessment == Assessment()
    assert call.selection == SelectionRules()
    bare = small_call(counting="")
    assert bare.counting == Counting(frozenset(), frozenset(), "nuts2", "")
    undated = small_call(calendar='[calendar]\nzone = "UTC"\nsource = "S"\n')
    assert (undated.calendar.dated, undated.calendar.note) == (None, ())


LIST = '["rdi-platform"]'
# what stands in call.toml, what stands there instead, and one problem that is told
BROKEN = [
    ('id = "small"', "id = ", "call.toml:1: : toml"),
    ('id = "small"\n', "", "call.toml:1: id: text"),
    ('id = "small"', "id = 3", "call.toml:1: id: text"),
    ('id = "small"', "id = true", "call.toml:1: id: text"),
    ('id = "small"', 'id = ""', "call.toml:1: id: slug"),
    ('id = "small"', 'id = "a/b c"', "call.toml:1: id: slug"),
    ('id = "small"', f'id = "{"x" * 61}"', "call.toml:1: id: slug"),
    ('currency = "EUR"', 'currency = "EUR"\ncolour = "red"', "call.toml:4: colour: one-of"),
    ('id = "small"', 'id = "small"\nlanguages = []', "call.toml:2: languages: languages"),
    ('id = "small"', 'id = "small"\nlanguages = ["svenska"]', "call.toml:2: languages: languages"),
    ('id = "small"', 'id = "small"\nlanguages = "sv"', "call.toml:2: languages: list"),
    ('id = "small"', 'id = "small"\nlanguages = ["sv", "no"]', "call.toml:6: title.no: text"),
    ('title = { sv = "Titel", en = "Title" }', "title = 1", "call.toml:5: title: table"),
    ('en = "Title"', 'en = " "', "call.toml:5: title.en: text"),
    ('en = "Title"', 'en = "Title", fi = "Otsikko"', "call.toml:5: title.fi: one-of"),
    ('zone = "Europe/Oslo"', 'zone = "Mars/Dusk"', "call.toml:8: calendar.zone: zone"),
    ("dated = 2018-04-01", "dated = 2018-04-01T12:00:00", "call.toml:9: calendar.dated: day"),
    (', en = "Little time"', "", "call.toml:10: calendar.note.en: text"),
    ("dated = 2018-04-01\n", "year = 2018\n", "call.toml:9: calendar.year: one-of"),
    ('stage = "first"', 'stage = "second"', "call.toml:18: windows.0.stage: one-of"),
    ("opens = 2018-03-01", "opens = 2018-06-01", "call.toml:21: windows.0.questions_until: after"),
    ("closes = 2018-05-31T17:00:00", "closes = 2018-04-01", "call.toml:20: windows.0.closes: after"),
    ("closes = 2018-05-31T17:00:00", "closes = 2018-05-31T17:00:00Z", "call.toml:20: windows.0.closes: local-time"),
    ("opens = 2018-03-01", "opens = 0001-01-01", "call.toml:19: windows.0.opens: years"),
    ("decided = 2018-06-30", "decided = 9999-12-31", "call.toml:22: windows.0.decided: years"),
    ("decided = 2018-06-30", 'decided = "soon"', "call.toml:22: windows.0.decided: day-or-time"),
    ("workdays = true", "workdays = 5", "call.toml:23: windows.0.workdays: boolean"),
    ("[09:00:00, 15:30:00]", "[15:30:00, 09:00:00]", "call.toml:24: windows.0.daily: two-times"),
    ("[09:00:00, 15:30:00]", "[09:00:00]", "call.toml:24: windows.0.daily: two-times"),
    ("[09:00:00, 15:30:00]", "true", "call.toml:24: windows.0.daily: two-times"),
    ('level = "nuts3"', 'level = "nuts4"', "call.toml:27: counting.level: one-of"),
    ('level = "nuts3"', "level = 3", "call.toml:27: counting.level: text"),
    (LIST, '["university"]', "call.toml:29: counting.refused_kinds: kinds-apart"),
    (LIST, '["cluster-organization"]', "call.toml:28: counting.counted_kinds: one-of"),
    (LIST, '"a"', "call.toml:28: counting.counted_kinds: list"),
    ('region_of = "host"', 'region_of = "moon"', "call.toml:30: counting.region_of: one-of"),
    ("financing_only = true", 'financing_only = "yes"', "call.toml:31: counting.financing_only: boolean"),
    ('forms = ["actual"]', 'forms = ["cash"]', "call.toml:45: money.forms: one-of"),
    ('rate = "rate" }', 'rate = "least" }', "call.toml:46: money.exchange.SEK.rate: parameter-of-unit"),
    ('rate = "rate" }', 'rate = "none" }', "call.toml:46: money.exchange.SEK.rate: parameter-of-unit"),
    ('rate = "rate" }', "rate = 10 }", "call.toml:46: money.exchange.SEK.rate: parameter"),
    ('SEK = { rate = "rate" }', "SEK = 10", "call.toml:46: money.exchange.SEK.rate: parameter"),
    ("points = 3", "points = -1", "call.toml:53: scale.1.points: points"),
    ("points = 3", "points = 1.5", "call.toml:53: scale.1.points: whole-number"),
    ('code = "G"', 'code = "GO ON"', "call.toml:52: scale.1.code: code"),
    ('code = "G"', 'code = "IG"', "call.toml:52: scale.1.code: unique"),
    ('least = "G"', 'least = "A"', "call.toml:57: criteria.0.least: one-of"),
    ('cap = "G"', 'cap = "A"', "call.toml:60: criteria.0.cap: one-of"),
    ('weight = "least"', 'weight = "half"', "call.toml:58: criteria.0.weight: parameter-of-unit"),
    ("gate = true", "gate = 1", "call.toml:59: criteria.0.gate: boolean"),
    ('least_total = "sum"', 'least_total = "money"', "call.toml:65: assessment.least_total: parameter-of-unit"),
    ('assessors = "least"', 'assessors = "few"', "call.toml:66: assessment.assessors: one-of"),
    ('consolidation = "mean"', 'consolidation = "vote"', "call.toml:67: assessment.consolidation: one-of"),
    ('tie_break = ["good"]', 'tie_break = ["bad"]', "call.toml:68: assessment.tie_break: one-of"),
    ('allowed = ["approved", "rejected"]', 'allowed = ["maybe"]', "call.toml:71: decisions.allowed: one-of"),
    ('[[stages]]\nid = "first"', '[[stages]]\nid = "First!"', "call.toml:13: stages.0.id: slug"),
]


@pytest.mark.parametrize("there, instead, wanted", BROKEN, ids=range(len(BROKEN)))
def test_what_is_wrong_in_a_call_is_told_with_its_place(there, instead, wanted):
    assert there in CALL
    assert wanted in blamed(files(CALL.replace(there, instead, 1)))


BROKEN_FORM = [
    ("longest = 10", "longest = 0", "form.toml:3: questions.0.longest: above-zero"),
    ("required = false", 'required = "no"', "form.toml:4: questions.0.required: boolean"),
    ("required = false", 'states = "mood"', "form.toml:4: questions.0.states: one-of"),
    ("[[questions]]", "[questions]", "form.toml:1: questions: tables"),
    ("[[questions]]", "extra = 1\n[[questions]]", "form.toml:1: extra: one-of"),
    (FORM, "", "form.toml:1: questions: tables"),
    (FORM, "questions = []", "form.toml:1: questions: tables"),
    (FORM, "questions = [1]", "form.toml:1: questions: tables"),
    (FORM, "a = 1\na = 2", "form.toml:1: : toml"),
    (FORM, FORM + FORM, "form.toml:8: questions.1.id: unique"),
]


@pytest.mark.parametrize("there, instead, wanted", BROKEN_FORM, ids=range(len(BROKEN_FORM)))
def test_what_is_wrong_in_a_form_is_told_with_its_place(there, instead, wanted):
    assert there in FORM
    found = blamed(files(form=FORM.replace(there, instead, 1)))
    assert wanted in found or wanted.replace(":1:", ":2:") in found


def test_a_question_may_state_a_fact_or_a_statement_of_the_project():
    for name in ("duration", "civil", "trl"):
        form = FORM.replace("required = false", f'required = false\nstates = "{name}"')
        call = read(files_with(a_rule('{ count = "partners", at_least = "no" }'), form=form))
        assert call.questions[0] == Question(
            "why", False, 10, (("sv", "Varför?"), ("en", "Why?")), (("sv", "Ja."), ("en", "Yes.")), name
        )


def test_a_call_needs_only_its_text_and_form_and_says_so_when_they_are_missing():
    found = blamed({})
    assert "call.toml:1: id: text" in found
    assert "form.toml:1: questions: tables" in found


POINTS = [
    ("from = 0\nto = 5", [0, 1, 2, 3, 4, 5]),
    ("from = 1\nto = 10\nstep = 3", [1, 4, 7, 10]),
]


@pytest.mark.parametrize("text, points", POINTS)
def test_a_scale_may_be_of_points(text, points):
    call = small_call(more=f'[scale_points]\n{text}\nsource = "S"\n')
    assert call.scale == tuple(Grade(str(n), n, (("sv", str(n)), ("en", str(n)))) for n in points)


@pytest.mark.parametrize(
    "text", ["from = 5\nto = 5", "from = 0\nto = 5\nstep = 2", "from = 0\nto = 1001", "from = 0\nto = 5\nstep = 0"]
)
def test_a_scale_of_points_goes_upwards_in_whole_steps(text):
    found = blamed(files_with(a_rule('{ count = "partners", at_least = "no" }'), more=f"[scale_points]\n{text}\n"))
    assert [one.partition(": ")[2] for one in found] == ["scale_points: points-scale"]


def test_what_is_missing_beside_a_dotted_key_is_told_near_it():
    text = CALL.replace('title = { sv = "Titel", en = "Title" }', 'title.sv = "Titel"')
    assert blamed(files(text)) == ["call.toml:5: title.en: text"]


def test_everything_wrong_is_told_at_once_and_each_thing_once():
    text = CALL.replace('level = "nuts3"', 'level = "x"').replace('forms = ["actual"]', 'forms = ["x"]')
    text = text.replace('SEK = { rate = "rate" }', "SEK = 3").replace("points = 3", "points = -1")
    found = blamed(files(text, FORM.replace("longest = 10", "longest = 0")))
    assert sorted(found) == [
        "call.toml:27: counting.level: one-of",
        "call.toml:45: money.forms: one-of",
        "call.toml:46: money.exchange.SEK.rate: parameter",
        "call.toml:53: scale.1.points: points",
        "form.toml:3: questions.0.longest: above-zero",
    ]


@pytest.mark.parametrize("value, shown", [('"' + "A" * 99 + '"', "A" * 57 + "..."), ("0.5", "0.5"), ("true", "true")])
def test_what_stood_there_is_shown_as_it_stands_and_shortened(value, shown):
    with pytest.raises(NotReadableError) as caught:
        read(files(CALL.replace('level = "nuts3"', f"level = {value}")))
    assert caught.value.problems[0].found == shown


def test_a_text_that_ends_too_soon_is_told_at_its_beginning():
    with pytest.raises(NotReadableError) as caught:
        open_text("x.toml", 'a = "')
    assert told(caught.value) == ["x.toml:1: : toml"]


def test_a_key_is_found_where_it_first_stands():
    lines = lines_of('# a comment\na = 1\n\n[b]\n"c d" = 1\n[[e]]\nf = 1\n[[e]]\nf = 2\n[ g . h ]\ni = 1\n')
    wanted = {"a": 2, "b": 4, "e.0": 6, "e.0.f": 7, "e.1": 8, "e.1.f": 9}
    assert {key: line for key, line in lines.items() if key in wanted} == wanted


# ---- What a call knows of itself


def test_a_call_knows_only_what_it_says():
    call = real_call()
    for look in (call.parameter, call.rule, call.grade):
        with pytest.raises(KeyError):
            look("nothing")
    assert call.rule("one-theme").id == "one-theme"
    assert call.grade("VG").points == 3
    assert (call.limit(""), call.declared.of("nothing")) == (None, {})


def test_the_real_form_goes_with_the_real_call():
    assert [question.id for question in real_call().questions] == ["need", "together", "goals", "lasting", "risks"]
    assert blamed({"call.toml": FILES["form.toml"], "form.toml": FORM})[0].startswith("call.toml:")


AWARDS = """\
[[rules]]
id = "money"
source = "S"
needs = { amount = "grant", at_most = "thousand" }
over = "awards"
[[rules]]
id = "some"
source = "S"
needs = { count = "applications", at_most = "five" }
over = "awards"
[[rules]]
id = "few-each"
source = "S"
needs = { count = "applications", per = "theme", at_most = "two" }
over = "awards"
"""


def test_the_limits_of_selection_are_found_among_the_rules_over_the_awards():
    wanted = SelectionRules(envelope="thousand", projects_per_theme="two", most_projects="five")
    assert small_call(AWARDS).selection == wanted


@pytest.mark.parametrize(
    "there, instead",
    [
        ('over = "awards"', 'over = "applications"'),
        ('over = "awards"', 'over = "awards"\nseverity = "should"'),
        ('over = "awards"', 'over = "awards"\nwhen = { states = "civil" }'),
        ('{ amount = "grant", at_most', '{ amount = "grant", less_than'),
        ('at_most = "thousand"', "at_most = { amount = 'grant' }"),
    ],
)
def test_a_limit_that_may_be_departed_from_or_is_another_is_none_of_selection(there, instead):
    assert small_call(AWARDS.replace(there, instead, 1)).selection.envelope == ""


@pytest.mark.parametrize("level, nuts", [("country", 0), ("nuts1", 1), ("nuts2", 2), ("nuts3", 3), ("side", 3)])
def test_a_level_has_its_number_among_the_nuts_levels(level, nuts):
    call = call_with(
        '{ count = "partners", at_least = "no" }', counting=f'[counting]\nlevel = "{level}"\nsource = "S"\n'
    )
    assert call.counting.nuts == nuts


def test_every_kind_there_is_may_be_counted():
    listed = ", ".join(f'"{kind}"' for kind in KINDS)
    call = small_call(counting=f'[counting]\ncounted_kinds = [{listed}]\nlevel = "nuts2"\nsource = "S"\n')
    assert call.counting.counted_kinds == frozenset(KINDS)


def test_words_in_no_language_are_told_in_each_that_is_missing():
    text = CALL.replace('title = { sv = "Titel", en = "Title" }', "title = {}")
    assert blamed(files(text)) == ["call.toml:5: title.sv: text", "call.toml:5: title.en: text"]
