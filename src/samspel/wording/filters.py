"""Filters as words: what a thing is or does, after "that", after "every partner", or right after the noun."""

from __future__ import annotations

from dataclasses import replace

from samspel.engine.calls import vocabulary
from samspel.engine.calls.conditions import Ask, Filter
from samspel.wording.voice import Voice

ONE, SEVERAL = 1, 2
MAIN, SUBORDINATE = 1, 2
"""Forms of a sentence: of one thing or several, and where Swedish puts "inte"."""

SME = {"micro", "small", "medium"}
_SHORT = 3

_GROUPS = {
    "kind": "kinds",
    "lead_kind": "kinds",
    "role": "roles",
    "legal_form": "legal-forms",
    "size": "sizes",
    "source": "funding-sources",
    "giver": "givers",
    "signed_by": "signers",
    "status": "earlier-states",
    "decision": "decisions",
    "cost.form": "cost-forms",
    "cofunding.form": "funding-forms",
    "cofunding.state": "funding-states",
    "application.state": "application-states",
    "change.kind": "changes",
}
"""The group of words that an attribute's choices stand in."""


def code_of(voice: Voice, collection: str, attribute: str, form: str = "") -> str:
    """The sentence of an attribute: that of its collection where it has one of its own; empty where there is none."""
    for code in (f"ask.{collection}.{attribute}{form}", f"ask.{attribute}{form}"):
        if voice.has(code):
            return code
    return ""


def group_of(collection: str, attribute: str) -> str:
    """The group of words of an attribute's choices; empty for one without choices of its own."""
    return _GROUPS.get(f"{collection}.{attribute}", _GROUPS.get(attribute, ""))


def _choices(voice: Voice, collection: str, ask: Ask, n: int) -> list[str]:
    """The values of a question, each in words; co-funding comes from givers in general."""
    attribute, values = ask.attribute, ask.values
    n = SEVERAL if collection == "cofunding" and attribute == "giver" else n
    if group := group_of(collection, attribute):
        if attribute == "size" and set(values) >= SME:
            values = ("sme", *(one for one in values if one not in SME))
        return [voice.fill(f"{group}.{one}", n=n) for one in values]
    spec = vocabulary.ATTRIBUTES.get(collection, {}).get(attribute)
    match spec.sort if spec else "":
        case "codes":
            return [voice.place(one) for one in values]
        case "parameter":
            return [voice.bound(one)[0] for one in values]
        case "declared" if spec:
            return [_declared(voice, spec.choices[0], one) for one in values]
    return [_free(voice, attribute, one) for one in values]


def _declared(voice: Voice, table: str, one: str) -> str:
    if table == "statements":
        return voice.statement(one)
    if table in ("areas", "registers"):
        return voice.named(voice.entry(table, one))
    return voice.quoted(voice.entry(table, one))


def _free(voice: Voice, attribute: str, one: str) -> str:
    match attribute:
        case "theme":
            return voice.quoted(voice.entry("terms.theme", one))
        case "stage":
            return voice.quoted(voice.stage(one))
        case "funder":
            return voice.names.get(one, one)
    return one


def asked(voice: Voice, collection: str, ask: Ask, form: str, *, n: int, main: int) -> str:
    """One question as words, in the form whose sentence ends so."""
    joint = "and" if ask.attribute == "states" or form == ".prep.not" else "or"
    if ask.attribute == "has_earlier":
        values = earlier(voice, ask.inner or Filter(), ONE)
    elif ask.inner is not None:
        values = owners(voice, ask.inner)
    else:
        values = voice.listing(_choices(voice, collection, ask, n), joint)
    return voice.fill(code_of(voice, collection, ask.attribute, form), values=values, n=n, main=main)


def predicate(
    voice: Voice, wanted: Filter, collection: str, *, n: int, main: int = SUBORDINATE, yes: bool = True
) -> str:
    """What things that fit are or do; with `yes` false, what the others are or do."""
    items, joint = _items(voice, wanted, collection, n=n, main=main, yes=yes)
    return voice.listing(items, joint)


def _items(voice: Voice, wanted: Filter, collection: str, *, n: int, main: int, yes: bool) -> tuple[list[str], str]:
    """The parts of a filter in words, and what joins them; the negation of several is each negated and joined anew."""
    if wanted.operator == "not":
        return _items(voice, wanted.parts[0], collection, n=n, main=main, yes=not yes)
    if not wanted.asks and len(wanted.parts) == 1:
        return _items(voice, wanted.parts[0], collection, n=n, main=main, yes=yes)
    joint = "and" if (wanted.operator == "all") == yes else "or"
    items = []
    for ask in wanted.asks:
        holds = yes if ask.flag is not False else not yes
        items.append(asked(voice, collection, ask, "" if holds else ".not", n=n, main=main))
    alone = len(wanted.asks) + len(wanted.parts) == 1
    for part in wanted.parts:
        inner, other = _items(voice, part, collection, n=n, main=main, yes=yes)
        text = voice.listing(inner, other)
        items.append(f"({text})" if len(inner) > 1 and other != joint and not alone else text)
    return items, joint


