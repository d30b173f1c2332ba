"""The closed vocabulary of the rule language: what may be counted, shared, summed and asked, and by which attributes.

A call can say nothing that is not listed here. The reader refuses other words, the reference and the JSON
Schema are made from these tables, and every name has its words in Swedish and English in `wording`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from samspel.engine.registry import KINDS

UNITS = ("count", "money", "share", "months", "days", "years", "points", "level", "rate", "date")
"""Units of parameters. A share is 0 to 1 of a named denominator; a rate is the call's currency per foreign unit."""

COMPARISONS = ("at_least", "at_most", "equals", "more_than", "less_than")
COMPOSITIONS = ("all", "any", "not")
MEASURES = ("count", "share", "amount", "fact")
TESTS = (
    "lead",
    "every",
    "some",
    "none",
    "every_application",
    "apart",
    "document",
    "states",
    "in_time",
    "ranked",
    "strand",
)
"""Conditions without a number: who the lead is, what every or no partner is, which document there is …"""

OVER = ("application", "applications", "awards", "reserve", "assessment", "changes")
"""What a rule is judged over: one application, or the whole set, the awards, the reserve list …"""

SET_LEVEL = ("applications", "awards", "reserve")
SEVERITIES = ("must", "should")
PARTS = ("requirement", "admissibility")

LEVELS = ("country", "nuts1", "nuts2", "nuts3")
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
QUANTITIES = (
    "total-cost",
    "eligible-cost",
    "cost",
    "grant",
    "cofunding",
    "certified",
    "public-support",
    "de-minimis",
    "moved",
)
"""Sums of money.

`cost` is the lines that match, `certified` what co-funders have certified, `public-support` the grant and the public
co-funding together, `moved` what a change moved.
"""


@dataclass(frozen=True, slots=True)
class Noun:
    """A thing that can be counted, and the collection of the situation whose attributes a filter may name."""

    name: str
    over: str
    collection: str


_PARTNER_NOUNS = ("partners", "hosts", "groups", "regions", "countries", "kinds", "regions-without")

NOUNS: dict[str, Noun] = {
    noun.name: noun
    for noun in (
        *(Noun(name, "constellation", "partner") for name in _PARTNER_NOUNS),
        Noun("themes", "constellation", "theme"),
        Noun("objectives", "application", "objective"),
        Noun("secondary-objectives", "application", "objective"),
        Noun("targets", "application", "target"),
        Noun("documents", "application", "document"),
        Noun("earlier", "application", "earlier"),
        Noun("programmes", "application", "earlier"),
        Noun("cofunders", "application", "cofunding"),
        Noun("budgets", "application", "cost"),
        Noun("currencies", "application", "cost"),
        Noun("assessors", "assessment", "assessor"),
        Noun("opinions", "assessment", "opinion"),
        Noun("changes", "changes", "change"),
        Noun("applications", "set", "application"),
    )
}

COLLECTION_OF_QUANTITY = {
    "total-cost": "cost",
    "eligible-cost": "cost",
    "cost": "cost",
    "grant": "grant",
    "cofunding": "cofunding",
    "certified": "cofunding",
    "public-support": "cofunding",
    "de-minimis": "aid",
    "moved": "change",
    "partners": "partner",
    "hosts": "partner",
    "groups": "partner",
    "regions": "partner",
}

COLLECTION_OF_DENOMINATOR = {
    **COLLECTION_OF_QUANTITY,
    "total-cost-without-subcontracting": "cost",
    "financing": "cofunding",
    "line": "change",
    "applications": "application",
}

COUNTED = ("partners", "hosts", "groups", "regions", "applications")
"""What a share of numbers, rather than of money, may be of: each of its own kind alone."""


def denominators(what: str, over: str) -> tuple[str, ...]:
    """What a quantity may be a share of: a number of its own kind, a sum of money of any other.

    Of a whole set of applications only the grants are summed, so theirs is a share of them all or of the envelope.
    """
    if what in COUNTED:
        return (what,)
    if over in SET_LEVEL:
        return ("grant", "envelope")
    return tuple(one for one in DENOMINATORS if one not in COUNTED and (one != "line" or what == "moved"))


