"""Editions: the files of a call frozen under one number and one digest, so that all can show which text was meant."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

FILES = ("call.toml", "form.toml", "cases.toml", "SOURCE.md")
"""The files that make up a call, in the order in which they are shown."""

MAY_HAVE = ("programme.toml", "overlay.toml")
"""The layers that a call may have under and over its own text."""


def of_call(files: Mapping[str, str]) -> dict[str, str]:
    """Those of some files that belong to a call, in the order in which they are shown."""
    return {name: files[name] for name in (*FILES, *MAY_HAVE) if name in files}


def canonical(text: str) -> bytes:
    """The bytes of a text that its digest is taken of: UTF-8, line ends LF, one at the end.

    >>> canonical("a\\r\\nb")
    b'a\\nb\\n'
    """
    return ("\n".join(text.splitlines()) + "\n").encode()


def digest(files: Mapping[str, str]) -> str:
    """SHA-256 (hexadecimal) over each file's name, length and canonical bytes, in order of name.

    >>> digest({"a": "x"}) == digest({"a": "x\\r\\n"})
    True
    """
    total = sha256()
    for name in sorted(files):
        body = canonical(files[name])
        total.update(f"{name}\0{len(body)}\0".encode())
        total.update(body)
    return total.hexdigest()
