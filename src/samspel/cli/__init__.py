"""The command line: files alone (no site needed), and the site's verbs one by one."""

from samspel.cli.main import main

__all__ = ["main"]
