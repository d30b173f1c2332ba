"""Two people at once: one receipt for two presses of the button, and of two writers the later one is told.

Runs in a process and a database of its own, since it needs transactions that really end; on PostgreSQL too.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from tests.store.race import ROUNDS
from tests.worlds.situations import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.database


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Give the environment of a database of its own: a file, or a database on the PostgreSQL server at hand."""
    folder: Path = tmp_path_factory.mktemp("race")
    environment = os.environ | {
        "SAMSPEL_DATA": str(folder),
        "DJANGO_SETTINGS_MODULE": "samspel.site.settings",
        "PYTHONPATH": str(ROOT),
    }
    address = environment.pop("DATABASE_URL", "")
    if not address:
        yield environment
        return
    import psycopg

    server_address, name = address.rpartition("/")[0], f"samspel_race_{os.getpid()}"
    with psycopg.connect(f"{server_address}/postgres", autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
        try:
            yield environment | {"DATABASE_URL": f"{server_address}/{name}"}
        finally:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(scope="module")
def told(database: dict[str, str]) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.store.race"], env=database, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def test_of_two_writers_one_saves_and_the_other_is_told(told):
    for revision, round_ in enumerate(told["saves"], start=2):
        assert round_[1] == f"saved {revision}"
        assert round_[0].startswith("EditConflictError")
    assert told["revision"] == ROUNDS + 1
    assert told["save_lines"] == 3 + ROUNDS, "three parts were written first"


def test_two_presses_of_the_button_make_one_submission(told):
    assert told["submissions"] == ["KLUSTER-2016-0001"]
    assert told["submit_lines"] == 1


def test_both_presses_give_the_same_receipt(told):
    assert told["submits"] == ["KLUSTER-2016-0001", "KLUSTER-2016-0001"]


def test_the_chain_holds_after_it_all(told):
    assert told["broken"] is None
