"""What the decision maker fills in: the motivation of the decision."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class DecisionForm(forms.Form):
    """The decision on a proposal, as it was proposed."""

    motivation = forms.CharField(
        label=_("Motivation of the decision"),
        max_length=8000,
        help_text=_("Say on what grounds you decide as proposed. It stands in the journal."),
        error_messages={"required": _("Write on what grounds you decide.")},
        widget=forms.Textarea(attrs={"rows": 6}),
    )
