"""What differs between two texts of a call, in words: what was changed, from what to what, and whom it would turn."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeGuard

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from samspel.engine.calls.conditions import Need
from samspel.engine.calls.text import Call, Parameter, Rule, said
from samspel.store.queries.registry import names
from samspel.web.designing import numbers_are_for, rule_headings
from samspel.web.frame import language
from samspel.wording import amounts, term
from samspel.wording.rules import parameter_words, rule_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from samspel.engine.calls.diff import Change, Diff, Item, Turned

SECTION_NAMES = {
    "call": gettext_noop("The call"),
    "layers": gettext_noop("Layers"),
    "calendar": gettext_noop("Calendar"),
    "stages": gettext_noop("Stages"),
    "windows": gettext_noop("Windows"),
    "counting": gettext_noop("What counts"),
    "parameters": gettext_noop("Numbers"),
    "areas": gettext_noop("Areas"),
    "lists": gettext_noop("Lists"),
    "registers": gettext_noop("Registers"),
    "statements": gettext_noop("Statements"),
    "terms": gettext_noop("Terms"),
    "rules": gettext_noop("Rules"),
    "exceptions": gettext_noop("Exceptions"),
    "partitions": gettext_noop("How the money is parted"),
    "money": gettext_noop("Money"),
    "scale": gettext_noop("Grading scale"),
    "criteria": gettext_noop("Criteria"),
    "assessment": gettext_noop("Assessment"),
    "opinions": gettext_noop("Opinions"),
    "decisions": gettext_noop("Decisions"),
    "documents": gettext_noop("Documents"),
    "indicators": gettext_noop("Indicators"),
    "questions": gettext_noop("Questions"),
}
HOW = {
    "added": gettext_noop("Added"),
    "removed": gettext_noop("Removed"),
    "changed": gettext_noop("Changed"),
    "reordered": gettext_noop("In another order"),
}
WHAT = {
    "title": gettext_noop("Title"),
    "purpose": gettext_noop("Purpose"),
    "authority": gettext_noop("Authority"),
    "currency": gettext_noop("Currency"),
    "register": gettext_noop("Register"),
    "languages": gettext_noop("Languages"),
    "values": gettext_noop("Value"),
    "unit": gettext_noop("Unit"),
    "of": gettext_noop("Share of"),
    "source": gettext_noop("Source"),
    "note": gettext_noop("Note"),
    "layer": gettext_noop("Layer"),
    "replaces": gettext_noop("Replaces"),
    "needs": gettext_noop("Needed"),
    "when": gettext_noop("Applies when"),
    "text": gettext_noop("Heading"),
    "severity": gettext_noop("How strict"),
    "part": gettext_noop("Sort of rule"),
    "curable": gettext_noop("May be mended"),
    "waivable": gettext_noop("May be waived"),
    "stages": gettext_noop("Stages"),
    "over": gettext_noop("Judged over"),
    "after_award": gettext_noop("Holds after the award"),
    "opens": gettext_noop("Opens"),
    "closes": gettext_noop("Closes"),
    "questions_until": gettext_noop("Questions until"),
    "decided": gettext_noop("Decided"),
    "zone": gettext_noop("Time zone"),
    "dated": gettext_noop("Day whose numbers count"),
    "level": gettext_noop("Regions are told apart by"),
    "counted_kinds": gettext_noop("Counts"),
    "refused_kinds": gettext_noop("Does not count"),
    "members": gettext_noop("Members"),
    "points": gettext_noop("Points"),
    "least": gettext_noop("Least grade"),
    "weight": gettext_noop("Weight"),
    "guidance": gettext_noop("Guidance"),
    "least_total": gettext_noop("Least points in all"),
    "required": gettext_noop("Must be answered"),
    "longest": gettext_noop("Longest answer"),
    "help": gettext_noop("Help"),
    "amount": gettext_noop("Amount"),
    "order": gettext_noop("Order"),
}
_TERMS = {"severity": "severity", "over": "over", "unit": "unit", "layer": "layer", "part": "rule-part"}


def _is_words(value: object) -> TypeGuard[tuple[tuple[str, str], ...]]:
    """Whether a value is a text in several languages."""
    return isinstance(value, tuple) and all(isinstance(one, tuple) and len(one) == 2 for one in value)  # noqa: PLR2004 - a language and its text


class Words:
    """Words for the differences between two texts of a call."""

    def __init__(self, before: Call, after: Call) -> None:
        self.before, self.after = before, after
        self.spoken = language()
        self.headings = {**rule_headings(before), **rule_headings(after)}
        self.numbers = {**numbers_are_for(before), **numbers_are_for(after)}

    def told(self, found: Diff) -> list[dict[str, Any]]:
        """Each entry that differs, under its section."""
        sections: dict[str, list[dict[str, Any]]] = {}
        for item in found.items:
            if (item.section, item.id) == ("layers", "call"):
                continue  # its title is the call's, and is told there
            sections.setdefault(item.section.partition(".")[0], []).append(self._item(item))
        return [{"title": _(SECTION_NAMES.get(name, name)), "items": items} for name, items in sections.items()]

    def _item(self, item: Item) -> dict[str, Any]:
        changes = [self._change(item, one) for one in item.changes]
        whole = next((one for one in item.changes if one.what == "entry"), None)
        return {
            "id": item.id,
            "name": self._name(item),
            "how": item.how,
            "word": _(HOW.get(item.how, item.how)),
            "whole": self._entry(whole) if whole is not None else "",
            "changes": [one for one in changes if one] if whole is None else [],
        }

    def _name(self, item: Item) -> str:
        if item.section in ("rules", "criteria", "partitions"):
            return self.headings.get(item.id, item.id)
        if item.section == "layers":
            return self._word("layer", item.id)
        if item.section == "parameters":
            return self.numbers.get(item.id, item.id)
        return item.id

    def _entry(self, change: Change) -> str:
        call = self.after if change.new is not None else self.before
        entry = change.new if change.new is not None else change.old
        if isinstance(entry, Rule):
            return rule_words(call, entry.needs, self.spoken, names(self.spoken), over=entry.over)
        if isinstance(entry, Parameter):
            return parameter_words(call, entry, self.spoken)
        return said(getattr(entry, "text", ()), self.spoken)

    def _change(self, item: Item, change: Change) -> dict[str, str]:
        if change.what == "parameter" and isinstance(change.new, Parameter):
            return self._parameter(change.new.name)
        if change.what == "values" and item.section == "parameters":
            return self._parameter(item.id, _(WHAT.get(change.what, "")))
        was, now = change.old, change.new
        if _is_words(was) and _is_words(now):
            # Only the languages in which the text differs.
            was, now = (tuple(one for one in these if one not in others) for these, others in ((was, now), (now, was)))
        old, new = (
            self._value(call, item, change.what, value) for call, value in ((self.before, was), (self.after, now))
        )
        return {"what": _(WHAT.get(change.what, change.what)), "old": old, "new": new, "code": ""}

    def _parameter(self, name: str, label: str = "") -> dict[str, str]:
        return {
            "what": label,
            "code": "" if label else name,
            "old": parameter_words(self.before, self.before.parameter(name), self.spoken),
            "new": parameter_words(self.after, self.after.parameter(name), self.spoken),
        }

    def _value(self, call: Call, item: Item, what: str, value: object) -> str:
        if isinstance(value, Need):
            over = call.rule(item.id).over if item.section == "rules" else "application"
            return rule_words(call, value, self.spoken, names(self.spoken), over=over)
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if isinstance(value, datetime):
            return date_format(value, "j F Y H:i")
        if isinstance(value, date):
            return date_format(value, "j F Y")
        if isinstance(value, (Decimal, int)):
            return amounts.number(value, self.spoken)
        if isinstance(value, str):
            return self._word(_TERMS.get(what, ""), value) if value else _("none")
        if value is None:
            return _("not stated")
        return self._several(what, value)

    def _several(self, what: str, value: object) -> str:
        """A list of codes, or a text in several languages; anything else has no words of its own."""
        if not value:
            return _("none")
        if _is_words(value):
            return " / ".join(str(text) for _language, text in value)
        if isinstance(value, AbstractSet) or (isinstance(value, tuple) and all(isinstance(one, str) for one in value)):
            group = "kind" if what.endswith("_kinds") else ""
            return ", ".join(
                self._word(group, str(one)) for one in (sorted(value) if isinstance(value, AbstractSet) else value)
            )
        return ""

    def _word(self, group: str, code: str) -> str:
        if not group:
            return code
        try:
            return term(group, code, self.spoken)
        except KeyError:
            return code

    def turned(self, found: tuple[Turned, ...], called: Mapping[str, Mapping[str, str]]) -> list[dict[str, Any]]:
        """Cases or applications that turn, rule by rule; `called` gives an application's name and address."""
        return [
            {
                **called.get(one.name, {"name": one.name}),
                "old": one.old,
                "new": one.new,
                "turns": [
                    {"heading": self.headings.get(turn.rule, turn.rule), "old": turn.old, "new": turn.new}
                    for turn in one.turns
                ],
            }
            for one in found
        ]
