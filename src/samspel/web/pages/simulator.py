"""Who could apply: the designer's simulator, which counts a text's constellations over the register.

Everything asked stands in the address, so that an answer can be sent to a colleague and comes out the same for the same
text and register.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _

from samspel.engine.simulation.framing import Certainty
from samspel.engine.simulation.pooling import Register, SimulationError, themes_of
from samspel.store.queries import designer as designs
from samspel.store.queries import simulator as queries
from samspel.store.queries.registry import names
from samspel.web import designing, simulating
from samspel.web.downloads import csv_file, json_file
from samspel.web.forms.simulator import SimulatorForm
from samspel.web.frame import actor_of, language
from samspel.web.pages.designer import found, framed
from samspel.web.pages.desk import at_the_desk
from samspel.web.simulating import Asked, Telling

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest, HttpResponse

    from samspel.engine.simulation.designing import WhoCould
    from samspel.engine.simulation.sweeping import Sweep
    from samspel.store.queries.designer import Beside, Design

IN_FORCE = "in-force"


@at_the_desk
def simulator(request: HttpRequest, call_id: str) -> HttpResponse:
    """Who could apply under the text as it stands, what becomes of it when numbers change, and a sample by lot."""
    design = found(request, call_id)
    context = framed(design, "designer-simulator")
    looked = context["looked"]
    pooled = queries.pooled(actor_of(request))
    if looked.call is None or not looked.reads or pooled is None:
        return render(request, "designer/simulator.html", context)
    telling = Telling(looked.call, names(language()))
    others = _others(request, design)
    form = SimulatorForm(
        request.GET or None,
        themes=[(one, telling.name(one)) for one in themes_of(looked.call, pooled.register)],
        numbers=telling.numbers(),
        levels=telling.levels(),
        others=[(one.id, one.title) for one in others],
    )
    context |= {
        "form": form,
        "sizes_fields": [form["smallest"], form["largest"]],
        "invented": pooled.invented,
        "pool": len(pooled.register.organisations),
    }
    if not form.is_bound or not form.is_valid():
        return render(request, "designer/simulator.html", context, status=422 if form.is_bound else 200)
    answer = _Answer(pooled.register, design.files, _asked(form.cleaned_data))
    try:
        who = answer.who()
        if request.GET.get("as") == "csv":
            return _table(call_id, who)
        swept = answer.swept()
        drawn = answer.drawn()
        if request.GET.get("as") == "json":
            return json_file(f"{call_id}-who-could-apply.json", _content(design, who, swept, drawn))
        context |= {"answer": telling.who(who), "downloads": _downloads(request), "asked": answer.asked}
        context |= {"swept": telling.sweep(swept) if swept else None}
        context |= {"drawn": [[telling.name(one) for one in members] for members in drawn]}
        chosen = next((one for one in others if one.id == form.cleaned_data.get("against")), None)
        context |= _against(answer, telling, chosen, who)
    except SimulationError as error:
        context["why_not"] = telling.refused(error)
    return render(request, "designer/simulator.html", context)


class _Answer:
    """Counts what was asked, over one register."""

    def __init__(self, register: Register, files: Mapping[str, str], asked: Asked) -> None:
        self.register, self.asked = register, asked
        self.files = tuple(files.items())

    def who(self, files: Mapping[str, str] | None = None) -> WhoCould:
        text = self.files if files is None else tuple(files.items())
        return simulating.counted(text, self.register, self.asked.theme, self.asked.sizes)

    def swept(self) -> Sweep | None:
        return simulating.swept(self.files, self.register, self.asked)

    def drawn(self) -> tuple[tuple[str, ...], ...]:
        return simulating.sampled(self.files, self.register, self.asked) if self.asked.drawn else ()


def _asked(given: Mapping[str, Any]) -> Asked:
    return Asked(
        theme=given.get("theme") or "",
        sizes=tuple(range(given["smallest"], given["largest"] + 1)),
        vary=tuple((name, tuple(values)) for name, values in given["vary"].items()),
        levels=tuple(given["level"]),
        drawn=given["drawn"] or 0,
        seed=given["seed"] if given["seed"] is not None else 1,
    )


def _others(request: HttpRequest, design: Design) -> list[Beside]:
    """Texts to compare with: the edition in force where this one differs, then every other call that reads."""
    actor = actor_of(request)
    every = [one for one in designs.others(actor, language=language(), besides=design.id) if one.title != one.id]
    if design.in_force is None or not design.amended:
        return every
    title = _("Edition %(n)s, which is in force") % {"n": design.in_force.number}
    return [designs.Beside(IN_FORCE, title, "open", design.in_force.files), *every]


def _against(answer: _Answer, telling: Telling, chosen: Beside | None, who: WhoCould) -> dict[str, Any]:
    """This text beside another one."""
    if chosen is None:
        return {}
    if not designing.look_over(chosen.files).reads:
        return {"why_not_compared": _("The other text does not read.")}
    try:
        before = answer.who(chosen.files)
    except SimulationError as error:
        return {"why_not_compared": telling.refused(error)}
    return {"compared": telling.compared(before, who), "against": chosen.title}


def _downloads(request: HttpRequest) -> list[dict[str, str]]:
    query = request.GET.copy()
    found = []
    for sort, words in (("csv", _("organisations")), ("json", _("everything"))):
        query["as"] = sort
        found.append({"url": f"?{query.urlencode()}", "label": sort.upper(), "note": words})
    return found


def _table(call_id: str, who: WhoCould) -> HttpResponse:
    """Each organisation of the pool with the number of constellations it can be in."""
    rows = (
        (member.id, member.name, member.kind, member.region, surely.number, possibly.number)
        for member, surely, possibly in zip(who.pool, who.surely.organisations, who.possibly.organisations, strict=True)
    )
    return csv_file(
        f"{call_id}-who-could-apply.csv", ("organisation", "name", "kind", "region", "surely", "possibly"), rows
    )


def _content(
    design: Design, who: WhoCould, swept: Sweep | None, drawn: tuple[tuple[str, ...], ...]
) -> dict[str, object]:
    """The whole answer, by codes. Numbers can be longer than some readers of JSON take, and so are texts too."""
    return {
        "call": design.id,
        "digest": design.digest,
        "theme": who.theme,
        "sizes": list(who.sizes),
        "distinct": who.distinct,
        "refused": [one.id for one in who.refused],
        "numbers": {
            str(certainty): {
                "total": str(numbers.total),
                "exact": numbers.exact,
                "low": str(numbers.low),
                "high": str(numbers.high),
                "per_size": {str(size): str(number) for size, number in numbers.per_size.items()},
                "organisations": {one.id: str(one.number) for one in numbers.organisations},
                "regions": {one.id: str(one.number) for one in numbers.regions},
            }
            for certainty, numbers in who.numbers.items()
        },
        "themes": [
            {"theme": one.theme, "surely": str(one.surely), "possibly": str(one.possibly)} for one in who.themes
        ],
        "rules": [{"rule": one.rule, "how": one.how, "why": one.why, "themes": one.themes} for one in who.rules],
        "left_out": [
            {
                "organisation": one.organisation,
                "certainty": one.certainty,
                "alone": one.alone,
                "without": one.without,
            }
            for one in who.left_out
        ],
        "variants": [
            {
                "values": {name: str(value) for name, value in row.values.items()},
                "level": row.level,
                "theme": row.theme,
                **{
                    str(certainty): {
                        "total": str(row.surely if certainty is Certainty.SURELY else row.possibly),
                        "organisations": row.organisations[place],
                        "regions": row.regions[place],
                    }
                    for place, certainty in enumerate(Certainty)
                },
                "exact": row.exact,
            }
            for row in (swept.rows if swept else ())
        ],
        "sample": [list(one) for one in drawn],
    }


urlpatterns = [path("desk/calls/<slug:call_id>/design/simulator/", simulator, name="designer-simulator")]
