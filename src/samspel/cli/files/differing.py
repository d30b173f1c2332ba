"""What differs between two editions, put into words: each value as its own edition says it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time

from samspel.engine.calls.conditions import Need
from samspel.engine.calls.diff import Change, Item
from samspel.engine.calls.text import Call, Parameter, Rule, said
from samspel.wording.rules import parameter_words, rule_heading, rule_words


@dataclass(frozen=True, slots=True)
class Differing:
    """Two editions of a call, and the language in which their differences are told."""

    before: Call
    after: Call
    language: str

    def changes(self, item: Item) -> list[dict[str, str]]:
        """Everything in which an entry differs: what, the name of a number, as it was and as it is."""
        told = []
        for one in item.changes:
            name = one.new.name if one.what == "parameter" and isinstance(one.new, Parameter) else ""
            old, new = self._words(self.before, item, one, one.old), self._words(self.after, item, one, one.new)
            if old == new and isinstance(one.old, tuple) and isinstance(one.new, tuple):
                # The text differs, but in another language than the one it is told in.
                old, new = (_elsewhere(these, others) for these, others in ((one.old, one.new), (one.new, one.old)))
            told.append({"what": one.what, "name": name, "old": old, "new": new})
        return told

    def _words(self, call: Call, item: Item, change: Change, value: object) -> str:
        if value is None:
            return ""
        if isinstance(value, Parameter):
            return parameter_words(call, value, self.language)
        if item.section == "parameters" and change.what == "values":
            return parameter_words(call, call.parameter(item.id), self.language)
        if isinstance(value, Rule):
            return rule_heading(call, value, self.language)
        if isinstance(value, Need):
            return rule_words(call, value, self.language, over=_over(call, item))
        return self._plain(value)

    def _plain(self, value: object) -> str:
        """A value that is no rule's or number's: a text in the language, a list by its ids, a day as in ISO 8601."""
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, date | time):
            return value.isoformat()
        if isinstance(value, frozenset):
            return ", ".join(sorted(map(self._plain, value)))
        if isinstance(value, tuple):
            return said(value, self.language) if _are_words(value) else ", ".join(map(self._plain, value))
        text = getattr(value, "text", None) or getattr(value, "title", None)
        if isinstance(text, tuple) and _are_words(text):
            return said(text, self.language)
        return str(getattr(value, "id", None) or getattr(value, "code", None) or value)


def _elsewhere(these: tuple[object, ...], others: tuple[object, ...]) -> str:
    """What of one value is not in the other, with the language of each text."""
    return "; ".join(": ".join(one) if isinstance(one, tuple) else str(one) for one in these if one not in others)


def _over(call: Call, item: Item) -> str:
    return next((rule.over for rule in call.rules if rule.id == item.id), "application")


def _are_words(value: Iterable[object]) -> bool:
    """Whether a value is a text in several languages."""
    pairs = list(value)
    return bool(pairs) and all(
        isinstance(one, tuple) and [type(part) for part in one] == [str, str] and len(one[0]) == len("sv")
        for one in pairs
    )
