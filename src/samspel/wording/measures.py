"""Measures as words: what is counted, summed or shared, and the bounds it is held to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from samspel.engine.calls import vocabulary
from samspel.engine.calls.conditions import Ask, Filter, Measure, Need
from samspel.wording.filters import MAIN, ONE, SEVERAL, attributes, people, predicate, with_attributes
from samspel.wording.voice import Voice

COUNTED = frozenset({"partners", "hosts", "groups", "regions", "applications"})
"""What a share may be of besides money."""
_TOTALS = frozenset({"granted", "sought"})
_PLURAL = frozenset({"cost"}) | _TOTALS
_WITH = {"cofunders": "cofunding", "budgets": "cost", "currencies": "cost", "programmes": "earlier"}
_CHOSEN = frozenset({"themes", "objectives", "secondary-objectives", "targets"})
_INVERSE = {
    "at_least": "less_than",
    "less_than": "at_least",
    "at_most": "more_than",
    "more_than": "at_most",
}


@dataclass(frozen=True, slots=True)
class Bounds:
    """The bounds of a measure in words, the number of the noun after them, and whether they allow none at all."""

    text: str
    n: int
    none: bool = False
    one: bool = False
    some: bool = False


def inverse(operator: str) -> str:
    """The comparison that holds where this one does not; empty where no single one does."""
    return _INVERSE.get(operator, "")


def unit_of(voice: Voice, measure: Measure) -> str:
    """The unit of a measure; points for one that is no fact of the call, such as a criterion."""
    if measure.head == "fact":
        statement = voice.call.declared.statements.get(measure.what)
        return statement.unit if statement else vocabulary.FACTS.get(measure.what, "points")
    return {"count": "count", "share": "share", "amount": "money"}[measure.head]


def compared(voice: Voice, operator: str, unit: str, text: str) -> str:
    """A bound in words: "at least 3"."""
    code = f"compare.{operator}.{unit}"
    return voice.fill(code if voice.has(code) else f"compare.{operator}", x=text)


def bounds_of(voice: Voice, needs: Sequence[Need], unit: str) -> Bounds:
    """The bounds that one or more comparisons with parameters set for the same measure."""
    texts, number = [], None
    for need in needs:
        text, number = voice.bound(need.parameter)
        if need is not needs[-1]:
            text = text.removesuffix(" of")
        texts.append(compared(voice, need.operator, unit, text))
    last = needs[-1]
    nought = len(needs) == 1 and number == 0 and unit in ("count", "money", "share")
    none = nought and last.operator in ("at_most", "equals")
    some = nought and last.operator == "more_than"
    one = len(needs) == 1 and number == 1 and last.operator in ("at_least", "equals")
    return Bounds(voice.listing(texts), ONE if number == 1 else SEVERAL, none, one, some)


# -- nouns


def regions(voice: Voice, measure: Measure, n: int) -> str:
    """The noun of regions at the level at which they are told apart."""
    level = measure.level or voice.call.counting.level
    if level == "country":
        return voice.fill("noun.countries", n=n)
    if level not in vocabulary.LEVELS:
        return voice.fill("noun.areas", areas=voice.areas(level))
    return f"{voice.fill('noun.regions', n=n)} ({voice.fill(f'level.{level}')})"


def noun(voice: Voice, measure: Measure, n: int, over: str = "application") -> str:
    """What is counted, without what is asked of it."""
    if measure.what in ("regions", "regions-without"):
        return regions(voice, measure, n)
    if measure.what == "applications" and over in ("awards", "reserve"):
        return voice.fill(f"noun.{over}", n=n)
    return voice.fill(f"noun.{measure.what}", n=n)


def counted(voice: Voice, measure: Measure, n: int, over: str = "application") -> str:
    """What is counted, with what is asked of it."""
    what, where = measure.what, measure.where
    text = noun(voice, measure, n, over)
    match what:
        case "partners":
            return people(voice, where, n)
        case "regions-without":
            among = people(voice, measure.among or Filter(asks=(Ask("counts", flag=True),)), SEVERAL)
            return voice.fill("noun.regions-without.of", what=text, among=among, who=people(voice, where, SEVERAL))
        case "groups":
            return with_attributes(voice, text, where, "partner", n)
    if not where:
        return text
    if what in ("hosts", "kinds"):
        return voice.fill(f"noun.{what}.of", n=n, who=people(voice, where, SEVERAL))
    if what in ("regions", "countries"):
        return voice.fill("noun.regions.of", what=text, who=people(voice, where, SEVERAL))
    if what in _WITH:
        inside = {"cofunding": "quantity.cofunding", "cost": "quantity.cost", "earlier": "noun.earlier"}[_WITH[what]]
        who = with_attributes(voice, voice.fill(inside, n=SEVERAL), where, _WITH[what], _number(_WITH[what]))
        return voice.fill("noun.programmes.of", what=text, who=who)
    return with_attributes(voice, text, where, vocabulary.NOUNS[what].collection, n)


def _number(collection: str) -> int:
    return SEVERAL if collection in ("cost", "earlier") else ONE


def _grouped(voice: Voice, text: str, measure: Measure, over: str) -> str:
    """A count or a sum that must hold for each group: "2 applications per lead partner"."""
    if not measure.per:
        return text
    if measure.per.startswith("area:"):
        areas = voice.areas(measure.per.removeprefix("area:"))
        return voice.fill("per.areas", what=text, areas=areas)
    if measure.per == "partner" and over not in vocabulary.SET_LEVEL and (by := _owner(measure)):
        return voice.fill("per.before", what=text, group=people(voice, by, ONE))
    group = regions(voice, measure, ONE) if measure.per == "region" else voice.fill(f"per.{measure.per}")
    return voice.fill("per.before" if measure.head == "share" else "per.after", what=text, group=group)


def _owner(measure: Measure) -> Filter | None:
    """The partners that the groups are, where the filter picks them."""
    return next((ask.inner for ask in measure.where.asks if ask.attribute == "by"), None)


def _without_owner(where: Filter) -> Filter:
    return Filter(where.operator, tuple(ask for ask in where.asks if ask.attribute != "by"), where.parts)


def _rest(measure: Measure, over: str) -> tuple[Filter, Filter]:
    """The filters of a sum and of its whole, without the partners that the groups say already."""
    if measure.per == "partner" and over not in vocabulary.SET_LEVEL and _owner(measure):
        same = Measure("", "", where=measure.of_where)
        ours = _owner(same) == _owner(measure)
        return _without_owner(measure.where), _without_owner(measure.of_where) if ours else measure.of_where
    return measure.where, measure.of_where


# -- sentences


def count_words(voice: Voice, measure: Measure, bounds: Bounds, *, clause: bool, main: int, over: str) -> str:
    """A count held to bounds: "at least 3 partners that count", or "there are …" inside a sentence."""
    n = SEVERAL if bounds.none else bounds.n
    if measure.what == "regions-without" and bounds.none:
        return _each_region(voice, measure)
    if values := only_values(measure):
        return _chosen(voice, measure.what, values, bounds, main=main)
    what = counted(voice, measure, n, over)
    text = voice.fill("count.none", what=what, main=main) if bounds.none else f"{bounds.text} {what}"
    text = _grouped(voice, text, measure, over)
    if not clause or measure.per.startswith("area:"):
        return text
    if measure.what in _CHOSEN:
        return voice.fill("say.chosen", what=text, n=n)
    return voice.fill("say.exists.no" if bounds.none else "say.exists", what=text, n=n, main=main)


def _each_region(voice: Voice, measure: Measure) -> str:
    """No region without: every region that is represented has one."""
    among = people(voice, measure.among or Filter(asks=(Ask("counts", flag=True),)), SEVERAL)
    region, sole = regions(voice, measure, ONE), measure.where.asks
    if len(sole) == 1 and sole[0].attribute == "priority" and sole[0].flag and not measure.where.parts:
        return voice.fill("count.region-priority", region=region, among=among)
    return voice.fill("count.region-each", region=region, among=among, who=people(voice, measure.where, ONE))


def is_noun(measure: Measure) -> bool:
    """Whether a measure's words by themselves are a noun ("at least 3 partners") and no sentence."""
    return measure.head == "count" and not only_values(measure) and measure.what != "regions-without"


