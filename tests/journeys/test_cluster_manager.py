"""A cluster manager comes from nothing to a receipt: with everything that helps on the way, and without JavaScript."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys import applying as step

BUDGET = ("360 000", "280 000", "270 000")


def test_from_nothing_to_a_receipt(new_page, sign_in, picture):
    page = new_page(language="en")
    sign_in(page, "Frida")

    step.start_a_constellation(page)
    _the_rules_answer_as_it_forms(page)
    picture(page, "constellation-en", beginning=page.get_by_role("heading", name="Members"))

    step.start_the_application(page)
    page.get_by_role("link", name="Begin writing").click()
    _answers_are_saved_as_they_are_written(page)
    _the_budget_says_what_is_missing(page)
    picture(page, "application-budget-en")
    _a_wrong_amount_loses_nothing(page)

    again = page.context.new_page()
    again.goto(page.url)
    number = step.send_in(page)
    assert number == "KLUSTER-2016-0013", "the thirteenth application of the demonstration"
    expect(page.get_by_text(f"The application of {step.NAME} has been received.")).to_be_visible()
    picture(page, "receipt-en")
    assert step.send_in(again) == number, "sending again, from a page left open, gives the same receipt"


@pytest.mark.parametrize("width", [1280, 320])
def test_without_javascript_it_works_the_same(new_page, sign_in, width):
    page = new_page(language="en", width=width, scripts=False)
    sign_in(page, "Frida")
    assert step.apply(page) == "KLUSTER-2016-0013"


def _the_rules_answer_as_it_forms(page):
    """With each partner and each choice one rule more is met."""
    step.rule_answers(page, step.ENOUGH_CLUSTERS, "Not met")
    step.rule_answers(page, step.ENOUGH_REGIONS, "Not met")

    step.add_partner(page, "Exempelparken Nätknuten (påhittad)")
    step.rule_answers(page, step.ENOUGH_REGIONS, "Open")
    page.get_by_role("button", name="Take out Exempelparken Nätknuten (påhittad)").click()

    step.add_partner(page, step.SOLAR)
    step.rule_answers(page, step.ENOUGH_CLUSTERS, "Not met")
    step.rule_answers(page, step.ENOUGH_REGIONS, "Met")
    step.add_partner(page, step.HEAT)
    step.rule_answers(page, step.ENOUGH_CLUSTERS, "Met")
    step.rule_answers(page, step.ONE_THEME, "Not met")
    step.rule_answers(page, step.TIED_TO_PRIORITIES, "Not met")

    step.choose_theme_and_priorities(page, "Energy", step.PRIORITIES)
    step.rule_answers(page, step.ONE_THEME, "Met")
    step.rule_answers(page, step.TIED_TO_PRIORITIES, "Met")


def _answers_are_saved_as_they_are_written(page):
    step.write_answers(page)
    expect(page.get_by_role("status").filter(has_text="Saved at")).to_be_visible()
    page.reload()
    expect(page.get_by_label("Which need does the project answer?")).to_have_value(step.NEED)
    step.save_and_go_on(page, "Budget")


def _the_budget_says_what_is_missing(page):
    """910 000 in costs with a grant of 450 000: the rest must come from co-funders."""
    step.write_budget(page, *BUDGET, grant="450 000")
    step.save_and_go_on(page, "Co-funding")
    page.get_by_role("link", name="Budget").click()
    expect(page.get_by_role("complementary")).to_contain_text("460 000")
    step.rule_answers(page, "EU grant between 200 000 and 600 000 euros", "Met")


def _a_wrong_amount_loses_nothing(page):
    page.get_by_role("link", name="Co-funding").click()
    step.write_cofunding(page, first_amount="three hundred thousand")
    page.get_by_role("button", name="Save and go on").click()
    summary = page.get_by_role("alert").filter(has_text="This needs your attention")
    expect(summary).to_be_focused()
    first, second = (page.get_by_role("group", name=f"Co-funder {number}") for number in (1, 2))
    expect(first.get_by_label("Amount")).to_have_value("three hundred thousand")
    expect(second.get_by_label("Funder")).to_have_value("Exempelkraftverken (påhittad)")
    expect(second.get_by_label("Whose money")).to_have_value("private")

    summary.get_by_role("link", name="Amount").click()
    expect(first.get_by_label("Amount")).to_be_focused()
    first.get_by_label("Amount").fill("300 000")
    step.save_and_go_on(page, step.NAME)
    expect(page.get_by_text("Nothing. The application is complete.")).to_be_visible()
    step.rule_answers(page, "Co-funding of at least 50 % of the total cost", "Met")
