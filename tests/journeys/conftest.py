"""A real Samspel for each journey: its own server process on its own copy of the demonstration.

The demonstration is set up once, by the command that the README gives, and copied for each journey: a file on the
embedded database, a database made from a template on PostgreSQL.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

import pytest

from tests.journeys.looking import look_at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from playwright.sync_api import Locator, Page

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "docs" / "pictures"
SAMSPEL = str(Path(sys.executable).parent / "samspel")
PATIENCE_S = 60


@dataclass
class Demonstration:
    """A demonstration in a folder and, on PostgreSQL, a database of its own; `samspel` runs Samspel's command in it."""

    folder: Path
    database: str = ""

    @property
    def url(self) -> str:
        """The address of its database on PostgreSQL; empty on the embedded database."""
        return _named(_postgres(), self.database) if _postgres() else ""

    def environment(self) -> dict[str, str]:
        """What the command finds in the environment: this demonstration, and nothing of another installation."""
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("DATABASE", "SAMSPEL", "DJANGO"))
        }
        own = {"SAMSPEL_DATA": str(self.folder), "SAMSPEL_DEMO_DATA": str(self.folder), "SAMSPEL_DEMO": "1"}
        return kept | own | ({"SAMSPEL_DEMO_DATABASE": self.url, "DATABASE_URL": self.url} if self.url else {})

    def samspel(self, *command: str) -> str:
        """Run a command, and give what it said."""
        done = subprocess.run(
            [SAMSPEL, *command], cwd=ROOT, env=self.environment(), capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"samspel {' '.join(command)}\n{done.stdout}{done.stderr}"
        return done.stdout

    def copied(self, folder: Path) -> Demonstration:
        """Make a copy in another folder."""
        shutil.copytree(self.folder, folder)
        if not _postgres():
            return Demonstration(folder)
        name = f"{self.database}_{time.monotonic_ns()}"
        _on_server(f"CREATE DATABASE {name} TEMPLATE {self.database}")
        return Demonstration(folder, name)

    def drop(self) -> None:
        """Take its database away from PostgreSQL."""
        if self.database:
            _on_server(f"DROP DATABASE {self.database} WITH (FORCE)")


@dataclass
class Server:
    """A running Samspel, and the demonstration that it serves."""

    url: str
    demonstration: Demonstration = field(repr=False)


def _postgres() -> str:
    """The server on which the suite runs, if it is PostgreSQL."""
    return os.environ.get("DATABASE_URL", "")


def _named(url: str, name: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def _on_server(statement: str) -> None:
    """Carry out a statement on the PostgreSQL server, outside any transaction."""
    import psycopg
    from psycopg.sql import SQL

    with psycopg.connect(_named(_postgres(), "postgres"), autocommit=True) as connection:
        connection.execute(SQL(statement))


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demonstration]:
    """Set the demonstration up once."""
    database = f"samspel_journeys_{os.getpid()}" if _postgres() else ""
    if database:
        _on_server(f"CREATE DATABASE {database}")
    demonstration = Demonstration(tmp_path_factory.mktemp("prepared") / "data", database)
    demonstration.folder.mkdir()
    try:
        demonstration.samspel("demo", "--no-serve")
        yield demonstration
    finally:
        demonstration.drop()


@contextmanager
def serving(demonstration: Demonstration, folder: Path) -> Iterator[Server]:
    """Serve a demonstration on a free port; what the server says goes to a file, which must hold no fault."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    said = folder / "server.log"
    with said.open("wb") as log:
        process = subprocess.Popen(
            [SAMSPEL, "serve", "--port", str(port)],
            cwd=ROOT,
            env=demonstration.environment(),
            stdout=log,
            stderr=log,
        )
        url = f"http://127.0.0.1:{port}"
        try:
            _wait_for(f"{url}/health/", process, said)
            yield Server(url, demonstration)
        finally:
            process.terminate()
            process.wait(timeout=PATIENCE_S)
    told = said.read_text(encoding="utf-8")
    assert "Traceback" not in told, told


def _wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        assert process.poll() is None, log.read_text(encoding="utf-8")
        try:
            with urllib.request.urlopen(address, timeout=2):  # noqa: S310 - our own server on this machine
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"{address} does not answer\n{log.read_text(encoding='utf-8')}")


@pytest.fixture
def live_server(prepared: Demonstration, tmp_path: Path) -> Iterator[Server]:
    """Serve a copy of the demonstration for one journey."""
    demonstration = prepared.copied(tmp_path / "data")
    try:
        with serving(demonstration, tmp_path) as server:
            yield server
    finally:
        demonstration.drop()


@pytest.fixture(autouse=True)
def _live_server_helper() -> None:
    """Keep away the test database, which a server in a thread of the tests would need: ours has its own."""


@pytest.fixture(scope="session", autouse=True)
def _patience() -> None:
    """Wait as long for what a page is to show as for the page itself: a busy machine is no fault of the page."""
    from playwright.sync_api import expect

    expect.set_options(timeout=15_000)


@pytest.fixture
def sign_in() -> Callable[[Page, str], None]:
    """Give a way to sign in with one click, as somebody whose name contains these words."""

    def click(page: Page, who: str) -> None:
        page.goto("/demo/")
        page.get_by_role("main").get_by_role("link", name=who).first.click()
        page.wait_for_url("**/work/")

    return click


@pytest.fixture
def look_at_all(
    new_page: Callable[..., Page], sign_in: Callable[[Page, str], None], accessible: Callable[[Page], None]
) -> Callable[[str, Mapping[str, bool]], None]:
    """Give a way to look at pages in both languages, signed in as somebody (or nobody): `look_at_all("Ada", pages)`.

    `pages` says of each address whether the heading is in words, which differ between the languages, or is a name.
    """

    def look(who: str, pages: Mapping[str, bool]) -> None:
        headings = {}
        for language in ("sv", "en"):
            page = new_page(language=language)
            if who:
                sign_in(page, who)
            headings[language] = {address: look_at(page, address, language, accessible) for address in pages}
        untold = [
            address for address, words in pages.items() if words and headings["sv"][address] == headings["en"][address]
        ]
        assert not untold, f"the same heading in both languages: {untold}"

    return look


@pytest.fixture
def picture(request: pytest.FixtureRequest) -> Callable[..., None]:
    """Give a way to take a picture for the documentation, of what the window shows: `picture(page, "receipt-en")`.

    `beginning` scrolls so that the picture begins there. Without `--shots` nothing happens.
    """
    wanted: bool = request.config.getoption("--shots")

    def take(page: Page, name: str, beginning: Locator | None = None) -> None:
        if not wanted:
            return
        PICTURES.mkdir(parents=True, exist_ok=True)
        if beginning is None:
            page.evaluate("scrollTo(0, 0)")
        else:
            beginning.evaluate("place => place.scrollIntoView()")
        page.screenshot(path=PICTURES / f"{name}.png")

    return take
