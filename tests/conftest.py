"""What every test may ask for: a browser page, a look at its accessibility, a picture for the documentation.

A test that asks for the database is marked `database` by itself, and one that asks for a page is marked `browser`, so
that nobody has to remember it: the first kind runs once more on PostgreSQL.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"

pytest_plugins = ["tests.worlds.fixtures"]

DATABASE_FIXTURES = {"db", "transactional_db", "django_db_reset_sequences", "django_db_setup", "live_server"}
BROWSER_FIXTURES = {"chromium", "context", "page", "new_page"}

CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# The same examples everywhere, and no stop-watch: a slow machine is no fault of the code.
settings.register_profile(
    "samspel", deadline=None, derandomize=True, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
# `HYPOTHESIS_PROFILE=search` looks for new examples, and for longer.
settings.register_profile("search", deadline=None, max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "samspel"))


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--shots`, which lets the tests write the documentation's pictures."""
    parser.addoption("--shots", action="store_true", help="write the pictures in docs/pictures anew")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs the database and what needs a browser, before anything is chosen by marker."""
    for item in items:
        asked = set(getattr(item, "fixturenames", ()))
        if asked & DATABASE_FIXTURES or item.get_closest_marker("django_db"):
            item.add_marker("database")
        if asked & BROWSER_FIXTURES:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Start Debian's Chromium, once for all tests of this process."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        why = "Chromium is not installed (on Debian: apt-get install chromium)"
        pytest.fail(why) if os.environ.get("CI") else pytest.skip(why)
    # The browser's driver runs an event loop in this thread, which Django would take for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def new_page(chromium: Browser, live_server: object) -> Iterator[Callable[..., Page]]:
    """Give a way to open pages, each in a browser of its own: `new_page(width=320, language="en", dark=True)`.

    When the test ends, it fails if any page wrote an error in its console (a broken script, a breach of the content
    security policy, a missing file), or asked anything of another server than Samspel's.
    """
    opened: list[BrowserContext] = []
    complaints: list[str] = []
    home = str(getattr(live_server, "url", ""))

    def complain(message: ConsoleMessage) -> None:
        # A page that answers 4xx on purpose is the test's own business.
        if message.type == "error" and "the server responded with a status of 4" not in message.text:
            complaints.append(f"{message.location.get('url', '')}: {message.text}")

    def look(request: Request) -> None:
        if not request.url.startswith((home, "data:", "blob:", "about:")):
            complaints.append(f"asked another server: {request.url}")

    def open_page(
        *, width: int = 1280, height: int = 900, language: str = "sv", dark: bool = False, scripts: bool = True
    ) -> Page:
        context = chromium.new_context(
            base_url=home,
            viewport={"width": width, "height": height},
            locale={"sv": "sv-SE", "en": "en-GB"}[language],
            timezone_id="Europe/Stockholm",
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            java_script_enabled=scripts,
        )
        context.set_default_timeout(15_000)
        context.on("console", complain)
        context.on("weberror", lambda error: complaints.append(str(error.error)))
        context.on("request", look)
        opened.append(context)
        return context.new_page()

    yield open_page
    for context in opened:
        context.close()
    assert not complaints, "\n".join(complaints)


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """Open one page at 1280 pixels, in Swedish."""
    return new_page()


@pytest.fixture(scope="session")
def accessible() -> Callable[[Page], None]:
    """Give a check that axe-core finds no breach of WCAG 2.2 A or AA on the page as it stands."""
    from axe_playwright_python.sync_playwright import Axe

    axe = Axe()
    rules = {
        "resultTypes": ["violations"],
        "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }

    def look(page: Page) -> None:
        found = axe.run(page, options=rules)
        told = [
            f"{breach['id']} ({breach['impact']}): {breach['help']}\n"
            + "\n".join(f"    {' '.join(map(str, node['target']))}" for node in breach["nodes"])
            for breach in found.response["violations"]
        ]
        assert not told, f"{page.url}\n" + "\n".join(told)

    return look


@pytest.fixture
def picture(request: pytest.FixtureRequest) -> Callable[[Page, str], None]:
    """Give a way to take a picture for the documentation; without `--shots` it does nothing."""
    wanted: bool = request.config.getoption("--shots")

    def take(page: Page, name: str) -> None:
        if wanted:
            PICTURES.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=PICTURES / f"{name}.png", full_page=True)

    return take
