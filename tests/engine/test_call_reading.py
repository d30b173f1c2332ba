"""A call's files are read whole or not at all, and everything wrong in them is told with file, line and key."""

from __future__ import annotations

from decimal import Decimal

import pytest

from samspel.engine.calls.read import read
from samspel.engine.calls.text import Call, Need, SelectionRules, said
from samspel.engine.located import NotReadableError, lines_of, open_text
from samspel.wording import located
from tests.engine.sample import FILES, real_call

CALL = """\
id = "small"
authority = "somebody"
currency = "EUR"
register = "sweden"
title = { sv = "Titel", en = "Title" }
purpose = { sv = "Syfte", en = "Purpose" }
calendar.sv = "Tid"
calendar.en = "Time"
[counting]
level = 2
counted_kinds = ["rdi-platform"]
refused_kinds = ["university"]
source = "S"
[parameters]
least = { unit = "count", value = 3, source = "S" }
money = { unit = "money", value = 5.50, source = "S", note = "n" }
half = { unit = "share", value = 0.5, source = "S" }
[[rules]]
id = "one"
source = "S"
needs = { fact = "constellation.clusters", at_least = "least" }
text = { sv = "Ett", en = "One" }
[[rules]]
id = "two"
source = "S"
needs = { not = { any = [{ fact = "application.grant", equals = "money" }] } }
text = { sv = "Två", en = "Two" }
[[scale]]
code = "G"
points = 1
text = { sv = "Godkänd", en = "Pass" }
[[criteria]]
id = "good"
least = "G"
source = "S"
text = { sv = "Bra", en = "Good" }
guidance = { sv = "?", en = "?" }
[selection]
envelope = "money"
"""
FORM = """\
[[questions]]
id = "why"
longest = 10
required = false
text = { sv = "Varför?", en = "Why?" }
help = { sv = "Ja.", en = "Yes." }
"""

