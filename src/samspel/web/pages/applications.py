"""Writing an application part by part, sending it once, its receipt, and what was decided on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from samspel.actions import applications
from samspel.actions._perform import EditConflictError, RefusedError
from samspel.clock import now
from samspel.engine.applications import PARTS
from samspel.store.queries import applications as reading
from samspel.store.queries import drafts, rows
from samspel.web.doing import carried_out
from samspel.web.forms import applications as forms
from samspel.web.frame import actor_of, language
from samspel.web.public import public_page
from samspel.web.verdicts import shown, worded
from samspel.wording import term

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest

    from samspel.engine.applications import Gap
    from samspel.store.queries.applications import ApplicationShown, PartState
    from samspel.store.queries.drafts import PartShown

ONWARD = dict(zip(PARTS, (*PARTS[1:], ""), strict=True))
"""Which part comes after each."""


def _overview(pk: int, part: str = "") -> str:
    return reverse("application", args=[pk]) + (f"#{part}" if part else "")


def _part(pk: int, key: str) -> str:
    return reverse("application-part", args=[pk, key])


def _found(request: HttpRequest, pk: int) -> ApplicationShown | None:
    return reading.application(actor_of(request), pk, language=language())


@public_page
def application(request: HttpRequest, pk: int) -> HttpResponse:
    """The application: how far each part has come, the verdict, what is missing; later receipt and outcome."""
    found = _found(request, pk)
    if found is None:
        if not actor_of(request).id:
            return redirect_to_login(request.get_full_path())
        raise Http404
    context = {
        "application": found,
        "verdict": shown(found.verdict, found.text) if found.verdict else None,
        "step": _step(found),
        "steps": _steps(found.id, found.parts, "", found.can) if found.state == "draft" else [],
        "gaps": [_missing(found, gap) for gap in found.gaps],
        "reasons": [worded(reason, found.outcome.names) for reason in found.outcome.reasons] if found.outcome else [],
        "trail": _trail(found.call, found.call_title, found.constellation if found.joined else None, found.name),
    }
    return render(request, "applications/application.html", context)


def _trail(call: str, title: str, constellation: int | None, name: str) -> list[dict[str, str]]:
    above = [{"name": _("Calls"), "url": reverse("calls")}, {"name": title, "url": reverse("call", args=[call])}]
    if constellation is not None:
        above.append({"name": name, "url": reverse("constellation", args=[constellation])})
    return above


def _missing(found: ApplicationShown, gap: Gap) -> dict[str, str]:
    """A gap as a sentence, with the question it is about and the address of the field that closes it."""
    field = "new" if gap.field == "new" else f"id_{gap.field}"
    asked = {one.question: one.text for one in found.content.answers} if found.content else {}
    return {
        "part": term("part", gap.part, language()),
        "about": asked.get(gap.field, ""),
        "text": worded(gap.reason),
        "url": f"{_part(found.id, gap.part)}#{field}",
    }


def _steps(pk: int, parts: tuple[PartState, ...], at: str, can: frozenset[str]) -> list[dict[str, str]]:
    """The way through the application: its parts, then looking it over and sending it."""
    ways = []
    for part in parts:
        done = part.saved_at is not None and not part.gaps
        state = "now" if part.key == at else "done" if done else "todo"
        url = _part(pk, part.key) if "applications.save" in can else f"#{part.key}"
        ways.append({"name": term("part", part.key, language()), "state": state, "url": url})
    last = "now" if not at else "todo"
    return [*ways, {"name": _("Look over and send"), "state": last, "url": _overview(pk)}]


def _step(found: ApplicationShown) -> dict[str, str] | None:
    """The one thing to do next."""
    if "applications.save" not in found.can:
        return None
    for part in found.parts:
        if part.gaps or part.saved_at is None:
            name = term("part", part.key, language())
            begun = part.saved_at is not None
            return {
                "title": (_("Go on with: %(part)s") if begun else _("Begin with: %(part)s")) % {"part": name},
                "text": _("Everything is saved as you write, and can be changed until the application is sent."),
                "url": _part(found.id, part.key),
                "action": _("Go on writing") if begun else _("Begin writing"),
            }
    if "applications.submit" in found.can:
        return {
            "title": _("Look it over and send it"),
            "text": _("Nothing is missing."),
            "url": "#send",
            "action": _("To sending"),
        }
    return None


def part(request: HttpRequest, pk: int, part: str) -> HttpResponse:
    """Write one part."""
    actor = actor_of(request)
    if not actor.id:
        return redirect_to_login(request.get_full_path())
    found = drafts.part(actor, pk, key=part, language=language())
    if found is None:
        raise Http404
    if request.method == "POST":
        return _save(request, found)
    if "applications.save" not in found.can:
        return HttpResponseRedirect(_overview(pk, part))
    more = forms.MORE_ROWS if "more" in request.GET else forms.EMPTY_ROWS
    return _write(request, found, _form(found, None, extra=more))


def _form(found: PartShown, data: Mapping[str, Any] | None, *, extra: int = forms.EMPTY_ROWS) -> forms.PartForm:
    """The form of a part, with what is stored or, where something was sent, with that."""
    contents: dict[str, dict[str, Any]] = {
        "answers": {answer.question: answer.answer for answer in found.content.answers},
        "budget": {
            "costs": {cost.organisation: _text(cost.amount) for cost in found.content.costs},
            "grant": _text(found.content.money.grant),
        },
        "cofunding": {
            "items": [
                {"funder": one.funder, "amount": one.amount, "kind": one.kind, "form": one.form, "state": one.state}
                for one in found.content.cofunding
            ]
        },
    }
    stored = forms.as_typed(found.key, contents[found.key])
    if found.key == "answers":
        return forms.AnswersForm(data, initial=stored, answers=found.content.answers)
    if found.key == "budget":
        return forms.BudgetForm(data, initial=stored, costs=found.content.costs)
    count = forms.rows_in(data) if data is not None else len(found.content.cofunding) + extra
    return forms.CofundingForm(data, initial=stored, rows=count)


def _text(amount: object) -> str:
    return "" if amount is None else str(amount)


def _write(
    request: HttpRequest,
    found: PartShown,
    form: forms.PartForm,
    *,
    status: int = 200,
    conflict: EditConflictError | None = None,
    revision: int | None = None,
) -> HttpResponse:
    """The page with the form of a part; in a conflict what is stored stands beside what was typed."""
    state = found.part
    context = {
        "found": found,
        "form": form,
        "problems": [
            {"text": f"{forms.label_of(form, name)}: {text}", "href": f"#id_{name}"}
            if name in form.fields
            else {"text": text}
            for name, texts in form.errors.items()
            for text in texts
        ],
        "part": found.key,
        "revision": conflict.revision if conflict else state.revision if revision is None else revision,
        "saved_at": localtime(state.saved_at).strftime("%H:%M") if state.saved_at else "",
        "steps": _steps(found.id, found.parts, found.key, found.can),
        "verdict": None if found.key == "answers" else shown(found.verdict, found.text),
        "conflict": conflict,
        "differing": _differing(found.key, form, conflict) if conflict else [],
        "unsaved": status != HttpResponse.status_code,
        "trail": [
            *_trail(found.call, found.call_title, None, ""),
            {"name": found.name, "url": _overview(found.id)},
        ],
    }
    return render(request, "applications/part.html", context, status=status)


def _differing(key: str, form: forms.PartForm, conflict: EditConflictError) -> list[dict[str, Any]]:
    """Each field in which what is stored and what was typed differ, with both."""
    theirs, mine = forms.as_typed(key, conflict.stored), forms.as_typed(key, conflict.offered)
    names = [*form.fields, *(name for name in theirs if name not in form.fields)]
    return [
        {
            "label": forms.label_of(form, name),
            "theirs": forms.read_out(name, theirs.get(name, "")),
            "mine": forms.read_out(name, mine.get(name, "")),
            "href": f"#id_{name}" if name in form.fields else "",
        }
        for name in names
        if theirs.get(name, "") != mine.get(name, "")
    ]


def _save(request: HttpRequest, found: PartShown) -> HttpResponse:
    """Save a part as typed. Nothing that was typed is lost, whatever the answer."""
    in_background = "application/json" in request.headers.get("Accept", "")
    form = _form(found, request.POST)
    sent = request.POST.get("revision", "")
    revision = int(sent) if sent.isdecimal() and len(sent) < 10 else -1  # noqa: PLR2004 - no part is saved so often
    row = rows.row(actor_of(request), "application", found.id)
    if row is None:
        raise Http404
    try:
        if not form.is_valid():
            return _unreadable(request, found, form, revision, in_background=in_background)
        typed = {name: str(value) for name, value in form.cleaned_data.items()}
        saved = applications.save(
            actor=actor_of(request), at=now(), application=row, part=found.key, fields=typed, revision=revision
        )
    except applications.PartNotReadableError as error:
        form.mark([(one.field, worded(one.reason)) for one in error.errors])
        return _unreadable(request, found, form, revision, in_background=in_background)
    except EditConflictError as conflict:
        return _conflict(request, found, form, conflict, in_background=in_background)
    except RefusedError as refused:
        if in_background:
            return JsonResponse({"errors": [{"field": "", "text": worded(refused.reason)}]}, status=422)
        form.mark([("", worded(refused.reason))])
        return _write(request, found, form, status=422, revision=revision)
    if in_background:
        return JsonResponse({"saved_at": saved.saved_at, "revision": saved.revision})
    return _saved(request, found)


def _saved(request: HttpRequest, found: PartShown) -> HttpResponse:
    messages.success(request, _("Saved at %(time)s.") % {"time": localtime(now()).strftime("%H:%M")})
    if "more" in request.POST:
        return HttpResponseRedirect(f"{_part(found.id, found.key)}?more=1#new")
    if "onward" in request.POST:
        onward = ONWARD[found.key]
        return HttpResponseRedirect(_part(found.id, onward) if onward else _overview(found.id))
    return HttpResponseRedirect(_part(found.id, found.key))


def _unreadable(
    request: HttpRequest, found: PartShown, form: forms.PartForm, revision: int, *, in_background: bool
) -> HttpResponse:
    """Say which fields could not be read, and keep them as they were typed."""
    if in_background:
        errors = [{"field": name, "text": text} for name, texts in form.errors.items() for text in texts]
        return JsonResponse({"errors": errors}, status=422)
    return _write(request, found, form, status=422, revision=revision)


def _conflict(
    request: HttpRequest, found: PartShown, form: forms.PartForm, conflict: EditConflictError, *, in_background: bool
) -> HttpResponse:
    """Show both texts; the same text sent twice is no conflict."""
    if conflict.stored == conflict.offered:
        if in_background:
            return JsonResponse({"saved_at": found.part.saved_at, "revision": conflict.revision})
        return _saved(request, found)
    if in_background:
        return JsonResponse({"revision": conflict.revision, "by": conflict.by}, status=409)
    return _write(request, found, form, status=409, conflict=conflict)


@login_required
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the application; sending it again leads to the same receipt."""
    if request.method != "POST":
        return HttpResponseRedirect(_overview(pk))
    row = rows.row(actor_of(request), "application", pk)
    if row is None:
        raise Http404
    return carried_out(
        request,
        lambda: applications.submit(actor=actor_of(request), at=now(), application=row),
        said=_("The application has been received. This is your receipt."),
        then=reverse("receipt", args=[pk]),
        otherwise=_overview(pk),
    )


@login_required
def receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """The receipt: what was received, when, and the digest that proves it."""
    found = _found(request, pk)
    if found is None or found.receipt is None:
        raise Http404
    trail = [*_trail(found.call, found.call_title, None, ""), {"name": found.name, "url": _overview(pk)}]
    return render(request, "applications/receipt.html", {"application": found, "trail": trail})


@login_required
def receipt_json(request: HttpRequest, pk: int) -> HttpResponse:
    """The frozen application, byte for byte what the receipt's digest is taken of."""
    frozen = reading.snapshot(actor_of(request), pk)
    if frozen is None:
        raise Http404
    number, text = frozen
    response = HttpResponse(text.encode(), content_type="application/json; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{number}.json"'
    return response


urlpatterns = [
    path("applications/<int:pk>/", application, name="application"),
    path("applications/<int:pk>/parts/<slug:part>/", part, name="application-part"),
    path("applications/<int:pk>/submit/", submit, name="application-submit"),
    path("applications/<int:pk>/receipt/", receipt, name="receipt"),
    path("applications/<int:pk>/receipt.json", receipt_json, name="receipt-json"),
]
