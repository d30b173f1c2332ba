"""A pack is taken whole or not at all: a missing file or column, a doubled id or a loose end is told with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from samspel.engine.located import NotReadableError
from samspel.engine.packs import FILES, read_pack
from samspel.wording import located

PACK = Path(__file__).resolve().parents[2] / "registers" / "sweden"
REAL = {name: (PACK / name).read_text(encoding="utf-8") for name in FILES}
SMALL = {
    "pack.toml": 'id = "small"\nversion = "1"\nname = { sv = "Liten", en = "Small" }\n[[credits]]\nwho = "Somebody"\n',
    "map.json": '{"counties": {"SE110": {"path": "M0 0"}}}',
    "regions.csv": "code,level,parent,name_sv,name_en\nSE,0,,Sverige,Sweden\nSE110,3,SE,Stockholm,Stockholm\n",
    "themes.csv": "code,name_sv,name_en\ncare,Vård,Care\nfood,Mat,Food\n",
    "priorities.csv": (
        "id,region,name_sv,name_en,status,vintage,source,themes\np,SE110,Vård,,unknown,2022,S,care food\n"
    ),
    "organisations.csv": (
        "id,name,kind,region,host,theme,theme_basis,themes,listed,source\n"
        "a,A,cluster-organisation,SE110,,,none,care,yes,S\n"
        "b,B,rdi-platform,,a,,none,,no,S\n"
    ),
    "projects_2017.csv": (
        "id,name,sector,partners,partners_known,lead,total_budget_sek,period,not_found,source\n"
        "x,X,care,a b,yes,,,,lead,S\n"
    ),
    "positions.csv": "organisation,x,y\na,1,2\n",
}


def problems(**changed: str | None) -> list[str]:
    files = SMALL | {name: text for name, text in changed.items() if text is not None}
    files = {name: text for name, text in files.items() if changed.get(name, "") is not None}
    with pytest.raises(NotReadableError) as caught:
        read_pack(files)
    return [located(one, "en") for one in caught.value.problems]


def test_the_small_pack_is_read():
    pack = read_pack(SMALL)
    assert (pack.id, pack.version, pack.names) == ("small", "1", (("sv", "Liten"), ("en", "Small")))
    assert pack.paths == {"SE110": "M0 0"}
    assert [row["id"] for row in pack.rows("organisations.csv")] == ["a", "b"]
    assert len(pack.credits) == 1


def test_the_register_of_sweden_is_read():
    pack = read_pack(REAL)
    assert (pack.id, len(pack.rows("priorities.csv")), len(pack.paths)) == ("sweden", 83, 21)


def test_every_file_must_be_there():
    assert problems(**{"themes.csv": None, "map.json": None}) == [
        "map.json:1: file: expected a file; found nothing",
        "themes.csv:1: file: expected a file; found nothing",
    ]


BROKEN = [
    ("pack.toml", 'id = "small"', "", "pack.toml:1: id: expected a text; found nothing"),
    ("pack.toml", 'en = "Small"', 'en = ""', "pack.toml:3: name.en: expected a text; found "),
    (
        "themes.csv",
        "code,name_sv",
        "code,name",
        "themes.csv:1: file: expected the columns name_sv; found nothing",
    ),
    (
        "themes.csv",
        SMALL["themes.csv"],
        "",
        "themes.csv:1: file: expected the columns code name_en name_sv; found nothing",
    ),
    ("themes.csv", "food,", "care,", "themes.csv:3: code: expected an id that no other has; found care"),
    ("themes.csv", "Vård,Care", ",Care", "themes.csv:2: name_sv: expected a value; found nothing"),
    ("regions.csv", "SE110,3,SE,", "SE110,3,NO,", "regions.csv:3: parent: expected an id in regions.csv; found NO"),
    ("priorities.csv", "care food", "care wood", "priorities.csv:2: themes: expected an id in themes.csv; found wood"),
    (
        "organisations.csv",
        "b,B,rdi-platform,,a",
        "b,B,rdi-platform,,z",
        "organisations.csv:3: host: expected an id in organisations.csv; found z",
    ),
    ("projects_2017.csv", "a b", "a c", "projects_2017.csv:2: partners: expected an id in organisations.csv; found c"),
    ("positions.csv", "a,1,2", "z,1,2", "positions.csv:2: organisation: expected an id in organisations.csv; found z"),
]


@pytest.mark.parametrize("name, there, instead, told", BROKEN)
def test_what_is_wrong_in_a_pack_is_told_with_its_place(name, there, instead, told):
    assert there in SMALL[name]
    found = problems(**{name: SMALL[name].replace(there, instead, 1)})
    assert [one for one in found if one.startswith(told)], found


STUMBLED = [
    ("a map that is no JSON", "map.json", SMALL["map.json"], "{"),
    ("a map without counties", "map.json", SMALL["map.json"], "{}"),
    ("a quote in the middle", "themes.csv", "care,Vård", 'care,"Vård"x'),
    ("a row cut off", "priorities.csv", ",S,care food", ",S"),
    ("a kind that there is not", "organisations.csv", "rdi-platform", "rdi-plattform"),
    ("a level that is no number", "regions.csv", "SE110,3", "SE110,three"),
    ("a place that is no number", "positions.csv", "a,1,2", "a,east,2"),
    ("a priority without a name", "priorities.csv", "Vård", ""),
    ("a budget that is no number", "projects_2017.csv", "a b,yes,,,", "a b,yes,,much,"),
    ("more values than columns", "themes.csv", "care,Vård,Care", "care,Vård,Care,extra"),
]


@pytest.mark.parametrize("what, name, there, instead", STUMBLED, ids=[one[0] for one in STUMBLED])
def test_a_slip_that_would_be_felt_later_is_told_now(what, name, there, instead):
    assert there in SMALL[name]
    assert problems(**{name: SMALL[name].replace(there, instead, 1)})
