"""The things of a situation that a noun or quantity speaks of, whether each is meant, and the groups they fall into."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from samspel.engine.calls import vocabulary
from samspel.engine.calls.conditions import Filter, Measure
from samspel.engine.calls.judging.grouping import key_of
from samspel.engine.calls.judging.matching import MET, NOT_MET, OPEN, Matching, Thing
from samspel.engine.calls.situation import Entrant, Funding, Partner
from samspel.engine.verdicts import Outcome, all_of

type Met = list[tuple[Thing, Outcome]]
"""Things, each with whether it is meant."""

_FIELDS = {
    "cost": "costs",
    "cofunding": "cofunding",
    "grant": "grants",
    "document": "documents",
    "earlier": "earlier",
    "assessor": "assessors",
    "opinion": "opinions",
    "change": "changes",
    "partner": "partners",
}
OF_PARTNERS = ("partner", "lead", "country", "region", "group")
ANOTHER = "?"
"""The group that things of an unknown group may form, if they belong to none of the others."""

_OF_DENOMINATOR = {"total-cost-without-subcontracting": "cost", "line": "change"}


_GONE = ("rejected", "withdrawn")


def _asked(where: Filter) -> set[str]:
    return {ask.attribute for ask in where.asks}.union(*(_asked(part) for part in where.parts))


def gives_nothing(thing: Thing, where: Filter) -> bool:
    """Whether a co-funder has said no or drawn back, and so is not meant unless the rule asks for a state itself."""
    return isinstance(thing, Funding) and thing.state in _GONE and "state" not in _asked(where)


@dataclass(frozen=True, slots=True)
class Group:
    """Things that are or may be meant and fall together, and whether there surely is such a group."""

    members: Met
    sure: bool = True


@dataclass(frozen=True)
class Things:
    """The things of one situation under one call; `over` says which of the applications are looked at."""

    matching: Matching
    over: str = "application"

    def of(self, what: str) -> Sequence[Thing] | None:
        """The things that a noun or quantity speaks of; None where nothing is known of them."""
        situation = self.matching.situation
        if self.over in vocabulary.SET_LEVEL and what in ("applications", "grant"):
            return self._entrants()
        if what in ("objectives", "secondary-objectives"):
            named = situation.objectives
            others = what == "secondary-objectives"
            return None if named is None else tuple(o for o in named if not (others and o == situation.main_objective))
        if what in ("themes", "targets"):
            return situation.themes if what == "themes" else situation.targets
        noun = vocabulary.NOUNS.get(what)
        collection = (
            noun.collection if noun else vocabulary.COLLECTION_OF_QUANTITY.get(what) or _OF_DENOMINATOR.get(what)
        )
        found: Sequence[Thing] | None = getattr(situation, _FIELDS[collection or "partner"])
        return found

    def _entrants(self) -> Sequence[Thing] | None:
        applications = self.matching.situation.applications
        if applications is None or self.over == "applications":
            return applications
        state = {"awards": "awarded", "reserve": "reserve"}[self.over]
        return tuple(one for one in applications if one.state in (state, None))

    def meant(self, thing: Thing, where: Filter) -> Outcome:
        """Whether a thing is meant; an application of unknown state may or may not be an award."""
        if gives_nothing(thing, where):
            return NOT_MET
        outcome = self.matching.matches(thing, where)
        unsure = self.over in ("awards", "reserve") and getattr(thing, "state", "") is None
        return all_of((outcome, OPEN)) if unsure else outcome

    def _idle(self, measure: Measure) -> dict[str, bool]:
        """The groups there are whether or not they bear anything, and whether surely: each partner, region … meant."""
        if measure.per not in OF_PARTNERS and not measure.per.startswith("area:"):
            return {}
        inner = [ask.inner for ask in measure.where.asks if ask.attribute == "by" and ask.inner is not None]
        found: dict[str, bool] = {}
        for it in self.matching.situation.partners or ():
            meant = all_of(self.matching.matches(it, one) for one in inner)
            for key in key_of(self.matching, it, measure.per, measure.level) or () if meant is not NOT_MET else ():
                found[key] = found.get(key, False) or meant is MET
        return found

    def _no_other(self, groups: Mapping[str, Met], loose: Met, measure: Measure) -> bool:
        """Whether a thing of an unknown group must belong to one of these: those of all the partners there are."""
        partners = self.matching.situation.partners
        if partners is None or any(isinstance(thing, Partner | Entrant) for thing, _ in loose):
            return False
        keys = [key_of(self.matching, it, measure.per, measure.level) for it in partners]
        return bool(keys) and all(key is not None and groups.keys() >= set(key) for key in keys)

    def groups(self, met: Iterable[tuple[Thing, Outcome]], measure: Measure, *, idle: bool = False) -> dict[str, Group]:
        """The things that are or may be meant, by group; one whose group is unknown may belong to each, or to another.

        With `idle`, there is a group also for each partner, country or region that bears nothing.
        """
        if not measure.per:
            return {"": Group(list(met))}
        there = self._idle(measure) if idle else {}
        placed: dict[str, Met] = {key: [] for key in there}
        loose: Met = []
        for thing, meant in met:
            keys = key_of(self.matching, thing, measure.per, measure.level)
            if keys is None and meant is not NOT_MET:
                loose.append((thing, all_of((meant, OPEN))))
            elif meant is not NOT_MET:
                for key in keys or ():
                    placed.setdefault(key, []).append((thing, meant))
        found = {
            key: Group([*inside, *loose], there.get(key, False) or any(meant is MET for _, meant in inside))
            for key, inside in sorted(placed.items())
        }
        if loose and not self._no_other(placed, loose, measure):
            found[ANOTHER] = Group(loose, sure=False)
        return found
