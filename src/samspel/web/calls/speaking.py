"""What every part of a call's page needs: the language, the names of places, where a source stands, whose layer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext

from samspel.engine.calls.reading.parameters import NOT_STATED
from samspel.engine.calls.text import said
from samspel.store.queries.registry import names
from samspel.web.prose import anchor
from samspel.wording.say import catalogue
from samspel.wording.voice import Voice, voice

if TYPE_CHECKING:
    from collections.abc import Mapping

    from samspel.engine.calls.text import Call
    from samspel.store.queries.calls import CallShown

_HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*$", re.MULTILINE)


def places(language: str) -> Mapping[str, str]:
    """Names of countries, and of everything that the register names, by their codes."""
    countries = {
        code.partition(".")[2]: words[language] for code, words in catalogue().items() if code.startswith("country.")
    }
    return {**countries, **names(language)}


@dataclass(frozen=True)
class Speaking:
    """A call being told in a language."""

    call: CallShown
    language: str

    @property
    def text(self) -> Call:
        """The call's text."""
        return self.call.text

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Names of countries, regions, themes and organisations by their codes."""
        return places(self.language)

    @cached_property
    def voice(self) -> Voice:
        """How the call's values are said."""
        return voice(self.text, self.language, self.names)

    @cached_property
    def _headings(self) -> Mapping[str, str]:
        source = self.call.files.get("SOURCE.md", "")
        return {anchor(heading): heading for heading in _HEADING.findall(source)}

    def cited(self, place: str) -> dict[str, str]:
        """Where a source stands: its heading and its address. Empty where nothing is cited."""
        spot = place.partition("#")[2]
        if not spot:
            return {"label": "", "url": ""}
        label = gettext("source: %(heading)s") % {"heading": self._headings.get(spot, spot)}
        return {"label": label, "url": f"{reverse('call-source', args=[self.call.id])}#{spot}"}

    def layer(self, name: str) -> str:
        """Whose words they are, where they are not the call's own: the layer's title and version."""
        found = next((one for one in self.text.layers if one.id == name), None)
        if found is None or name == "call":
            return ""
        title = said(found.title, self.language)
        if not found.version or found.version == NOT_STATED:
            return title
        return gettext("%(title)s, version %(version)s") % {"title": title, "version": found.version}
