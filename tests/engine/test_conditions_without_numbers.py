"""The conditions that ask for no number: of the lead, of every partner, of a document, of the clock, and what mends."""

from __future__ import annotations

import pytest

from samspel.engine.calls.conditions import Need
from samspel.engine.calls.judging import testing
from samspel.engine.calls.judging.matching import Matching
from samspel.engine.calls.situation import Situation
from samspel.engine.calls.vocabulary import TESTS
from samspel.engine.verdicts import Outcome, Reason
from tests.engine.sample import CALENDAR, finding, small_call

MET, OPEN, NOT_MET = Outcome.MET, Outcome.OPEN, Outcome.NOT_MET

LEAD = '{ lead = { kind = ["university"] } }'
EVERY = "{ every = { legal_person = true } }"
EVERY_PARTNER = '{ every = { legal_person = true }, among = { role = ["partner"] } }'
SOME = '{ some = { size = ["small"] } }'
NONE = '{ none = { kind = ["company"] } }'
APART = '{ apart = ["partner", "subcontractor"] }'
UNIVERSITY, COMPANY = "kind = 'university'", "kind = 'company'"


def partners(*rows: str) -> str:
    return f"partners = [{', '.join(f'{{ {row} }}' for row in rows)}]"


LEADS, WORKS = "roles = ['lead']", "roles = ['partner']"
OF_PARTNERS = [
    (LEAD, "", OPEN),
    (LEAD, partners(), OPEN),
    (LEAD, partners(f"{LEADS}, {UNIVERSITY}", COMPANY), MET),
    (LEAD, partners(f"{LEADS}, {COMPANY}", UNIVERSITY), NOT_MET),
    (LEAD, partners(LEADS, UNIVERSITY), OPEN),
    (LEAD, partners(f"{LEADS}, {UNIVERSITY}", f"{LEADS}, {COMPANY}"), NOT_MET),
    (LEAD, partners(f"{WORKS}, {UNIVERSITY}"), NOT_MET),
    (LEAD, partners(COMPANY, COMPANY), NOT_MET),
    (LEAD, partners(COMPANY, UNIVERSITY), OPEN),
    (EVERY, "", OPEN),
    (EVERY, partners(), MET),
    (EVERY, partners("legal_person = true", "legal_person = true"), MET),
    (EVERY, partners("legal_person = true", "legal_person = false"), NOT_MET),
    (EVERY, partners("legal_person = true", ""), OPEN),
    (EVERY_PARTNER, partners(f"{WORKS}, legal_person = true", f"{LEADS}, legal_person = false"), MET),
    (EVERY_PARTNER, partners("legal_person = false"), OPEN),
    (EVERY_PARTNER, partners("legal_person = true"), MET),
    (SOME, "", OPEN),
    (SOME, partners(), NOT_MET),
    (SOME, partners("size = 'large'", "size = 'small'"), MET),
    (SOME, partners("size = 'large'"), NOT_MET),
    (SOME, partners("size = 'large'", ""), OPEN),
    (NONE, "", OPEN),
    (NONE, partners(), MET),
    (NONE, partners(UNIVERSITY), MET),
    (NONE, partners(UNIVERSITY, COMPANY), NOT_MET),
    (NONE, partners(UNIVERSITY, ""), OPEN),
    (APART, "", OPEN),
    (APART, partners(WORKS, "roles = ['subcontractor']"), MET),
    (APART, partners("roles = ['partner', 'subcontractor']"), NOT_MET),
    (APART, partners("roles = ['partner', 'owner']"), MET),
    (APART, partners(WORKS, ""), OPEN),
    (APART, partners("roles = ['partner', 'subcontractor']", ""), NOT_MET),
    (APART, partners(f"host = 'h', {WORKS}", "host = 'h', roles = ['subcontractor']"), NOT_MET),
    (APART, partners(f"host = 'none', {WORKS}", "host = 'none', roles = ['subcontractor']"), MET),
    (APART, partners(f"id = 'h', {WORKS}", "host = 'h', roles = ['subcontractor']"), NOT_MET),
]


@pytest.mark.parametrize("needs, given, outcome", OF_PARTNERS, ids=[f"{one[0]} / {one[1]}" for one in OF_PARTNERS])
def test_what_is_asked_of_the_lead_and_the_partners(needs, given, outcome):
    assert finding(needs, given).outcome is outcome


TOLD = [
    (LEAD, partners(f"name = 'Alfa', {LEADS}, {COMPANY}"), [Reason.of("partner.not-met", name="Alfa")]),
    (LEAD, partners(COMPANY), [Reason.of("lead.unknown")]),
    (
        EVERY,
        partners("legal_person = true", "legal_person = false", ""),
        [
            Reason.of("partner.met", name="a"),
            Reason.of("partner.not-met", name="b"),
            Reason.of("partner.open", name="c"),
        ],
    ),
    (SOME, partners("size = 'large'", ""), [Reason.of("partner.open", name="b")]),
    (NONE, partners(UNIVERSITY, COMPANY), [Reason.of("partner.not-met", name="b")]),
    (APART, partners("name = 'Alfa', roles = ['partner', 'subcontractor']"), [Reason.of("roles.both", name="Alfa")]),
]