def only_values(measure: Measure) -> tuple[str, ...]:
    """The themes or objectives among which is counted, where nothing else is asked of them."""
    where = measure.where
    if measure.what not in _CHOSEN or measure.what == "targets" or where.parts or len(where.asks) != 1:
        return ()
    return where.asks[0].values


def chosen_among(voice: Voice, what: str, values: tuple[str, ...], n: int = 0) -> str:
    """Named themes or objectives to choose among: "of the themes A and B"; or the only one: "the theme A"."""
    table = "terms.theme" if what == "themes" else "terms.objective"
    among = voice.listing(voice.quoted(voice.entry(table, one)) for one in values)
    return voice.fill(f"chosen.{what}", values=among, n=n or (ONE if len(values) == 1 else SEVERAL))


def _chosen(voice: Voice, what: str, values: tuple[str, ...], bounds: Bounds, *, main: int) -> str:
    """A count among named themes or objectives: "at least 1 of the themes A and B is chosen"."""
    n, listed = ONE if len(values) == 1 else SEVERAL, chosen_among(voice, what, values)
    if bounds.none:
        if n == ONE:
            return voice.fill("say.chosen.not", what=listed, main=main)
        return voice.fill("say.chosen", what=voice.fill("chosen.no", what=listed), n=ONE)
    if n == ONE and not bounds.one:
        listed = chosen_among(voice, what, values, SEVERAL)
    text = listed if n == ONE and bounds.one else f"{bounds.text.removesuffix(' of')} {listed}"
    return voice.fill("say.chosen", what=text, n=bounds.n)


