"""The language of calls as JSON Schema (2020-12), so that an editor completes and checks a call while it is written.

It knows the shape and the words; what hangs on the whole call, such as that a named parameter exists and has
the right unit, is said by the reader.
"""

from __future__ import annotations

from samspel.engine.calls import vocabulary
from samspel.engine.calls.schema.conditions import (
    CODE,
    Schema,
    choice,
    conditions,
    filters,
    listed,
    ref,
    table,
    text,
)
from samspel.engine.calls.schema.situations import case
from samspel.engine.registry import KINDS

DIALECT = "https://json-schema.org/draft/2020-12/schema"
FILES = ("call.toml", "programme.toml", "overlay.toml", "form.toml", "cases.toml")
"""The files of a call that have a schema."""

_SLUG = "^[a-z0-9]+(-[a-z0-9]+)*$"
_ID = text("Small letters, figures and hyphens.", pattern=_SLUG, maxLength=60)
_LANGUAGE = "^[a-z]{2}$"
_WORDS, _SOURCE = ref("words"), ref("source")
_NOTE: Schema = {"type": "string", "description": "A note to the reader of the file."}
_DAY: Schema = {
    "type": "string",
    "format": "date",
    "pattern": r"^\d{4}-\d{2}-\d{2}$",
    "description": "A day: 2018-05-31.",
}
_MOMENT: Schema = {
    "type": "string",
    "pattern": r"^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?)?$",
    "description": "A local time in the calendar's zone, 2018-05-31T17:00:00, or a day where no clock time is stated.",
}
_NUMBER: Schema = {"type": "number", "minimum": 0}
_FLAG: Schema = {"type": "boolean"}
_REPLACES = text("The layer whose entry of this name this one takes the place of: programme, call or overlay.")
_PARAMETER = text("The name of a parameter.")


def _entry(properties: dict[str, Schema], required: tuple[str, ...] = (), description: str = "") -> Schema:
    """A table that may replace one of an earlier layer."""
    return table({**properties, "replaces": _REPLACES}, required, description)


def _by_name(inner: Schema, description: str) -> Schema:
    return {"type": "object", "additionalProperties": inner, "description": description}


def _words() -> Schema:
    """A text in each of the call's languages."""
    return {
        "type": "object",
        "description": "The text in each of the call's languages.",
        "patternProperties": {_LANGUAGE: {"type": "string", "pattern": r"\S"}},
        "additionalProperties": False,
        "minProperties": 1,
    }


def _values(value: Schema) -> Schema:
    """A value, its values by day, or that the source does not state it."""
    keys: dict[str, Schema] = {"from": _DAY, "until": _DAY, "is": value}
    period = table(keys, ("from", "is"), "A value and the days on which it holds.")
    return {"anyOf": [value, {"const": "not stated"}, listed(period)]}


def _parameter() -> Schema:
    share: Schema = {"type": "number", "minimum": 0, "maximum": 1}
    keys: dict[str, Schema] = {
        "unit": choice(vocabulary.UNITS, "What the number counts; a share is 0 to 1."),
        "value": {"description": "The number; its values by day; or that the source does not state it."},
        "of": choice(vocabulary.DENOMINATORS, "What a share is a share of."),
        "source": _SOURCE,
        "note": _NOTE,
    }

    def of_unit(unit: str) -> Schema:
        return {"properties": {"unit": {"const": unit}}}

    def valued(value: Schema) -> Schema:
        return {"properties": {"value": _values(value)}}

    other: Schema = {"if": of_unit("date"), "then": valued(_DAY), "else": valued(_NUMBER)}
    return {
        **_entry(keys, ("unit", "value", "source"), "A number that rules name."),
        "if": of_unit("share"),
        "then": {"required": ["of"], **valued(share)},
        "else": other,
    }


