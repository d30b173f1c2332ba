"""What a cluster manager does, step by step and in English: forms a constellation, writes the application, sends it.

Everything written here is invented, and says so; it is in Swedish, as the applications of the demonstration are.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

NAME = "Jämn vind (påhittad)"
OWN = "Exempelklustret Vindpusten (påhittad)"
SOLAR = "Exempelplattformen Solglimten (påhittad)"
HEAT = "Exempelklustret Värmeslingan (påhittad)"

ENOUGH_CLUSTERS = "At least three cluster organisations or RDI platforms"
ENOUGH_REGIONS = "From at least two regions (NUTS2)"
ONE_THEME = "One sector or theme in common"
TIED_TO_PRIORITIES = "The theme belongs to a priority of every region that takes part"

NEED = "[Påhittat innehåll] Vinden kommer i byar. Små kraftverk i våra tre regioner betalar var för sig för samma sak."
TOGETHER = "[Påhittat innehåll] En av oss kan vind, en sol och en värme. Bara tillsammans kan vi jämna ut ett dygn."
GOALS = "[Påhittat innehåll] Tolv kraftverk har prövat, och topparna är en tiondel lägre. Vi mäter varje månad."
LASTING = "[Påhittat innehåll] Styrningen säljs som en tjänst, och vi tre har avtalat om att driva den i fem år."


def rule(page: Page, text: str) -> Locator:
    """The place where a rule of the call answers."""
    return page.get_by_role("listitem").filter(has=page.get_by_text(text, exact=True))


def rule_answers(page: Page, text: str, word: str) -> None:
    """See that a rule answers with this word."""
    expect(rule(page, text).get_by_text(word, exact=True)).to_be_visible()


def start_a_constellation(page: Page, name: str = NAME) -> None:
    """Begin from the page of one's own work."""
    page.goto("/work/")
    page.get_by_role("link", name="Start a constellation", exact=True).click()
    page.get_by_label("Name of the constellation").fill(name)
    page.get_by_role("button", name="Start the constellation").click()
    expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()


def add_partner(page: Page, organisation: str) -> None:
    """Search the register and add whom one finds."""
    page.get_by_label("Name, kind, region, host or field").fill(organisation)
    page.get_by_role("button", name="Search").click()
    found = page.get_by_role("table", name="Organisations found")
    found.get_by_role("button", name=f"Add {organisation}").click()
    expect(page.get_by_role("table", name="members").get_by_role("rowheader", name=organisation)).to_be_visible()


def choose_theme_and_priorities(page: Page, theme: str, priorities: dict[str, str]) -> None:
    """Choose the common theme, and in each region the priority that it belongs to."""
    page.get_by_label("Theme", exact=True).select_option(theme)
    for region, priority in priorities.items():
        page.get_by_role("group", name=region).get_by_role("checkbox", name=priority).check()
    page.get_by_role("button", name="Save theme and priorities").click()
    expect(page.get_by_text("Theme and priorities are saved.")).to_be_visible()


def start_the_application(page: Page) -> None:
    """Go on from the constellation to its application."""
    page.get_by_role("button", name="Start the application").click()
    expect(page.get_by_text("The application has been started.")).to_be_visible()


def write_answers(page: Page) -> None:
    """Answer the call's questions; the last one is optional."""
    page.get_by_label("Which need does the project answer?").fill(NEED)
    page.get_by_label("What will you do together that none of you can do alone?").fill(TOGETHER)
    page.get_by_label("What are the project's goals").fill(GOALS)
    page.get_by_label("What remains when the support ends?").fill(LASTING)


def write_budget(page: Page, *costs: str, grant: str) -> None:
    """Say what each partner spends, and what grant is applied for."""
    for organisation, cost in zip((OWN, SOLAR, HEAT), costs, strict=True):
        page.get_by_label(organisation).fill(cost)
    page.get_by_label("Grant applied for").fill(grant)


def write_cofunder(page: Page, number: int, funder: str, amount: str, *, kind: str, form: str, state: str) -> None:
    """Say who puts in what besides the grant."""
    row = page.get_by_role("group", name=f"Co-funder {number}")
    row.get_by_label("Funder").fill(funder)
    row.get_by_label("Amount").fill(amount)
    row.get_by_label("Whose money").select_option(kind)
    row.get_by_label("Form").select_option(form)
    row.get_by_label("How far it has come").select_option(state)


def write_cofunding(page: Page, first_amount: str = "300 000") -> None:
    """Name two co-funders, who together with the grant cover all costs."""
    region, plants = "Region Exempelbygden (påhittad)", "Exempelkraftverken (påhittad)"
    write_cofunder(page, 1, region, first_amount, kind="public", form="cash", state="decided")
    write_cofunder(page, 2, plants, "160 000", kind="private", form="in kind", state="intended")


def save_and_go_on(page: Page, to: str) -> None:
    """Save this part and come to the next page, with this heading."""
    page.get_by_role("button", name="Save and go on").click()
    expect(page.get_by_role("heading", level=1, name=to)).to_be_visible()


def send_in(page: Page) -> str:
    """Send the application, and give the number on the receipt."""
    page.get_by_role("button", name="Send the application").click()
    return receipt_number(page)


def receipt_number(page: Page) -> str:
    """The number on the receipt that the page shows."""
    heading = page.get_by_role("heading", level=1, name=re.compile(r"^Receipt \S+$"))
    expect(heading).to_be_visible()
    return heading.inner_text().split()[-1]


def apply(page: Page) -> str:
    """Go the whole way, from nothing to the receipt; gives its number."""
    start_a_constellation(page)
    add_partner(page, SOLAR)
    add_partner(page, HEAT)
    choose_theme_and_priorities(page, "Energy", PRIORITIES)
    start_the_application(page)
    page.get_by_role("link", name="Begin writing").click()
    write_answers(page)
    save_and_go_on(page, "Budget")
    write_budget(page, "360 000", "280 000", "270 000", grant="450 000")
    save_and_go_on(page, "Co-funding")
    write_cofunding(page)
    save_and_go_on(page, NAME)
    return send_in(page)


PRIORITIES = {
    "SE322": "Sustainable energy",
    "SE311": "Systems solutions with photovoltaics",
    "SE125": "Energy",
}
"""In each partner's county, the priority that the theme belongs to."""
