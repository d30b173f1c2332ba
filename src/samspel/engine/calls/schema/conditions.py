"""The JSON Schema of conditions and filters, made from the vocabulary, so that an editor offers the words there are."""

from __future__ import annotations

from samspel.engine.calls import vocabulary
from samspel.engine.calls.vocabulary import Attribute

type Schema = dict[str, object]

CODE = "^[A-Z0-9]{2,5}$"
HEADS = {
    "count": "Count things.",
    "share": "The share that one sum or number has of another, 0 to 1.",
    "amount": "A sum of money, in the call's currency.",
    "fact": "A number that the applicant states: duration, starts, ends, or a statement of the project.",
    "lead": "The lead partner is one of these.",
    "every": "Every partner is one of these.",
    "some": "At least one partner is one of these.",
    "none": "No partner is one of these.",
    "every_application": "Every application (or award, or application on the reserve list) is one of these.",
    "apart": "No organisation has two of these roles.",
    "document": "This document has been handed in, valid and as declared.",
    "states": "The project states yes to this.",
    "in_time": "Handed in, or asked, within a window of the stage.",
    "ranked": "The reserve list stands in the order of points.",
    "strand": "The application is of one of these strands.",
    "all": "All of these hold.",
    "any": "At least one of these holds.",
    "not": "This does not hold.",
}
MODIFIERS = {
    "where": "Only those that fit.",
    "of_where": "Only those of the denominator that fit.",
    "among": "Only these partners are asked.",
    "per": "The comparison must hold for each group by itself.",
    "level": "At which level regions are told apart: country, nuts1 to nuts3, or a set of the call's own areas.",
    "of": "The denominator of the share.",
    "years": "The parameter (unit years) of the rolling window.",
    "each": "A document from each of these.",
}
COMPARISONS = {
    "at_least": "This much or more.",
    "at_most": "This much or less.",
    "equals": "Exactly this much.",
    "more_than": "More than this.",
    "less_than": "Less than this.",
}


def ref(name: str) -> Schema:
    """A reference to one of the definitions."""
    return {"$ref": f"#/$defs/{name}"}


def text(description: str = "", **more: object) -> Schema:
    """A text that is not empty."""
    told: Schema = {"description": description} if description else {}
    return {"type": "string", "minLength": 1, **told, **more}


def choice(values: tuple[str, ...], description: str = "") -> Schema:
    """One of these words."""
    told: Schema = {"description": description} if description else {}
    return {"type": "string", "enum": list(values), **told}


def listed(items: Schema, description: str = "", least: int = 1) -> Schema:
    """A list."""
    told: Schema = {"description": description} if description else {}
    return {"type": "array", "items": items, "minItems": least, **told}


def table(properties: dict[str, Schema], required: tuple[str, ...] = (), description: str = "") -> Schema:
    """A table with these keys and no others."""
    told: Schema = {"description": description} if description else {}
    found: Schema = {"type": "object", "properties": properties, "additionalProperties": False, **told}
    return {**found, "required": list(required)} if required else found


# -- filters


def _attribute(attribute: Attribute) -> Schema:
    match attribute.sort:
        case "flag":
            return {"type": "boolean"}
        case "one-of":
            return listed(choice(attribute.choices))
        case "codes":
            return listed(text("A country (SE) or region (SE1, SE11, SE110).", pattern=CODE))
        case "numbers":
            return listed({"type": "integer"})
        case "parameter":
            return text(f"The name of a parameter (unit {attribute.choices[0]}).")
        case "filter":
            return ref(f"filter-{attribute.choices[0]}")
        case "declared":
            return listed(text(f"An id that the call declares under [{attribute.choices[0]}]."))
    return listed(text())


def filters() -> dict[str, Schema]:
    """A definition for the filters on each collection."""
    found: dict[str, Schema] = {}
    for collection, attributes in vocabulary.ATTRIBUTES.items():
        own = ref(f"filter-{collection}")
        properties = {name: _attribute(attribute) for name, attribute in attributes.items()}
        properties |= {"any": listed(own, "At least one of these fits."), "not": own}
        found[f"filter-{collection}"] = table(
            properties, description=f"Which are meant, by what is known of each {collection}."
        )
    found["filter-any"] = {"anyOf": [ref(name) for name in found]}
    return found


# -- measures and comparisons


def _level() -> Schema:
    """A level of regions."""
    return {"description": MODIFIERS["level"], "anyOf": [choice(vocabulary.LEVELS), text("A set of areas.")]}


def _per(groups: tuple[str, ...]) -> Schema:
    """What a measure may be split by: what lies somewhere, also by the areas of a set."""
    sets = text("Each area of a set.", pattern="^area:.+")
    return {"description": MODIFIERS["per"], "anyOf": [choice(groups), *([sets] if "region" in groups else [])]}