def _rule() -> Schema:
    keys: dict[str, Schema] = {
        "id": _ID,
        "needs": {"type": "object", "description": "The condition that must hold."},
        "source": _SOURCE,
        "text": {**_WORDS, "description": "A heading; the rule's words are made from its condition."},
        "severity": choice(vocabulary.SEVERITIES, "Left out: must."),
        "part": choice(vocabulary.PARTS, "Whether failing it is a rejection or a dismissal. Left out: requirement."),
        "curable": text("The parameter (unit days) within which it may be mended; left out, failing it is final."),
        "waiver": {**_FLAG, "description": "Whether it may be set aside with a written reason."},
        "stages": listed(_ID, "The stages in which it holds; left out, all."),
        "over": choice(vocabulary.OVER, "What it is judged over. Left out: application."),
        "after_award": {**_FLAG, "description": "Whether it goes on holding after the award."},
        "when": {"type": "object", "description": "The condition without which the rule does not apply."},
        "note": _NOTE,
    }
    of_set: Schema = {"properties": {"over": {"enum": list(vocabulary.SET_LEVEL)}}, "required": ["over"]}
    one, many = ({"properties": {"needs": ref(c), "when": ref(c)}} for c in ("condition", "condition-of-set"))
    return {**_entry(keys, ("id", "needs", "source"), "A requirement."), "if": of_set, "then": many, "else": one}


def _exception() -> Schema:
    either: Schema = {"anyOf": [ref("condition"), ref("condition-of-set")]}
    keys = {
        "id": _ID,
        "to": text("The id of the rule."),
        "when": {**either, "description": "When the exception is in force."},
        "needs": {**either, "description": "What holds instead of the rule."},
        "excused": {**_FLAG, "description": "That the rule need not be met at all."},
        "source": _SOURCE,
        "text": _WORDS,
    }
    needs: Schema = {"required": ["needs"], "properties": {"excused": {"const": False}}}
    excused: Schema = {"required": ["excused"], "properties": {"excused": {"const": True}, "needs": False}}
    required = ("id", "to", "when", "source", "text")
    return {**_entry(keys, required, "What holds instead of a rule when a condition does."), "oneOf": [needs, excused]}


def _partition() -> Schema:
    part = table(
        {
            "id": _ID,
            "where": ref("filter-application"),
            "amount": text("A parameter: money, or a share."),
            "text": _WORDS,
        },
        ("id", "amount", "text"),
    )
    keys = {
        "id": _ID,
        "of": text("The parameter (unit money) that is parted."),
        "movable": {**_FLAG, "description": "Whether money may be moved between the parts."},
        "source": _SOURCE,
        "text": _WORDS,
        "parts": listed(part),
    }
    return _entry(keys, ("id", "of", "source", "text", "parts"), "One way in which the money is parted.")


def _declared() -> dict[str, Schema]:
    told: dict[str, Schema] = {"text": _WORDS, "source": _SOURCE}
    complete = {**_FLAG, "description": "false where the list is not complete: nobody is known to be outside."}
    silent: Schema = {"const": "not stated"}
    code = text("A country or region code.", pattern=CODE)
    area: dict[str, Schema] = {**told, "codes": {"anyOf": [listed(code), silent]}, "complete": complete}
    area["set"] = text("The set of areas that this one is told apart in.")
    members: dict[str, Schema] = {**told, "ids": {"anyOf": [listed(text()), silent]}, "complete": complete}
    statement = {"of": choice(("project", "partner")), "unit": choice(vocabulary.STATEMENT_UNITS), **told}
    term: Schema = {**_words(), "properties": {"source": _SOURCE, "replaces": _REPLACES}}
    terms = {kind: _by_name(term, f"Each {kind}, in the call's languages.") for kind in vocabulary.TERMS}
    documents = {"id": _ID, **told, "signed_by": choice(vocabulary.SIGNERS), "language": text(), "template": text()}
    opinions = {"id": _ID, **told, "giver": choice(vocabulary.GIVERS)}
    said = ("text", "source")
    return {
        "areas": _by_name(_entry(area, ("codes", *said)), "Areas of the call's own, by code."),
        "lists": _by_name(_entry(members, ("ids", *said)), "Lists of organisations, by id or name."),
        "registers": _by_name(_entry(told, said), "Registers that partners may stand in."),
        "statements": _by_name(_entry(statement, ("unit", *said)), "What the applicant states."),
        "terms": table(terms, description="Words of the call's own."),
        "documents": listed(_entry(documents, ("id", *said)), "Documents that may be asked for."),
        "indicators": listed(_entry({"id": _ID, **told, "unit": text()}, ("id", *said)), "What will be measured."),
        "opinions": listed(_entry(opinions, ("id", *said)), "Bodies that are heard."),
    }


