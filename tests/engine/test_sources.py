"""A source that leads to no heading is told, and so is a call that cannot be decided here."""

from __future__ import annotations

from samspel.engine.calls.soundness import headings, uncited, undecidable
from tests.engine.sample import a_rule, real_call, small_call

GRANT = '{ amount = "grant", at_most = "hundred" }'


def codes(call) -> list[str]:
    return [one.reason.code for one in undecidable(call)]


def test_the_anchors_of_headings():
    page = "# The call\n\ntext\n\n## Grant, and cost (§ 3)\n### Övrigt\n"
    assert headings(page) == {"the-call", "grant-and-cost--3", "övrigt"}


def test_each_source_that_leads_nowhere_is_told_once_where_it_stands_first():
    call = small_call(a_rule(GRANT, "one") + a_rule(GRANT, "two"))
    told = {dict(one.reason.values)["source"]: one.place for one in uncited(call, "# Other\n")}
    assert told["SOURCE.md#x"] == "rules.one"
    assert "SOURCE.md#x" not in {dict(one.reason.values)["source"] for one in uncited(call, "## x\n")}


def test_a_call_without_envelope_or_criteria_cannot_be_decided_here():
    assert {"warning.no-envelope", "warning.no-criteria"} <= set(codes(small_call(a_rule(GRANT))))
    assert not {"warning.no-envelope", "warning.no-criteria"} & set(codes(real_call()))
    with_envelope = small_call(a_rule(GRANT, over='"awards"'))
    assert "warning.no-envelope" not in codes(with_envelope)