def _sole(wanted: Filter) -> Ask | None:
    """The one question of a filter that asks nothing else."""
    return wanted.asks[0] if len(wanted.asks) == 1 and not wanted.parts and wanted.operator == "all" else None


def _before_that(voice: Voice, collection: str, wanted: Filter, n: int) -> str:
    """A part of a filter as words right after the noun; empty where there are none such."""
    negated = wanted.operator == "not"
    ask = _sole(wanted.parts[0] if negated else wanted)
    form = ".prep.not" if negated else ".prep"
    if ask is None or ask.flag is not None or not code_of(voice, collection, ask.attribute, form):
        return ""
    return asked(voice, collection, ask, form, n=n, main=SUBORDINATE)


def attributes(voice: Voice, wanted: Filter, collection: str, n: int) -> tuple[str, str]:
    """What stands after a noun: words right after it, and what follows "that"; each empty where there is nothing."""
    if wanted.operator != "all":
        wanted = Filter(parts=(wanted,))
    asks, preps, rest = list(wanted.asks), [], []
    if giver := _giver_in(voice, asks):
        preps.append(giver)
        asks = [ask for ask in asks if ask.attribute not in ("giver", "giver_region")]
    for part in (*(Filter(asks=(ask,)) for ask in asks), *wanted.parts):
        if text := _before_that(voice, collection, part, n):
            preps.append(text)
        else:
            rest.append(part)
    after = predicate(voice, Filter(parts=tuple(rest)), collection, n=n) if rest else ""
    return " ".join(preps), after


def _giver_in(voice: Voice, asks: list[Ask]) -> str:
    """Where both the giver and the giver's region are asked for: "from partners in Sweden"."""
    found = {ask.attribute: ask for ask in asks}
    if not {"giver", "giver_region"} <= found.keys():
        return ""
    giver = asked(voice, "cofunding", found["giver"], ".prep", n=SEVERAL, main=SUBORDINATE)
    places = voice.listing((voice.place(one) for one in found["giver_region"].values), "or")
    return f"{giver} {voice.fill('ask.country.prep', values=places)}"


def with_attributes(voice: Voice, noun: str, wanted: Filter, collection: str, n: int) -> str:
    """A noun with what is asked of it: "partners in Norway that are legal persons"."""
    preps, after = attributes(voice, wanted, collection, n)
    text = f"{noun} {preps}" if preps else noun
    return f"{text} {voice.fill('list.that')} {after}" if after else text


def people(voice: Voice, wanted: Filter, n: int) -> str:
    """Partners of a sort, without a number: by their kind or role where a few are named, else "partners that …"."""
    head = voice.fill("noun.partners", n=n)
    for attribute, words in (("kind", "kinds"), ("role", "roles")):
        if found := _few(wanted, attribute):
            told = (_bare(voice, attribute, one) if n == ONE else voice.fill(f"{words}.{one}", n=n) for one in found)
            head = voice.listing(told, "or")
            wanted = replace(wanted, asks=tuple(one for one in wanted.asks if one.attribute != attribute))
            break
    return with_attributes(voice, head, wanted, "partner", n)


def _bare(voice: Voice, attribute: str, one: str) -> str:
    """One kind or role without an article."""
    if attribute == "role":
        return voice.fill(f"partner-role.{one}")
    return voice.fill(f"kind-noun.{one}" if voice.has(f"kind-noun.{one}") else f"kind.{one}")


def _few(wanted: Filter, attribute: str) -> tuple[str, ...]:
    """The kinds or roles that partners may go by instead of "partners": a few of them, all known."""
    found = next((one.values for one in wanted.asks if one.attribute == attribute), ())
    return found if 0 < len(found) <= _SHORT and "unknown" not in found and wanted.operator == "all" else ()


def asks_priority(wanted: Filter) -> bool:
    """Whether a filter asks that the region has given the theme priority."""
    return any(ask.attribute == "priority" for ask in wanted.asks)


def owners(voice: Voice, wanted: Filter) -> str:
    """Those whose cost, grant or document it is."""
    ask = _sole(wanted)
    if ask is not None and ask.attribute == "role" and ask.values == ("lead",):
        return voice.fill("each.lead")
    return people(voice, wanted, SEVERAL)


def earlier(voice: Voice, wanted: Filter, n: int) -> str:
    """An earlier project of some sort, without an article."""
    return with_attributes(voice, voice.fill("noun.earlier", n=n), wanted, "earlier", n)
