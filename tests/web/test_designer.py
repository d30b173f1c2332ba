"""The designer: each tab for those who may, a text that is never lost, and an amendment until it is edition 2."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from samspel.engine.calls.edition import digest
from samspel.store.models import Application, Call, Edition
from samspel.web.patterns import gallery

if TYPE_CHECKING:
    from tests.web.marked import Marked

pytestmark = pytest.mark.django_db
TABS = ("", "form/", "preview/", "cases/", "changes/", "publish/")


def signed_in(world: Marked, name: str, language: str = "en") -> Client:
    client = Client(headers={"accept-language": language})
    client.force_login(world.people[name], backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def read(response) -> str:
    """The page's words, without its tags."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def files_of(call_id: str) -> dict[str, str]:
    return dict(Call.objects.get(pk=call_id).draft)


def sent(files: dict[str, str], **more: str) -> dict[str, str]:
    """A text as the form sends it."""
    return {f"text-{name}": text for name, text in files.items()} | more


def with_call(files: dict[str, str], old: str, new: str) -> dict[str, str]:
    assert old in files["call.toml"]
    return files | {"call.toml": files["call.toml"].replace(old, new)}


@pytest.mark.parametrize("tab", TABS)
@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("name", ["officer", "decider"])
@pytest.mark.parametrize("call", ["drafted", "open", "decided"])
def test_every_tab_is_there_for_the_authority(world: Marked, call: str, name: str, language: str, tab: str):
    page = signed_in(world, name, language).get(f"/desk/calls/{call}/design/{tab}")
    assert page.status_code == 200
    assert len(page.content) < 100_000


@pytest.mark.parametrize("tab", TABS)
def test_nobody_else_finds_it(world: Marked, tab: str):
    for name in ("assessor", "region", "lead-open-draft"):
        assert signed_in(world, name).get(f"/desk/calls/open/design/{tab}").status_code == 404
    asked = Client().get(f"/desk/calls/open/design/{tab}")
    assert asked.status_code == 302
    assert "login" in asked.headers["Location"]


def test_only_an_officer_writes(world: Marked):
    decider, files = signed_in(world, "decider"), files_of("drafted")
    page = decider.get("/desk/calls/drafted/design/")
    assert b"readonly" in page.content
    decider.post("/desk/calls/drafted/design/", sent(with_call(files, "3_000_000", "4_000_000")))
    decider.post("/desk/calls/drafted/design/form/", {"parameters.envelope.value": "4 000 000"})
    assert files_of("drafted") == files
    assert decider.post("/desk/draft/check/", sent(files)).status_code == 404
    assert decider.get("/desk/draft/").status_code == 404


def test_a_text_with_problems_is_kept_and_told_and_not_stored(world: Marked):
    officer, files = signed_in(world, "officer"), files_of("drafted")
    broken = with_call(files, 'at_least = "minimum_clusters"', 'at_least = "minimum_custers"')
    page = officer.post("/desk/calls/drafted/design/", sent(broken))
    assert page.status_code == 422
    assert "minimum_custers" in page.content.decode()
    line = 1 + broken["call.toml"].splitlines().index(
        next(one for one in broken["call.toml"].splitlines() if "minimum_custers" in one)
    )
    assert f"call.toml, line {line}" in read(page)
    assert f'id="call.toml-{line}"' in page.content.decode()
    assert files_of("drafted") == files


def test_a_text_that_reads_is_saved_with_every_comment(world: Marked):
    officer, files = signed_in(world, "officer"), files_of("drafted")
    changed = with_call(files, "value = 3_000_000", "value = 4_000_000")
    page = officer.post("/desk/calls/drafted/design/", sent(changed, opened=digest(files)), follow=True)
    assert "The text is saved." in read(page)
    assert files_of("drafted") == changed
    assert "Nothing had been changed." in read(
        officer.post("/desk/calls/drafted/design/", sent(changed, opened=digest(changed)), follow=True)
    )


def test_line_ends_of_the_browser_change_nothing(world: Marked):
    officer, files = signed_in(world, "officer"), files_of("drafted")
    typed = {name: text.replace("\n", "\r\n") for name, text in files.items()}
    assert "Nothing had been changed." in read(officer.post("/desk/calls/drafted/design/", sent(typed), follow=True))


