"""What was typed into a call's fields, as changes of its text.

Only what was changed is written; a field that is not sent stays as it is.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from samspel.engine.calls.reading.parameters import NOT_STATED
from samspel.web.designing import FILE_OF_LAYER
from samspel.web.forms.call_fields import MOMENTS, sections
from samspel.web.forms.call_text import CannotWriteError, Path, Raw, with_value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from samspel.engine.calls.text import Call

_SPACES = re.compile(r"[\s\u00a0\u202f]+")
_WHOLE = 4
"""Figures from which thousands are parted when a number is written into the text."""


class _UnreadableError(ValueError):
    """A field that cannot be read; its text says what was expected."""


def _typed_number(text: str, unit: str) -> Raw | date:
    """A typed number as it is written into the text: a share in per cent becomes a part of one."""
    if unit == "date":
        return _day(text)
    bare = _SPACES.sub("", text).removesuffix("%").replace(",", ".")
    try:
        number = Decimal(bare)
    except InvalidOperation as error:
        raise _UnreadableError(_("Write a number, such as 1 250 000 or 0,5.")) from error
    if not number.is_finite():
        raise _UnreadableError(_("Write a number, such as 1 250 000 or 0,5."))
    if unit == "share":
        return Raw(f"{(number / 100).normalize():f}")
    plain = f"{number:f}"
    whole, point, cents = plain.partition(".")
    parted = f"{int(whole):_}" if len(whole) > _WHOLE else whole
    return Raw(f"{parted}{point}{cents}")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise _UnreadableError(_("Write a day as year-month-day, such as 2027-03-01.")) from error


def _clock(text: str) -> time:
    try:
        return time.fromisoformat(text.strip())
    except ValueError as error:
        raise _UnreadableError(_("Write a clock time as hours and minutes, such as 16:00.")) from error


@dataclass
class Changes:
    """The changes that a sent form asks for, each with its file and path, and what could not be read."""

    files: Mapping[str, str]
    call: Call
    data: Mapping[str, str]
    shown: Mapping[str, str]
    found: list[tuple[str, str, Path, object]]
    errors: dict[str, str]

    def changed(self, *names: str) -> bool:
        """Whether any of these fields was sent with another text than was shown."""
        return any(name in self.data and self.data[name].strip() != self.shown.get(name, "").strip() for name in names)

    def sent(self, name: str) -> str:
        """What was typed in a field, or what was shown where it was not sent."""
        return self.data.get(name, self.shown.get(name, "")).strip()

    def ask(self, name: str, file: str, path: Path, value: object) -> None:
        """Note a change that a field asks for."""
        self.found.append((name, file, path, value))

    def read(self, name: str, reading: Any, *given: Any) -> Any:
        """What a field says; None and an error beside it where it cannot be read."""
        try:
            return reading(*given)
        except _UnreadableError as error:
            self.errors[name] = str(error)
            return None


def _table(files: Mapping[str, str], layer: str, key: str, own: str) -> tuple[str, int]:
    """The file of a layer, and where in its array the entry of this id stands."""
    file = FILE_OF_LAYER[layer]
    entries = tomllib.loads(files.get(file, "")).get(key, [])
    return file, next(index for index, one in enumerate(entries) if one.get("id") == own)


def _texts(asked: Changes) -> None:
    for key in ("title", "purpose"):
        for code in asked.call.languages:
            if asked.changed(name := f"{key}.{code}"):
                asked.ask(name, "call.toml", (key, code), asked.sent(name))
    for rule in asked.call.rules:
        names = {code: f"rules.{rule.id}.text.{code}" for code in asked.call.languages}
        if not asked.changed(*names.values()):
            continue
        file, index = _table(asked.files, rule.layer, "rules", rule.id)
        if not any(asked.sent(name) for name in names.values()):
            asked.ask(next(iter(names.values())), file, ("rules", index, "text"), None)
            continue
        for code, name in names.items():
            if asked.changed(name):
                asked.ask(name, file, ("rules", index, "text", code), asked.sent(name))


def _strictness(asked: Changes) -> None:
    for rule in asked.call.rules:
        at = f"rules.{rule.id}"
        for key, default in (("severity", "must"), ("curable", ""), ("waiver", "no")):
            name = f"{at}.{key}"
            if not asked.changed(name):
                continue
            file, index = _table(asked.files, rule.layer, "rules", rule.id)
            value: object = asked.sent(name)
            if value == default:
                value = None
            elif key == "waiver":
                value = True
            asked.ask(name, file, ("rules", index, key), value)


def _windows(asked: Changes) -> None:
    for window in asked.call.windows:
        for key in MOMENTS:
            name = f"windows.{window.id}.{key}"
            if not asked.changed(f"{name}.day", f"{name}.time"):
                continue
            day, clock = asked.sent(f"{name}.day"), asked.sent(f"{name}.time")
            file = next(
                one for one in reversed(FILE_OF_LAYER.values()) if _has_window(asked.files.get(one, ""), window.id)
            )
            index = [one.get("id") for one in tomllib.loads(asked.files[file])["windows"]].index(window.id)
            path: Path = ("windows", index, key)
            if not day:
                if clock:
                    asked.errors[f"{name}.day"] = _("A clock time needs its day.")
                else:
                    asked.ask(name, file, path, None)
                continue
            on = asked.read(f"{name}.day", _day, day)
            at = asked.read(f"{name}.time", _clock, clock) if clock else None
            if on is not None and (at is not None or not clock):
                moment = Raw(datetime.combine(on, at).isoformat() if at is not None else on.isoformat())
                asked.ask(name, file, path, moment)


def _has_window(text: str, window: str) -> bool:
    return any(one.get("id") == window for one in tomllib.loads(text).get("windows", []))


def _numbers(asked: Changes) -> None:
    for parameter in asked.call.parameters:
        at, file = f"parameters.{parameter.name}", FILE_OF_LAYER[parameter.layer]
        path: Path = ("parameters", parameter.name)
        for key in ("source", "note"):
            if asked.changed(name := f"{at}.{key}"):
                asked.ask(name, file, (*path, key), asked.sent(name) or (None if key == "note" else ""))
        count = sum(one.since is not None for one in parameter.values)
        parts = ("from", "until", "is")
        rows = [n for n in range(count + 1) if any(asked.sent(f"{at}.{n}.{part}") for part in parts)]
        if asked.changed(*(f"{at}.{n}.{part}" for n in range(count + 1) for part in parts)):
            periods = [_one_period(asked, f"{at}.{n}", parameter.unit) for n in rows]
            if None not in periods:
                asked.ask(at, file, (*path, "value"), periods or NOT_STATED)
        elif asked.changed(name := f"{at}.value"):
            typed = asked.sent(name)
            value = asked.read(name, _typed_number, typed, parameter.unit) if typed else NOT_STATED
            if value is not None:
                asked.ask(name, file, (*path, "value"), value)


def _one_period(asked: Changes, at: str, unit: str) -> dict[str, object] | None:
    """One period of a number, as the text writes it; None where a field of it cannot be read."""
    found: dict[str, object] = {}
    for part, key in (("from", "from"), ("until", "until")):
        if text := asked.sent(f"{at}.{part}"):
            day = asked.read(f"{at}.{part}", _day, text)
            found[key] = Raw(day.isoformat()) if day else None
        elif part == "from":
            asked.errors[f"{at}.from"] = _("Say from which day the value holds.")
            found[key] = None
    text = asked.sent(f"{at}.is")
    value = asked.read(f"{at}.is", _typed_number, text, unit)
    found["is"] = Raw(value.isoformat()) if isinstance(value, date) else value
    return None if None in found.values() else found


def written_back(
    files: Mapping[str, str], call: Call, data: Mapping[str, str], language: str
) -> tuple[dict[str, str], dict[str, str]]:
    """The files with what was changed in the form, and what could not be read or written, by field."""
    shown = {field.name: field.value for field in sections(call, language).each()}
    asked = Changes(files, call, data, shown, [], {})
    for part in (_texts, _strictness, _windows, _numbers):
        part(asked)
    out = dict(files)
    for name, file, path, value in asked.found:
        try:
            out[file] = with_value(out[file], path, value)
        except CannotWriteError:
            asked.errors[name] = _("This cannot be changed here; change it in the text.")
    return out, asked.errors
