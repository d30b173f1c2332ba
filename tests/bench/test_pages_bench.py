"""The benchmark of pages tells what it measured in the agreed shape, also where its peer cannot be fetched."""

from __future__ import annotations

import json

import pytest

from samspel.bench import pages
from samspel.bench.pages import PAIRS, compared

FIELDS = {"name", "n", "peer", "ours_s", "peer_s", "ratio", "note"}
OURS = {
    "pages": {
        pair.ours: {"cpu_s": 0.002, "sql": 2, "bytes": 9000, "status": 200, "etag": True, "requests": 5}
        for pair in PAIRS
    },
    "versions": {"samspel": "0.1.0", "django": "6.1.3"},
}
THEIRS = {
    "pages": {
        pair.theirs: {"cpu_s": 0.01, "sql": 9, "bytes": 4000, "status": 200, "etag": False, "requests": 5}
        for pair in PAIRS
    },
    "versions": {"pretalx": pages.PEER_VERSION, "django": "6.0.10"},
}


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.name)
def test_a_pair_is_told_with_time_queries_and_bytes(pair):
    told = json.loads(compared(pair, OURS, THEIRS).as_json())
    assert set(told) == FIELDS
    assert (told["name"], told["n"], told["ours_s"], told["peer_s"], told["ratio"]) == (pair.name, 5, 0.002, 0.01, 5.0)
    assert "SQL ours/peer: 2/9" in told["note"]
    assert "bytes ours/peer: 9000/4000" in told["note"]


def test_without_a_network_samspel_is_measured_alone(tmp_path, monkeypatch):
    # The installer itself is told that there is no network, and has nothing kept from before.
    monkeypatch.setenv("UV_OFFLINE", "1")
    monkeypatch.setenv("UV_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.delenv("UV_FIND_LINKS", raising=False)
    records = [json.loads(record.as_json()) for record in pages.run(requests=5, peers=tmp_path)]
    assert [told["name"] for told in records] == [pair.name for pair in PAIRS]
    for told in records:
        assert set(told) == FIELDS
        assert told["n"] == 5
        assert told["ours_s"] > 0
        assert told["peer_s"] is told["ratio"] is None
        assert told["peer"] == f"pretalx {pages.PEER_VERSION}"
        assert "peer not measured: pretalx could not be made here" in told["note"]
