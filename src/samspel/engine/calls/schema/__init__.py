"""The JSON Schema of a call's files, so that an editor can complete and check them while they are written."""

from samspel.engine.calls.schema.files import FILES, schema

__all__ = ["FILES", "schema"]
