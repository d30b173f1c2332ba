"""A call's source text, written in Markdown, as HTML that can hold nothing but prose and links."""

from __future__ import annotations

import re

from django.utils.safestring import SafeString
from markdown_it import MarkdownIt

# Tags in the text stay text, links may not carry scripts, and pictures (which would be fetched elsewhere) are off.
_READER = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")


def anchor(heading: str) -> str:
    """The anchor of a heading, as sources cite it.

    >>> anchor("Co-funding and grant")
    'co-funding-and-grant'
    """
    return re.sub(r"[^\w-]+", "-", heading.casefold()).strip("-")


def rendered(text: str) -> SafeString:
    """The text as HTML, its headings one order lower and with anchors, so that it stands inside a page."""
    tokens = _READER.parse(text)
    for place, token in enumerate(tokens):
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1:]) + 1, 6)}"
        if token.type == "heading_open":
            token.attrSet("id", anchor(tokens[place + 1].content))
    html = str(_READER.renderer.render(tokens, _READER.options, {}))
    return SafeString(html)  # html is off in the reader: every tag in the text has been escaped


def language_of(text: str) -> str:
    """The language a source is written in, told by its commonest little words.

    >>> language_of("Minst tre organisationer och två regioner som är med och betalar")
    'sv'
    """
    little = re.findall(r"\b(och|som|är|the|and|of)\b", text.casefold())
    swedish = sum(word in ("och", "som", "är") for word in little)
    return "sv" if swedish * 2 > len(little) else "en"
