"""The page that shows every part of the design with sample content, for those who write pages.

All names and numbers here are invented, and the page says so. Nothing is read from the store.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import path

from samspel.web.public import public_page

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


class SampleForm(forms.Form):
    """One question of each kind, some of them wrongly answered."""

    title = forms.CharField(label="Title", help_text="What the project is called in letters and lists.")
    purpose = forms.CharField(
        label="Purpose", widget=forms.Textarea, help_text="At most 2 000 characters.", required=False
    )
    grant = forms.CharField(
        label="Grant sought, EUR",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "data-money": ""}),
        help_text="Between 200 000 and 600 000 EUR.",
    )
    sector = forms.ChoiceField(
        label="Sector", choices=[("", "Choose a sector"), ("health", "Health"), ("forest", "Forest")]
    )
    kind = forms.ChoiceField(
        label="Kind of partner",
        choices=[("cluster", "Cluster organisation"), ("platform", "RDI platform")],
        widget=forms.RadioSelect,
    )
    funders = forms.MultipleChoiceField(
        label="Who co-funds",
        choices=[("region", "The region"), ("town", "A municipality"), ("firms", "Private firms")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    agree = forms.BooleanField(label="All partners have confirmed what they will pay")


def _star(key: str, name: str, x: int, y: int, **more: Any) -> dict[str, Any]:
    return {"key": key, "name": name, "x": x, "y": y, "url": f"#{key}", "kind": "cluster-organisation", **more}


SKY = {
    "view_box": "0 0 300 320",
    "counties": [
        {"code": "X1", "name": "Norrmark (invented)", "path": "M120 10L210 20L240 90L170 120L110 80Z", "lit": True},
        {
            "code": "X2",
            "name": "Mellanmark (invented)",
            "path": "M110 80L170 120L240 90L250 170L150 200L80 150Z",
            "lit": True,
        },
        {
            "code": "X3",
            "name": "Sydmark (invented)",
            "path": "M80 150L150 200L250 170L220 280L120 310L70 230Z",
            "lit": False,
        },
    ],
    "stars": [
        _star("alfa", "Exempelkluster Alfa", 165, 60, lead=True),
        _star("beta", "Exempelkluster Beta", 200, 140),
        _star("gamma", "Exempelplattform Gamma", 120, 145, kind="rdi-platform"),
        _star("delta", "Exempelkluster Delta", 160, 245, dim=True),
    ],
    "lines": [{"name": "Exempelkonstellation", "points": "165,60 200,140 120,145 165,60"}],
    "caption": "Three invented regions with four invented organisations; three of them form a constellation.",
    "legend": True,
}

VERDICTS = [
    {
        "outcome": "met",
        "sentence": "At least three cluster organisations or RDI platforms.",
        "found": "3",
        "needed": "at least 3",
        "source_url": "#verdicts",
        "source_label": "The call, section Constellation",
    },
    {
        "outcome": "not-met",
        "sentence": "At least two regions are represented.",
        "found": "1",
        "needed": "at least 2",
        "reasons": ["Exempelkluster Alfa and Exempelkluster Beta are both in Norrmark."],
        "source_url": "#verdicts",
        "source_label": "The call, section Constellation",
        "mend": ["Add an organisation from a region other than Norrmark.", "Replace Exempelkluster Beta."],
    },
    {
        "outcome": "open",
        "sentence": "Co-funding covers at least half of the total cost.",
        "needed": "at least 50 %",
        "reasons": ["One certificate has not come in."],
        "source_label": "The call, section Money",
        "mend": ["Upload the certificate from Exempelkommun."],
    },
    {
        "outcome": "waived",
        "sentence": "Each partner has its seat in a programme area.",
        "reasons": ["Waived for RDI platforms by the edition in force."],
        "source_label": "The call, section Partners",
    },
]

STATES = (
    "draft",
    "open",
    "closed",
    "decided",
    "forming",
    "submitted",
    "eligible",
    "ineligible",
    "approved",
    "rejected",
    "handed-in",
    "proposed",
)

SAMPLE: dict[str, Any] = {
    "next_step": {
        "title": "Confirm your part of the budget",
        "text": "Exempelkonstellation waits for you and for one more partner.",
        "url": "#next",
        "action": "Read and confirm",
        "due": "1 December 2016, 16:00 Swedish time",
        "due_iso": "2016-12-01T16:00+01:00",
        "takes": "10 minutes",
    },
    "sky": SKY,
    "verdicts": VERDICTS,
    "tally": {"met": 1, "not_met": 1, "open": 1, "waived": 1},
    "states": [{"code": code, "word": code} for code in STATES],
    "steps": [
        {"name": name, "state": state, "url": "#steps"}
        for name, state in (
            ("Constellation", "done"),
            ("Application", "now"),
            ("Eligibility", "todo"),
            ("Assessment", "todo"),
            ("Decision", "todo"),
        )
    ],
    "facts": [
        {"label": "Lead partner", "value": "Exempelkluster Alfa", "url": "#facts", "invented": True},
        {"label": "Grant sought", "value": "400 000 EUR", "note": "50 % of the total cost of 800 000 EUR"},
        {"label": "Organisation number", "value": "", "unknown": True},
    ],
    "budget": [
        {"name": "Exempelkluster Alfa", "region": "Norrmark", "amounts": ["210 000", "24 000", "60 000", "294 000"]},
        {"name": "Exempelkluster Beta", "region": "Mellanmark", "amounts": ["180 000", "18 000", "0", "198 000"]},
        {"name": "Exempelplattform Gamma", "region": "Sydmark", "amounts": ["240 000", "8 000", "60 000", "308 000"]},
    ],
    "budget_total": ["630 000", "50 000", "120 000", "800 000"],
    "downloads": [{"url": "#csv", "label": "CSV", "note": "2 kB"}, {"url": "#json", "label": "JSON", "note": "5 kB"}],
    "applications": [
        {"name": "Exempelprojekt Ett", "state": "approved", "word": "approved", "sought": "400 000"},
        {"name": "Exempelprojekt Två", "state": "rejected", "word": "rejected", "sought": "600 000"},
        {"name": "Exempelprojekt Tre", "state": "submitted", "word": "submitted", "sought": "250 000"},
    ],
    "entries": [
        {
            "at": "30 November 2016, 15:12",
            "at_iso": "2016-11-30T15:12+01:00",
            "who": "Anna Exempel, cluster manager",
            "what": "Sent the application.",
            "changes": [],
        },
        {
            "at": "28 November 2016, 09:40",
            "at_iso": "2016-11-28T09:40+01:00",
            "who": "Bo Exempel, cluster manager",
            "what": "Changed the budget.",
            "changes": [{"label": "Staff, EUR", "before": "160 000", "after": "180 000"}],
        },
    ],
    "work": {"doing": "Comparing all choices of six applications.", "done": 37, "total": 64},
}


@public_page
def styleguide(request: HttpRequest) -> HttpResponse:
    """Every part of the design, with a form that has been answered wrongly."""
    form = SampleForm({"title": "", "purpose": "To meet.", "grant": "40000", "kind": "cluster"})
    form.is_valid()
    form.add_error("grant", "Write an amount between 200 000 and 600 000 EUR.")
    page = Paginator(range(64), 10).get_page(request.GET.get("page", 2))
    return render(request, "styleguide.html", {"sample": {**SAMPLE, "form": form, "page": page}})


urlpatterns = [path("styleguide/", styleguide, name="styleguide")]
