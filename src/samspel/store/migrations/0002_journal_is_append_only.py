"""The database itself refuses to change or remove a line of the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import migrations

if TYPE_CHECKING:
    from django.apps.registry import Apps
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SQLITE = """
CREATE TRIGGER journal_no_{verb} BEFORE {verb} ON store_journalentry
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END
"""
SQLITE_REPLACE = """
CREATE TRIGGER journal_no_replace BEFORE INSERT ON store_journalentry
WHEN EXISTS (SELECT 1 FROM store_journalentry WHERE number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END
"""
POSTGRESQL = """
CREATE FUNCTION journal_is_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the journal is append-only'; END $$;
CREATE TRIGGER journal_append_only BEFORE UPDATE OR DELETE ON store_journalentry
FOR EACH ROW EXECUTE FUNCTION journal_is_append_only();
CREATE TRIGGER journal_not_emptied BEFORE TRUNCATE ON store_journalentry
FOR EACH STATEMENT EXECUTE FUNCTION journal_is_append_only();
"""


def forbid(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001 - Django's signature
    """Put the triggers in place for the database at hand."""
    if schema_editor.connection.vendor == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            schema_editor.execute(SQLITE.format(verb=verb))
        schema_editor.execute(SQLITE_REPLACE)
    else:
        schema_editor.execute(POSTGRESQL)


class Migration(migrations.Migration):
    """Append-only journal."""

    dependencies: ClassVar = [("store", "0001_the_house")]
    operations: ClassVar = [migrations.RunPython(forbid, migrations.RunPython.noop)]