def test_what_somebody_else_saved_is_not_written_over_unseen(world: Marked):
    officer, files = signed_in(world, "officer"), files_of("drafted")
    theirs = with_call(files, "value = 600_000", "value = 700_000")
    officer.post("/desk/calls/drafted/design/", sent(theirs, opened=digest(files)))
    mine = with_call(files, "value = 600_000", "value = 800_000")
    page = officer.post("/desk/calls/drafted/design/", sent(mine, opened=digest(files)))
    assert page.status_code == 422
    assert "Somebody else has saved another text" in read(page)
    assert "800_000" in page.content.decode()
    assert files_of("drafted") == theirs
    assert f'value="{digest(theirs)}"' in page.content.decode()


def test_the_id_cannot_be_changed_into_another_calls(world: Marked):
    officer, files = signed_in(world, "officer"), files_of("drafted")
    page = officer.post("/desk/calls/drafted/design/", sent(with_call(files, 'id = "drafted"', 'id = "newborn"')))
    assert page.status_code == 422
    assert not Call.objects.filter(pk="newborn").exists()


def test_problems_are_told_as_one_types(world: Marked):
    officer, files = signed_in(world, "officer"), files_of("drafted")
    fine = officer.post("/desk/draft/check/", sent(files))
    assert "The text reads, and all its" in read(fine)
    broken = officer.post(
        "/desk/draft/check/", sent(with_call(files, 'unit = "share", of = "total-cost"', 'unit = "share"'))
    )
    assert "One thing must be put right" in read(broken)
    assert "parameters.cofunding_share.of" in read(broken)
    nobody = officer.post("/desk/draft/check/", sent(with_call(files, "value = 200_000", "value = 700_000")))
    assert "Contradictions" in read(nobody)


def test_the_form_writes_only_what_was_changed(world: Marked):
    officer, files = signed_in(world, "officer"), files_of("drafted")
    page = officer.get("/desk/calls/drafted/design/form/").content.decode()
    assert 'value="3 000 000"' in page
    assert 'value="50"' in page
    fields = {
        "opened": digest(files),
        "parameters.envelope.value": "4 000 000",
        "parameters.cofunding_share.value": "33,3 %",
        "parameters.smallest_grant.value": "",
        "parameters.minimum_regions.note": "As decided",
        "parameters.largest_grant.0.from": "2016-10-03",
        "parameters.largest_grant.0.is": "500000",
        "title.en": 'A "new" title',
        "rules.two-regions.severity": "should",
        "rules.two-regions.waiver": "yes",
    }
    told = officer.post("/desk/calls/drafted/design/form/", fields, follow=True)
    assert "The form is saved." in read(told)
    before, after = (one["call.toml"].splitlines() for one in (files, files_of("drafted")))
    assert [line for line in after if line not in before] == [
        'title.en = "A \\"new\\" title"',
        'minimum_regions = { unit = "count", value = 2, source = "SOURCE.md#regions", note = "As decided" }',
        'smallest_grant = { unit = "money", value = "not stated", source = "SOURCE.md#grant" }',
        'largest_grant = { unit = "money", value = [{ from = 2016-10-03, is = 500_000 }], source = "SOURCE.md#grant" }',
        'cofunding_share = { unit = "share", of = "total-cost", value = 0.333, source = "SOURCE.md#cofunding" }',
        'envelope = { unit = "money", value = 4_000_000, source = "SOURCE.md#envelope" }',
        'severity = "should"',
        "waiver = true",
    ]
    assert [line for line in before if line.startswith("#")] == [line for line in after if line.startswith("#")]


@pytest.mark.parametrize(
    "name, typed",
    [
        ("parameters.envelope.value", "three million"),
        ("parameters.envelope.value", "-3"),
        ("parameters.cofunding_share.value", "150"),
        ("title.sv", ""),
        ("rules.two-regions.severity", "perhaps"),
        ("parameters.envelope.0.is", "500"),
    ],
)
def test_the_form_tells_what_is_wrong_and_keeps_what_was_typed(world: Marked, name: str, typed: str):
    officer, files = signed_in(world, "officer"), files_of("drafted")
    page = officer.post("/desk/calls/drafted/design/form/", {name: typed, "title.en": "Kept"})
    assert page.status_code == 422
    assert 'value="Kept"' in page.content.decode()
    assert files_of("drafted") == files


