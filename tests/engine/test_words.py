"""A text that stands in several languages is said in the one that is asked for, or else in the first there is."""

from __future__ import annotations

import pytest

from samspel.engine.calls.text import said


@pytest.mark.parametrize(
    "words, language, text",
    [
        ((("sv", "Mål"), ("en", "Goal")), "sv", "Mål"),
        ((("sv", "Mål"), ("en", "Goal")), "en", "Goal"),
        ((("sv", "Mål"), ("en", "")), "en", "Mål"),
        ((("sv", "Mål"),), "fi", "Mål"),
        ((), "sv", ""),
    ],
)
def test_a_text_is_said_in_a_language_or_in_the_first_there_is(words, language, text):
    assert said(words, language) == text
