"""Mends as words: the smallest change that would turn a finding, told with the nouns and filters of its condition."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, Decimal
from typing import TYPE_CHECKING

from samspel.engine.calls.conditions import Ask, Filter, Measure, Need
from samspel.engine.values import CENT
from samspel.engine.verdicts import Outcome, Reason
from samspel.wording.filters import ONE, SEVERAL, asks_priority, people, predicate
from samspel.wording.measures import (
    COUNTED,
    chosen_among,
    counted,
    fact_name,
    noun,
    only_values,
    quantity,
    unit_of,
    whole_of,
)
from samspel.wording.needs import Reading, document_words
from samspel.wording.voice import Voice

if TYPE_CHECKING:
    from samspel.engine.calls.findings import Finding, Mend

_PLACES = frozenset({"regions", "countries"})
_CHOICES = frozenset({"themes", "objectives", "secondary-objectives", "targets"})
_PAPERS = frozenset({"documents", "opinions"})
_ADDED = frozenset({"partners", "hosts", "groups", "kinds"})
_MOST_KINDS = 3


@dataclass(frozen=True)
class Mending:
    """The mends of one finding, in one voice; `over` is what its rule is judged over."""

    voice: Voice
    finding: Finding
    over: str

    def words(self, mend: Mend) -> str:
        """What to do, as a sentence; for which group, where the rule holds for each of several."""
        text = self._told(mend)
        leaf = leaf_of(self.finding, mend.need) or self.finding
        measure = mend.need.measure
        if measure is not None and measure.per and leaf.group and (group := self.voice.group(measure.per, leaf.group)):
            return self.voice.fill("mending.of", group=group, what=text[:1].lower() + text[1:])
        return text

    def _told(self, mend: Mend) -> str:
        need, reason = mend.need, mend.reason
        values = dict(reason.values)
        if need.measure is not None:
            by, to = _number(values.get("by")), _number(values.get("to"))
            way = reason.code.rpartition(".")[2]
            match need.measure.head:
                case "count":
                    return self._count(need.measure, way, by, to)
                case "amount":
                    return self._amount(need.measure, way, by, to)
                case "fact":
                    return self._fact(need.measure, way, by, to)
            return self._share(need.measure, reason.code, by, to)
        return self._tested(need, reason, str(values.get("name", "")))

    # -- numbers

    def _count(self, measure: Measure, way: str, by: Decimal, to: Decimal) -> str:
        """More, fewer or a better-known number of things."""
        voice, what = self.voice, measure.what
        by = by.to_integral_value(ROUND_CEILING)
        n = ONE if by == 1 and way != "state" else SEVERAL
        wider = replace(measure, where=named_kinds(voice, measure.where))
        kind, who, told = "needed", "", counted(voice, wider, n, self.over)
        if what in _PLACES:
            kind, told = "place", noun(voice, measure, n, self.over)
            who = people(voice, wider.where, SEVERAL)
        elif what == "regions-without":
            kind = "priority" if asks_priority(measure.where) else "without"
            who = people(voice, measure.where, SEVERAL)
        elif values := only_values(measure):
            kind, told = "one" if len(values) == 1 else "named", chosen_among(voice, what, values)
        elif what in _CHOICES:
            kind = "choice"
        elif what in _PAPERS:
            kind = "paper"
        elif what in _ADDED:
            kind, told = "", people(voice, wider.where, n) if what == "groups" and way == "state" else told
        code = f"mending.count.{kind}.{way}" if kind else f"mending.count.{way}"
        region = noun(voice, measure, n) if what == "regions-without" else ""
        return voice.fill(code, by=voice.value("count", by), n=by, to=to, what=told, who=who, region=region)

    def _amount(self, measure: Measure, way: str, by: Decimal, to: Decimal) -> str:
        what = quantity(self.voice, measure, self.over)
        return self.voice.fill(f"mending.amount.{way}", what=what, by=self._money(by), to=self._money(to))

    def _money(self, amount: Decimal) -> str:
        return self.voice.value("money", amount.quantize(CENT, rounding=ROUND_CEILING))

    def _fact(self, measure: Measure, way: str, by: Decimal, to: Decimal) -> str:
        own, unit = f"mending.fact.{measure.what}.{way}", unit_of(self.voice, measure)
        code = own if self.voice.has(own) else f"mending.fact.{way}"
        step = self.voice.value("days" if unit == "date" else unit, by)
        return self.voice.fill(code, what=fact_name(self.voice, measure), by=step, to=self.voice.value(unit, to))

    def _share(self, measure: Measure, code: str, by: Decimal, to: Decimal) -> str:
        voice, way = self.voice, code.rpartition(".")[2]
        whole, share = whole_of(voice, measure, self.over), voice.value("share", to)
        as_count = Measure("count", measure.what, where=measure.where, level=measure.level)
        if ".partners." in code:
            return self._count(as_count, way, by, to)
        if measure.what in COUNTED:
            what = counted(voice, as_count, SEVERAL, self.over)
            return voice.fill(f"mending.share.number.{way}", what=what, to=share, whole=whole)
        what = quantity(voice, measure, self.over)
        kind = "share.money" if ".money." in code else "share"
        return voice.fill(f"mending.{kind}.{way}", what=what, by=self._money(by), to=share, whole=whole)

    # -- conditions without a number

    def _tested(self, need: Need, reason: Reason, name: str) -> str:
        voice = self.voice
        reading = Reading(voice, self.over).inside
        match reason.code.removeprefix("mend."):
            case "lead" | "every" | "some" | "none" as code:
                return self._who(need, code, name)
            case "apart":
                roles = voice.listing(voice.fill(f"roles.{one}", n=ONE) for one in need.names)
                return voice.fill("mending.apart", name=name, roles=roles)
            case "document":
                return voice.fill("mend.document", document=document_words(reading, replace(need, each="")))
            case "document-from":
                document = document_words(reading, replace(need, each=""))
                return voice.fill("mend.document-from", document=document, name=voice.names.get(name, name))
            case "states":
                return voice.fill("mend.states", statement=voice.statement(need.names[0]))
            case "in-time":
                return voice.fill(f"mending.in-time.{need.names[0]}")
            case "state":
                about = {"strand": "strand", "every_application": "applications"}.get(need.operator, "partners")
                return voice.fill(f"mending.state.{about}")
        return voice.fill(reason.code, **dict(reason.values))

    def _who(self, need: Need, code: str, name: str) -> str:
        """Another partner, or that it must be told what this one is."""
        unsure = self._unsure(need, name)
        wanted = named_kinds(self.voice, need.filter)
        is_ = predicate(self.voice, wanted, "partner", n=ONE, yes=code != "none" or unsure)
        told = self.voice.names.get(name, name)
        return self.voice.fill(f"mending.{code}.open" if unsure else f"mending.{code}", **{"is": is_, "name": told})

    def _unsure(self, need: Need, name: str) -> bool:
        """Whether it is not known yet, rather than known to be wrong."""
        if name:
            return Reason.of(f"partner.{Outcome.OPEN}", name=name) in self.finding.evidence
        leaf = leaf_of(self.finding, need) or self.finding
        return leaf.outcome is Outcome.OPEN


def leaf_of(finding: Finding, need: Need) -> Finding | None:
    """The part of a finding that answers a condition."""
    if finding.need == need:
        return finding
    return next((found for part in finding.parts if (found := leaf_of(part, need)) is not None), None)


def named_kinds(voice: Voice, where: Filter) -> Filter:
    """The filter with the kinds that count named one by one, where they are few."""
    counting = voice.call.counting
    kinds = tuple(sorted(counting.counted_kinds))
    if not 0 < len(kinds) <= _MOST_KINDS or counting.financing_only or where.operator != "all":
        return where
    if any(ask.attribute == "kind" for ask in where.asks):
        return where
    asks = tuple(Ask("kind", kinds) if ask.attribute == "counts" and ask.flag else ask for ask in where.asks)
    return replace(where, asks=asks)


def _number(value: object) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(str(value)) if isinstance(value, int) else Decimal(0)
