"""What is typed and ticked while a constellation forms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from samspel.store.queries.constellations import Choice


class StartForm(forms.Form):
    """A name, and which of one's organisations leads."""

    use_required_attribute = False

    name = forms.CharField(
        label=_("Name of the constellation"),
        help_text=_("At most 120 characters. It is published with the decision: choose one that others understand."),
        required=True,
        error_messages={"required": _("Write a name for the constellation.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    lead = forms.ChoiceField(
        label=_("Which organisation leads?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose which organisation leads.")},
    )

    def __init__(self, *args: Any, leads: Iterable[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(lead.code, lead.name) for lead in leads]
        field = self.fields["lead"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker what stands above
        field.choices = choices
        if len(choices) == 1:
            field.widget = forms.HiddenInput()
            field.initial = choices[0][0]


class DescribeForm(forms.Form):
    """The theme, with the revision that it and the priorities were chosen on; priorities are ticked beside it."""

    theme = forms.ChoiceField(label=_("Theme"), required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, themes: Iterable[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["theme"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker what stands above
        field.choices = [("", _("Not chosen yet")), *((one.code, one.name) for one in themes)]
