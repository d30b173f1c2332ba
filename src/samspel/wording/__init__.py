"""Reasons become sentences here, in Swedish and English side by side; nothing else in Samspel words a judgement."""

from samspel.wording.problems import expected, found, located
from samspel.wording.say import LANGUAGES, Names, say, term
from samspel.wording.verdicts import ToldFinding, ToldVerdict, tell

__all__ = ["LANGUAGES", "Names", "ToldFinding", "ToldVerdict", "expected", "found", "located", "say", "tell", "term"]
