"""Selection from the command line: the best portfolio proposed, and the decision on it by a second person."""

from __future__ import annotations

from collections import Counter

import click

from samspel.actions import selection as action
from samspel.cli.acting import Acting, acting, found
from samspel.clock import now
from samspel.store.queries.rows import every, row


@click.group()
def selection() -> None:
    """Selection: proposed by one person, decided by another."""


@selection.command()
@click.argument("call_id", metavar="CALL")
@acting()
def propose(who: Acting, *, call_id: str) -> None:
    """Compute the best portfolio of the closed CALL and put it forward."""
    call = found(row(who.actor, "call", call_id), "call", call_id)
    proposal = action.propose(actor=who.actor, at=now(), call=call)
    result = proposal.result
    who.tell(
        "done.selection.propose",
        pk=proposal.pk,
        count=len(result["chosen"]),
        score=result["score"],
        grant=result["grant"],
    )


@selection.command()
@click.argument("call_id", metavar="CALL")
@click.option("--motivation", required=True, help="Why; it is kept with the decision.")
@acting()
def decide(who: Acting, *, call_id: str, motivation: str) -> None:
    """Decide as proposed for CALL; the results are public from then on."""
    call = found(row(who.actor, "call", call_id), "call", call_id)
    newest = every(who.actor, "proposal").filter(call=call).order_by("-pk").first()
    proposal = found(newest, "proposal for", call_id)
    decided = action.decide(actor=who.actor, at=now(), proposal=proposal, motivation=motivation)
    counts = Counter(told["outcome"] for told in decided.result["outcomes"].values())
    outcomes = {outcome: counts[outcome] for outcome in ("approved", "rejected", "dismissed")}
    who.tell("done.selection.decide", **outcomes)
