"""The managing authority carries a new application, in Swedish, from eligibility to a decision that all can read."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.journeys import applying

CALL = "Klustersamverkan över regiongränser 2016"
NAME = applying.NAME
GRADES = {
    "Relevans": "[Påhittad bedömning] Behovet är detsamma i alla tre regionerna och går inte att möta på ett ställe.",
    "Samverkan": "[Påhittad bedömning] Vind, sol och värme har var sin part, och ingen kan undvaras.",
    "Måluppfyllelse": "[Påhittad bedömning] Målen går att mäta varje månad, och budgeten räcker till dem.",
    "Bestående förändring": "[Påhittad bedömning] Tjänsten säljs vidare, och avtalet om driften är klart.",
}
GRANTED = (
    "SVIFFT – Sveriges framtida flyg- och rymdindustri",
    "Innovation Square",
    "Hälsa hem",
    "Cellstigen (påhittad)",
    "Råvara till rätt (påhittad)",
    NAME,
)
LEFT_OUT = "Trygga bojar (påhittad)"


def test_from_an_application_to_a_public_decision(new_page, sign_in, picture):
    applicant = new_page(language="en")
    sign_in(applicant, "Frida")
    applying.apply(applicant)

    page = new_page(language="sv")
    sign_in(page, "Ada")
    _find_eligible(page, picture)
    sign_in(page, "Disa")
    _grade_and_hand_in(page, picture)
    sign_in(page, "Ada")
    _close_the_call(page, picture)
    _propose(page)
    _see_who_is_left_out_and_why(page, picture)
    _the_proposer_cannot_decide(page)
    sign_in(page, "Cleo")
    _decide(page)
    _everybody_can_read_the_results(new_page, picture)
    _the_applicant_is_told(applicant)
    sign_in(page, "Ada")
    _the_journal_holds_it_all(page)


def _open_the_call_at_the_desk(page):
    page.goto("/desk/")
    page.get_by_role("link", name=CALL).click()
    expect(page.get_by_role("heading", level=1, name=CALL)).to_be_visible()


def _find_eligible(page, picture):
    _open_the_call_at_the_desk(page)
    expect(page.get_by_role("heading", name="Behörighetspröva 1 ansökan")).to_be_visible()
    picture(page, "desk-call-sv")
    page.get_by_role("link", name=NAME).click()
    applying.rule_answers(page, "Minst tre klusterorganisationer eller FoI-plattformar", "Uppfyllt")
    page.get_by_label("Motivering").fill(
        "[Påhittad bedömning] Alla krav är uppfyllda. Tre parter räknas, från tre regioner."
    )
    picture(page, "eligibility-sv")
    page.get_by_role("button", name="Förklara behörig").click()
    expect(_line_of(page, NAME)).to_contain_text("behörig")


def _grade_and_hand_in(page, picture):
    page.get_by_role("link", name=NAME).click()
    for criterion, motivation in GRADES.items():
        page.get_by_role("group", name=f"Betyg på {criterion}").get_by_label("MVG").check()
        page.get_by_label(f"Motivering till betyget på {criterion}").fill(motivation)
    picture(page, "assess-sv")
    page.get_by_role("button", name="Lämna in").click()
    summary = page.get_by_role("alert").filter(has_text="Det här behöver rättas")
    expect(summary, "nobody hands in without a word on conflicts of interest").to_be_visible()
    expect(page.get_by_label("Motivering till betyget på Relevans")).to_have_value(GRADES["Relevans"])
    page.get_by_label("Jag är inte jävig i den här ansökan.").check()
    page.get_by_role("button", name="Lämna in").click()
    expect(page.get_by_text("Inlämnad: 20 poäng.")).to_be_visible()


def _close_the_call(page, picture):
    _open_the_call_at_the_desk(page)
    expect(_line_of(page, NAME)).to_contain_text("20")
    page.get_by_text("stänga den").last.click()
    page.get_by_role("button", name="Stäng utlysningen nu").click()
    expect(page.get_by_text("Utlysningen är stängd.")).to_be_visible()


def _propose(page):
    page.get_by_role("link", name="Urval", exact=True).click()
    page.get_by_role("button", name="föreslå").click()
    chosen = page.get_by_role("table", name="Valda")
    for name in GRANTED:
        expect(chosen.get_by_role("rowheader", name=name)).to_be_visible()
    expect(chosen.get_by_role("rowheader")).to_have_count(len(GRANTED) + 1)


def _see_who_is_left_out_and_why(page, picture):
    others = page.get_by_role("region", name="De andra, och varför inte")
    one = others.get_by_role("listitem").filter(has=page.get_by_role("link", name=LEFT_OUT))
    expect(one).to_contain_text("12")
    expect(one.get_by_role("paragraph").filter(has_text=re.compile(r"poäng|projekt"))).not_to_have_count(0)
    picture(page, "selection-sv")


def _the_proposer_cannot_decide(page):
    decision = page.get_by_role("region", name="Beslut")
    expect(decision.get_by_role("button")).to_have_count(0)
    expect(decision).to_contain_text("beslutsfattare")


def _decide(page):
    page.get_by_role("main").get_by_role("link", name=re.compile("förslag", re.IGNORECASE)).first.click()
    page.get_by_role("button", name="Besluta enligt förslaget").click()
    expect(page.get_by_role("alert").filter(has_text="Motivering till beslutet")).to_be_visible()
    page.get_by_label("Motivering till beslutet").fill(
        "[Påhittat beslut] Inget annat urval inom ramen når fler poäng, och varje bedömning är motiverad."
    )
    page.get_by_role("button", name="Besluta enligt förslaget").click()
    expect(page.get_by_role("heading", level=1, name="Resultat")).to_be_visible()


def _everybody_can_read_the_results(new_page, picture):
    public = new_page(language="sv")
    public.goto("/calls/kluster-2016/results/")
    granted = public.get_by_role("table", name="Beviljade projekt")
    for name in GRANTED:
        expect(granted.get_by_role("rowheader", name=name)).to_be_visible()
    expect(granted.get_by_role("rowheader")).to_have_count(len(GRANTED) + 1)
    expect(public.get_by_role("article").filter(has_text=LEFT_OUT)).to_be_visible()
    picture(public, "results-sv")

    english = new_page(language="en")
    english.goto("/calls/kluster-2016/results/")
    expect(english.get_by_role("heading", level=1, name="Results")).to_be_visible()
    picture(english, "results-en", beginning=english.get_by_role("heading", name="Applications not granted, and why"))


def _the_applicant_is_told(page):
    page.goto("/work/")
    page.get_by_role("row", name=NAME).get_by_role("link", name="approved").click()
    decision = page.get_by_role("region", name="The decision")
    expect(decision).to_contain_text("20 points")
    expect(page.get_by_role("table", name="20 points in all")).to_contain_text(GRADES["Relevans"])


def _the_journal_holds_it_all(page):
    page.goto("/desk/journal/")
    lines = page.get_by_role("main").get_by_role("listitem")
    for line in (
        "Demo beslutsfattare Cleo fattade beslut enligt förslaget",
        "Demo handläggare Ada föreslog ett urval",
        "Demo bedömare Disa lämnade in sin bedömning",
        "Demo handläggare Ada fann ansökan behörig",
    ):
        expect(lines.filter(has_text=line).first).to_be_visible()
    page.get_by_role("link", name="Kontrollera kedjan nu").click()
    expect(page.get_by_role("status").filter(has_text="Kedjan håller.")).to_be_visible()


def _line_of(page, name):
    return page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=name))
