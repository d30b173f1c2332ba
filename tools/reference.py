"""Writes docs/reference from the code, so that it cannot say anything else than the code does.

`python tools/reference.py` writes it anew; `python tools/reference.py check` says whether it is up to date.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from samspel.cli import main as samspel
from samspel.engine import lifecycles, permissions
from samspel.engine.calls import vocabulary
from samspel.wording import term
from samspel.wording.say import catalogue

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "reference"
HEAD = "<!-- Written by tools/reference.py from the code. Change the code, then run it. -->\n\n"


def table(heads: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> str:
    """A Markdown table."""
    lines = ["| " + " | ".join(heads) + " |", "| " + " | ".join("---" for _ in heads) + " |"]
    lines += ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def facts() -> str:
    """The facts that a rule may speak of, and the operators."""
    rows = ((f"`{fact.name}`", fact.unit) for fact in vocabulary.FACTS.values())
    operators = ", ".join(f"`{name}`" for name in vocabulary.COMPARISONS)
    joints = ", ".join(f"`{name}`" for name in vocabulary.COMPOSITIONS)
    return (
        "# Facts and operators\n\n"
        f"A condition compares one fact with one parameter of the same unit by {operators}; conditions are\n"
        f"put together by {joints}. A fact that is not known leaves the rule open.\n\n" + table(("Fact", "Unit"), rows)
    )


def verbs() -> str:
    """What can be done, by whom, from which state, in which relation."""

    def rows() -> Iterator[tuple[str, ...]]:
        for row in permissions.TABLE:
            edge = lifecycles.BY_VERB[row.verb]
            who = ", ".join(term("role", role, "en") for role in sorted(row.roles))
            relation = "" if row.relation == "none" else row.relation
            yield f"`{row.verb}`", edge.noun, who, relation, ", ".join(sorted(edge.before)), edge.after or "same"

    heads = ("Verb", "On", "Who", "Relation", "In state", "Leaves state")
    return "# Verbs\n\nEvery write is one of these; each leaves one line in the journal.\n\n" + table(heads, rows())


def states() -> str:
    """The states of each noun, and who may know of a row in each."""

    def rows() -> Iterator[tuple[str, ...]]:
        groups = (
            ("everybody", permissions.PUBLIC_STATES),
            ("the authority", permissions.AUTHORITY_STATES),
            ("assessors", permissions.ASSESSOR_STATES),
        )
        for noun, known in lifecycles.STATES.items():
            for state in known:
                seen = [name for name, table_ in groups if state in table_[noun]]
                seen += ["those who take part"] if noun in permissions.PARTICIPANTS_SEE else []
                seen += ["its author"] if noun in permissions.AUTHORS_SEE else []
                word_sv, word_en = (term(f"{noun}-state", state, language) for language in ("sv", "en"))
                yield noun, f"`{state}`", word_sv, word_en, ", ".join(seen)

    return "# States\n\n" + table(("Noun", "State", "Swedish", "English", "Seen by"), rows())


def commands() -> str:
    """Every command with its help, as the command line prints it."""

    def walk(command: click.Command, path: tuple[str, ...]) -> Iterator[str]:
        context = click.Context(command, info_name=" ".join(path), terminal_width=100, max_content_width=100)
        yield f"## {' '.join(path)}\n\n```\n{command.get_help(context)}\n```\n"
        if isinstance(command, click.Group):
            for name in command.list_commands(context):
                found = command.get_command(context, name)
                if found is not None:
                    yield from walk(found, (*path, name))

    return "# Commands\n\n" + "\n".join(walk(samspel, ("samspel",)))


def terms() -> str:
    """Words for codes in both languages."""
    rows = (
        (f"`{code}`", words["sv"], words["en"])
        for code, words in sorted(catalogue().items())
        if code.split(".")[0]
        in ("kind", "role", "funding-state", "funder-kind", "funding-form", "priority-status", "outcome")
    )
    return "# Terms\n\n" + table(("Code", "Swedish", "English"), rows)


def settings() -> str:
    """The settings of an installation, from the settings file's own words."""
    text = (ROOT / "src/samspel/site/settings.py").read_text(encoding="utf-8").split('"""')[1]
    return "# Settings\n\n```\n" + text.strip() + "\n```\n"


PAGES = {
    "facts.md": facts,
    "verbs.md": verbs,
    "states.md": states,
    "commands.md": commands,
    "terms.md": terms,
    "settings.md": settings,
}


def stale() -> list[str]:
    """The pages that are not what the code says."""
    wrong = []
    for name, write in PAGES.items():
        file = FOLDER / name
        if not file.exists() or file.read_text(encoding="utf-8") != HEAD + write():
            wrong.append(name)
    return wrong


def main() -> None:
    """Write or check."""
    if sys.argv[1:] == ["check"]:
        if wrong := stale():
            sys.exit(f"docs/reference is not up to date: {', '.join(wrong)}; run `python tools/reference.py`")
        return
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, write in PAGES.items():
        (FOLDER / name).write_text(HEAD + write(), encoding="utf-8")


if __name__ == "__main__":
    main()