# what stands in call.toml, what stands there instead, and the one problem that is told
BROKEN = [
    ('id = "small"', "id = ", "call.toml:1: file: expected valid TOML; found Invalid value (at line 1, column 6)"),
    ('id = "small"\n', "", "call.toml:1: id: expected a text; found nothing"),
    ('id = "small"', "id = 3", "call.toml:1: id: expected a text; found 3"),
    ('id = "small"', "id = true", "call.toml:1: id: expected a text; found true"),
    (
        'currency = "EUR"',
        'currency = "EUR"\ncolour = "red"',
        "call.toml:4: colour: expected one of: id authority currency",
    ),
    ('title = { sv = "Titel", en = "Title" }', "title = 1", "call.toml:5: title: expected a table; found 1"),
    ('en = "Title"', 'en = " "', "call.toml:5: title.en: expected a text; found  "),
    ('calendar.en = "Time"\n', 'calendar.en = ""\n', "call.toml:8: calendar.en: expected a text; found "),
    ("level = 2", "level = 4", "call.toml:10: counting.level: expected a NUTS level: 0, 1, 2 or 3; found 4"),
    ("level = 2", 'level = "2"', "call.toml:10: counting.level: expected a whole number; found 2"),
    (
        '["university"]',
        '["rdi-platform"]',
        "call.toml:12: counting.refused_kinds: expected kinds that are not counted_kinds too; found rdi-platform",
    ),
    (
        '["rdi-platform"]',
        '["cluster-organization"]',
        "call.toml:11: counting.counted_kinds: expected one of: cluster-org",
    ),
    (
        'counted_kinds = ["rdi-platform"]',
        'counted_kinds = "a"',
        "call.toml:11: counting.counted_kinds: expected a list; found a",
    ),
    ("value = 3,", "", "call.toml:15: parameters.least.value: expected a number; found nothing"),
    ("value = 3,", "value = -3,", "call.toml:15: parameters.least.value: expected a whole number not below 0; found "),
    ("value = 3,", "value = true,", "call.toml:15: parameters.least.value: expected a number; found true"),
    ("value = 0.5", "value = 1.5", "call.toml:17: parameters.half.value: expected a share between 0 and 1; found "),
    (
        'unit = "money"',
        'unit = "gold"',
        "call.toml:16: parameters.money.unit: expected one of: count money share; found gold",
    ),
    (
        'note = "n"',
        'remark = "n"',
        "call.toml:16: parameters.money.remark: expected one of: unit value source note; found",
    ),
    (
        "[parameters]\n",
        "[parameters]\nbare = 1\n",
        "call.toml:15: parameters.bare: expected a table with unit, value and source",
    ),
    ('id = "two"', 'id = "one"', "call.toml:24: rules.1.id: expected an id that no other has; found one"),
    (
        'needs = { fact = "constellation.clusters", at_least = "least" }',
        "needs = 3",
        "call.toml:21: rules.0.needs: expected a fact with one of at_least at_most equals, or one of all any not",
    ),
    (
        'needs = { fact = "constellation.clusters", at_least = "least" }\n',
        "",
        "call.toml:18: rules.0.needs: expected a fact with one of at_least at_most equals, or one of all any not",
    ),
    (
        'at_least = "least" }',
        'at_least = "least", at_most = "least" }',
        "call.toml:21: rules.0.needs: expected a fact with one of",
    ),
    (
        'at_least = "least" }',
        'at_least = "least", unless = "x" }',
        "call.toml:21: rules.0.needs.unless: expected one of: fact at_least; found unless",
    ),
    (
        '"constellation.clusters"',
        '"constellation.mood"',
        "call.toml:21: rules.0.needs.fact: expected one of: constellation.clusters",
    ),
    ('"constellation.clusters"', "3", "call.toml:21: rules.0.needs.fact: expected a text; found 3"),
    (
        'at_least = "least"',
        'at_least = "most"',
        "call.toml:21: rules.0.needs.at_least: expected the name of a parameter of this call; found most",
    ),
    (
        'at_least = "least"',
        'at_least = "half"',
        "call.toml:21: rules.0.needs.at_least: expected a parameter with unit count; found share",
    ),
    ('at_least = "least"', "at_least = 3", "call.toml:21: rules.0.needs.at_least: expected a text; found 3"),
    ("{ not = {", "{ fact = 1, not = {", "call.toml:26: rules.1.needs.fact: expected one of: not; found fact"),
    (
        '{ any = [{ fact = "application.grant", equals = "money" }] }',
        '[{ fact = "application.grant", equals = "money" }]',
        "call.toml:26: rules.1.needs.not: expected one condition; found [",
    ),
    (
        '[{ fact = "application.grant", equals = "money" }]',
        "[]",
        "call.toml:26: rules.1.needs.not.any: expected a list of conditions; found []",
    ),
    (
        '[{ fact = "application.grant", equals = "money" }]',
        '{ fact = "application.grant", equals = "money" }',
        "call.toml:26: rules.1.needs.not.any: expected a list of conditions; found {",
    ),
    ("points = 1", "points = -1", "call.toml:30: scale.0.points: expected a whole number from 0 to 1000; found -1"),
    (
        'code = "G"',
        'code = "GO ON"',
        "call.toml:29: scale.0.code: expected a code of at most 10 characters without spaces",
    ),
    ("points = 1", "points = 1.5", "call.toml:30: scale.0.points: expected a whole number; found "),
    (
        "[[criteria]]",
        '[[scale]]\ncode = "G"\npoints = 1\ntext = { sv = "G", en = "G" }\n[[criteria]]',
        "call.toml:33: scale.1.code: expected an id that no other has; found G",
    ),
    ('least = "G"', 'least = "A"', "call.toml:34: criteria.0.least: expected one of: G; found A"),
    (
        'envelope = "money"',
        "",
        "call.toml:38: selection.envelope: expected a text; found nothing",
    ),
    (
        'envelope = "money"',
        'envelope = "least"',
        "call.toml:39: selection.envelope: expected a parameter with unit money; found least",
    ),
    (
        'envelope = "money"',
        'envelope = "purse"',
        "call.toml:39: selection.envelope: expected a parameter with unit money; found purse",
    ),
    (
        'envelope = "money"',
        'envelope = "money"\nmost_projects = "half"',
        "call.toml:40: selection.most_projects: expected a parameter with unit count; found half",
    ),
    ('[selection]\nenvelope = "money"\n', "", "call.toml:1: selection: expected a table; found nothing"),
]
BROKEN_FORM = [
    ("longest = 10", "longest = 0", "form.toml:3: questions.0.longest: expected a whole number above 0; found 0"),
    ("required = false", 'required = "no"', "form.toml:4: questions.0.required: expected true or false; found no"),
    ("[[questions]]", "[questions]", "form.toml:1: questions: expected at least one [[questions]]; found {"),
    ("[[questions]]", "extra = 1\n[[questions]]", "form.toml:1: extra: expected one of: questions; found extra"),
    (FORM, "", "form.toml:1: questions: expected at least one [[questions]]; found nothing"),
    (FORM, "questions = []", "form.toml:1: questions: expected at least one [[questions]]; found []"),
    (FORM, "a = 1\na = 2", "form.toml:1: file: expected valid TOML; found Cannot overwrite a value"),
    (FORM, "a = ", "form.toml:1: file: expected valid TOML; found Invalid value"),
]


def problems(call_text: str, form_text: str) -> list[str]:
    with pytest.raises(NotReadableError) as caught:
        read(call_text=call_text, form_text=form_text)
    assert str(caught.value) == "\n".join(map(str, caught.value.problems))
    return [located(one, "en") for one in caught.value.problems]


def test_the_small_call_is_read():
    call = read(call_text=CALL, form_text=FORM)
    assert isinstance(call, Call)
    assert call.rule("one").needs == Need(operator="at_least", fact="constellation.clusters", parameter="least")
    inner = Need(operator="equals", fact="application.grant", parameter="money")
    assert call.rule("two").needs == Need(operator="not", parts=(Need(operator="any", parts=(inner,)),))
    assert call.parameter("money").value == Decimal("5.50")
    assert call.selection == SelectionRules(envelope="money", projects_per_theme="", most_projects="")
    assert (call.limit(""), call.limit("least")) == (None, Decimal(3))
    assert call.questions[0].required is False


