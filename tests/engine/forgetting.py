"""Forgets facts of a situation one by one, so that tests can see that nobody is refused for what is not known."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from samspel.engine.calls.situation import NOWHERE, Situation
from samspel.engine.values import UNKNOWN, Range

type Forgetting = tuple[str, Callable[[Situation], Situation]]

# What is no fact of its own (names, ids), what says when and under what it is judged, and what has a meaning where it
# is left out: the call's own currency, a project without an id is one by itself, no certificate has come, a host that
# is not named is the partner itself, co-funding without a state is intended, a document is valid unless it is not.
_KEPT = {
    "Situation": {"on", "stage", "waivers"},
    "Partner": {"id", "name", "priorities", "host"},
    "Line": {"currency"},
    "Funding": {"funder", "certified", "state", "currency"},
    "Paper": {"type", "valid"},
    "Earlier": {"id"},
    "Entrant": {"id"},
    "Aid": {"on", "amount"},
    "Waiver": {"rule", "reason"},
}


def forgettings(situation: Situation) -> Iterator[Forgetting]:
    """Every single fact, with a way to forget it."""
    yield from _of(situation, "", lambda _, part: part)


def _of(thing: Any, at: str, put: Callable[[Situation, Any], Situation]) -> Iterator[Forgetting]:
    for field in fields(thing):
        value = getattr(thing, field.name)
        if field.name in _KEPT.get(type(thing).__name__, set()) or value in (None, UNKNOWN):
            continue
        yield from _value(thing, field.name, value, f"{at}{field.name}", put)


def _value(
    thing: Any, name: str, value: Any, at: str, put: Callable[[Situation, Any], Situation]
) -> Iterator[Forgetting]:
    if isinstance(value, Mapping):
        for key in value:
            rest = {other: one for other, one in value.items() if other != key}
            yield f"{at}.{key}", _putting(put, replace(thing, **{name: rest}))
        return
    if name == "region" and value == NOWHERE:
        return
    if name == "country" and getattr(thing, "region", None) not in (None, NOWHERE):
        return
    if name == "region" and len(value) > 2:
        yield f"{at} ({value[:2]})", _putting(put, replace(thing, region=value[:2]))
    yield at, _putting(put, replace(thing, **{name: UNKNOWN if isinstance(value, Range) else None}))
    if isinstance(value, tuple):
        for index, one in enumerate(value):
            if is_dataclass(one):
                yield from _of(one, f"{at}.{index}.", _inside(put, thing, name, index))


def _putting(put: Callable[[Situation, Any], Situation], part: Any) -> Callable[[Situation], Situation]:
    return lambda whole: put(whole, part)


def _inside(
    put: Callable[[Situation, Any], Situation], thing: Any, name: str, index: int
) -> Callable[[Situation, Any], Situation]:
    def inner(whole: Situation, part: Any) -> Situation:
        there = getattr(thing, name)
        return put(whole, replace(thing, **{name: (*there[:index], part, *there[index + 1 :])}))

    return inner
