"""What an officer fills in: a call's files, and a finding on eligibility."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samspel.engine.calls.edition import FILES
from samspel.engine.located import Problem
from samspel.engine.verdicts import Reason

if TYPE_CHECKING:
    from django.utils.datastructures import MultiValueDict

LONGEST_FILE = 200_000
"""Characters; the seed call's longest file has about 5 000."""


class CallFilesForm(forms.Form):
    """The four files of a call, each sent as a file or pasted; a file that was sent goes before what was pasted."""

    def __init__(self, data: Any = None, files: MultiValueDict[str, Any] | None = None, **given: Any) -> None:
        super().__init__(data, files, **given)
        self.problems: list[Problem] = []
        for name in FILES:
            self.fields[self.upload(name)] = forms.FileField(required=False, label=name, allow_empty_file=True)
            self.fields[self.paste(name)] = forms.CharField(
                required=False,
                strip=False,
                label=_("Or paste the text of %(file)s") % {"file": name},
                widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "lang": "en", "wrap": "off"}),
            )

    @staticmethod
    def upload(name: str) -> str:
        """The field in which a file is sent."""
        return f"file-{name}"

    @staticmethod
    def paste(name: str) -> str:
        """The field in which a text is pasted."""
        return f"text-{name}"

    def texts(self) -> dict[str, str]:
        """The text of each file that was given; a file that cannot be read as text is noted in `problems`."""
        found: dict[str, str] = {}
        for name in FILES:
            sent = self.files.get(self.upload(name))
            text = self.data.get(self.paste(name), "") if sent is None else self._decoded(name, sent.read())
            if len(text) > LONGEST_FILE:
                expected = Reason.of("expected.shorter", longest=LONGEST_FILE)
                self.problems.append(Problem(name, 1, "", expected, str(len(text))))
            elif "\0" in text:
                self.problems.append(Problem(name, 1, "", Reason.of("expected.plain.printable"), "U+0000"))
            elif text.strip():
                found[name] = text
        return found

    def _decoded(self, name: str, content: bytes) -> str:
        try:
            return content.decode("utf-8-sig")
        except UnicodeDecodeError:
            self.problems.append(Problem(name, 1, "", Reason.of("expected.utf8")))
            return ""

    def rows(self) -> list[tuple[str, Any, Any]]:
        """Each file's name with its two fields."""
        return [(name, self[self.upload(name)], self[self.paste(name)]) for name in FILES]


class FindingForm(forms.Form):
    """What an officer finds on eligibility, in writing."""

    motivation = forms.CharField(
        label=_("Motivation"),
        required=False,
        max_length=4000,
        help_text=_("Needed when a requirement is open, and whenever the application is found not eligible."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