def test_an_empty_form_changes_nothing(world: Marked):
    officer, files = signed_in(world, "officer"), files_of("drafted")
    officer.post("/desk/calls/drafted/design/form/")
    assert files_of("drafted") == files


def test_a_new_call_begins_with_a_text_that_can_be_published(world: Marked):
    officer = signed_in(world, "officer")
    page = officer.post(
        "/desk/draft/", {"start": "empty", "id": "fresh-2027", "title_sv": 'Nytt "prov"', "title_en": ""}
    )
    assert page.headers["Location"] == "/desk/calls/fresh-2027/design/"
    assert "all its 2 cases hold" in read(officer.get(page.headers["Location"]))


def test_a_new_call_from_another_leaves_its_days_and_keeps_its_rules(world: Marked):
    officer = signed_in(world, "officer")
    officer.post("/desk/draft/", {"start": "open", "id": "from-open", "title_sv": "Ny", "title_en": "New"})
    made, files = files_of("from-open")["call.toml"], files_of("open")["call.toml"]
    assert 'id = "from-open"' in made
    assert 'title.sv = "Ny"' in made
    assert "note.sv" not in made
    assert made.count("[[rules]]") == files.count("[[rules]]")


@pytest.mark.parametrize("call_id", ["open", "Not a slug", "", "no-such/../x"])
def test_an_id_is_refused_with_the_reason(world: Marked, call_id: str):
    page = signed_in(world, "officer").post("/desk/draft/", {"start": "empty", "id": call_id, "title_en": "Kept"})
    assert page.status_code == 422
    assert 'value="Kept"' in page.content.decode()


def test_files_that_are_no_call_can_be_put_right_at_once(world: Marked):
    officer = signed_in(world, "officer")
    files = {name: text.replace('id = "drafted"', 'id = "sent-in"', 1) for name, text in files_of("drafted").items()}
    broken = with_call(files, 'unit = "count", value = 3,', 'unit = "count", value = "three",')
    page = officer.post("/desk/draft/", sent(broken))
    assert page.status_code == 422
    assert "parameters.minimum_clusters.value" in read(page)
    assert 'action="/desk/draft/"' in page.content.decode()
    assert officer.post("/desk/draft/", sent(files)).headers["Location"] == "/desk/calls/sent-in/"


def test_files_do_not_take_the_place_of_another_draft_unseen(world: Marked):
    officer, before = signed_in(world, "officer"), files_of("drafted")
    page = officer.post("/desk/draft/", sent(with_call(before, "value = 200_000", "value = 250_000")))
    assert page.status_code == 422
    assert "There is already a call with this id." in read(page)
    assert files_of("drafted") == before


def test_every_pattern_is_shown_in_words_and_goes_into_the_text(world: Marked):
    officer, files = signed_in(world, "officer"), files_of("drafted")
    page = read(officer.get("/desk/calls/drafted/design/patterns/"))
    assert all(one.title["en"] in page for one in gallery())
    assert "enough-partners" not in page
    assert "enough-partners" in read(officer.get("/desk/calls/drafted/design/patterns/1/"))
    told = officer.post("/desk/calls/drafted/design/patterns/1/", {"opened": digest(files)}, follow=True)
    assert "The pattern is in the text" in read(told)
    officer.post("/desk/calls/drafted/design/patterns/1/")
    made = files_of("drafted")["call.toml"]
    assert 'id = "enough-partners"' in made
    assert 'id = "enough-partners-2"' in made
    assert made.startswith(files["call.toml"][:200])
    assert "does not hold" not in read(officer.get("/desk/calls/drafted/design/cases/"))


def test_a_word_that_looks_like_an_allowed_one_is_pointed_out(world: Marked):
    files = with_call(files_of("drafted"), "[calendar]", "[calender]")
    page = read(signed_in(world, "officer").post("/desk/draft/check/", sent(files)))
    assert "Perhaps meant: calendar" in page


def test_without_the_folder_of_patterns_there_is_no_gallery(world: Marked, settings, tmp_path):
    settings.PROJECT = tmp_path
    gallery.cache_clear()
    try:
        officer = signed_in(world, "officer")
        assert officer.get("/desk/calls/drafted/design/patterns/").status_code == 404
        assert "patterns" not in officer.get("/desk/calls/drafted/design/").content.decode()
    finally:
        gallery.cache_clear()


