"""The designer: a call's text written, filled in, looked at, tried and compared, until a second person publishes it."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import NoReverseMatch, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samspel.actions import calls
from samspel.actions._perform import RefusedError, holding
from samspel.clock import now
from samspel.engine.calls.edition import digest, of_call
from samspel.engine.located import NotReadableError
from samspel.engine.verdicts import Reason
from samspel.store.queries import designer as queries
from samspel.store.queries import rows
from samspel.web import designing
from samspel.web.calls import page
from samspel.web.doing import carried_out
from samspel.web.forms import call_changes, call_fields
from samspel.web.forms.designer import EVERY, CallFilesForm, CaseForm
from samspel.web.frame import actor_of, language
from samspel.web.pages.desk import at_the_desk, trail
from samspel.web.patterns import gallery
from samspel.web.public import version
from samspel.web.verdicts import worded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest

    from samspel.engine.located import Problem
    from samspel.store.queries.designer import Design
    from samspel.store.queries.rows import Call

ABOUT = {
    "call.toml": "call",
    "form.toml": "form",
    "cases.toml": "cases",
    "SOURCE.md": "source",
    "programme.toml": "programme",
    "overlay.toml": "overlay",
}


class ElsewhereError(Exception):
    """Somebody else has saved another text since this one was opened."""


def found(request: HttpRequest, call_id: str) -> Design:
    """The call in the designer; 404 when there is none that this person may know of."""
    design = queries.design(actor_of(request), call_id)
    if design is None:
        raise Http404
    return design


def tabs(design: Design, here: str) -> list[dict[str, Any]]:
    """The ways of working on a call that are open to this person; `here` is the one that is looked at."""
    names = [
        ("designer", _("Text")),
        ("designer-form", _("Fill in")),
        ("designer-preview", _("Preview")),
        ("designer-cases", _("Cases")),
        ("designer-simulator", _("Who could apply")),
        ("designer-changes", _("Changes")),
        ("rehearsal", _("Rehearsal")),
        ("designer-publish", _("Publish")),
    ]
    found = []
    for name, word in names:
        if name == "designer-form" and not design.may_write:
            continue
        try:
            found.append({"name": word, "url": reverse(name, args=[design.id]), "here": name == here})
        except NoReverseMatch:
            continue
    return found


def framed(design: Design, here: str, **more: Any) -> dict[str, Any]:
    """What every tab of the designer needs; `here` is the name of the tab's address."""
    looked = designing.look_over(design.files)
    title = designing.said_in_title(looked) or design.id
    steps = (title, reverse("desk-call", args=[design.id])) if design.in_force else None
    return {
        "design": design,
        "title": title,
        "looked": looked,
        "tabs": tabs(design, here),
        "trail": trail(*([steps] if steps else [])),
        **more,
    }


def _row(request: HttpRequest, call_id: str) -> Call:
    row = rows.row(actor_of(request), "call", call_id)
    if row is None:
        raise Http404
    return row


def save(request: HttpRequest, design: Design, files: Mapping[str, str], opened: str) -> bool:
    """Save a call's text if it reads; whether anything had changed. `opened` is the digest it was changed from.

    Raises:
        NotReadableError: with every problem; nothing is stored.
        RefusedError: the person may not, or the text is that of another call.
        ElsewhereError: somebody else has saved another text meanwhile.
    """
    actor, kept = actor_of(request), of_call(files)
    looked = designing.look_over(kept)
    if looked.call is not None and looked.reads and looked.call.id != design.id:
        raise RefusedError(Reason.of("call.another-id", id=looked.call.id))
    with holding(_row(request, design.id)) as stored:
        if opened and digest(stored.draft) not in (opened, digest(kept)):
            raise ElsewhereError
        if digest(stored.draft) == digest(kept):
            return False
        if design.writes == queries.AMEND:
            calls.amend(actor=actor, at=now(), call=stored, files=kept)
        else:
            calls.draft(actor=actor, at=now(), files=kept)
    return True


def findings(looked: designing.Looked, more: tuple[Problem, ...] = ()) -> dict[str, Any]:
    """What the list beside a text shows: problems, or else contradictions, warnings and how the cases come out."""
    return {
        "problems": designing.problems_told((*more, *looked.problems)),
        "contradictions": designing.cautions_told(looked.contradictions, looked),
        "warnings": designing.cautions_told(looked.warnings, looked),
        "looked": looked,
    }


