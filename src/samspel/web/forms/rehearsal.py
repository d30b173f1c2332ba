"""What an officer may ask of a rehearsal: one of the calendar's moments, or one of the officer's own choosing."""

from __future__ import annotations

from datetime import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

FIRST, LAST = datetime(1990, 1, 1), datetime(2100, 1, 1)  # noqa: DTZ001 - the zone is the call's, and added later


class ChosenMomentForm(forms.Form):
    """A clock time in the call's own zone, to the second."""

    at = forms.CharField(
        label=_("Another moment"),
        help_text=_("By the clock of the call's own time zone, to the second."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local", "step": "1"}),
        error_messages={"required": _("Choose a day and a clock time.")},
    )

    def clean_at(self) -> datetime:
        """The day and clock time, without a zone.

        Raises:
            ValidationError: it cannot be read, or lies where no call does.
        """
        try:
            found = datetime.fromisoformat(self.cleaned_data["at"])
        except ValueError:
            raise forms.ValidationError(_("Choose a day and a clock time.")) from None
        if found.tzinfo is not None or not FIRST <= found <= LAST:
            raise forms.ValidationError(_("Choose a day between 1990 and 2100, without a time zone."))
        return found
