"""Reads conditions: each has one head, names what the vocabulary or the call knows, and compares like with like."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from samspel.engine.calls import vocabulary
from samspel.engine.calls.conditions import EVERYTHING, Ask, Filter, Measure, Need
from samspel.engine.calls.text import Declared, Parameter
from samspel.engine.located import File, one_of
from samspel.engine.registry import is_code
from samspel.engine.verdicts import Reason

NOTHING = Need(operator="all")
DEEPEST = 8
_HEADS = (*vocabulary.MEASURES, *vocabulary.TESTS, *vocabulary.COMPOSITIONS)


@dataclass(frozen=True, slots=True)
class Conditions:
    """A reader of the conditions in one file, knowing the call's parameters and what it declares."""

    file: File
    parameters: Mapping[str, Parameter]
    declared: Declared

    def need(self, value: object, at: str, *, over: str = "application", depth: int = 0) -> Need:
        """Read a condition; what is wrong is blamed, and something harmless given back."""
        table = value if isinstance(value, Mapping) else {}
        heads = [head for head in _HEADS if head in table]
        if len(heads) != 1 or depth > DEEPEST:
            heads_known = Reason.of("expected.condition", heads=" ".join(_HEADS))
            self.file.blame(at, heads_known if depth <= DEEPEST else "shallower", table or value)
            return NOTHING
        head = heads[0]
        if head in vocabulary.COMPOSITIONS:
            return self._composed(table, head, at, over, depth)
        if head in vocabulary.MEASURES:
            return self._comparison(table, head, at, over)
        return self._test(table, head, at)

    def _composed(self, table: Mapping[str, object], head: str, at: str, over: str, depth: int) -> Need:
        self.file.only(table, head, at)
        inner = table[head]
        parts = inner if isinstance(inner, list) else [inner]
        if not parts or (head == "not") == isinstance(inner, list):
            self.file.blame(f"{at}.{head}", "one-condition" if head == "not" else "conditions", inner)
            return NOTHING
        needs = tuple(self.need(part, f"{at}.{head}", over=over, depth=depth + 1) for part in parts)
        return Need(operator=head, parts=needs)

    # -- measures

    def _comparison(self, table: Mapping[str, object], head: str, at: str, over: str) -> Need:
        compared = [one for one in vocabulary.COMPARISONS if one in table]
        if len(compared) != 1:
            self.file.blame(at, Reason.of("expected.comparison", comparisons=" ".join(vocabulary.COMPARISONS)), table)
            return NOTHING
        operator = compared[0]
        measure = self.measure({k: v for k, v in table.items() if k != operator}, at, over=over)
        bound, path = table[operator], f"{at}.{operator}"
        if isinstance(bound, Mapping):
            against = self.measure(bound, path, over=over)
            if self.unit(against) != self.unit(measure):
                self.file.blame(path, Reason.of("expected.parameter-of-unit", unit=self.unit(measure)), against.what)
            return Need(operator=operator, measure=measure, against=against)
        name = self.parameter(bound, path, self.unit(measure))
        parameter = self.parameters.get(name)
        if parameter and head == "share" and measure.of and parameter.of and parameter.of != measure.of:
            self.file.blame(path, Reason.of("expected.same-denominator", of=measure.of), parameter.of)
        return Need(operator=operator, measure=measure, parameter=name)

    def parameter(self, value: object, path: str, unit: str) -> str:
        """Read the name of a parameter of this unit; an unknown one is blamed and given back empty."""
        if not isinstance(value, str):
            self.file.blame(path, "parameter", value)
        elif value not in self.parameters:
            self.file.blame(path, one_of(sorted(self.parameters)), value)
        elif unit and self.parameters[value].unit != unit:
            self.file.blame(path, Reason.of("expected.parameter-of-unit", unit=unit), self.parameters[value].unit)
        else:
            return value
        return ""

    def unit(self, measure: Measure) -> str:
        """The unit of a measure."""
        if measure.head == "fact":
            statement = self.declared.statements.get(measure.what)
            return statement.unit if statement else vocabulary.FACTS.get(measure.what, "")
        return {"count": "count", "share": "share", "amount": "money"}[measure.head]

    def measure(self, table: Mapping[str, object], at: str, *, over: str) -> Measure:
        """Read a measure: its head, its denominator, its filters, its level and its groups."""
        heads = [head for head in vocabulary.MEASURES if head in table]
        if len(heads) != 1:
            self.file.blame(at, one_of(vocabulary.MEASURES), table)
            return Measure("fact", "")
        head = heads[0]
        what = self._what(table, head, at, over)
        groups = vocabulary.groups(what, over, sorted(self.declared.sets())) if what else vocabulary.GROUPS
        allowed = [head, vocabulary.MODIFIERS[head], vocabulary.MODIFIERS_OF.get(what, "")]
        self.file.only(table, " ".join([*allowed, "per"] if groups else allowed), at)
        of, level = "", ""
        if head == "share":
            of = self.file.take(table, "of", str, "", at) if "of" in table else ""
            if not of:
                self.file.blame(
                    f"{at}.of", Reason.of("expected.denominator", choices=" ".join(vocabulary.DENOMINATORS))
                )
            elif of not in vocabulary.denominators(what, over):
                self.file.blame(f"{at}.of", one_of(vocabulary.denominators(what, over)), of)
        if "level" in table:
            level = self.file.take(table, "level", str, "", at)
            levels = (*vocabulary.LEVELS, *sorted(self.declared.sets()))
            if level not in levels:
                self.file.blame(f"{at}.level", one_of(levels), level)
        collection, whole = self._collection(head, what, over), self._collection(head, of, over)
        return Measure(
            head=head,
            what=what,
            of=of,
            where=self.filter(table["where"], f"{at}.where", collection) if "where" in table else EVERYTHING,
            of_where=self.filter(table["of_where"], f"{at}.of_where", whole) if "of_where" in table else EVERYTHING,
            among=self.filter(table["among"], f"{at}.among", "partner") if "among" in table else EVERYTHING,
            level=level,
            per=self._per(table, at, [one for one in groups if self._divides(one, of, over)]),
            years=self.parameter(table["years"], f"{at}.years", "years") if "years" in table else "",
        )

    def _what(self, table: Mapping[str, object], head: str, at: str, over: str) -> str:
        numbers = [s.id for s in self.declared.statements.values() if s.of == "project" and s.unit != "yes-no"]
        choices = (*vocabulary.FACTS, *numbers) if head == "fact" else vocabulary.numbered(head, over)
        what = self.file.take(table, head, str, "", at)
        if what and what not in choices:
            self.file.blame(f"{at}.{head}", one_of(choices), what)
            return ""
        return what

    def _collection(self, head: str, what: str, over: str) -> str:
        if over in vocabulary.SET_LEVEL:
            return "application"
        if head == "count":
            return vocabulary.NOUNS[what].collection if what in vocabulary.NOUNS else ""
        return vocabulary.COLLECTION_OF_DENOMINATOR.get(what, "")

    def _divides(self, group: str, of: str, over: str) -> bool:
        """Whether what a share is of falls into these groups too; the envelope is one and the same for each."""
        return of in ("", "envelope") or group in vocabulary.groups(of, over, self.declared.sets())

    def _per(self, table: Mapping[str, object], at: str, groups: list[str]) -> str:
        if "per" not in table or not groups:
            return ""
        per = self.file.take(table, "per", str, "", at)
        if per not in groups:
            self.file.blame(f"{at}.per", one_of(groups), per)
        return per

    # -- filters

    def filter(self, value: object, at: str, collection: str, depth: int = 0) -> Filter:
        """Read a filter on the things of one collection."""
        if not isinstance(value, Mapping) or depth > DEEPEST:
            self.file.blame(at, "table" if depth <= DEEPEST else "shallower", value)
            return EVERYTHING
        asks, parts = [], []
        known = vocabulary.ATTRIBUTES.get(collection, {})
        for key, inner in value.items():
            path = f"{at}.{key}"
            if key == "any":
                choices = inner if isinstance(inner, list) and inner else []
                if not choices:
                    self.file.blame(path, "filters", inner)
                parts.append(Filter("any", parts=tuple(self.filter(c, path, collection, depth + 1) for c in choices)))
            elif key == "not":
                parts.append(Filter("not", parts=(self.filter(inner, path, collection, depth + 1),)))
            elif key in known:
                asks.append(self._ask(key, inner, path, known[key], depth))
            else:
                self.file.blame(path, one_of((*known, "any", "not")), key)
        return Filter("all", tuple(asks), tuple(parts))

    def _ask(self, key: str, value: object, path: str, attribute: vocabulary.Attribute, depth: int) -> Ask:
        match attribute.sort:
            case "flag":
                if not isinstance(value, bool):
                    self.file.blame(path, "boolean", value)
                return Ask(key, flag=value is True)
            case "parameter":
                return Ask(key, (self.parameter(value, path, attribute.choices[0]),))
            case "filter":
                return Ask(key, inner=self.filter(value, path, attribute.choices[0], depth + 1))
        values = value if isinstance(value, list) else []
        if not values:
            self.file.blame(path, "list", value)
        choices = self._choices(attribute)
        for one in values:
            if wrong := self._wrong(one, attribute, choices):
                self.file.blame(path, wrong, one)
        return Ask(key, tuple(str(one) for one in values))

    def _wrong(self, one: object, attribute: vocabulary.Attribute, choices: tuple[str, ...] | None) -> Reason | str:
        """What was expected instead of one of an attribute's values; empty where nothing is wrong."""
        if attribute.sort == "numbers":
            return "" if isinstance(one, int) and not isinstance(one, bool) else "whole-number"
        if not isinstance(one, str) or not one:
            return "text"
        if choices is not None and one not in choices:
            return one_of(choices) if choices else Reason.of("expected.declared", table=attribute.choices[0])
        return "code" if attribute.sort == "codes" and not is_code(one) else ""

    def _choices(self, attribute: vocabulary.Attribute) -> tuple[str, ...] | None:
        if attribute.sort == "one-of":
            return attribute.choices
        if attribute.sort != "declared":
            return None
        if attribute.choices[0] == "statements":
            return tuple(s.id for s in self.declared.statements.values() if s.of == "partner")
        return tuple(self.declared.of(attribute.choices[0]))

    # -- tests

    def _test(self, table: Mapping[str, object], head: str, at: str) -> Need:
        allowed = {"every": "among", "document": "each among" if "each" in table else "each"}.get(head, "")
        self.file.only(table, f"{head} {allowed}", at)
        value, path = table[head], f"{at}.{head}"
        if head in ("lead", "every", "some", "none", "every_application"):
            collection = "application" if head == "every_application" else "partner"
            among = self.filter(table["among"], f"{at}.among", "partner") if "among" in table else EVERYTHING
            return Need(operator=head, filter=self.filter(value, path, collection), among=among)
        if head == "apart":
            roles = value if isinstance(value, list) else []
            if len(roles) < 2 or any(role not in vocabulary.ROLES for role in roles):  # noqa: PLR2004 - apart from what
                self.file.blame(path, Reason.of("expected.roles", choices=" ".join(vocabulary.ROLES)), value)
            return Need(operator=head, names=tuple(map(str, roles)))
        if head == "strand":
            return Need(operator=head, names=self._ask(head, value, path, vocabulary.STRAND, 0).values)
        choices = {
            "document": tuple(self.declared.of("documents")),
            "states": tuple(
                s.id for s in self.declared.statements.values() if s.of == "project" and s.unit == "yes-no"
            ),
            "in_time": vocabulary.IN_TIME,
            "ranked": ("reserve",),
        }[head]
        name = self.file.take(table, head, str, "", at)
        if name not in choices:
            self.file.blame(path, one_of(choices), name)
        each = self.file.take(table, "each", str, "", at) if "each" in table else ""
        if each and each not in vocabulary.EACH:
            self.file.blame(f"{at}.each", one_of(vocabulary.EACH), each)
        collection = "cofunding" if each == "cofunder" else "partner"
        among = self.filter(table["among"], f"{at}.among", collection) if "among" in table else EVERYTHING
        return Need(operator=head, names=(name,), each=each, among=among)