def _summed(measure: Measure, over: str) -> str:
    """The words that a sum goes by: a grant over many applications is a total."""
    if measure.what == "grant" and over in vocabulary.SET_LEVEL:
        return "sought" if over == "applications" else "granted"
    return measure.what


def _collection(what: str, over: str) -> str:
    return "application" if over in vocabulary.SET_LEVEL else vocabulary.COLLECTION_OF_DENOMINATOR.get(what, "partner")


def quantity(voice: Voice, measure: Measure, over: str = "application", form: str = "the") -> str:
    """A sum with what is asked of it: "the co-funding that is decided"."""
    where, _ = _rest(measure, over)
    n = number_of(voice, measure, over)
    collection = _collection(measure.what, over)
    _preps, after = attributes(voice, where, collection, n)
    form = "that" if after and form == "the" else form
    text = voice.fill(f"quantity.{_summed(measure, over)}.{form}", main=MAIN)
    text = with_attributes(voice, text, where, collection, n)
    if measure.years:
        text = voice.fill("quantity.over-years", what=text, years=voice.bound(measure.years)[0])
    return text


def amount_words(voice: Voice, measure: Measure, bounds: Bounds, *, clause: bool, main: int, over: str) -> str:
    """A sum held to bounds: "a grant of at least …", or "the grant is at least …" inside a sentence."""
    where, _ = _rest(measure, over)
    n = number_of(voice, measure, over)
    _, after = attributes(voice, where, _collection(measure.what, over), n)
    total = "total" if _summed(measure, over) in _TOTALS else "amount"
    if bounds.none:
        text = _none_of(voice, measure, clause=clause, main=main, over=over)
    elif bounds.some:
        text = voice.fill("say.exists", what=quantity(voice, measure, over, "a"), n=n)
    elif clause or after:
        text = voice.fill(f"say.{total}.is", what=quantity(voice, measure, over), bounds=bounds.text, n=n)
    else:
        text = voice.fill(f"say.{total}", what=quantity(voice, measure, over, "a"), bounds=bounds.text)
    return _grouped(voice, text, measure, over)


def number_of(voice: Voice, measure: Measure, over: str) -> int:
    """Whether the words of a sum are of one thing or several."""
    summed = _summed(measure, over)
    return SEVERAL if summed in _PLURAL or (summed == "moved" and voice.language == "sv") else ONE


def _none_of(voice: Voice, measure: Measure, *, clause: bool, main: int, over: str) -> str:
    """That there is none of a sum: "no grant to partners in Norway"."""
    where, _ = _rest(measure, over)
    n = number_of(voice, measure, over)
    none = voice.fill(f"quantity.{_summed(measure, over)}.no", main=main)
    text = with_attributes(voice, none, where, _collection(measure.what, over), n)
    return voice.fill("say.exists.no", what=text, n=n, main=main) if clause else text


def whole_of(voice: Voice, measure: Measure, over: str = "application") -> str:
    """What a share is of, with what is asked of it."""
    where, of_where = _rest(measure, over)
    of = over if measure.of == "applications" and over in ("awards", "reserve") else measure.of
    if not of_where:
        return voice.fill(f"of.whole-{of}" if measure.what == of and voice.has(f"of.whole-{of}") else f"of.{of}")
    text = voice.fill(f"of.{of}")
    if of_where == where and of == "line":
        return text
    if of_where == where and len(where.asks) == 1 and where.asks[0].attribute == "by" and not where.parts:
        return voice.fill("of.same-partners", whole=text)
    collection = _collection(measure.of, over)
    _, after = attributes(voice, of_where, collection, ONE)
    if after and voice.has(f"quantity.{of}.that"):
        text = voice.fill(f"quantity.{of}.that")
    return with_attributes(voice, text, of_where, collection, SEVERAL if measure.of in COUNTED else ONE)


