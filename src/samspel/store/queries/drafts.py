"""Reading an application while it is written: one part as its form shows it, with what the rules say of the money."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Prefetch

from samspel.engine import applications
from samspel.engine.calls.judging.judge import judge
from samspel.engine.calls.situation import Situation
from samspel.engine.calls.text import said
from samspel.engine.permissions import Part
from samspel.store.access import readable, visible_to
from samspel.store.models import Application, Member
from samspel.store.queries import applications as reading
from samspel.store.snapshots import applications as application_values
from samspel.store.snapshots.calls import call as call_text

if TYPE_CHECKING:
    from samspel.engine.calls.findings import Verdict
    from samspel.engine.calls.text import Call as CallText
    from samspel.engine.permissions import Actor


@dataclass(frozen=True, slots=True)
class PartShown:
    """One part as its form shows it, with the money of the whole and the verdict on it."""

    id: int
    name: str
    invented: str
    call: str
    call_title: str
    currency: str
    key: str
    text: CallText
    content: reading.Content
    parts: tuple[reading.PartState, ...]
    verdict: Verdict
    can: frozenset[str]

    @property
    def part(self) -> reading.PartState:
        """How far this part has come."""
        return next(part for part in self.parts if part.key == self.key)


def part(actor: Actor, pk: int, *, key: str, language: str) -> PartShown | None:
    """A part as its form shows it; None when there is none that the person may read."""
    if key not in applications.PARTS:
        return None
    members = Prefetch("constellation__members", Member.objects.select_related("organisation"))
    rows = visible_to(actor, Application).select_related("constellation", "call", "edition")
    row = rows.prefetch_related(members, reading.parts()).filter(pk=pk).first()
    if row is None or Part.CONTENT not in readable(actor, row):
        return None
    text = call_text(row.edition)
    names = {member.organisation_id: member.organisation.name for member in row.constellation.members.all()}
    contents = application_values.contents(row)
    plan = application_values.plan(contents, names)
    stated = applications.stated(contents.get("answers", {}), text.questions, Situation())
    return PartShown(
        id=row.pk,
        name=row.constellation.name,
        invented=row.constellation.invented,
        call=row.call_id,
        call_title=said(text.title, language),
        currency=text.currency,
        key=key,
        text=text,
        content=reading.content(row, text, names, language),
        parts=reading.states(row, text, names),
        verdict=judge(text, applications.situation(plan, stated), about="application"),
        can=reading.may_do(actor, row),
    )
