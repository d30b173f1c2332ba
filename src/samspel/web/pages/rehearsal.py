"""Rehearsing a call: its calendar stepped through moment by moment, with what everybody sees and is refused."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samspel.actions.rehearsal import rehearse
from samspel.engine.calls import rehearsal as times
from samspel.engine.calls.rehearsal import Kind, Moment
from samspel.engine.calls.rehearsed import Rehearsal
from samspel.engine.located import NotReadableError
from samspel.store.queries import designer as designs
from samspel.store.queries import rehearsal as reading
from samspel.store.queries import rows
from samspel.web.calls import moments as calendar
from samspel.web.calls import rehearsed
from samspel.web.forms.rehearsal import ChosenMomentForm
from samspel.web.frame import actor_of, language
from samspel.web.pages.designer import tabs
from samspel.web.pages.desk import at_the_desk, trail
from samspel.web.verdicts import worded

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from django.http import HttpRequest, HttpResponse

    from samspel.engine.calls.rehearsed import Played
    from samspel.engine.permissions import Actor
    from samspel.store.queries.rehearsal import Rehearsable
    from samspel.store.queries.rows import Call

AT_ONCE = 16
"""The most moments that one page plays; of a longer calendar, those nearest to the one that is looked at."""


@dataclass(frozen=True)
class _Asked:
    """What is rehearsed; two are equal when the outcome is, whoever asks and whenever."""

    key: tuple[object, ...]
    at: datetime = field(compare=False)
    call: Call = field(compare=False)
    actor: Actor = field(compare=False)
    moments: tuple[Moment, ...] = field(compare=False)
    language: str = field(compare=False)


@lru_cache(maxsize=16)
def _outcome(asked: _Asked) -> Rehearsal:
    """Rehearse; kept, so that stepping back to a moment costs nothing."""
    return rehearse(
        actor=asked.actor,
        at=asked.at,
        call=asked.call,
        moments=asked.moments,
        language=asked.language,
    )


@at_the_desk
@require_safe
def rehearsal(request: HttpRequest, call_id: str) -> HttpResponse:
    """A call rehearsed at one moment, with the others at a glance."""
    actor = actor_of(request)
    try:
        found = reading.rehearsable(actor, call_id, language=language())
    except NotReadableError:
        found, title = None, call_id
        if reading.unreadable(actor, call_id):
            why = _("What is drafted cannot be read as a call any more. Mend the draft first.")
            return _nothing(request, call_id, title, why)
    row = rows.row(actor, "call", call_id)
    if found is None or row is None:
        raise Http404
    if found.refused is not None:
        return _nothing(request, call_id, found.shown.title, worded(found.refused))
    at = found.shown.published_at or row.drafted_at
    moments = times.moments(found.shown.text, at)
    form = ChosenMomentForm(request.GET if "at" in request.GET else None)
    here = _here(request, found, moments, form)

    def play(some: tuple[Moment, ...]) -> Rehearsal:
        return _outcome(_Asked(found.key(some, language()), at, row, actor, some, language()))

    outcome = _played(moments, here, play)
    design = designs.design(actor, call_id)
    context = _context(found, outcome, moments, here) | {"form": _filled(form, here)}
    context["tabs"] = tabs(design, "rehearsal") if design else []
    return render(request, "rehearsal/rehearsal.html", context, status=422 if form.is_bound and form.errors else 200)


def _nothing(request: HttpRequest, call_id: str, title: str, why: str) -> HttpResponse:
    design = designs.design(actor_of(request), call_id)
    context = {
        "title": title,
        "why": why,
        "tabs": tabs(design, "rehearsal") if design else [],
        "trail": trail((title, reverse("desk-call", args=[call_id]))),
    }
    return render(request, "rehearsal/nothing.html", context)


def _here(request: HttpRequest, found: Rehearsable, moments: tuple[Moment, ...], form: ChosenMomentForm) -> Moment:
    """The moment that is looked at: the one chosen, the one named in the address, or the first."""
    if form.is_bound and form.is_valid():
        return times.chosen(found.shown.text, form.cleaned_data["at"])
    named = request.GET.get("moment", "")
    return next((one for one in moments if one.key == named), moments[0])


def _played(moments: tuple[Moment, ...], here: Moment, play: Callable[[tuple[Moment, ...]], Rehearsal]) -> Rehearsal:
    """The calendar's moments around the one that is looked at, and that one, as they were played.

    A moment of somebody's own is played by itself, so that those of the calendar need not be played anew for it.
    """
    order = sorted({*moments, here}, key=lambda one: (one.at, one.kind is Kind.CHOSEN))
    first = max(0, min(order.index(here) - AT_ONCE // 2, len(order) - AT_ONCE))
    near = tuple(one for one in order[first : first + AT_ONCE] if one.kind is not Kind.CHOSEN)
    outcome = play(near)
    if here in near or not outcome.moments:
        return outcome
    alone = play((here,))
    return replace(alone, moments=tuple(sorted((*outcome.moments, *alone.moments), key=lambda one: one.moment.at)))


def _filled(form: ChosenMomentForm, here: Moment) -> ChosenMomentForm:
    """The form as it was sent, or with the moment that is looked at."""
    return form if form.is_bound else ChosenMomentForm(initial={"at": f"{here.at:%Y-%m-%dT%H:%M:%S}"})


def _context(found: Rehearsable, outcome: Rehearsal, moments: tuple[Moment, ...], here: Moment) -> dict[str, Any]:
    text, tongue = outcome.text, language()
    base = reverse("rehearsal", args=[found.shown.id])
    told: dict[str, Any] = {
        "call": found.shown,
        "amends": found.amends,
        "base": base,
        "publication": [rehearsed.attempt(one, text) for one in outcome.publication],
        "published": rehearsed.clock(outcome.published_at, text.calendar.zone),
        "handed_in": rehearsed.handed_in(outcome.handed_in, text),
        "trail": trail((found.shown.title, reverse("desk-call", args=[found.shown.id]))),
        "windows": len(text.windows),
        "held": outcome.publication[-1].done,
    }
    if not outcome.moments:
        return told
    at = [one.moment for one in outcome.moments].index(here)
    now_played = outcome.moments[at]
    return told | {
        "clock": rehearsed.clock(here.at, text.calendar.zone),
        "iso": here.at.isoformat(),
        "name": rehearsed.kind_name(here.kind),
        "round": rehearsed.round_of(here, text),
        "countdown": rehearsed.countdown(text, now_played),
        "standing": calendar.standing(found.at(now_played), here.at, tongue),
        "rounds": _rounds(base, moments, outcome, here),
        "before": _beside(base, outcome, at - 1),
        "after": _beside(base, outcome, at + 1),
        "strip": rehearsed.strip(text, outcome.published_at, moments, here),
        "submitted": rehearsed.attempt(now_played.submitted, text) if now_played.submitted else None,
        "began": rehearsed.clock(now_played.began, text.calendar.zone) if now_played.began else "",
        "asking": times.asking(text, here.at),
        "roles": rehearsed.by_role(now_played.attempts, text),
        "sights": [rehearsed.sight(one) for one in now_played.sights],
        "glance": [_at_a_glance(found, base, one, here) for one in outcome.moments],
        "more": len(moments) > len(outcome.moments),
    }


def _url(base: str, moment: Moment) -> str:
    if moment.kind is Kind.CHOSEN:
        return f"{base}?at={moment.at:%Y-%m-%dT%H:%M:%S}"
    return f"{base}?moment={moment.key}"


def _beside(base: str, outcome: Rehearsal, at: int) -> dict[str, str] | None:
    if not 0 <= at < len(outcome.moments):
        return None
    moment = outcome.moments[at].moment
    return {"url": _url(base, moment), "name": rehearsed.kind_name(moment.kind)}


def _rounds(base: str, moments: tuple[Moment, ...], outcome: Rehearsal, here: Moment) -> list[dict[str, Any]]:
    """Every moment of the calendar as a step, gathered by round: behind the clock, at it, or to come."""
    found: dict[str, list[dict[str, str]]] = {}
    for one in moments:
        state = "now" if one == here else "done" if one.at <= here.at else "todo"
        step = {"name": rehearsed.kind_name(one.kind), "url": _url(base, one), "state": state}
        found.setdefault(rehearsed.round_of(one, outcome.text), []).append(step)
    return [{"title": title, "steps": steps} for title, steps in found.items()]


def _at_a_glance(found: Rehearsable, base: str, played: Played, here: Moment) -> dict[str, Any]:
    """One moment in the table of all: how the public page stands, whether one may begin, what Submit gives."""
    begun = next(one for one in played.attempts if one.verb == "applications.start")
    sent, text = played.submitted, found.shown.text
    return {
        "here": played.moment == here,
        "name": rehearsed.kind_name(played.moment.kind),
        "round": rehearsed.round_of(played.moment, text),
        "url": _url(base, played.moment),
        "clock": rehearsed.clock(played.moment.at, text.calendar.zone),
        "word": calendar.standing(found.at(played), played.moment.at, language())["word"],
        "begun": rehearsed.attempt(begun, text),
        "sent": rehearsed.attempt(sent, text) if sent else None,
    }


urlpatterns = [path("desk/calls/<slug:call_id>/rehearse/", rehearsal, name="rehearsal")]
