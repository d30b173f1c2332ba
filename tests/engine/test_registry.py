"""Regions are cut to a level and touch when one lies in the other."""

from __future__ import annotations

import pytest

from samspel.engine.registry import at_level, touches


@pytest.mark.parametrize("level, code", [(0, "SE"), (1, "SE2"), (2, "SE23"), (3, "SE232")])
def test_a_code_is_cut_to_a_level(level, code):
    assert at_level("SE232", level) == code


def test_a_coarse_code_has_no_finer_level():
    with pytest.raises(ValueError, match="SE2 has no level 2"):
        at_level("SE2", 2)


@pytest.mark.parametrize(
    "one, other, wanted",
    [("SE12", "SE121", True), ("SE121", "SE12", True), ("SE12", "SE12", True), ("SE12", "SE110", False)],
)
def test_regions_touch_when_one_lies_in_the_other(one, other, wanted):
    assert touches(one, other) is wanted