@pytest.mark.parametrize("needs, given, told", TOLD)
def test_who_fits_and_who_does_not_is_told(needs, given, told):
    assert list(finding(needs, given).evidence) == told


MENDS = [
    (LEAD, "", ["mend.lead"]),
    (LEAD, partners(f"{LEADS}, {COMPANY}"), ["mend.lead"]),
    (EVERY, "", ["mend.state"]),
    (EVERY, partners("legal_person = false", "legal_person = true", ""), ["mend.every", "mend.every"]),
    (SOME, partners(), ["mend.some"]),
    (NONE, "", ["mend.state"]),
    (NONE, partners(COMPANY), ["mend.none"]),
    (APART, "", ["mend.state"]),
    (APART, partners("roles = ['partner', 'subcontractor']"), ["mend.apart"]),
    ('{ document = "plan" }', "", ["mend.document"]),
    ('{ document = "plan", each = "partner" }', "documents = []\n" + partners("", ""), ["mend.document-from"] * 2),
    ('{ states = "civil" }', "", ["mend.states"]),
    ('{ in_time = "submission" }', "", ["mend.in-time"]),
    ('{ strand = ["small"] }', "", ["mend.state"]),
    (SOME, partners("size = 'small'"), []),
]


@pytest.mark.parametrize("needs, given, codes", MENDS)
def test_what_would_mend_it_is_told(needs, given, codes):
    assert [mend.reason.code for mend in finding(needs, given).mend] == codes


# ---- Documents

PLAN, LETTER = '{ document = "plan" }', '{ document = "letter" }'
EACH_PARTNER = '{ document = "plan", each = "partner" }'
EACH_LEAD = '{ document = "plan", each = "lead" }'
EACH_FUNDER = '{ document = "plan", each = "cofunder", among = { source = ["public"] } }'
GOOD = "type = 'letter', signed_by = 'region', language = 'sv', template = 'T1'"
TWO = partners("", "") + "\n"


def papers(*rows: str) -> str:
    return f"documents = [{', '.join(f'{{ {row} }}' for row in rows)}]\n"


def funders(*rows: str) -> str:
    return f"cofunding = [{', '.join(f'{{ {row} }}' for row in rows)}]\n"


DOCUMENTS = [
    (PLAN, "", OPEN),
    (PLAN, papers(), NOT_MET),
    (PLAN, papers("type = 'plan'"), MET),
    (PLAN, papers(GOOD), NOT_MET),
    (PLAN, papers("type = 'plan', valid = false"), NOT_MET),
    (PLAN, papers("type = 'plan', valid = true"), MET),
    (LETTER, papers(GOOD), MET),
    (LETTER, papers(GOOD.replace("region", "lead")), NOT_MET),
    (LETTER, papers(GOOD.replace("'sv'", "'en'")), NOT_MET),
    (LETTER, papers("type = 'letter'"), OPEN),
    (LETTER, papers("type = 'letter', valid = false"), NOT_MET),
    (LETTER, papers(GOOD.replace("T1", "T2"), GOOD), MET),
    (EACH_PARTNER, papers("type = 'plan', from = 'a'"), OPEN),
    (EACH_PARTNER, papers("type = 'plan', from = 'a'") + partners(""), MET),
    (EACH_PARTNER, papers("type = 'plan', from = 'a'") + TWO, NOT_MET),
    (EACH_PARTNER, papers("type = 'plan', from = 'a'", "type = 'plan'") + TWO, OPEN),
    (EACH_PARTNER, papers() + partners(), MET),
    (EACH_LEAD, papers("type = 'plan', from = 'b'") + partners(WORKS, LEADS), MET),
    (EACH_LEAD, papers("type = 'plan', from = 'a'") + partners(WORKS, LEADS), NOT_MET),
    (EACH_LEAD, papers("type = 'plan', from = 'a'") + partners(LEADS, ""), OPEN),
    (EACH_FUNDER, papers("type = 'plan', from = 'R'"), OPEN),
    (EACH_FUNDER, papers("type = 'plan', from = 'R'") + funders("funder = 'R', source = 'public'"), MET),
    (EACH_FUNDER, papers() + funders("funder = 'R', source = 'public'"), NOT_MET),
    (EACH_FUNDER, papers() + funders("funder = 'R', source = 'private'"), MET),
    (EACH_FUNDER, papers() + funders("funder = 'R'"), OPEN),
    (EACH_FUNDER, papers() + funders("funder = 'R', source = 'public', state = 'withdrawn'"), MET),
]


@pytest.mark.parametrize("needs, given, outcome", DOCUMENTS, ids=[f"{one[0]} / {one[1]}" for one in DOCUMENTS])
def test_a_document_is_there_valid_and_from_those_it_is_asked_of(needs, given, outcome):
    """A document is valid unless somebody says that it is not; one of nobody may be anybody's."""
    assert finding(needs, given).outcome is outcome


