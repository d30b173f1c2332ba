"""The pages' Swedish: gathers every text that a page can show, keeps its translation, and compiles the catalogue.

`update` reads the templates and the Python of `samspel.web` (and whatever else of Samspel marks a text), adds what is
new, keeps what is translated and drops what is gone. `check` says what is missing, without changing anything.
`compile` writes the file that the site reads. The gettext programs are not needed.
"""

from __future__ import annotations

import argparse
import io
import re
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

import polib
from babel.messages.extract import extract_python
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "samspel"
CATALOGUE = SOURCE / "web" / "locale" / "sv" / "LC_MESSAGES" / "django.po"
TEMPLATE_ENDINGS = {".html", ".txt", ".svg", ".xml"}

# Which argument of each call is a context (marked c), a text, or its plural.
KEYWORDS: dict[str, tuple[int | tuple[int, int] | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
HEADER = {
    "Project-Id-Version": "Samspel",
    "Language": "sv",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=utf-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
}
PLACEHOLDER = re.compile(r"%\(\w+\)[#0\- +]*[\d.]*[diouxXeEfFgGcrs]|\{\w*\}|%[sd]|%%")

Key = tuple[str | None, str]


@dataclass(slots=True)
class Text:
    """One text to translate, and the files that show it."""

    context: str | None
    singular: str
    plural: str | None = None
    places: set[str] = field(default_factory=set)
    is_format: bool = False


def texts(source: Path = SOURCE) -> dict[Key, Text]:
    """Gather every marked text under `source`, in the order of the files."""
    found: dict[Key, Text] = {}
    for path in sorted(source.rglob("*")):
        if "vendor" in path.parts or "migrations" in path.parts or not path.is_file():
            continue
        place = path.relative_to(source.parent.parent).as_posix()
        for text in _texts_of(path):
            known = found.setdefault((text.context, text.singular), text)
            if text.plural and known.plural and text.plural != known.plural:
                message = f"{place}: {text.singular!r} has another plural here than in {sorted(known.places)}"
                raise SystemExit(message)
            known.plural = known.plural or text.plural
            known.is_format = known.is_format or text.is_format
            known.places.add(place)
    return found


def _texts_of(path: Path) -> Iterator[Text]:
    if path.suffix == ".py":
        code = path.read_text(encoding="utf-8")
    elif path.suffix in TEMPLATE_ENDINGS and "templates" in path.parts:
        # Django turns a template into lines that read as Python calls of gettext, all else blotted out.
        code = templatize(path.read_text(encoding="utf-8"), origin=str(path))
    else:
        return
    yield from _calls(code)


def _calls(code: str) -> Iterator[Text]:
    """Find the calls of gettext in Python, or in what Django makes of a template."""
    extracted = extract_python(io.BytesIO(code.encode()), KEYWORDS, [], {"encoding": "utf-8"})
    for _line, function, messages, _comments in extracted:
        # An argument that is no plain text, say a variable, stands as None.
        said = cast("str | tuple[str | None, ...] | None", messages)
        given: list[str | None] = list(said) if isinstance(said, tuple) else [said]
        order = KEYWORDS[str(function)] or (1,)
        context: str | None = None
        singular: str | None = None
        plural: str | None = None
        for position in order:
            index, is_context = (position[0], True) if isinstance(position, tuple) else (position, False)
            value = given[index - 1] if index <= len(given) else None
            if is_context:
                context = value
            elif singular is None:
                singular = value
            else:
                plural = value
        if singular:
            yield Text(context, singular, plural, is_format=bool(re.search(r"%[(sd%]", f"{singular} {plural}")))


def updated(catalogue: polib.POFile, wanted: dict[Key, Text]) -> polib.POFile:
    """Make the catalogue that `wanted` asks for, with every translation that `catalogue` already holds."""
    known: dict[Key, polib.POEntry] = {(e.msgctxt, e.msgid): e for e in catalogue if not e.obsolete}
    new = polib.POFile(wrapwidth=100)
    new.metadata = dict(HEADER)
    for key, text in sorted(wanted.items(), key=lambda item: (item[0][1].casefold(), item[0][1], item[0][0] or "")):
        entry = polib.POEntry(
            msgid=text.singular,
            msgctxt=text.context,
            occurrences=[(place, "") for place in sorted(text.places)],
            flags=["python-format"] if text.is_format else [],
        )
        before = known.get(key)
        if text.plural is not None:
            entry.msgid_plural = text.plural
            kept = before.msgstr_plural if before and before.msgid_plural == text.plural else {}
            entry.msgstr_plural = {0: kept.get(0, ""), 1: kept.get(1, "")}
        elif before and not before.msgid_plural:
            entry.msgstr = before.msgstr
        if before:
            entry.tcomment = before.tcomment
            entry.flags += [flag for flag in before.flags if flag == "fuzzy"]
        new.append(entry)
    return new


def faults(catalogue: polib.POFile, wanted: dict[Key, Text]) -> list[str]:
    """Say what keeps the catalogue from being complete: one line a text."""
    said = []
    entries: dict[Key, polib.POEntry] = {(e.msgctxt, e.msgid): e for e in catalogue if not e.obsolete}
    for key, text in wanted.items():
        places = ", ".join(sorted(text.places))
        entry = entries.get(key)
        if entry is None or (entry.msgid_plural or None) != text.plural:
            said.append(f"not in the catalogue: {text.singular!r} ({places}); run `tools/catalogue.py update`")
        elif entry.fuzzy:
            said.append(f"marked fuzzy: {text.singular!r} ({places}); settle the Swedish and remove the mark")
        elif not entry.translated():
            said.append(f"without Swedish: {text.singular!r} ({places})")
        else:
            said += _placeholder_faults(entry, places)
    said += [
        f"no page shows {msgid!r} any more; run `tools/catalogue.py update`"
        for context, msgid in entries
        if (context, msgid) not in wanted
    ]
    return said


def _placeholder_faults(entry: polib.POEntry, places: str) -> Iterator[str]:
    asked = _placeholders(entry.msgid) | _placeholders(entry.msgid_plural)
    for translation in [entry.msgstr] if not entry.msgid_plural else entry.msgstr_plural.values():
        given = _placeholders(translation)
        # "one region" may leave its number out; nothing else may go missing, and nothing may be added.
        missing = set() if entry.msgid_plural and translation == entry.msgstr_plural[0] else asked - given
        if missing or given - asked:
            wrong = ", ".join(sorted(missing | (given - asked)))
            yield f"other placeholders in Swedish: {entry.msgid!r} ({places}): {wrong}"
        if "python-format" in entry.flags and "%" in PLACEHOLDER.sub("", translation):
            yield f"a per cent sign must be doubled in the Swedish of {entry.msgid!r} ({places})"


def _placeholders(text: str) -> set[str]:
    """Find what is filled in when the text is shown; `%%` is only a per cent sign."""
    return set(PLACEHOLDER.findall(text or "")) - {"%%"}


def compiled(catalogue: polib.POFile) -> bytes:
    """Give the bytes that the site reads: what is translated, the header, and nothing that changes with the day."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "django.mo"
        catalogue.save_as_mofile(str(target))
        return target.read_bytes()


def load() -> polib.POFile:
    """Read the Swedish catalogue, or begin one."""
    return polib.pofile(str(CATALOGUE), wrapwidth=100) if CATALOGUE.exists() else polib.POFile(wrapwidth=100)


def main(arguments: list[str] | None = None) -> int:
    """Carry out one of the three commands."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=["update", "check", "compile"])
    command = parser.parse_args(arguments).command
    if command == "update":
        catalogue = updated(load(), texts())
        CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
        catalogue.save(str(CATALOGUE))
        empty = [entry for entry in catalogue if not entry.translated()]
        print(f"{len(catalogue)} texts, {len(empty)} without Swedish: {CATALOGUE.relative_to(ROOT)}")
        for entry in empty:
            print(f"  {entry.msgid!r}")
    elif command == "compile":
        CATALOGUE.with_suffix(".mo").write_bytes(compiled(load()))
        print(f"compiled {CATALOGUE.with_suffix('.mo').relative_to(ROOT)}")
    else:
        said = faults(load(), texts())
        compiled_file = CATALOGUE.with_suffix(".mo")
        if not compiled_file.exists() or compiled_file.read_bytes() != compiled(load()):
            said.append(f"{compiled_file.relative_to(ROOT)} is stale; run `tools/catalogue.py compile`")
        print(*said, sep="\n")
        return 1 if said else 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