type _Sort = tuple[str, tuple[str, ...], tuple[str, ...], str]
"""A collection, what its number may be a share of, the groups it falls into, and what may be said of it alone."""


def _sorted(words: tuple[str, ...], over: str) -> dict[_Sort, tuple[str, ...]]:
    """The words of which the same may be said, together."""
    found: dict[_Sort, tuple[str, ...]] = {}
    collections = {noun.name: noun.collection for noun in vocabulary.NOUNS.values()}
    collections |= vocabulary.COLLECTION_OF_DENOMINATOR
    for word in words:
        collection = "application" if over in vocabulary.SET_LEVEL else collections[word]
        wholes, alone = vocabulary.denominators(word, over), vocabulary.MODIFIERS_OF.get(word, "")
        sort = (collection, wholes, vocabulary.groups(word, over), alone)
        found[sort] = (*found.get(sort, ()), word)
    return found


def _measures(*, of_set: bool) -> list[tuple[dict[str, Schema], tuple[str, ...]]]:
    """Each sort of measure: its keys, and those that must be there."""
    found: list[tuple[dict[str, Schema], tuple[str, ...]]] = []
    over = vocabulary.SET_LEVEL[0] if of_set else vocabulary.OVER[0]
    said = {"among": _described(ref("filter-partner"), "among"), "years": text(MODIFIERS["years"])}
    for head in ("count", "share", "amount"):
        for (collection, wholes, groups, alone), words in _sorted(vocabulary.numbered(head, over), over).items():
            keys = {head: choice(words, HEADS[head]), "where": _where(collection), "level": ref("level")}
            keys |= {"per": _per(groups)} if groups else {}
            keys |= {alone: said[alone]} if alone else {}
            if head == "share":
                keys |= {"of": choice(wholes, MODIFIERS["of"]), "of_where": _described(ref("filter-any"), "of_where")}
            found.append((keys, ("share", "of") if head == "share" else (head,)))
    return [*found, ({"fact": text(HEADS["fact"], examples=list(vocabulary.FACTS))}, ("fact",))]


def _where(collection: str) -> Schema:
    return _described(ref(f"filter-{collection}"), "where")


def _described(schema: Schema, modifier: str) -> Schema:
    return {**schema, "description": MODIFIERS[modifier]}


def _tests(condition: str) -> list[Schema]:
    partner = ref("filter-partner")
    found = [table({head: {**partner, "description": HEADS[head]}}, (head,)) for head in ("lead", "some", "none")]
    found.append(table({"every": {**partner, "description": HEADS["every"]}, "among": partner}, ("every",)))
    chosen = {**ref("filter-application"), "description": HEADS["every_application"]}
    found.append(table({"every_application": chosen}, ("every_application",)))
    found.append(table({"apart": listed(choice(vocabulary.ROLES), HEADS["apart"], 2)}, ("apart",)))
    among: Schema = {"description": MODIFIERS["among"], "anyOf": [partner, ref("filter-cofunding")]}
    document = {"document": text(HEADS["document"]), "each": choice(vocabulary.EACH, MODIFIERS["each"]), "among": among}
    found.append(table(document, ("document",)))
    found.append(table({"states": text(HEADS["states"])}, ("states",)))
    found.append(table({"in_time": choice(vocabulary.IN_TIME, HEADS["in_time"])}, ("in_time",)))
    found.append(table({"ranked": choice(("reserve",), HEADS["ranked"])}, ("ranked",)))
    found.append(table({"strand": listed(text(), HEADS["strand"])}, ("strand",)))
    own = ref(condition)
    found += [table({head: listed(own, HEADS[head])}, (head,)) for head in ("all", "any")]
    return [*found, table({"not": {**own, "description": HEADS["not"]}}, ("not",))]


def conditions() -> dict[str, Schema]:
    """The definitions of conditions: on one application (`condition`), and on a set of them (`condition-of-set`)."""
    found: dict[str, Schema] = {"level": _level()}
    for name, of_set in (("condition", False), ("condition-of-set", True)):
        measure, bound = name.replace("condition", "measure"), name.replace("condition", "bound")
        measures = _measures(of_set=of_set)
        found[measure] = {"oneOf": [table(keys, required) for keys, required in measures]}
        found[bound] = {"anyOf": [text("The name of a parameter."), ref(measure)]}
        compared: dict[str, Schema] = {word: {**ref(bound), "description": told} for word, told in COMPARISONS.items()}
        comparisons: list[Schema] = [
            {**table(keys | compared, required), "oneOf": [{"required": [word]} for word in COMPARISONS]}
            for keys, required in measures
        ]
        found[name] = {
            "description": "A condition: one head, and what goes with it.",
            "oneOf": comparisons + _tests(name),
        }
    return found
