"""What the README and the guides tell a reader to run can be run: the files exist, and so do Samspel's own commands."""

from __future__ import annotations

import os
import re
import shutil
import tomllib

import click
import pytest

from tests.house.places import ROOT, kept, name_of

README = ROOT / "README.md"
GUIDES = [path for path in kept(".md") if path.parent == ROOT or path.relative_to(ROOT).parts[0] == "docs"]
BLOCK = re.compile(r"^```(?:sh|shell|bash|console)?\n(.*?)^```", re.MULTILINE | re.DOTALL)
SPAN = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s#]+)(?:#[^)]*)?\)")


def _commands(text: str) -> list[str]:
    """Find what stands as a command: lines of a shell block, and spans that begin with a program of ours."""
    lines = [line.removeprefix("$ ").strip() for block in BLOCK.findall(text) for line in block.splitlines()]
    spans = [
        span for span in SPAN.findall(BLOCK.sub("", text)) if re.match(r"(sh bin/|bin/|just |samspel |python )", span)
    ]
    return [command for command in lines + spans if command and not command.startswith("#")]


def test_the_readme_sets_up_with_two_commands():
    commands = _commands(README.read_text())
    for wanted in ("sh bin/demo", "sh bin/test"):
        assert any(command.startswith(wanted) for command in commands), f"README.md no longer says `{wanted}`"


def test_ci_runs_the_readmes_test_command():
    assert re.search(r"\bsh bin/test$", (ROOT / ".ci" / "run").read_text(), re.MULTILINE)


@pytest.mark.parametrize("name", ["bin/demo", "bin/test", "bin/check", ".ci/run"])
def test_commands_may_be_started(name: str):
    assert os.access(ROOT / name, os.X_OK), f"{name} lacks its run bit: chmod +x {name}"


@pytest.mark.parametrize("guide", GUIDES, ids=name_of)
def test_the_files_and_commands_that_a_page_names_exist(guide):
    text = guide.read_text()
    recipes = set(re.findall(r"^(\w[\w-]*)[^:\n]*:(?!=)", (ROOT / "justfile").read_text(), re.MULTILINE))
    missing = []
    for command in _commands(text):
        for part in re.findall(r"(?:^|\s)((?:\.ci|bin|tools|calls|registers|tests|docs)/[\w./-]*\w)", command):
            if not (ROOT / part).exists():
                missing.append(f"`{command}`: there is no {part}")
        words = command.split()
        if words[0] == "just" and len(words) > 1 and words[1].isidentifier() and words[1] not in recipes:
            missing.append(f"`{command}`: the justfile has no {words[1]}")
    assert not missing, f"{name_of(guide)}:\n" + "\n".join(missing)


@pytest.mark.parametrize("guide", GUIDES, ids=name_of)
def test_links_between_pages_lead_somewhere(guide):
    dead = [
        target
        for target in LINK.findall(guide.read_text())
        if "://" not in target and not target.startswith("mailto:") and not (guide.parent / target).exists()
    ]
    assert not dead, f"{name_of(guide)} links to what is not there: {dead}"


def _found(group: click.Group, words: list[str]) -> tuple[str, click.Command | None]:
    """The command that these words name, through groups within groups, and how it is called."""
    path, found = "samspel", None
    for word in words:
        path, found = f"{path} {word}", group.get_command(click.Context(group), word)
        if not isinstance(found, click.Group):
            break
        group = found
    return path, found


@pytest.mark.parametrize("guide", GUIDES, ids=name_of)
def test_samspels_own_commands_exist(guide):
    from samspel.cli import main

    missing = []
    for command in _commands(guide.read_text()):
        words = re.sub(r"^(?:\.venv/)?(?:bin/)?samspel\b", "samspel", command).split()
        if words[0] != "samspel" or len(words) < 2 or not re.fullmatch(r"[a-z][a-z-]*", words[1]):
            continue
        path, found = _found(main, words[1:])
        if found is None:
            missing.append(f"`{command}`: there is no {path}")
            continue
        known = {name for option in found.params for name in (*option.opts, *option.secondary_opts)}
        missing += [
            f"`{command}`: {path} has no {option}"
            for option in re.findall(r"\s(--[a-z-]+)", command)
            if option not in known | {"--help"}
        ]
    assert not missing, f"{name_of(guide)}:\n" + "\n".join(missing)


def test_the_command_samspel_is_installed():
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["scripts"]
    assert scripts == {"samspel": "samspel.cli:main"}
    assert (ROOT / ".venv" / "bin" / "samspel").exists() or shutil.which("samspel")
