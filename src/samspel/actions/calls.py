"""Writes on calls: drafting from files, publishing and amending editions by a second person, closing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samspel.actions._perform import Deed, RefusedError, performing
from samspel.engine.calls import cases
from samspel.engine.calls.edition import FILES, digest, of_call
from samspel.engine.calls.reading.call import read
from samspel.engine.calls.soundness import contradictions
from samspel.engine.located import NotReadableError, Problem
from samspel.engine.verdicts import Reason
from samspel.store.models import Call, Edition

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from samspel.engine.calls.text import Call as CallText
    from samspel.engine.permissions import Actor


def _read(files: Mapping[str, str]) -> CallText:
    """Read a call's files with their cases.

    Raises:
        NotReadableError: with every problem found; a file that is missing is one.
    """
    absent = [Problem(name, 1, "", Reason.of("expected.plain.file")) for name in FILES if name not in files]
    if absent:
        raise NotReadableError(tuple(absent))
    call = read(files)
    cases.read_cases(files["cases.toml"], call)
    return call


def _keep(deed: Deed[Call], files: Mapping[str, str], *, actor: Actor, at: datetime) -> None:
    deed.row.draft = of_call(files)
    deed.row.drafted_by_id, deed.row.drafted_at = actor.id, at
    deed.noted["digest"] = digest(deed.row.draft)


def draft(*, actor: Actor, at: datetime, files: Mapping[str, str]) -> Call:
    """Take a call's files in as a draft, replacing an earlier draft of the same call.

    Raises:
        NotReadableError: the files are not a call; every problem is told and nothing is stored.
        RefusedError: the person is not an officer, or the call is already published.
    """
    call = _read(files)
    row = Call.objects.filter(id=call.id).first() or Call(id=call.id, drafted_by_id=actor.id, drafted_at=at)
    with performing("calls.draft", actor=actor, at=at, on=row) as deed:
        _keep(deed, files, actor=actor, at=at)
    return deed.row


def amend(*, actor: Actor, at: datetime, call: Call, files: Mapping[str, str]) -> Call:
    """Take in a changed text of an open or closed call; the edition in force stays until a second person publishes it.

    Raises:
        NotReadableError: the files are not a call; every problem is told and nothing is stored.
        RefusedError: `call.another-id` when the text is that of another call; otherwise as the permission table says.
    """
    text = _read(files)
    with performing("calls.amend", actor=actor, at=at, on=call) as deed:
        if text.id != deed.row.pk:
            raise RefusedError(Reason.of("call.another-id", id=text.id))
        _keep(deed, files, actor=actor, at=at)
    return deed.row


def _edition(deed: Deed[Call], *, actor: Actor, at: datetime, seen: str) -> Edition:
    """Freeze the draft as the next edition, if every case holds and no rules contradict each other.

    Raises:
        RefusedError: `call.text-changed`, `call.cases-fail`, `call.contradicts` or `call.nothing-amended`.
    """
    files = deed.row.draft
    if seen and seen != digest(files):
        raise RefusedError(Reason.of("call.text-changed"))
    text = read(files)
    misses = cases.run(text, cases.read_cases(files["cases.toml"], text))
    if misses:
        named = ", ".join(sorted({miss.rule for miss in misses}))
        raise RefusedError(Reason.of("call.cases-fail", rules=named))
    if found := contradictions(text):
        named = ", ".join(dict.fromkeys(rule for one in found for rule in one.rules))
        raise RefusedError(Reason.of("call.contradicts", rules=named))
    newest = Edition.objects.filter(call=deed.row).order_by("-number").first()
    if newest is not None and newest.digest == digest(files):
        raise RefusedError(Reason.of("call.nothing-amended"))
    edition = Edition.objects.create(
        call=deed.row,
        number=1 if newest is None else newest.number + 1,
        digest=digest(files),
        files=files,
        published_by_id=actor.id,
        published_at=at,
    )
    deed.noted |= {"edition": edition.number, "digest": edition.digest}
    return edition


def publish(*, actor: Actor, at: datetime, call: Call, seen: str = "") -> Edition:
    """Freeze the draft as an edition and open the call; every case must hold, and a second person publishes.

    `seen` is the digest of the text that this person has read; left out, whatever text there is.

    Raises:
        RefusedError: `call.cases-fail` when a case differs or a rule is not shown both met and not met,
            `call.contradicts` when nobody could meet two rules together; otherwise as the permission table says.
    """
    with performing("calls.publish", actor=actor, at=at, on=call) as deed:
        deed.row.opened_at = at
        return _edition(deed, actor=actor, at=at, seen=seen)


def republish(*, actor: Actor, at: datetime, call: Call, seen: str = "") -> Edition:
    """Freeze a published call's changed text as its next edition; applications already started keep theirs.

    Raises:
        RefusedError: `call.cases-fail`, `call.contradicts`, `call.nothing-amended`, or as the permission table says.
    """
    with performing("calls.republish", actor=actor, at=at, on=call) as deed:
        return _edition(deed, actor=actor, at=at, seen=seen)


def close(*, actor: Actor, at: datetime, call: Call) -> Call:
    """Close the call: no application can be started or submitted any more.

    Raises:
        RefusedError: as the permission table says.
    """
    with performing("calls.close", actor=actor, at=at, on=call) as deed:
        deed.row.closed_at = at
    return deed.row
