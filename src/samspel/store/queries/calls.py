"""Reading calls: which there are, and each as its newest edition says it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from samspel.engine import constellations, permissions
from samspel.engine.calls.edition import digest as digest_of
from samspel.engine.calls.reading.call import LAYER_FILES
from samspel.engine.calls.reading.layers import Layers
from samspel.engine.calls.reading.parameters import parameters
from samspel.engine.calls.text import Parameter, said
from samspel.engine.calls.timing import Phase, Timing, timing
from samspel.engine.located import open_text
from samspel.engine.permissions import Subject
from samspel.store.access import visible_to
from samspel.store.models import Call, Edition, RegisterPack
from samspel.store.snapshots.calls import call as text_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from samspel.engine.calls.text import Call as CallText
    from samspel.engine.constellations import Counts
    from samspel.engine.permissions import Actor
    from samspel.store.queries.registry import OrganisationLine


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a call is at an instant: `phase` is its state or, while it is published, where its calendar stands.

    It may change by the clock alone at `until`; None where only an act can change it.
    """

    phase: str
    timing: Timing
    until: datetime | None = None


def _true_until(found: Timing, text: CallText, at: datetime) -> datetime | None:
    """The next instant at which words about the calendar may no longer be true: days are counted, so also midnight."""
    if found.changes_at is None and found.window is None:
        return None
    local = at.astimezone(ZoneInfo(text.calendar.zone or "UTC"))
    midnight = datetime.combine(local.date() + timedelta(days=1), time.min, local.tzinfo)
    return min(moment for moment in (midnight, found.changes_at) if moment is not None and moment > at)


@dataclass(frozen=True, slots=True)
class CallShown:
    """A call as its newest edition says it (a draft has number 0), and what this reader may do with it.

    Two are equal when their bytes are, so that what is made of the text alone can be kept by it.
    """

    digest: str
    id: str = field(compare=False)
    state: str = field(compare=False)
    title: str = field(compare=False)
    purpose: str = field(compare=False)
    number: int = field(compare=False)
    published_at: datetime | None = field(compare=False)
    closed_at: datetime | None = field(compare=False)
    decided_at: datetime | None = field(compare=False)
    text: CallText = field(compare=False)
    files: Mapping[str, str] = field(compare=False)
    can: frozenset[str] = field(compare=False)

    @property
    def is_open(self) -> bool:
        """Whether constellations can be formed and applications sent."""
        return self.state == "open"

    def standing(self, at: datetime) -> Standing:
        """Where the call is at an instant, by what has been decided of it and by its calendar."""
        if self.state != "open":
            return Standing(self.state, Timing(Phase.AFTER))
        found = timing(self.text, at)
        return Standing(str(found.phase), found, _true_until(found, self.text, at))

    @property
    def is_decided(self) -> bool:
        """Whether there are results."""
        return self.state == "decided"


def _shown(edition: Edition, row: Call, actor: Actor, language: str) -> CallShown:
    text = text_of(edition)
    leads = [Subject(state="new", lead=organisation) for organisation in actor.organisations]
    verb = "constellations.start"
    starts = row.state == "open" and any(permissions.may(verb, actor, lead) for lead in leads)
    return CallShown(
        digest=edition.digest,
        id=row.pk,
        state=row.state,
        title=said(text.title, language),
        purpose=said(text.purpose, language),
        number=edition.number,
        published_at=edition.published_at,
        closed_at=row.closed_at,
        decided_at=row.decided_at,
        text=text,
        files=edition.files,
        can=frozenset({verb} if starts else ()),
    )


def _draft(row: Call) -> Edition:
    """A draft as if it were an edition, numbered 0; never stored."""
    return Edition(call=row, number=0, digest=digest_of(row.draft), files=row.draft)


def calls(actor: Actor, *, language: str) -> list[CallShown]:
    """Every call that this reader may know of: open ones first, then the latest published."""
    rows = visible_to(actor, Call).prefetch_related("editions")
    found = [_shown(max(row.editions.all(), key=_number, default=_draft(row)), row, actor, language) for row in rows]
    return sorted(
        found, key=lambda call: (not call.is_open, -call.published_at.timestamp() if call.published_at else 0)
    )


def _number(edition: Edition) -> int:
    return edition.number


def call(actor: Actor, *, call_id: str, language: str) -> CallShown | None:
    """A call by its newest edition, in one query; a draft only for those who may know of it; else None."""
    seen = visible_to(actor, Call).filter(pk=call_id)
    edition = Edition.objects.filter(call__in=seen).select_related("call").order_by("number").last()
    if edition is not None:
        return _shown(edition, edition.call, actor, language)
    row = seen.first() if actor.id else None
    return _shown(_draft(row), row, actor, language) if row else None


def replaced(files: Mapping[str, str]) -> dict[str, list[Parameter]]:
    """The numbers that a later layer has replaced, by name: what each earlier layer says, the earliest first."""
    layers = [
        (name, parameters(Layers(((name, open_text(file, files[file])),))))
        for name, file in LAYER_FILES
        if file in files
    ]
    found: dict[str, list[Parameter]] = {}
    for (_, mine), (_, later) in ((one, other) for at, one in enumerate(layers) for other in layers[at + 1 :]):
        again = {parameter.name for parameter in later}
        for parameter in mine:
            if parameter.name in again and parameter not in found.get(parameter.name, []):
                found.setdefault(parameter.name, []).append(parameter)
    return found


def has_register(actor: Actor, *, register: str) -> bool:
    """Whether the register that a call chooses its partners from is loaded here; an empty name is none."""
    loaded = set(visible_to(actor, RegisterPack).values_list("pk", flat=True)) if register else set()
    return bool(register) and (register in loaded or not loaded)


def counting_of(actor: Actor, *, organisation: OrganisationLine, language: str) -> list[tuple[CallShown, Counts]]:
    """Whether an organisation counts under each open call."""
    return [
        (call, constellations.counts(organisation.value, call.text.counting))
        for call in calls(actor, language=language)
        if call.is_open
    ]
