"""A call's texts, calendar, numbers and rules as the fields of a form."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from samspel.engine.calls.vocabulary import SEVERITIES
from samspel.web.designing import numbers_are_for, rule_headings
from samspel.wording import amounts, term
from samspel.wording.rules import capital, parameter_words, rule_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from decimal import Decimal

    from samspel.engine.calls.text import Call, Dated, Parameter, Rule, Window
    from samspel.engine.values import Words

SPANS = ("days", "months", "years", "points")
MOMENTS = ("opens", "questions_until", "closes", "decided")


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its name, what it is called, what stands in it; `sort` says how it is typed."""

    name: str
    label: str
    value: str
    sort: str = "text"
    unit: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    lang: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """The fields of one thing: a number, a window, a rule. `more` are rows under it, such as a number's periods.

    `about` says what it is called by those who read the call.
    """

    id: str
    title: str
    note: str
    fields: tuple[Field, ...]
    more: tuple[tuple[Field, ...], ...] = ()
    lang: str = ""
    about: str = ""

    @property
    def wrong(self) -> bool:
        """Whether anything in it is to be put right."""
        return any(one.error for one in (*self.fields, *(field for line in self.more for field in line)))


@dataclass(frozen=True, slots=True)
class Sections:
    """All fields of a call, in the order of the page."""

    words: tuple[Row, ...]
    windows: tuple[Row, ...]
    numbers: tuple[Row, ...]
    rules: tuple[Row, ...]

    def each(self) -> Iterator[Field]:
        """Every field."""
        for row in (*self.words, *self.windows, *self.numbers, *self.rules):
            yield from row.fields
            for line in row.more:
                yield from line

    def typed(self, data: Mapping[str, str], errors: Mapping[str, str]) -> Sections:
        """The fields as somebody has typed them, with what is wrong beside."""

        def own(field: Field) -> Field:
            return replace(field, value=data.get(field.name, field.value), error=errors.get(field.name, ""))

        def rows(of: tuple[Row, ...]) -> tuple[Row, ...]:
            return tuple(
                replace(row, fields=tuple(map(own, row.fields)), more=tuple(tuple(map(own, line)) for line in row.more))
                for row in of
            )

        return Sections(rows(self.words), rows(self.windows), rows(self.numbers), rows(self.rules))


def _text(words: Words, language: str) -> str:
    return dict(words).get(language, "")


def _number(value: Decimal | date | None, unit: str, language: str) -> str:
    """A number as it is typed: a share in per cent, money with spaces, a day as it stands."""
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    shown = value * 100 if unit == "share" else value
    text = f"{shown.normalize():f}" if unit in ("share", "rate") else amounts.number(shown, language)
    return text.replace(amounts.NARROW, " ").replace(".", "," if language == "sv" else ".")


def _unit(unit: str, currency: str, language: str) -> str:
    """What stands after a field; nothing where the number says enough by itself."""
    told = {"share": "%", "money": currency}
    return term("unit", unit, language) if unit in SPANS else told.get(unit, "")


def _moment(at: str, label: str, value: datetime | date | None) -> tuple[Field, Field]:
    day = value.date() if isinstance(value, datetime) else value
    clock = value.time() if isinstance(value, datetime) else None
    shown = "" if clock is None else clock.isoformat("minutes" if not clock.second else "seconds")
    return (
        Field(f"{at}.day", label, day.isoformat() if day else "", "date"),
        Field(f"{at}.time", _("%(moment)s, clock time") % {"moment": label}, shown, "time"),
    )


def _window(window: Window) -> Row:
    labels = {
        "opens": _("Opens"),
        "questions_until": _("Questions until"),
        "closes": _("Closes"),
        "decided": _("Decided"),
    }
    fields = [
        field for key in MOMENTS for field in _moment(f"windows.{window.id}.{key}", labels[key], getattr(window, key))
    ]
    return Row(window.id, window.id, window.stage, tuple(fields))


