"""What `samspel show` prints for whom: the same as the pages, and nothing to those who may not see it."""

from __future__ import annotations

from tests.cli.typed import done, stopped

OFFICER, LEAD = "--as officer@small.invalid", "--as lead@small.invalid"
ASSESSOR, OUTSIDER = "--as assessor@small.invalid", "--as outsider@small.invalid"


def test_the_register_is_for_all(register):
    told = done("show register")
    assert told[0].startswith("Sweden ")
    assert "SE110 Stockholm County" in told
    assert any(line.startswith("  se110-halsa-vard-omsorg: Health, care and social care (") for line in told)
    assert "Without a known region" in told
    assert any("Hälsa, vård, omsorg" in line for line in done("show register --language sv"))


def test_a_call_is_for_all_once_it_is_published(drafted_call):
    assert "no call kluster-2016" in stopped(1, "show call kluster-2016")
    told = done(f"show call kluster-2016 {OFFICER}")
    assert told[0] == "Cluster cooperation across regions 2016 [kluster-2016]: draft"
    drafted_call.publish_call()
    told = done("show call kluster-2016 --language sv")
    assert told[0] == "Klustersamverkan över regiongränser 2016 [kluster-2016]: öppen"
    assert told[2].startswith("  Utgåva 1, publicerad 2016-10-03 10:00 UTC, sha-256 ")
    assert "  relevance: Relevans (minst G)" in told


def test_a_constellation_is_for_those_in_it(forming):
    pk = forming.constellation().pk
    for nobody in ("", OFFICER, OUTSIDER, ASSESSOR):
        assert f"no constellation {pk}" in stopped(1, f"show constellation {pk} {nobody}")
    told = done(f"show constellation {pk} --as member@small.invalid")
    assert "  Småklustret Alfa (påhittad) (leads), cluster organisation, SE110" in told
    assert "Everything here is invented for a demonstration." in told
    assert "All 4 requirements are met." in told


def test_a_constellation_that_lacks_something_is_told_what_would_mend_it(open_call):
    open_call.form("epsilon")
    told = done(f"show constellation {open_call.constellation('epsilon').pk} --as third-lead@small.invalid")
    assert "      Add 1 more cluster organisation or RDI platform." in told


def test_a_draft_is_for_those_who_write_it(drafted):
    pk = drafted.application().pk
    for nobody in ("", OFFICER, OUTSIDER, ASSESSOR):
        assert f"no application {pk}" in stopped(1, f"show application {pk} {nobody}")
    told = "\n".join(done(f"show application {pk} {LEAD}"))
    assert "Behovet." in told
    assert "Grant applied for: EUR\xa0200\u202f000" in told
    assert "All 6 requirements are met." in told
    assert "Receipt" not in told


def test_an_assessment_is_for_the_authority_until_the_decision(assessed):
    pk = assessed.application().pk
    told = done(f"show application {pk} {OFFICER}")
    assert "12 points, assessed by Bedömare Disa" in told
    assert "  Relevance: MVG. Mycket väl." in told
    assert not any("12 points" in line or "Mycket väl" in line for line in done(f"show application {pk} {LEAD}"))
    assert "12 points" not in "\n".join(done(f"show application {pk} {ASSESSOR}"))


def test_an_assessment_begun_is_for_nobody_else(eligible):
    from samspel.actions import assessment
    from tests.worlds.situations import AT

    assessment.grade(
        actor=eligible.assessor,
        at=AT,
        application=eligible.application(),
        grades={"relevance": ("IG", "Hemligt.")},
        no_conflict=True,
        revision=0,
    )
    assert "Hemligt" not in "\n".join(done(f"show application {eligible.application().pk} {OFFICER}"))


def test_the_result_is_for_all_and_the_rest_for_those_it_concerns(decided):
    pk = decided.application("delta").pk
    public = "\n".join(done(f"show application {pk}"))
    assert "rejected" in public
    assert "4 points; a grant of EUR\xa0250\u202f000 out of EUR\xa0500\u202f000 in total cost" in public
    assert "The theme already has its project: Alfas ansökan (påhittad)." in public
    for kept in ("Behovet", "Godkänt", "requirements", "Egil", "Co-funding"):
        assert kept not in public
    own = "\n".join(done(f"show application {pk} --as other-lead@small.invalid"))
    assert "Behovet" in own
    assert "Relevance: G. Godkänt." in own
    assert "Egil" not in own


def test_results_are_for_all(proposed):
    assert done("show results kluster-2016") == ["There is no decision yet."]
    proposed.decide()
    told = done("show results kluster-2016")
    assert [line for line in told if not line.startswith(" ")] == ["approved", "dismissed", "rejected"]
    assert "    Not graded; EUR\xa0200\u202f000 applied for out of EUR\xa0400\u202f000 in total cost" in told
    assert "    Not eligible: Två kluster är för få." in told
    assert "no call other" in stopped(1, "show results other")


def test_the_journal_is_for_the_authority(register):
    nothing = "there is no line of the journal, or none for this person to see\n"
    assert stopped(1, "show journal") == nothing
    assert stopped(1, f"show journal {LEAD}") == nothing
    told = done(f"show journal {OFFICER} --noun register")
    assert told[0] == "1 2016-10-03 10:00:00 UTC operator: registry.load register sweden"
