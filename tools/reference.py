"""Writes docs/reference from the code, so that it cannot say anything else than the code does.

`python tools/reference.py` writes it anew; `python tools/reference.py check` says whether it is up to date.
"""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import click

from samspel.cli import main as samspel
from samspel.engine import lifecycles, permissions
from samspel.engine.calls import vocabulary
from samspel.engine.calls.schema import schema
from samspel.wording import label, term
from samspel.wording.say import catalogue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from typing import Any

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "reference"
HEAD = "<!-- Written by tools/reference.py from the code. Change the code, then run it. -->\n\n"


def table(heads: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> str:
    """A Markdown table."""
    lines = ["| " + " | ".join(heads) + " |", "| " + " | ".join("---" for _ in heads) + " |"]
    lines += ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def _words(group: str, name: str) -> tuple[str, str]:
    """The Swedish and English words for a word of the language; empty where only whole sentences say it."""
    try:
        return label(group, name, "sv"), label(group, name, "en")
    except KeyError:
        return "", ""


def _listed(title: str, about: str, prefix: str, names: Iterable[str]) -> str:
    rows = ((f"`{name}`", *_words(prefix, name)) for name in names)
    return f"## {title}\n\n{about}\n\n" + table(("Word", "Swedish", "English"), rows)


def _attributes() -> str:
    """What a filter may ask, by the sort of thing it is asked of."""
    takes: dict[str, Callable[[vocabulary.Attribute], str]] = {
        "one-of": lambda one: "one or more of " + ", ".join(f"`{choice}`" for choice in one.choices),
        "codes": lambda _: "country or NUTS codes of any level",
        "declared": lambda one: f"ids declared under `[{one.choices[0]}]`",
        "free": lambda _: "ids",
        "flag": lambda _: "`true` or `false`",
        "numbers": lambda _: "whole numbers",
        "parameter": lambda one: f"a parameter ({one.choices[0]})",
        "filter": lambda one: f"a filter on {one.choices[0]}",
    }
    parts = []
    for collection, known in vocabulary.ATTRIBUTES.items():
        rows = ((f"`{name}`", takes[one.sort](one)) for name, one in known.items())
        parts.append(f"### {collection}\n\n" + table(("Key", "Takes"), rows))
    return (
        "## Filters\n\nA filter is a table; all its keys must hold. `any = [filter, …]` and `not = filter` may stand\n"
        "beside them. What is not known of a thing leaves the answer open.\n\n" + "\n".join(parts)
    )


def _keys(one: Mapping[str, Any], defined: Mapping[str, Any]) -> tuple[Mapping[str, Any], str]:
    """The keys of a table of the schema, and how it is written: once, by id, or as a list."""
    if "$ref" in one:
        return _keys(defined[one["$ref"].rpartition("/")[2]], defined)
    if one.get("type") == "array":
        return _keys(one["items"], defined)[0], "[[…]]"
    inner = one.get("additionalProperties")
    if isinstance(inner, dict) and not one.get("properties"):
        return _keys(inner, defined)[0], "[….ID]"
    return one.get("properties", {}), "[…]"


def _tables() -> str:
    """The tables of a call and their keys, as the JSON Schema knows them."""
    whole: Any = schema()
    parts = []
    for name, one in whole["properties"].items():
        keys, shape = _keys(one, whole["$defs"])
        if (keys and shape != "[…]") or name in (
            "calendar",
            "counting",
            "assessment",
            "scale_points",
            "decisions",
            "money",
        ):
            told = ", ".join(f"`{key}`" for key in keys)
            parts.append((f"`{shape.replace('…', name)}`", told, one.get("description", "")))
    kinds = ", ".join(f"`{kind}`" for kind in vocabulary.TERMS)
    parts.append(("`[terms.KIND.ID]`", "`sv`, `en`, `source`", f"Words of the call's own. KIND is one of {kinds}."))
    return "## Tables of a call\n\nEach is described key by key in the JSON Schema.\n\n" + table(
        ("Table", "Keys", ""), iter(parts)
    )


def language() -> str:
    """Every word of the rule language."""
    heads = (*vocabulary.MEASURES, *vocabulary.TESTS, *vocabulary.COMPOSITIONS)
    groups = (
        ("Units of parameters", "A share also names its denominator with `of`.", "unit", vocabulary.UNITS),
        (
            "Comparisons",
            "Of a measure with a parameter, or with another measure.",
            "comparison",
            vocabulary.COMPARISONS,
        ),
        ("Measures", "The head of a condition with a number.", "measure", vocabulary.MEASURES),
        ("What can be counted", "After `count`.", "noun", vocabulary.NOUNS),
        ("Sums", "After `amount` and `share`.", "quantity", vocabulary.QUANTITIES),
        ("Denominators", "After `of`.", "of", vocabulary.DENOMINATORS),
        ("Facts", "After `fact`, beside the call's own statements.", "fact", vocabulary.FACTS),
        ("Groups", "After `per`: the rule must hold for each. `area:SET` groups by areas.", "group", vocabulary.GROUPS),
        ("Levels", "After `level`; a set of areas is one too.", "level", vocabulary.LEVELS),
        ("Questions with yes or no", "The head of a condition without a number.", "test", vocabulary.TESTS),
        ("What a rule is over", "After `over`.", "over", vocabulary.OVER),
        ("Severities", "After `severity`.", "severity", vocabulary.SEVERITIES),
    )
    return (
        "# The language of calls\n\n"
        "A condition is a table with exactly one head: " + ", ".join(f"`{head}`" for head in heads) + ".\n"
        "The guide [Write a call](../guides/writing-a-call.md) tells how they are used,\n"
        "[the patterns](patterns.md) show each kind of rule.\n\n"
        + _tables()
        + "\n"
        + "\n".join(_listed(title, about, prefix, names) for title, about, prefix, names in groups)
        + "\n"
        + _attributes()
    )


def patterns() -> str:
    """The 58 kinds of rule, each as the text that says it."""
    found = []
    for file in sorted((ROOT / "calls" / "patterns").glob("*.toml")):
        found += tomllib.loads(file.read_text(encoding="utf-8"))["patterns"]
    parts = []
    for one in sorted(found, key=lambda pattern: int(pattern["number"])):
        texts = [(f"`{name}.toml`:\n\n", one[name]) for name in ("programme", "overlay") if name in one]
        blocks = [f"{head}```toml\n{text.strip()}\n```\n" for head, text in [("", one["call"]), *texts]]
        title, about = one["title"], one["about"]["en"]
        heading = f"## {one['letter']}{one['number']}. {title['en']}\n\n*{title['sv']}*\n\n{about}\n\n"
        parts.append(heading + "\n".join(blocks))
    return (
        "# Patterns: the kinds of rule that real calls need\n\n"
        "The numbers are examples. Each pattern's cases stand beside it in `calls/patterns/`; the tests run them.\n\n"
        + "\n".join(parts)
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
    "language.md": language,
    "patterns.md": patterns,
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
