"""The text a new call begins with: nearly nothing, or another call's without its id and its days."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

from samspel.web.forms.call_text import CannotWriteError, with_value, written

if TYPE_CHECKING:
    from collections.abc import Mapping

_CALL = """\
# Every number stands under [parameters] and has a source; rules name it. Conditions are put together of closed words.

id = {id}
authority = {authority}
currency = {currency}
register = "sweden"

title.sv = {title_sv}
title.en = {title_en}

purpose.sv = {purpose_sv}
purpose.en = {purpose_en}

[calendar]
zone = "Europe/Stockholm"
source = "SOURCE.md#calendar"

[counting]
level = "nuts2"
region_of = "node"
counted_kinds = ["cluster-organisation", "rdi-platform"]
refused_kinds = ["regional-authority", "managing-authority", "national-body"]
source = "SOURCE.md#who-may-apply"

[parameters]
fewest_partners = {{ unit = "count", value = 2, source = "SOURCE.md#who-may-apply" }}

[[rules]]
id = "enough-partners"
source = "SOURCE.md#who-may-apply"
needs = {{ count = "partners", where = {{ counts = true }}, at_least = "fewest_partners" }}
"""
_FORM = """\
[[questions]]
id = "need"
required = true
longest = 4000
text.sv = "Vilket behov svarar projektet på?"
text.en = "Which need does the project answer?"
help.sv = "Beskriv behovet och vilka som har det."
help.en = "Describe the need and who has it."
"""
_CASES = """\
# Situations and the outcome each rule must have in them. What is left out is not known; an empty list is none.

[[cases]]
name = "Exactly enough"
partners = [{ id = "a", kind = "cluster-organisation" }, { id = "b", kind = "rdi-platform" }]
expect = { enough-partners = "met" }

[[cases]]
name = "One too few"
partners = [{ id = "a", kind = "cluster-organisation" }]
expect = { enough-partners = "not-met" }
"""
_SOURCE = """\
# {title}

Write here what the decision, the programme or the handbook says, under headings that the rules cite.

## Calendar

## Who may apply
"""


def skeleton(call_id: str, title: Mapping[str, str], *, authority: str = "", currency: str = "EUR") -> dict[str, str]:
    """The files of a call with one number, one rule, its two cases and one question."""
    sv, en = title["sv"], title["en"]
    texts = {
        "id": call_id,
        "authority": authority,
        "currency": currency,
        "title_sv": sv,
        "title_en": en,
        "purpose_sv": "Skriv här vad utlysningen är till för.",
        "purpose_en": "Write here what the call is for.",
    }
    return {
        "call.toml": _CALL.format(**{name: written(text) for name, text in texts.items()}),
        "form.toml": _FORM,
        "cases.toml": _CASES,
        "SOURCE.md": _SOURCE.format(title=sv),
    }


_MOMENTS = ("opens", "questions_until", "closes", "decided")


def copied(files: Mapping[str, str], call_id: str, title: Mapping[str, str]) -> dict[str, str]:
    """Another call's files under a new id: its rules and numbers stay, its days are taken away.

    A language whose title is empty keeps the title that it had.

    Raises:
        CannotWriteError: the text is written so that its id cannot be replaced.
    """
    out = dict(files)
    text = with_value(files["call.toml"], ("id",), call_id)
    for language, words in title.items():
        if words and language in tomllib.loads(text).get("title", {}):
            text = with_value(text, ("title", language), words)
    for name in ("dated", "note"):
        text = with_value(text, ("calendar", name), None)
    for index in range(len(tomllib.loads(text).get("windows", []))):
        for moment in _MOMENTS:
            text = with_value(text, ("windows", index, moment), None)
    out["call.toml"] = text
    return out


__all__ = ["CannotWriteError", "copied", "skeleton"]
