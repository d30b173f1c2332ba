"""`samspel show`: what there is to see, as plain text, for a person or (without `--as`) for the public.

It asks the same doors as the pages do, so it shows nobody more than they would see in the browser.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

import click

from samspel.cli.acting import Acting, acting, found, stop
from samspel.engine.calls.reading.call import read
from samspel.engine.calls.text import said
from samspel.engine.permissions import DECIDED, PUBLIC, Part
from samspel.engine.verdicts import Reason
from samspel.store.access import readable
from samspel.store.queries import journal as journal_queries
from samspel.store.queries.registry import names
from samspel.store.queries.rows import every, row
from samspel.store.snapshots.applications import contents, plan
from samspel.store.snapshots.calls import call as call_text
from samspel.store.snapshots.constellations import constellation as as_engine
from samspel.store.snapshots.judged import verdict_on, verdict_while_forming
from samspel.wording import say, tell, term

if TYPE_CHECKING:
    from samspel.engine.calls.findings import Verdict
    from samspel.engine.calls.text import Call as CallText
    from samspel.store.queries.rows import Application, Call, Constellation


@click.group()
def show() -> None:
    """What there is to see: the register, a call, a constellation, an application, results, the journal."""


@show.command()
@acting(otherwise=PUBLIC)
def register(who: Acting) -> None:
    """Show the register: priorities and organisations, region by region."""
    for pack in every(who.actor, "register"):
        click.echo(f"{pack.name_sv if who.language == 'sv' else pack.name_en} {pack.version}, sha-256 {pack.digest}")
    called = names(who.language)
    by_region: dict[str, list[str]] = {}
    for priority in every(who.actor, "priority").order_by("region_id", "pk"):
        own = (priority.name_sv, priority.name_en) if who.language == "sv" else (priority.name_en, priority.name_sv)
        by_region.setdefault(priority.region_id, []).append(f"{priority.pk}: {own[0] or own[1]} ({priority.vintage})")
    for organisation in every(who.actor, "organisation").order_by("name", "pk"):
        line = f"{organisation.pk}: {organisation.name}, {term('kind', organisation.kind, who.language)}"
        by_region.setdefault(organisation.region_id or "", []).append(line)
    for region, lines in sorted(by_region.items()):
        click.echo(f"{region} {called.get(region, '')}" if region else _said(who, "shown.no-region"))
        for line in lines:
            click.echo(f"  {line}")


def _said(who: Acting, code: str, **values: Any) -> str:
    return say(Reason.of(code, **values), who.language, names(who.language))


def _text(call: Call) -> CallText:
    """The call as its newest edition says it; a draft as it stands."""
    edition = call.editions.order_by("-number").first()
    if edition is not None:
        return call_text(edition)
    return read(call.draft)


@show.command("call")
@click.argument("id")
@acting(otherwise=PUBLIC)
def show_call(who: Acting, *, id: str) -> None:
    """Show the call ID: state, editions, rules, criteria."""
    call = found(row(who.actor, "call", id), "call", id)
    text = _text(call)
    click.echo(f"{said(text.title, who.language)} [{call.pk}]: {term('call-state', call.state, who.language)}")
    click.echo(said(text.purpose, who.language))
    for edition in call.editions.all():
        at = f"{edition.published_at:%Y-%m-%d %H:%M %Z}"
        click.echo(f"  {_said(who, 'shown.edition', number=edition.number, at=at, digest=edition.digest)}")
    for rule in text.rules:
        click.echo(f"  {rule.id}: {said(rule.text, who.language)} [{rule.source}]")
    for criterion in text.criteria:
        told = _said(who, "shown.criterion", text=said(criterion.text, who.language), least=criterion.least)
        click.echo(f"  {criterion.id}: {told}")


def _members(who: Acting, constellation: Constellation) -> None:
    for member in constellation.members.select_related("organisation"):
        one = member.organisation
        code = "shown.lead" if one.pk == constellation.lead_id else "shown.member"
        click.echo(f"  {_said(who, code, name=one.name, kind=one.kind, region=one.region_id or '–')}")
    if constellation.invented:
        click.echo(_said(who, f"shown.invented.{constellation.invented}"))


def _verdict(who: Acting, verdict: Verdict, text: CallText) -> None:
    told = tell(verdict, text, who.language, names(who.language))
    click.echo(told.summary)
    for finding in told.findings:
        click.echo(f"  {finding.word}: {finding.text} ({finding.found} / {finding.needed})")
        for sentence in finding.mend:
            click.echo(f"      {sentence}")


@show.command()
@click.argument("pk", type=int)
@acting(otherwise=PUBLIC)
def constellation(who: Acting, *, pk: int) -> None:
    """Show the constellation PK: members, theme, priorities, and where each rule stands."""
    one = found(row(who.actor, "constellation", pk), "constellation", pk)
    state = term("constellation-state", one.state, who.language)
    click.echo(f"{one.name} [{one.pk}, {one.revision}]: {state}")
    _members(who, one)
    click.echo(f"  {names(who.language).get(one.theme_id or '', '–')}")
    for priority in as_engine(one, language=who.language).priorities:
        click.echo(f"  {priority.id}: {priority.name}")
    text = _text(one.call)
    _verdict(who, verdict_while_forming(text, as_engine(one, language=who.language)), text)


@show.command()
@click.argument("pk", type=int)
@acting(otherwise=PUBLIC)
def application(who: Acting, *, pk: int) -> None:
    """Show the application PK, as far as this person may read it."""
    one = found(row(who.actor, "application", pk), "application", pk)
    may_read = readable(who.actor, one)
    text = call_text(one.edition)
    state = term("application-state", one.state, who.language)
    click.echo(f"{one.constellation.name} [{one.pk}]: {state}")
    _members(who, one.constellation)
    if Part.CONTENT in may_read:
        _content(who, one, text)
    if Part.VERDICT in may_read:
        _verdict(who, verdict_on(one, language=who.language), text)
    if Part.ASSESSMENT in may_read:
        _assessment(who, one, text, named=Part.ASSESSOR in may_read)
    if Part.RESULT in may_read and one.state in DECIDED:
        _result(who, one, text)


def _content(who: Acting, one: Application, text: CallText) -> None:
    if hasattr(one, "submission"):
        at = f"{one.submission.submitted_at:%Y-%m-%d %H:%M %Z}"
        click.echo(_said(who, "shown.received", receipt=one.submission.receipt, at=at))
    parts = contents(one)
    for question in text.questions:
        click.echo(f"  {said(question.text, who.language)}\n    {parts['answers'].get(question.id) or '–'}")
    money_plan = plan(parts, [member.organisation_id for member in one.constellation.members.all()])
    for cost in money_plan.costs:
        click.echo(_said(who, "shown.cost", organisation=cost.organisation, amount=cost.amount))
    for item in money_plan.cofunding:
        click.echo(_said(who, "shown.cofunding", funder=item.funder, amount=item.amount, state=item.state))
    click.echo(_said(who, "shown.grant", amount=money_plan.grant))


def _assessment(who: Acting, one: Application, text: CallText, *, named: bool) -> None:
    done = getattr(one, "assessment", None)
    if done is None or done.state != "handed-in":
        return
    if named:
        click.echo(_said(who, "shown.points-by", points=done.points, assessor=done.assessor.name))
    else:
        click.echo(_said(who, "shown.points", points=done.points))
    given = {grade.criterion: grade for grade in done.grades.all()}
    for criterion in text.criteria:
        grade = given[criterion.id]
        click.echo(f"  {said(criterion.text, who.language)}: {grade.grade}. {grade.motivation}")


def _result(who: Acting, one: Application, text: CallText) -> None:
    decision, sent = one.decision, one.submission
    amounts = {"grant": sent.grant, "total": sent.total_cost}
    if decision.points is None:
        click.echo(f"    {_said(who, 'shown.not-graded', **amounts)}")
    else:
        click.echo(f"    {_said(who, 'shown.result', points=decision.points, **amounts)}")
    called = {**names(who.language), **{c.id: said(c.text, who.language) for c in text.criteria}}
    for reason in decision.reasons:
        click.echo(f"    {say(Reason.of(reason['code'], **reason['values']), who.language, called)}")


@show.command()
@click.argument("call_id", metavar="CALL")
@acting(otherwise=PUBLIC)
def results(who: Acting, *, call_id: str) -> None:
    """Show what was decided on the applications for CALL, and why."""
    call = found(row(who.actor, "call", call_id), "call", call_id)
    decided = every(who.actor, "application").filter(call=call, decision__isnull=False)
    rows: Any = decided.select_related("decision", "submission", "constellation", "edition")
    shown = False
    for outcome, group in groupby(
        rows.order_by("decision__outcome", "submission__received"), key=lambda one: one.decision.outcome
    ):
        click.echo(term("application-state", outcome, who.language))
        for one in group:
            shown = True
            click.echo(f"  {one.constellation.name} [{one.pk}]")
            if one.constellation.invented:
                click.echo(f"    {_said(who, f'shown.invented.{one.constellation.invented}')}")
            _result(who, one, call_text(one.edition))
    if not shown:
        click.echo(_said(who, "shown.not-decided"))


@show.command()
@click.option("--noun", default="", help="Only lines about this kind of matter.")
@click.option("--subject", default="", help="Only lines about the matter with this key.")
@click.option("--page", type=click.IntRange(min=1), default=1, show_default=True)
@acting(otherwise=PUBLIC)
def journal(who: Acting, *, noun: str, subject: str, page: int) -> None:
    """Show a page of the journal, newest first."""
    lines, count = journal_queries.lines(who.actor, noun=noun, subject=subject, page=page)
    if not count:
        stop("there is no line of the journal, or none for this person to see")
    for line in lines:
        click.echo(f"{line.number} {line.at:%Y-%m-%d %H:%M:%S %Z} {line.actor}: {line.verb} {line.noun} {line.subject}")
        click.echo(f"    {line.after}")
