"""What is looked at on every page, whoever reads it: its language, its one heading, its width, and what axe finds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

NARROW, WIDE = 320, 1280
WORDS, A_NAME = True, False
"""Whether a page's heading is said in the reader's language, or is somebody's name."""


def nothing_to_scroll_sideways(page: Page) -> None:
    """See that the page is no wider than its window."""
    needed, given = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert needed <= given, f"{page.url} is {needed} pixels wide in a window of {given}"


def look_at(page: Page, address: str, language: str, accessible: Callable[[Page], None], status: int = 200) -> str:
    """Open a page and look at it wide and light, then narrow and dark; gives its heading."""
    page.set_viewport_size({"width": WIDE, "height": 900})
    page.emulate_media(color_scheme="light")
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == status, f"{address}: {answer.status}"
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page).to_have_title(re.compile(r"^\S.* – Samspel$"))
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_count(1)
    nothing_to_scroll_sideways(page)
    accessible(page)
    page.set_viewport_size({"width": NARROW, "height": 800})
    page.emulate_media(color_scheme="dark")
    nothing_to_scroll_sideways(page)
    accessible(page)
    return heading.inner_text()
