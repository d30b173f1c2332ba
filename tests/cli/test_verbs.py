"""Every verb from the command line: what it says when it is done, and what when it is refused or cannot read."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from samspel.cli import main
from samspel.engine.lifecycles import EDGES
from samspel.store.models import Call, Organisation, Person, Priority, RegisterPack, Submission
from tests.cli.typed import done, samspel, stopped
from tests.worlds.situations import CALL_FOLDER, PACK, call_files, journal_length, newest_line

OFFICER, SECOND = "--as officer@small.invalid", "--as decision-maker@small.invalid"
LEAD, MEMBER, ASSESSOR = "--as lead@small.invalid", "--as member@small.invalid", "--as assessor@small.invalid"
REGION = "--as regional-officer@small.invalid"


@pytest.mark.parametrize("edge", EDGES, ids=lambda edge: edge.verb)
def test_every_verb_is_a_command(edge):
    noun, verb = edge.verb.split(".")
    context = click.Context(main)
    group = main.get_command(context, noun)
    assert isinstance(group, click.Group)
    command = group.get_command(context, verb.replace("_", "-"))
    assert command is not None
    assert command.help
    assert {"by", "language"} <= {parameter.name for parameter in command.params}


def test_accounts_open(register):
    told = done("accounts open Ny@small.invalid --role cluster-manager --organisation small-alfa", "Ny Person")
    assert told == [
        (
            "The account of Ny Person (ny@small.invalid) is open with the role cluster manager."
            " The password is chosen by the link for a forgotten one."
        )
    ]
    seat = Person.objects.get(email="ny@small.invalid").seats.get()
    assert (seat.role, seat.organisation_id, seat.region_id) == ("cluster-manager", "small-alfa", None)
    again = stopped(1, "accounts open ny@small.invalid Igen --role officer --language sv")
    assert again == "Det finns redan ett konto med adressen ny@small.invalid.\n"
    assert stopped(1, "accounts open x@small.invalid X --role regional-officer --region SE9") == (
        "Error: there is no region SE9, or it is not for this person to see\n"
    )
    assert "no organisation nowhere" in stopped(
        1, "accounts open x@small.invalid X --role officer --organisation nowhere"
    )


def test_registry_load(db):
    (told,) = done(f"registry load {PACK}")
    assert told.startswith("The register sweden, version ")
    assert RegisterPack.objects.get().pk == "sweden"
    assert newest_line()["actor_name"] == "operator"


def test_registry_load_tells_what_cannot_be_read(db, tmp_path: Path):
    for file in PACK.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "themes.csv").write_text("code,name_sv\na,b\n", encoding="utf-8")
    told = stopped(2, f"registry load {tmp_path}")
    assert told == "themes.csv:1: file: expected the columns name_en; found nothing\n"
    (tmp_path / "themes.csv").write_bytes(b"\xff\xfe")
    assert stopped(2, f"registry load {tmp_path}").startswith("expected a text in UTF-8; found other bytes")
    assert (Organisation.objects.count(), journal_length()) == (0, 0)


def test_registry_enter(register):
    told = done(
        f"registry enter ny-nod --kind rdi-platform --region SE110 --host small-omega --theme energy {OFFICER} "
        "--source https://small.invalid/",
        "Ny nod",
    )
    assert told == ["Ny nod is entered into the register as ny-nod."]
    entered = Organisation.objects.get(pk="ny-nod")
    assert (entered.region_id, entered.host_id, entered.invented) == ("SE110", "small-omega", False)
    again = f"registry enter ny-nod --kind rdi-platform --source x {OFFICER}"
    assert stopped(1, again, "Igen") == "There is already an organisation with the id ny-nod.\n"
    assert Organisation.objects.get(pk="ny-nod").name == "Ny nod"
    assert "'pub' is not one of" in stopped(2, "registry enter x X --kind pub --source x")
    refused = f"registry enter annan --kind rdi-platform --source x {LEAD}"
    assert stopped(1, refused, "Annan") == "Only somebody in this role may do that: case officer.\n"


def test_registry_confirm(register):
    assert done(f"registry confirm se12-smart-industri {REGION}") == [
        "The region stands by the priority se12-smart-industri."
    ]
    assert Priority.objects.get(pk="se12-smart-industri").confirmed_at is not None
    told = stopped(1, f"registry confirm se110-halsa-vard-omsorg {REGION} --language sv")
    assert told == "Det här gör bara den som företräder regionen.\n"


def test_calls_draft_publish_close(register):
    (told,) = done(f"calls draft {CALL_FOLDER} {OFFICER}")
    assert told.startswith("The draft of kluster-2016 is loaded, sha-256 ")
    assert stopped(1, f"calls publish kluster-2016 {OFFICER}") == (
        "Whoever prepared the matter may not decide on it. Ask another person.\n"
    )
    (told,) = done(f"calls publish kluster-2016 {SECOND}")
    assert told.startswith("kluster-2016 is published and open: edition 1, sha-256 ")
    (told,) = done(f"calls close kluster-2016 {OFFICER} --language sv")
    assert told == "kluster-2016 är stängd. Inga fler ansökningar kan skickas in."
    assert Call.objects.get().state == "closed"


def test_calls_amend_republish(open_call, tmp_path: Path):
    for name, text in call_files(source="Other words.\n").items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (told,) = done(f"calls amend {tmp_path} {OFFICER}")
    assert "kluster-2016" in told
    assert stopped(1, f"calls republish kluster-2016 {OFFICER}") == (
        "Whoever prepared the matter may not decide on it. Ask another person.\n"
    )
    (told,) = done(f"calls republish kluster-2016 {SECOND} --language sv")
    assert "utgåva 2" in told


def test_calls_draft_tells_what_cannot_be_read(register, tmp_path: Path):
    for name, text in call_files(call="id = 3\n").items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert "call.toml:1: id: expected a text; found 3" in stopped(2, f"calls draft {tmp_path} {OFFICER}").splitlines()
    assert not Call.objects.exists()


def test_a_call_that_may_not_be_seen_is_not_there(drafted_call):
    told = "Error: there is no call kluster-2016, or it is not for this person to see\n"
    assert stopped(1, f"calls close kluster-2016 {LEAD}") == told


def test_an_address_without_an_account_acts_for_nobody(register):
    told = stopped(2, "calls close kluster-2016 --as nobody@small.invalid")
    assert "there is no account with the address nobody@small.invalid" in told
    assert "--as" in stopped(2, "calls close kluster-2016")


def test_constellations_start_add_remove_describe(open_call):
    told = done(f"constellations start kluster-2016 --lead small-alfa {LEAD}", "Ny konstellation")
    pk = open_call.constellation().pk
    assert told == [f"The constellation {pk}, Ny konstellation, is formed. Småklustret Alfa (påhittad) leads it."]
    told = done(f"constellations add {pk} small-beta small-gamma {LEAD}")
    assert told[0] == "Ny konstellation now has 3 members."
    told = done(f"constellations describe {pk} --theme health-care --priority se110-halsa-vard-omsorg {LEAD}")
    assert told[0] == "Ny konstellation: the theme Health and care, the priorities se110-halsa-vard-omsorg."
    assert "not met" in told[1]
    told = done(f"constellations describe {pk} --theme life-science {LEAD} --language sv")
    assert told[0] == "Ny konstellation: området Life science, prioriteringarna se110-halsa-vard-omsorg."
    assert done(f"constellations remove {pk} small-gamma {LEAD}")[0] == "Ny konstellation now has 2 members."


def test_a_constellation_changed_meanwhile(forming):
    pk = forming.constellation().pk
    told = stopped(1, f"constellations describe {pk} --theme energy --revision 1 {LEAD}").splitlines()
    assert told[0].startswith("Somebody else saved first (")
    assert "'theme': 'health-care'" in told[1]
    assert "'theme': 'energy'" in told[2]
    assert forming.constellation().theme_id == "health-care"


def test_refusals_of_constellations(forming):
    pk = forming.constellation().pk
    assert "cannot stand together" in stopped(1, f"constellations add {pk} stuns {LEAD}")
    assert "no organisation nowhere" in stopped(1, f"constellations add {pk} nowhere {LEAD}")
    assert "leads the constellation" in stopped(1, f"constellations remove {pk} small-beta {MEMBER}")
    assert "no constellation" in stopped(1, f"constellations add {pk} small-park {OFFICER}")


def test_applications_from_start_to_receipt(forming, tmp_path: Path):
    done(f"applications start {forming.constellation().pk} {LEAD}")
    pk = forming.application().pk
    told = stopped(1, f"applications submit {pk} {LEAD}").splitlines()
    assert told[0] == "The application is not complete: 8 things are missing."
    assert "  Answers, need: The question is not answered." in told

    file = tmp_path / "answers.toml"
    file.write_text('need = "N"\ntogether = "T"\ngoals = "G"\n', encoding="utf-8")
    assert (
        done(f"applications save {pk} answers lasting=L --file {file} {MEMBER}")[0] == "Answers: saved, as revision 1."
    )
    budget = ["cost-small-alfa=200 000", "cost-small-beta=100 000", "cost-small-gamma=100000", "grant=200000"]
    done(f"applications save {pk} budget {LEAD}", *budget)
    done(f"applications save {pk} cofunding {LEAD} amount-0=150000 funder-0=Regionen")
    told = done(f"applications save {pk} cofunding {LEAD} amount-1=50000 funder-1=Bolaget kind-1=private --language sv")
    assert told == ["Medfinansiering: sparat, som ändring 2.", "Alla 6 krav är uppfyllda."]
    items = forming.application().parts.get(key="cofunding").content["items"]
    assert [(item["funder"], item["kind"]) for item in items] == [("Regionen", "public"), ("Bolaget", "private")]

    told = done(f"applications submit {pk} {LEAD}")
    assert told[0].startswith("Submitted. Receipt KLUSTER-2016-0001, sha-256 ")
    assert done(f"applications submit {pk} {LEAD}") == told
    assert Submission.objects.count() == 1


def test_a_field_saved_alone_leaves_the_others(drafted):
    pk = drafted.application().pk
    done(f"applications save {pk} budget cost-small-beta=1 {LEAD}")
    done(f"applications save {pk} answers need=Nytt {LEAD}")
    parts = {part.key: part.content for part in drafted.application().parts.all()}
    assert parts["budget"] == {
        "costs": {"small-alfa": "200000.00", "small-beta": "1.00", "small-gamma": "100000.00"},
        "grant": "200000.00",
    }
    assert (parts["answers"]["need"], parts["answers"]["goals"]) == ("Nytt", "Målen.")


@pytest.mark.parametrize(
    "typed, told",
    [
        ("answers nead=x", "nead: expected one of: need together goals lasting risks\n"),
        ("answers need", "need: expected FIELD=VALUE\n"),
        (
            "budget cost-small-omega=1",
            "cost-small-omega: expected one of: cost-small-alfa cost-small-beta cost-small-gamma grant\n",
        ),
        ("cofunding funder=x", "funder: expected one of: funder-N amount-N kind-N form-N state-N\n"),
        ("budget grant=1.000", "grant: “1.000” could mean two amounts. Write thousands with a space: 1 000.\n"),
        ("cofunding kind-0=own", "kind-0: Choose one of the alternatives.\n"),
    ],
)
def test_fields_that_cannot_be_read(drafted, typed, told):
    lines = journal_length()
    assert stopped(2, f"applications save {drafted.application().pk} {typed} {LEAD}") == told
    assert journal_length() == lines


def test_a_part_saved_meanwhile(drafted):
    pk = drafted.application().pk
    told = stopped(1, f"applications save {pk} answers need=Nytt --revision 0 {MEMBER}").splitlines()
    assert told[0].startswith("Somebody else saved first (Klusterledare Alfa, revision 1)")
    assert "Behovet." in told[1]
    assert "Nytt" in told[2]


def test_an_officer_finds(submitted):
    alfa, epsilon = submitted.application().pk, submitted.application("epsilon").pk
    assert done(f"applications confirm-eligible {alfa} {OFFICER}") == [f"The application {alfa} is eligible."]
    why = stopped(1, f"applications confirm-eligible {epsilon} {OFFICER}")
    assert why == "A requirement is not met, so the application cannot be found eligible.\n"
    told = done(f"applications find-ineligible {epsilon} {OFFICER} --motivation", "För få kluster.")
    assert told == [f"The application {epsilon} is not eligible: För få kluster."]
    assert "--motivation" in stopped(2, f"applications find-ineligible {epsilon} {OFFICER}")


def test_assessment(eligible):
    pk = eligible.application().pk
    assert stopped(1, f"assessment hand-in {pk} {ASSESSOR}") == "Set grades and save before you hand in.\n"
    told = done(f"assessment grade {pk} {ASSESSOR} --no-conflict", "relevance=MVG: Mycket väl.", "cooperation=G:Ja.")
    assert told == [f"The grades on the application {pk} are saved, as revision 1."]
    assert stopped(1, f"assessment hand-in {pk} {ASSESSOR}") == "Set a grade on each criterion before you hand in.\n"
    done(f"assessment grade {pk} {ASSESSOR} goal-achievement=G:Ja. lasting-change=G:Ja.")
    assert eligible.assessment().no_conflict is True
    assert done(f"assessment hand-in {pk} {ASSESSOR}") == [
        f"The assessment of the application {pk} is handed in: 8 points."
    ]
    assert stopped(2, f"assessment grade {pk} {ASSESSOR} relevance") == (
        "relevance: expected CRITERION=GRADE:MOTIVATION\n"
    )
    assert "already begun" in stopped(1, f"assessment grade {pk} relevance=G:x --as second-assessor@small.invalid")


def test_selection(assessed):
    assert "Close the call" in stopped(1, f"selection propose kluster-2016 {OFFICER}")
    assert "no proposal" in stopped(1, f"selection decide kluster-2016 {SECOND} --motivation ja")
    assessed.close_call()
    (proposal,) = done(f"selection propose kluster-2016 {OFFICER}")
    assert proposal.endswith(": 1 application, 12 points, EUR\xa0200\u202f000. Another person decides.")
    assert "Only somebody in this role" in stopped(1, f"selection decide kluster-2016 {OFFICER} --motivation ja")
    told = done(f"selection decide kluster-2016 {SECOND} --motivation ja")
    assert told == ["Decided: 1 approved, 1 rejected, 1 dismissed. The results are public."]
    again = stopped(1, f"selection decide kluster-2016 {SECOND} --motivation ja")
    assert again == "That cannot be done in the state the matter is in now (decided).\n"


def test_a_database_without_tables_is_told_so(db, monkeypatch: pytest.MonkeyPatch):
    from django.db.utils import OperationalError

    def unanswered(**_: object) -> None:
        raise OperationalError("no such table: store_call")

    monkeypatch.setattr("samspel.actions.registry.load", unanswered)
    told = stopped(1, f"registry load {PACK}")
    assert told == (
        "the database does not answer (no such table: store_call); has `samspel migrate` made its tables?\n"
    )


def test_there_is_no_other_command():
    assert samspel("frobnicate").exit_code == 2
