"""Every main page, as everybody who may open it, in both languages, wide and narrow, light and dark.

Each has its language, a title and one heading, which differs between the languages unless it is a name; nothing scrolls
sideways, axe finds nothing, and the browser has no complaint.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.journeys.conftest import ROOT, serving
from tests.journeys.looking import A_NAME, WORDS, look_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.journeys.conftest import Demonstration, Server

CALL = "/calls/kluster-2016/"
DESK_CALL = "/desk/calls/kluster-2016/"
SVIFFT, DRAFT = 1, 13
"""The numbers of an application that was sent, and of the one that is still being written."""

REGISTER = {
    "/": WORDS,
    "/register/": WORDS,
    "/register/regions/SE110/": WORDS,
    "/register/priorities/": WORDS,
    "/register/themes/energy/": WORDS,
    "/register/organisations/": WORDS,
    "/register/organisations/smart-textiles/": A_NAME,
    "/register/projects/": WORDS,
}
CALLS = {
    "/calls/": WORDS,
    CALL: WORDS,
    f"{CALL}try/": WORDS,
    f"{CALL}try/?with=smart-textiles&with=swerea-ivf&theme=textiles-architecture": WORDS,
    f"{CALL}source/": WORDS,
    f"{CALL}results/": WORDS,
    "/accessibility/": WORDS,
    "/account/login/": WORDS,
    "/demo/": WORDS,
}
CLUSTER_MANAGER = {
    "/work/": WORDS,
    f"{CALL}constellations/new/": WORDS,
    f"/constellations/{DRAFT}/": A_NAME,
    f"/constellations/{DRAFT}/?q=energi": A_NAME,
    f"/applications/{DRAFT}/": A_NAME,
    f"/applications/{DRAFT}/parts/answers/": WORDS,
    f"/applications/{DRAFT}/parts/budget/": WORDS,
    f"/applications/{DRAFT}/parts/cofunding/": WORDS,
}
APPLICANT = {
    f"/constellations/{SVIFFT}/": A_NAME,
    f"/applications/{SVIFFT}/": A_NAME,
    f"/applications/{SVIFFT}/receipt/": WORDS,
}
OFFICER = {
    "/work/": WORDS,
    "/desk/": WORDS,
    "/desk/draft/": WORDS,
    "/desk/calls/kluster-prov/": WORDS,
    DESK_CALL: WORDS,
    f"{DESK_CALL}selection/": WORDS,
    f"/desk/applications/{SVIFFT}/": A_NAME,
}
WAYS = ("", "preview/", "cases/", "changes/", "publish/", "simulator/")
"""The tabs of the designer that everybody at the desk may open."""

DESIGNER = {
    **{f"/desk/calls/kluster-prov/design/{way}": A_NAME for way in (*WAYS, "form/", "patterns/", "patterns/11/")},
    "/desk/calls/kluster-prov/rehearse/": WORDS,
}
SIMULATED = {
    f"{DESK_CALL}design/simulator/?theme=energy&smallest=2&largest=3&drawn=3&seed=1"
    "&first=minimum_clusters&first_from=2&first_to=3&against=kluster-2024": A_NAME,
}
READ_ONLY = {f"/desk/calls/kluster-prov/design/{way}": A_NAME for way in WAYS} | {
    "/desk/calls/kluster-prov/rehearse/": WORDS
}
MANY_RULES = {
    "/calls/kluster-2024/": WORDS,
    "/calls/kluster-2024/try/": WORDS,
    "/calls/kluster-2024/source/": WORDS,
}
JOURNAL = {"/desk/journal/": A_NAME, "/desk/journal/?noun=call&subject=kluster-2016&verify=1": A_NAME}
ASSESSOR = {"/work/": WORDS, f"/assess/{SVIFFT}/": A_NAME}
DECISION_MAKER = {"/work/": WORDS, "/desk/calls/kluster-prov/": WORDS}
REGIONAL_OFFICER = {"/work/": WORDS, "/register/regions/SE12/": WORDS}


@pytest.fixture(scope="module")
def live_server(prepared: Demonstration, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Serve the demonstration, with one more application being written and one more call drafted."""
    folder = tmp_path_factory.mktemp("pages")
    demonstration = prepared.copied(folder / "data")
    try:
        _let_an_application_be_written(demonstration)
        _let_a_call_be_drafted(demonstration, folder)
        _let_a_call_of_many_rules_be_published(demonstration)
        with serving(demonstration, folder) as server:
            yield server
    finally:
        demonstration.drop()


def _let_an_application_be_written(demonstration):
    frida = ("--as", "cluster-manager@demo.invalid")
    name, partners = "Jämn vind (påhittad)", ("demo-solglimten", "demo-natknuten")
    demonstration.samspel("constellations", "start", "kluster-2016", name, "--lead", "demo-vindpusten", *frida)
    demonstration.samspel("constellations", "add", str(DRAFT), *partners, *frida)
    demonstration.samspel("applications", "start", str(DRAFT), *frida)
    cofunder = ("funder-0=Region Exempelbygden (påhittad)", "amount-0=300 000")
    choices = ("kind-0=public", "form-0=cash", "state-0=decided")
    demonstration.samspel("applications", "save", str(DRAFT), "cofunding", *cofunder, *choices, *frida)


def _let_a_call_be_drafted(demonstration, folder):
    drafted = folder / "call"
    shutil.copytree(ROOT / "calls" / "kluster-2016", drafted)
    text = (drafted / "call.toml").read_text(encoding="utf-8")
    (drafted / "call.toml").write_text(text.replace("kluster-2016", "kluster-prov", 1), encoding="utf-8")
    demonstration.samspel("calls", "draft", str(drafted), "--as", "officer@demo.invalid")


def _let_a_call_of_many_rules_be_published(demonstration):
    demonstration.samspel("calls", "draft", str(ROOT / "calls" / "kluster-2024"), "--as", "officer@demo.invalid")
    demonstration.samspel("calls", "publish", "kluster-2024", "--as", "decision-maker@demo.invalid")


@pytest.mark.parametrize(
    "who, pages",
    [
        ("", REGISTER),
        ("", CALLS),
        ("Frida", CLUSTER_MANAGER),
        ("Aerospace Cluster Sweden", APPLICANT),
        ("Ada", OFFICER),
        ("Ada", JOURNAL),
        ("Disa", ASSESSOR),
        ("Ada", DESIGNER),
        ("Ada", SIMULATED),
        ("Cleo", READ_ONLY),
        ("", MANY_RULES),
        ("Cleo", DECISION_MAKER),
        ("Östra Mellansverige", REGIONAL_OFFICER),
    ],
    ids=[
        "register",
        "calls",
        "manager",
        "applicant",
        "officer",
        "journal",
        "assessor",
        "designer",
        "simulator",
        "designer-read",
        "many-rules",
        "decision-maker",
        "region",
    ],
)
def test_every_page(look_at_all, who, pages):
    look_at_all(who, pages)


def test_what_is_not_there_says_so(new_page, accessible):
    for language in ("sv", "en"):
        look_at(new_page(language=language), "/nothing-here/", language, accessible, status=404)
