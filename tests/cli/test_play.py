"""The seed call played from register to decision, in a process and a database of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from samspel.engine.calls.edition import digest
from tests.worlds.situations import ROOT, call_files


def test_the_play_tells_six_funded_and_why_the_others_are_not(tmp_path: Path):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SAMSPEL_")}
    environment |= {"SAMSPEL_DATA": str(tmp_path), "SAMSPEL_DEMO_DATA": str(tmp_path)}
    command = [sys.executable, "-c", "from samspel.cli import main; main()", "demo", "--play", "--json"]
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, check=True, text=True)
    told = json.loads(done.stdout)

    assert [(one["name"], one["sector"], one["regions"], one["grade"]) for one in told["funded"]] == [
        ("SVIFFT – Sveriges framtida flyg- och rymdindustri", "aerospace", ["SE12", "SE23"], 18),
        ("Innovation Square", "textiles-architecture", ["SE21", "SE23"], 16),
        ("Hälsa hem", "health-care", ["SE11", "SE12", "SE33"], 16),
        ("Cellstigen (påhittad)", "life-science", ["SE12", "SE22", "SE23"], 14),
        ("Råvara till rätt (påhittad)", "foodstuff", ["SE12", "SE21", "SE22"], 14),
        ("Trygga bojar (påhittad)", "offshore", ["SE22", "SE23", "SE32"], 12),
    ]
    amounts = [(one["eu_grant_eur"], one["total_cost_eur"]) for one in told["funded"]]
    assert amounts[:2] == [(560_000, 1_120_000), (480_000, 1_020_000)]
    assert all(isinstance(amount, int) for pair in amounts for amount in pair)
    assert sum(grant for grant, _ in amounts) <= 3_000_000
    assert len(told["rejected"]) == 6
    assert all(one["why_not"] and one["outcome"] in ("rejected", "dismissed") for one in told["rejected"])
    assert told["calls"] == [{"id": "kluster-2016", "edition": 1, "digest": digest(call_files())}]