def _period(at: str, one: Dated | None, parameter: Parameter, call: Call, language: str) -> tuple[Field, ...]:
    sort = "date" if parameter.unit == "date" else "number"
    since = one.since.isoformat() if one is not None and one.since else ""
    until = one.until.isoformat() if one is not None and one.until else ""
    value = _number(one.value, parameter.unit, language) if one is not None else ""
    return (
        Field(f"{at}.from", _("First day"), since, "date"),
        Field(f"{at}.until", _("Last day"), until, "date"),
        Field(f"{at}.is", _("Value"), value, sort, _unit(parameter.unit, call.currency, language)),
    )


def _parameter(parameter: Parameter, call: Call, language: str, about: str) -> Row:
    at = f"parameters.{parameter.name}"
    periods = [one for one in parameter.values if one.since is not None]
    only = parameter.values[0].value if parameter.values and not periods else None
    sort = "date" if parameter.unit == "date" else "number"
    value = Field(
        f"{at}.value",
        _("Value"),
        _number(only, parameter.unit, language),
        sort,
        _unit(parameter.unit, call.currency, language),
    )
    fields = (
        *(() if periods else (value,)),
        Field(f"{at}.source", _("Source"), parameter.source),
        Field(f"{at}.note", _("Note"), parameter.note),
    )
    lines = [_period(f"{at}.{n}", one, parameter, call, language) for n, one in enumerate((*periods, None))]
    unit = term("unit", parameter.unit, language)
    return Row(parameter.name, parameter.name, unit, fields, tuple(lines), about=about)


def _rule(rule: Rule, call: Call, language: str, about: str) -> Row:
    at = f"rules.{rule.id}"
    severities = tuple((one, term("severity", one, language)) for one in SEVERITIES)
    days = tuple((one.name, _cure(one, call, language)) for one in call.parameters if one.unit == "days")
    yes_no = (("no", _("no")), ("yes", _("yes")))
    headings = tuple(
        Field(f"{at}.text.{code}", _heading(code), _text(rule.text, code), lang=code) for code in call.languages
    )
    fields = (
        Field(f"{at}.severity", _("How strict"), rule.severity, "choice", choices=severities),
        Field(f"{at}.curable", _("May be mended"), rule.curable, "choice", choices=(("", _("no, fatal")), *days)),
        Field(f"{at}.waiver", _("May be waived"), "yes" if rule.waivable else "no", "choice", choices=yes_no),
    )
    words = capital(rule_words(call, rule.needs, language, over=rule.over))
    return Row(rule.id, rule.id, words, (*fields, *headings), about=about)


def _cure(parameter: Parameter, call: Call, language: str) -> str:
    """Within how long a rule may be mended; the number's name tells two such numbers apart."""
    if not parameter.values:
        return _("yes, time not stated (%(name)s)") % {"name": parameter.name}
    return _("yes, within %(days)s (%(name)s)") % {
        "name": parameter.name,
        "days": parameter_words(call, parameter, language),
    }


def _heading(code: str) -> str:
    return {"sv": _("Heading in Swedish"), "en": _("Heading in English")}.get(
        code, _("Heading (%(language)s)") % {"language": code}
    )


def sections(call: Call, language: str) -> Sections:
    """Every field of a call, as its text stands."""
    words = []
    headings, uses = rule_headings(call), numbers_are_for(call)
    for code in call.languages:
        title = Field(f"title.{code}", _("Title"), _text(call.title, code), lang=code)
        purpose = Field(f"purpose.{code}", _("Purpose"), _text(call.purpose, code), "long", lang=code)
        words.append(Row(code, {"sv": _("In Swedish"), "en": _("In English")}.get(code, code), "", (title, purpose)))
    return Sections(
        words=tuple(words),
        windows=tuple(_window(one) for one in call.windows),
        numbers=tuple(_parameter(one, call, language, uses.get(one.name, "")) for one in call.parameters),
        rules=tuple(_rule(one, call, language, headings[one.id]) for one in call.rules),
    )
