"""Says which group a thing belongs to, when a rule must hold for each partner, country, region, category or theme."""

from __future__ import annotations

from samspel.engine.calls.judging.matching import MET, OPEN, Matching, Thing, listed, within
from samspel.engine.calls.situation import NOWHERE, Entrant, Funding, Partner

_NUTS = {"country": 2, "nuts1": 3, "nuts2": 4, "nuts3": 5}


def region_of(m: Matching, partner: Partner, level: str) -> str | None:
    """The region in which a partner counts, at a level: None where not known so finely, empty where it has none."""
    wanted, place = level or m.call.counting.level, m.place(partner)
    if wanted == "country" and place != NOWHERE and m.call.counting.region_of == "node":
        return partner.lies_in
    return region_at(m, place, wanted)


def region_at(m: Matching, place: str | None, level: str) -> str | None:
    """The region of a level, or the area of a set, in which a place lies; None where not known, empty where in none."""
    if level not in _NUTS:
        return area_of(m, place, level)
    if place == NOWHERE:
        return ""
    return place[: _NUTS[level]] if place and len(place) >= _NUTS[level] else None


def area_of(m: Matching, place: str | None, group: str) -> str | None:
    """The area of a set in which a place lies: None where that is not known, empty where it lies in none."""
    areas = [one for one in m.call.declared.of("areas").values() if one.set == group]
    outcomes = {one.id: listed(within(place, one.members), one) for one in areas}
    found = next((one for one, outcome in outcomes.items() if outcome is MET), None)
    return found or (None if OPEN in outcomes.values() else "")


def own_or(other: str | None, partner: Partner) -> str | None:
    """The legal person or group behind a partner; itself where it is known to stand alone, None where not known."""
    return partner.id if other == NOWHERE else other


def _partner_key(m: Matching, it: Partner, per: str, level: str) -> str | None:
    match per:
        case "partner":
            return it.id
        case "group":
            return own_or(it.group, it)
        case "country":
            return it.lies_in
        case "region":
            return region_of(m, it, level)
        case "lead":
            return None if it.roles is None else it.id if "lead" in it.roles else ""
        case _:
            return area_of(m, m.place(it), per.removeprefix("area:")) if per.startswith("area:") else None


def key_of(m: Matching, thing: Thing, per: str, level: str) -> tuple[str, ...] | None:
    """The groups a thing belongs to; None where not known, empty where it belongs to none."""
    if isinstance(thing, Entrant) and per == "partner":
        return thing.partners
    if isinstance(thing, Partner):
        key = _partner_key(m, thing, per, level)
    elif per in ("partner", "group", "country", "region", "lead") or per.startswith("area:"):
        key = _owner_key(m, thing, per, level)
    else:
        value = getattr(thing, per, None)
        key = None if value is None else str(value)
    if key is None:
        return None
    return (key,) if key else ()


def _owner_key(m: Matching, thing: Thing, per: str, level: str) -> str | None:
    """The group of the partner behind a line; an application's own country, region and lead, a co-funder's region."""
    if isinstance(thing, Entrant | Funding):
        place = thing.region if isinstance(thing, Entrant) else thing.giver_region
        if per == "country":
            return getattr(thing, "country", None) or region_at(m, place, "country")
        if per == "region" or per.startswith("area:"):
            return region_at(m, place, per.removeprefix("area:") if per != "region" else level or m.call.counting.level)
        return thing.lead if isinstance(thing, Entrant) else thing.funder or None
    owner = m.situation.partner(getattr(thing, "by", None))
    return None if owner is None else _partner_key(m, owner, per, level)