def numbered(head: str, over: str) -> tuple[str, ...]:
    """What may be counted, summed or shared in a rule over this: of a whole set, applications and their grants."""
    if over in SET_LEVEL:
        return {"count": ("applications",), "share": ("applications", "grant"), "amount": ("grant",)}[head]
    choices = {
        "count": tuple(NOUNS),
        "share": tuple(one for one in COLLECTION_OF_QUANTITY if one != "de-minimis"),
        "amount": QUANTITIES,
    }[head]
    return tuple(one for one in choices if one != "applications")


MODIFIERS = {"count": "where level", "share": "of where of_where level", "amount": "where level", "fact": ""}
MODIFIERS_OF = {"regions-without": "among", "de-minimis": "years"}
"""What may be said of a measure by its head, and of these alone; said of another it would go unheard."""

FACTS = {"duration": "months", "starts": "date", "ends": "date"}
"""Numbers of the project that every call may ask for; others are declared as `[statements.…]`."""

GROUPS = (
    "partner",
    "lead",
    "country",
    "region",
    "group",
    "category",
    "activity",
    "phase",
    "year",
    "budget",
    "strand",
    "theme",
)
"""What `per` may split a measure by; `area:SET` splits by the areas of a set."""

_OF_PARTNER = ("partner", "lead", "country", "region", "group")
_OF_LINE = (*_OF_PARTNER, "category", "activity", "phase", "year", "budget")
GROUPS_OF = {
    "partner": _OF_PARTNER,
    "cost": _OF_LINE,
    "grant": _OF_LINE,
    "cofunding": ("partner", "country", "region"),
    "document": _OF_PARTNER,
    "earlier": _OF_PARTNER,
    "application": ("partner", "lead", "country", "region", "strand", "theme"),
    "change": ("category",),
    "aid": ("partner",),
}
"""The groups that the things of a collection fall into; those that lie somewhere also by the areas of a set.

Co-funding falls into that of each co-funder (`partner`), and by where the co-funder lies.
"""

UNDIVIDED = ("regions-without", "public-support")
"""Numbered as a whole alone: regions without anything, and what is put together from two sorts of money."""


def groups(what: str, over: str, sets: Iterable[str] = ()) -> tuple[str, ...]:
    """What `per` may split a number or sum by, in a rule over this; `sets` are the sets of areas."""
    if what in UNDIVIDED:
        return ()
    collection = NOUNS[what].collection if what in NOUNS else COLLECTION_OF_DENOMINATOR.get(what, "")
    found = GROUPS_OF.get("application" if over in SET_LEVEL else collection, ())
    return (*found, *(f"area:{one}" for one in sets)) if "region" in found else found


ROLES = (
    "lead",
    "partner",
    "associated",
    "subcontractor",
    "supplier",
    "co-funder",
    "manager",
    "coordinator",
    "owner",
    "third-party",
)
LEGAL_FORMS = ("public", "private", "association", "foundation", "natural-person")
SIZES = ("micro", "small", "medium", "large")
COST_FORMS = ("actual", "unit", "flat-rate", "lump-sum")
SOURCES = ("public", "private")
GIVERS = ("region", "municipality", "state", "eu", "company", "foundation", "partner", "other")
FUNDING_FORMS = ("cash", "in-kind")
FUNDING_STATES = ("intended", "applied", "decided", "rejected", "withdrawn")
SIGNERS = ("lead", "partner", "co-funder", "manager", "authority", "region", "municipality", "state")
EARLIER_STATES = ("submitted", "approved", "rejected", "winning", "running", "finished")
APPLICATION_STATES = ("submitted", "eligible", "awarded", "reserve", "rejected", "postponed")
DECISIONS = ("approved", "approved-with-conditions", "postponed", "rejected", "reserve")
CHANGES = ("budget", "partner", "schedule", "legal-status", "content")
CONSOLIDATIONS = ("consensus", "mean", "median", "lowest")
STATEMENT_UNITS = ("yes-no", "count", "level", "money", "months", "share")
TERMS = ("theme", "objective", "category", "activity", "phase", "programme", "strand", "budget")
IN_TIME = ("submission", "questions")
EACH = ("partner", "lead", "cofunder")
REGION_OF = ("node", "host")


