"""The calls' pages: each in words with its rules, trying a constellation against them, its source, its results."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext

from samspel.clock import now
from samspel.engine.verdicts import Reason
from samspel.store.queries import calls as queries
from samspel.store.queries.discovery import trial
from samspel.store.queries.evidence import results as results_of
from samspel.store.queries.sky import sky
from samspel.web.calls import page
from samspel.web.calls.moments import standing
from samspel.web.downloads import csv_file, json_file
from samspel.web.frame import LANGUAGES, actor_of, language
from samspel.web.outcomes import as_plain, as_rows, read_out
from samspel.web.prose import language_of, rendered
from samspel.web.public import public_page, true_until, version
from samspel.web.sky import drawn
from samspel.web.verdicts import shown, worded

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


def _next_step(call: CallShown, *, forms: bool) -> dict[str, str] | None:
    """What one would do next with a call: read its results, form a constellation, or try one."""
    if call.is_decided:
        return {
            "title": gettext("The results are public"),
            "text": gettext("Which projects were granted, and why the others were not."),
            "url": reverse("results", args=[call.id]),
            "action": gettext("See the results"),
        }
    if forms and "constellations.start" in call.can:
        return {
            "title": gettext("Form a constellation"),
            "text": gettext("Name it and say which organisation leads it; partners, theme and priorities follow."),
            "url": reverse("constellation-new", args=[call.id]),
            "action": gettext("Form a constellation"),
        }
    if forms:
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
    """Every call, with where it is now and the next date."""
    at, spoken = now(), language()
    lines: list[dict[str, Any]] = []
    for one in queries.calls(actor_of(request), language=spoken):
        here = standing(one, at, spoken)
        true_until(request, here["until"])
        lines.append({"call": one, "now": here})
    lines.sort(key=lambda line: line["now"]["order"])
    return render(request, "calls/calls.html", {"calls": lines})


@public_page
def call(request: HttpRequest, pk: str) -> HttpResponse:
    """A call: what it is for, where it is now, who can apply, money, calendar, every rule, and how it is decided."""
    found = _call(request, pk)
    context = page.shown(found, now(), language(), version(request))
    true_until(request, context["now"]["until"])
    step = _next_step(found, forms=context["now"]["forms"])
    return render(request, "calls/call.html", {**context, "trail": _trail(), "step": step})


@public_page
def try_it(request: HttpRequest, pk: str) -> HttpResponse:
    """Try organisations, a theme and priorities against the rules; the choice is in the address, nothing is kept."""
    found, actor, spoken = _call(request, pk), actor_of(request), language()
    rules = page.in_words(found, spoken, version(request))["rules"]["who"]
    if not queries.has_register(actor, register=found.text.register):
        cases = reverse("call-file", args=[pk, "cases.toml"])
        context: dict[str, Any] = {"call": found, "trail": _trail(found), "rules": rules, "cases": cases}
        return render(request, "calls/try.html", context)
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
        lead=request.GET.get("lead", ""),
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
        "rules": rules,
        "has_register": True,
        "forms": standing(found, now(), spoken)["forms"],
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
        "files": [{"name": name, "text": found.files[name]} for name in found.files],
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
