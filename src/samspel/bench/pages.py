"""Samspel's pages beside pretalx's: CPU seconds and database queries for one request, each in its own process.

Two kinds of page are compared: a call as a visitor reads it, and a form that an application is written in. Both
systems answer Django's test client inside the process, on SQLite, without a network or a server in between, so
the seconds are the pages' own; behind a web server each request costs both systems more.
pretalx is fetched from the package index the first time, into an environment of its own under `var/peers`; if
that cannot be done, Samspel is measured alone and the record says why.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings

from samspel.bench.record import Record
from samspel.engine.calls.edition import FILES
from samspel.engine.calls.reading.call import read
from samspel.engine.calls.text import said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from samspel.engine.calls.text import Call

REQUESTS = 500
PEER = "pretalx"
PEER_VERSION = "2026.2.1"
WORKERS = Path(__file__).with_name("workers")
PATIENCE = 900
"""Seconds that any one step may take; a step that hangs is a step that failed."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A page of ours beside the page of the peer that does the same, and what is compared in words."""

    name: str
    ours: str
    theirs: str
    what: str


PAIRS = (
    Pair("pages-call", "call", "call", "the call's page for a visitor not signed in, rendered anew each time"),
    Pair("pages-call-kept", "call-kept", "call", "the same page as it is kept between writes; the peer renders anew"),
    Pair(
        "pages-call-known",
        "call-known",
        "call",
        "the same page asked for by a browser that has it (304); the peer gives no ETag and answers in full",
    ),
    Pair(
        "pages-form",
        "form",
        "form",
        "an application's budget, signed in as its lead; the peer's is the first step of a proposal, not signed in",
    ),
)


class PeerMissingError(Exception):
    """The peer could not be made or would not answer; the text says why."""


def run(requests: int = REQUESTS, peers: Path | None = None) -> Iterator[Record]:
    """Measure each pair of pages; `peers` is the folder that peers are kept in.

    Raises:
        CalledProcessError: Samspel's own pages could not be measured.
    """
    ours = _ours(requests)
    try:
        theirs, why_not = _theirs(requests, peers or settings.PROJECT / "var" / "peers"), ""
    except PeerMissingError as error:
        theirs, why_not = None, str(error)
    for pair in PAIRS:
        yield compared(pair, ours, theirs, why_not)


def compared(pair: Pair, ours: dict[str, Any], theirs: dict[str, Any] | None, why_not: str = "") -> Record:
    """The record of one pair, from what the two processes measured; `why_not` says why there is no peer."""
    page = ours["pages"][pair.ours]
    beside = theirs["pages"][pair.theirs] if theirs else dict.fromkeys(page)
    told = [f"CPU seconds of one request: {pair.what}"]
    for label, key in (("SQL", "sql"), ("bytes", "bytes")):
        told.append(f"{label} ours/peer: {page[key]}/{'–' if theirs is None else beside[key]}")
    told.append(f"Django ours/peer: {ours['versions']['django']}/{theirs['versions']['django'] if theirs else '–'}")
    if theirs:
        told.append("the peer's caches are in its process, not in Redis")
    if why_not:
        told.append(f"peer not measured: {why_not}")
    return Record.of(
        name=pair.name,
        n=page["requests"],
        peer=f"{PEER} {PEER_VERSION}",
        ours_s=page["cpu_s"],
        peer_s=beside["cpu_s"],
        note="; ".join(told),
    )


def _ours(requests: int) -> dict[str, Any]:
    """Set a demonstration up in a folder that is thrown away, and measure its pages in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        surroundings = _surroundings(
            SAMSPEL_DATA=folder, SAMSPEL_DEMO_DATA=folder, DJANGO_SETTINGS_MODULE="samspel.site.settings"
        )
        samspel = [sys.executable, "-c", "from samspel.cli import main; main()"]
        _answer([*samspel, "demo", "--no-serve"], surroundings)
        measured: dict[str, Any] = json.loads(
            _answer([sys.executable, "-m", "samspel.bench.workers.samspel_pages", str(requests)], surroundings)
        )
    return measured


def _theirs(requests: int, peers: Path) -> dict[str, Any]:
    """Make the peer unless that has been done, and measure its pages with its own interpreter.

    Raises:
        PeerMissingError: there is no peer to measure.
    """
    folder = peers / PEER
    try:
        python = _fetched(folder / "venv")
        worker = [str(python), str(WORKERS / "pretalx_pages.py"), str(folder / "site"), str(requests)]
        measured: dict[str, Any] = json.loads(_answer(worker, _surroundings(), told=json.dumps(_call_in_words())))
    except subprocess.CalledProcessError as error:
        lines = (error.stderr or "").strip().splitlines() or [f"exit {error.returncode}"]
        reason = next((line for line in lines if line.startswith("error:")), lines[-1]).strip()
        raise PeerMissingError(f"{PEER} could not be made here ({reason})") from error
    except (OSError, subprocess.TimeoutExpired, json.JSONDecodeError) as error:
        raise PeerMissingError(f"{PEER} could not be made here ({error})") from error
    return measured


def _fetched(environment: Path) -> Path:
    """The interpreter of an environment that holds the peer and nothing else, of the same Python as ours."""
    python, done = environment / "bin" / "python", environment / f"fetched-{PEER_VERSION}"
    if python.exists() and done.exists():
        return python
    print(f"making the peer {PEER} {PEER_VERSION} (about a minute, the first time only) …", file=sys.stderr)
    uv = Path(sys.executable).with_name("uv")
    environment.parent.mkdir(parents=True, exist_ok=True)
    _answer([str(uv), "venv", "--quiet", "--clear", "--python", sys.executable, str(environment)], _surroundings())
    wanted = f"{PEER}=={PEER_VERSION}"
    _answer([str(uv), "pip", "install", "--quiet", "--python", str(python), wanted], _surroundings())
    done.touch()
    return python


def _call_in_words() -> dict[str, str]:
    """The seed call as the peer's page says it: purpose, calendar, rules and criteria, in English."""
    folder = settings.PROJECT / "calls" / "kluster-2016"
    call: Call = read({name: (folder / name).read_text(encoding="utf-8") for name in FILES})
    rules = "\n".join(f"- {said(rule.text, 'en')}" for rule in call.rules)
    criteria = "\n".join(f"- **{said(one.text, 'en')}**: {said(one.guidance, 'en')}" for one in call.criteria)
    parts = [said(call.purpose, "en"), said(call.calendar.note, "en"), "## Rules", rules, "## Criteria", criteria]
    return {"title": said(call.title, "en"), "text": "\n\n".join(parts)}


def _surroundings(**given: str) -> dict[str, str]:
    """The environment of a process that is to know nothing of this one's site."""
    ours = ("SAMSPEL_", "PRETALX_", "DJANGO_", "DATABASE_URL", "VIRTUAL_ENV", "PYTHONPATH")
    inherited = os.environ  # noqa: TID251 - a child process needs the rest of it: paths, proxies, certificates
    return {name: value for name, value in inherited.items() if not name.startswith(ours)} | given


def _answer(command: list[str], surroundings: dict[str, str], told: str = "") -> str:
    """What the command prints.

    Raises:
        CalledProcessError: it failed; its `stderr` says how.
        TimeoutExpired: it took too long.
    """
    return subprocess.run(  # noqa: S603 - our own commands, put together above
        command, env=surroundings, input=told, capture_output=True, check=True, text=True, timeout=PATIENCE
    ).stdout
