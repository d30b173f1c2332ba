"""The calls that come with Samspel as folders of text: what a new call may begin from, besides those stored here.

They lie in the project's folder of calls. An installation without that folder has none, and all else works.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from django.conf import settings

from samspel.engine.calls.edition import FILES, MAY_HAVE
from samspel.engine.calls.reading.call import read
from samspel.engine.calls.text import said
from samspel.engine.located import NotReadableError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from samspel.engine.values import Words


@dataclass(frozen=True, slots=True)
class Kept:
    """A call in the folder: its files and its title."""

    id: str
    title: Words
    files: Mapping[str, str]

    def called(self, language: str) -> str:
        """Its title in a language."""
        return said(self.title, language)


@lru_cache(maxsize=1)
def library() -> tuple[Kept, ...]:
    """Every call in the project's folder that can be read."""
    found = []
    for folder in sorted((settings.PROJECT / "calls").glob("*/")):
        files = {
            name: (folder / name).read_text(encoding="utf-8")
            for name in (*FILES, *MAY_HAVE)
            if (folder / name).is_file()
        }
        if not all(name in files for name in FILES):
            continue
        try:
            call = read(files)
        except NotReadableError:
            continue
        found.append(Kept(call.id, call.title, files))
    return tuple(found)
