"""The catalogue of sentences, and the few ways in which a value is written into one.

A placeholder may say how its value is written: `{x:money}` an amount of euros, `{x:count}` a number, `{x:share}`
a percentage, `{x:kind}` (or another group of terms) a word from the catalogue, `{x:region}` a region's name (likewise
theme, organisation, criterion), `{x:one/many}` the first word for 1 and the second otherwise.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
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

    def __init__(self, language: str, names: Names) -> None:
        super().__init__()
        self.language = language
        self.names = names

    def format_field(self, value: Any, format_spec: str) -> str:
        """Write one value as its placeholder says."""
        if format_spec in ("region", "theme", "organisation", "criterion"):
            return self.names.get(str(value), str(value))
        if format_spec in _NUMBERS:
            return "–" if value in (None, "", "None") else _NUMBERS[format_spec](value, self.language)
        if "/" in format_spec:
            one, many = format_spec.split("/")
            return one if Decimal(value) == 1 else many
        if format_spec:
            words = (term(format_spec, code, self.language) for code in str(value).split())
            return ", ".join(words)
        return str(value)


_NUMBERS: Mapping[str, Any] = {"money": money, "count": number, "share": share}


def fill(code: str, values: Mapping[str, Said], language: str, names: Names | None = None) -> str:
    """The sentence of a code with its values written in.

    Raises:
        KeyError: no such sentence, or a value that it needs is not given.
    """
    return _Writer(language, names or {}).vformat(catalogue()[code][language], (), values)


def say(reason: Reason, language: str, names: Names | None = None) -> str:
    """Put a reason into words.

    Raises:
        KeyError: as `fill`.
    """
    return fill(reason.code, dict(reason.values), language, names)
