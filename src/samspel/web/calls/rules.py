"""The rules of a call as one reads them: by what they are about, each with its words, what follows and its source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from samspel.engine.calls.judging.judge import concerns
from samspel.engine.calls.vocabulary import COLLECTION_OF_QUANTITY
from samspel.wording import term
from samspel.wording.rules import rule_in_full
from samspel.wording.say import fill

if TYPE_CHECKING:
    from samspel.engine.calls.text import Rule
    from samspel.web.calls.speaking import Speaking

MATTERS = ("who", "money", "application", "selection", "after")
"""What rules are about, in the order of the page."""

_MONEY = {"cost", "grant", "cofunding", "aid"}


def about(rule: Rule) -> str:
    """What a rule is about: who applies, the money, the application, the selection, or what comes after the award."""
    if rule.over == "changes":
        return "after"
    if rule.over != "application":
        return "selection"
    if concerns(rule, "constellation"):
        return "who"
    sums = (one for one in rule.needs.measures() if one.head in ("amount", "share"))
    return "money" if any(COLLECTION_OF_QUANTITY.get(one.what) in _MONEY for one in sums) else "application"


def told(speaking: Speaking, rule: Rule) -> dict[str, Any]:
    """One rule for the part `calls/rule_list.html`."""
    should = fill("rule.should", {}, speaking.language)
    full = rule_in_full(speaking.text, rule, speaking.language, speaking.names)
    return {
        "id": rule.id,
        "text": full.heading,
        "formal": full.formal,
        "words": full.formal if full.formal != full.heading else "",
        "should": full.severity == "should",
        # Whose words they are is said beside the source, and a recommendation is tagged: both in fewer words.
        "notes": [note for note in full.notes if full.layer not in note and note != should],
        "layer": speaking.layer(rule.layer),
        "instead": term("layer", rule.replaces, speaking.language) if rule.replaces else "",
        "source": speaking.cited(rule.source),
    }


def by_matter(speaking: Speaking) -> dict[str, list[dict[str, Any]]]:
    """The rules of the call by what they are about, each in the text's order."""
    found: dict[str, list[dict[str, Any]]] = {one: [] for one in MATTERS}
    for rule in speaking.text.rules:
        found[about(rule)].append(told(speaking, rule))
    return found
