"""`samspel count`: how many constellations of a register's organisations could apply under a call, exactly."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from samspel.cli.files.answering import Answer, Code, answering
from samspel.cli.files.folders import FOLDER, Opened, names_in, open_call, open_register
from samspel.cli.files.sizes import SIZES
from samspel.engine.packs import Pack
from samspel.wording import Names
from samspel.wording.amounts import number

if TYPE_CHECKING:
    from samspel.engine.simulation.access import Numbers
    from samspel.engine.simulation.designing import LeftOut, WhoCould
    from samspel.engine.simulation.sweeping import Comparison

EPILOG = """\b
Exit codes: 0 told · 1 no constellation at all could apply · 2 a file cannot be read, or it is too much to count.

\b
"for certain": what the register says suffices. "possibly": nothing that is known speaks against it.

\b
JSON: {"call", "digest", "register": {"id", "version"}, "theme", "sizes": [], "distinct",
 "pool": [ids], "refused": [ids], "surely": NUMBERS, "possibly": NUMBERS,
 "themes": [{"theme", "surely", "possibly", "exact"}],
 "rules": [{"rule", "how", "why"}],                  (how: counted looked-at left)
 "left_out": [{"organisation", "certainty", "alone": [rules], "without": [rules], "together"}],
 "against": null or {"call", "digest", "surely": NUMBERS, "possibly": NUMBERS, "changes": {"surely": CHANGES,
             "possibly": CHANGES}}}
or {"refused": {"code", "text"}}, or {"problems": [{"file", "line", "key", "code", "expected", "found"}]}
NUMBERS: {"total", "exact", "low", "high", "per_size": {"3": number}, "with_access", "regions_with_access",
          "organisations": [{"id", "number", "of_median"}], "regions": [as organisations]}
CHANGES: {"gained_organisations": [], "lost_organisations": [], "gained_regions": [], "lost_regions": []}
why, of a rule left out: application should not-stated no-theme register-silent exceptions
distinct: each constellation is counted once however many themes it could choose; else once for each theme.
"""


@click.command(epilog=EPILOG)
@click.argument("folder", type=FOLDER)
@click.option("--register", type=FOLDER, required=True, help="The register's folder, such as registers/sweden.")
@click.option("--theme", default="", metavar="ID", help="Count for this theme alone.")
@click.option("--sizes", type=SIZES, default="2..6", show_default=True, help="How many members: 3, 2..6 or 2,3,5.")
@click.option("--against", type=FOLDER, help="The folder of another draft: whose access differs.")
@click.option(
    "--seed",
    type=click.IntRange(0, 2**63),
    default=1,
    show_default=True,
    help="Chance, where rules can only be estimated; not with --against.",
)
@answering
def count(
    answer: Answer,
    *,
    folder: Path,
    register: Path,
    theme: str,
    sizes: tuple[int, ...],
    against: Path | None,
    seed: int,
) -> Code:
    """Count the constellations of the register's organisations that could apply under the call in FOLDER."""
    from samspel.cli.files.refusing import refusing
    from samspel.engine.simulation.designing import who_could_apply
    from samspel.engine.simulation.pooling import register_of
    from samspel.engine.simulation.sweeping import compare

    opened, pack = open_call(folder), open_register(register)
    other, found = open_call(against) if against else None, None
    with refusing(answer):
        if other is None:
            told = who_could_apply(opened.call, register_of(pack), theme=theme, sizes=sizes, seed=seed)
        else:
            found = compare(opened.call, other.call, register_of(pack), theme=theme, sizes=sizes)
            told = found.one
    if answer.as_json:
        beside = _against_data(other, found) if other and found else None
        answer.give({**_data(opened, pack, told), "against": beside})
        return Code.FINE if told.possibly.high else Code.NO
    for line in _lines(answer, opened, pack, told):
        answer.line(line)
    for line in _against(answer, other, found, pack) if other and found else ():
        answer.line(line)
    return Code.FINE if told.possibly.high else Code.NO


def _lines(answer: Answer, opened: Opened, pack: Pack, told: WhoCould) -> Iterator[str]:
    names = names_in(pack, answer.language)
    pool, refused = len(told.pool), len(told.refused)
    yield answer.say("count.pool", id=opened.call.id, register=pack.id, version=pack.version, pool=pool)
    if refused:
        yield answer.say("count.refused", refused=refused)
    for certainty, numbers in (("surely", told.surely), ("possibly", told.possibly)):
        yield ""
        yield from _numbers(answer, told, certainty, numbers)
    if told.themes:
        yield ""
        yield answer.say("count.themes.distinct" if told.distinct else "count.themes.pairs")
    for one in told.themes:
        told_theme = {"surely": _whole(answer, one.surely), "possibly": _whole(answer, one.possibly)}
        yield "  " + answer.say("count.theme", theme=names.get(one.theme, one.theme), **told_theme)
    yield ""
    for rule in told.rules:
        why = answer.say(f"simulation.left.{rule.why}") if rule.why else ""
        yield answer.say(f"count.rule.{rule.how}", rule=rule.rule, why=why)
    yield from _left_out(answer, told.left_out, names)


