"""What Samspel's pages cost: a call's page, and the budget of an application that is being written.

Run on a demonstration that has been set up, with the site's settings in the environment:
`python -m samspel.bench.workers.samspel_pages REQUESTS` prints what was measured as one JSON object.
"""

from __future__ import annotations

import json
import sys
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from samspel.bench.workers.measuring import measure

if TYPE_CHECKING:
    from samspel.engine.permissions import Actor
    from samspel.store.queries.rows import Application

CALL = "kluster-2016"
NAME = "Mätning (påhittad)"


def main() -> None:
    """Measure, and print."""
    import django

    django.setup()
    pages = _measured(int(sys.argv[1]))
    expected = {name: 304 if name == "call-known" else 200 for name in pages}
    for name, page in pages.items():
        if page["status"] != expected[name]:
            sys.exit(f"Samspel answered {page['status']} for the page {name}")
    print(json.dumps({"pages": pages, "versions": {name: version(name) for name in ("samspel", "django")}}))


def _measured(requests: int) -> dict[str, dict[str, Any]]:
    """Each page's cost: the call's page in its three ways, for a visitor who never signed in, and the form."""
    from django.contrib.auth import get_user_model
    from django.core.cache import cache
    from django.test import Client
    from django.urls import reverse

    visitor, applicant = Client(SERVER_NAME="localhost"), Client(SERVER_NAME="localhost")
    call_page = reverse("call", args=[CALL])
    lead, application = _being_written()
    applicant.force_login(get_user_model().objects.get(pk=lead.id))
    form = reverse("application-part", args=[application.pk, "budget"])
    known = {"If-None-Match": visitor.get(call_page).headers.get("ETag", "")}
    return {
        # Emptying the cache makes every page rendered anew; nothing but kept pages lies in it.
        "call": measure(lambda: visitor.get(call_page), requests=requests, before=cache.clear),
        "call-kept": measure(lambda: visitor.get(call_page), requests=requests),
        "call-known": measure(lambda: visitor.get(call_page, headers=known), requests=requests),
        "form": measure(lambda: applicant.get(form), requests=requests),
    }


def _being_written() -> tuple[Actor, Application]:
    """A constellation like the one that applied first, with its budget filled in and nothing submitted; and its lead.

    Raises:
        LookupError: the demonstration has no application, or nobody who may write one.
    """
    from samspel.actions import applications, constellations
    from samspel.clock import now
    from samspel.engine.permissions import OPERATOR, Role
    from samspel.store.queries.rows import every, person_with_role

    applied = every(OPERATOR, "application").select_related("constellation__lead", "call").order_by("pk").first()
    like = applied.constellation if applied else None
    lead = person_with_role(Role.CLUSTER_MANAGER, like.lead_id) if like else None
    if applied is None or like is None or lead is None:
        raise LookupError("the demonstration holds no application to write another like")
    begun = constellations.start(
        actor=lead, at=now(), call=applied.call, name=NAME, lead=like.lead, invented=like.invented
    )
    members = [member.organisation for member in like.members.select_related("organisation")]
    for organisation in members:
        if organisation == like.lead:
            continue
        begun = constellations.add(actor=lead, at=now(), constellation=begun, organisation=organisation)
    begun = constellations.describe(
        actor=lead,
        at=now(),
        constellation=begun,
        theme=like.theme,
        priorities=like.priorities.all(),
        revision=begun.revision,
    )
    application = applications.start(actor=lead, at=now(), constellation=begun)
    fields = {f"cost-{organisation.pk}": "120 000" for organisation in members} | {"grant": "400 000"}
    applications.save(actor=lead, at=now(), application=application, part="budget", fields=fields, revision=0)
    return lead, application


if __name__ == "__main__":
    main()
