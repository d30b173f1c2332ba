"""Every address, as every kind of person and as nobody, on rows that belong to others: nothing leaks, nothing breaks.

The addresses are taken from the site itself, so a page that is added is walked too. What each person may see is asked
of the permission tables, and every page is searched for marks of what that person may not.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from samspel.engine import permissions
from samspel.engine.permissions import PUBLIC, Actor
from samspel.store.models import Application, Assessment, Constellation, JournalHead
from samspel.store.snapshots.subjects import subject
from tests.web.marked import PART_OF_MARK, Marked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import Model

PEOPLE = (
    "nobody",
    "officer",
    "decider",
    "assessor",
    "other-assessor",
    "region",
    "outsider",
    "lead-open-forming",
    "lead-open-draft",
    "member-open-draft",
    "lead-open-handed-in",
    "member-decided-handed-in",
)
MARK = re.compile(r"mark-([a-z]+)-([a-z0-9-]+?)-(?![a-z0-9])")
SIGN_IN = ("account_", "demo-")

pytestmark = pytest.mark.django_db


def addresses(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[tuple[str, str]]:
    """Every address of the site with its name."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, before + str(pattern.pattern))
        elif pattern.name:
            yield pattern.name, before + str(pattern.pattern)


ROUTES = sorted(addresses(get_resolver().url_patterns))


def filled(route: str, world: Marked) -> list[str]:
    """The address filled with every row of the world that fits it, and with one that is not there."""
    keys = [*world.calls, "se110-energi", "outsider", "SE110", "SE11", "energy", "sv", "no-such"]
    numbers = [str(pk) for pk in (*Constellation.objects.order_by("pk").values_list("pk", flat=True), 99_999)]
    paths = ["/" + route]
    for place, kind, name in re.findall(r"(<(?:(\w+):)?(\w+)>)", route):
        options = (
            numbers if kind == "int" else ["answers", "budget", "cofunding", "no-such"] if name == "part" else keys
        )
        paths = [path.replace(place, option) for path in paths for option in options]
    return paths


def client_of(world: Marked, name: str) -> tuple[Client, Actor]:
    """A browser signed in as this person."""
    client = Client(raise_request_exception=True)
    if name == "nobody":
        return client, PUBLIC
    client.force_login(world.people[name], backend="allauth.account.auth_backends.AuthenticationBackend")
    return client, world.actor(name)


def allowed(world: Marked, actor: Actor) -> set[tuple[str, str]]:
    """Every mark that this person may come to see, as the permission tables say."""
    marks = {("call", key) for key, call in world.calls.items() if may_see("call", actor, call)}
    for key, row in world.constellations.items():
        row.refresh_from_db()
        application = Application.objects.filter(constellation=row).first()
        seen = application if application and may_see("application", actor, application) else None
        if may_see("constellation", actor, row) or seen:
            marks.add(("name", key))
        if seen:
            marks |= {
                (kind, key) for kind, part in PART_OF_MARK.items() if permissions.may_read(part, actor, subject(seen))
            }
            given = Assessment.objects.filter(application=seen).first()
            if given is None or not may_see("assessment", actor, given):
                own = subject(seen).state in permissions.DECIDED
                marks -= set() if own else {("grade", key)}
            else:
                marks.add(("grade", key))
    return marks


def may_see(noun: str, actor: Actor, row: Model) -> bool:
    """What the table says of a row."""
    return permissions.may_see(noun, actor, subject(row))


@pytest.mark.parametrize("name", PEOPLE)
def test_no_page_shows_what_is_not_for_its_reader(world: Marked, name: str):
    client, actor = client_of(world, name)
    may = allowed(world, actor)
    hidden, visited = [], 0
    for route_name, route in ROUTES:
        if route_name.startswith(SIGN_IN):
            continue
        for path in filled(route, world):
            response = client.get(path)
            visited += response.status_code == 200
            assert response.status_code < 500, path
            body = b"".join(response) if response.streaming else response.content
            text = body.decode(errors="replace")  # an archive holds other bytes too, and its texts uncompressed
            hidden += [
                f"{path} shows {kind} of {key}"
                for kind, key in set(MARK.findall(text))
                if kind in ("call", "name", *PART_OF_MARK) and (kind, key) not in may
            ]
    assert not hidden, "\n".join(hidden)
    assert visited > 25


@pytest.mark.parametrize("name", PEOPLE)
def test_an_empty_post_breaks_nothing_and_writes_nothing_it_should_not(world: Marked, name: str):
    from django.db import transaction

    client, actor = client_of(world, name)
    for route_name, route in ROUTES:
        if route_name.startswith(SIGN_IN):
            continue
        for path in filled(route, world):
            before = JournalHead.objects.get().number
            with transaction.atomic():
                response = client.post(path)
                after = JournalHead.objects.get().number
                transaction.set_rollback(True)
            assert response.status_code < 500, path
            assert after == before or actor.id, f"nobody wrote by {path}"
