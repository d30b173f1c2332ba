"""Verdicts in words: what was found and needed, what would mend it, a summary that keeps hints and waivers apart."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from samspel.engine.calls import vocabulary
from samspel.engine.calls.judging.judge import judge
from samspel.engine.calls.situation import Entrant, Funding, Line, Partner, Situation, Waiver
from samspel.engine.values import Range
from samspel.wording import ToldFinding, ToldVerdict, tell
from tests.wording.spoken import NAMES, call_with, plain, rule

HUB = Partner("north-hub", "North Hub", kind="rdi-platform", region="SE332", roles=("lead",), legal_person=True)
PARK = Partner("park", "Parken", kind="science-park", region="SE110", roles=("partner",), legal_person=False)


def told(needs: str, given: Situation, language: str, more: str = "") -> ToldVerdict:
    call = call_with(rule(needs, more))
    return tell(judge(call, given, over=vocabulary.OVER), call, language, NAMES[language])


def of_rule(needs: str, given: Situation, language: str, more: str = "") -> ToldFinding:
    return told(needs, given, language, more).findings[0]


def mends(needs: str, given: Situation, more: str = "") -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The mends in Swedish and in English."""
    sv, en = (tuple(map(plain, of_rule(needs, given, language, more).mend)) for language in ("sv", "en"))
    return sv, en


def test_a_finding_tells_what_was_found_and_needed():
    given = Situation(partners=(HUB, PARK))
    needs = '{ count = "partners", where = { counts = true }, at_least = "three" }'
    finding = of_rule(needs, given, "sv")
    assert finding.formal == "Minst 3 parter som räknas"
    assert finding.text == finding.formal
    assert finding.found == "mellan 1 och 2 parter"
    assert finding.needed == "minst 3 parter"
    assert finding.word == "Inte uppfyllt"


def test_what_is_not_known_is_said_so():
    finding = of_rule('{ share = "cofunding", of = "total-cost", at_least = "half" }', Situation(), "en")
    assert finding.found == "not stated yet"
    assert plain(finding.needed) == "at least 50 % of the total cost"


def test_several_bounds_of_one_measure_are_told_at_once():
    needs = '{ all = [{ amount = "grant", at_least = "small" }, { amount = "grant", at_most = "large" }] }'
    finding = of_rule(needs, Situation(grant=Range.exactly(150_000)), "sv")
    assert plain(finding.found) == "150 000 SEK"
    assert plain(finding.needed) == "minst 200 000 SEK och högst 600 000 SEK"
    assert plain(finding.mend[0]) == "Höj stödet med 50 000 SEK, till 200 000 SEK."


def test_mends_speak_of_the_kinds_that_count():
    sv, en = mends('{ count = "partners", where = { counts = true }, at_least = "three" }', Situation(partners=(HUB,)))
    assert sv == ("Ta med ytterligare 2 klusterorganisationer eller FoI-plattformar.",)
    assert en == ("Add 2 more cluster organisations or RDI platforms.",)


def test_mends_of_regions_ask_for_partners_from_more_of_them():
    sv, en = mends('{ count = "regions", where = { counts = true }, at_least = "three" }', Situation(partners=(HUB,)))
    assert sv == ("Ta med klusterorganisationer eller FoI-plattformar från ytterligare 2 regioner (NUTS2).",)
    assert en == ("Add cluster organisations or RDI platforms from 2 more regions (NUTS2).",)


def test_mends_of_shares_are_in_money():
    given = Situation(
        costs=(Line(Decimal(100_000), by="north-hub"),), cofunding=(Funding(Decimal(37_500), funder="x"),)
    )
    sv, en = mends('{ share = "cofunding", of = "total-cost", at_least = "half" }', given)
    assert sv == ("Höj medfinansieringen med 12 500 SEK, till 50 % av den totala kostnaden.",)
    assert en == ("Raise the co-funding by SEK 12 500, to 50 % of the total cost.",)


def test_mends_of_one_partner_name_it():
    given = Situation(partners=(HUB, PARK))
    sv, en = mends("{ every = { legal_person = true } }", given)
    assert sv == ("Byt ut Parken mot en part som är en juridisk person, eller ta bort Parken.",)
    assert en == ("Replace Parken by a partner that is a legal person, or leave Parken out.",)


def test_mends_of_what_is_not_known_ask_to_find_it_out():
    given = Situation(partners=(Partner("a", "Alfa", roles=("lead",)),))
    sv, en = mends("{ lead = { legal_person = true } }", given)
    assert sv == ("Ta reda på om projektägaren är en juridisk person.",)
    assert en == ("Find out whether the lead partner is a legal person.",)


def test_mends_of_a_named_theme_choose_it():
    sv, _ = mends(
        '{ count = "themes", where = { theme = ["green"] }, at_least = "one" }', Situation(themes=("digital",))
    )
    assert sv == ("Välj området ”Grönt”.",)


