"""What is typed into a part is read field by field; what cannot be read is told, and everything that can be is kept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspel.engine.drafts import Draft, FieldError, read_part
from samspel.engine.verdicts import Reason
from tests.engine.sample import real_call

QUESTIONS = real_call().questions
ROW = {"funder-0": "Regionen", "amount-0": "1 000", "kind-0": "private", "form-0": "in-kind", "state-0": "applied"}
STORED = {"funder": "Regionen", "amount": "1000.00", "kind": "private", "form": "in-kind", "state": "applied"}


def typed(part: str, fields: dict[str, str], members: tuple[str, ...] = ("a", "b")) -> Draft:
    return read_part(part, fields, questions=QUESTIONS, members=members)


def test_answers_are_read_and_what_is_left_out_is_empty():
    draft = typed("answers", {"need": "  Rad ett\r\nrad två  ", "beauty": "stryks"})
    assert draft.errors == ()
    assert draft.content == {"need": "Rad ett\nrad två", "together": "", "goals": "", "lasting": "", "risks": ""}


def test_an_answer_has_a_longest_length():
    assert typed("answers", {"risks": "x" * 1000}).errors == ()
    assert typed("answers", {"risks": "x" * 1003}).errors == (
        FieldError("risks", Reason.of("gap.too-long", over=3, longest=1000)),
    )


def test_a_budget_is_read_for_the_members_there_are():
    draft = typed("budget", {"cost-a": "1 000,5", "cost-c": "9", "grant": " "})
    assert (draft.content, draft.errors) == ({"costs": {"a": "1000.50", "b": None}, "grant": None}, ())


def test_amounts_that_cannot_be_read_are_told_field_by_field():
    draft = typed("budget", {"cost-a": "x", "cost-b": "-1", "grant": "5"})
    assert draft.content == {"costs": {"a": None, "b": None}, "grant": "5.00"}
    assert draft.errors == (
        FieldError("cost-a", Reason.of("amount.unreadable", text="x")),
        FieldError("cost-b", Reason.of("amount.negative", text="-1")),
    )


def test_a_row_of_cofunding_is_read():
    assert typed("cofunding", ROW) == Draft({"items": [STORED]}, ())


def test_what_is_not_chosen_is_the_first_choice():
    stored = {"funder": "R", "amount": "5.00", "kind": "public", "form": "cash", "state": "intended"}
    assert typed("cofunding", {"funder-3": " R ", "amount-3": "5"}) == Draft({"items": [stored]}, ())


def test_rows_come_in_the_order_of_their_numbers_and_empty_ones_are_left_out():
    fields = {
        "funder-10": "Tio",
        "amount-10": "10",
        "funder-2": "Två",
        "amount-2": "2",
        "funder-5": " ",
        "amount-5": "",
    }
    assert [item["funder"] for item in typed("cofunding", fields).content["items"]] == ["Två", "Tio"]


@pytest.mark.parametrize(
    "changed, errors",
    [
        ({"funder-0": " "}, [("funder-0", Reason.of("cofunding.funder-missing"))]),
        ({"funder-0": "x" * 201}, [("funder-0", Reason.of("cofunding.funder-too-long", longest=200))]),
        ({"amount-0": ""}, [("amount-0", Reason.of("amount.empty", text=""))]),
        ({"amount-0": "mycket"}, [("amount-0", Reason.of("amount.unreadable", text="mycket"))]),
        ({"kind-0": "own"}, [("kind-0", Reason.of("choice.unknown", choices="public private"))]),
        ({"form-0": ""}, [("form-0", Reason.of("choice.unknown", choices="cash in-kind"))]),
        ({"state-0": "paid"}, [("state-0", Reason.of("choice.unknown", choices="intended applied decided"))]),
    ],
)
def test_a_row_that_cannot_be_read_says_where_and_why(changed, errors):
    assert typed("cofunding", ROW | changed).errors == tuple(FieldError(*one) for one in errors)


def test_no_more_rows_are_read_than_the_most():
    fields = {f"{name}-{n}": value for n in range(120) for name, value in (("funder", "R"), ("amount", "1"))}
    assert len(typed("cofunding", fields).content["items"]) == 100
    assert typed("cofunding", {"funder-1000": "R", "amount-1000": "1"}).content == {"items": []}


def test_there_is_no_other_part():
    with pytest.raises(KeyError):
        typed("annex", {})


names = st.sampled_from([*ROW, "funder-1", "amount-1", "cost-a", "grant", "need", "amount--1", "funder-", "-", ""])


@given(part=st.sampled_from(["answers", "budget", "cofunding"]), fields=st.dictionaries(names, st.text(max_size=20)))
def test_whatever_is_typed_is_read_or_told(part, fields):
    draft = typed(part, fields)
    assert {error.field for error in draft.errors} <= {*fields, *ROW, "funder-1", "amount-1"}
