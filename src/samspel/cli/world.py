"""A world for demonstration and tests: the real register, and invented people, organisations and applications.

It is read from `demo/<call>/world.toml` and put in place through the same actions that people use.
"""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass, field
from math import cos, pi, sin, sqrt
from typing import TYPE_CHECKING, Any

from samspel.actions import accounts, applications, assessment, calls, constellations, registry
from samspel.engine.calls.edition import FILES, MAY_HAVE
from samspel.engine.packs import FILES as PACK_FILES
from samspel.engine.packs import read_pack
from samspel.engine.permissions import OPERATOR, Actor, Role, Seat
from samspel.store.queries.rows import every, person_with_address, person_with_role, row, to_be_entered

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime
    from pathlib import Path

    from samspel.store.queries.rows import Application, Assessment, Call, Constellation


GOLDEN_ANGLE = pi * (3 - sqrt(5))
DOTS_APART = 14
"""How far from the middle of its county an invented organisation's dot lies, in units of the map."""


@dataclass(frozen=True, slots=True)
class World:
    """What `world.toml` says, as it was read."""

    notice: Mapping[str, str]
    people: tuple[Mapping[str, Any], ...]
    organisations: tuple[Mapping[str, Any], ...]
    applications: tuple[Mapping[str, Any], ...]


def read_world(text: str) -> World:
    """Read the text of a `world.toml`."""
    data = tomllib.loads(text)
    return World(data["notice"], tuple(data["people"]), tuple(data["organisations"]), tuple(data["applications"]))


def folder(path: Path, names: tuple[str, ...]) -> dict[str, str]:
    """The texts of these files in a folder, as far as they exist."""
    return {name: (path / name).read_text(encoding="utf-8") for name in names if (path / name).is_file()}


@dataclass
class Stage:
    """The world being put in place, step by step, each through an action; `clock` says what time it is."""

    world: World
    clock: Callable[[], datetime]
    centres: dict[str, tuple[float, float]] = field(default_factory=dict)

    def actor(self, role: Role, organisation: str = "") -> Actor:
        """The first person with this role (for this organisation, if one is named)."""
        return _there(person_with_role(role, organisation), f"{role} {organisation}")

    def person(self, person_id: str) -> Actor:
        """One of the world's people, by id."""
        email = next(person["email"] for person in self.world.people if person["id"] == person_id)
        return _there(person_with_address(email), email)

    def load_register(self, pack: Path) -> None:
        """Load the register from its pack."""
        files = folder(pack, PACK_FILES)
        counties = json.loads(files["map.json"])["counties"]
        self.centres = {code: (shape["centre"][0], shape["centre"][1]) for code, shape in counties.items()}
        registry.load(actor=OPERATOR, at=self.clock(), pack=read_pack(files), files=files)

    def enter_invented(self) -> None:
        """Enter the invented organisations, hosts before the nodes they host."""
        for number, entry in enumerate(sorted(self.world.organisations, key=lambda one: bool(one.get("host")))):
            organisation = to_be_entered(
                id=entry["id"],
                name=entry["name"],
                kind=entry["kind"],
                region=entry.get("region", ""),
                host=entry.get("host", ""),
                invented=True,
                place=self._near(entry.get("region", ""), number),
            )
            registry.enter(actor=OPERATOR, at=self.clock(), organisation=organisation, themes=entry.get("themes", []))

    def _near(self, county: str, number: int) -> tuple[float, float] | None:
        """A point near the middle of a county, another for each number, so that the dots lie apart."""
        if county not in self.centres:
            return None
        (x, y), turn = self.centres[county], number * GOLDEN_ANGLE
        return round(x + DOTS_APART * cos(turn), 1), round(y + DOTS_APART * sin(turn), 1)

    def open_accounts(self) -> None:
        """Open an account for everybody, with the seat each holds."""
        for person in self.world.people:
            seat = Seat(
                role=Role(person["role"]),
                organisation=person.get("organisation", ""),
                region=person.get("region", ""),
            )
            accounts.open_account(
                actor=OPERATOR,
                at=self.clock(),
                email=person["email"],
                name=person["name"],
                seats=[seat],
                invented=True,
            )

    def publish(self, call_folder: Path) -> Call:
        """Draft the call from its folder, and publish it by a second person."""
        files = folder(call_folder, (*FILES, *MAY_HAVE))
        call = calls.draft(actor=self.actor(Role.OFFICER), at=self.clock(), files=files)
        calls.publish(actor=self.actor(Role.DECISION_MAKER), at=self.clock(), call=call)
        call.refresh_from_db()
        return call

    def form(self, entry: Mapping[str, Any], call: Call) -> Constellation:
        """Form one of the world's constellations: lead, members, theme, priorities."""
        lead = _there(row(OPERATOR, "organisation", entry["lead"]), entry["lead"])
        manager = self.actor(Role.CLUSTER_MANAGER, lead.pk)
        constellation = constellations.start(
            actor=manager, at=self.clock(), call=call, name=entry["name"], lead=lead, invented=entry["invented"]
        )
        for member in entry["members"]:
            organisation = _there(row(OPERATOR, "organisation", member), member)
            constellation = constellations.add(
                actor=manager, at=self.clock(), constellation=constellation, organisation=organisation
            )
        return constellations.describe(
            actor=manager,
            at=self.clock(),
            constellation=constellation,
            theme=_there(row(OPERATOR, "theme", entry["theme"]), entry["theme"]),
            priorities=every(OPERATOR, "priority").filter(pk__in=entry["priorities"]),
            revision=constellation.revision,
        )

    def apply(self, entry: Mapping[str, Any], constellation: Constellation) -> Application:
        """Write the constellation's application, part by part, and submit it."""
        manager = self.actor(Role.CLUSTER_MANAGER, entry["lead"])
        application = applications.start(actor=manager, at=self.clock(), constellation=constellation)
        for part, fields in _fields(entry):
            applications.save(
                actor=manager, at=self.clock(), application=application, part=part, fields=fields, revision=0
            )
        applications.submit(actor=manager, at=self.clock(), application=application)
        application.refresh_from_db()
        return application

    def determine(self, entry: Mapping[str, Any], application: Application) -> None:
        """Let an officer find the application eligible or not, as the world says."""
        found = entry["eligibility"]
        verb = applications.confirm_eligible if found["eligible"] else applications.find_ineligible
        verb(
            actor=self.actor(Role.OFFICER),
            at=self.clock(),
            application=application,
            motivation=found.get("motivation", ""),
        )

    def assess(self, entry: Mapping[str, Any], application: Application) -> Assessment:
        """Let an assessor grade the application and hand in."""
        assessor = self.person(entry["assessor"])
        grades = {criterion: (pair[0], pair[1]) for criterion, pair in entry["grades"].items()}
        assessment.grade(
            actor=assessor, at=self.clock(), application=application, grades=grades, no_conflict=True, revision=0
        )
        return assessment.hand_in(actor=assessor, at=self.clock(), application=application)


def _there[Found](found: Found | None, key: str) -> Found:
    """What the world refers to.

    Raises:
        LookupError: it is not there.
    """
    if found is None:
        message = f"the world speaks of {key}, which is not there"
        raise LookupError(message)
    return found


def _fields(entry: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, str]]]:
    """The fields of each part, as a form would send them."""
    yield "answers", dict(entry["answers"])
    yield "budget", dict(entry["budget"])
    rows = enumerate(entry["cofunding"])
    yield "cofunding", {f"{name}-{number}": str(value) for number, row in rows for name, value in row.items()}
