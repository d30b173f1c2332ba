"""`samspel simulate`: what becomes of who could apply when a call's numbers, levels and themes are varied."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from samspel.cli.files.answering import Answer, Code, answering
from samspel.cli.files.folders import FOLDER, Opened, names_in, open_call, open_register, unreadable
from samspel.cli.files.picture import Axis, Texts, heat_map
from samspel.cli.files.sizes import SIZES, VARIED
from samspel.engine.calls.vocabulary import LEVELS
from samspel.engine.packs import Pack
from samspel.engine.verdicts import Reason
from samspel.wording.amounts import number

if TYPE_CHECKING:
    from samspel.engine.simulation.sweeping import Row, Sweep

EPILOG = """\b
Exit codes: 0 told · 2 a file cannot be read, the call has no such number, or it is too much to count.

\b
--vary minimum_regions=1..5 goes in steps of 1, --vary share=0.3..0.5:0.1 in others, --vary grant=100,200 as said;
given several times, every combination is counted. "for certain": what the register says suffices. "possibly":
nothing that is known speaks against it.

\b
JSON: {"call", "digest", "register": {"id", "version"}, "sizes": [], "names": [varied numbers], "distinct",
 "rows": [{"values": {"name": number}, "level", "theme", "surely", "possibly", "exact",
           "organisations": {"surely", "possibly"}, "regions": {"surely", "possibly"}}],
 "seed", "sample": [[organisation ids]]}
