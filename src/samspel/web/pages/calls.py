"""The calls' pages: each in words with its rules, trying a constellation against them, its source, its results."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext

from samspel.engine.calls.edition import FILES
from samspel.engine.calls.judge import judge, mentions
from samspel.engine.calls.text import said
from samspel.engine.verdicts import Reason
from samspel.store.queries import calls as queries
from samspel.store.queries.discovery import trial
from samspel.store.queries.evidence import results as results_of
from samspel.store.queries.sky import sky
from samspel.web.downloads import csv_file, json_file
from samspel.web.frame import LANGUAGES, actor_of, language
from samspel.web.outcomes import as_plain, as_rows, read_out
from samspel.web.prose import language_of, rendered
from samspel.web.public import public_page
from samspel.web.sky import drawn
from samspel.web.verdicts import shown, worded
from samspel.wording import tell, term
from samspel.wording.say import catalogue

if TYPE_CHECKING:
    from django.http import HttpRequest

    from samspel.store.queries.calls import CallShown

LONGEST_SEARCH = 80


def _call(request: HttpRequest, call_id: str) -> CallShown:
    found = queries.call(actor_of(request), call_id=call_id, language=language())
    if found is None:
        raise Http404
    return found


def _trail(call: CallShown | None = None) -> list[dict[str, str]]:
    trail = [{"name": gettext("Calls"), "url": reverse("calls")}]
    return [*trail, {"name": call.title, "url": reverse("call", args=[call.id])}] if call else trail


@lru_cache(maxsize=64)
def _in_words(call: CallShown, spoken: str) -> dict[str, Any]:
    """What a call's text says, in words; made once for each text and language."""
    text = call.text
    source = reverse("call-source", args=[call.id])

    def cited(place: str) -> dict[str, str]:
        heading = place.partition("#")[2]
        return {"label": gettext("source: %(heading)s") % {"heading": heading}, "url": f"{source}#{heading}"}

    told = tell(judge(text, {}), text, spoken)
    rules = [
        {
            "id": rule.id,
            "text": finding.text,
            "needed": finding.needed,
            "source": cited(rule.source),
            "of_constellation": mentions(rule.needs, "constellation"),
        }
        for rule, finding in zip(text.rules, told.findings, strict=True)
    ]
    counting = text.counting
    kinds = [code.partition(".")[2] for code in catalogue() if code.startswith("kind.")]
    silent = [kind for kind in kinds if kind not in counting.counted_kinds | counting.refused_kinds | {"unknown"}]
    selection = text.selection
    return {
        "constellation_rules": [rule for rule in rules if rule["of_constellation"]],
        "application_rules": [rule for rule in rules if not rule["of_constellation"]],
        "counted": [term("kind", kind, spoken) for kind in sorted(counting.counted_kinds)],
        "refused": [term("kind", kind, spoken) for kind in sorted(counting.refused_kinds)],
        "silent": [term("kind", kind, spoken) for kind in sorted(silent)],
        "counting_source": cited(counting.source),
        "level": term("nuts-level", str(counting.level), spoken),
        "calendar": said(text.calendar, spoken),
        "envelope": text.limit(selection.envelope),
        "per_theme": text.limit(selection.projects_per_theme),
        "most_projects": text.limit(selection.most_projects),
        "scale": [{"code": one.code, "points": one.points, "text": said(one.text, spoken)} for one in text.scale],
        "criteria": [
            {
                "text": said(one.text, spoken),
                "guidance": said(one.guidance, spoken),
                "least": one.least,
                "least_text": said(text.grade(one.least).text, spoken),
                "source": cited(one.source),
            }
            for one in text.criteria
        ],
    }


def _next_step(call: CallShown) -> dict[str, str] | None:
    """What one would do next with a call: read its results, form a constellation, or try one."""
    if call.is_decided:
        return {
            "title": gettext("The results are public"),
            "text": gettext("Which projects were granted, and why the others were not."),
            "url": reverse("results", args=[call.id]),
            "action": gettext("See the results"),
        }
    if "constellations.start" in call.can:
        return {
            "title": gettext("Form a constellation"),
            "text": gettext("Name it and say which organisation leads it; partners, theme and priorities follow."),
            "url": reverse("constellation-new", args=[call.id]),
            "action": gettext("Form a constellation"),
        }
    if call.is_open:
        return {
            "title": gettext("See whether your constellation would do"),
            "text": gettext(
                "Choose organisations, a theme and priorities, and see how each rule answers. Nothing is stored, and "
                "nobody needs to sign in."
            ),
            "url": reverse("try", args=[call.id]),
            "action": gettext("Try a constellation"),
        }
    return None


