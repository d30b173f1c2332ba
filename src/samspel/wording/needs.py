"""Conditions as words: a condition read aloud from its values, alone or inside a longer sentence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import groupby

from samspel.engine.calls.conditions import Need
from samspel.engine.verdicts import Said
from samspel.wording.filters import MAIN, ONE, SUBORDINATE, people, predicate, with_attributes
from samspel.wording.measures import inverse, is_noun, measure_words
from samspel.wording.voice import Voice

_TWO = 2


@dataclass(frozen=True)
class Reading:
    """How conditions are read: whose voice, over what, whether as a sentence, and where Swedish puts "inte"."""

    voice: Voice
    over: str = "application"
    clause: bool = False
    main: int = MAIN

    @property
    def inside(self) -> Reading:
        """The same, for a subordinate sentence ("when …")."""
        return replace(self, clause=True, main=SUBORDINATE)

    def words(self, need: Need, *, yes: bool = True) -> str:
        """A condition in words; with `yes` false, its opposite."""
        if need.operator in ("all", "any", "not"):
            items, joint = self._composed(need, yes=yes)
            return self.voice.listing(items, joint) if items else self.voice.fill("say.nothing")
        if need.measure is not None:
            return self._measured(need, yes=yes)
        return self._tested(need, yes=yes)

    # -- composed conditions

    def _composed(self, need: Need, *, yes: bool) -> tuple[list[str], str]:
        """The parts in words and what joins them; comparisons of one measure are told together."""
        if need.operator == "not":
            yes, need = not yes, need.parts[0]
            if need.operator not in ("all", "any", "not"):
                return [self.words(need, yes=yes)], "and"
            return self._composed(need, yes=yes)
        together = (need.operator == "all") == yes
        groups = [list(group) for _, group in groupby(need.parts, key=_alike)]
        nouns = all(leaf.measure is not None and is_noun(leaf.measure) for leaf in need.leaves())
        reading = self if nouns or len(groups) == 1 else replace(self, clause=True)
        return reading.listed(need, groups, yes=yes, together=together), "and" if together else "or"

    def listed(self, need: Need, groups: list[list[Need]], *, yes: bool, together: bool) -> list[str]:
        """The parts of a composed condition in words."""
        items = []
        for parts in groups:
            if len(parts) > 1 and parts[0].operator == "states":
                items.append(self.words(_stated(parts, "and" if together else "or"), yes=yes))
            elif yes and together and len(parts) > 1 and _plain(parts[0]):
                items.append(measure_words(self.voice, parts, clause=self.clause, main=self.main, over=self.over))
            else:
                items += [self._part(part, yes=yes, alone=len(need.parts) == 1) for part in parts]
        return items

    def _part(self, need: Need, *, yes: bool, alone: bool) -> str:
        text = self.words(need, yes=yes)
        composed = need.operator in ("all", "any") and len(need.parts) > 1
        return f"({text})" if composed and not alone else text

    # -- conditions with a number

    def _measured(self, need: Need, *, yes: bool) -> str:
        if not yes:
            turned = inverse(need.operator)
            per = need.measure is not None and need.measure.per
            if not turned or per:
                return self._denied(need)
            need = replace(need, operator=turned)
        return measure_words(self.voice, (need,), clause=self.clause, main=self.main, over=self.over)

    def _denied(self, need: Need) -> str:
        return self.voice.fill("say.not", what=self.inside.words(need), main=self.main)

    # -- conditions without a number

    def _tested(self, need: Need, *, yes: bool) -> str:
        if not yes and need.operator in ("some", "none"):
            return self._tested(replace(need, operator="none" if need.operator == "some" else "some"), yes=True)
        if not yes and need.operator not in _DENIABLE:
            return self._denied(need)
        return _TESTS[need.operator](self, need, yes)


def _alike(need: Need) -> object:
    """What makes conditions that stand side by side be told together: the same measure, or statements."""
    return need.measure if _plain(need) else need.operator if need.operator == "states" else need


def _stated(parts: list[Need], joint: str) -> Need:
    return Need("states", names=tuple(one.names[0] for one in parts), each=joint)


def _plain(need: Need) -> bool:
    return need.measure is not None and need.against is None


def _lead(reading: Reading, need: Need, yes: bool) -> str:  # noqa: FBT001 - whether it holds is the question
    is_ = predicate(reading.voice, need.filter, "partner", n=ONE, main=reading.main, yes=yes)
    return reading.voice.fill("say.lead", **{"is": is_})


def _every(reading: Reading, need: Need, yes: bool) -> str:  # noqa: FBT001 - as above
    main = reading.main if yes else SUBORDINATE
    is_ = predicate(reading.voice, need.filter, "partner", n=ONE, main=main)
    who = people(reading.voice, need.among, ONE)
    values: dict[str, Said] = {"who": who, "is": is_, "main": reading.main}
    return reading.voice.fill("say.every" if yes else "say.every.not", **values)


def _one_of_them(reading: Reading, need: Need, _yes: bool) -> str:  # noqa: FBT001 - as above
    is_ = predicate(reading.voice, need.filter, "partner", n=ONE, main=reading.main)
    return reading.voice.fill(f"say.{need.operator}", **{"is": is_})


def _every_application(reading: Reading, need: Need, _yes: bool) -> str:  # noqa: FBT001 - as above
    noun = reading.over if reading.over in ("awards", "reserve") else "applications"
    is_ = predicate(reading.voice, need.filter, "application", n=ONE, main=reading.main)
    return reading.voice.fill("say.every_application", **{"who": reading.voice.fill(f"noun.{noun}", n=ONE), "is": is_})


def _apart(reading: Reading, need: Need, _yes: bool) -> str:  # noqa: FBT001 - as above
    roles = [reading.voice.fill(f"roles.{one}", n=ONE) for one in need.names]
    code = "say.apart" if len(roles) == _TWO else "say.apart.many"
    return reading.voice.fill(code, roles=reading.voice.listing(roles))


def document_words(reading: Reading, need: Need) -> str:
    """A document, and whom it must come from."""
    voice, text = reading.voice, reading.voice.document(need.names[0])
    match need.each:
        case "":
            return text
        case "lead":
            who = voice.fill("each.lead")
        case "cofunder":
            cofunder = voice.fill("noun.cofunders", n=ONE)
            if need.among:
                given = with_attributes(voice, voice.fill("quantity.cofunding"), need.among, "cofunding", ONE)
                cofunder = voice.fill("noun.regions.of", what=cofunder, who=given)
            who = voice.fill("who.every", who=cofunder)
        case _:
            who = voice.fill("who.every", who=people(voice, need.among, ONE))
    return voice.fill("say.document.from", document=text, who=who)


def _document(reading: Reading, need: Need, yes: bool) -> str:  # noqa: FBT001 - as above
    code = "say.document" if yes else "say.document.not"
    return reading.voice.fill(code, document=document_words(reading, need), main=reading.main)


def _states(reading: Reading, need: Need, yes: bool) -> str:  # noqa: FBT001 - as above
    code = "say.states" if yes else "say.states.not"
    told = reading.voice.listing((reading.voice.statement(one) for one in need.names), need.each or "and")
    return reading.voice.fill(code, statement=told, main=reading.main)


def _in_time(reading: Reading, need: Need, _yes: bool) -> str:  # noqa: FBT001 - as above
    """In time, and until when where there is one window and it says so."""
    what, windows = reading.voice.fill(f"say.in_time.{need.names[0]}"), reading.voice.call.windows
    if len(windows) != 1:
        return what
    last = windows[0].closes if need.names[0] == "submission" else windows[0].questions_until
    return what if last is None else reading.voice.fill("say.in_time.by", what=what, moment=reading.voice.moment(last))


def _ranked(reading: Reading, _need: Need, _yes: bool) -> str:  # noqa: FBT001 - as above
    return reading.voice.fill("say.ranked")


def _strand(reading: Reading, need: Need, yes: bool) -> str:  # noqa: FBT001 - as above
    strands = [reading.voice.quoted(reading.voice.entry("terms.strand", one)) for one in need.names]
    code = "say.strand" if yes else "say.strand.not"
    return reading.voice.fill(code, strand=reading.voice.listing(strands, "or"), main=reading.main)


_DENIABLE = frozenset({"lead", "every", "document", "states", "strand"})
_TESTS: dict[str, Callable[[Reading, Need, bool], str]] = {
    "lead": _lead,
    "every": _every,
    "some": _one_of_them,
    "none": _one_of_them,
    "every_application": _every_application,
    "apart": _apart,
    "document": _document,
    "states": _states,
    "in_time": _in_time,
    "ranked": _ranked,
    "strand": _strand,
}
"""How each condition without a number is told."""
