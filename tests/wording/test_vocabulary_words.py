"""Nothing in the vocabulary of the rule language is without words, in Swedish or in English.

The walk is over the vocabulary itself: a word that is added there without its sentences makes a test here fail.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from samspel.engine.calls import vocabulary
from samspel.engine.calls.conditions import Ask, Filter, Measure, Need
from samspel.engine.registry import KINDS
from samspel.engine.verdicts import Outcome
from samspel.wording import label, rule_words
from samspel.wording.filters import group_of
from samspel.wording.say import LANGUAGES, catalogue
from tests.wording.spoken import DENOMINATORS, NAMES, call_with, plain

LABELS = {
    "unit": (*vocabulary.UNITS, "yes-no"),
    "comparison": vocabulary.COMPARISONS,
    "composition": vocabulary.COMPOSITIONS,
    "measure": vocabulary.MEASURES,
    "test": vocabulary.TESTS,
    "over": vocabulary.OVER,
    "severity": vocabulary.SEVERITIES,
    "rule-part": vocabulary.PARTS,
    "level": vocabulary.LEVELS,
    "of": vocabulary.DENOMINATORS,
    "quantity": vocabulary.QUANTITIES,
    "noun": tuple(vocabulary.NOUNS),
    "fact-name": tuple(vocabulary.FACTS),
    "per": vocabulary.GROUPS,
    "kind": KINDS,
    "kinds": KINDS,
    "partner-role": vocabulary.ROLES,
    "roles": vocabulary.ROLES,
    "legal-forms": vocabulary.LEGAL_FORMS,
    "sizes": vocabulary.SIZES,
    "cost-forms": vocabulary.COST_FORMS,
    "funding-sources": vocabulary.SOURCES,
    "givers": vocabulary.GIVERS,
    "funding-forms": vocabulary.FUNDING_FORMS,
    "funding-states": vocabulary.FUNDING_STATES,
    "funding-state": vocabulary.FUNDING_STATES,
    "signers": vocabulary.SIGNERS,
    "earlier-states": vocabulary.EARLIER_STATES,
    "application-states": vocabulary.APPLICATION_STATES,
    "decisions": vocabulary.DECISIONS,
    "changes": vocabulary.CHANGES,
    "consolidation": vocabulary.CONSOLIDATIONS,
    "term": vocabulary.TERMS,
    "each": vocabulary.EACH,
    "region-of": vocabulary.REGION_OF,
    "layer": ("programme", "call", "overlay"),
    "outcome": tuple(Outcome),
    "hint": tuple(Outcome),
    "collection": tuple(vocabulary.ATTRIBUTES),
    "attribute": tuple({name for known in vocabulary.ATTRIBUTES.values() for name in known}),
}
"""Words that stand by themselves, by the group of the catalogue in which they stand."""

CALL = call_with("")
CODE = re.compile(r"[{}_]|\b[a-z]+-[a-z]+\b.*=")
SAMPLES = {
    "areas": "north",
    "lists": "invited",
    "registers": "platform",
    "statements": "established",
    "documents": "letter",
    **{f"terms.{kind}": next(iter(CALL.declared.of(f"terms.{kind}"))) for kind in vocabulary.TERMS},
}
"""One of everything that the invented call declares."""
FREE = {
    "currency": "EUR",
    "language": "en",
    "template": "B",
    "stage": "sketch",
    "funder": "north-hub",
    "theme": "green",
}
OVER = {"application": "applications", "assessor": "assessment", "opinion": "assessment", "change": "changes"}
NOUN_OF = {"cost": "cost", "grant": "grant", "cofunding": "cofunding", "aid": "de-minimis"}


def asks(collection: str) -> Iterator[Ask]:
    """Every question that may be asked of a thing: each choice by itself, and all together."""
    for name, attribute in vocabulary.ATTRIBUTES[collection].items():
        match attribute.sort:
            case "flag":
                yield from (Ask(name, flag=True), Ask(name, flag=False))
            case "one-of":
                yield from (Ask(name, (choice,)) for choice in attribute.choices)
                yield Ask(name, attribute.choices[:2])
            case "codes":
                yield from (Ask(name, ("SE",)), Ask(name, ("NO", "SE11")))
            case "declared":
                yield Ask(name, (SAMPLES[attribute.choices[0]],))
            case "free":
                yield Ask(name, (FREE[name],))
            case "numbers":
                yield Ask(name, ("1", "2"))
            case "parameter":
                yield Ask(name, ("years" if attribute.choices[0] == "years" else "last_day",))
            case "filter":
                inner = "partner" if attribute.choices[0] == "partner" else "earlier"
                yield Ask(name, inner=Filter(asks=(next(asks(inner)),)))
            case sort:
                pytest.fail(f"{collection}.{name}: what is a sample of the sort {sort}?")


def compared(measure: Measure) -> Need:
    parameter = {"count": "three", "amount": "small", "fact": "two_years"}.get(measure.head)
    return Need("at_least", measure, parameter=parameter or f"half-of-{measure.of}")


def counting(collection: str, where: Filter) -> Iterator[Need]:
    """Conditions that count or sum the things of a collection that fit."""
    if collection in NOUN_OF:
        yield compared(Measure("amount", NOUN_OF[collection], where=where))
    for name, noun in vocabulary.NOUNS.items():
        if noun.collection == collection:
            yield compared(Measure("count", name, where=where))


def read_aloud(need: Need, over: str = "application") -> tuple[str, str]:
    told = tuple(plain(rule_words(CALL, need, language, NAMES[language], over=over)) for language in LANGUAGES)
    for text in told:
        assert text.strip() == text, f"stray spaces: {text!r}"
        assert "  " not in text, f"a word is missing: {text!r}"
        assert not CODE.search(text), f"a code is left: {text!r}"
    return told[0], told[1]


@pytest.mark.parametrize("group", sorted(LABELS))
def test_every_word_of_the_vocabulary_is_in_the_catalogue(group: str):
    for language in LANGUAGES:
        for code in LABELS[group]:
            assert label(group, code, language).strip()


@pytest.mark.parametrize("collection", sorted(vocabulary.ATTRIBUTES))
def test_every_attribute_has_its_words_and_their_negation(collection: str):
    over = OVER.get(collection, "application")
    for ask in asks(collection):
        for where in (Filter(asks=(ask,)), Filter(parts=(Filter("not", parts=(Filter(asks=(ask,)),)),))):
            for need in counting(collection, where):
                sv, en = read_aloud(need, over)
                assert sv != en


@pytest.mark.parametrize("collection", ["partner", "application"])
def test_a_filter_can_be_said_of_one_thing(collection: str):
    operator = "lead" if collection == "partner" else "every_application"
    for ask in asks(collection):
        yes, no = (read_aloud(Need(operator, filter=one)) for one in _both(ask))
        assert yes != no


def _both(ask: Ask) -> tuple[Filter, Filter]:
    return Filter(asks=(ask,)), Filter("not", parts=(Filter(asks=(ask,)),))


def test_the_choices_of_every_attribute_have_a_group_of_words():
    for collection, known in vocabulary.ATTRIBUTES.items():
        for name, attribute in known.items():
            if attribute.sort == "one-of":
                group = group_of(collection, name)
                assert all(f"{group}.{choice}" in catalogue() for choice in attribute.choices), f"{collection}.{name}"


@pytest.mark.parametrize("name", vocabulary.NOUNS)
def test_every_noun_can_be_counted(name: str):
    where = Filter(asks=(next(asks(vocabulary.NOUNS[name].collection)),))
    for operator in vocabulary.COMPARISONS:
        for parameter in ("none", "one", "three", "unknown"):
            read_aloud(Need(operator, Measure("count", name), parameter=parameter))
            read_aloud(Need(operator, Measure("count", name, where=where), parameter=parameter))
        read_aloud(Need(operator, Measure("count", name), against=Measure("count", "partners")))


@pytest.mark.parametrize("level", [*vocabulary.LEVELS, "sides"])
def test_regions_can_be_told_apart_at_every_level(level: str):
    read_aloud(compared(Measure("count", "regions", level=level)))


@pytest.mark.parametrize("name", vocabulary.QUANTITIES)
def test_every_quantity_can_be_summed(name: str):
    collection = vocabulary.COLLECTION_OF_QUANTITY[name]
    wheres = [Filter(), *(Filter(asks=(ask,)) for ask in asks(collection))]
    for where in wheres:
        for operator in vocabulary.COMPARISONS:
            for parameter in ("nothing", "small"):
                read_aloud(Need(operator, Measure("amount", name, where=where), parameter=parameter))
    read_aloud(Need("at_least", Measure("amount", name), against=Measure("amount", "grant")))


def test_every_share_can_be_said_of_every_denominator():
    assert set(DENOMINATORS) == set(vocabulary.DENOMINATORS)
    for what in (*vocabulary.COLLECTION_OF_QUANTITY, "applications"):
        for of in vocabulary.DENOMINATORS:
            for over in vocabulary.OVER:
                read_aloud(compared(Measure("share", what, of=of)), over)
            collection = vocabulary.COLLECTION_OF_DENOMINATOR[what]
            where = Filter(asks=(next(asks(collection)),))
            read_aloud(compared(Measure("share", what, of=of, where=where)))
            read_aloud(Need("less_than", Measure("share", what, of=of), against=Measure("share", what, of=of)))


@pytest.mark.parametrize("group", [*vocabulary.GROUPS, "area:sides"])
def test_every_group_can_be_told(group: str):
    for measure in (
        Measure("count", "partners", per=group),
        Measure("amount", "grant", per=group),
        Measure("share", "grant", of="grant", per=group),
    ):
        read_aloud(compared(measure))
        read_aloud(Need("not", parts=(compared(measure),)))


def test_every_fact_can_be_compared():
    for name, unit in vocabulary.FACTS.items():
        parameter = {"months": "two_years", "date": "last_day"}[unit]
        for operator in vocabulary.COMPARISONS:
            read_aloud(Need(operator, Measure("fact", name), parameter=parameter))
        read_aloud(Need("at_least", Measure("fact", name), against=Measure("fact", name)))


def unnumbered() -> Iterator[Need]:
    """Every condition without a number."""
    one = Filter(asks=(Ask("counts", flag=True),))
    for operator in ("lead", "every", "some", "none"):
        yield Need(operator, filter=one)
    yield Need("every", filter=one, among=one)
    yield Need("every_application", filter=Filter(asks=(Ask("state", ("eligible",)),)))
    yield Need("apart", names=("partner", "supplier"))
    yield Need("apart", names=("partner", "supplier", "owner"))
    for each in ("", *vocabulary.EACH):
        yield Need("document", names=("letter",), each=each)
    yield Need("document", names=("letter",), each="cofunder", among=Filter(asks=(Ask("certified", flag=True),)))
    yield Need("states", names=("civil",))
    for name in vocabulary.IN_TIME:
        yield Need("in_time", names=(name,))
    yield Need("ranked", names=("reserve",))
    yield Need("strand", names=("open",))


def test_every_condition_without_a_number_has_its_words():
    assert {need.operator for need in unnumbered()} == set(vocabulary.TESTS)
    for need in unnumbered():
        plainly, denied = read_aloud(need), read_aloud(Need("not", parts=(need,)))
        assert plainly != denied
        assert read_aloud(Need("not", parts=(Need("not", parts=(need,)),))) == plainly


def test_conditions_are_composed():
    parts = tuple(unnumbered())
    for operator in ("all", "any"):
        read_aloud(Need(operator, parts=parts))
        read_aloud(Need("not", parts=(Need(operator, parts=parts),)))
    assert read_aloud(Need("all")) == ("inget krav", "no requirement")
