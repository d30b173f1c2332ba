"""What an installation may rely on: a demonstration never touches it, and forms work behind a web server with https."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SAMSPEL = str(Path(sys.executable).parent / "samspel")


def surroundings(**own: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SAMSPEL", "DATABASE", "DJANGO"))}
    return kept | own


def test_a_demonstration_never_touches_an_installation(tmp_path):
    real, demo = tmp_path / "real", tmp_path / "demo"
    real.mkdir()
    (real / "samspel.sqlite3").write_text("an installation's own")
    own = surroundings(SAMSPEL_DATA=str(real), SAMSPEL_DEMO_DATA=str(demo), DATABASE_URL="postgresql://nowhere/nothing")
    for _ in range(2):
        told = subprocess.run(
            [SAMSPEL, "demo", "--fresh", "--no-serve"], cwd=ROOT, env=own, capture_output=True, text=True, check=False
        )
        assert told.returncode == 0, told.stderr
    assert [file.name for file in real.iterdir()] == ["samspel.sqlite3"]
    assert (real / "samspel.sqlite3").read_text() == "an installation's own"
    assert (demo / "samspel.sqlite3").exists()


SIGN_IN = """
import django; django.setup()
from django.core.management import call_command
from django.test import Client
call_command("migrate", verbosity=0)
client = Client(enforce_csrf_checks=True, headers={"host": "samspel.example", "x-forwarded-proto": "https"})
client.get("/account/login/")
token = client.cookies["csrftoken"].value
form = {"login": "a@b.example", "password": "x", "csrfmiddlewaretoken": token}
headers = {"origin": "https://samspel.example", "referer": "https://samspel.example/account/login/"}
print(client.post("/account/login/", form, headers=headers).status_code, client.cookies["csrftoken"]["secure"])
"""


def test_forms_work_behind_a_web_server_with_https(tmp_path):
    own = surroundings(
        SAMSPEL_DATA=str(tmp_path),
        SAMSPEL_HTTPS="1",
        SAMSPEL_HOSTS="samspel.example",
        DJANGO_SETTINGS_MODULE="samspel.site.settings",
    )
    told = subprocess.run(
        [sys.executable, "-c", SIGN_IN], cwd=ROOT, env=own, capture_output=True, text=True, check=False
    )
    assert told.stdout.split() == ["200", "True"], told.stderr
