"""What a refusal must be: the reason, word for word, and not a line in the journal."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from samspel.actions._perform import RefusedError
from samspel.engine.verdicts import Reason
from tests.worlds.situations import journal_length

if TYPE_CHECKING:
    from collections.abc import Iterator

    from samspel.engine.verdicts import Said


@contextmanager
def refused(code: str, **values: Said) -> Iterator[None]:
    """Expect what is done inside to be refused for exactly this reason, and to leave no trace in the journal."""
    before = journal_length()
    with pytest.raises(RefusedError) as caught:
        yield
    assert caught.value.reason == Reason.of(code, **values)
    assert journal_length() == before
