"""An assessor's sheet as a form: a grade and a motivation on each criterion, and a word on conflicts of interest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from samspel.actions.assessment import LONGEST_MOTIVATION

if TYPE_CHECKING:
    from collections.abc import Mapping

    from samspel.store.queries.assessment import Graded, Sheet, Step


def _worth(step: Step) -> str:
    points = ngettext("%(n)s point", "%(n)s points", step.points) % {"n": step.points}
    return f"{step.code} – {step.name} ({points})"


class SheetForm(forms.Form):
    """Grades may be saved unfinished: nothing is required until the sheet is handed in."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    no_conflict = forms.BooleanField(
        required=False,
        label=_("I have no conflict of interest in this application."),
        help_text=_("You have one if you, or somebody close to you, would gain or lose by the decision."),
    )

    def __init__(self, data: Any = None, *, sheet: Sheet) -> None:
        started: dict[str, Any] = {"revision": sheet.revision, "no_conflict": sheet.no_conflict}
        for one in sheet.criteria:
            started |= {f"grade-{one.criterion}": one.grade, f"motivation-{one.criterion}": one.motivation}
        super().__init__(data, initial=started)
        self.criteria = sheet.criteria
        self.order_fields(["revision"])
        for one in sheet.criteria:
            self.fields[f"grade-{one.criterion}"] = forms.ChoiceField(
                required=False,
                label=_("Grade on %(criterion)s") % {"criterion": one.name},
                choices=[(step.code, _worth(step)) for step in sheet.scale],
                widget=forms.RadioSelect,
            )
            self.fields[f"motivation-{one.criterion}"] = forms.CharField(
                required=False,
                label=_("Motivation of the grade on %(criterion)s") % {"criterion": one.name},
                max_length=LONGEST_MOTIVATION,
                widget=forms.Textarea(attrs={"rows": 4}),
            )
        self.order_fields(["revision", *[n for n in self.fields if "-" in n], "no_conflict"])

    def grades(self) -> dict[str, tuple[str, str]]:
        """Grade and motivation by criterion, as the action takes them."""
        return {
            one.criterion: (
                self.cleaned_data[f"grade-{one.criterion}"],
                self.cleaned_data[f"motivation-{one.criterion}"],
            )
            for one in self.criteria
        }

    def sections(self, stored: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
        """Each criterion with its two fields, and what somebody saved meanwhile where that differs."""
        return [
            {
                "criterion": one,
                "grade": self[f"grade-{one.criterion}"],
                "motivation": self[f"motivation-{one.criterion}"],
                "stored": self._other(one, stored or {}),
            }
            for one in self.criteria
        ]

    def _other(self, one: Graded, stored: Mapping[str, Any]) -> tuple[str, str] | None:
        if one.criterion not in stored:
            return None
        grade, motivation = stored[one.criterion]
        mine = (
            self[f"grade-{one.criterion}"].value() or "",
            (self[f"motivation-{one.criterion}"].value() or "").strip(),
        )
        return None if (grade, motivation) == mine else (grade, motivation)
