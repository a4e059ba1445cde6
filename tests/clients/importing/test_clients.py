from datetime import date, timedelta

import pytest

from clients.importing.clients import CLIENTS
from clients.models import Assignment, Client
from tests.clients.importing.files import TODAY, imported, sentences
from tests.factories.clients import PodFactory, StaffFactory

pytestmark = pytest.mark.django_db

FILE = """
    external_id,name,industry,country,time_zone,pod,account_manager,status
    C1,Halden Dental,Dentists,no,Europe/Oslo,PA,S1,Active
    C2,Halden Dental,Dentists,NO,,,,lost
    C3,한국 커피,,KR,Asia/Seoul,PB,,
"""


@pytest.fixture(autouse=True)
def agency():
    for name in "AB":
        PodFactory(external_id=f"P{name}")
    for number in (1, 2):
        StaffFactory(external_id=f"S{number}")


def assigned(external_id: str) -> list[tuple[str, str, date | None, date | None]]:
    rows = Assignment.objects.filter(client__external_id=external_id).order_by("pk")
    return [
        (
            row.pod.external_id if row.pod else "",
            row.account_manager.external_id if row.account_manager else "",
            row.started_on,
            row.ended_on,
        )
        for row in rows
    ]


def test_clients_get_an_address_each():
    assert imported(CLIENTS, FILE).new == 3
    slugs = Client.objects.order_by("external_id").values_list("slug", flat=True)
    assert list(slugs) == ["halden-dental", "c2", "c3"]


def test_cells_are_read_as_they_are_meant():
    imported(CLIENTS, FILE)
    halden = Client.objects.get(external_id="C1")
    assert (halden.country, halden.time_zone, halden.status) == ("NO", "Europe/Oslo", "active")
    assert Client.objects.get(external_id="C2").status == "former"
    assert Client.objects.get(external_id="C3").status == "active"


def test_the_first_assignment_has_been_there_always():
    imported(CLIENTS, FILE)
    assert assigned("C1") == [("PA", "S1", None, None)]
    assert assigned("C2") == []
    assert assigned("C3") == [("PB", "", None, None)]


def test_the_same_file_again_changes_nothing():
    imported(CLIENTS, FILE)
    report = imported(CLIENTS, FILE)
    assert (report.unchanged, report.writes) == (3, 0)
    assert Client.history.count() == 3
    assert Assignment.history.count() == 2


def test_another_manager_begins_today():
    imported(CLIENTS, FILE)
    report = imported(CLIENTS, FILE.replace("PA,S1", "PA,S2"))
    assert (report.changed, report.unchanged) == (1, 2)
    assert assigned("C1") == [("PA", "S1", None, TODAY), ("PA", "S2", TODAY, None)]
    assert Client.history.filter(external_id="C1").count() == 1


def test_a_second_change_on_the_same_day_corrects_the_first():
    imported(CLIENTS, FILE)
    imported(CLIENTS, FILE.replace("PA,S1", "PA,S2"))
    imported(CLIENTS, FILE.replace("PA,S1", "PB,S2"))
    assert assigned("C1") == [("PA", "S1", None, TODAY), ("PB", "S2", TODAY, None)]


def test_an_empty_cell_leaves_who_answers_as_it_is():
    imported(CLIENTS, FILE)
    report = imported(CLIENTS, FILE.replace("PA,S1", ","), today=TODAY + timedelta(days=1))
    assert report.writes == 0
    assert assigned("C1") == [("PA", "S1", None, None)]


def test_a_status_that_is_not_told_stays():
    imported(CLIENTS, FILE)
    imported(CLIENTS, FILE.replace("Active", ""))
    assert Client.objects.get(external_id="C1").status == "active"
    imported(CLIENTS, FILE.replace("Active", "on hold"))
    imported(CLIENTS, FILE.replace("Active", ""))
    assert Client.objects.get(external_id="C1").status == "paused"


def test_an_unknown_pod_keeps_the_assignments_out_too():
    report = imported(CLIENTS, FILE.replace("PB", "PX"))
    assert sentences(report) == [
        "line 4, pod “PX”: There is no pod with the external_id “PX”. Correct it, or import the "
        "pod first."
    ]
    assert Client.objects.count() == Assignment.objects.count() == 0


def test_a_place_that_does_not_exist_is_refused():
    report = imported(CLIENTS, FILE.replace("Asia/Seoul", "Asia/Soul").replace("KR", "KOR"))
    assert sentences(report) == [
        "line 4, time_zone “Asia/Soul”: “Asia/Soul” is not a time zone. Write one like "
        "Europe/Warsaw."
    ]
    report = imported(CLIENTS, FILE.replace("KR", "KOR"))
    assert "line 4, country “KOR”: Write the country as two letters, like PL." in sentences(report)
