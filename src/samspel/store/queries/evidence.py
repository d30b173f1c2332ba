"""Reading what came out of a decided call: the projects granted, and the others with the reasons."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from samspel.engine.permissions import DECIDED, Part
from samspel.engine.verdicts import Reason
from samspel.store.access import readable, reasons, visible_to
from samspel.store.models import Application
from samspel.store.queries.registry import Named, OrganisationLine, names, organisation_line, theme_named

if TYPE_CHECKING:
    from collections.abc import Mapping

    from samspel.engine.permissions import Actor
    from samspel.store.queries.calls import CallShown


@dataclass(frozen=True, slots=True)
class ProjectResult:
    """One application's outcome. `invented` is "all", "content" or nothing; amounts are in the call's currency."""

    application: int
    name: str
    invented: str
    theme: Named | None
    regions: tuple[Named, ...]
    lead: str
    members: tuple[OrganisationLine, ...]
    outcome: str
    grant: Decimal
    total_cost: Decimal
    points: int | None
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Results:
    """What came out of a call, and how far its money went."""

    funded: tuple[ProjectResult, ...]
    others: tuple[ProjectResult, ...]
    grant: Decimal
    total_cost: Decimal
    points: int
    envelope: Decimal | None

    @property
    def all(self) -> int:
        """How many applications there were in all."""
        return len(self.funded) + len(self.others)

    @property
    def invented(self) -> bool:
        """Whether anything here was made up for a demonstration."""
        return any(line.invented for line in (*self.funded, *self.others))


def results(actor: Actor, *, call: CallShown, language: str) -> Results:
    """The outcome of each application that this reader may read the result of: most points first."""
    rows = (
        visible_to(actor, Application)
        .filter(call=call.id, state__in=DECIDED, decision__isnull=False)
        .select_related("constellation__theme", "submission", "decision")
        .prefetch_related(
            "constellation__members__organisation__region",
            "constellation__members__organisation__host",
            "constellation__members__organisation__themes",
        )
    )
    named = names(language)
    level = call.text.counting.nuts
    lines = [_line(actor, row, named, level, language) for row in rows if Part.RESULT in readable(actor, row)]
    lines.sort(key=lambda line: (-(line.points or 0), line.points is None, line.name))
    funded = tuple(line for line in lines if line.outcome == "approved")
    return Results(
        funded=funded,
        others=tuple(line for line in lines if line.outcome != "approved"),
        grant=sum((line.grant for line in funded), Decimal(0)),
        total_cost=sum((line.total_cost for line in funded), Decimal(0)),
        points=sum(line.points or 0 for line in funded),
        envelope=call.text.limit(call.text.selection.envelope),
    )


def _line(actor: Actor, row: Application, named: Mapping[str, str], level: int, language: str) -> ProjectResult:
    constellation = row.constellation
    bodies = tuple(organisation_line(member.organisation, language) for member in constellation.members.all())
    regions = sorted({body.region.code[: 2 + level] for body in bodies if body.region})
    return ProjectResult(
        application=row.pk,
        name=constellation.name,
        invented=constellation.invented,
        theme=theme_named(constellation.theme, language) if constellation.theme else None,
        regions=tuple(Named(code, named.get(code, code), level=level) for code in regions),
        lead=constellation.lead_id,
        members=bodies,
        outcome=row.decision.outcome,
        grant=row.submission.grant,
        total_cost=row.submission.total_cost,
        points=row.decision.points,
        reasons=reasons(actor, row),
    )
