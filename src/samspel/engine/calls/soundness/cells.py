"""Sorts the things that filters speak of into the kinds of thing that the filters tell apart.

Two filters may ask in different words of the same partners, of some of the same, or of none: what follows is found by
trying every combination of the values that they name. What a call is silent on is taken as not meant, as one
of the ways in which it may turn out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import product

from samspel.engine.calls.conditions import Ask, Filter
from samspel.engine.calls.text import Call

OTHER, YES, NO = "*", "yes", "no"
MOST_COMBINATIONS = 5_000


class TooManyError(ValueError):
    """The filters tell more kinds of things apart than can be tried."""


@dataclass(frozen=True, slots=True)
class Form:
    """What a filter says, in plain logic: that a property has one of these values, or all, any or none of its parts.

    A value of a `nested` property lies within every code that it begins with.
    """

    operator: str = "all"
    parts: tuple[Form, ...] = ()
    dimension: str = ""
    values: tuple[str, ...] = ()
    nested: bool = False

    def __and__(self, other: Form) -> Form:
        """Both."""
        return other if self == TRUE else self if other == TRUE else Form("all", (self, other))

    def __or__(self, other: Form) -> Form:
        """At least one of both."""
        return TRUE if TRUE in (self, other) else Form("any", (self, other))

    def __invert__(self) -> Form:
        """The opposite."""
        return Form("not", (self,))

    def leaves(self) -> Iterable[Form]:
        """The properties asked of."""
        if self.operator == "is":
            yield self
        for part in self.parts:
            yield from part.leaves()

    def holds(self, thing: dict[str, str]) -> bool:
        """Whether it is so of a thing with these properties."""
        match self.operator:
            case "is":
                value = thing[self.dimension]
                return any(value.startswith(one) for one in self.values) if self.nested else value in self.values
            case "not":
                return not self.parts[0].holds(thing)
            case "any":
                return any(part.holds(thing) for part in self.parts)
        return all(part.holds(thing) for part in self.parts)


TRUE = Form("all")


def is_in(dimension: str, *values: str, nested: bool = False) -> Form:
    """That a property has one of these values."""
    return Form("is", dimension=dimension, values=values, nested=nested)


def truth(dimension: str, wanted: bool | None = True) -> Form:  # noqa: FBT001, FBT002 - the answer that is asked for
    """That a yes or no is the one wanted."""
    return is_in(dimension, YES if wanted else NO)


def _any_truth(names: Iterable[str]) -> Form:
    return Form("any", tuple(truth(name) for name in names))


def _counts(call: Call, wanted: bool | None) -> Form:  # noqa: FBT001 - the answer that is asked for
    form = is_in("kind", *sorted(call.counting.counted_kinds))
    if call.counting.financing_only:
        form &= truth("financing")
    return form if wanted else ~form


def _area(call: Call, ask: Ask, dimension: str) -> Form:
    known = call.declared.of("areas")
    return is_in(dimension, *(code for area in ask.values for code in known[area].members), nested=True)


_AREAS = {("partner", "area"): "area", ("cost", "place_area"): "place", ("application", "area"): "region"}
_NESTED = ("region", "place", "giver_region")


def _asked(call: Call, collection: str, ask: Ask) -> Form:
    name = ask.attribute
    if ask.inner is not None:
        return truth(f"{name}:{ask.inner}", wanted=True)
    match name:
        case "counts":
            return _counts(call, ask.flag)
        case "area" | "place_area":
            return _area(call, ask, _AREAS.get((collection, name), "area"))
        case "role" | "listed" | "age_at_most" | "age_at_least" | "before":
            return _any_truth(f"{name}:{value}" for value in ask.values)
        case "states":
            return Form("all", tuple(truth(f"states:{value}") for value in ask.values))
        case "registered" | "registered_or_applied":
            applied = ("applied",) if name == "registered_or_applied" else ()
            return Form("any", tuple(is_in(f"register:{value}", "there", *applied) for value in ask.values))
    if ask.flag is not None:
        return truth(name, ask.flag)
    nested = name in _NESTED or (collection == "application" and name == "country")
    return is_in(name, *ask.values, nested=nested)


def form_of(call: Call, collection: str, wanted: Filter) -> Form:
    """A filter on the things of one collection, in plain logic."""
    parts = [form_of(call, collection, part) for part in wanted.parts]
    if wanted.operator == "any":
        return Form("any", tuple(parts))
    if wanted.operator == "not":
        return ~parts[0]
    parts = [*(_asked(call, collection, ask) for ask in wanted.asks), *parts]
    return parts[0] if len(parts) == 1 else Form("all", tuple(parts))


type _Signature = Callable[[str], tuple[bool, ...]]


def _values(leaves: Sequence[Form]) -> list[str]:
    """Values of one property, one for each answer that the forms could get."""
    signature: _Signature = lambda value: tuple(leaf.holds({leaf.dimension: value}) for leaf in leaves)  # noqa: E731 - one line says it
    named = [OTHER, *(value for leaf in leaves for value in leaf.values)]
    return list({signature(value): value for value in named}.values())


def cells(forms: Sequence[Form]) -> tuple[tuple[bool, ...], ...]:
    """Every way in which a thing can answer several forms at once, each once.

    >>> cells([is_in("kind", "a"), is_in("kind", "a", "b")])
    ((False, False), (False, True), (True, True))

    Raises:
        TooManyError: there are too many combinations of values to try.
    """
    asked: dict[str, list[Form]] = {}
    for form in forms:
        for leaf in form.leaves():
            asked.setdefault(leaf.dimension, []).append(leaf)
    choices = {dimension: _values(list(dict.fromkeys(leaves))) for dimension, leaves in asked.items()}
    combinations = 1
    for values in choices.values():
        combinations *= len(values)
    if combinations > MOST_COMBINATIONS:
        raise TooManyError(str(combinations))
    found = {
        tuple(form.holds(dict(zip(choices, values, strict=True))) for form in forms)
        for values in product(*choices.values())
    }
    return tuple(sorted(found))


def implies(one: Form, other: Form) -> bool:
    """Whether everything that is the one is surely the other; False also where that is too much to find out.

    >>> implies(is_in("kind", "a"), is_in("kind", "a", "b"))
    True
    """
    try:
        return (True, False) not in cells((one, other))
    except TooManyError:
        return False