def _calendar() -> dict[str, Schema]:
    zone = text("An IANA time zone.", examples=["Europe/Stockholm"])
    calendar = {"zone": zone, "dated": {**_DAY, "description": "The day whose numbers count."}, "note": _WORDS}
    clock: Schema = {"type": "string", "pattern": r"^\d{2}:\d{2}(:\d{2})?"}
    window = {
        "id": _ID,
        "stage": _ID,
        **dict.fromkeys(("opens", "questions_until", "closes", "decided"), _MOMENT),
        "workdays": {**_FLAG, "description": "Open Monday to Friday only."},
        "daily": {**listed(clock, "Open between two clock times each day.", 2), "maxItems": 2},
        "source": _SOURCE,
    }
    stage = {"id": _ID, "text": _WORDS, "source": _SOURCE}
    return {
        "calendar": _entry({**calendar, "source": _SOURCE}, ("zone", "source")),
        "stages": listed(_entry(stage, ("id", "text", "source")), "The steps of the procedure, in order."),
        "windows": listed(_entry(window, ("id", "source")), "When applications are received."),
    }


def _assessment() -> dict[str, Schema]:
    grade = _entry(
        {"code": text(maxLength=10), "points": {"type": "integer", "minimum": 0}, "text": _WORDS}, ("code", "text")
    )
    whole: Schema = {"type": "integer", "minimum": 0}
    points: dict[str, Schema] = {
        "from": whole,
        "to": whole,
        "step": {"type": "integer", "minimum": 1},
        "source": _SOURCE,
    }
    criterion = {
        "id": _ID,
        "least": text("The least grade."),
        "weight": _PARAMETER,
        "gate": {**_FLAG, "description": "Failing it stops the assessment."},
        "cap": text("The highest grade that can be reached."),
        "text": _WORDS,
        "guidance": _WORDS,
        "source": _SOURCE,
    }
    how = {
        "least_total": _PARAMETER,
        "assessors": _PARAMETER,
        "consolidation": choice(vocabulary.CONSOLIDATIONS, "How several assessors' grades come together."),
        "tie_break": listed(_ID, "Criteria that part applications with the same points.", 0),
        "source": _SOURCE,
    }
    return {
        "scale": listed(grade, "The grades, from the lowest."),
        "scale_points": _entry(points, ("from", "to"), "A scale of whole points."),
        "criteria": listed(_entry(criterion, ("id", "text", "guidance", "source"))),
        "assessment": _entry(how, ("source",)),
        "decisions": _entry({"allowed": listed(choice(vocabulary.DECISIONS), least=0), "source": _SOURCE}),
    }


