"""What people type into an application, read into the contents that are stored, field by field.

The same flat fields come from the form in the browser and from the command line. What cannot be read is told
with its field, and nothing of that part is then stored.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from samspel.engine.applications import FunderKind, FundingForm, FundingState
from samspel.engine.values import AmountError, plain_text, read_amount
from samspel.engine.verdicts import Reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from samspel.engine.calls.text import Question

LONGEST_FUNDER = 200
MOST_FUNDERS = 100


@dataclass(frozen=True, slots=True)
class FieldError:
    """A field whose text could not be read, and why."""

    field: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Draft:
    """A part as it was typed: the content to store, and every field that could not be read."""

    content: dict[str, Any]
    errors: tuple[FieldError, ...]


def read_answers(fields: Mapping[str, str], *, questions: Iterable[Question]) -> Draft:
    """Read the answers; one that is too long is an error, one that is empty is not answered yet."""
    content, errors = {}, []
    for question in questions:
        text = plain_text(fields.get(question.id, "")).strip()
        if len(text) > question.longest:
            over = len(text) - question.longest
            errors.append(FieldError(question.id, Reason.of("gap.too-long", over=over, longest=question.longest)))
        content[question.id] = text
    return Draft(content, tuple(errors))


def _amount(fields: Mapping[str, str], name: str, errors: list[FieldError]) -> str | None:
    text = fields.get(name, "").strip()
    if not text:
        return None
    try:
        return str(read_amount(text))
    except AmountError as error:
        errors.append(FieldError(name, Reason.of(error.code, text=error.text)))
        return None


def read_budget(fields: Mapping[str, str], *, members: Iterable[str]) -> Draft:
    """Read the cost of each member (field `cost-<organisation>`) and the grant applied for (`grant`)."""
    errors: list[FieldError] = []
    costs = {member: _amount(fields, f"cost-{member}", errors) for member in members}
    return Draft({"costs": costs, "grant": _amount(fields, "grant", errors)}, tuple(errors))


def read_cofunding(fields: Mapping[str, str]) -> Draft:
    """Read co-funding rows: `funder-N`, `amount-N`, `kind-N`, `form-N`, `state-N` for N from 0.

    A row without funder and amount is left out; one with only one of them is an error.
    """
    errors: list[FieldError] = []
    items = []
    numbers = sorted({int(n) for n in (name.partition("-")[2] for name in fields) if n.isdecimal() and len(n) <= 3})  # noqa: PLR2004 - more rows than MOST_FUNDERS are not read
    for n in numbers[:MOST_FUNDERS]:
        funder = " ".join(plain_text(fields.get(f"funder-{n}", "")).split())
        if not funder and not fields.get(f"amount-{n}", "").strip():
            continue
        amount = _amount(fields, f"amount-{n}", errors)
        if not funder:
            errors.append(FieldError(f"funder-{n}", Reason.of("cofunding.funder-missing")))
        if len(funder) > LONGEST_FUNDER:
            errors.append(FieldError(f"funder-{n}", Reason.of("cofunding.funder-too-long", longest=LONGEST_FUNDER)))
        if amount is None and not any(error.field == f"amount-{n}" for error in errors):
            errors.append(FieldError(f"amount-{n}", Reason.of("amount.empty", text="")))
        item = {"funder": funder, "amount": amount}
        for name, choices in (("kind", FunderKind), ("form", FundingForm), ("state", FundingState)):
            chosen = fields.get(f"{name}-{n}", next(iter(choices)).value)
            if chosen not in list(choices):
                errors.append(FieldError(f"{name}-{n}", Reason.of("choice.unknown", choices=" ".join(choices))))
            item[name] = chosen
        items.append(item)
    return Draft({"items": items}, tuple(errors))


def read_part(part: str, fields: Mapping[str, str], *, questions: Iterable[Question], members: Iterable[str]) -> Draft:
    """Read the fields of one part of an application.

    Raises:
        KeyError: there is no such part.
    """
    return {
        "answers": lambda: read_answers(fields, questions=questions),
        "budget": lambda: read_budget(fields, members=members),
        "cofunding": lambda: read_cofunding(fields),
    }[part]()
