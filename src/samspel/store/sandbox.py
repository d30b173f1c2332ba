"""A database beside the database, for trying out what is never to be stored: empty, in memory, gone when one leaves.

Whatever this thread reads and writes inside goes there and nowhere else. The installation's own database is not
touched: nobody waits for a lock, no line comes into its journal and no number of its keys is used up, which a
transaction that is rolled back would do on PostgreSQL.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.utils import ConnectionHandler

if TYPE_CHECKING:
    from collections.abc import Iterator

IN_MEMORY = {DEFAULT_DB_ALIAS: {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}


@contextmanager
def sandbox() -> Iterator[None]:
    """Let this thread work in an empty database with every table of the store; what it does there is undone after."""
    own = ConnectionHandler(IN_MEMORY)[DEFAULT_DB_ALIAS]
    # Django keeps connections for each thread by itself, so another thread goes on with the installation's own.
    kept = connections[DEFAULT_DB_ALIAS]
    # Its name stands for the sandbox from here on: tables are made in a transaction on whatever has that name.
    connections[DEFAULT_DB_ALIAS] = own
    try:
        with own.schema_editor() as editor:
            for model in apps.get_app_config("store").get_models():
                editor.create_model(model)
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
    finally:
        connections[DEFAULT_DB_ALIAS] = kept
        if own.connection is not None:
            own.connection.close()
