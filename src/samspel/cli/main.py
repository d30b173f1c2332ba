"""The command `samspel`. Commands on files load nothing but the engine; the site is set up only when one needs it."""

from __future__ import annotations

import os
from importlib import import_module

import click

ON_FILES = {name: f"files.{name}" for name in ("check", "judge", "explain", "diff", "count", "simulate")}
ON_SITE = {
    "demo": "demo",
    "serve": "serve",
    "migrate": "serve",
    "verify": "serve",
    "bench": "bench",
    "show": "show",
    "accounts": "accounts",
    "registry": "registry",
    "calls": "calls",
    "constellations": "constellations",
    "applications": "applications",
    "assessment": "assessment",
    "selection": "selection",
}


class _Commands(click.Group):
    """Finds a command's module when it is asked for, and sets the site up first if it needs one."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """All commands, those on files first."""
        return [*ON_FILES, *ON_SITE]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """The command of this name."""
        module = ON_FILES.get(cmd_name) or ON_SITE.get(cmd_name)
        if module is None:
            return None
        if cmd_name in ON_SITE:
            _set_up(demo=cmd_name == "demo")
        found: click.Command = getattr(import_module(f"samspel.cli.{module}"), cmd_name)
        return found


def _set_up(*, demo: bool) -> None:
    """Set the site up. A demonstration never touches an installation: it has a folder and a database of its own.

    SAMSPEL_DEMO_DATA names the folder (default: var/demo), SAMSPEL_DEMO_DATABASE a PostgreSQL database for it; what
    SAMSPEL_DATA and DATABASE_URL say of the installation is not used.
    """
    environment = os.environ  # noqa: TID251 - the settings read it, and must be told which site this is
    environment.setdefault("DJANGO_SETTINGS_MODULE", "samspel.site.settings")
    if demo:
        environment["SAMSPEL_DEMO"] = "1"
        environment["SAMSPEL_DATA"] = environment.get("SAMSPEL_DEMO_DATA", "var/demo")
        environment["DATABASE_URL"] = environment.get("SAMSPEL_DEMO_DATABASE", "")
    import django

    django.setup()


@click.group(cls=_Commands)
@click.version_option(package_name="samspel")
def main() -> None:
    """Samspel: calls in which regions work together, from the register to decided projects."""