def share_words(voice: Voice, measure: Measure, bounds: Bounds, *, clause: bool, main: int, over: str) -> str:
    """A share held to bounds: "co-funding of at least 50 % of the total cost"."""
    whole = whole_of(voice, measure, over)
    if measure.what in ("partners", "applications") and measure.of == measure.what and measure.where:
        are = predicate(voice, measure.where, _collection(measure.what, over), n=SEVERAL, main=MAIN)
        return _grouped(voice, voice.fill("say.share.who", bounds=bounds.text, whole=whole, are=are), measure, over)
    if measure.what in COUNTED:
        what = counted(voice, Measure("count", measure.what, where=measure.where, level=measure.level), SEVERAL, over)
        text = voice.fill("say.share.number", what=what, bounds=bounds.text, whole=whole)
        return _grouped(voice, text, measure, over)
    where, of_where = _rest(measure, over)
    n = number_of(voice, measure, over)
    if bounds.none:
        text = _none_of(voice, measure, clause=clause, main=main, over=over)
    elif clause or where or of_where:
        text = voice.fill("say.share.is", what=quantity(voice, measure, over), bounds=bounds.text, whole=whole, n=n)
    else:
        text = voice.fill("say.share", what=quantity(voice, measure, over, "a"), bounds=bounds.text, whole=whole)
    return _grouped(voice, text, measure, over)


def fact_words(voice: Voice, measure: Measure, bounds: Bounds) -> str:
    """A stated number held to bounds: "the project lasts at most 24 months"."""
    code = f"fact.{measure.what}"
    if measure.what in vocabulary.FACTS:
        return voice.fill(code, bounds=bounds.text)
    return voice.fill("fact.stated", what=voice.statement(measure.what), bounds=bounds.text.removesuffix(" of"))


def fact_name(voice: Voice, measure: Measure) -> str:
    """A stated number as a noun."""
    if measure.what in vocabulary.FACTS:
        return voice.fill(f"fact-name.{measure.what}")
    return voice.statement(measure.what)


def named(voice: Voice, measure: Measure, over: str = "application") -> str:
    """Any measure as a noun with the definite article."""
    match measure.head:
        case "count":
            return counted(voice, measure, SEVERAL, over)
        case "amount":
            return quantity(voice, measure, over)
        case "share":
            what = Measure("amount", measure.what, where=measure.where)
            part = counted(voice, what, SEVERAL, over) if measure.what in COUNTED else quantity(voice, what, over)
            return voice.fill("share.named", what=part, whole=whole_of(voice, measure, over))
    return fact_name(voice, measure)


def against_words(voice: Voice, need: Need, measure: Measure, against: Measure, over: str) -> str:
    """One measure compared with another: "the certified co-funding is at least as much as the co-funding"."""
    other = named(voice, against, over)
    if measure.head == "count":
        what = counted(voice, measure, SEVERAL, over)
        told = voice.fill(f"against.{need.operator}.count", what=what, x=other)
        return voice.fill("say.exists", what=told, n=SEVERAL)
    told = voice.fill(f"against.{need.operator}", x=other)
    n = number_of(voice, measure, over)
    text = voice.fill("say.amount.is", what=named(voice, measure, over), bounds=told, n=n)
    return _grouped(voice, text, measure, over)


def measure_words(
    voice: Voice, needs: Sequence[Need], *, clause: bool = False, main: int = MAIN, over: str = "application"
) -> str:
    """A measure and the bounds that one or more comparisons hold it to."""
    need, measure = needs[0], needs[0].measure or Measure("fact", "")
    if need.against is not None:
        return against_words(voice, need, measure, need.against, over)
    bounds = bounds_of(voice, needs, unit_of(voice, measure))
    match measure.head:
        case "count":
            return count_words(voice, measure, bounds, clause=clause, main=main, over=over)
        case "amount":
            return amount_words(voice, measure, bounds, clause=clause, main=main, over=over)
        case "share":
            return share_words(voice, measure, bounds, clause=clause, main=main, over=over)
    return fact_words(voice, measure, bounds)