def _shared() -> dict[str, Schema]:
    """What may stand in a call as well as in the layers below and above it."""
    kinds = listed(choice(KINDS), least=0)
    counting = {
        "counted_kinds": {**kinds, "description": "Kinds of organisations that count."},
        "refused_kinds": {**kinds, "description": "Kinds that do not; on others the call is silent."},
        "level": {**ref("level"), "description": "The level at which regions are told apart."},
        "region_of": choice(vocabulary.REGION_OF, "Whose region counts: the node's own, or its host's."),
        "financing_only": {**_FLAG, "description": "Whether only partners that finance count."},
        "source": _SOURCE,
        "note": _NOTE,
    }
    rate = {"rate": text("The parameter (unit rate)."), "source": _SOURCE}
    money = {
        "forms": listed(choice(vocabulary.COST_FORMS), "The forms of cost that are taken.", 0),
        "exchange": _by_name(table(rate, ("rate",)), "Other currencies, and the rate of each."),
        "source": _SOURCE,
    }
    return {
        **_calendar(),
        "counting": _entry(counting, ("level", "source"), "What is counted as a partner, and where."),
        "parameters": _by_name(ref("parameter"), "Every number of the call, by name."),
        **_declared(),
        "rules": listed(ref("rule")),
        "exceptions": listed(_exception()),
        "partitions": listed(_partition()),
        "money": _entry(money),
        **_assessment(),
    }


def _call() -> Schema:
    head: dict[str, Schema] = {
        "id": _ID,
        "authority": text("The authority that decides."),
        "currency": text("The call's currency.", examples=["EUR", "SEK", "NOK"]),
        "register": {"type": "string", "description": "The register of organisations; empty for none."},
        "languages": listed(text(pattern=_LANGUAGE), "Left out: sv and en."),
        "title": _WORDS,
        "purpose": _WORDS,
    }
    return table({**head, **_shared()}, ("id", "authority", "currency", "register", "title", "purpose"))


def _layer() -> Schema:
    layer = {"id": text(), "version": text(), "dated": _DAY, "title": _WORDS, "source": _SOURCE}
    own = table(layer, ("version", "dated", "title", "source"), "Which text this is.")
    return table({"layer": own, **_shared()}, ("layer",))


def _form() -> Schema:
    question = {
        "id": _ID,
        "required": _FLAG,
        "longest": {"type": "integer", "minimum": 1, "description": "The most characters of an answer."},
        "text": _WORDS,
        "help": _WORDS,
        "states": text("The statement or fact that the answer gives.", examples=list(vocabulary.FACTS)),
    }
    return table({"questions": listed(table(question, ("id", "required", "longest", "text", "help")))}, ("questions",))


def _pruned(body: Schema, definitions: dict[str, Schema]) -> dict[str, Schema]:
    """The definitions that a schema refers to, directly or through others."""
    needed, left = dict[str, Schema](), [str(body)]
    while left:
        told = left.pop()
        for name, one in definitions.items():
            if name not in needed and f"'#/$defs/{name}'" in told:
                needed[name] = one
                left.append(str(one))
    return dict(sorted(needed.items()))


def schema(file: str = "call.toml") -> Schema:
    """The JSON Schema of one of a call's files, complete in itself.

    >>> schema()["title"]
    'call.toml'

    Raises:
        KeyError: a file that has no schema.
    """
    bodies = {
        "call.toml": _call,
        "programme.toml": _layer,
        "overlay.toml": _layer,
        "form.toml": _form,
        "cases.toml": case,
    }
    body = bodies[file]()
    definitions: dict[str, Schema] = {
        "words": _words(),
        "source": {"type": "string", "description": "Where this is stated: SOURCE.md#anchor."},
        "parameter": _parameter(),
        "rule": _rule(),
        **conditions(),
        **filters(),
    }
    told = {"$schema": DIALECT, "title": file, "description": _TOLD[file]}
    return {**told, **body, **({"$defs": found} if (found := _pruned(body, definitions)) else {})}


_TOLD = {
    "call.toml": "A call: its calendar, its numbers, its rules, its money and its assessment.",
    "programme.toml": "What holds for every call of the programme.",
    "overlay.toml": "What a country or region lays over the call.",
    "form.toml": "The questions that an application answers.",
    "cases.toml": "Situations under the call and the outcome each rule must have. What is left out is not known.",
}
