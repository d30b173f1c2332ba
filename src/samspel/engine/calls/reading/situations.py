"""Reads a situation from a table: a case beside a call, a file on the command line, or JSON sent by somebody.

What is left out is unknown; an empty list says that there is none. Words and ids are those of the call's own
vocabulary, so that a slip of the pen is told instead of being taken as something else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from samspel.engine.calls import vocabulary
from samspel.engine.calls.reading.parameters import a_day
from samspel.engine.calls.reading.rows import Row, dated
from samspel.engine.calls.situation import (
    NOWHERE,
    Aid,
    Assessor,
    Change,
    Earlier,
    Entrant,
    Funding,
    GrantLine,
    Line,
    Opinion,
    Paper,
    Partner,
    Situation,
    Waiver,
)
from samspel.engine.calls.text import Call
from samspel.engine.located import File, NotReadableError, one_of, open_json, open_text
from samspel.engine.registry import KINDS, is_code

KEYS = (
    "on stage strand partners costs total_cost eligible_cost grant grants cofunding themes objectives main_objective "
    "targets duration starts ends statements submitted question documents earlier applications assessors opinions "
    "changes grades waivers"
)
_REGISTERED = ("applied", "no")


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the parts of a situation under one call, whose declared ids it knows."""

    call: Call

    def ids(self, table: str) -> tuple[str, ...]:
        """The ids that the call declares in a table."""
        return tuple(self.call.declared.of(table))

    def statements(self, of: str) -> tuple[str, ...]:
        """The statements of the project or of a partner."""
        return tuple(one.id for one in self.call.declared.statements.values() if one.of == of)

    def place(self, row: Row, key: str) -> str | None:
        """A region: a code, or none for a body that has none."""
        value = row.text(key)
        if value is not None and value != NOWHERE and not is_code(value):
            row.file.blame(row.path(key), "code-or-none", value)
        return value

    def partner(self, row: Row, index: int) -> tuple[Partner, int]:
        """A partner, and how many alike there are."""
        row.only(
            "id name kind region country host host_region group roles legal_form legal_person non_profit size "
            "financing founded registers states priority aid times"
        )
        times = row.times()
        registers, states = {}, {}
        inner = row.inner("registers", self.ids("registers"))
        for key, value in inner.table.items():
            day = a_day(dated(value))
            if day is None and value not in _REGISTERED:
                row.file.blame(inner.path(key), "day-or-applied", value)
            registers[key] = day or str(value)
        stated = row.inner("states", self.statements("partner"))
        for key in stated.table:
            states[key] = bool(stated.flag(key))
        partner = Partner(
            id=row.text("id") or _letter(index),
            name=row.text("name") or "",
            kind=row.text("kind", KINDS),
            region=self.place(row, "region"),
            country=row.text("country"),
            host=row.text("host"),
            host_region=self.place(row, "host_region"),
            group=row.text("group"),
            roles=row.texts("roles", vocabulary.ROLES),
            legal_form=row.text("legal_form", vocabulary.LEGAL_FORMS),
            legal_person=row.flag("legal_person"),
            non_profit=row.flag("non_profit"),
            size=row.text("size", vocabulary.SIZES),
            financing=row.flag("financing"),
            founded=row.day("founded"),
            registers=registers,
            states=states,
            priority=row.flag("priority"),
            aid=row.rows("aid", _aid),
        )
        return partner, times

    def partners(self, row: Row) -> tuple[Partner, ...] | None:
        """The partners, those that are alike written out."""
        found = row.rows("partners", self.partner)
        if found is None:
            return None
        partners: list[Partner] = []
        for partner, times in found:
            partners.extend(
                partner if times == 1 else replace(partner, id=f"{partner.id}{number}", group=partner.group)
                for number in range(1, times + 1)
            )
        seen: set[str] = set()
        for one in partners:
            if one.id in seen:
                row.file.blame(row.path("partners"), "unique", one.id)
            seen.add(one.id)
        return tuple(partners)

    def line(self, row: Row, _: int) -> Line:
        """A line of the budget."""
        row.only("by category activity phase place form eligible budget currency year amount")
        year = row.number("year")
        return Line(
            amount=row.number("amount"),
            by=row.text("by"),
            category=row.text("category", self.ids("terms.category")),
            activity=row.text("activity", self.ids("terms.activity")),
            phase=row.text("phase", self.ids("terms.phase")),
            place=self.place(row, "place"),
            form=row.text("form", vocabulary.COST_FORMS),
            eligible=row.flag("eligible"),
            budget=row.text("budget", self.ids("terms.budget")),
            currency=row.text("currency") or "",
            year=None if year is None else int(year),
        )

    def grant(self, row: Row, _: int) -> GrantLine:
        """A part of the grant."""
        row.only("by category activity phase budget year amount")
        year = row.number("year")
        return GrantLine(
            amount=row.number("amount"),
            by=row.text("by"),
            category=row.text("category", self.ids("terms.category")),
            activity=row.text("activity", self.ids("terms.activity")),
            phase=row.text("phase", self.ids("terms.phase")),
            budget=row.text("budget", self.ids("terms.budget")),
            year=None if year is None else int(year),
        )

    def paper(self, row: Row, _: int) -> Paper:
        """A document."""
        row.only("type from signed_by language template valid on")
        if "type" not in row.table:
            row.file.blame(row.path("type"), one_of(self.ids("documents")))
        return Paper(
            type=row.text("type", self.ids("documents")) or "",
            by=row.text("from"),
            signed_by=row.text("signed_by", vocabulary.SIGNERS),
            language=row.text("language"),
            template=row.text("template"),
            valid=row.flag("valid"),
            on=row.day("on"),
        )

    def earlier(self, row: Row, _: int) -> Earlier:
        """An earlier application or project."""
        row.only("id by status programme stage funder starts ends")
        return Earlier(
            id=row.text("id") or "",
            status=row.text("status", vocabulary.EARLIER_STATES),
            by=row.text("by"),
            programme=row.text("programme", self.ids("terms.programme")),
            stage=row.text("stage"),
            funder=row.text("funder"),
            starts=row.day("starts"),
            ends=row.day("ends"),
        )

    def entrant(self, row: Row, index: int) -> tuple[Entrant, int]:
        """One application among all, and how many alike there are."""
        row.only("id lead lead_kind theme strand country region grant state decision points partners times")
        found = Entrant(
            id=row.text("id") or _letter(index),
            lead=row.text("lead"),
            lead_kind=row.text("lead_kind", KINDS),
            theme=row.text("theme"),
            strand=row.text("strand", self.ids("terms.strand")),
            country=row.text("country"),
            region=self.place(row, "region"),
            grant=row.number("grant"),
            state=row.text("state", vocabulary.APPLICATION_STATES),
            decision=row.text("decision", vocabulary.DECISIONS),
            points=row.number("points"),
            partners=row.texts("partners"),
        )
        return found, row.times()

    def entrants(self, row: Row) -> tuple[Entrant, ...] | None:
        """The applications, those that are alike written out."""
        found = row.rows("applications", self.entrant)
        if found is None:
            return None
        return tuple(
            one if times == 1 else replace(one, id=f"{one.id}{number}")
            for one, times in found
            for number in range(1, times + 1)
        )

    def change(self, row: Row, _: int) -> Change:
        """A change after the award."""
        row.only("kind major category amount line")
        return Change(
            kind=row.text("kind", vocabulary.CHANGES),
            major=row.flag("major"),
            category=row.text("category", self.ids("terms.category")),
            amount=row.number("amount"),
            line=row.number("line"),
        )

    def waiver(self, row: Row, _: int) -> Waiver:
        """A rule set aside, with the written reason."""
        row.only("rule reason")
        rules = tuple(rule.id for rule in self.call.rules if rule.waivable)
        return Waiver(row.text("rule", rules) or "", row.text("reason") or "")

    def grades(self, row: Row) -> dict[str, str] | None:
        """The grade on each criterion."""
        if "grades" not in row.table:
            return None
        inner = row.inner("grades", [one.id for one in self.call.criteria])
        codes = tuple(grade.code for grade in self.call.scale)
        return {key: inner.text(key, codes) or "" for key in inner.table}


