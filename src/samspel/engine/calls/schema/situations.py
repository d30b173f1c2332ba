"""The JSON Schema of situations, as they stand in `cases.toml` and as they are sent as JSON."""

from __future__ import annotations

from samspel.engine.calls import vocabulary
from samspel.engine.calls.schema.conditions import Schema, choice, listed, table, text
from samspel.engine.registry import KINDS
from samspel.engine.verdicts import Outcome

_FLAG: Schema = {"type": "boolean"}
_AMOUNT: Schema = {"type": "number", "minimum": 0}
_DAY: Schema = {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
_MOMENT: Schema = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?$"}
_RANGE: Schema = {
    "description": "A number, or the least and the most that it can be.",
    "anyOf": [
        {"type": "number"},
        {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2},
    ],
}
_PLACE = text("A region (SE110) or country (SE); none for a body that has none.", pattern="^([A-Z0-9]{2,}|none)$")
_TIMES: Schema = {"type": "integer", "minimum": 1, "maximum": 1000, "description": "So many alike."}
_TEXTS = listed(text(), least=0)


def _rows(properties: dict[str, Schema], description: str, required: tuple[str, ...] = ()) -> Schema:
    return listed(table(properties, required), description, 0)


def _by_id(inner: Schema, description: str) -> Schema:
    return {"type": "object", "additionalProperties": inner, "description": description}


def _partners() -> Schema:
    registered: Schema = {"anyOf": [_DAY, choice(("applied", "no"))]}
    keys: dict[str, Schema] = {
        "id": text("Left out: a, b, c …"),
        "name": text(),
        "kind": choice(KINDS),
        "region": _PLACE,
        "country": text("Left out: the region's."),
        "host": text("The legal person behind the node; none where it stands alone."),
        "host_region": _PLACE,
        "group": text("The group of linked entities; none where it stands alone."),
        "roles": listed(choice(vocabulary.ROLES), least=0),
        "legal_form": choice(vocabulary.LEGAL_FORMS),
        "legal_person": _FLAG,
        "non_profit": _FLAG,
        "size": choice(vocabulary.SIZES),
        "financing": _FLAG,
        "founded": _DAY,
        "registers": _by_id(registered, "By register: since when, applied, or no."),
        "states": _by_id(_FLAG, "What the partner states."),
        "priority": {**_FLAG, "description": "Whether a priority of the chosen theme holds in its region."},
        "aid": _rows({"on": _DAY, "amount": _AMOUNT}, "De minimis aid it has been granted.", ("on", "amount")),
        "times": _TIMES,
    }
    return _rows(keys, "The partners; an empty list says that there are none.")


def _money() -> dict[str, Schema]:
    by = text("The id of a partner.")
    terms = {name: text() for name in ("category", "activity", "phase", "budget")}
    year: Schema = {"type": "number", "minimum": 0}
    cost = {"by": by, **terms, "place": _PLACE, "form": choice(vocabulary.COST_FORMS), "eligible": _FLAG}
    given: dict[str, Schema] = {
        "funder": text(),
        "source": choice(vocabulary.SOURCES),
        "giver": choice(vocabulary.GIVERS),
        "giver_region": text(),
        "form": choice(vocabulary.FUNDING_FORMS),
        "state": choice(vocabulary.FUNDING_STATES),
        "amount": _AMOUNT,
        "certified": {**_AMOUNT, "description": "What the funder's certificate states."},
        "on": _DAY,
        "currency": text(),
    }
    return {
        "costs": _rows({**cost, "currency": text(), "year": year, "amount": _AMOUNT}, "The lines of the budget."),
        "total_cost": _RANGE,
        "eligible_cost": _RANGE,
        "grant": _RANGE,
        "grants": _rows({"by": by, **terms, "year": year, "amount": _AMOUNT}, "The grant, line by line."),
        "cofunding": _rows(given, "What co-funders give."),
    }


def _papers() -> dict[str, Schema]:
    paper: dict[str, Schema] = {
        "type": text("A document that the call declares."),
        "from": text("The partner or co-funder it is from."),
        "signed_by": choice(vocabulary.SIGNERS),
        "language": text(),
        "template": text(),
        "valid": _FLAG,
        "on": _DAY,
    }
    earlier: dict[str, Schema] = {
        "id": text(),
        "by": text(),
        "status": choice(vocabulary.EARLIER_STATES),
        "programme": text(),
        "stage": text(),
        "funder": text(),
        "starts": _DAY,
        "ends": _DAY,
    }
    return {
        "documents": _rows(paper, "What has been handed in.", ("type",)),
        "earlier": _rows(earlier, "Earlier applications and projects."),
    }


def _all_applications() -> dict[str, Schema]:
    entrant: dict[str, Schema] = {
        "id": text(),
        "lead": text(),
        "lead_kind": choice(KINDS),
        "theme": text(),
        "strand": text(),
        "country": text(),
        "region": _PLACE,
        "grant": _AMOUNT,
        "state": choice(vocabulary.APPLICATION_STATES),
        "decision": choice(vocabulary.DECISIONS),
        "points": _AMOUNT,
        "partners": _TEXTS,
        "times": _TIMES,
    }
    change: dict[str, Schema] = {
        "kind": choice(vocabulary.CHANGES),
        "major": _FLAG,
        "category": text(),
        "amount": {**_AMOUNT, "description": "What was moved."},
        "line": {**_AMOUNT, "description": "The line's amount before."},
    }
    return {
        "applications": _rows(entrant, "All applications, as rules over the whole set see them."),
        "assessors": _rows({"conflict": _FLAG}, "Those who assess."),
        "opinions": _rows({"giver": choice(vocabulary.GIVERS)}, "Opinions that have been given."),
        "changes": _rows(change, "Changes after the award."),
        "grades": _by_id(text(), "The grade on each criterion."),
        "waivers": _rows({"rule": text(), "reason": text()}, "Rules set aside, with the written reason."),
    }


def situation() -> dict[str, Schema]:
    """The keys of a situation."""
    stated: Schema = {"anyOf": [_FLAG, _RANGE]}
    return {
        "on": {**_DAY, "description": "The day of judging; left out, the call's."},
        "stage": text(),
        "strand": text(),
        "partners": _partners(),
        **_money(),
        "themes": _TEXTS,
        "objectives": _TEXTS,
        "main_objective": text(),
        "targets": _TEXTS,
        "duration": {**_RANGE, "description": "In months."},
        "starts": _DAY,
        "ends": _DAY,
        "statements": _by_id(stated, "What the project states."),
        "submitted": _MOMENT,
        "question": _MOMENT,
        **_papers(),
        **_all_applications(),
    }


def case() -> Schema:
    """`cases.toml`: situations with what is expected of them."""
    expect = _by_id(choice(tuple(Outcome)), "The outcome that each rule must have.")
    keys = {"name": text("What the case shows."), **situation(), "expect": expect}
    return table({"cases": listed(table(keys, ("name", "expect")))}, ("cases",))
