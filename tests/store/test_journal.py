"""The journal is only ever added to: the database refuses anything else, and the chain shows what got past it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from django.db import DatabaseError, connection, transaction

from samspel.engine.permissions import PUBLIC
from samspel.store import journal
from samspel.store.models import JournalEntry, JournalHead, Person
from samspel.store.queries.journal import first_broken, lines
from samspel.store.version import head

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def triggers_out_of_the_way() -> Iterator[None]:
    """Do what somebody with the keys to the database could do; it ends with the test's transaction."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER journal_no_UPDATE")
            cursor.execute("DROP TRIGGER journal_no_DELETE")
        else:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE store_journalentry DISABLE TRIGGER journal_append_only")
    yield


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE store_journalentry SET actor_name = 'somebody else' WHERE number = 1",
        "UPDATE store_journalentry SET number = 999 WHERE number = 1",
        "DELETE FROM store_journalentry WHERE number = 1",
        "DELETE FROM store_journalentry",
    ],
)
def test_the_database_refuses_to_change_or_remove_a_line(register, statement):
    before = list(JournalEntry.objects.values())
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert list(JournalEntry.objects.values()) == before


def test_the_chain_of_a_whole_call_holds(decided):
    assert first_broken() is None
    entries = list(JournalEntry.objects.order_by("number"))
    assert [entry.number for entry in entries] == list(range(1, len(entries) + 1))
    assert [entry.previous for entry in entries] == ["", *(entry.digest for entry in entries[:-1])]
    newest = JournalHead.objects.get()
    assert (newest.number, newest.digest) == (entries[-1].number, entries[-1].digest)
    assert head() == f"{newest.number} {newest.digest}"


TAMPERED = [
    ("actor_name = 'somebody else'", 3),
    ("actor_id = (SELECT MAX(id) FROM store_person)", 3),
    ("at = '2015-01-01 00:00:00+00:00'", 3),
    ("verb = 'calls.close'", 3),
    ("noun = 'call'", 3),
    ("subject = 'other'", 3),
    ("before = '{\"x\": 1}'", 3),
    ("after = '{}'", 3),
    ("digest = previous", 3),
    ("previous = digest", 3),
]


@pytest.mark.parametrize("change, found", TAMPERED)
def test_a_changed_line_is_found(register, change, found):
    with triggers_out_of_the_way(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE store_journalentry SET {change} WHERE number = 3")  # noqa: S608 - the test's own words
    assert first_broken() == found


def test_a_line_taken_out_is_found(register):
    with triggers_out_of_the_way(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM store_journalentry WHERE number = 3")
    assert first_broken() == 4


def test_the_newest_lines_taken_out_are_missed(register):
    with triggers_out_of_the_way(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM store_journalentry WHERE number > 5")
    assert first_broken() is not None


def test_an_empty_journal_holds(db):
    assert first_broken() is None
    assert head() == "0"


def test_no_password_is_ever_written(register):
    person = Person(email="x@small.invalid", name="X", password="secret")
    assert "password" not in journal.plain(person)
    assert not JournalEntry.objects.filter(after__has_key="password").exists()


def test_the_public_and_applicants_read_no_line(register):
    assert lines(PUBLIC) == ([], 0)
    assert lines(register.lead) == ([], 0)
    found, count = lines(register.officer, noun="person")
    assert count == len(found) == Person.objects.count()
