"""A programme's text, the call's own and an overlay's lie over each other, and nothing is changed unseen."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from samspel.engine.calls.reading.call import read
from samspel.engine.calls.text import Call, Layer
from tests.engine.sample import CALENDAR, COUNTING, FORM, HEAD, blamed

LAYER = """\
[layer]
id = "programme"
version = "2.1"
dated = 2015-03-01
title = { sv = "Programmet", en = "The programme" }
source = "S"
"""
PARAMETERS = '[parameters]\nleast = { unit = "count", value = 3, source = "S" }\n'
RULE = '[[rules]]\nid = "enough"\nsource = "S"\nneeds = { count = "partners", at_least = "least" }\n'
CALL = f"{HEAD}{CALENDAR}{COUNTING}"


def files(call: str, **layers: str) -> dict[str, str]:
    found = {f"{name}.toml": LAYER.replace("programme", name) + text for name, text in layers.items()}
    return {"call.toml": call, "form.toml": FORM} | found


def layered(call: str, **layers: str) -> Call:
    return read(files(call, **layers))


def test_a_programmes_rules_are_the_calls_too_and_each_says_whose_it_is():
    call = layered(CALL, programme=PARAMETERS + RULE)
    assert call.rule("enough").layer == "programme"
    assert call.parameter("least").layer == "programme"
    assert call.layers == (
        Layer("programme", "2.1", date(2015, 3, 1), (("sv", "Programmet"), ("en", "The programme")), "S"),
        Layer("call", "", None, (("sv", "Titel"), ("en", "Title")), ""),
    )


def test_the_layers_lie_programme_call_overlay():
    more = '[parameters.least]\nunit = "count"\nvalue = {}\nsource = "S"\nreplaces = "{}"\n'
    call = layered(CALL + more.format(4, "programme"), programme=PARAMETERS + RULE, overlay=more.format(5, "call"))
    least = call.parameter("least")
    assert (least.values[0].value, least.layer, least.replaces) == (Decimal(5), "overlay", "call")
    assert [one.id for one in call.layers] == ["programme", "call", "overlay"]


def test_a_rule_may_be_said_again_with_the_layer_that_it_replaces():
    again = RULE.replace("at_least", "at_most") + 'replaces = "programme"\n'
    call = layered(CALL + again, programme=PARAMETERS + RULE)
    assert (call.rule("enough").needs.operator, call.rule("enough").layer) == ("at_most", "call")
    assert len(call.rules) == 1


def test_a_table_of_the_call_may_be_said_again_by_an_overlay_that_says_so():
    counting = '[counting]\nlevel = "nuts3"\nsource = "S"\nreplaces = "call"\n'
    assert layered(CALL + PARAMETERS + RULE, overlay=counting).counting.level == "nuts3"
    assert layered(CALL + PARAMETERS + RULE, overlay="").counting.level == "nuts2"


GRADE = '[[scale]]\ncode = "{}"\ntext = {{ sv = "Ja", en = "Yes" }}\n'
POINTS = "[scale_points]\nfrom = 0\nto = 2\n"


def test_a_scale_is_the_last_layers_whichever_way_each_is_written():
    own, programmes = CALL + PARAMETERS + RULE + GRADE.format("A"), 'replaces = "programme"\n'
    more = programmes + GRADE.format("C")
    assert [one.code for one in layered(own + more, programme=GRADE.format("B")).scale] == ["A", "C"]
    assert [one.code for one in layered(own + programmes, programme=POINTS).scale] == ["A"]
    points = CALL + PARAMETERS + RULE + POINTS + programmes
    assert [one.code for one in layered(points, programme=GRADE.format("B")).scale] == ["0", "1", "2"]


NARROWER = 'replaces = "programme"\n'
REPLACED = [
    ("rules.0.colour: one-of", RULE + NARROWER, PARAMETERS + RULE + "colour = 1\n"),
    ("rules.0.needs.at_least: one-of", RULE + NARROWER, PARAMETERS + RULE.replace('"least"', '"most"')),
    ("calendar.zone: zone", f"{RULE}", PARAMETERS + CALENDAR.replace("Europe/Stockholm", "Atlantis")),
    (
        "windows.0.opens: day-or-time",
        f'{RULE}[[windows]]\nid = "w"\nsource = "S"\n{NARROWER}',
        f'{PARAMETERS}[[windows]]\nid = "w"\nsource = "S"\nopens = 3\n',
    ),
    (
        "areas.north.codes: code",
        f'{RULE}[areas.north]\ncodes = ["SE3"]\nsource = "S"\ntext = {{ sv = "a", en = "a" }}\n{NARROWER}',
        f'{PARAMETERS}[areas.north]\ncodes = ["!"]\nsource = "S"\ntext = {{ sv = "a", en = "a" }}\n',
    ),
]


@pytest.mark.parametrize("wanted, call, programme", REPLACED, ids=[one[0] for one in REPLACED])
def test_what_is_replaced_must_read_too(wanted, call, programme):
    replacing = CALENDAR.rstrip() + f"\n{NARROWER}" if "calendar" in wanted else CALENDAR
    found = blamed(files(f"{HEAD}{replacing}{COUNTING}{call}", programme=programme))
    assert [one.partition(":")[0] + one.partition(": ")[1] + one.partition(": ")[2] for one in found] == [
        f"programme.toml: {wanted}"
    ]


def test_a_replaced_term_may_be_said_in_the_calls_languages_alone():
    term = '[terms.category.staff]\nsv = "Personal"\nen = "Staff"\n'
    call = layered(CALL + PARAMETERS + RULE + term + NARROWER, programme=term)
    assert call.declared.of("terms.category")["staff"].text == (("sv", "Personal"), ("en", "Staff"))


WRONG = [
    ("a parameter twice", PARAMETERS + RULE, PARAMETERS, "parameters.least: replaces"),
    (
        "a parameter that replaces another layer's",
        '[parameters.least]\nunit = "count"\nvalue = 4\nsource = "S"\nreplaces = "overlay"\n' + RULE,
        PARAMETERS,
        "parameters.least: replaces",
    ),
    ("a rule twice", PARAMETERS.replace("least", "other") + RULE, PARAMETERS + RULE, "rules.0: replaces"),
    (
        "a rule that replaces nothing",
        PARAMETERS + RULE + 'replaces = "programme"\n',
        "",
        "rules.0.replaces: nothing-to-replace",
    ),
    ("a scale twice", PARAMETERS + RULE + GRADE.format("A"), GRADE.format("B"), "scale: replaces"),
    ("a scale of another sort", PARAMETERS + RULE + GRADE.format("A"), POINTS, "scale: replaces"),
    ("two scales in one layer", PARAMETERS + RULE + GRADE.format("A") + POINTS, "", "scale_points: replaces"),
    (
        "a scale that replaces nothing",
        PARAMETERS + RULE + GRADE.format("A") + NARROWER,
        "",
        "scale.replaces: nothing-to-replace",
    ),
    (
        "a table that replaces nothing",
        PARAMETERS + RULE + f'[decisions]\nsource = "S"\n{NARROWER}',
        "",
        "decisions.replaces: nothing-to-replace",
    ),
    ("a table twice", PARAMETERS + RULE, COUNTING, "counting: replaces"),
    ("the same id twice in one layer", PARAMETERS + RULE + RULE, "", "rules.1.id: unique"),
]


@pytest.mark.parametrize("what, call, programme, wanted", WRONG, ids=[one[0] for one in WRONG])
def test_nothing_is_said_twice_unseen(what, call, programme, wanted):
    found = [one.partition(": ")[2] for one in blamed(files(CALL + call, programme=programme))]
    assert wanted in found


WRONG_LAYER = [
    ("dated = 2015-03-01", "dated = 2015", "programme.toml:4: layer.dated: day"),
    ("dated = 2015-03-01\n", "", "programme.toml:1: layer.dated: day"),
    ('version = "2.1"', "version = 2.1", "programme.toml:3: layer.version: text"),
    (', en = "The programme"', "", "programme.toml:5: layer.title.en: text"),
    ("[layer]", "[layer]\ncolour = 1", "programme.toml:2: layer.colour: one-of"),
    ("[layer]", 'id = "x"\n[layer]', "programme.toml:1: id: one-of"),
    (LAYER, "", "programme.toml:1: layer: table"),
]


@pytest.mark.parametrize("there, instead, wanted", WRONG_LAYER, ids=[one[2] for one in WRONG_LAYER])
def test_a_layer_says_its_version_and_its_day(there, instead, wanted):
    given = files(CALL + PARAMETERS + RULE, programme="")
    assert there in given["programme.toml"]
    assert wanted in blamed({**given, "programme.toml": given["programme.toml"].replace(there, instead)})


def test_a_layer_that_is_no_toml_is_told_by_its_name():
    assert blamed({**files(CALL), "overlay.toml": "a ="}) == ["overlay.toml:1: : toml"]


@pytest.mark.parametrize("key", ["parameters", "areas"])
def test_tables_that_are_none_are_told(key):
    found = blamed(files(f"{key} = 3\n{CALL}{RULE}"))
    assert f"call.toml:1: {key}: table" in found


def test_terms_that_are_no_table_are_told():
    found = blamed(files(f"terms = 3\n{CALL}{PARAMETERS}{RULE}"))
    assert "call.toml:1: terms: table" in found
