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
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[2]
SAMSPEL = [str(Path(sys.executable).parent / "samspel")]
PATIENCE_S = 60


@dataclass
class Server:
    """A running Samspel."""

    url: str
    process: subprocess.Popen[bytes]


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


def _environment(data: Path, database: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE", "SAMSPEL", "DJANGO"))}
    found = {"SAMSPEL_DATA": str(data), "SAMSPEL_DEMO": "1"}
    return kept | found | ({"SAMSPEL_DEMO_DATABASE": database, "DATABASE_URL": database} if database else {})


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """Set the demonstration up once: its data folder, and the name of its database on PostgreSQL."""
    data = tmp_path_factory.mktemp("prepared")
    name = f"samspel_journeys_{os.getpid()}"
    if _postgres():
        _on_server(f"CREATE DATABASE {name}")
    database = _named(_postgres(), name) if _postgres() else ""
    done = subprocess.run(
        [*SAMSPEL, "demo", "--no-serve"],
        cwd=ROOT,
        env=_environment(data, database),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    yield data, name
    if _postgres():
        _on_server(f"DROP DATABASE {name}")


@pytest.fixture
def live_server(prepared: tuple[Path, str], tmp_path: Path) -> Iterator[Server]:
    """Serve a copy of the demonstration on a free port."""
    data, template = prepared
    own = tmp_path / "data"
    shutil.copytree(data, own)
    name = f"{template}_copy"
    if _postgres():
        _on_server(f"CREATE DATABASE {name} TEMPLATE {template}")
    database = _named(_postgres(), name) if _postgres() else ""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = (tmp_path / "server.log").open("wb")
    process = subprocess.Popen(
        [*SAMSPEL, "serve", "--port", str(port)],
        cwd=ROOT,
        env=_environment(own, database),
        stdout=log,
        stderr=log,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"{url}/health/", process, tmp_path / "server.log")
        yield Server(url, process)
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE_S)
        log.close()
        if _postgres():
            _on_server(f"DROP DATABASE {name} WITH (FORCE)")
    told = (tmp_path / "server.log").read_text(encoding="utf-8")
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
def sign_in() -> Callable[..., None]:
    """Give a way to sign in with one click, as somebody whose name contains these words."""

    def click(page: Page, who: str) -> None:
        page.goto("/demo/")
        page.get_by_role("link", name=who).or_(page.get_by_role("button", name=who)).first.click()

    return click
