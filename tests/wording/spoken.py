"""A small invented call that declares one of everything, so that any condition can be read aloud under it."""

from __future__ import annotations

from functools import cache

from samspel.engine.calls.reading.call import read
from samspel.engine.calls.text import Call
from samspel.wording import rule_words

NAMES = {
    "sv": {"SE": "Sverige", "SE11": "Stockholm", "aerospace": "Flyg och rymd", "north-hub": "Nordnoden"},
    "en": {"SE": "Sweden", "SE11": "Stockholm", "aerospace": "Aerospace", "north-hub": "North Hub"},
}

HEAD = """
id = "spoken"
authority = "invented"
currency = "SEK"
register = "sweden"
title = { sv = "Påhittad utlysning", en = "Invented call" }
purpose = { sv = "Att läsas upp.", en = "To be read aloud." }

[calendar]
zone = "Europe/Stockholm"
dated = 2024-03-19
source = "SOURCE.md#x"

[[stages]]
id = "sketch"
source = "SOURCE.md#x"
text = { sv = "Skiss", en = "Sketch" }

[[windows]]
id = "only"
stage = "sketch"
closes = 2024-05-31T17:00:00
source = "SOURCE.md#x"

[counting]
level = "nuts2"
counted_kinds = ["cluster-organisation", "rdi-platform"]
source = "SOURCE.md#x"

[parameters]
none = { unit = "count", value = 0, source = "SOURCE.md#x" }
one = { unit = "count", value = 1, source = "SOURCE.md#x" }
three = { unit = "count", value = 3, source = "SOURCE.md#x" }
unknown = { unit = "count", value = "not stated", source = "SOURCE.md#x" }
nothing = { unit = "money", value = 0, source = "SOURCE.md#x" }
small = { unit = "money", value = 200_000, source = "SOURCE.md#x" }
large = { unit = "money", value = 600_000, source = "SOURCE.md#x" }
half = { unit = "share", of = "total-cost", value = 0.50, source = "SOURCE.md#x" }
two_years = { unit = "months", value = 24, source = "SOURCE.md#x" }
ten_days = { unit = "days", value = 10, source = "SOURCE.md#x" }
years = { unit = "years", value = 3, source = "SOURCE.md#x" }
six = { unit = "level", value = 6, source = "SOURCE.md#x" }
last_day = { unit = "date", value = 2020-12-31, source = "SOURCE.md#x" }
grown = { unit = "count", source = "SOURCE.md#x", value = [
    { from = 2016-10-03, is = 3 },
    { from = 2018-01-01, until = 2030-12-31, is = 4 },
] }
DENOMINATORS

[areas.north]
codes = ["SE33", "SE32"]
set = "sides"
source = "SOURCE.md#x"
text = { sv = "norra delen", en = "the north" }

[areas.south]
codes = ["SE22"]
set = "sides"
source = "SOURCE.md#x"
text = { sv = "södra delen", en = "the south" }

[lists.invited]
ids = ["north-hub"]
source = "SOURCE.md#x"
text = { sv = "De inbjudna", en = "The invited" }

[registers.platform]
source = "SOURCE.md#x"
text = { sv = "plattformen", en = "the platform" }

[statements.civil]
unit = "yes-no"
source = "SOURCE.md#x"
text = { sv = "Projektet är civilt", en = "The project is civil" }

[statements.readiness]
unit = "level"
source = "SOURCE.md#x"
text = { sv = "Mognadsgrad", en = "Readiness" }

[statements.established]
of = "partner"
unit = "yes-no"
source = "SOURCE.md#x"
text = { sv = "Finns redan", en = "Exists already" }

[terms.theme]
digital = { sv = "Digitalt", en = "Digital" }
green = { sv = "Grönt", en = "Green" }
[terms.objective]
skills = { sv = "Kompetens", en = "Skills" }
[terms.category]
staff = { sv = "Personal", en = "Staff" }
travel = { sv = "Resor", en = "Travel" }
[terms.activity]
research = { sv = "Forskning", en = "Research" }
[terms.phase]
first = { sv = "Första", en = "First" }
[terms.programme]
own = { sv = "Det egna", en = "Its own" }
[terms.strand]
open = { sv = "Öppen", en = "Open" }
[terms.budget]
swedish = { sv = "Svensk", en = "Swedish" }

[[documents]]
id = "letter"
signed_by = "region"
source = "SOURCE.md#x"
text = { sv = "Rekommendation", en = "Recommendation" }
"""

FORM = """
[[questions]]
id = "why"
required = true
longest = 100
text = { sv = "Varför?", en = "Why?" }
help = { sv = "Säg varför.", en = "Say why." }
"""

DENOMINATORS = (
    "partners",
    "hosts",
    "groups",
    "regions",
    "total-cost",
    "eligible-cost",
    "total-cost-without-subcontracting",
    "grant",
    "cofunding",
    "financing",
    "envelope",
    "line",
    "applications",
)
"""Shares of each denominator; `half-of-grant` is half of the grant."""


@cache
def call_with(rules: str) -> Call:
    shares = [
        f'half-of-{of} = {{ unit = "share", of = "{of}", value = 0.50, source = "SOURCE.md#x" }}' for of in DENOMINATORS
    ]
    head = HEAD.replace("DENOMINATORS", "\n".join(shares))
    return read({"call.toml": head + rules, "form.toml": FORM})


def rule(needs: str, more: str = "") -> str:
    return f'\n[[rules]]\nid = "the-rule"\nsource = "SOURCE.md#x"\nneeds = {needs}\n{more}\n'


def plain(text: str) -> str:
    """A text with ordinary spaces, so that it can be compared with what one types."""
    return text.replace("\N{NARROW NO-BREAK SPACE}", " ").replace("\N{NO-BREAK SPACE}", " ")


def words(needs: str, language: str, over: str = "application") -> str:
    """The words of a condition given as the call's text has it."""
    call = call_with(rule(needs, f'over = "{over}"'))
    return plain(rule_words(call, call.rule("the-rule").needs, language, NAMES[language], over=over))
