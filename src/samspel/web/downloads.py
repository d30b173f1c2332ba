"""The same facts as files: CSV and JSON, in UTF-8, with one header line and codes beside names."""

from __future__ import annotations

import csv
import json
from io import StringIO
from typing import TYPE_CHECKING

from django.http import HttpResponse

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def _cell(value: object) -> str:
    """A value as text. One that a spreadsheet would take for a formula gets an apostrophe before it."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def csv_file(name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """A table as a CSV file to be kept."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return _file(name, text.getvalue(), "text/csv; charset=utf-8; header=present")


def json_file(name: str, content: Mapping[str, object]) -> HttpResponse:
    """Values as a JSON file to be kept; what JSON has no form for is written as text."""
    body = json.dumps(content, ensure_ascii=False, indent=2, default=str)
    return _file(name, f"{body}\n", "application/json")


def _file(name: str, text: str, content_type: str) -> HttpResponse:
    return HttpResponse(
        text, content_type=content_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
