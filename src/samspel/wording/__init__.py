"""Reasons become sentences here, in Swedish and English side by side; nothing else in Samspel words a judgement."""

from samspel.wording.problems import expected, found, located
from samspel.wording.rules import (
    ToldNumber,
    ToldRule,
    layer_words,
    parameter_words,
    rule_heading,
    rule_in_full,
    rule_words,
)
from samspel.wording.say import LANGUAGES, Names, label, say, term
from samspel.wording.verdicts import ToldFinding, ToldVerdict, tell, tell_finding

__all__ = [
    "LANGUAGES",
    "Names",
    "ToldFinding",
    "ToldNumber",
    "ToldRule",
    "ToldVerdict",
    "expected",
    "found",
    "label",
    "layer_words",
    "located",
    "parameter_words",
    "rule_heading",
    "rule_in_full",
    "rule_words",
    "say",
    "tell",
    "tell_finding",
    "term",
]