or {"refused": {"code", "text"}}, or {"problems": [{"file", "line", "key", "code", "expected", "found"}]}
organisations and regions: how many of them have access. sample: constellations drawn with equal chance from those
that surely could apply.
"""


@click.command(epilog=EPILOG)
@click.argument("folder", type=FOLDER)
@click.option("--register", type=FOLDER, required=True, help="The register's folder, such as registers/sweden.")
@click.option("--vary", type=VARIED, multiple=True, help="A number of the call and the values it is to have.")
@click.option("--level", "levels", type=click.Choice(LEVELS), multiple=True, help="Tell regions apart at this level.")
@click.option("--theme", "themes", metavar="ID", multiple=True, help="Count for this theme by itself.")
@click.option("--sizes", type=SIZES, default="2..6", show_default=True, help="How many members: 3, 2..6 or 2,3,5.")
@click.option("--sample", "drawn", type=click.IntRange(0, 1000), default=0, help="Draw so many constellations.")
@click.option(
    "--seed", type=click.IntRange(0, 2**63), default=1, show_default=True, help="Chance: the same seed draws the same."
)
@click.option(
    "--svg", type=click.Path(dir_okay=False, path_type=Path), help="Draw the table as a picture in this file."
)
@answering
def simulate(
    answer: Answer,
    *,
    folder: Path,
    register: Path,
    vary: tuple[tuple[str, tuple[Decimal, ...]], ...],
    levels: tuple[str, ...],
    themes: tuple[str, ...],
    sizes: tuple[int, ...],
    drawn: int,
    seed: int,
    svg: Path | None,
) -> Code:
    """Vary the numbers of the call in FOLDER, and count each time who of the register could apply."""
    from samspel.cli.files.refusing import refusing
    from samspel.engine.simulation.pooling import register_of
    from samspel.engine.simulation.sweeping import sample, sweep

    opened, pack = open_call(folder), open_register(register)
    pool = register_of(pack)
    with refusing(answer):
        swept = sweep(opened.call, pool, vary=dict(vary), levels=levels, themes=themes, sizes=sizes)
        theme = themes[0] if len(themes) == 1 else ""
        sampled = sample(opened.call, pool, theme=theme, sizes=sizes, count=drawn, seed=seed) if drawn else ()
    if svg is not None:
        _draw(svg, answer, opened, swept, names_in(pack, answer.language))
    if answer.as_json:
        head = {"call": opened.call.id, "digest": opened.digest, "register": {"id": pack.id, "version": pack.version}}
        answer.give(
            {**head, "sizes": list(sizes), **_data(swept), "seed": seed, "sample": [list(one) for one in sampled]}
        )
        return Code.FINE
    for line in _table(answer, opened, swept, names_in(pack, answer.language)):
        answer.line(line)
    for line in _sampled(answer, pack, sampled, seed):
        answer.line(line)
    return Code.FINE


def _table(answer: Answer, opened: Opened, swept: Sweep, names: Mapping[str, str]) -> Iterator[str]:
    """The sweep as a table: what was varied, then how many could apply, and how many have access."""
    with_level = len({row.level for row in swept.rows}) > 1
    with_theme = len({row.theme for row in swept.rows}) > 1
    heads = [*swept.names]
    heads += [answer.say("simulate.head.level")] if with_level else []
    heads += [answer.say("simulate.head.theme")] if with_theme else []
    heads += [answer.say(f"simulate.head.{one}") for one in ("surely", "possibly", "organisations", "regions")]
    rows = [heads]
    for row in swept.rows:
        varied = [_short(row.values[name]) for name in swept.names]
        varied += [row.level] if with_level else []
        varied += [names.get(row.theme, row.theme)] if with_theme else []
        rows.append([*varied, *_numbers(answer, row)])
    widths = [max(len(row[at]) for row in rows) for at in range(len(heads))]
    yield answer.say(_title(swept), id=opened.call.id)
    for line in rows:
        yield "  ".join(text.rjust(width) for text, width in zip(line, widths, strict=True))
    if not all(row.exact for row in swept.rows):
        yield answer.say("simulate.estimated")


def _draw(path: Path, answer: Answer, opened: Opened, swept: Sweep, names: Mapping[str, str]) -> None:
    """Draw the sweep in a file.

    Raises:
        NotReadableError: the file cannot be written.
    """
    axes = [Axis(name, lambda row, name=name: _short(row.values[name])) for name in swept.names]  # type: ignore[misc]  # mypy cannot tell a default that binds
    if len({row.level for row in swept.rows}) > 1:
        axes.append(Axis(answer.say("simulate.head.level"), lambda row: row.level))
    if len({row.theme for row in swept.rows}) > 1:
        axes.append(Axis(answer.say("simulate.head.theme"), lambda row: names.get(row.theme, row.theme)))
    texts = Texts(
        title=answer.say(_title(swept), id=opened.call.id),
        about=answer.say("simulate.picture"),
        surely=lambda row: _numbers(answer, row)[0],
        possibly=lambda row: answer.say("simulate.picture.possibly", number=_numbers(answer, row)[1]),
    )
    try:
        path.write_text(heat_map(swept.rows, axes, texts), encoding="utf-8")
    except OSError as error:
        raise unreadable(path, Reason.of("expected.plain.file"), error.strerror or "") from error


def _title(swept: Sweep) -> str:
    return "simulate.title.pairs" if swept.pairs else "simulate.title.distinct"


def _short(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _numbers(answer: Answer, row: Row) -> list[str]:
    mark = "" if row.exact else "≈"
    totals = [f"{mark}{number(total, answer.language)}" for total in (row.surely, row.possibly)]
    return [*totals, *("–".join(map(str, dict.fromkeys(ends))) for ends in (row.organisations, row.regions))]


def _sampled(answer: Answer, pack: Pack, sampled: tuple[tuple[str, ...], ...], seed: int) -> Iterator[str]:
    if not sampled:
        return
    names = names_in(pack, answer.language)
    yield ""
    yield answer.say("simulate.sample", number=len(sampled), seed=seed)
    for one in sampled:
        yield "  " + "; ".join(names.get(place, place) for place in one)


def _data(swept: Sweep) -> dict[str, Any]:
    return {
        "names": list(swept.names),
        "distinct": not swept.pairs,
        "rows": [
            {
                "values": dict(row.values),
                "level": row.level,
                "theme": row.theme,
                "surely": row.surely,
                "possibly": row.possibly,
                "exact": row.exact,
                "organisations": dict(zip(("surely", "possibly"), row.organisations, strict=True)),
                "regions": dict(zip(("surely", "possibly"), row.regions, strict=True)),
            }
            for row in swept.rows
        ],
    }
