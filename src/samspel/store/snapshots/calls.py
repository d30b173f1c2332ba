"""An edition's files as the call they say; read once for each digest and kept."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from samspel.engine.calls.reading.call import read

if TYPE_CHECKING:
    from samspel.engine.calls.text import Call
    from samspel.store.models import Edition


@lru_cache(maxsize=64)
def _read(digest: str, files: tuple[tuple[str, str], ...]) -> Call:  # noqa: ARG001 - the digest is the key
    return read(dict(files))


def call(edition: Edition) -> Call:
    """The call as this edition says it.

    Raises:
        NotReadableError: never for an edition that was published, which is read before.
    """
    return _read(edition.digest, tuple(edition.files.items()))
