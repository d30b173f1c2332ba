"""The pages of a selection that was proposed, then of the decision, as everybody who may open them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import serving
from tests.journeys.looking import A_NAME, WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.journeys.conftest import Demonstration, Server

ADA, CLEO = ("--as", "officer@demo.invalid"), ("--as", "decision-maker@demo.invalid")
CALL, DESK_CALL = "/calls/kluster-2016/", "/desk/calls/kluster-2016/"
CHOSEN, LEFT_OUT = 1, 7
"""The numbers of an application that was chosen, SVIFFT, and of one that was not, Öppet skafferi."""


@pytest.fixture(scope="module")
def live_server(prepared: Demonstration, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Serve the demonstration with the call closed and a selection proposed."""
    folder = tmp_path_factory.mktemp("decided")
    demonstration = prepared.copied(folder / "data")
    try:
        demonstration.samspel("calls", "close", "kluster-2016", *ADA)
        demonstration.samspel("selection", "propose", "kluster-2016", *ADA)
        with serving(demonstration, folder) as server:
            yield server
    finally:
        demonstration.drop()


@pytest.fixture(scope="module")
def decided(live_server: Server) -> None:
    """Let the decision maker decide."""
    live_server.demonstration.samspel("selection", "decide", "kluster-2016", "--motivation", "[Påhittat] Ja.", *CLEO)


@pytest.mark.parametrize("who", ["Ada", "Cleo"])
def test_a_proposed_selection(look_at_all, who):
    pages = {"/work/": WORDS, "/desk/": WORDS, DESK_CALL: WORDS, f"{DESK_CALL}selection/": WORDS}
    look_at_all(who, pages)


def test_the_decision_maker_is_asked_to_decide(new_page, sign_in):
    page = new_page(language="en")
    sign_in(page, "Cleo")
    expect(page.get_by_role("heading", name="Selections to decide on")).to_be_visible()
    page.get_by_role("region", name="Selections to decide on").get_by_role("link").first.click()
    expect(page.get_by_role("button", name="Decide as proposed")).to_be_visible()


@pytest.mark.parametrize(
    "who, pages",
    [
        (
            "",
            {"/": WORDS, "/calls/": WORDS, CALL: WORDS, f"{CALL}results/": WORDS, f"/applications/{LEFT_OUT}/": A_NAME},
        ),
        ("Aerospace Cluster Sweden", {"/work/": WORDS, f"/applications/{CHOSEN}/": A_NAME}),
        ("Bärskålen", {f"/applications/{LEFT_OUT}/": A_NAME}),
        ("Cleo", {DESK_CALL: WORDS, f"{DESK_CALL}selection/": WORDS}),
    ],
    ids=["public", "chosen", "left-out", "decision-maker"],
)
def test_what_was_decided(look_at_all, decided, who, pages):
    look_at_all(who, pages)