def editor(texts: Mapping[str, str], problems: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The files for the page, each with its lines' numbers; a line with a problem has an anchor."""
    shown = []
    for name in EVERY:
        text = texts.get(name, "")
        marked = {one["line"] for one in problems if one["file"] == name}
        count = max(text.count("\n") + 1, *marked, 1)
        shown.append(
            {
                "name": name,
                "about": ABOUT[name],
                "text": text,
                "field": CallFilesForm.paste(name),
                "lines": [{"n": n, "bad": n in marked} for n in range(1, count + 1)] if marked else None,
                "numbers": "\n".join(map(str, range(1, count + 1))),
                "rows": min(max(count + 1, 4), 2000),
                "open": bool(marked) or name == "call.toml",
                "given": bool(text),
                "problems": len(marked),
            }
        )
    return shown


def typed(request: HttpRequest) -> tuple[dict[str, str], tuple[Problem, ...]]:
    """The texts that were sent, and what could not be read at all."""
    form = CallFilesForm(request.POST, request.FILES)
    return form.texts(), tuple(form.problems)


def unsaved(
    request: HttpRequest, design: Design, texts: Mapping[str, str], why: str = "", more: tuple[Problem, ...] = ()
) -> HttpResponse:
    """The text page with everything as it was typed, and why it was not saved."""
    told = findings(designing.look_over(texts), more)
    context = framed(design, "designer", **told, files=editor(texts, told["problems"]))
    context |= {"refused": why, "unsaved": True, "gallery": bool(gallery())}
    return render(request, "designer/text.html", context, status=422)


def why_not(error: Exception) -> str:
    """Why a text was not saved, in a sentence; empty where the list of problems says it."""
    if isinstance(error, RefusedError):
        return worded(error.reason)
    if isinstance(error, ElsewhereError):
        return _(
            "Somebody else has saved another text since you opened this one. Yours is kept below and not saved. Open "
            "the saved text in another window, bring the two together, and save again to replace it."
        )
    return ""


@at_the_desk
@require_http_methods(["GET", "HEAD", "POST"])
def text(request: HttpRequest, call_id: str) -> HttpResponse:
    """The call's files as text, with what is wrong in them; only what reads is saved, and nothing typed is lost."""
    design = found(request, call_id)
    if request.method == "POST" and design.may_write:
        texts, problems = typed(request)
        if problems:
            return unsaved(request, design, texts, more=problems)
        try:
            changed = save(request, design, texts, request.POST.get("opened", ""))
        except (NotReadableError, RefusedError, ElsewhereError) as error:
            newer = found(request, call_id) if isinstance(error, ElsewhereError) else design
            return unsaved(request, newer, texts, why_not(error))
        messages.success(request, _("The text is saved.") if changed else _("Nothing had been changed."))
        return HttpResponseRedirect(request.path)
    told = findings(designing.look_over(design.files))
    context = framed(design, "designer", **told, files=editor(design.files, told["problems"]), gallery=bool(gallery()))
    return render(request, "designer/text.html", context)


@at_the_desk
@require_POST
def check(request: HttpRequest) -> HttpResponse:
    """What is wrong in the texts as they stand in the window; nothing is stored."""
    if not queries.may_draft(actor_of(request)):
        raise Http404
    texts, problems = typed(request)
    return render(request, "designer/findings.html", findings(designing.look_over(texts), problems))


@at_the_desk
@require_http_methods(["GET", "HEAD", "POST"])
def form(request: HttpRequest, call_id: str) -> HttpResponse:
    """The call's texts, calendar, numbers and rules as fields, written back into the text as it stands."""
    design = found(request, call_id)
    looked = designing.look_over(design.files)
    if looked.call is None or not looked.reads or not design.may_write:
        return render(request, "designer/form.html", framed(design, "designer-form", sections=None))
    sections = call_fields.sections(looked.call, language())
    if request.method != "POST":
        return render(request, "designer/form.html", framed(design, "designer-form", sections=sections))
    data = {name: value for name, value in request.POST.items() if isinstance(value, str)}
    files, errors = call_changes.written_back(design.files, looked.call, data, language())
    why, problems = "", designing.look_over(files).problems
    if not errors and not problems:
        try:
            changed = save(request, design, files, data.get("opened", ""))
        except (NotReadableError, RefusedError, ElsewhereError) as error:
            why = why_not(error)
        else:
            messages.success(request, _("The form is saved.") if changed else _("Nothing had been changed."))
            return HttpResponseRedirect(request.path)
    context = framed(
        design,
        "designer-form",
        sections=sections.typed(data, errors),
        errors=_to_put_right(sections, errors),
        problems=_by_field(sections, designing.problems_told(problems), files),
        refused=why,
    )
    return render(request, "designer/form.html", context, status=422)


def _to_put_right(sections: call_fields.Sections, errors: Mapping[str, str]) -> list[dict[str, str]]:
    """What could not be read, each with a link to its field."""
    wrong = [one for one in sections.each() if one.name in errors]
    return [{"href": f"#{one.name}", "text": f"{one.label}: {errors[one.name]}"} for one in wrong]


def _by_field(
    sections: call_fields.Sections, told: list[dict[str, Any]], files: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Problems of the text that was made, each with a link to the field it came from, where there is one."""
    # A rule's number is its place in its own file, and each layer is a file.
    rules = {one["file"]: [rule.get("id", "") for rule in _rules_in(files[one["file"]])] for one in told}
    fields = {one.name: one.label for one in sections.each()}
    for one in told:
        table, _dot, rest = one["key"].partition(".")
        number, _dot, key = rest.partition(".")
        own = rules.get(one["file"], ())
        name = f"rules.{own[int(number)]}.{key}" if table == "rules" and number.isdecimal() else one["key"]
        one["href"] = f"#{name}" if name in fields else ""
    return told


def _rules_in(text: str) -> list[dict[str, Any]]:
    try:
        found: list[dict[str, Any]] = tomllib.loads(text).get("rules", [])
    except tomllib.TOMLDecodeError:
        return []
    return found


@at_the_desk
def preview(request: HttpRequest, call_id: str) -> HttpResponse:
    """The public page as it will be."""
    design = found(request, call_id)
    context = framed(design, "designer-preview")
    if context["looked"].reads:
        shown = queries.preview(design, language=language())
        context |= page.shown(shown, now(), language(), version(request))
    return render(request, "designer/preview.html", context)


@at_the_desk
@require_http_methods(["GET", "HEAD", "POST"])
def cases(request: HttpRequest, call_id: str) -> HttpResponse:
    """The cases in words, what they do not show, and a box in which another is tried and kept."""
    design = found(request, call_id)
    looked = designing.look_over(design.files)
    asked = request.method == "POST" and looked.reads
    given = CaseForm(request.POST if asked else None, initial={"case": _case_to_begin_with(looked)})
    tried: list[dict[str, Any]] = []
    problems: tuple[Problem, ...] = ()
    why = ""
    if asked and given.is_valid():
        case = given.cleaned_data["case"]
        tried, problems = designing.try_case(looked, case)
        if tried and "keep" in request.POST and design.may_write:
            files = {**design.files, "cases.toml": f"{design.files['cases.toml'].rstrip()}\n\n{case.strip()}\n"}
            try:
                save(request, design, files, request.POST.get("opened", ""))
            except (NotReadableError, RefusedError, ElsewhereError) as error:
                why = why_not(error)
                problems = error.problems if isinstance(error, NotReadableError) else ()
            else:
                messages.success(request, _("The case is kept."))
                return HttpResponseRedirect(request.path)
    context = framed(
        design,
        "designer-cases",
        cases=designing.cases_told(looked),
        untried=designing.untried_told(looked),
        form=given,
        tried=tried,
        problems=designing.problems_told(problems),
        refused=why,
    )
    wrong = asked and (problems or why or not given.is_valid())
    return render(request, "designer/cases.html", context, status=422 if wrong else 200)


def _case_to_begin_with(looked: designing.Looked) -> str:
    """A case with the first rules that there are, to be written over."""
    rules = [rule.id for rule in looked.call.rules[:2]] if looked.call else []
    expected = ", ".join(f'{rule} = "met"' for rule in rules)
    return (
        f'[[cases]]\nname = ""\npartners = [\n    {{ id = "a", kind = "cluster-organisation", region = "SE110" }},\n]\n'
        f"expect = {{ {expected} }}\n"
    )


@at_the_desk
def publishing(request: HttpRequest, call_id: str) -> HttpResponse:
    """What stops the text from being published, and the button when nothing does."""
    design = found(request, call_id)
    looked = designing.look_over(design.files)
    context = framed(
        design,
        "designer-publish",
        contradictions=designing.cautions_told(looked.contradictions, looked),
        warnings=designing.cautions_told(looked.warnings, looked),
        withheld=worded(design.refused) if design.refused and design.publishes else "",
        may_begin=queries.may_draft(actor_of(request)),
        ready=looked.holds and design.amended and design.refused is None and bool(design.publishes),
    )
    return render(request, "designer/publish.html", context)


@at_the_desk
@require_POST
def publish(request: HttpRequest, call_id: str) -> HttpResponse:
    """Publish the text as an edition, which a second person does."""
    design, row, actor = found(request, call_id), _row(request, call_id), actor_of(request)
    verb = calls.republish if design.publishes == queries.REPUBLISH else calls.publish
    said = _("The call is published and open.")
    if verb is calls.republish:
        said = _("The amendment is published as a new edition. Applications already started keep theirs.")
    return carried_out(
        request,
        lambda: verb(actor=actor, at=now(), call=row, seen=request.POST.get("seen", "")),
        said=said,
        then=reverse("desk-call", args=[call_id]),
        otherwise=reverse("designer-publish", args=[call_id]),
    )


urlpatterns = [
    path("desk/draft/check/", check, name="designer-check"),
    path("desk/calls/<slug:call_id>/design/", text, name="designer"),
    path("desk/calls/<slug:call_id>/design/form/", form, name="designer-form"),
    path("desk/calls/<slug:call_id>/design/preview/", preview, name="designer-preview"),
    path("desk/calls/<slug:call_id>/design/cases/", cases, name="designer-cases"),
    path("desk/calls/<slug:call_id>/design/publish/", publishing, name="designer-publish"),
    path("desk/calls/<slug:call_id>/publish/", publish, name="call-publish"),
]
