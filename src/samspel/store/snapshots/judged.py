"""Verdicts on what is stored: rows become engine values and the judge is asked. Nothing is decided here."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from samspel.engine import applications, constellations
from samspel.engine.calls.judging.judge import judge
from samspel.engine.calls.timing import timing
from samspel.store.snapshots import applications as application_values
from samspel.store.snapshots import constellations as constellation_values
from samspel.store.snapshots.calls import call

if TYPE_CHECKING:
    from datetime import datetime

    from samspel.engine.calls.findings import Verdict
    from samspel.engine.calls.situation import Situation
    from samspel.engine.calls.text import Call
    from samspel.store.models import Application


def situation_of(
    row: Application, *, language: str = "sv", at: datetime | None = None, listed: frozenset[str] | None = None
) -> Situation:
    """Everything known of an application as its rows stand now; `at` is the instant of submitting, if not yet sent.

    Whoever reads many gives the regions that are `listed`, which are then asked for once.
    """
    text = call(row.edition)
    round_it = constellation_values.constellation(row.constellation, language=language, listed=listed)
    members = [member.id for member in round_it.members]
    contents = application_values.contents(row)
    forming = applications.stated(contents.get("answers", {}), text.questions, constellations.situation(round_it))
    plan = application_values.plan(contents, members)
    return _timed(applications.situation(plan, forming), row, text, at)


def verdict_on(row: Application, *, language: str = "sv", at: datetime | None = None) -> Verdict:
    """The verdict on an application under the edition it was started under, as its rows stand now.

    `at` is the instant of submitting; without it, that of the submission there is.
    """
    return judge(call(row.edition), situation_of(row, language=language, at=at))


def _timed(situation: Situation, row: Application, text: Call, at: datetime | None) -> Situation:
    """The situation with the local time of its submission and the stage it belongs to, where the call has windows."""
    if not text.windows:
        return situation
    sent = getattr(row, "submission", None)
    moment = at or (sent.submitted_at if sent is not None else None)
    if moment is None:
        return situation
    window = timing(text, moment).window
    local = moment.astimezone(ZoneInfo(text.calendar.zone)).replace(tzinfo=None)
    return replace(situation, submitted=local, stage=window.stage if window is not None else "")


def verdict_while_forming(text: Call, forming: constellations.Constellation) -> Verdict:
    """The verdict on a constellation before there is an application: only the rules that speak of it."""
    return judge(text, constellations.situation(forming), about="constellation")
