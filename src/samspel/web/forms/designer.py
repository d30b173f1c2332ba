"""What an officer sends to the designer: a call's files, what a new call begins with, a case."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samspel.engine.calls.edition import FILES, MAY_HAVE
from samspel.engine.located import LONGEST_SLUG, Problem
from samspel.engine.verdicts import Reason

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.utils.datastructures import MultiValueDict

    from samspel.store.queries.designer import Beside

LONGEST_FILE = 200_000
"""Characters; the seed call's longest file has about 5 000."""
LONGEST_CASE = 20_000
EVERY = (*FILES, *MAY_HAVE)
EMPTY = "empty"
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class CallFilesForm(forms.Form):
    """A call's files as somebody sends them: each as a file, or as text; a file goes before text."""

    def __init__(self, data: Any = None, files: MultiValueDict[str, Any] | None = None, **given: Any) -> None:
        super().__init__(data, files, **given)
        self.problems: list[Problem] = []
        for name in EVERY:
            self.fields[self.upload(name)] = forms.FileField(required=False, label=name, allow_empty_file=True)

    @staticmethod
    def upload(name: str) -> str:
        """The field in which a file is sent."""
        return f"file-{name}"

    @staticmethod
    def paste(name: str) -> str:
        """The field in which a text is written."""
        return f"text-{name}"

    def texts(self) -> dict[str, str]:
        """The text of each file that was given; a file that cannot be read as text is noted in `problems`."""
        found: dict[str, str] = {}
        for name in EVERY:
            sent = self.files.get(self.upload(name))
            given = self.data.get(self.paste(name), "") if sent is None else self._decoded(name, sent.read())
            text = given.replace("\r\n", "\n").replace("\r", "\n")
            if len(text) > LONGEST_FILE:
                expected = Reason.of("expected.shorter", longest=LONGEST_FILE)
                self.problems.append(Problem(name, 1, "", expected, str(len(text))))
            elif "\0" in text:
                self.problems.append(Problem(name, 1, "", Reason.of("expected.plain.printable"), "U+0000"))
            if text.strip() and "\0" not in text:
                found[name] = text
        return found

    def _decoded(self, name: str, content: bytes) -> str:
        try:
            return content.decode("utf-8-sig")
        except UnicodeDecodeError:
            self.problems.append(Problem(name, 1, "", Reason.of("expected.utf8")))
            return ""

    @property
    def were_sent(self) -> bool:
        """Whether there is any file or text at all."""
        return any(self.upload(name) in self.files or self.data.get(self.paste(name), "").strip() for name in EVERY)

    def uploads(self) -> list[Any]:
        """The field of each file."""
        return [self[self.upload(name)] for name in EVERY]


class NewCallForm(forms.Form):
    """What a new call begins with, what it is called, and its id."""

    start = forms.ChoiceField(label=_("Begin from"), required=False)
    id = forms.CharField(
        label=_("The call's id"),
        max_length=LONGEST_SLUG,
        help_text=_("Stands in its address and cannot be changed later: small letters, figures and hyphens."),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"}),
    )
    title_sv = forms.CharField(
        label=_("Title in Swedish"), max_length=200, required=False, widget=forms.TextInput(attrs={"lang": "sv"})
    )
    title_en = forms.CharField(
        label=_("Title in English"), max_length=200, required=False, widget=forms.TextInput(attrs={"lang": "en"})
    )

    def __init__(
        self, data: Any = None, *, calls: Sequence[Beside] = (), kept: Sequence[tuple[str, str]] = (), **given: Any
    ) -> None:
        super().__init__(data, **given)
        choices: list[tuple[Any, Any]] = [(EMPTY, _("an empty call"))]
        if calls:
            choices.append((_("Calls of this installation"), [(one.id, one.title) for one in calls]))
        if kept:
            choices.append((_("Calls that come with Samspel"), list(kept)))
        self.fields["start"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField has them
        self.taken: frozenset[str] = frozenset(one.id for one in calls)

    def clean_id(self) -> str:
        """The id as it may stand in an address, and not one that a call has already."""
        given: str = self.cleaned_data["id"].strip()
        if not _SLUG.fullmatch(given):
            raise forms.ValidationError(_("Use small letters (a–z), figures and hyphens, such as cluster-2027."))
        if given in self.taken:
            raise forms.ValidationError(_("There is already a call with this id."))
        return given

    def titles(self) -> Mapping[str, str]:
        """The title in each language; one that was left out is taken from the other, or from the id."""
        sv, en = (self.cleaned_data[f"title_{code}"].strip() for code in ("sv", "en"))
        return {"sv": sv or en, "en": en or sv}


class CaseForm(forms.Form):
    """A case to try, and perhaps to keep."""

    case = forms.CharField(
        label=_("The case, as text"),
        max_length=LONGEST_CASE,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false", "wrap": "off", "class": "code"}),
    )

    def clean_case(self) -> str:
        """The text with plain line ends."""
        text: str = self.cleaned_data["case"]
        return text.replace("\r\n", "\n").replace("\r", "\n").strip("\n") + "\n"
