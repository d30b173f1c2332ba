"""Selection: which applications to support under the envelope, proven best, and why not the others."""

from samspel.engine.selection.explain import Mend, WhyNot, why_not
from samspel.engine.selection.pool import TIE_BREAK, Candidate, Limits, PoolError
from samspel.engine.selection.solve import Forced, PoolTooLarge, Portfolio, best, envelopes, frontier

__all__ = [
    "TIE_BREAK",
    "Candidate",
    "Forced",
    "Limits",
    "Mend",
    "PoolError",
    "PoolTooLarge",
    "Portfolio",
    "WhyNot",
    "best",
    "envelopes",
    "frontier",
    "why_not",
]
