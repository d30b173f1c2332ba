"""How one call speaks in one language: its numbers with their units, its days, places, terms and statements by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from samspel.engine.calls.text import Call, said
from samspel.wording.amounts import money, number, share
from samspel.wording.say import Names, catalogue, day_words, fill, moment_words

if TYPE_CHECKING:
    from samspel.engine.verdicts import Said

SHOWN_DECIMALS = 2


@dataclass(frozen=True)
class Voice:
    """A call, a language, the names of regions, themes and organisations, and the day whose numbers are told."""

    call: Call
    language: str
    names: Names
    on: date | None
    held: Mapping[str, Decimal | date] = field(default_factory=dict)
    """Numbers that a verdict was reached with, by parameter; they are told instead of those of the day."""

    def fill(self, code: str, **values: Said) -> str:
        """The sentence of a code, amounts in the call's currency."""
        return fill(code, values, self.language, self.names, self.currency)

    def has(self, code: str) -> bool:
        """Whether the catalogue has this sentence."""
        return code in catalogue()

    @property
    def currency(self) -> str:
        """The call's currency."""
        return self.call.currency or "EUR"

    def listing(self, items: Iterable[str], joint: str = "and") -> str:
        """Several things in one sentence: a, b and c."""
        *first, last = tuple(dict.fromkeys(items)) or ("",)
        return f"{', '.join(first)} {self.fill(f'list.{joint}')} {last}" if first else last

    def quoted(self, text: str) -> str:
        """A text in the language's quotation marks."""
        return self.fill("quoted", text=text)

    def named(self, text: str) -> str:
        """A text of the call's own inside a sentence: in quotation marks where it begins as a sentence would."""
        plain = text[:1].islower() or text[:2].isupper() or " " not in text
        return text if plain else self.quoted(text)

    # -- numbers

    def day(self, day: date) -> str:
        """A day, as it is written inside a sentence."""
        return day_words(day, self.language)

    def moment(self, moment: datetime | date) -> str:
        """A day, with its clock time where there is one."""
        if not isinstance(moment, datetime):
            return self.day(moment)
        return moment_words(moment, self.language)

    def value(self, unit: str, value: Decimal | date | int) -> str:
        """A value with its unit; a number of days since the calendar's first is shown as the day it is."""
        if isinstance(value, date):
            return self.day(value)
        match unit:
            case "money":
                return money(value, self.language, self.currency)
            case "share":
                return share(Decimal(value), self.language)
            case "date":
                return self.day(date.fromordinal(int(value)))
            case "yes-no":
                return self.fill("value.yes" if value else "value.no")
            case "rate":
                return self._exact(Decimal(value))
        return self.fill(f"value.{unit}", x=number(value, self.language), n=value)

    def _exact(self, value: Decimal) -> str:
        """A number with all its decimals."""
        decimals = -int(value.normalize().as_tuple().exponent)
        if decimals <= SHOWN_DECIMALS:
            return number(value, self.language)
        text = f"{value.normalize():f}"
        return text.replace(".", ",") if self.language == "sv" else text

    def bound(self, name: str) -> tuple[str, Decimal | None]:
        """A parameter's value in words, and as a number; that the source does not state it where it does not."""
        parameter = self.call.parameter(name)
        dated = parameter.on(self.on)
        value = self.held.get(name, dated.value if dated is not None else None)
        if value is None:
            return self.fill(f"unstated.{parameter.unit}"), None
        return self.value(parameter.unit, value), value if isinstance(value, Decimal) else None

    # -- what the call or a register names

    def entry(self, table: str, entry_id: str) -> str:
        """The call's own words for what it declares; else a register's; else the id."""
        found = self.call.declared.of(table).get(entry_id)
        if found is not None:
            return said(found.text, self.language)
        return self.names.get(entry_id, entry_id)

    def statement(self, statement_id: str) -> str:
        """What an applicant states, in quotation marks."""
        found = self.call.declared.statements.get(statement_id)
        return self.quoted(said(found.text, self.language) if found else statement_id)

    def place(self, code: str) -> str:
        """A country or region by name, or its code."""
        if code in self.names:
            return self.names[code]
        return self.fill(f"country.{code}") if self.has(f"country.{code}") else code

    def area(self, area_id: str) -> str:
        """An area that the call declares."""
        return self.named(self.entry("areas", area_id))

    def areas(self, group: str) -> str:
        """Every area of a set."""
        found = [one.id for one in self.call.declared.of("areas").values() if one.set == group]
        return self.listing(self.area(one) for one in found) or group

    def group(self, per: str, group: str) -> str:
        """One of the groups that a rule holds for, by name; empty where it is not known which."""
        if group == "?":
            return ""
        if per.startswith("area:"):
            return self.area(group)
        if per in ("country", "region"):
            return self.area(group) if group in self.call.declared.of("areas") else self.place(group)
        if per == "year":
            return self.fill("group-year", year=group)
        return self.entry(f"terms.{per}", group)

    def stage(self, stage_id: str) -> str:
        """A stage of the procedure by name."""
        found = next((one.text for one in self.call.stages if one.id == stage_id), None)
        return said(found, self.language) if found else self.names.get(stage_id, stage_id)

    def document(self, document_id: str) -> str:
        """A document by its name, with who signs it and the language and form it must have."""
        text = self.quoted(self.entry("documents", document_id))
        found = self.call.declared.of("documents").get(document_id)
        facts = dict(found.facts) if found else {}
        if "signed_by" in facts:
            facts["signed_by"] = self.fill(f"signers.{facts['signed_by']}")
        told = [self.fill(f"document-fact.{fact}", value=value) for fact, value in facts.items()]
        return f"{text} ({', '.join(told)})" if told else text


def voice(call: Call, language: str, names: Names | None = None, on: date | None = None) -> Voice:
    """The voice of a call in a language, with the numbers of a day (left out: of the call's day)."""
    return Voice(call, language, names or {}, on or call.calendar.dated)
