"""Two cluster managers write on the same part at once: the later one is told, sees both texts, and loses neither."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys import applying as step

QUESTION = "Which need does the project answer?"
FRIDAS = "[Påhittat innehåll] Vinden kommer i byar."
ELMASTENS = "[Påhittat innehåll] Våra fabriker kan inte flytta sin förbrukning."
ELMASTEN = "Exempelklustret Elmasten (påhittad)"
TOLD = "Demo klusterledare för Elmasten saved this part while you were writing"


@pytest.fixture
def both(new_page, sign_in):
    """Give Frida's and Elmasten's pages, both open at the answers of the application that they share."""
    frida, elmasten = new_page(language="en"), new_page(language="en")
    sign_in(frida, "Frida")
    step.start_a_constellation(frida)
    step.add_partner(frida, ELMASTEN)
    step.start_the_application(frida)
    frida.get_by_role("link", name="Begin writing").click()

    sign_in(elmasten, "Elmasten")
    elmasten.get_by_role("row", name=step.NAME).get_by_role("link", name="draft").click()
    elmasten.get_by_role("table", name="How far each part has come").get_by_role("link", name="Answers").click()
    expect(elmasten.get_by_label(QUESTION)).to_have_value("")
    return frida, elmasten


def test_the_later_writer_is_told_and_chooses(both):
    frida, elmasten = both
    elmasten.get_by_label(QUESTION).fill(ELMASTENS)
    _save(elmasten)
    expect(elmasten.get_by_role("main").get_by_text("Saved at").first).to_be_visible()

    frida.get_by_label(QUESTION).fill(FRIDAS)
    _save(frida)
    _both_texts_are_shown(frida)

    _reload_gives(elmasten, ELMASTENS)
    together = f"{FRIDAS} {ELMASTENS}"
    frida.get_by_label(QUESTION).fill(together)
    frida.get_by_role("button", name="Replace what is stored with mine").click()
    expect(frida.get_by_role("heading", level=1, name="Budget")).to_be_visible()
    _reload_gives(elmasten, together)


def test_what_was_written_survives_a_reload(both):
    frida, elmasten = both
    elmasten.get_by_label(QUESTION).fill(ELMASTENS)
    expect(elmasten.get_by_role("status").filter(has_text="Saved at")).to_be_visible()

    frida.get_by_label(QUESTION).fill(FRIDAS)
    expect(frida.get_by_role("status").filter(has_text="Somebody else has changed this part")).to_be_visible()
    frida.reload()
    expect(frida.get_by_label(QUESTION)).to_have_value(ELMASTENS)
    frida.get_by_role("button", name="Put it back").click()
    _both_texts_are_shown(frida)

    frida.get_by_role("link", name="Keep what is stored and drop mine").click()
    expect(frida.get_by_label(QUESTION)).to_have_value(ELMASTENS)


def _save(page):
    page.get_by_role("button", name="Save", exact=True).click()


def _both_texts_are_shown(page):
    expect(page.get_by_role("alert").get_by_role("heading", name=TOLD)).to_be_visible()
    differing = page.get_by_role("region", name="Where they differ")
    expect(differing).to_contain_text(ELMASTENS)
    expect(differing).to_contain_text(FRIDAS)
    expect(page.get_by_label(QUESTION)).to_have_value(FRIDAS)


def _reload_gives(page, text):
    page.reload()
    expect(page.get_by_label(QUESTION)).to_have_value(text)