@pytest.mark.parametrize("there, instead, told", BROKEN, ids=range(len(BROKEN)))
def test_what_is_wrong_in_a_call_is_told_with_its_place(there, instead, told):
    assert there in CALL
    found = problems(CALL.replace(there, instead, 1), FORM)
    assert [one for one in found if one.startswith(told)], found


@pytest.mark.parametrize("there, instead, told", BROKEN_FORM, ids=range(len(BROKEN_FORM)))
def test_what_is_wrong_in_a_form_is_told_with_its_place(there, instead, told):
    assert there in FORM
    found = problems(CALL, FORM.replace(there, instead, 1))
    assert [one for one in found if one.startswith(told)], found


SECOND = """\
[[criteria]]
id = "good"
least = "G"
source = "S"
text = { sv = "Bra", en = "Good" }
guidance = { sv = "?", en = "?" }
"""
ACCEPTED = [
    ("id empty", 'id = "small"', 'id = ""'),
    ("id that is no id", 'id = "small"', 'id = "a/b c"'),
    ("id longer than the database keeps", 'id = "small"', f'id = "{"x" * 61}"'),
    ("not a number", "value = 3,", "value = nan,"),
    ("endless", "value = 3,", "value = inf,"),
    ("half a count", "value = 3,", "value = 2.5,"),
    ("a limit that no project keeps", 'envelope = "money"', 'envelope = "money"\nmost_projects = "none"'),
    ("a list for a name", 'envelope = "money"', 'envelope = ["money"]'),
    ("an id used twice", "[selection]", f"{SECOND}[selection]"),
]


@pytest.mark.parametrize("what, there, instead", ACCEPTED, ids=[one[0] for one in ACCEPTED])
def test_a_slip_that_would_be_felt_later_is_told_now(what, there, instead):
    none = 'none = { unit = "count", value = 0, source = "S" }\n[[rules]]\nid = "one"'
    text = CALL.replace('[[rules]]\nid = "one"', none) if "most_projects" in instead else CALL
    assert problems(text.replace(there, instead, 1), FORM)


def test_a_questions_id_is_used_once():
    assert problems(CALL, FORM + FORM)


def test_what_is_missing_beside_a_dotted_key_is_told_near_it():
    assert problems(CALL.replace('calendar.en = "Time"\n', ""), FORM) == [
        "call.toml:7: calendar.en: expected a text; found nothing"
    ]


def test_a_number_is_shown_as_it_stands_in_the_file():
    assert problems(CALL.replace("value = 0.5", "value = 1.5"), FORM) == [
        "call.toml:17: parameters.half.value: expected a share between 0 and 1; found 1.5"
    ]


def test_everything_wrong_is_told_at_once():
    text = CALL.replace("level = 2", "level = 9").replace("points = 1", "points = -1")
    places = [one.split(":")[:2] for one in problems(text, FORM.replace("longest = 10", "longest = 0"))]
    assert sorted(places) == [["call.toml", "10"], ["call.toml", "30"], ["form.toml", "3"]]


def test_a_long_value_is_shown_shortened():
    told = problems(CALL.replace('least = "G"', f'least = "{"A" * 99}"'), FORM)
    assert told == [f"call.toml:34: criteria.0.least: expected one of: G; found {'A' * 57}..."]


def test_a_call_knows_only_what_it_says():
    call = real_call()
    for look in (call.parameter, call.rule, call.grade):
        with pytest.raises(KeyError):
            look("nothing")
    assert call.rule("one-theme").id == "one-theme"
    assert call.grade("VG").points == 3


@pytest.mark.parametrize(
    "words, language, text",
    [
        ((("sv", "Mål"), ("en", "Goal")), "sv", "Mål"),
        ((("sv", "Mål"), ("en", "")), "en", "Mål"),
        ((("sv", "Mål"),), "fi", "Mål"),
        ((), "sv", ""),
    ],
)
def test_a_text_is_said_in_a_language_or_in_the_first_there_is(words, language, text):
    assert said(words, language) == text


def test_a_key_is_found_where_it_first_stands():
    lines = lines_of('# a comment\na = 1\n\n[b]\n"c d" = 1\n[[e]]\nf = 1\n[[e]]\nf = 2\n[ g . h ]\ni = 1\n')
    assert lines == {"a": 2, "b": 4, "e.0": 6, "e.0.f": 7, "e.1": 8, "e.1.f": 9, "g . h": 10, "g . h.i": 11}


def test_a_text_that_ends_too_soon_is_told_at_its_beginning():
    with pytest.raises(NotReadableError) as caught:
        open_text("x.toml", 'a = "')
    assert caught.value.problems[0].line == 1


def test_the_real_form_goes_with_the_real_call():
    assert [question.id for question in real_call().questions] == ["need", "together", "goals", "lasting", "risks"]
    assert problems(FILES["form.toml"], FORM)[0].startswith("call.toml:")
