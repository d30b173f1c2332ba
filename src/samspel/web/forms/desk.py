"""What an officer fills in at the desk: a finding on eligibility."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class FindingForm(forms.Form):
    """What an officer finds on eligibility, in writing."""

    motivation = forms.CharField(
        label=_("Motivation"),
        required=False,
        max_length=4000,
        help_text=_("Needed when a requirement is open, and whenever the application is found not eligible."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