@dataclass(frozen=True, slots=True)
class Attribute:
    """What a filter may ask of a thing.

    `sort` is `one-of` (choices), `codes` (regions or countries), `declared` (ids that the call declares under
    `choices[0]`), `free` (any id), `flag` (true or false), `parameter` (a number the thing is compared with,
    unit `choices[0]`) or `filter` (a filter on the collection `choices[0]`).
    """

    sort: str
    choices: tuple[str, ...] = ()


_AREA = Attribute("declared", ("areas",))
_FLAG = Attribute("flag")
_CODES = Attribute("codes")


def _term(kind: str) -> Attribute:
    return Attribute("declared", (f"terms.{kind}",))


STRAND = _term("strand")

ATTRIBUTES: dict[str, dict[str, Attribute]] = {
    "partner": {
        "counts": _FLAG,
        "kind": Attribute("one-of", KINDS),
        "role": Attribute("one-of", ROLES),
        "country": _CODES,
        "region": _CODES,
        "area": _AREA,
        "legal_form": Attribute("one-of", LEGAL_FORMS),
        "legal_person": _FLAG,
        "non_profit": _FLAG,
        "size": Attribute("one-of", SIZES),
        "financing": _FLAG,
        "registered": Attribute("declared", ("registers",)),
        "registered_or_applied": Attribute("declared", ("registers",)),
        "listed": Attribute("declared", ("lists",)),
        "priority": _FLAG,
        "age_at_most": Attribute("parameter", ("years",)),
        "age_at_least": Attribute("parameter", ("years",)),
        "from_earlier": _FLAG,
        "states": Attribute("declared", ("statements",)),
        "has_earlier": Attribute("filter", ("earlier",)),
    },
    "cost": {
        "category": _term("category"),
        "activity": _term("activity"),
        "phase": _term("phase"),
        "place": _CODES,
        "place_area": _AREA,
        "form": Attribute("one-of", COST_FORMS),
        "eligible": _FLAG,
        "budget": _term("budget"),
        "currency": Attribute("free"),
        "year": Attribute("numbers"),
        "by": Attribute("filter", ("partner",)),
    },
    "cofunding": {
        "source": Attribute("one-of", SOURCES),
        "giver": Attribute("one-of", GIVERS),
        "giver_region": _CODES,
        "form": Attribute("one-of", FUNDING_FORMS),
        "state": Attribute("one-of", FUNDING_STATES),
        "certified": _FLAG,
        "before": Attribute("parameter", ("date",)),
    },
    "grant": {
        "category": _term("category"),
        "activity": _term("activity"),
        "phase": _term("phase"),
        "budget": _term("budget"),
        "year": Attribute("numbers"),
        "by": Attribute("filter", ("partner",)),
    },
    "document": {
        "type": Attribute("declared", ("documents",)),
        "signed_by": Attribute("one-of", SIGNERS),
        "language": Attribute("free"),
        "template": Attribute("free"),
        "valid": _FLAG,
        "before": Attribute("parameter", ("date",)),
        "by": Attribute("filter", ("partner",)),
    },
    "earlier": {
        "status": Attribute("one-of", EARLIER_STATES),
        "programme": _term("programme"),
        "stage": Attribute("free"),
        "funder": Attribute("free"),
        "overlapping": _FLAG,
        "by": Attribute("filter", ("partner",)),
    },
    "application": {
        "state": Attribute("one-of", APPLICATION_STATES),
        "decision": Attribute("one-of", DECISIONS),
        "theme": Attribute("free"),
        "strand": _term("strand"),
        "country": _CODES,
        "region": _CODES,
        "area": _AREA,
        "lead_kind": Attribute("one-of", KINDS),
    },
    "assessor": {"conflict": _FLAG},
    "opinion": {"giver": Attribute("one-of", GIVERS)},
    "change": {
        "kind": Attribute("one-of", CHANGES),
        "major": _FLAG,
        "category": _term("category"),
    },
    "theme": {"theme": Attribute("free")},
    "objective": {"objective": _term("objective")},
    "target": {"country": _CODES, "area": _AREA},
    "aid": {"by": Attribute("filter", ("partner",))},
}
"""What a filter may ask, by the collection of the situation it is asked of."""
