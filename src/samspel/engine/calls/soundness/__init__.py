"""Soundness: whether a call can be applied to at all, and what in it is hardly meant."""

from samspel.engine.calls.soundness.oversights import Caution, undecidable
from samspel.engine.calls.soundness.proving import contradictions, warnings
from samspel.engine.calls.soundness.sources import headings, uncited

__all__ = ["Caution", "contradictions", "headings", "uncited", "undecidable", "warnings"]