CASE = """[[cases]]
name = "Four clusters"
partners = [{ kind = "cluster-organisation", region = "SE110", times = 4 }]
expect = { three-clusters = "met", two-regions = "not-met" }
"""


def test_a_case_is_judged_at_once_and_kept(world: Marked):
    officer, files = signed_in(world, "officer"), files_of("drafted")
    page = officer.post("/desk/calls/drafted/design/cases/", {"case": CASE})
    assert page.status_code == 200
    assert "4 × cluster organisation (SE110)" in read(page)
    assert 'two-regions = "not-met"' in read(page)
    assert files_of("drafted") == files
    officer.post("/desk/calls/drafted/design/cases/", {"case": CASE, "keep": "1"})
    assert files_of("drafted")["cases.toml"].endswith(CASE)
    wrong = officer.post("/desk/calls/drafted/design/cases/", {"case": CASE.replace("times", "time"), "keep": "1"})
    assert wrong.status_code == 422
    assert "line 3" in read(wrong)


def test_a_case_that_does_not_hold_stops_the_publishing(world: Marked):
    officer, files = signed_in(world, "officer"), files_of("drafted")
    turned = files | {"cases.toml": files["cases.toml"] + "\n" + CASE.replace('"not-met"', '"met"')}
    officer.post("/desk/calls/drafted/design/", sent(turned))
    assert "(expected: met)" in read(officer.get("/desk/calls/drafted/design/cases/"))
    page = signed_in(world, "decider").get("/desk/calls/drafted/design/publish/")
    assert 'action="/desk/calls/drafted/publish/"' not in page.content.decode()
    assert "Some cases do not hold" in read(page)


def test_the_one_who_wrote_it_cannot_publish_it(world: Marked):
    assert signed_in(world, "officer").get("/desk/calls/drafted/").headers["Location"].endswith("/design/publish/")
    own, other = (signed_in(world, name).get("/desk/calls/drafted/design/publish/") for name in ("officer", "decider"))
    button = 'action="/desk/calls/drafted/publish/"'
    assert button not in own.content.decode()
    assert button in other.content.decode()


def test_an_amendment_goes_through_to_edition_2_while_an_application_keeps_edition_1(world: Marked):
    officer, decider = signed_in(world, "officer"), signed_in(world, "decider")
    files = files_of("open")
    nothing = decider.get("/desk/calls/open/design/publish/")
    assert "there is nothing to publish" in read(nothing)
    amended = with_call(
        files,
        'smallest_grant = { unit = "money", value = 200_000',
        'smallest_grant = { unit = "money", value = 400_000',
    )
    page = officer.post("/desk/calls/open/design/", sent(amended, opened=digest(files)), follow=True)
    assert "An amendment of edition 1" in read(page)
    assert "200" in read(Client(headers={"accept-language": "en"}).get("/calls/open/"))
    told = read(officer.get("/desk/calls/open/design/changes/"))
    assert "smallest_grant" in told
    assert "mark-name-open-submitted-" in told
    assert "mark-name-open-draft-" not in told
    assert "mark-name-open-ineligible-" not in told
    page = decider.get("/desk/calls/open/design/publish/")
    assert 'action="/desk/calls/open/publish/"' not in page.content.decode()
    kept = files_of("open")["cases.toml"]
    repaired = amended | {"cases.toml": _fitting(kept)}
    officer.post("/desk/calls/open/design/", sent(repaired))
    page = decider.get("/desk/calls/open/design/publish/")
    assert 'action="/desk/calls/open/publish/"' in page.content.decode(), read(page)
    answer = decider.post("/desk/calls/open/publish/", follow=True)
    assert "published as a new edition" in read(answer)
    assert [one.number for one in Edition.objects.filter(call="open")] == [1, 2]
    application = Application.objects.get(constellation=world.constellations["open-draft"])
    assert application.edition.number == 1


def _fitting(cases: str) -> str:
    """The cases of the call of 2016 where the smallest grant is twice as large."""
    return cases.replace("grant = 200_000", "grant = 400_000").replace(
        "grant = [150_000, 250_000]", "grant = [350_000, 450_000]"
    )
