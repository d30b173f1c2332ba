"""A world in which every text carries a mark that says whose it is, so that a page that shows too much is caught.

Calls are in every state, with a constellation for every state of an application. A mark is `mark-<kind>-<name>-`:
`name` and `content` marks belong to a constellation and its application, `verdict` to the officer's motivation,
`grade` to an assessor's motivation, `assessor` to the assessor's own name.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from samspel.actions import accounts, applications, assessment, calls, constellations, registry, selection
from samspel.engine.calls.edition import FILES
from samspel.engine.permissions import OPERATOR, Actor, Part, Role, Seat
from samspel.store.models import Application, Call, Constellation, Organisation, Person, Priority, Region, Theme
from samspel.store.snapshots.accounts import actor as as_actor

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
COUNTIES = ("SE110", "SE121", "SE232")
CRITERIA = ("relevance", "cooperation", "goal-achievement", "lasting-change")
STAGES = ("forming", "draft", "submitted", "eligible", "graded", "handed-in", "ineligible")


@dataclass
class Marked:
    """The world, its people by name, and the marks of each constellation."""

    people: dict[str, Person] = field(default_factory=dict)
    calls: dict[str, Call] = field(default_factory=dict)
    constellations: dict[str, Constellation] = field(default_factory=dict)
    ticks: Iterator[datetime] = field(default_factory=lambda: (NOW + timedelta(seconds=n) for n in range(10_000)))

    def actor(self, name: str) -> Actor:
        """One of the people as the rules see one."""
        return as_actor(Person.objects.get(pk=self.people[name].pk))


def mark(kind: str, name: str) -> str:
    """A text that can be looked for on a page."""
    return f"mark-{kind}-{name}-"


PART_OF_MARK = {
    "content": Part.CONTENT,
    "verdict": Part.VERDICT,
    "grade": Part.ASSESSMENT,
    "assessor": Part.ASSESSOR,
}


def _register() -> None:
    Region.objects.create(code="SE", level=0, name_sv="Sverige", name_en="Sweden")
    for code in sorted({c[:n] for c in COUNTIES for n in (3, 4)} | set(COUNTIES), key=len):
        Region.objects.create(code=code, level=len(code) - 2, parent_id=code[:-1], name_sv=code, name_en=code)
    Theme.objects.create(code="energy", position=0, name_sv="Energi", name_en="Energy")
    for county in COUNTIES:
        Priority.objects.create(
            id=f"{county.lower()}-energi",
            region_id=county,
            name_sv="Energi",
            status="strength",
            vintage="2022",
            source="s",
        )


def _organisation(key: str, county: str, kind: str = "cluster-organisation") -> Organisation:
    organisation = Organisation(id=key, name=f"Nod {key}", kind=kind, region_id=county, invented=True)
    return registry.enter(actor=OPERATOR, at=NOW, organisation=organisation, themes=["energy"])


def _person(world: Marked, name: str, role: Role, organisation: str = "", region: str = "") -> None:
    seat = Seat(role=role, organisation=organisation, region=region)
    world.people[name] = accounts.open_account(
        actor=OPERATOR, at=NOW, email=f"{name}@demo.invalid", name=mark("person", name), seats=[seat], invented=True
    )


def _call(world: Marked, key: str) -> None:
    files = {name: (ROOT / "calls/kluster-2016" / name).read_text(encoding="utf-8") for name in FILES}
    files["call.toml"] = files["call.toml"].replace('id = "kluster-2016"', f'id = "{key}"', 1)
    files["call.toml"] = files["call.toml"].replace(
        'title.sv = "Klustersamverkan', f'title.sv = "{mark("call", key)} Klustersamverkan'
    )
    world.calls[key] = calls.draft(actor=world.actor("officer"), at=next(world.ticks), files=files)


def _fields(name: str, members: list[str]) -> dict[str, dict[str, str]]:
    answers = {question: mark("content", name) for question in ("need", "together", "goals", "lasting")}
    funder = {"funder-0": mark("content", name), "amount-0": "300 000", "kind-0": "public", "form-0": "cash"}
    costs = {f"cost-{member}": "200 000" for member in members}
    return {"answers": answers, "budget": {**costs, "grant": "300 000"}, "cofunding": {**funder, "state-0": "decided"}}


def _constellation(world: Marked, call: Call, stage: str, assessor: str = "assessor") -> None:
    """Bring one constellation as far as its stage says; its lead and members are its own organisations."""
    name = f"{call.pk}-{stage}"
    nodes = [_organisation(f"{name}-{n}", county) for n, county in enumerate(COUNTIES)]
    _person(world, f"lead-{name}", Role.CLUSTER_MANAGER, nodes[0].pk)
    _person(world, f"member-{name}", Role.CLUSTER_MANAGER, nodes[1].pk)
    lead = world.actor(f"lead-{name}")
    row = constellations.start(actor=lead, at=next(world.ticks), call=call, name=mark("name", name), lead=nodes[0])
    for node in nodes[1:]:
        row = constellations.add(actor=lead, at=next(world.ticks), constellation=row, organisation=node)
    theme, priorities = Theme.objects.get(pk="energy"), Priority.objects.all()
    row = constellations.describe(
        actor=lead, at=next(world.ticks), constellation=row, theme=theme, priorities=priorities, revision=row.revision
    )
    world.constellations[name] = row
    if stage == "forming":
        return
    application = applications.start(actor=lead, at=next(world.ticks), constellation=row)
    for part, fields in _fields(name, [node.pk for node in nodes]).items():
        applications.save(
            actor=lead, at=next(world.ticks), application=application, part=part, fields=fields, revision=0
        )
    if stage == "draft":
        return
    applications.submit(actor=lead, at=next(world.ticks), application=application)
    if stage == "submitted":
        return
    officer, motivation = world.actor("officer"), mark("verdict", name)
    find = applications.find_ineligible if stage == "ineligible" else applications.confirm_eligible
    find(actor=officer, at=next(world.ticks), application=application, motivation=motivation)
    if stage in ("graded", "handed-in"):
        _assess(world, application, name, hand_in=stage == "handed-in", assessor=assessor)


def _assess(world: Marked, application: Application, name: str, *, hand_in: bool, assessor: str) -> None:
    grades = {criterion: ("VG", mark("grade", name)) for criterion in CRITERIA}
    actor = world.actor(assessor)
    assessment.grade(
        actor=actor, at=next(world.ticks), application=application, grades=grades, no_conflict=True, revision=0
    )
    if hand_in:
        assessment.hand_in(actor=actor, at=next(world.ticks), application=application)


def build() -> Marked:
    """Build the world: calls in draft, open, closed with a proposal, and decided."""
    world = Marked()
    _register()
    for name, role in (
        ("officer", Role.OFFICER),
        ("decider", Role.DECISION_MAKER),
        ("assessor", Role.ASSESSOR),
        ("other-assessor", Role.ASSESSOR),
    ):
        _person(world, name, role)
    _person(world, "region", Role.REGIONAL_OFFICER, region="SE11")
    _organisation("outsider", "SE110")
    _person(world, "outsider", Role.CLUSTER_MANAGER, "outsider")
    for key in ("drafted", "open", "proposed", "decided"):
        _call(world, key)
        if key == "drafted":
            continue
        call = world.calls[key]
        calls.publish(actor=world.actor("decider"), at=next(world.ticks), call=call)
        call.refresh_from_db()
        for stage in STAGES if key == "open" else ("forming", "draft", "handed-in", "ineligible"):
            _constellation(world, call, stage)
    for key in ("proposed", "decided"):
        calls.close(actor=world.actor("officer"), at=next(world.ticks), call=world.calls[key])
        proposal = selection.propose(actor=world.actor("officer"), at=next(world.ticks), call=world.calls[key])
        if key == "decided":
            decider = world.actor("decider")
            selection.decide(actor=decider, at=next(world.ticks), proposal=proposal, motivation="Som föreslaget.")
    return world
