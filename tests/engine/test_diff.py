"""What differs between two editions is told entry by entry, and whom it would turn, rule by rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from samspel.engine.calls.cases import read_cases
from samspel.engine.calls.diff import SECTIONS, Diff, Live, Turn, Turned, diff
from samspel.engine.calls.reading.call import read
from samspel.engine.calls.text import Call, Dated
from samspel.engine.verdicts import Outcome
from tests.engine.small_call import FORM, WORDS, cases, head, numbers, parameter, rule, situation, small_call

MET, NOT_MET, OPEN = Outcome.MET, Outcome.NOT_MET, Outcome.OPEN
PARTNERS = rule("partners", '{ count = "partners", at_least = "n_least" }')
BEFORE = small_call(numbers(n_least=2), PARTNERS)


def told(after: Call, before: Call = BEFORE) -> list[tuple[str, str, str, list[str]]]:
    return [(one.section, one.id, one.how, [c.what for c in one.changes]) for one in diff(before, after).items]


def test_a_call_does_not_differ_from_itself():
    assert diff(BEFORE, BEFORE) == Diff()
    assert not diff(BEFORE, BEFORE)


def test_a_changed_number_is_told_of_itself_and_of_its_rule():
    found = diff(BEFORE, small_call(numbers(n_least=3), PARTNERS))
    assert [(one.section, one.id) for one in found.items] == [("parameters", "n_least"), ("rules", "partners")]
    (values,) = found.parameters[0].changes
    assert (values.what, values.old, values.new) == ("values", (Dated(Decimal(2)),), (Dated(Decimal(3)),))
    (used,) = found.rules[0].changes
    assert (used.what, used.old, used.new) == (
        "parameter",
        BEFORE.parameter("n_least"),
        replace(BEFORE.parameter("n_least"), values=(Dated(Decimal(3)),)),
    )


def test_a_number_in_a_filter_or_an_exception_is_one_of_the_rules_too():
    young = rule("young", '{ every = { age_at_most = "y" } }')
    excused = f"""[[exceptions]]
