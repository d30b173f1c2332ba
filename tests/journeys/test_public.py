"""Anybody, on a telephone and in Swedish, finds the way from the start page to the rules' own answers."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.journeys.applying import rule_answers
from tests.journeys.looking import nothing_to_scroll_sideways

ENOUGH_CLUSTERS = "Minst tre klusterorganisationer eller FoI-plattformar"
ENOUGH_REGIONS = "Från minst två regioner (NUTS2)"
ONE_THEME = "Ett gemensamt område"
TIED_TO_PRIORITIES = "Området hör till en prioritering i varje region som är med"
RULES = (ENOUGH_CLUSTERS, ENOUGH_REGIONS, ONE_THEME, TIED_TO_PRIORITIES)


def test_anybody_can_read_the_register_and_try_the_rules(new_page, picture):
    page = new_page(width=320, height=800, language="sv")

    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Regioner som tillsammans gör det som ingen kan göra ensam"
    )
    nothing_to_scroll_sideways(page)
    picture(page, "start-narrow-sv")

    _open_the_register(page)
    _open_a_region(page)
    _open_the_call(page)
    _try_innovation_square(page)
    picture(page, "try-narrow-sv", beginning=page.get_by_role("heading", name="Vad reglerna svarar"))
    _try_halsa_hem(page)
    _switch_language_in_place(page)


def test_pictures_of_the_public_pages(new_page, picture):
    wide = new_page(language="sv")
    wide.goto("/")
    picture(wide, "start-sv")
    wide.goto("/register/")
    picture(wide, "register-sv", beginning=wide.get_by_role("heading", name="Vem som har prioriterat vad"))
    wide.goto("/calls/kluster-2016/try/")
    wide.get_by_role("link", name="Innovation Square").click()
    _tick_priority(wide, "Hållbar industri")
    _tick_priority(wide, "Hållbart boende")
    rule_answers(wide, TIED_TO_PRIORITIES, "Uppfyllt")
    picture(wide, "try-sv", beginning=wide.get_by_role("heading", name="Vad reglerna svarar"))

    english = new_page(language="en")
    english.goto("/")
    picture(english, "start-en")
    english.goto("/calls/kluster-2016/")
    expect(english.get_by_role("heading", level=1, name="Cluster cooperation across regions 2016")).to_be_visible()
    picture(english, "call-en")

    dark = new_page(language="en", dark=True)
    dark.goto("/register/themes/energy/")
    expect(dark.get_by_role("heading", level=1, name="Energy")).to_be_visible()
    picture(dark, "theme-dark-en")


def _open_the_register(page):
    page.get_by_role("navigation", name="Huvudmeny").get_by_role("link", name="Register").click()
    matrix = page.get_by_role("table", name=re.compile("Antal prioriteringar per region och område"))
    expect(matrix.get_by_role("row", name=re.compile("^Stockholms län"))).to_be_visible()
    nothing_to_scroll_sideways(page)


def _open_a_region(page):
    page.get_by_role("link", name="Stockholms län", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Stockholms län")
    expect(page.get_by_role("table", name="Prioriteringar i Stockholms län")).to_contain_text("Hälsa, vård, omsorg")
    nothing_to_scroll_sideways(page)


def _open_the_call(page):
    page.get_by_role("navigation", name="Huvudmeny").get_by_role("link", name="Utlysningar").click()
    page.get_by_role("link", name="Klustersamverkan över regiongränser 2016").click()
    for rule in RULES:
        expect(page.get_by_text(rule, exact=True).first).to_be_visible()
    nothing_to_scroll_sideways(page)


def _try_innovation_square(page):
    page.get_by_role("main").get_by_role("link", name=re.compile("^Pröva en")).first.click()
    page.get_by_role("link", name="Innovation Square").click()
    for rule in (ENOUGH_CLUSTERS, ENOUGH_REGIONS, ONE_THEME):
        rule_answers(page, rule, "Uppfyllt")
    rule_answers(page, TIED_TO_PRIORITIES, "Inte uppfyllt")
    _tick_priority(page, "Hållbar industri")
    _tick_priority(page, "Hållbart boende")
    for rule in RULES:
        rule_answers(page, rule, "Uppfyllt")
    nothing_to_scroll_sideways(page)


def _try_halsa_hem(page):
    """No list of Västerbotten's priorities is in the register, so one rule can be answered neither way."""
    page.get_by_role("link", name="Hälsa hem").click()
    _tick_priority(page, "Hälsa, vård, omsorg")
    _tick_priority(page, "Life science, välfärdsteknik och e-hälsa")
    for rule in (ENOUGH_CLUSTERS, ENOUGH_REGIONS, ONE_THEME):
        rule_answers(page, rule, "Uppfyllt")
    rule_answers(page, TIED_TO_PRIORITIES, "Öppet")
    expect(page.get_by_text("Övre Norrland (SE33): regionens prioriteringar finns inte i registret")).to_be_visible()


def _switch_language_in_place(page):
    address = page.url
    assert "priority=" in address, "what was chosen stands in the address"
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Try a constellation")
    assert page.url.partition("#")[0] == address.partition("#")[0]
    rule_answers(page, "The theme belongs to a priority of every region that takes part", "Open")


def _tick_priority(page, name):
    """Tick a priority, and wait until the rules have answered: the address then holds it."""
    offered = page.get_by_role("group", name="De prioriteringar som området hör till")
    box = offered.get_by_role("checkbox", name=re.compile(f"^{re.escape(name)}"))
    chosen = box.get_attribute("value")
    box.check()
    expect(page).to_have_url(re.compile(f"priority={chosen}"))
