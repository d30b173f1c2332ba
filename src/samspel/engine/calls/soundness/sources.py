"""Checks that every source named in a call leads to a heading of the page of sources."""

from __future__ import annotations

import re
from collections.abc import Iterator

from samspel.engine.calls.soundness.oversights import Caution
from samspel.engine.calls.text import Call
from samspel.engine.verdicts import Reason

PAGE = "SOURCE.md"


def headings(markdown: str) -> frozenset[str]:
    """The anchors of a page's headings: small letters and figures, a hyphen for each space.

    >>> sorted(headings("# The call\\n## What it does not state\\n"))
    ['the-call', 'what-it-does-not-state']
    """
    found = re.findall(r"^#+ +(.+)$", markdown, re.MULTILINE)
    return frozenset(re.sub(r"[^\w -]", "", one.strip().lower()).replace(" ", "-") for one in found)


def _cited(call: Call) -> Iterator[tuple[str, str]]:
    """Every place that names a source, and the source."""
    named = (
        ("parameters", ((one.name, one.source) for one in call.parameters)),
        ("rules", ((one.id, one.source) for one in call.rules)),
        ("exceptions", ((one.id, one.source) for one in call.exceptions)),
        ("partitions", ((one.id, one.source) for one in call.partitions)),
        ("criteria", ((one.id, one.source) for one in call.criteria)),
        ("windows", ((one.id, one.source) for one in call.windows)),
        ("stages", ((one.id, one.source) for one in call.stages)),
        ("statements", ((one.id, one.source) for one in call.declared.statements.values())),
    )
    for table, entries in named:
        yield from ((f"{table}.{name}", source) for name, source in entries)
    for table in ("areas", "lists", "registers", "documents", "indicators", "opinions"):
        yield from ((f"{table}.{name}", one.source) for name, one in call.declared.of(table).items())
    yield from (("calendar", call.calendar.source), ("counting", call.counting.source))


def uncited(call: Call, page: str) -> tuple[Caution, ...]:
    """The sources that lead to no heading of the page, each told once, where it stands first."""
    known = {f"{PAGE}#{one}" for one in headings(page)}
    first: dict[str, str] = {}
    for place, source in _cited(call):
        if source and source not in known:
            first.setdefault(source, place)
    return tuple(Caution(Reason.of("warning.no-heading", source=source), (), place) for source, place in first.items())