def test_a_group_that_fails_is_named():
    entrants = tuple(Entrant(str(n), theme="aerospace", state="awarded") for n in range(2))
    finding = of_rule(
        '{ count = "applications", per = "theme", at_most = "one" }',
        Situation(applications=entrants),
        "sv",
        'over = "awards"',
    )
    assert finding.group == "Flyg och rymd"
    assert finding.mend == ("Flyg och rymd: det är 1 beviljad ansökan för mycket.",)
    assert "Inte uppfyllt för Flyg och rymd." in finding.evidence


def test_a_day_is_told_as_a_day():
    given = Situation(ends=date(2021, 1, 31))
    finding = of_rule('{ fact = "ends", at_most = "last_day" }', given, "sv")
    assert (finding.found, finding.needed) == ("den 31 januari 2021", "senast den 31 december 2020")
    assert finding.mend == ("Låt projektet sluta senast den 31 december 2020.",)


def test_a_moment_is_told_with_its_clock_time():
    given = Situation(submitted=datetime.fromisoformat("2024-05-31T17:01"))
    finding = of_rule('{ in_time = "submission" }', given, "en", 'part = "admissibility"')
    assert finding.evidence == ("Came in on 31 May 2024 at 17:01.",)
    assert finding.cure == "Cannot be mended afterwards."


def test_a_number_is_told_as_it_was_on_the_day_of_judging():
    given = Situation(partners=(HUB,), on=date(2017, 5, 1))
    finding = of_rule('{ count = "partners", at_least = "grown" }', given, "sv")
    assert finding.formal == "Minst 3 parter"
    assert finding.since == "den 3 oktober 2016"


def test_what_may_be_mended_says_within_how_long():
    given = Situation(partners=(HUB,))
    finding = of_rule('{ count = "partners", at_least = "three" }', given, "sv", 'curable = "ten_days"')
    assert finding.cure == "Den som inte uppfyller kravet får komplettera inom 10 dagar."


def test_the_summary_counts_recommendations_apart():
    verdict = told(
        '{ count = "partners", at_least = "three" }', Situation(partners=(HUB,)), "sv", 'severity = "should"'
    )
    assert verdict.summary == ("Det finns inga krav att pröva. 1 rekommendation följs inte; det hindrar inte stöd.")
    assert verdict.findings[0].word == "Följs inte"


def test_the_summary_tells_what_was_waived():
    given = Situation(partners=(HUB,), waivers=(Waiver("the-rule", "Only one hub works in the field."),))
    verdict = told('{ count = "partners", at_least = "three" }', given, "en", "waiver = true")
    assert verdict.findings[0].word == "Waived"
    assert verdict.findings[0].waiver == "Only one hub works in the field."
    assert verdict.summary == "0 of 1 requirements are met, and 1 is waived."


def test_an_exception_is_told_by_its_label():
    more = """
[[exceptions]]
id = "alone"
to = "the-rule"
when = { states = "civil" }
excused = true
source = "SOURCE.md#x"
text = { sv = "Civila projekt", en = "Civil projects" }
"""
    given = Situation(partners=(HUB,), statements={"civil": Range.exactly(1)})
    finding = of_rule('{ count = "partners", at_least = "three" }', given, "sv", more)
    assert finding.exception == "Civila projekt"
    assert finding.evidence == ("Undantaget ”Civila projekt” gäller, så regeln gör det inte.",)


def test_parts_of_the_money_are_told_by_name():
    more = """
[[partitions]]
id = "by-theme"
of = "large"
source = "SOURCE.md#x"
text = { sv = "Delad", en = "Parted" }
parts = [{ id = "green", where = { theme = ["green"] }, amount = "small", text.sv = "Grönt", text.en = "Green" }]
"""
    entrants = (Entrant("a", theme="green", state="awarded", grant=Decimal(250_000)),)
    verdict = told('{ count = "partners", at_least = "one" }', Situation(applications=entrants), "sv", more)
    finding = verdict.findings[-1]
    assert (finding.text, plain(finding.formal)) == ("Delad", "Grönt: högst 200 000 SEK")
    assert plain(finding.found) == "Grönt: 250 000 SEK"


def test_grades_are_told_by_criterion_and_in_all():
    more = """
[[scale]]
code = "IG"
points = 0
text = { sv = "Nej", en = "No" }
[[scale]]
code = "G"
points = 1
text = { sv = "Ja", en = "Yes" }
[assessment]
least_total = "points"
source = "SOURCE.md#x"
[[criteria]]
id = "relevance"
least = "G"
source = "SOURCE.md#x"
text = { sv = "Relevans", en = "Relevance" }
guidance = { sv = "Passar det?", en = "Does it fit?" }
[parameters.points]
unit = "points"
value = 1
source = "SOURCE.md#x"
"""
    given = Situation(grades={"relevance": "IG"})
    findings = told('{ count = "partners", at_least = "one" }', given, "sv", more).findings
    by_rule = {one.rule: one for one in findings}
    assert (by_rule["relevance"].text, by_rule["relevance"].formal) == ("Relevans", "Minst G")
    assert by_rule["least-total"].text == "Minsta sammanlagda poäng"
    assert by_rule["least-total"].needed == "minst 1 poäng"
