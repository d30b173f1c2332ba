"""The project's files as the house tests see them: what is kept in version control, or is about to be."""

from __future__ import annotations

import functools
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SOURCE = ROOT / "src" / "samspel"


@functools.cache
def kept_files() -> tuple[Path, ...]:
    """List every file that is not left out by .gitignore."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    return tuple(path for name in sorted(set(listed.split("\0"))) if name and (path := ROOT / name).is_file())


def kept(*endings: str, under: tuple[str, ...] = ()) -> list[Path]:
    """List the kept files with one of these endings, under one of these folders (or anywhere)."""
    return [
        path
        for path in kept_files()
        if path.suffix in endings and (not under or path.relative_to(ROOT).parts[0] in under)
    ]


def name_of(path: Path) -> str:
    """Name a file as a reader would: from the project's folder."""
    return path.relative_to(ROOT).as_posix()


def text_of(path: Path) -> str | None:
    """Give a file's text, or nothing for a picture and the like."""
    raw = path.read_bytes()
    return None if b"\0" in raw else raw.decode("utf-8", errors="replace")
