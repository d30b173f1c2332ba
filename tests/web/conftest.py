"""The marked world for the tests of pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.web.marked import Marked, build

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Marked]:
    """Build the marked world once for this module and take it away again."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)
