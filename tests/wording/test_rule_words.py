"""Conditions read aloud in Swedish and English: a table that anyone can read and object to."""

from __future__ import annotations

import pytest

from samspel.wording import parameter_words, rule_heading, rule_in_full
from tests.wording.spoken import NAMES, call_with, plain, rule, words

OF_ONE_APPLICATION = [
    # how many
    ('{ count = "partners", at_least = "three" }', "minst 3 parter", "at least 3 partners"),
    ('{ count = "partners", at_least = "one" }', "minst 1 part", "at least 1 partner"),
    (
        '{ count = "partners", where = { counts = true }, at_least = "three" }',
        "minst 3 parter som räknas",
        "at least 3 partners that count",
    ),
    (
        '{ count = "partners", where = { kind = ["cluster-organisation", "rdi-platform"] }, at_least = "three" }',
        "minst 3 klusterorganisationer eller FoI-plattformar",
        "at least 3 cluster organisations or RDI platforms",
    ),
    (
        '{ count = "partners", where = { role = ["lead", "partner"], country = ["NO"] }, equals = "one" }',
        "precis 1 projektägare eller projektpartner i Norge",
        "exactly 1 lead partner or project partner in Norway",
    ),
    (
        '{ count = "partners", where = { kind = ["university"] }, at_most = "none" }',
        "inga lärosäten",
        "no universities",
    ),
    (
        '{ count = "partners", at_least = "unknown" }',
        "minst ett i källan inte angivet antal parter",
        "at least a number (not stated in the source) of partners",
    ),
    (
        '{ all = [{ count = "themes", at_least = "one" }, { count = "themes", at_most = "three" }] }',
        "minst 1 och högst 3 områden",
        "at least 1 and at most 3 themes",
    ),
    (
        '{ count = "partners", more_than = "three" }',
        "fler än 3 parter",
        "more than 3 partners",
    ),
    (
        '{ count = "regions", where = { counts = true }, at_least = "three" }',
        "minst 3 regioner (NUTS2) med parter som räknas",
        "at least 3 regions (NUTS2) with partners that count",
    ),
    (
        '{ count = "regions", level = "sides", at_least = "three" }',
        "minst 3 av områdena norra delen och södra delen",
        "at least 3 of the areas the north and the south",
    ),
    (
        '{ count = "regions-without", where = { priority = true }, at_most = "none" }',
        "varje region (NUTS2) med parter som räknas prioriterar det valda området",
        "every region (NUTS2) with partners that count gives priority to the chosen theme",
    ),
    (
        '{ count = "regions-without", where = { kind = ["university"] }, at_most = "none" }',
        "varje region (NUTS2) med parter som räknas har minst 1 lärosäte",
        "every region (NUTS2) with partners that count has at least 1 university",
    ),
    (
        '{ count = "groups", where = { legal_person = true }, at_least = "three" }',
        "minst 3 av varandra oberoende parter som är juridiska personer",
        "at least 3 mutually independent partners that are legal persons",
    ),
    (
        '{ count = "themes", where = { theme = ["digital", "green"] }, at_least = "one" }',
        "minst 1 av områdena ”Digitalt” och ”Grönt” är valt",
        "at least 1 of the themes “Digital” and “Green” is chosen",
    ),
    (
        '{ count = "themes", where = { theme = ["green"] }, at_most = "none" }',
        "området ”Grönt” är inte valt",
        "the theme “Green” is not chosen",
    ),
    (
        '{ count = "earlier", where = { programme = ["own"], overlapping = true }, at_most = "none" }',
        "inga tidigare projekt i programmet ”Det egna” som pågår samtidigt som projektet",
        "no earlier projects in the programme “Its own” that run at the same time as the project",
    ),
    # how much
    (
        '{ all = [{ amount = "grant", at_least = "small" }, { amount = "grant", at_most = "large" }] }',
        "ett stöd på minst 200 000 SEK och högst 600 000 SEK",
        "a grant of at least SEK 200 000 and at most SEK 600 000",
    ),
    (
        '{ amount = "grant", per = "partner", at_most = "small" }',
        "ett stöd på högst 200 000 SEK per part",
        "a grant of at most SEK 200 000 per partner",
    ),
    (
        '{ amount = "grant", where = { by = { country = ["NO"] } }, at_most = "nothing" }',
        "inget stöd till parter i Norge",
        "no grant to partners in Norway",
    ),
    (
        '{ amount = "cost", where = { category = ["travel"] }, at_most = "small" }',
        "kostnader i kostnadsslaget ”Resor” på högst 200 000 SEK",
        "costs in the cost category “Travel” of at most SEK 200 000",
    ),
    (
        '{ amount = "certified", at_least = { amount = "cofunding" } }',
        "den intygade medfinansieringen uppgår till minst lika mycket som medfinansieringen",
        "the certified co-funding is at least as much as the co-funding",
    ),
    (
        '{ amount = "de-minimis", per = "partner", years = "years", at_most = "large" }',
        "stöd av mindre betydelse räknat över 3 år på högst 600 000 SEK per part",
        "de minimis aid counted over 3 years of at most SEK 600 000 per partner",
    ),
    (
        '{ share = "cofunding", of = "total-cost", at_least = "half" }',
        "medfinansiering på minst 50 % av den totala kostnaden",
        "co-funding of at least 50 % of the total cost",
    ),
    (
        (
            '{ share = "cofunding", where = { giver = ["region"], form = ["cash"], state = ["decided"] }, '
            'of = "total-cost", at_least = "half" }'
        ),
        "den medfinansiering från regioner i pengar som är beslutad uppgår till minst 50 % av den totala kostnaden",
        "the co-funding from regions in cash that is decided is at least 50 % of the total cost",
    ),
    (
        (
            '{ share = "grant", of = "eligible-cost", where = { by = { country = ["NO"] } }, '
            'of_where = { by = { country = ["NO"] } }, per = "partner", at_most = "half-of-eligible-cost" }'
        ),
        "för varje part i Norge: ett stöd på högst 50 % av den stödberättigande kostnaden",
        "for each partner in Norway: a grant of at most 50 % of the eligible cost",
    ),
    (
        (
            '{ share = "partners", where = { size = ["micro", "small", "medium"] }, of = "partners", '
            'at_least = "half-of-partners" }'
        ),
        "minst 50 % av parterna är små eller medelstora företag",
        "at least 50 % of the partners are small or medium-sized enterprises",
    ),
    # facts
    (
        '{ fact = "duration", at_most = "two_years" }',
        "projektet varar högst 24 månader",
        "the project lasts at most 24 months",
    ),
    (
        '{ fact = "ends", at_most = "last_day" }',
        "projektet slutar senast den 31 december 2020",
        "the project ends no later than 31 December 2020",
    ),
    ('{ fact = "readiness", at_least = "six" }', "”Mognadsgrad” är minst nivå 6", "“Readiness” is at least level 6"),
    # who
    ("{ lead = { legal_person = true } }", "projektägaren är en juridisk person", "the lead partner is a legal person"),
    (
        '{ lead = { kind = ["cluster-organisation"], country = ["SE"] } }',
        "projektägaren är en klusterorganisation och finns i Sverige",
        "the lead partner is a cluster organisation and is in Sweden",
    ),
    (
        '{ lead = { not = { any = [{ country = ["NO"] }, { non_profit = false }] } } }',
        "projektägaren finns inte i Norge och drivs utan vinstsyfte",
        "the lead partner is not in Norway and is non-profit",
    ),
    (
        '{ every = { registered_or_applied = ["platform"] }, among = { counts = true } }',
        "varje part som räknas är registrerad i plattformen eller har ansökt om det",
        "every partner that counts is registered in the platform or has applied for it",
    ),
    (
        '{ some = { any = [{ area = ["north"] }, { states = ["established"] }] } }',
        "minst en part finns i norra delen eller anger ”Finns redan”",
        "at least one partner is in the north or states “Exists already”",
    ),
    (
        '{ none = { has_earlier = { status = ["running"] } } }',
        "ingen part har ett tidigare projekt som är pågående",
        "no partner has an earlier project that is running",
    ),
    (
        '{ apart = ["partner", "subcontractor"] }',
        "ingen organisation är både projektpartner och underleverantör",
        "no organisation is both project partner and subcontractor",
    ),
    # papers, statements, time
    (
        '{ document = "letter", each = "lead" }',
        "dokumentet ”Rekommendation” (undertecknat av regionen) från projektägaren finns med",
        "the document “Recommendation” (signed by the region) from the lead partner is enclosed",
    ),
    ('{ states = "civil" }', "sökanden anger ”Projektet är civilt”", "the applicant states “The project is civil”"),
    (
        '{ in_time = "submission" }',
        "ansökan kommer in i tid, senast den 31 maj 2024 kl. 17.00",
        "the application comes in on time, no later than 31 May 2024 at 17:00",
    ),
    (
        '{ strand = ["open"] }',
        "ansökan hör till inriktningen ”Öppen”",
        "the application is in the strand “Open”",
    ),
    # composed
    (
        '{ any = [{ lead = { legal_person = true } }, { amount = "grant", at_most = "small" }] }',
        "projektägaren är en juridisk person eller stödet uppgår till högst 200 000 SEK",
        "the lead partner is a legal person or the grant is at most SEK 200 000",
    ),
    (
        '{ not = { states = "civil" } }',
        "sökanden anger inte ”Projektet är civilt”",
        "the applicant does not state “The project is civil”",
    ),
    (
        '{ not = { count = "partners", at_least = "three" } }',
        "färre än 3 parter",
        "fewer than 3 partners",
    ),
    (
        '{ all = [{ states = "civil" }, { any = [{ lead = { counts = true } }, { some = { financing = true } }] }] }',
        "sökanden anger ”Projektet är civilt” och (projektägaren räknas eller minst en part deltar i finansieringen)",
        (
            "the applicant states “The project is civil” and (the lead partner counts or at least one partner takes "
            "part in the financing)"
        ),
    ),
]

