"""Writes on calls: drafting from a call's files, publishing an edition by a second person, closing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samspel.actions._perform import RefusedError, performing
from samspel.engine.calls import cases
from samspel.engine.calls.edition import FILES, digest
from samspel.engine.calls.read import read
from samspel.engine.located import NotReadableError, Problem
from samspel.engine.verdicts import Reason
from samspel.store.models import Call, Edition

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from samspel.engine.permissions import Actor


def draft(*, actor: Actor, at: datetime, files: Mapping[str, str]) -> Call:
    """Take a call's files in as a draft, replacing an earlier draft of the same call.

    Raises:
        NotReadableError: the files are not a call; every problem is told and nothing is stored.
        RefusedError: the person is not an officer, or the call is already published.
    """
    absent = [Problem(name, 1, "", Reason.of("expected.plain.file")) for name in FILES if name not in files]
    if absent:
        raise NotReadableError(tuple(absent))
    call = read(call_text=files["call.toml"], form_text=files["form.toml"])
    cases.read_cases(files["cases.toml"], call)
    row = Call.objects.filter(id=call.id).first() or Call(id=call.id, drafted_by_id=actor.id, drafted_at=at)
    with performing("calls.draft", actor=actor, at=at, on=row) as deed:
        deed.row.draft = {name: files[name] for name in FILES}
        deed.row.drafted_by_id, deed.row.drafted_at = actor.id, at
        deed.noted["digest"] = digest(deed.row.draft)
    return deed.row


def publish(*, actor: Actor, at: datetime, call: Call) -> Edition:
    """Freeze the draft as an edition and open the call; every case must hold, and a second person publishes.

    Raises:
        RefusedError: `call.cases-fail` when a case differs or a rule is not shown both met and not met;
            otherwise as the permission table says.
    """
    with performing("calls.publish", actor=actor, at=at, on=call) as deed:
        files = deed.row.draft
        text = read(call_text=files["call.toml"], form_text=files["form.toml"])
        misses = cases.run(text, cases.read_cases(files["cases.toml"], text))
        if misses:
            named = ", ".join(sorted({miss.rule for miss in misses}))
            raise RefusedError(Reason.of("call.cases-fail", rules=named))
        deed.row.opened_at = at
        edition = Edition.objects.create(
            call=deed.row,
            number=Edition.objects.filter(call=deed.row).count() + 1,
            digest=digest(files),
            files=files,
            published_by_id=actor.id,
            published_at=at,
        )
        deed.noted |= {"edition": edition.number, "digest": edition.digest}
    return edition


def close(*, actor: Actor, at: datetime, call: Call) -> Call:
    """Close the call: no application can be started or submitted any more.

    Raises:
        RefusedError: as the permission table says.
    """
    with performing("calls.close", actor=actor, at=at, on=call) as deed:
        deed.row.closed_at = at
    return deed.row