def _letter(index: int) -> str:
    """An id for what has none: a, b, …, z, a1, b1 and so on."""
    turn, place = divmod(index, 26)
    return f"{'abcdefghijklmnopqrstuvwxyz'[place]}{turn or ''}"


def _aid(row: Row, _: int) -> Aid:
    row.only("on amount")
    on, amount = row.day("on"), row.number("amount")
    for key, expected in (("on", "day"), ("amount", "number")):
        if key not in row.table:
            row.file.blame(row.path(key), expected)
    return Aid(on or date.min, amount or Decimal(0))


def _funding(row: Row, _: int) -> Funding:
    row.only("funder source giver giver_region form state amount certified on currency")
    return Funding(
        amount=row.number("amount"),
        funder=row.text("funder") or "",
        source=row.text("source", vocabulary.SOURCES),
        giver=row.text("giver", vocabulary.GIVERS),
        giver_region=row.text("giver_region"),
        form=row.text("form", vocabulary.FUNDING_FORMS),
        state=row.text("state", vocabulary.FUNDING_STATES),
        certified=row.number("certified"),
        on=row.day("on"),
        currency=row.text("currency") or "",
    )


def _assessor(row: Row, _: int) -> Assessor:
    row.only("conflict")
    return Assessor(row.flag("conflict"))