@public_page
def calls(request: HttpRequest) -> HttpResponse:
    """Every call."""
    return render(request, "calls/calls.html", {"calls": queries.calls(actor_of(request), language=language())})


@public_page
def call(request: HttpRequest, pk: str) -> HttpResponse:
    """A call: what it is for, who can apply, money, calendar, every rule, and how it is decided."""
    found = _call(request, pk)
    context = {
        "call": found,
        "told": _in_words(found, language()),
        "trail": _trail(),
        "step": _next_step(found),
    }
    return render(request, "calls/call.html", context)


@public_page
def try_it(request: HttpRequest, pk: str) -> HttpResponse:
    """Try organisations, a theme and priorities against the rules; the choice is in the address, nothing is kept."""
    found, actor, spoken = _call(request, pk), actor_of(request), language()
    search = request.GET.get("q", "").strip()[:LONGEST_SEARCH]
    theme = request.GET.get("theme", "")
    made = trial(
        actor,
        call=found,
        chosen=request.GET.getlist("with"),
        theme=theme,
        priorities=request.GET.getlist("priority"),
        search=search,
        language=spoken,
    )
    chosen = [one.organisation for one in made.chosen]
    heavens = sky(actor, language=spoken, organisations=chosen, lines={"": [one.id for one in chosen]})
    own = reverse("try", args=[pk])
    context = {
        "call": found,
        "trail": _trail(found),
        "trial": made,
        "theme": theme,
        "search": search,
        "verdict": shown(made.verdict, found.text),
        "rules": _in_words(found, spoken)["constellation_rules"],
        "mixed": worded(Reason.of("constellation.invented-with-real")) if made.mixed else "",
        "presets": [
            {"name": one.name, "url": f"{own}?{urlencode({'with': one.partners, 'theme': one.theme}, doseq=True)}"}
            for one in made.presets
        ],
        "sky": drawn(heavens, caption=gettext("Those chosen whose region is known."), legend=False),
    }
    return render(request, "calls/try.html", context)


@public_page
def source(request: HttpRequest, pk: str) -> HttpResponse:
    """What the call rests on: its sources in prose, and the files that the rules are read from, word for word."""
    found = _call(request, pk)
    prose = found.files["SOURCE.md"]
    context = {
        "call": found,
        "trail": _trail(found),
        "prose": rendered(prose),
        "prose_language": language_of(prose),
        "files": [{"name": name, "text": found.files[name]} for name in FILES],
    }
    return render(request, "calls/source.html", context)


@public_page
def results(request: HttpRequest, pk: str) -> HttpResponse:
    """What came out of the call: the projects granted, and the others with the reasons."""
    found, actor, spoken = _call(request, pk), actor_of(request), language()
    came_out = results_of(actor, call=found, language=spoken)
    bodies = {body.id: body for line in came_out.funded for body in line.members}
    lines = {line.name: [body.id for body in line.members] for line in came_out.funded}
    heavens = sky(actor, language=spoken, organisations=bodies.values(), lines=lines)
    caption = gettext("The projects granted, each as a line through its partners whose region is known.")
    context = {
        "call": found,
        "trail": _trail(found),
        "results": came_out,
        "funded": came_out.funded,
        "others": read_out(came_out.others, found.text, spoken),
        "sky": drawn(heavens, caption=caption),
        "downloads": [
            {"url": reverse("results-csv", args=[pk]), "label": "CSV"},
            {"url": reverse("results-json", args=[pk]), "label": "JSON"},
        ],
    }
    return render(request, "calls/results.html", context)


def results_csv(request: HttpRequest, pk: str) -> HttpResponse:
    """The results as a table."""
    found = _call(request, pk)
    header, rows = as_rows(results_of(actor_of(request), call=found, language=language()), found.text, LANGUAGES)
    return csv_file(f"{found.id}-results.csv", header, rows)


def results_json(request: HttpRequest, pk: str) -> HttpResponse:
    """The results with the edition they were decided under."""
    found = _call(request, pk)
    came_out = results_of(actor_of(request), call=found, language=language())
    return json_file(f"{found.id}-results.json", as_plain(came_out, found, LANGUAGES))


urlpatterns = [
    path("calls/", calls, name="calls"),
    path("calls/<slug:pk>/", call, name="call"),
    path("calls/<slug:pk>/try/", try_it, name="try"),
    path("calls/<slug:pk>/source/", source, name="call-source"),
    path("calls/<slug:pk>/results/", results, name="results"),
    path("calls/<slug:pk>/results.csv", results_csv, name="results-csv"),
    path("calls/<slug:pk>/results.json", results_json, name="results-json"),
]
