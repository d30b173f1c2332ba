"""What came of a rehearsal: at each moment who tried what, what was refused and why, and who could see what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from samspel.engine.calls.findings import Verdict
    from samspel.engine.calls.invented import Invented
    from samspel.engine.calls.rehearsal import Moment
    from samspel.engine.calls.text import Call
    from samspel.engine.permissions import Role
    from samspel.engine.verdicts import Reason


@dataclass(frozen=True, slots=True)
class Attempt:
    """A verb that somebody tried: done, or `refused` with the reason; a submission has receipt and verdict.

    `gaps` are what an application lacks that was refused for not being complete.
    """

    verb: str
    role: Role
    refused: Reason | None = None
    gaps: tuple[Reason, ...] = ()
    receipt: str = ""
    verdict: Verdict | None = None

    @property
    def done(self) -> bool:
        """Whether it was carried out."""
        return self.refused is None


@dataclass(frozen=True, slots=True)
class Sight:
    """What somebody in a role (empty: nobody signed in) may know of: the call, and applications by their state."""

    role: str
    call: bool
    applications: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Played:
    """One moment: how the call stood, what each tried in turn, what each may know of, when the applicant began.

    How it stood, and what each may know of, is as the day begins; on the decision day, when the decision is made.
    """

    moment: Moment
    state: str
    closed_at: datetime | None
    decided_at: datetime | None
    began: datetime | None
    attempts: tuple[Attempt, ...]
    sights: tuple[Sight, ...]

    @property
    def submitted(self) -> Attempt | None:
        """What happened when the applicant pressed Submit; None where there was nothing to send."""
        return next((one for one in self.attempts if one.verb == "applications.submit"), None)


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """A rehearsed call: who tried to publish it and when, what the applicants hand in, and each moment in turn."""

    text: Call
    published_at: datetime
    publication: tuple[Attempt, ...]
    handed_in: Invented
    moments: tuple[Played, ...]