def _opinion(row: Row, _: int) -> Opinion:
    row.only("giver")
    return Opinion(row.text("giver", vocabulary.GIVERS))


def situation(file: File, table: Mapping[str, object], at: str, call: Call, *, beside: str = "") -> Situation:
    """Read a situation from a table of a file; what is wrong is blamed there. `beside` are other keys."""
    row, reader = Row(file, table, at), _Reader(call)
    row.only(f"{KEYS} {beside}")
    stated = row.inner("statements", reader.statements("project"))
    return Situation(
        on=row.day("on"),
        stage=row.text("stage", tuple(one.id for one in call.stages)) or "",
        strand=row.text("strand", reader.ids("terms.strand")),
        partners=reader.partners(row),
        costs=row.rows("costs", reader.line),
        total_cost=row.range("total_cost"),
        eligible_cost=row.range("eligible_cost"),
        grant=row.range("grant"),
        grants=row.rows("grants", reader.grant),
        cofunding=row.rows("cofunding", _funding),
        themes=row.texts("themes"),
        objectives=row.texts("objectives", reader.ids("terms.objective") or None),
        main_objective=row.text("main_objective", reader.ids("terms.objective") or None),
        targets=row.texts("targets"),
        duration=row.range("duration"),
        starts=row.day("starts"),
        ends=row.day("ends"),
        statements={key: stated.range(key) for key in stated.table},
        submitted=row.moment("submitted"),
        question=row.moment("question"),
        documents=row.rows("documents", reader.paper),
        earlier=row.rows("earlier", reader.earlier),
        applications=reader.entrants(row),
        assessors=row.rows("assessors", _assessor),
        opinions=row.rows("opinions", _opinion),
        changes=row.rows("changes", reader.change),
        grades=reader.grades(row),
        waivers=row.rows("waivers", reader.waiver) or (),
    )


def read_situation(text: str, call: Call, *, name: str = "situation.toml") -> Situation:
    """Read a situation under a call from TOML, or from JSON where the name ends so.

    Raises:
        NotReadableError: with every problem found.
    """
    file = open_json(name, text) if name.endswith(".json") else open_text(name, text)
    found = situation(file, file.data, "", call)
    if file.problems:
        raise NotReadableError(tuple(file.problems))
    return found
