"""How a text comes about: a new call, from nothing, from another call or from files; and the patterns."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samspel.actions import calls
from samspel.actions._perform import RefusedError
from samspel.clock import now
from samspel.engine.located import NotReadableError
from samspel.store.queries import designer as queries
from samspel.web import designing
from samspel.web.forms.designer import EMPTY, CallFilesForm, NewCallForm
from samspel.web.forms.new_call import CannotWriteError, copied, skeleton
from samspel.web.frame import actor_of, language
from samspel.web.library import library
from samspel.web.pages.designer import (
    ElsewhereError,
    editor,
    findings,
    found,
    framed,
    save,
    typed,
    unsaved,
    why_not,
)
from samspel.web.pages.desk import at_the_desk, trail
from samspel.web.patterns import Pattern, gallery, inserted, pattern
from samspel.web.verdicts import worded
from samspel.wording.rules import capital, rule_words

KEPT = "kept:"
"""Before the id of a call that comes with Samspel, so that it is not taken for one stored here."""

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest

    from samspel.store.queries.designer import Design


@at_the_desk
@require_http_methods(["GET", "HEAD", "POST"])
def new_call(request: HttpRequest) -> HttpResponse:
    """Begin a call: nearly empty, from another call, or from files that there are already."""
    actor = actor_of(request)
    if not queries.may_draft(actor):
        raise Http404
    others = queries.others(actor, language=language())
    kept = {f"{KEPT}{one.id}": one for one in library()}
    titles = sorted(((key, one.called(language())) for key, one in kept.items()), key=lambda pair: pair[1].casefold())
    chosen = request.GET.get("from", "")
    initial = {"start": chosen if any(one.id == chosen for one in others) else EMPTY}
    if request.method == "POST" and CallFilesForm(request.POST, request.FILES).were_sent:
        return _from_files(request)
    form = NewCallForm(request.POST if request.method == "POST" else None, calls=others, kept=titles, initial=initial)
    refused = ""
    if form.is_bound and form.is_valid():
        try:
            known = {one.id: one.files for one in others} | {key: one.files for key, one in kept.items()}
            files = _beginning(form, known)
            call = calls.draft(actor=actor, at=now(), files=files)
        except (CannotWriteError, NotReadableError):
            refused = _("The chosen call cannot be copied as it stands. Take its files instead, and change them.")
        except RefusedError as error:
            refused = worded(error.reason)
        else:
            messages.success(request, _("The draft is begun. Its text and its form are yours to fill."))
            return HttpResponseRedirect(reverse("designer", args=[call.pk]))
    context = {"form": form, "files": CallFilesForm(), "refused": refused, "trail": trail()}
    return render(request, "designer/new.html", context, status=422 if form.is_bound else 200)


def _beginning(form: NewCallForm, others: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    call_id, title, start = form.cleaned_data["id"], form.titles(), form.cleaned_data["start"]
    if start in others:
        return copied(others[start], call_id, title)
    named = {code: text or call_id for code, text in title.items()}
    return skeleton(call_id, named)


def _from_files(request: HttpRequest) -> HttpResponse:
    """Take the files that were sent or written; what is wrong is told, and the text is there to go on with."""
    texts, problems = typed(request)
    why = ""
    looked = designing.look_over(texts)
    actor = actor_of(request)
    if looked.call is not None and queries.taken(actor, looked.call.id):
        # Somebody's draft is changed in the designer, where it is seen; never by files that happen to bear its id.
        why = _("There is already a call with this id.")
    elif not problems:
        try:
            call = calls.draft(actor=actor, at=now(), files=texts)
        except NotReadableError:
            pass
        except RefusedError as error:
            why = worded(error.reason)
        else:
            return HttpResponseRedirect(reverse("desk-call", args=[call.pk]))
    told = findings(looked, problems)
    context = {
        **told,
        "files": editor(texts, told["problems"]),
        "refused": why,
        "unsaved": True,
        "title": designing.said_in_title(looked) or _("A new call"),
        "trail": trail(),
    }
    return render(request, "designer/text.html", context, status=422)


@lru_cache(maxsize=256)
def _worded(one: Pattern, spoken: str) -> tuple[str, ...]:
    """The rules of a pattern, read aloud."""
    call = one.text()
    if call is None:
        return ()
    # The call that the pattern is tried in has a rule of its own, which comes first.
    return tuple(capital(rule_words(call, rule.needs, spoken, over=rule.over)) for rule in call.rules[1:])


@at_the_desk
def patterns(request: HttpRequest, call_id: str) -> HttpResponse:
    """Every pattern by letter: what it is called, and when it is needed."""
    design = found(request, call_id)
    if not gallery() or not design.may_write:
        raise Http404
    letters: dict[str, list[dict[str, Any]]] = {}
    for one in gallery():
        letters.setdefault(one.letter, []).append(_told(one, language()))
    by_letter = [{"letter": name, "patterns": those} for name, those in letters.items()]
    return render(request, "designer/patterns.html", framed(design, "designer", letters=by_letter))


def _told(one: Pattern, spoken: str) -> dict[str, Any]:
    return {"number": one.number, "title": one.title[spoken], "about": one.about[spoken]}


@at_the_desk
@require_http_methods(["GET", "HEAD", "POST"])
def one_pattern(request: HttpRequest, call_id: str, number: int) -> HttpResponse:
    """A pattern in words and as text; sent, it is put into the call's text, with its cases."""
    design, chosen = found(request, call_id), pattern(str(number))
    if chosen is None or not design.may_write:
        raise Http404
    if request.method == "POST":
        return _insert(request, design, chosen)
    spoken, those = language(), gallery()
    place = those.index(chosen)
    context = framed(
        design,
        "designer",
        pattern=_told(chosen, spoken),
        letter=chosen.letter,
        rules=_worded(chosen, spoken),
        pieces={"call.toml": chosen.call.strip(), **{name: text.strip() for name, text in chosen.layers.items()}},
        cases=chosen.cases.strip(),
        before=_told(those[place - 1], spoken) if place else None,
        after=_told(those[place + 1], spoken) if place + 1 < len(those) else None,
    )
    return render(request, "designer/pattern.html", context)


def _insert(request: HttpRequest, design: Design, chosen: Pattern) -> HttpResponse:
    made = inserted(design.files, chosen)
    try:
        save(request, design, made.files, request.POST.get("opened", ""))
    except (NotReadableError, RefusedError, ElsewhereError) as error:
        return unsaved(request, design, made.files, why_not(error))
    if made.left_out:
        left = ", ".join(made.left_out)
        told = _("The pattern is in the text. The call already has these, and keeps its own: %(left)s.") % {
            "left": left
        }
        messages.warning(request, told)
    else:
        messages.success(request, _("The pattern is in the text, with its cases. Set its numbers and their sources."))
    line = made.files["call.toml"][: made.files["call.toml"].rfind("[[rules]]")].count("\n") + 1
    return HttpResponseRedirect(f"{reverse('designer', args=[design.id])}?line={line}#text-call.toml")


urlpatterns = [
    path("desk/draft/", new_call, name="call-draft"),
    path("desk/calls/<slug:call_id>/design/patterns/", patterns, name="designer-patterns"),
    path("desk/calls/<slug:call_id>/design/patterns/<int:number>/", one_pattern, name="designer-pattern"),
]
