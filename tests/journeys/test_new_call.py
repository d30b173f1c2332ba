"""An officer takes in a new call: told where it is wrong, stored when it is right, published by somebody else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

SEED = Path(__file__).resolve().parents[2] / "calls" / "kluster-2016"
FILES = ("call.toml", "form.toml", "cases.toml", "SOURCE.md")
NEW_ID = "kluster-prov"
NEW_TITLE = "Klustersamverkan på prov (påhittad)"


@pytest.fixture
def right_files(tmp_path):
    """Write a copy of the call of 2016 under another id and title."""
    folder = tmp_path / "right"
    folder.mkdir()
    for name in FILES:
        text = (SEED / name).read_text(encoding="utf-8")
        if name == "call.toml":
            text = text.replace('id = "kluster-2016"', f'id = "{NEW_ID}"', 1)
            text = text.replace("Klustersamverkan över regiongränser 2016", NEW_TITLE)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def broken_files(right_files, tmp_path):
    """Break it in two places: a number that is a word, and a rule that points to a number that is not there."""
    folder = tmp_path / "broken"
    folder.mkdir()
    for name in FILES:
        text = (right_files / name).read_text(encoding="utf-8")
        if name == "call.toml":
            text = text.replace('unit = "count", value = 3', 'unit = "count", value = "three"')
            text = text.replace('at_least = "cofunding_share"', 'at_least = "cofunding_part"')
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_a_call_is_told_what_is_wrong_and_published_by_a_second_person(new_page, sign_in, broken_files, right_files):
    page = new_page(language="sv")
    sign_in(page, "Ada")
    _hand_in_files(page, broken_files)
    _the_problems_are_told_where_they_are(page)
    _nothing_is_stored(page)

    _hand_in_files(page, right_files)
    expect(page.get_by_role("heading", level=1, name=NEW_TITLE)).to_be_visible()
    _the_same_person_cannot_publish(page)
    _nobody_outside_sees_it(new_page)

    sign_in(page, "Bo")
    page.goto("/work/")
    page.get_by_role("link", name=NEW_TITLE).click()
    page.get_by_role("button", name="Publicera").click()
    expect(page.get_by_text("Utlysningen är publicerad och öppen.")).to_be_visible()

    public = new_page(language="sv")
    public.goto("/calls/")
    public.get_by_role("link", name=NEW_TITLE).click()
    expect(
        public.get_by_text("Minst tre klusterorganisationer eller FoI-plattformar", exact=True).first
    ).to_be_visible()


def _hand_in_files(page, folder):
    page.goto("/desk/")
    page.get_by_role("link", name="Gör utkast till en ny utlysning").click()
    for name in FILES:
        page.get_by_role("button", name=name, exact=True).set_input_files(folder / name)
    page.get_by_role("button", name="Läs in och kontrollera utkastet").click()


def _the_problems_are_told_where_they_are(page):
    expect(page.get_by_role("alert").filter(has_text="De här filerna är inte en utlysning än")).to_be_focused()
    problems = page.get_by_role("list", name="Det här måste rättas")
    text = page.get_by_label("Texten i call.toml")
    for key, words in (("parameters.minimum_clusters.value", "value = 3,"), ("rules.5.needs", '"cofunding_share" }')):
        problem = problems.get_by_role("listitem").filter(has_text=key)
        problem.get_by_role("link", name=f"call.toml, rad {_line(words)}").click()
        expect(text).to_be_focused()
    expect(text).to_have_value(re.compile('value = "three"'))


def _line(words):
    """On which line of the call of 2016 these words stand."""
    lines = (SEED / "call.toml").read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if words in line)


def _nothing_is_stored(page):
    page.goto("/desk/")
    expect(page.get_by_role("main")).not_to_contain_text(NEW_ID)
    assert page.goto(f"/desk/calls/{NEW_ID}/").status == 404


def _the_same_person_cannot_publish(page):
    expect(page.get_by_text("Den som har förberett ärendet får inte själv besluta i det.")).to_be_visible()
    expect(page.get_by_role("button", name="Publicera")).to_have_count(0)


def _nobody_outside_sees_it(new_page):
    public = new_page(language="sv")
    assert public.goto(f"/calls/{NEW_ID}/").status == 404