OF_MANY = [
    (
        "awards",
        '{ amount = "grant", at_most = "large" }',
        "beviljade stöd på sammanlagt högst 600 000 SEK",
        "grants awarded totalling at most SEK 600 000",
    ),
    (
        "awards",
        '{ count = "applications", per = "theme", at_most = "one" }',
        "högst 1 beviljad ansökan per område",
        "at most 1 awarded application per theme",
    ),
    (
        "applications",
        '{ count = "applications", where = { strand = ["open"] }, per = "lead", at_most = "one" }',
        "högst 1 ansökan i inriktningen ”Öppen” per projektägare",
        "at most 1 application in the strand “Open” per lead partner",
    ),
    (
        "applications",
        '{ every_application = { decision = ["approved", "rejected"] } }',
        "varje ansökan har fått bifall eller avslag",
        "every application has been given approval or rejection",
    ),
    (
        "reserve",
        '{ ranked = "reserve" }',
        "reservlistan följer poängordningen",
        "the reserve list stands in order of points",
    ),
    (
        "assessment",
        '{ count = "assessors", where = { conflict = false }, at_least = "three" }',
        "minst 3 bedömare som inte är jäviga",
        "at least 3 assessors that have no conflict of interest",
    ),
    (
        "assessment",
        '{ count = "opinions", where = { giver = ["region"] }, at_least = "one" }',
        "minst 1 yttrande från en region",
        "at least 1 opinion from a region",
    ),
    (
        "changes",
        (
            '{ share = "moved", of = "line", where = { kind = ["budget"] }, of_where = { kind = ["budget"] }, '
            'at_most = "half-of-line" }'
        ),
        "de flyttade medlen i budgeten uppgår till högst 50 % av budgetposten före ändringen",
        "the money moved in the budget is at most 50 % of the budget line before the change",
    ),
]