id = "long"
to = "young"
when = {{ fact = "duration", at_least = "d" }}
excused = true
source = "x"
{WORDS}
"""
    old = small_call(parameter("y", "years", "5"), parameter("d", "months", "24"), young, excused)
    new = small_call(parameter("y", "years", "6"), parameter("d", "months", "36"), young, excused)
    (found,) = diff(old, new).rules
    assert [(one.what, one.new) for one in found.changes] == [
        ("parameter", new.parameter("d")),
        ("parameter", new.parameter("y")),
    ]


RULE_CHANGES = {
    "needs": rule("partners", '{ count = "hosts", at_least = "n_least" }'),
    "severity": rule("partners", '{ count = "partners", at_least = "n_least" }', 'severity = "should"'),
    "waivable": rule("partners", '{ count = "partners", at_least = "n_least" }', "waiver = true"),
    "after_award": rule("partners", '{ count = "partners", at_least = "n_least" }', "after_award = true"),
    "text": rule("partners", '{ count = "partners", at_least = "n_least" }', WORDS),
    "source": PARTNERS.replace('source = "x"', 'source = "y"'),
    "part": rule("partners", '{ count = "partners", at_least = "n_least" }', 'part = "admissibility"'),
    "when": rule("partners", '{ count = "partners", at_least = "n_least" }', "when = { lead = {} }"),
}


@pytest.mark.parametrize("what", RULE_CHANGES)
def test_a_changed_rule_tells_in_what(what):
    assert told(small_call(numbers(n_least=2), RULE_CHANGES[what])) == [("rules", "partners", "changed", [what])]


def test_a_rule_that_may_now_be_mended():
    curable = rule("partners", '{ count = "partners", at_least = "n_least" }', 'curable = "days"')
    days = parameter("days", "days", "14")
    assert told(small_call(numbers(n_least=2), days, curable)) == [
        ("parameters", "days", "added", ["entry"]),
        ("rules", "partners", "changed", ["curable"]),
    ]


def test_rules_that_came_and_went():
    other = small_call(numbers(n_least=2), rule("hosts", '{ count = "hosts", at_least = "n_least" }'))
    found = diff(BEFORE, other)
    assert [(one.id, one.how) for one in found.rules] == [("partners", "removed"), ("hosts", "added")]
    assert (found.rules[0].changes[0].old, found.rules[1].changes[0].new) == (BEFORE.rules[0], other.rules[0])


ELSEWHERE = {
    ("call", "", "changed", ("currency",)): small_call(
        numbers(n_least=2), PARTNERS, top=head().replace('"EUR"', '"SEK"')
    ),
    ("calendar", "", "changed", ("dated",)): small_call(numbers(n_least=2), PARTNERS, top=head(dated="2019-01-01")),
    ("counting", "", "changed", ("counted_kinds",)): replace(
        BEFORE, counting=replace(BEFORE.counting, counted_kinds=frozenset({"university"}))
    ),
    ("windows", "one", "added", ("entry",)): small_call(
        numbers(n_least=2), PARTNERS, '[[windows]]\nid = "one"\ncloses = 2018-05-31\nsource = "x"\n'
    ),
    ("documents", "letter", "added", ("entry",)): small_call(
        numbers(n_least=2), PARTNERS, f'[[documents]]\nid = "letter"\nsource = "x"\n{WORDS}\n'
    ),
    ("terms.theme", "sea", "added", ("entry",)): small_call(
        numbers(n_least=2), PARTNERS, '[terms.theme]\nsea = { sv = "Hav", en = "Sea" }\n'
    ),
    ("money", "", "changed", ("cost_forms",)): small_call(
        numbers(n_least=2), PARTNERS, '[money]\nforms = ["unit"]\nsource = "x"\n'
    ),
    ("decisions", "", "changed", ("decisions",)): small_call(
        numbers(n_least=2), PARTNERS, '[decisions]\nallowed = ["approved", "rejected"]\nsource = "x"\n'
    ),
    ("questions", "why", "changed", ("longest",)): small_call(
        numbers(n_least=2), PARTNERS, form=FORM.replace("100", "200")
    ),
}


@pytest.mark.parametrize("expected", ELSEWHERE, ids=[one[0] for one in ELSEWHERE])
def test_changes_elsewhere_in_the_call(expected):
    assert told(ELSEWHERE[expected]) == [(*expected[:3], list(expected[3]))]


SCALE = "".join(f'[[scale]]\ncode = "{code}"\npoints = {points}\n{WORDS}\n' for code, points in (("G", 1), ("IG", 0)))
CRITERION = f'[[criteria]]\nid = "use"\nleast = "G"\nsource = "x"\n{WORDS}\nguidance = {{ sv = "x", en = "x" }}\n'


def test_an_order_that_changes_is_told():
    stages = [f'[[stages]]\nid = "{one}"\nsource = "x"\n{WORDS}\n' for one in ("first", "second")]
    assert told(small_call(*reversed(stages)), small_call(*stages)) == [("stages", "", "reordered", ["order"])]


CASES = """
[[cases]]
name = "Two"
partners = [{ times = 2 }]
expect = { partners = "met" }
[[cases]]
name = "Three"
partners = [{ times = 3 }]
expect = { partners = "met" }
"""


def test_cases_that_change_outcome_are_named():
    after = small_call(numbers(n_least=3), PARTNERS, rule("lead", "{ lead = {} }"))
    found = diff(BEFORE, after, cases=cases(BEFORE, CASES))
    assert found.cases == (Turned("Two", (Turn("partners", MET, NOT_MET),), MET, NOT_MET),)


def test_applications_that_would_turn_are_named_with_each_rule():
    after = small_call(numbers(n_least=3), PARTNERS, rule("lead", "{ lead = {} }"))
    two, led = (
        situation(BEFORE, "partners = [{ times = 2 }]"),
        "partners = [{ roles = ['lead'] }, { times = 2, roles = [] }]",
    )
    found = diff(BEFORE, after, situations={"A": two, "B": situation(BEFORE, led), "C": situation(BEFORE, "")})
    assert found.situations == (
        Turned("A", (Turn("partners", MET, NOT_MET), Turn("lead", None, OPEN)), MET, NOT_MET),
        Turned("B", (Turn("lead", None, MET),), MET, MET),
        Turned("C", (Turn("lead", None, OPEN),), OPEN, OPEN),
    )


def test_a_constellation_is_judged_by_its_own_rules_alone():
    grant = rule("grant", '{ amount = "grant", at_least = "m" }')
    old, new = (small_call(numbers(n_least=2, m=m), PARTNERS, grant) for m in (100, 200))
    given = situation(old, "partners = [{ times = 2 }]\ngrant = 150")
    assert diff(old, new, situations=[Live("A", given, about="constellation")]).situations == ()
    assert diff(old, new, situations=[Live("A", given)]).situations == (
        Turned("A", (Turn("grant", MET, NOT_MET),), MET, NOT_MET),
    )


def test_a_later_day_of_the_call_may_turn_an_application():
    dated = parameter("n_least", "count", "[{ from = 2018-01-01, is = 2 }, { from = 2019-01-01, is = 3 }]")
    old, new = small_call(dated, PARTNERS), small_call(dated, PARTNERS, top=head(dated="2019-06-01"))
    given = situation(old, "partners = [{ times = 2 }]")
    found = diff(old, new, situations={"A": given, "pinned": replace(given, on=date(2018, 5, 1))})
    assert [one.name for one in found.situations] == ["A"]


def test_grades_that_an_edition_does_not_know_do_not_stop_it():
    graded = small_call(SCALE, CRITERION)
    given = situation(graded, 'grades = { use = "G" }')
    live = [Live("A", given, over=("assessment",))]
    assert diff(graded, BEFORE, situations=live).situations == (Turned("A", (Turn("use", MET, None),), MET, MET),)
    other = small_call(SCALE.replace('"G"', '"PASS"'), CRITERION.replace('"G"', '"PASS"'))
    assert diff(graded, other, situations=live).situations == (Turned("A", (Turn("use", MET, OPEN),), MET, OPEN),)


FOLDERS = [at for at in (Path(__file__).parents[2] / "calls").iterdir() if (at / "call.toml").exists()]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda at: at.name)
def test_every_real_call_against_itself_and_another(folder):
    files = {at.name: at.read_text(encoding="utf-8") for at in folder.iterdir()}
    call = read(files)
    tried = read_cases(files["cases.toml"], call)
    assert not diff(call, call, cases=tried, situations={one.name: one.given for one in tried})
    found = diff(call, BEFORE, cases=tried, situations={one.name: one.given for one in tried})
    assert {one.id for one in found.rules} == {one.id for one in call.rules} | {"partners"}
    assert {one.section for one in found.items} <= set(SECTIONS)
