"""What is asked of the simulator: a theme, sizes, numbers to vary, another text to compare with, a sample."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samspel.engine.calls.vocabulary import LEVELS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LARGEST = 8
"""The largest constellation that a page counts; more is for the command line."""

MOST_STEPS = 12
MOST_DRAWN = 50
LAST_SEED = 10**9
HUNDRED = 100

type Choices = Sequence[tuple[str, str]]


class SimulatorForm(forms.Form):
    """The questions; `numbers` are the numbers that can be varied, by name, each with its unit and what it is."""

    theme = forms.ChoiceField(label=_("Theme"), required=False)
    smallest = forms.IntegerField(label=_("Fewest partners"), min_value=1, max_value=LARGEST, initial=2)
    largest = forms.IntegerField(label=_("Most partners"), min_value=1, max_value=LARGEST, initial=6)
    first = forms.ChoiceField(label=_("A number to vary"), required=False)
    first_from = forms.DecimalField(label=_("From"), required=False, min_value=0, max_digits=12, decimal_places=2)
    first_to = forms.DecimalField(label=_("To"), required=False, min_value=0, max_digits=12, decimal_places=2)
    second = forms.ChoiceField(label=_("Another number to vary"), required=False)
    second_from = forms.DecimalField(label=_("From"), required=False, min_value=0, max_digits=12, decimal_places=2)
    second_to = forms.DecimalField(label=_("To"), required=False, min_value=0, max_digits=12, decimal_places=2)
    level = forms.MultipleChoiceField(
        label=_("Tell regions apart by"), required=False, widget=forms.CheckboxSelectMultiple
    )
    against = forms.ChoiceField(label=_("Compare with"), required=False)
    drawn = forms.IntegerField(label=_("Draw so many by lot"), required=False, min_value=0, max_value=MOST_DRAWN)
    seed = forms.IntegerField(
        label=_("Seed"),
        initial=1,
        required=False,
        min_value=0,
        max_value=LAST_SEED,
        help_text=_("The same seed draws the same constellations."),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        themes: Choices,
        numbers: Mapping[str, tuple[str, str]],
        levels: Mapping[str, str],
        others: Choices,
    ) -> None:
        super().__init__(data)
        self.numbers = numbers
        named = [("", gettext("None")), *((name, words) for name, (_unit, words) in numbers.items())]
        self._choose("theme", [("", gettext("All themes together")), *themes])
        self._choose("first", named)
        self._choose("second", named)
        self._choose("level", [(one, levels[one]) for one in LEVELS])
        self._choose("against", [("", gettext("Nothing")), *others])
        if not themes:
            del self.fields["theme"]
        if not numbers:
            for name in ("first", "first_from", "first_to", "second", "second_from", "second_to"):
                del self.fields[name]
        if not others:
            del self.fields["against"]

    def _choose(self, field: str, choices: Choices) -> None:
        self.fields[field].choices = choices  # type: ignore[attr-defined]  # all of them are fields of choices

    def clean(self) -> dict[str, Any]:
        """The sizes in order, and each number with the values that it is to have."""
        given = super().clean() or {}
        smallest, largest = given.get("smallest"), given.get("largest")
        if smallest and largest and smallest > largest:
            self.add_error("largest", gettext("This must be at least as many as the fewest."))
        given["vary"] = {}
        for field in ("first", "second"):
            if name := given.get(field):
                self._vary(field, name, given)
        return given

    def _vary(self, field: str, name: str, given: dict[str, Any]) -> None:
        start, end = given.get(f"{field}_from"), given.get(f"{field}_to")
        percent = self.numbers[name][0] == "share"
        if name in given["vary"]:
            self.add_error(field, gettext("Choose another number than the one above."))
            return
        if f"{field}_from" in self.errors or f"{field}_to" in self.errors:
            return
        if start is None or end is None:
            self.add_error(f"{field}_from" if start is None else f"{field}_to", gettext("Enter a number."))
            return
        if start > end:
            self.add_error(f"{field}_to", gettext("This must not be below the number that it goes from."))
            return
        step = Decimal(10 if percent else 1)
        values = [start + step * at for at in range(MOST_STEPS + 1) if start + step * at <= end]
        if len(values) > MOST_STEPS:
            text = gettext("This makes more than %(most)s steps. Choose a shorter way.") % {"most": MOST_STEPS}
            self.add_error(f"{field}_to", text)
            return
        given["vary"][name] = [value / HUNDRED if percent else value for value in values]
