"""What the register holds: regions, organisations and priorities, and how they hang together.

A cluster organisation or platform is a node: its own region decides where it counts, not the seat of the
legal person that hosts it. What a source does not say is left unknown.
"""

from __future__ import annotations

from dataclasses import dataclass

COUNTRY_LENGTH = 2

KINDS = (
    "cluster-organisation",
    "rdi-platform",
    "science-park",
    "innovation-environment",
    "incubator",
    "digital-innovation-hub",
    "national-platform",
    "national-association",
    "research-institute",
    "university",
    "regional-authority",
    "national-body",
    "managing-authority",
    "company",
    "business-network",
    "technology-centre",
    "vocational-school",
    "public-body",
    "support-organisation",
    "unknown",
)
"""Every kind of organisation that a register may hold and a call may count; each has its words in `wording`."""


LONGEST_CODE = 5


def is_code(text: str) -> bool:
    """Whether a text has the form of a country's code or a NUTS code.

    >>> is_code("SE"), is_code("SE232"), is_code("Sweden")
    (True, True, False)
    """
    return text.isascii() and text.isalnum() and text.upper() == text and COUNTRY_LENGTH <= len(text) <= LONGEST_CODE


def at_level(region: str, level: int) -> str:
    """Cut a NUTS code to a level: 0 country, 1, 2 or 3 (Regulation (EC) 1059/2003, Article 3).

    >>> at_level("SE232", 2)
    'SE23'

    Raises:
        ValueError: the code is coarser than the level asked for.
    """
    if len(region) < COUNTRY_LENGTH + level:
        message = f"{region} has no level {level}"
        raise ValueError(message)
    return region[: COUNTRY_LENGTH + level]


def touches(one: str, other: str) -> bool:
    """Say whether one region is the other or lies within it.

    >>> touches("SE12", "SE121"), touches("SE12", "SE110")
    (True, False)
    """
    return one.startswith(other) or other.startswith(one)


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation or node. `region` is its own NUTS code; empty where it has none or none is known."""

    id: str
    name: str
    kind: str
    region: str = ""
    host: str = ""


@dataclass(frozen=True, slots=True)
class Priority:
    """A region's smart-specialisation priority, with the themes it has been coded to."""

    id: str
    region: str
    name: str
    themes: frozenset[str] = frozenset()