def _whole(answer: Answer, value: int) -> str:
    return number(value, answer.language)


def _numbers(answer: Answer, told: WhoCould, certainty: str, numbers: Numbers) -> Iterator[str]:
    code = f"count.{certainty}" if numbers.exact else f"count.{certainty}.estimated"
    ends = {"low": _whole(answer, numbers.low), "high": _whole(answer, numbers.high)}
    yield answer.say(code, total=_whole(answer, numbers.total), **ends)
    for size, many in sorted(numbers.per_size.items()):
        yield "  " + answer.say("count.size", size=size, number=_whole(answer, many))
    yield "  " + answer.say("count.access", organisations=numbers.with_access, pool=len(told.pool))
    regions = {"regions": numbers.regions_with_access, "of": len(numbers.regions)}
    yield "  " + answer.say("count.access.regions", **regions)


def _left_out(answer: Answer, left_out: tuple[LeftOut, ...], names: Names) -> Iterator[str]:
    for certainty in ("surely", "possibly"):
        these = [one for one in left_out if one.certainty == certainty]
        if these:
            yield ""
            yield answer.say(f"count.left-out.{certainty}", number=len(these))
        for one in these:
            if one.alone:
                why = answer.say("count.left-out.alone", rules=", ".join(one.alone))
            elif one.without:
                why = answer.say("count.left-out.without", rules=", ".join(one.without))
            else:
                why = answer.say("count.left-out.together")
            yield f"  {names.get(one.organisation, one.organisation)}: {why}"


def _against(answer: Answer, other: Opened, found: Comparison, pack: Pack) -> Iterator[str]:
    """What another draft would make of it: its numbers, and who gains and loses access by name."""
    names = names_in(pack, answer.language)
    totals = {one: _whole(answer, getattr(found.other, one).total) for one in ("surely", "possibly")}
    yield ""
    yield answer.say("count.against", id=other.call.id, digest=other.digest, **totals)
    for certainty, changes in found.changes.items():
        gained = (*changes.gained_regions, *changes.gained_organisations)
        lost = (*changes.lost_regions, *changes.lost_organisations)
        for how, who in (("gained", gained), ("lost", lost)):
            if who:
                named = "; ".join(names.get(one, one) for one in who)
                yield "  " + answer.say(f"count.against.{how}.{certainty}", who=named)
        if not gained and not lost:
            yield "  " + answer.say(f"count.against.alike.{certainty}")


def _against_data(other: Opened, found: Comparison) -> dict[str, Any]:
    changes = {
        str(certainty): {
            "gained_organisations": list(one.gained_organisations),
            "lost_organisations": list(one.lost_organisations),
            "gained_regions": list(one.gained_regions),
            "lost_regions": list(one.lost_regions),
        }
        for certainty, one in found.changes.items()
    }
    numbers = {"surely": _number_data(found.other.surely), "possibly": _number_data(found.other.possibly)}
    return {"call": other.call.id, "digest": other.digest, **numbers, "changes": changes}


def _data(opened: Opened, pack: Pack, told: WhoCould) -> dict[str, Any]:
    return {
        "call": opened.call.id,
        "digest": opened.digest,
        "register": {"id": pack.id, "version": pack.version},
        "theme": told.theme,
        "sizes": list(told.sizes),
        "distinct": told.distinct,
        "pool": [one.id for one in told.pool],
        "refused": [one.id for one in told.refused],
        "surely": _number_data(told.surely),
        "possibly": _number_data(told.possibly),
        "themes": [
            {"theme": one.theme, "surely": one.surely, "possibly": one.possibly, "exact": one.exact}
            for one in told.themes
        ],
        "rules": [{"rule": one.rule, "how": one.how, "why": one.why} for one in told.rules],
        "left_out": [
            {
                "organisation": one.organisation,
                "certainty": one.certainty,
                "alone": list(one.alone),
                "without": list(one.without),
                "together": one.together,
            }
            for one in told.left_out
        ],
    }


def _number_data(numbers: Numbers) -> Mapping[str, Any]:
    access = {
        key: [
            {"id": one.id, "number": one.number, "of_median": None if one.of_median is None else float(one.of_median)}
            for one in reached
        ]
        for key, reached in (("organisations", numbers.organisations), ("regions", numbers.regions))
    }
    return {
        "total": numbers.total,
        "exact": numbers.exact,
        "low": numbers.low,
        "high": numbers.high,
        "per_size": {str(size): many for size, many in sorted(numbers.per_size.items())},
        "with_access": numbers.with_access,
        "regions_with_access": numbers.regions_with_access,
        **access,
    }
