"""The seed call from register to decision, headless, through the same actions that people use in the browser."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from samspel.actions import calls as call_actions
from samspel.actions import selection
from samspel.cli.world import Stage, read_world
from samspel.clock import now
from samspel.engine import constellations
from samspel.engine.calls.conditions import Ask, Filter, Measure
from samspel.engine.calls.judging.matching import Matching
from samspel.engine.calls.judging.measuring import Measuring
from samspel.engine.permissions import PUBLIC, Role
from samspel.engine.verdicts import Reason
from samspel.store.queries.registry import names
from samspel.store.queries.rows import every
from samspel.store.snapshots.calls import call as call_text
from samspel.store.snapshots.constellations import constellation as as_engine
from samspel.store.snapshots.judged import verdict_on
from samspel.wording import say, tell

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from decimal import Decimal
    from pathlib import Path

    from samspel.store.queries.rows import Application, Call

type Tell = "Callable[[str], None]"


@dataclass
class Play:
    """One run of the seed call; `tell` is told each step in words."""

    project: Path
    tell: Callable[[str], None]
    language: str = "en"
    names: Mapping[str, str] = field(default_factory=dict)
    stage: Stage = field(init=False)

    def __post_init__(self) -> None:
        """Read the world."""
        self.stage = Stage(read_world((self.project / "demo/kluster-2016/world.toml").read_text(encoding="utf-8")), now)

    def prepare(self) -> Call:
        """Load register and accounts and publish the call."""
        self.tell("1. Register")
        self.stage.load_register(self.project / "registers/sweden")
        self.stage.enter_invented()
        self.stage.open_accounts()
        real = every(PUBLIC, "organisation").filter(listed=True).count()
        regions = every(PUBLIC, "region").filter(level=3).count()
        priorities = every(PUBLIC, "priority").count()
        self.tell(f"   {regions} counties, {priorities} priorities, {real} clusters and platforms")
        self.names = names(self.language)
        call = self.stage.publish(self.project / "calls/kluster-2016")
        edition = call.editions.get()
        self.tell(f"2. Call {call.pk} published as edition {edition.number}, sha-256 {edition.digest}")
        return call

    def apply(self, call: Call) -> list[Application]:
        """Let every constellation form and apply, and an officer look at each."""
        self.tell("3. Constellations apply, and each rule answers")
        rows = []
        for entry in self.stage.world.applications:
            constellation = self.stage.form(entry, call)
            application = self.stage.apply(entry, constellation)
            verdict = tell(verdict_on(application), call_text(application.edition), self.language, self.names)
            self.tell(f"   {constellation.name}: {application.submission.receipt}. {verdict.summary}")
            for finding in verdict.findings:
                if finding.outcome != "met":
                    self.tell(f"      {finding.word}: {finding.text} (found {finding.found}, needed {finding.needed})")
            self.stage.determine(entry, application)
            rows.append(application)
        return rows

    def assess(self, rows: list[Application]) -> None:
        """Let an assessor grade every eligible application."""
        self.tell("4. Grades (IG 0, G 1, VG 3, MVG 5)")
        for entry, application in zip(self.stage.world.applications, rows, strict=True):
            if entry["eligibility"]["eligible"]:
                done = self.stage.assess(entry, application)
                told = ", ".join(f"{criterion} {pair[0]}" for criterion, pair in entry["grades"].items())
                self.tell(f"   {application.constellation.name}: {done.points} points ({told})")

    def decide(self, call: Call) -> dict[str, Any]:
        """Close the call, propose the best portfolio, and decide on it by a second person."""
        call_actions.close(actor=self.stage.actor(Role.OFFICER), at=now(), call=call)
        proposal = selection.propose(actor=self.stage.actor(Role.OFFICER), at=now(), call=call)
        self.tell(f"5. Best selection: {proposal.result['score']} points for EUR {proposal.result['grant']}")
        decider = self.stage.actor(Role.DECISION_MAKER)
        motivation = "Decided as proposed (demonstration)."
        selection.decide(actor=decider, at=now(), proposal=proposal, motivation=motivation)
        self.tell(f"6. Decided by {decider.name}")
        outcome = self.outcome(call)
        for project in outcome["funded"]:
            self.tell(f"   granted   {project['name']}: {project['grade']} points, EUR {project['eu_grant_eur']}")
        for project in outcome["rejected"]:
            self.tell(f"   {project['outcome']:9} {project['name']}")
            for sentence in project["why_not"]:
                self.tell(f"             {sentence}")
        return outcome

    def outcome(self, call: Call) -> dict[str, Any]:
        """What was decided, as plain values."""
        decided = every(PUBLIC, "application").filter(call=call, decision__isnull=False)
        rows = decided.select_related("constellation", "submission", "edition", "decision").prefetch_related(
            "constellation__members__organisation", "constellation__priorities"
        )
        told: dict[str, Any] = {"funded": [], "rejected": []}
        for application in rows.order_by("submission__received"):
            project = self._project(application)
            told["funded" if application.decision.outcome == "approved" else "rejected"].append(project)
        told["calls"] = [
            {"id": edition.call_id, "edition": edition.number, "digest": edition.digest}
            for edition in call.editions.all()
        ]
        return told

    def _project(self, application: Application) -> dict[str, Any]:
        text, constellation, decision = call_text(application.edition), application.constellation, application.decision
        measuring = Measuring(Matching(text, constellations.situation(as_engine(constellation))))
        regions = measuring.measure(Measure("count", "regions", where=COUNTED))[0].evidence
        counted = [one for one in regions if one.code == "region.counts"]
        project: dict[str, Any] = {
            "name": constellation.name,
            "sector": constellation.theme_id,
            "regions": sorted(str(dict(one.values)["region"]) for one in counted),
            "eu_grant_eur": _plain_number(application.submission.grant),
            "total_cost_eur": _plain_number(application.submission.total_cost),
            "grade": decision.points,
            "invented": constellation.invented,
        }
        if decision.outcome != "approved":
            named = {**self.names, **{c.id: dict(c.text)[self.language] for c in text.criteria}}
            reasons = [Reason.of(told["code"], **told["values"]) for told in decision.reasons]
            project |= {
                "outcome": decision.outcome,
                "why_not": [say(reason, self.language, named) for reason in reasons],
            }
        return project


COUNTED = Filter(asks=(Ask("counts", flag=True),))


def _plain_number(amount: Decimal) -> int | float:
    """An amount as JSON writes numbers: without decimals when it has none."""
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def run(project: Path, tell_step: Callable[[str], None], language: str = "en") -> dict[str, Any]:
    """Play the seed call from register to decision and return the outcome."""
    play = Play(project, tell_step, language)
    call = play.prepare()
    play.assess(play.apply(call))
    return play.decide(call)


def as_json(outcome: dict[str, Any]) -> str:
    """The outcome as one JSON object."""
    return json.dumps(outcome, ensure_ascii=False, indent=1)
