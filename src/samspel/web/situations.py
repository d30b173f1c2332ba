"""A situation in short phrases, so that a case officer sees at a glance what a case gives."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspel.engine.calls.situation import NOWHERE
from samspel.engine.calls.text import said
from samspel.wording import amounts
from samspel.wording.rules import rule_heading
from samspel.wording.say import fill

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from samspel.engine.calls.situation import (
        Change,
        Earlier,
        Entrant,
        Funding,
        GrantLine,
        Line,
        Paper,
        Partner,
        Situation,
    )
    from samspel.engine.calls.text import Call
    from samspel.engine.values import Range

MOST_LISTED = 8
"""How many unlike things of one sort are listed before the rest is only counted."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """What is known of one thing; `items` where there are several of it."""

    text: str
    items: tuple[str, ...] = ()


class Phrases:
    """Words for one call in one language; `names` are of regions, themes and organisations."""

    def __init__(self, call: Call, language: str, names: Mapping[str, str]) -> None:
        self.call, self.language, self.names = call, language, names

    def given(self, situation: Situation) -> list[Phrase]:
        """What is known in a situation; what is not mentioned is not known."""
        found: list[Phrase | str | None] = [
            self._dated(_("Judged on"), situation.on),
            self._one(_("Stage"), self._stage(situation.stage)),
            self._one(_("Strand"), self._declared("terms.strand", situation.strand)),
            self._listed(situation.partners, self._partner, _("no partners"), _("Partners")),
            self._amount(_("Total cost"), situation.total_cost),
            self._amount(_("Eligible cost"), situation.eligible_cost),
            self._listed(situation.costs, self._line, _("no costs"), _("Costs")),
            self._amount(_("Grant"), situation.grant),
            self._listed(situation.grants, self._line, _("no grant"), _("Grant by line")),
            self._listed(situation.cofunding, self._funding, _("no co-funding"), _("Co-funding")),
            self._listed(situation.themes, self._named, _("no theme"), _("Themes")),
            self._listed(situation.objectives, self._objective, _("no objective"), _("Objectives")),
            self._one(_("Main objective"), self._declared("terms.objective", situation.main_objective)),
            self._listed(situation.targets, self._named, _("no targets"), _("Targets")),
            self._months(situation.duration),
            self._dated(_("Starts"), situation.starts),
            self._dated(_("Ends"), situation.ends),
            *(self._statement(name, value) for name, value in situation.statements.items()),
            self._dated(_("Sent in"), situation.submitted),
            self._dated(_("Question asked"), situation.question),
            self._listed(situation.documents, self._paper, _("no documents"), _("Documents")),
            self._listed(situation.earlier, self._earlier, _("nothing earlier"), _("Earlier")),
            self._listed(situation.applications, self._entrant, _("no applications"), _("Applications")),
            self._listed(situation.assessors, self._assessor, _("no assessors"), _("Assessors")),
            self._listed(situation.opinions, self._opinion, _("no opinions"), _("Opinions")),
            self._listed(situation.changes, self._change, _("no changes"), _("Changes")),
            self._grades(situation.grades),
            *(
                _("Set aside: %(rule)s, because “%(reason)s”") % {"rule": self._rule(one.rule), "reason": one.reason}
                for one in situation.waivers
            ),
        ]
        return [Phrase(one) if isinstance(one, str) else one for one in found if one]

    # Single values.

    def _rule(self, code: str) -> str:
        rule = next((one for one in self.call.rules if one.id == code), None)
        return f"“{rule_heading(self.call, rule, self.language, self.names)}”" if rule is not None else code

    def _word(self, group: str, code: str | None) -> str:
        if not code:
            return ""
        try:
            return fill(f"{group}.{code}", {"n": 1}, self.language)
        except KeyError:
            return code

    def _named(self, code: str | None) -> str:
        return self.names.get(code, code) if code else ""

    def _declared(self, table: str, code: str | None) -> str:
        if not code:
            return ""
        entry = self.call.declared.of(table).get(code)
        return said(entry.text, self.language) if entry is not None and entry.text else code

    def _objective(self, code: str) -> str:
        return self._declared("terms.objective", code)

    def _stage(self, code: str) -> str:
        return next((said(one.text, self.language) for one in self.call.stages if one.id == code), code)

    def _money(self, amount: Decimal | None) -> str:
        return _("amount not known") if amount is None else amounts.money(amount, self.language, self.call.currency)

    @staticmethod
    def _one(label: str, words: str) -> str:
        return f"{label}: {words}" if words else ""

    def _dated(self, label: str, moment: datetime | date | None) -> str:
        if moment is None:
            return ""
        told = "j F Y H:i:s" if isinstance(moment, datetime) and moment.second else "j F Y H:i"
        return f"{label}: {date_format(moment, told if isinstance(moment, datetime) else 'j F Y')}"

    @staticmethod
    def _between(low: str, high: str, value: Range) -> str:
        if value.is_exact:
            return low
        if value.low is None:
            return _("at most %(n)s") % {"n": high}
        return _("at least %(n)s") % {"n": low} if value.high is None else f"{low}–{high}"

    def _amount(self, label: str, value: Range) -> str:
        if value.low is None and value.high is None:
            return ""
        return f"{label}: {self._between(self._money(value.low), self._money(value.high), value)}"

    def _number(self, value: Range) -> str:
        low, high = (amounts.number(one or 0, self.language) for one in (value.low, value.high))
        return self._between(low, high, value)

    def _months(self, value: Range) -> str:
        if value.low is None and value.high is None:
            return ""
        return _("Duration: %(n)s months") % {"n": self._number(value)}

    def _statement(self, name: str, value: Range) -> str:
        statement = self.call.declared.statements.get(name)
        label = said(statement.text, self.language) if statement is not None else name
        if statement is not None and statement.unit == "yes-no":
            return f"{label}: {_('yes') if value.low == 1 else _('no') if value.high == 0 else _('not known')}"
        if statement is not None and statement.unit == "money":
            return self._amount(label, value)
        return f"{label}: {self._number(value)}"

    def _grades(self, grades: Mapping[str, str] | None) -> str:
        if not grades:
            return ""
        texts = {one.id: said(one.text, self.language) for one in self.call.criteria}
        return _("Grades") + ": " + ", ".join(f"{texts.get(key, key)} {grade}" for key, grade in grades.items())

    # Lists: things alike are told once, with their number.

    def _listed[Thing](
        self, things: Sequence[Thing] | None, words: Callable[[Thing], str], none: str, label: str
    ) -> Phrase | None:
        if things is None:
            return None
        if not things:
            return Phrase(none[:1].upper() + none[1:])
        counted = Counter(words(one) for one in things)
        told = [f"{n} × {text}" if n > 1 else text for text, n in counted.items()]
        if len(told) == 1:
            return Phrase(f"{label}: {told[0]}")
        if len(told) > MOST_LISTED:
            rest = len(told) - MOST_LISTED
            told = [*told[:MOST_LISTED], ngettext("%(n)s more", "%(n)s more", rest) % {"n": rest}]
        return Phrase(f"{label} ({len(things)}):", tuple(told))

    @staticmethod
    def _with(head: str, more: Iterable[str]) -> str:
        extras = [one for one in more if one]
        return f"{head} ({', '.join(extras)})" if extras else head

    @staticmethod
    def _flag(value: bool | None, yes: str, no: str) -> str:  # noqa: FBT001 - a fact that may be unknown
        return "" if value is None else yes if value else no

    def _partner(self, one: Partner) -> str:
        where = _("no region") if one.region == NOWHERE else self._place(one.region) or self._place(one.country)
        declared = self.call.declared
        registers = [
            f"{self._declared('registers', key)}: {self._registered(value)}" for key, value in one.registers.items()
        ]
        states = [
            f"{said(declared.statements[key].text, self.language) if key in declared.statements else key}: "
            f"{_('yes') if value else _('no')}"
            for key, value in one.states.items()
        ]
        aid = sum((paid.amount for paid in one.aid), Decimal(0)) if one.aid else None
        return self._with(
            self._word("kind", one.kind) or _("kind not stated"),
            (
                *(self._word("partner-role", role) for role in one.roles or ()),
                where,
                self._one(_("host"), self._named(one.host)),
                self._one(_("seat of the host"), self._place(one.host_region)),
                self._one(_("group"), one.group or ""),
                self._word("legal-forms", one.legal_form),
                self._flag(one.legal_person, _("a legal person"), _("not a legal person")),
                self._flag(one.non_profit, _("non-profit"), _("for profit")),
                self._word("sizes", one.size),
                self._flag(one.financing, _("takes part in the financing"), _("does not take part in the financing")),
                self._flag(one.priority, _("region has the priority"), _("region lacks the priority")),
                self._dated(_("founded"), one.founded),
                *registers,
                *states,
                self._one(_("earlier de minimis aid"), self._money(aid) if aid is not None else ""),
            ),
        )

    def _place(self, code: str | None) -> str:
        if not code or code == NOWHERE:
            return _("no region") if code else ""
        name = self.names.get(code)
        return f"{name} ({code})" if name and name != code else code

    def _registered(self, value: date | str) -> str:
        if isinstance(value, date):
            return date_format(value, "j F Y")
        return _("applied for") if value == "applied" else _("no")

    def _line(self, one: Line | GrantLine) -> str:
        return self._with(
            self._money(one.amount),
            (
                one.by or "",
                *(
                    self._declared(f"terms.{kind}", getattr(one, kind))
                    for kind in ("category", "activity", "phase", "budget")
                ),
                self._place(getattr(one, "place", None)),
                self._word("cost-forms", getattr(one, "form", None)),
                self._flag(getattr(one, "eligible", None), _("eligible"), _("not eligible")),
                getattr(one, "currency", ""),
                _("year %(n)s") % {"n": one.year} if one.year is not None else "",
            ),
        )

    def _funding(self, one: Funding) -> str:
        certified = self._one(_("certified"), self._money(one.certified)) if one.certified is not None else ""
        return self._with(
            self._money(one.amount),
            (
                one.funder,
                self._word("funding-sources", one.source),
                self._word("givers", one.giver),
                self._place(one.giver_region),
                self._word("funding-forms", one.form),
                self._word("funding-states", one.state),
                certified,
                self._dated(_("on"), one.on),
            ),
        )

    def _paper(self, one: Paper) -> str:
        return self._with(
            self._declared("documents", one.type),
            (
                self._one(_("from"), one.by or ""),
                self._one(_("signed by"), self._word("signers", one.signed_by)),
                one.language or "",
                self._one(_("template"), one.template or ""),
                self._flag(one.valid, _("valid"), _("not valid")),
                self._dated(_("on"), one.on),
            ),
        )

    def _earlier(self, one: Earlier) -> str:
        return self._with(
            self._declared("terms.programme", one.programme) or _("an earlier project"),
            (
                one.by or "",
                self._word("earlier-states", one.status),
                one.stage or "",
                one.funder or "",
                self._dated(_("starts"), one.starts),
                self._dated(_("ends"), one.ends),
            ),
        )

    def _entrant(self, one: Entrant) -> str:
        return self._with(
            self._money(one.grant) if one.grant is not None else _("grant not stated"),
            (
                self._named(one.theme),
                self._declared("terms.strand", one.strand),
                self._one(_("led by"), self._named(one.lead)),
                self._word("kind", one.lead_kind),
                self._place(one.region) or self._place(one.country),
                self._word("application-states", one.state),
                self._word("decisions", one.decision),
                _("%(n)s points") % {"n": amounts.number(one.points, self.language)} if one.points is not None else "",
            ),
        )

    def _assessor(self, one: object) -> str:
        conflict: bool | None = getattr(one, "conflict", None)
        known = self._flag(conflict, _("with a conflict of interest"), _("without a conflict of interest"))
        return known or _("conflict of interest not known")

    def _opinion(self, one: object) -> str:
        return self._word("givers", getattr(one, "giver", None)) or _("giver not known")

    def _change(self, one: Change) -> str:
        return self._with(
            self._word("changes", one.kind) or _("a change"),
            (
                self._flag(one.major, _("major"), _("minor")),
                self._declared("terms.category", one.category),
                self._one(_("moved"), self._money(one.amount) if one.amount is not None else ""),
                self._one(_("line before"), self._money(one.line) if one.line is not None else ""),
            ),
        )
