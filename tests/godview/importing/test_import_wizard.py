"""The columns of a file are matched, its good rows come in, and all of it can be taken back."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from clients.models import Assignment, Client, Department, Engagement, Pod, Staff, Upload
from tasks.models import ExperimentArm, Promise
from tests.factories.cast import Cast, make_cast
from tests.factories.clients import ClientFactory, PodFactory, StaffFactory, TouchpointFactory

pytestmark = pytest.mark.django_db

POLISH = b"Kod klienta;Firma;Ulubiony kolor\nK-1;Halden;red\nK-2;Brem;blue\n"
GOOD = [f"N-{number},Client {number},active" for number in range(1, 8)]
BAD = ["N-8,,active", ",No number,active", "N-9,Nine,maybe", "N-1,Other,active", "N-10,T,a,b,c"]
MIXED = "\n".join(["external_id,name,status", *GOOD, *BAD]).encode()


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def leader(cast: Cast, client: Browser) -> Browser:
    client.force_login(cast.leader)
    return client


def send(browser: Browser, content: bytes, kind: str = "clients") -> Any:
    file = SimpleUploadedFile("file.csv", content)
    return browser.post(reverse("import"), {"kind": kind, "file": file}, follow=True)


def address(name: str = "import_preview") -> str:
    return reverse(name, args=[Upload.objects.latest("uploaded_at").pk])


def bring(browser: Browser, content: bytes, kind: str = "clients", **data: str) -> None:
    file = SimpleUploadedFile("file.csv", content)
    browser.post(reverse("import"), {"kind": kind, "file": file})
    browser.post(address(), data)


def take_back(browser: Browser) -> str:
    page: str = browser.post(address("import_undo"), follow=True).content.decode()
    return page


def codes() -> set[str]:
    return set(Client.objects.values_list("external_id", flat=True))


# -- columns


def test_words_of_others_lead_to_the_page_of_columns_with_our_guess(leader):
    page = send(leader, POLISH).content.decode()
    assert "Which column is which?" in page
    assert '<option value="1" selected>Firma</option>' in page
    assert "guessed from its name" in page
    assert "1 column of the file is left out: Ulubiony kolor." in page
    assert "Halden, Brem" in page


def test_the_guess_can_be_changed_and_is_kept_with_the_upload(leader):
    send(leader, POLISH)
    page = leader.post(
        address("import_columns"), {"external_id": "1", "name": "1", "industry": "2"}, follow=True
    )
    assert "2 rows would be written" in page.content.decode()
    assert Upload.objects.get().report["matching"]["places"] == {
        "external_id": 1, "name": 1, "industry": 2,
    }  # fmt: skip
    leader.post(address())
    assert Client.objects.get(external_id="Halden").industry == "red"


def test_a_needed_column_must_be_chosen(leader):
    send(leader, POLISH)
    page = leader.post(address("import_columns"), {"name": "1"})
    assert page.status_code == 422
    assert "every row needs this" in page.content.decode()


def test_a_place_that_is_not_in_the_file_is_refused(leader):
    send(leader, POLISH)
    answer = leader.post(address("import_columns"), {"external_id": "7", "name": "1"})
    assert answer.status_code == 422


def test_a_file_with_our_own_names_needs_no_matching(leader):
    assert "rows would be written" in send(leader, b"external_id,name\nA,B\nC,D\n").content.decode()


# -- good rows in, bad rows listed


def test_five_bad_rows_are_listed_the_others_go_in_and_undo_removes_exactly_those(leader):
    ClientFactory(external_id="MINE")
    before = codes()
    page = send(leader, MIXED).content.decode()
    assert "5 rows have something to mend" in page
    assert "Import the 7 good rows, leave the bad ones out" in page
    page = leader.post(address(), {"bad_rows": "leave_out"}, follow=True).content.decode()
    assert "7 rows imported" in page
    assert "5 bad rows were left out" in page
    listed = leader.get(address("import_errors")).content.decode("utf-8-sig").splitlines()
    assert [line.split(",")[0] for line in listed[1:]] == ["9", "10", "11", "12", "13"]
    assert codes() - before == {f"N-{number}" for number in range(1, 8)}
    assert "Undone: everything is as it was" in take_back(leader)
    assert codes() == before


def test_without_the_choice_nothing_goes_in(leader):
    before = codes()
    bring(leader, MIXED)
    assert codes() == before


def test_a_row_that_needs_a_bad_row_is_left_out_with_it(leader):
    file = b"external_id,name,referred_by\nA,Alpha,B\nB,,\nC,Gamma,\n"
    before = codes()
    bring(leader, file, bad_rows="leave_out")
    assert codes() - before == {"C"}


def test_with_no_good_row_there_is_nothing_to_choose(leader):
    assert 'name="bad_rows"' not in send(leader, b"external_id,name\nA,\n").content.decode()
    bring(leader, b"external_id,name\nA,\n", bad_rows="leave_out")
    assert not Upload.objects.imported().exists()


# -- taking it back


def test_what_was_changed_is_as_it_stood_before(leader, cast):
    pod, manager = PodFactory(external_id="P-OLD"), StaffFactory(external_id="S-OLD")
    StaffFactory(external_id="S-NEW")
    bring(leader, b"external_id,name,pod,account_manager\nA,Alpha,P-OLD,S-OLD\n")
    Assignment.objects.update(started_on="2026-01-01")
    assignment = Assignment.objects.get(client__external_id="A")
    assignment.started_on = timezone.localdate() - timedelta(days=90)
    assignment.save()
    bring(leader, b"external_id,name,account_manager\nA,Omega,S-NEW\nB,Beta,\n")
    assert Client.objects.get(external_id="A").name == "Omega"
    assert Assignment.objects.filter(client__external_id="A").count() == 2
    assert "Undone" in take_back(leader)
    assert Client.objects.get(external_id="A").name == "Alpha"
    assert not Client.objects.filter(external_id="B").exists()
    again = Assignment.objects.get(client__external_id="A")
    assert (again.pod, again.account_manager, again.ended_on) == (pod, manager, None)
    line = Client.history.filter(external_id="A").latest("history_id")
    assert (line.history_user, line.history_change_reason) == (
        cast.leader,
        "Undone: Import of file.csv",
    )


def test_what_a_row_brought_with_it_goes_too(leader):
    bring(leader, b"external_id,name,role,department\nS-X,Kim,designer,Brand new\n", "staff")
    assert Department.objects.filter(name="Brand new").exists()
    take_back(leader)
    assert not Department.objects.filter(name="Brand new").exists()
    assert not Staff.objects.filter(external_id="S-X").exists()


def test_what_was_entered_upon_it_since_is_listed_and_nothing_is_undone(leader):
    bring(leader, b"external_id,name\nA,Alpha\nB,Beta\n")
    TouchpointFactory(client=Client.objects.get(external_id="A"))
    page = leader.get(address("import_undo")).content.decode()
    assert "1 touchpoint was entered upon it since: client “Alpha”." in page
    assert leader.post(address("import_undo")).status_code == 409
    assert {"A", "B"} <= codes()


def test_what_was_changed_since_is_listed(leader):
    bring(leader, b"external_id,name\nA,Alpha\n")
    row = Client.objects.get(external_id="A")
    row.name = "Mine now"
    row.save()
    assert "client “Mine now” was changed again since." in take_back(leader)
    assert Client.objects.get(external_id="A").name == "Mine now"


def test_what_a_person_removed_meanwhile_is_in_nobodys_way(leader):
    bring(leader, b"external_id,name\nA,Alpha\nB,Beta\n")
    Client.objects.get(external_id="A").delete()
    assert "Undone" in take_back(leader)
    assert not {"A", "B"} & codes()


def test_two_imports_are_undone_one_after_another_from_the_last(leader):
    bring(leader, b"external_id,name\nP-1,One\n", "pods")
    first = address("import_undo")
    bring(leader, b"external_id,name\nP-1,Two\n", "pods")
    assert leader.post(first).status_code == 409
    take_back(leader)
    assert Pod.objects.get(external_id="P-1").name == "One"
    leader.post(first)
    assert not Pod.objects.filter(external_id="P-1").exists()


def test_after_a_day_it_stays(leader):
    bring(leader, b"external_id,name\nA,Alpha\n")
    Upload.objects.update(imported_at=timezone.now() - timedelta(hours=25))
    assert "Undo the import" not in leader.get(address()).content.decode()
    take_back(leader)
    assert "A" in codes()


def test_it_is_undone_once(leader):
    bring(leader, b"external_id,name\nA,Alpha\n")
    take_back(leader)
    undone_at = Upload.objects.get().undone_at
    take_back(leader)
    assert Upload.objects.get().undone_at == undone_at
    page = leader.get(address()).content.decode()
    assert "The import was undone" in page


def test_promises_stay_in_the_ledger_so_their_goals_stay_too(leader):
    bring(leader, b"external_id,name\nA,Alpha\n")
    StaffFactory(external_id="S-1")
    goals = b"client,manager,week_starts_on,text,status\nA,S-1,2026-01-05,Call them,met\n"
    bring(leader, goals, "weekly_goals")
    assert Promise.objects.count() == 1
    assert "1 promise was entered upon it since" in take_back(leader)
    assert Promise.objects.count() == 1


def test_arms_that_were_named_anew_have_their_names_back(leader):
    bring(leader, b"external_id,name\nA,Alpha\n")
    plan = (
        "client,name,arms,baseline_rate,smallest_lift,planned_per_arm,started_on\n"
        "A,Form,{arms},0.04,0.01,6745,2026-01-05\n"
    )
    bring(leader, plan.format(arms="Old | Short").encode(), "experiments")
    bring(leader, plan.format(arms="Old | Long").encode(), "experiments")
    assert "Undone" in take_back(leader)
    assert set(ExperimentArm.objects.values_list("name", flat=True)) == {"Old", "Short"}


def test_an_engagement_ended_by_a_file_is_open_again(leader):
    bring(leader, b"external_id,name\nA,Alpha\n")
    bring(leader, b"client,started_on\nA,2026-01-05\n", "engagements")
    bring(leader, b"client,started_on,ended_on\nA,2026-01-05,2026-03-01\n", "engagements")
    take_back(leader)
    assert Engagement.objects.get(client__external_id="A").ended_on is None


def test_to_others_the_pages_of_an_upload_are_not_there(leader, cast, client):
    bring(leader, b"external_id,name\nA,Alpha\n")
    client.force_login(cast.admin)
    assert client.get(address("import_columns")).status_code == 404
    assert client.post(address("import_undo")).status_code == 404
    assert "A" in codes()
