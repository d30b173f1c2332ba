"""Commands on files alone: check a call's folder, and judge a situation under it, with no site and no Django."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from samspel.engine.calls import cases
from samspel.engine.calls.edition import FILES, digest
from samspel.engine.calls.judge import judge as judge_facts
from samspel.engine.calls.read import read
from samspel.engine.located import NotReadableError
from samspel.wording import located, tell

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


def _texts(folder: Path) -> dict[str, str]:
    texts = {}
    for name in FILES:
        file = folder / name
        if not file.is_file():
            click.echo(f"{file}: there is no such file; a call has {', '.join(FILES)}", err=True)
            sys.exit(2)
        texts[name] = file.read_text(encoding="utf-8")
    return texts


@click.command()
@click.argument("folder", type=FOLDER)
@click.option("--language", type=click.Choice(["sv", "en"]), default="en", show_default=True)
def check(folder: Path, language: str) -> None:
    """Read the call in FOLDER, run its cases, and say everything that is wrong with file and line."""
    texts = _texts(folder)
    try:
        call = read(call_text=texts["call.toml"], form_text=texts["form.toml"])
        situations = cases.read_cases(texts["cases.toml"], call)
    except NotReadableError as error:
        for problem in error.problems:
            click.echo(f"{folder}/{located(problem, language)}", err=True)
        sys.exit(2)
    misses = cases.run(call, situations)
    for miss in misses:
        if miss.found is None:
            click.echo(f"{folder}/cases.toml: no case shows the rule {miss.rule} {miss.expected}", err=True)
        else:
            click.echo(
                f"{folder}/cases.toml: {miss.case}: the rule {miss.rule} is {miss.found}, expected {miss.expected}",
                err=True,
            )
    if misses:
        sys.exit(1)
    click.echo(f"{call.id}: {len(call.rules)} rules, {len(situations)} cases, sha-256 {digest(texts)}")


@click.command()
@click.argument("folder", type=FOLDER)
@click.argument("given", nargs=-1)
@click.option("--language", type=click.Choice(["sv", "en"]), default="en", show_default=True)
def judge(folder: Path, given: tuple[str, ...], language: str) -> None:
    """Judge the facts GIVEN (constellation.clusters=3 …) under the call in FOLDER; what is not given is unknown."""
    texts = _texts(folder)
    try:
        call = read(call_text=texts["call.toml"], form_text=texts["form.toml"])
        facts = cases.facts_from(given)
    except NotReadableError as error:
        for problem in error.problems:
            click.echo(located(problem, language), err=True)
        sys.exit(2)
    told = tell(judge_facts(call, facts), call, language)
    click.echo(told.summary)
    for finding in told.findings:
        click.echo(f"{finding.word}: {finding.text}. {finding.found} / {finding.needed} [{finding.source}]")
        for sentence in finding.mend:
            click.echo(f"    {sentence}")
