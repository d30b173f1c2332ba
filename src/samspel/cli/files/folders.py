"""Calls and registers as they lie on a disk: read whole, with every problem told by its file and line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import click

from samspel.engine.calls import cases, edition
from samspel.engine.calls.cases import Case
from samspel.engine.calls.reading.call import read
from samspel.engine.calls.text import Call
from samspel.engine.located import LONGEST_TEXT, NotReadableError, Problem
from samspel.engine.packs import FILES as OF_A_PACK
from samspel.engine.packs import Pack, read_pack
from samspel.engine.verdicts import Reason
from samspel.wording import Names

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
REGISTER = click.option("--register", type=FOLDER, help="A register's folder, such as registers/sweden, for names.")
NEEDED = ("call.toml", "form.toml")
"""The files without which nothing of a call can be read."""

MOST_BYTES = 4 * LONGEST_TEXT
_MAP = "map.json"


@dataclass(frozen=True)
class Opened:
    """A call that has been read, with the folder it lies in and the texts of its files by name."""

    folder: Path
    texts: Mapping[str, str]
    call: Call

    @cached_property
    def digest(self) -> str:
        """The digest that an edition of these texts would have."""
        return edition.digest(self.texts)

    def cases(self) -> tuple[Case, ...]:
        """The cases beside the call; none where there is no such file.

        Raises:
            NotReadableError: with every problem found.
        """
        text = self.texts.get("cases.toml")
        if text is None:
            return ()
        with in_folder(self.folder):
            return cases.read_cases(text, self.call)


def unreadable(name: object, reason: Reason, found: str = "", line: int = 1) -> NotReadableError:
    """One problem that is not about a key of a text."""
    return NotReadableError((Problem(str(name), line, "", reason, found),))


@contextmanager
def in_folder(folder: Path) -> Iterator[None]:
    """Tell the folder in front of every file that a problem names."""
    try:
        yield
    except NotReadableError as error:
        raise NotReadableError(tuple(replace(one, file=f"{folder}/{one.file}") for one in error.problems)) from error


def decoded(name: object, body: bytes, line: int = 1) -> str:
    """The text of some bytes in UTF-8.

    Raises:
        NotReadableError: they are something else.
    """
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        at = line + body.count(b"\n", 0, error.start)
        raise unreadable(name, Reason.of("expected.utf8"), error.reason, at) from error


def text_of(path: Path, most: int = MOST_BYTES) -> str:
    """The text of a file that is no larger than any call's, so that nothing endless is ever read.

    Raises:
        NotReadableError: there is no such file, it cannot be read, it is too large or not a text.
    """
    try:
        if not path.is_file():
            raise unreadable(path, Reason.of("expected.plain.file"))
        with path.open("rb") as file:
            body = file.read(most + 1)
    except OSError as error:
        raise unreadable(path, Reason.of("expected.plain.file"), error.strerror or "") from error
    if len(body) > most:
        raise unreadable(path, Reason.of("expected.size.characters", most=LONGEST_TEXT), str(path.stat().st_size))
    return decoded(path, body)


def texts(folder: Path, needed: Iterable[str] = NEEDED, may: Iterable[str] = ()) -> dict[str, str]:
    """The texts of a folder's files: those that must be there, and those of the others that are.

    Raises:
        NotReadableError: with every file that is not there or cannot be read.
    """
    found: dict[str, str] = {}
    problems: list[Problem] = []
    must = tuple(needed)
    for name in (*must, *(one for one in may if one not in must)):
        if name not in must and not (folder / name).exists():
            continue
        try:
            found[name] = text_of(folder / name)
        except NotReadableError as error:
            problems += error.problems
    if problems:
        raise NotReadableError(tuple(problems))
    return found


def open_call(folder: Path, needed: Iterable[str] = NEEDED) -> Opened:
    """Read the call in a folder.

    Raises:
        NotReadableError: with every problem found.
    """
    found = edition.of_call(texts(folder, needed, (*edition.FILES, *edition.MAY_HAVE)))
    with in_folder(folder):
        return Opened(folder, found, read(found))


def open_register(folder: Path) -> Pack:
    """Read the register pack in a folder.

    Raises:
        NotReadableError: with every problem found.
    """
    found = texts(folder, [name for name in OF_A_PACK if name != _MAP])
    found[_MAP] = text_of(folder / _MAP, 10 * MOST_BYTES)
    with in_folder(folder):
        return read_pack(found)


def names_in(pack: Pack | None, language: str) -> Names:
    """Names of the register's regions, themes and organisations by their codes."""
    if pack is None:
        return {}
    named = f"name_{language}"
    return {
        **{row["code"]: row[named] for file in ("regions.csv", "themes.csv") for row in pack.rows(file)},
        **{row["id"]: row["name"] for row in pack.rows("organisations.csv")},
    }
