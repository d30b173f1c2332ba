"""The catalogue of sentences, and the few ways in which a value is written into one.

A placeholder may say how its value is written: `{x:money}` an amount of the call's currency, `{x:count}` a number,
`{x:share}` a percentage, `{x:kind}` (or another group of terms) a word from the catalogue, `{x:region}` a region's
name (likewise theme, organisation, criterion), `{x:rule}` the headings of rules, `{x:day}` a day, `{x:moment}` a day
with its clock time, `{x:since}` a sentence on the day since when or nothing, `{x:one/many}` the first word for 1 and
the second otherwise.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from importlib.resources import files
from string import Formatter
from typing import TYPE_CHECKING, Any

from samspel.wording.amounts import money, number, share

if TYPE_CHECKING:
    from samspel.engine.verdicts import Reason, Said

LANGUAGES = ("sv", "en")

type Names = Mapping[str, str]
"""Names of things that are data, not wording (regions, themes, organisations), by their codes."""


@cache
def catalogue() -> dict[str, dict[str, str]]:
    """Every sentence and term by its code, from all files of the folder `sentences`."""
    texts: dict[str, dict[str, str]] = {}
    for file in sorted(files("samspel.wording").joinpath("sentences").iterdir(), key=lambda one: one.name):
        if not file.name.endswith(".toml"):
            continue
        for code, words in tomllib.loads(file.read_text(encoding="utf-8")).items():
            if code in texts:
                message = f"{file.name}: {code} is already worded elsewhere"
                raise ValueError(message)
            texts[code] = words
    return texts


def term(group: str, code: str, language: str) -> str:
    """The word for a code of a group (`term("kind", "rdi-platform", "en")`).

    Raises:
        KeyError: the catalogue has no such word.
    """
    return catalogue()[f"{group}.{code}"][language]


class _Writer(Formatter):
    """Fills placeholders in one language."""

    def __init__(self, language: str, names: Names, currency: str) -> None:
        super().__init__()
        self.language = language
        self.names = names
        self.currency = currency

    def format_field(self, value: Any, format_spec: str) -> str:
        """Write one value as its placeholder says."""
        if format_spec in ("region", "theme", "organisation", "criterion"):
            return self.names.get(str(value), str(value))
        if format_spec in ("rule", "day", "moment", "since"):
            return self._named(str(value), format_spec)
        if format_spec in _NUMBERS:
            more = (self.currency,) if format_spec == "money" else ()
            return "–" if value in (None, "", "None") else _NUMBERS[format_spec](value, self.language, *more)
        if "/" in format_spec:
            one, many = format_spec.split("/")
            return one if Decimal(value) == 1 else many
        if format_spec:
            words = (term(format_spec, code, self.language) for code in str(value).split())
            return ", ".join(words)
        return str(value)

    def _named(self, value: str, how: str) -> str:
        """Headings of rules in quotation marks, or a day or moment as it is written in a sentence."""
        if how == "rule":
            headings = (self.names.get(one, one) for one in value.split(", "))
            return ", ".join(self._filled("quoted", {"text": one}) for one in headings)
        if how == "since" and not value:
            return ""
        if how == "moment":
            return moment_words(datetime.fromisoformat(value), self.language)
        day = day_words(date.fromisoformat(value), self.language)
        return self._filled("caution.since", {"day": day}) if how == "since" else day

    def _filled(self, code: str, values: Mapping[str, Said]) -> str:
        return fill(code, values, self.language, self.names, self.currency)


_NUMBERS: Mapping[str, Any] = {"money": money, "count": number, "share": share}


def fill(
    code: str, values: Mapping[str, Said], language: str, names: Names | None = None, currency: str = "EUR"
) -> str:
    """The sentence of a code with its values written in.

    Raises:
        KeyError: no such sentence, or a value that it needs is not given.
    """
    return _Writer(language, names or {}, currency).vformat(catalogue()[code][language], (), values)


def day_words(day: date, language: str) -> str:
    """A day, as it is written inside a sentence.

    >>> day_words(date(2018, 5, 31), "sv")
    'den 31 maj 2018'
    """
    month = fill(f"month.{day.month}", {}, language)
    return fill("day", {"day": day.day, "month": month, "year": day.year}, language)


def moment_words(moment: datetime, language: str) -> str:
    """A day and clock time, as it is written inside a sentence.

    >>> moment_words(datetime(2018, 5, 31, 9), "sv")
    'den 31 maj 2018 kl. 09.00'
    """
    told = {"day": day_words(moment.date(), language), "hour": f"{moment:%H}", "minute": f"{moment:%M}"}
    return fill("moment", told, language)


def in_unit(value: Said, unit: str, language: str, currency: str) -> str:
    """A number with its unit; a day is given as ISO 8601 has it."""
    if unit == "date" and value:
        return day_words(date.fromisoformat(str(value)), language)
    exact = Decimal(value or 0)
    if unit in _NUMBERS:
        return fill(f"in-unit.{unit}", {"x": exact}, language, currency=currency)
    return fill(f"value.{unit}", {"x": number(exact, language), "n": exact}, language)


def label(group: str, code: str, language: str) -> str:
    """The word for a code where it stands by itself, such as in a list of choices: of several, where it has forms.

    >>> label("noun", "regions", "sv")
    'regioner'

    Raises:
        KeyError: the catalogue has no such word.
    """
    return fill(f"{group}.{code}", {"n": 2, "main": 1}, language)


def say(reason: Reason, language: str, names: Names | None = None, currency: str = "EUR") -> str:
    """Put a reason into words; limits whose unit it names are told in that unit.

    Raises:
        KeyError: as `fill`.
    """
    values = dict(reason.values)
    if "unit" in values:
        limits = {name: values[name] for name in ("least", "most") if name in values}
        values |= {name: in_unit(value, str(values["unit"]), language, currency) for name, value in limits.items()}
    return fill(reason.code, values, language, names, currency)
