"""What pretalx's pages cost: its call for proposals, and the first step of its proposal form.

Run with the interpreter of an environment that pretalx is installed in, and with nothing of Samspel's:
`python pretalx_pages.py FOLDER REQUESTS` keeps an installation in the folder (SQLite, one event whose call is
open, its text given on standard input) and prints what was measured as one JSON object. The installation is made
by pretalx's own commands and functions. Redis is the one thing left out: the caches that pretalx keeps there are
kept in the process instead, which spares it every trip to another server.
"""

from __future__ import annotations

import json
import os
import sys
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

EVENT = "kluster"
CONFIGURATION = """\
[filesystem]
data = {folder}/data
logs = {folder}/logs
media = {folder}/media
static = {folder}/static
[site]
debug = False
url = http://localhost
[database]
backend = sqlite3
name = {folder}/pretalx.sqlite3
[locale]
language_code = en
time_zone = Europe/Stockholm
"""


def main() -> None:
    """Set the installation up as far as that has not been done, measure, and print."""
    folder, requests, call = Path(sys.argv[1]).resolve(), int(sys.argv[2]), json.load(sys.stdin)
    _configure(folder)
    _install(folder)
    _publish(call)
    print(json.dumps(_measured(requests), ensure_ascii=False))


def _configure(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    os.chdir(folder)  # pretalx compiles whatever catalogues it finds below the folder that it is started in
    file = folder / "pretalx.cfg"
    file.write_text(CONFIGURATION.format(folder=folder), encoding="utf-8")
    environment = os.environ  # noqa: TID251 - pretalx is told by the environment where its settings are
    environment["PRETALX_CONFIG_FILE"] = str(file)
    environment["PRETALX_NO_INITIAL_LOG"] = "1"
    environment["DJANGO_SETTINGS_MODULE"] = "pretalx.settings"
    settings: Any = import_module("pretalx.settings")
    settings.CACHES = {
        name: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": name} for name in settings.CACHES
    }
    # What is printed here is the measurement; what pretalx has to say goes to its own log.
    settings.LOGGING["handlers"]["console"] = {"class": "logging.NullHandler"}
    import_module("django").setup()


def _install(folder: Path) -> None:
    done = folder / f"installed-{version('pretalx')}"
    if done.exists():
        return
    command = import_module("django.core.management").call_command
    with (folder / "install.log").open("w", encoding="utf-8") as log:
        command("migrate", verbosity=0, stdout=log)
        command("rebuild", silent=True, stdout=log, stderr=log)
    done.touch()


def _publish(call: dict[str, Any]) -> None:
    """Make the event unless it is there, and let its call say what Samspel's call says; it is open for a month."""
    scope = import_module("django_scopes").scope
    models = import_module("pretalx.event.models")
    timezone: Any = import_module("django.utils.timezone")
    days: Any = import_module("datetime").timedelta
    with import_module("django_scopes").scopes_disabled():
        event = models.Event.objects.filter(slug=EVENT).first() or _event(call, timezone.now() + days(days=60))
    with scope(event=event):
        event.cfp.headline = call["title"]
        event.cfp.text = call["text"]
        event.cfp.deadline = timezone.now() + days(days=30)
        event.cfp.save()


def _event(call: dict[str, Any], begins: Any) -> Any:
    organiser, _ = import_module("pretalx.event.domain.organiser").create_organiser_with_team(
        name="Samspel bench", slug=EVENT, users=[]
    )
    return import_module("pretalx.event.domain.event").create_event(
        organiser=organiser,
        locales=["en"],
        locale="en",
        name=call["title"],
        slug=EVENT,
        is_public=True,
        date_from=begins.date(),
        date_to=begins.date(),
        timezone="Europe/Stockholm",
        email="bench@example.org",
    )


def _measured(requests: int) -> dict[str, Any]:
    measure = import_module("measuring").measure
    new_client: Any = import_module("django.test").Client
    visitor, applicant = new_client(SERVER_NAME="localhost"), new_client(SERVER_NAME="localhost")
    first_step = str(applicant.get(f"/{EVENT}/submit/")["Location"])
    pages = {
        "call": measure(lambda: visitor.get(f"/{EVENT}/cfp"), requests=requests),
        "form": measure(lambda: applicant.get(first_step), requests=requests),
    }
    for name, page in pages.items():
        if page["status"] != 200:
            sys.exit(f"pretalx answered {page['status']} for the page {name}")
    return {"pages": pages, "versions": {name: version(name) for name in ("pretalx", "django")}}


if __name__ == "__main__":
    main()