@pytest.mark.parametrize("needs, sv, en", OF_ONE_APPLICATION, ids=[row[0] for row in OF_ONE_APPLICATION])
def test_a_condition_is_read_aloud(needs, sv, en):
    assert words(needs, "sv") == sv
    assert words(needs, "en") == en


@pytest.mark.parametrize("over, needs, sv, en", OF_MANY, ids=[row[1] for row in OF_MANY])
def test_a_condition_over_many_is_read_aloud(over, needs, sv, en):
    assert words(needs, "sv", over) == sv
    assert words(needs, "en", over) == en


def test_a_rule_goes_by_its_own_heading_or_by_its_words():
    needs = '{ count = "partners", at_least = "three" }'
    bare = call_with(rule(needs))
    assert rule_heading(bare, bare.rules[0], "sv") == "Minst 3 parter"
    headed = call_with(rule(needs, 'text = { sv = "Tre tillsammans", en = "Three together" }'))
    assert rule_heading(headed, headed.rules[0], "en") == "Three together"


def test_a_rule_in_full_tells_all_that_follows_from_it():
    more = """
severity = "must"
part = "admissibility"
curable = "ten_days"
waiver = true
stages = ["sketch"]
after_award = true
when = { not = { states = "civil" } }

[[exceptions]]
id = "small"
to = "the-rule"
when = { amount = "total-cost", less_than = "small" }
needs = { count = "partners", at_least = "one" }
source = "SOURCE.md#x"
text = { sv = "Små projekt", en = "Small projects" }
"""
    call = call_with(rule('{ count = "partners", at_least = "grown" }', more))
    told = rule_in_full(call, call.rules[0], "sv", NAMES["sv"])
    assert told.formal == "Minst 4 parter"
    assert tuple(map(plain, told.notes)) == (
        "Gäller bara när sökanden inte anger ”Projektet är civilt”.",
        (
            "Undantag (”Små projekt”): när den totala kostnaden uppgår till mindre än 200 000 SEK gäller i stället: "
            "minst 1 part."
        ),
        "Den som inte uppfyller kravet får komplettera inom 10 dagar.",
        "Myndigheten får medge undantag med en skriftlig motivering.",
        "Prövas i ”Skiss”.",
        "Gäller också efter att stödet har beviljats.",
    )
    assert [number.name for number in told.numbers] == ["grown", "small", "one"]
    assert told.numbers[0].layer == "utlysningen"
    assert "Applies only when the applicant does not state “The project is civil”." in (
        rule_in_full(call, call.rules[0], "en").notes
    )


def test_a_recommendation_says_that_it_is_one():
    call = call_with(rule('{ count = "partners", at_least = "three" }', 'severity = "should"'))
    assert rule_in_full(call, call.rules[0], "sv").notes == ("En rekommendation, inget krav.",)


def test_a_number_tells_its_days():
    call = call_with("")
    told = {name: parameter_words(call, call.parameter(name), "sv") for name in ("grown", "unknown", "half")}
    assert told["grown"] == (
        "från den 3 oktober 2016 till och med den 31 december 2017: 3; "
        "från den 1 januari 2018 till och med den 31 december 2030: 4"
    )
    assert told["unknown"] == "anges inte i källan"
    assert plain(told["half"]) == "50 % av den totala kostnaden"