def test_who_has_handed_in_the_document_is_told():
    told = finding(EACH_PARTNER, papers("type = 'plan', from = 'a'") + TWO).evidence
    assert told == (Reason.of("document.met", name="a"), Reason.of("document.not-met", name="b"))


# ---- Statements, strand


@pytest.mark.parametrize(
    "needs, given, outcome",
    [
        ('{ states = "civil" }', "", OPEN),
        ('{ states = "civil" }', "statements = { civil = true }", MET),
        ('{ states = "civil" }', "statements = { civil = false }", NOT_MET),
        ('{ states = "civil" }', "statements = { civil = [0, 1] }", OPEN),
        ('{ strand = ["small"] }', "", OPEN),
        ('{ strand = ["small"] }', 'strand = "small"', MET),
        ('{ strand = ["small"] }', 'strand = "large"', NOT_MET),
    ],
)
def test_what_the_project_states(needs, given, outcome):
    assert finding(needs, given).outcome is outcome


# ---- The clock


def window(name: str, text: str) -> str:
    return f'[[windows]]\nid = "{name}"\nsource = "S"\n{text}\n'


STAGES = "".join(f'[[stages]]\nid = "{one}"\ntext = {{ sv = "a", en = "b" }}\nsource = "S"\n' for one in ("one", "two"))
SPRING = window("spring", "opens = 2018-03-01T09:00:00\ncloses = 2018-05-31\nquestions_until = 2018-05-01T12:00:00")
AUTUMN = window("autumn", "opens = 2018-09-01\ncloses = 2018-10-31T16:00:00")
SECOND = STAGES + window("x", 'stage = "two"\ncloses = 2018-05-31')
TIMES = [
    (SPRING, "submitted = 2018-03-01T08:59:59", NOT_MET),
    (SPRING, "submitted = 2018-03-01T09:00:00", MET),
    (SPRING, "submitted = 2018-05-31T23:59:59", MET),
    (SPRING, "submitted = 2018-06-01T00:00:00", NOT_MET),
    (SPRING, "", OPEN),
    (SPRING + AUTUMN, "submitted = 2018-07-01T12:00:00", NOT_MET),
    (SPRING + AUTUMN, "submitted = 2018-10-31T16:00:00", MET),
    (SPRING + AUTUMN, "submitted = 2018-10-31T16:00:01", NOT_MET),
    (window("x", "closes = 2018-05-31"), "submitted = 2010-01-01T00:00:00", MET),
    (window("x", "opens = 2018-03-01"), "submitted = 2018-05-01T00:00:00", OPEN),
    (window("x", "opens = 2018-03-01"), "submitted = 2018-02-01T00:00:00", NOT_MET),
    ("", "submitted = 2018-05-01T00:00:00", OPEN),
    (window("x", "closes = 2018-05-31\nworkdays = true"), "submitted = 2018-05-25T12:00:00", MET),
    (window("x", "closes = 2018-05-31\nworkdays = true"), "submitted = 2018-05-26T12:00:00", NOT_MET),
    (window("x", "closes = 2018-05-31\ndaily = [09:00:00, 15:00:00]"), "submitted = 2018-05-25T15:00:00", MET),
    (window("x", "closes = 2018-05-31\ndaily = [09:00:00, 15:00:00]"), "submitted = 2018-05-25T15:00:01", NOT_MET),
    (SECOND, 'stage = "two"\nsubmitted = 2018-06-01T00:00:00', NOT_MET),
    (SECOND, 'stage = "one"\nsubmitted = 2018-06-01T00:00:00', OPEN),
    (STAGES + window("x", "closes = 2018-05-31"), 'stage = "one"\nsubmitted = 2018-05-31T00:00:00', MET),
]


@pytest.mark.parametrize("windows, given, outcome", TIMES, ids=range(len(TIMES)))
def test_an_application_is_in_time_within_one_of_the_windows_of_its_stage(windows, given, outcome):
    assert finding('{ in_time = "submission" }', given, calendar=CALENDAR, more=windows).outcome is outcome


@pytest.mark.parametrize("at, outcome", [("2018-05-01T12:00:00", MET), ("2018-05-01T12:00:01", NOT_MET)])
def test_a_question_is_in_time_until_its_own_end(at, outcome):
    assert finding('{ in_time = "questions" }', f"question = {at}", more=SPRING).outcome is outcome


def test_questions_without_an_end_that_is_stated_stay_open():
    told = finding('{ in_time = "questions" }', "question = 2018-10-01T12:00:00", more=AUTUMN)
    assert told.outcome is OPEN
    assert told.evidence == (Reason.of("moment.given", moment="2018-10-01 12:00:00"),)


def test_every_test_of_the_vocabulary_has_an_answer_and_there_is_no_other():
    assert {*testing._TESTS, "every_application"} == set(TESTS)
    with pytest.raises(KeyError):
        testing.tested(Matching(small_call(), Situation()), Need("mood"), over="application")
