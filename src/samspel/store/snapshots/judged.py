"""Verdicts on what is stored: rows become engine values and the judge is asked. Nothing is decided here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samspel.engine import applications, constellations
from samspel.engine.calls.judge import judge
from samspel.store.snapshots import applications as application_values
from samspel.store.snapshots import constellations as constellation_values
from samspel.store.snapshots.calls import call

if TYPE_CHECKING:
    from samspel.engine.calls.text import Call
    from samspel.engine.verdicts import Verdict
    from samspel.store.models import Application


def verdict_on(row: Application, *, language: str = "sv") -> Verdict:
    """The verdict on an application under the edition it was started under, as its rows stand now."""
    text = call(row.edition)
    round_it = constellation_values.constellation(row.constellation, language=language)
    members = [member.id for member in round_it.members]
    plan = application_values.plan(application_values.contents(row), members)
    return judge(text, constellations.facts(round_it, text.counting) | applications.facts(plan))


def verdict_while_forming(text: Call, forming: constellations.Constellation) -> Verdict:
    """The verdict on a constellation before there is an application: only the rules that speak of it."""
    return judge(text, constellations.facts(forming, text.counting), about="constellation")
