"""The register is loaded whole or not at all, organisations are entered once, and a region confirms its own list."""

from __future__ import annotations

from dataclasses import replace

import pytest

from samspel.actions import registry
from samspel.cli.world import folder
from samspel.engine.calls.edition import digest
from samspel.engine.packs import FILES, read_pack
from samspel.engine.permissions import OPERATOR
from samspel.store.models import Organisation, PastProject, Priority, Region, RegisterPack, Theme
from samspel.store.queries.rows import to_be_entered
from tests.worlds.refusals import refused
from tests.worlds.situations import AT, PACK, journal_length, line, newest_line

ROWS = {
    "regions.csv": 33,
    "themes.csv": 18,
    "priorities.csv": 83,
    "organisations.csv": 58,
    "projects_2017.csv": 6,
    "positions.csv": 50,
}


def test_the_register_of_sweden_is_loaded(db):
    files = folder(PACK, FILES)
    pack = read_pack(files)
    stored = registry.load(actor=OPERATOR, at=AT, pack=pack, files=files)

    assert (stored.pk, stored.version, stored.digest) == ("sweden", pack.version, digest(files))
    counts = [model._base_manager.count() for model in (Region, Theme, Priority, Organisation, PastProject)]
    assert counts == [33, 18, 83, 58, 6]
    housing = Organisation.objects.get(pk="smart-housing-smaland")
    assert (housing.region_id, housing.host_id) == ("SE212", "sp-sveriges-tekniska-forskningsinstitut")
    assert set(Priority.objects.get(pk="se110-grona-transporter-bostader").themes.values_list("pk", flat=True)) == {
        "mobility-logistics",
        "smart-cities-housing",
    }
    written = newest_line()
    assert written == line(
        "registry.load",
        "register",
        "sweden",
        OPERATOR,
        before={},
        after={
            "id": "sweden",
            "version": pack.version,
            "digest": digest(files),
            "loaded_at": "2016-10-03 10:00:00+00:00",
            "name_sv": "Sverige",
            "name_en": "Sweden",
            "credits": written["after"]["credits"],
            "rows": ROWS,
        },
    )
    assert len(written["after"]["credits"]) == len(pack.credits)


def test_loading_again_replaces_and_keeps_what_a_region_confirmed(register):
    priority = Priority.objects.get(pk="se12-smart-industri")
    registry.confirm(actor=register.person("regional-officer"), at=AT, priority=priority)
    files = folder(PACK, FILES)
    pack = replace(read_pack(files), version="next")

    registry.load(actor=register.officer, at=AT, pack=pack, files=files)

    assert RegisterPack.objects.get().version == "next"
    assert newest_line()["after"] == {"version": "next", "rows": ROWS}
    assert Priority.objects.get(pk="se12-smart-industri").confirmed_at == AT
    assert Priority.objects.count() == 83
    assert Organisation.objects.filter(invented=True).count() == 7, "invented organisations are left as they are"


def test_what_a_region_confirmed_in_other_words_is_no_longer_confirmed(register):
    priority = Priority.objects.get(pk="se12-smart-industri")
    registry.confirm(actor=register.person("regional-officer"), at=AT, priority=priority)
    files = folder(PACK, FILES)
    files["priorities.csv"] = files["priorities.csv"].replace(
        "se12-smart-industri,SE12,", "se12-smart-industri,SE12,Ny ", 1
    )
    registry.load(actor=register.officer, at=AT, pack=read_pack(files), files=files)
    assert Priority.objects.get(pk="se12-smart-industri").confirmed_at is None

    registry.confirm(actor=register.person("regional-officer"), at=AT, priority=priority)
    files["priorities.csv"] = files["priorities.csv"].replace(
        "se12-smart-industri,SE12,", "se12-smart-industri,SE33,", 1
    )
    registry.load(actor=register.officer, at=AT, pack=read_pack(files), files=files)
    assert Priority.objects.get(pk="se12-smart-industri").confirmed_at is None


def test_only_an_officer_loads(register):
    files = folder(PACK, FILES)
    with refused("permission.role", roles="officer"):
        registry.load(actor=register.person("regional-officer"), at=AT, pack=read_pack(files), files=files)


def test_an_exception_in_the_middle_leaves_neither_rows_nor_a_line(db):
    files = folder(PACK, FILES)
    pack = read_pack(files)
    broken = dict(pack.tables) | {"themes.csv": ({"code": "x"},)}
    with pytest.raises(KeyError):
        registry.load(actor=OPERATOR, at=AT, pack=replace(pack, tables=broken), files=files)
    assert (Region.objects.count(), RegisterPack.objects.count(), journal_length()) == (0, 0, 0)


def test_an_organisation_is_entered(register):
    entered = registry.enter(
        actor=register.officer,
        at=AT,
        organisation=to_be_entered(id="small-ny", name="Nya (påhittad)", kind="cluster-organisation", invented=True),
        themes=["life-science", "health-care"],
    )
    assert set(entered.themes.values_list("pk", flat=True)) == {"health-care", "life-science"}
    assert newest_line() == line(
        "registry.enter",
        "organisation",
        "small-ny",
        register.officer,
        before={},
        after={
            "id": "small-ny",
            "name": "Nya (påhittad)",
            "kind": "cluster-organisation",
            "region_id": None,
            "host_id": None,
            "theme": "",
            "theme_basis": "",
            "listed": False,
            "invented": True,
            "source": "",
            "x": None,
            "y": None,
            "themes": ["health-care", "life-science"],
        },
    )


def test_only_an_officer_enters(register):
    organisation = to_be_entered(id="small-ny", name="Nya (påhittad)", kind="cluster-organisation", invented=True)
    with refused("permission.role", roles="officer"):
        registry.enter(actor=register.lead, at=AT, organisation=organisation)
    assert not Organisation.objects.filter(pk="small-ny").exists()


def test_a_region_confirms_its_priority(register):
    officer = register.person("regional-officer")
    priority = Priority.objects.get(pk="se12-smart-industri")
    before = {
        "id": priority.pk,
        "region_id": "SE12",
        "name_sv": priority.name_sv,
        "name_en": priority.name_en,
        "status": priority.status,
        "vintage": priority.vintage,
        "source": priority.source,
        "confirmed_at": None,
    }
    registry.confirm(actor=officer, at=AT, priority=priority)
    assert Priority.objects.get(pk=priority.pk).confirmed_at == AT
    assert newest_line() == line(
        "registry.confirm",
        "priority",
        priority.pk,
        officer,
        before=before,
        after={"confirmed_at": "2016-10-03 10:00:00+00:00"},
    )


def test_another_region_does_not_confirm_it(register):
    priority = Priority.objects.get(pk="se110-halsa-vard-omsorg")
    with refused("permission.own-region"):
        registry.confirm(actor=register.person("regional-officer"), at=AT, priority=priority)
    with refused("permission.role", roles="regional-officer"):
        registry.confirm(actor=register.officer, at=AT, priority=priority)
    assert Priority.objects.get(pk=priority.pk).confirmed_at is None
