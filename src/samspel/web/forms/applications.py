"""The parts of an application as forms: they keep what is typed; what it means is read by the engine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samspel.engine.applications import FunderKind, FundingForm, FundingState
from samspel.engine.drafts import MOST_FUNDERS
from samspel.web.frame import language
from samspel.wording import term
from samspel.wording.amounts import number

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from samspel.store.queries.applications import Answer, CostLine

EMPTY_ROWS, MORE_ROWS = 2, 6
CHOICES = {
    "kind": ("funder-kind", tuple(FunderKind)),
    "form": ("funding-form", tuple(FundingForm)),
    "state": ("funding-state", tuple(FundingState)),
}


class QuestionField(forms.CharField):
    """An answer in free text; `optional` is said on the page, as a draft may leave anything out."""

    def __init__(self, *, answer: Answer) -> None:
        most = number(answer.longest, language())
        limit = gettext("At most %(most)s characters.") % {"most": most}
        counted = gettext("{n} of at most %(most)s characters.") % {"most": most}
        rows = 4 if answer.longest <= 1000 else 8  # noqa: PLR2004 - a shorter answer has a lower field
        super().__init__(
            label=answer.text,
            help_text=format_html(
                '{} <span class="nowrap" data-count-for="id_{}" data-words="{}">{}</span>',
                answer.help,
                answer.question,
                counted,
                limit,
            ),
            required=False,
            widget=forms.Textarea(attrs={"rows": rows}),
        )
        self.optional = not answer.required


class PartForm(forms.Form):
    """One part of an application, with the revision that it was written on."""

    use_required_attribute = False

    def mark(self, problems: Iterable[tuple[str, str]]) -> None:
        """Show these problems at their fields, beside everything that was typed."""
        self.is_valid()
        for name, text in problems:
            self.add_error(name if name in self.fields else None, text)


class AnswersForm(PartForm):
    """The answers to the call's questions."""

    def __init__(self, *args: Any, answers: Iterable[Answer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for answer in answers:
            self.fields[answer.question] = QuestionField(answer=answer)


class BudgetForm(PartForm):
    """A cost for each member, and the grant applied for."""

    def __init__(self, *args: Any, costs: Iterable[CostLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for cost in costs:
            self.fields[f"cost-{cost.organisation}"] = _amount(cost.name)
        hint = _("The EU grant you apply for, for all partners together.")
        self.fields["grant"] = _amount(_("Grant applied for"), hint)


class CofundingForm(PartForm):
    """Rows of co-funding: who, how much, whose money, in which form, and how far it has come."""

    def __init__(self, *args: Any, rows: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.numbers = range(min(rows, MOST_FUNDERS))
        for n in self.numbers:
            self.fields[f"funder-{n}"] = forms.CharField(label=_("Funder"), required=False)
            self.fields[f"amount-{n}"] = _amount(_("Amount"))
            for name, label in (("kind", _("Whose money")), ("form", _("Form")), ("state", _("How far it has come"))):
                group, codes = CHOICES[name]
                choices = [(code.value, term(group, code, language())) for code in codes]
                self.fields[f"{name}-{n}"] = forms.ChoiceField(
                    label=label, choices=choices, initial=choices[0][0], required=False
                )

    def rows(self) -> list[dict[str, Any]]:
        """The fields row by row, for the page."""
        return [
            {"number": n + 1, "index": n, "fields": [self[f"{name}-{n}"] for name in ("funder", "amount", *CHOICES)]}
            for n in self.numbers
        ]


def _amount(label: Any, hint: Any = "") -> forms.CharField:
    attrs = {"inputmode": "numeric", "data-money": "", "autocomplete": "off"}
    return forms.CharField(label=label, help_text=hint, required=False, widget=forms.TextInput(attrs=attrs))


def rows_in(data: Iterable[str]) -> int:
    """How many rows of co-funding were sent, from the names of the fields."""
    numbers = [name.partition("-")[2] for name in data if name.startswith(("funder-", "amount-"))]
    return max((int(n) + 1 for n in numbers if n.isdecimal() and len(n) <= 3), default=0)  # noqa: PLR2004 - as read


def as_typed(part: str, content: Mapping[str, Any]) -> dict[str, str]:
    """A part's stored content as the fields of its form."""
    told = language()
    if part == "answers":
        return {name: str(text) for name, text in content.items()}
    if part == "budget":
        costs = {f"cost-{one}": amount for one, amount in content.get("costs", {}).items()}
        amounts = costs | {"grant": content.get("grant")}
        return {name: number(amount, told) if amount else "" for name, amount in amounts.items()}
    fields = {}
    for n, item in enumerate(content.get("items", [])):
        for name, value in item.items():
            fields[f"{name}-{n}"] = number(value, told) if name == "amount" else str(value)
    return fields


def label_of(form: PartForm, name: str) -> str:
    """What a field is called; in co-funding with the number of its row, which may be one that was not typed."""
    kind, _dash, n = name.rpartition("-")
    if isinstance(form, CofundingForm) and n.isdecimal():
        like = f"{kind}-0"
        label = form.fields[like].label if like in form.fields else kind
        return f"{int(n) + 1}. {label}"
    return str(form.fields[name].label) if name in form.fields else name


def read_out(name: str, value: str) -> str:
    """A field's value as it is read: codes of choices in words."""
    kind = name.partition("-")[0]
    if value and kind in CHOICES:
        group, codes = CHOICES[kind]
        return term(group, value, language()) if value in codes else value
    return value
