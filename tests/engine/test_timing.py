"""What time it is for a call: before, within, between or after its windows, to the second, in the call's own zone."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from samspel.engine.calls.reading.calendar import begins, ends, instant
from samspel.engine.calls.timing import Phase, timing
from tests.engine.sample import CALENDAR, small_call


def window(name: str, text: str) -> str:
    return f'[[windows]]\nid = "{name}"\nsource = "S"\n{text}\n'


SPRING = window("spring", "opens = 2018-03-01T09:00:00\ncloses = 2018-05-31")
AUTUMN = window("autumn", "opens = 2018-09-01\ncloses = 2018-10-31T16:00:00")
OFFICE = window("office", "opens = 2018-03-01\ncloses = 2018-05-31\nworkdays = true\ndaily = [09:00:00, 15:30:00]")
ALL_DAY = "daily = [00:00:00, 23:59:59.999999]"
STAGES = "".join(f'[[stages]]\nid = "{one}"\ntext = {{ sv = "a", en = "b" }}\nsource = "S"\n' for one in ("one", "two"))
SKETCHES = window("sketches", 'stage = "one"\nopens = 2018-03-01\ncloses = 2018-05-31')
STAGED = STAGES + window("full", 'stage = "two"\ncloses = 2018-08-31') + SKETCHES
# the windows, the instant in Sweden, the phase, the window it is in or that comes next, and when that changes
TIMES = [
    ("", "2018-01-01T00:00:00", Phase.OPEN, "", ""),
    (SPRING, "2018-03-01T08:59:59", Phase.BEFORE, "spring", "2018-03-01T09:00:00"),
    (SPRING, "2018-03-01T09:00:00", Phase.OPEN, "spring", "2018-05-31T23:59:59.999999"),
    (SPRING, "2018-05-31T23:59:59", Phase.OPEN, "spring", "2018-05-31T23:59:59.999999"),
    (SPRING, "2018-06-01T00:00:00", Phase.AFTER, "", ""),
    (SPRING + AUTUMN, "2018-06-01T00:00:00", Phase.BETWEEN, "autumn", "2018-09-01T00:00:00"),
    (AUTUMN + SPRING, "2018-01-01T00:00:00", Phase.BEFORE, "spring", "2018-03-01T09:00:00"),
    (SPRING + AUTUMN, "2018-10-31T16:00:00", Phase.OPEN, "autumn", "2018-10-31T16:00:00"),
    (SPRING + AUTUMN, "2018-10-31T16:00:01", Phase.AFTER, "", ""),
    (window("x", "closes = 2018-05-31"), "2010-01-01T00:00:00", Phase.OPEN, "x", "2018-05-31T23:59:59.999999"),
    (window("x", "opens = 2018-03-01"), "2030-01-01T00:00:00", Phase.OPEN, "x", ""),
    (OFFICE, "2018-05-25T09:00:00", Phase.OPEN, "office", "2018-05-25T15:30:00"),
    (OFFICE, "2018-05-25T15:30:01", Phase.BETWEEN, "office", "2018-05-28T09:00:00"),
    (OFFICE, "2018-05-26T12:00:00", Phase.BETWEEN, "office", "2018-05-28T09:00:00"),
    (OFFICE, "2018-05-28T08:59:59", Phase.BETWEEN, "office", "2018-05-28T09:00:00"),
    (OFFICE, "2018-05-31T15:30:01", Phase.AFTER, "", ""),
    (window("x", "workdays = true"), "2018-05-25T12:00:00", Phase.OPEN, "x", "2018-05-25T23:59:59.999999"),
    (window("x", "workdays = true"), "2018-05-26T12:00:00", Phase.BETWEEN, "x", "2018-05-28T00:00:00"),
    (window("x", ALL_DAY), "2018-05-25T12:00:00", Phase.OPEN, "x", ""),
    (
        window("x", f"{ALL_DAY}\ncloses = 2018-05-31"),
        "2018-05-25T12:00:00",
        Phase.OPEN,
        "x",
        "2018-05-31T23:59:59.999999",
    ),
    (STAGED, "2018-05-31T23:59:59", Phase.OPEN, "sketches", "2018-05-31T23:59:59.999999"),
    (STAGED, "2018-06-01T00:00:00", Phase.OPEN, "full", "2018-08-31T23:59:59.999999"),
]


@pytest.mark.parametrize("windows, at, phase, name, changes", TIMES, ids=range(len(TIMES)))
def test_where_an_instant_falls_in_the_calendar(windows, at, phase, name, changes):
    call = small_call(more=windows)
    zone = instant(date(2018, 1, 1), "Europe/Stockholm", last=False).tzinfo
    found = timing(call, datetime.fromisoformat(at).replace(tzinfo=zone))
    assert (found.phase, found.window.id if found.window else "") == (phase, name)
    assert found.changes_at == (datetime.fromisoformat(changes).replace(tzinfo=zone) if changes else None)


def test_a_later_stage_that_states_no_opening_opens_when_the_stage_before_it_has_closed():
    stages = "".join(
        f'[[stages]]\nid = "{name}"\ntext.sv = "s"\ntext.en = "s"\nsource = "S#s"\n' for name in ("first", "second")
    )
    both = window("one", 'stage = "first"\ncloses = 2018-03-31') + window(
        "two", 'stage = "second"\ncloses = 2018-06-30'
    )
    call = small_call(more=stages + both)
    zone = instant(date(2018, 1, 1), "Europe/Stockholm", last=False).tzinfo
    told = [timing(call, datetime(2018, month, 15, tzinfo=zone)) for month in (3, 4, 7)]
    assert [(one.phase, one.window.id if one.window else "") for one in told] == [
        (Phase.OPEN, "one"),
        (Phase.OPEN, "two"),
        (Phase.AFTER, ""),
    ]


def test_a_later_stage_after_one_that_never_closes_is_open_from_the_beginning():
    call = small_call(more=STAGES + window("full", 'stage = "two"\ncloses = 2018-08-31'))
    assert timing(call, datetime(2018, 1, 1, tzinfo=UTC)).phase is Phase.OPEN


def test_an_instant_may_be_told_in_any_zone():
    """Nine in Sweden is seven in Greenwich, by summer time."""
    call = small_call(calendar=CALENDAR, more=window("x", "opens = 2018-06-01T09:00:00\ncloses = 2018-06-30"))
    assert timing(call, datetime(2018, 6, 1, 6, 59, 59, tzinfo=UTC)).phase is Phase.BEFORE
    assert timing(call, datetime(2018, 6, 1, 7, tzinfo=UTC)).phase is Phase.OPEN


def test_a_day_without_a_clock_time_is_the_whole_day():
    noon = datetime.fromisoformat("2018-05-31T12:00")
    assert begins(date(2018, 5, 31)).isoformat() == "2018-05-31T00:00:00"
    assert ends(date(2018, 5, 31)).isoformat() == "2018-05-31T23:59:59.999999"
    assert begins(noon) == ends(noon) == noon
