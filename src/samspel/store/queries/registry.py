"""Reading the register: names for wording, and everything that the register's pages show."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from samspel.store.models import Organisation, Region, Theme
from samspel.store.queries.journal import head

if TYPE_CHECKING:
    from collections.abc import Mapping


def names(language: str) -> Mapping[str, str]:
    """Names of regions, themes and organisations by their codes, for putting reasons into words.

    Read once after each write; one small query tells whether anything was written.
    """
    return _names(head(), language)


@lru_cache(maxsize=8)
def _names(version: str, language: str) -> Mapping[str, str]:  # noqa: ARG001 - the version is the key
    named = f"name_{language}"
    return {
        **dict(Region.objects.values_list("code", named)),
        **dict(Theme.objects.values_list("code", named)),
        **dict(Organisation.objects.values_list("id", "name")),
    }
