import csv
import io
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from clients.models import Department, Staff
from tests.factories.clients import StaffFactory
from tests.factories.training import ModuleVersionFactory, RequirementFactory, attempted
from tests.training.conftest import signed_in
from training.export import harmless
from training.matrix import training_matrix
from training.models import ModuleVersion

pytestmark = pytest.mark.django_db

MATRIX = "/training/matrix/"
CSV = "/training/matrix.csv"
TAKEN = date(2026, 3, 2)
DAY = date(2026, 6, 1)


@pytest.fixture
def calls() -> ModuleVersion:
    version = ModuleVersionFactory(module__title="Calls", module__slug="calls", months_valid=24)
    RequirementFactory(module=version.module)
    return version


def rows(response: Any) -> list[dict[str, str]]:
    text = response.content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def people(response: Any) -> list[str]:
    return [row.staff.name for row in response.context["matrix"].rows]


def test_the_worked_example_is_4_of_6_and_a_mean_of_82(ana: Staff):
    versions = [ModuleVersionFactory() for _ in range(6)]
    for version in versions:
        RequirementFactory(module=version.module)
    for version, score in zip(versions, [90, 80, 85, 95, 60], strict=False):
        attempted(ana, version, score, TAKEN)
    tally = training_matrix(Staff.objects.all(), DAY).rows[0].tally
    assert (tally.passed, tally.due, tally.overdue) == (4, 6, 2)
    assert round(tally.share or 0, 3) == Decimal("0.667")
    assert tally.mean_score == 82


def test_with_nothing_due_the_share_is_unknown_and_not_100_percent(ana: Staff):
    ModuleVersionFactory()
    matrix = training_matrix(Staff.objects.all(), DAY)
    assert (matrix.tally.due, matrix.tally.share, matrix.tally.mean_score) == (0, None, None)
    assert "no share to show" in signed_in(ana).get(MATRIX).content.decode()


@pytest.mark.usefixtures("everybody", "calls")
def test_everyone_gets_the_rows_of_those_they_answer_for(
    ana: Staff, ben: Staff, dora: Staff, lee: Staff, ada: object
):
    everyone = ["Ana", "Ben", "Dora", "Lee"]
    for who, expected in (
        (ana, ["Ana"]),
        (ben, ["Ben"]),
        (dora, ["Ana", "Dora"]),
        (lee, everyone),
        (ada, everyone),
    ):
        assert people(signed_in(who).get(MATRIX)) == expected
        assert [row["Person"] for row in rows(signed_in(who).get(CSV))] == expected


def test_marks_scores_and_what_is_overdue_are_written_out(
    ana: Staff, ben: Staff, lee: Staff, calls: ModuleVersion
):
    attempted(ana, calls, 90, timezone.localdate())
    attempted(ben, calls, 60, timezone.localdate())
    text = signed_in(lee).get(MATRIX).content.decode()
    assert "Passed 90%" in text
    assert "Not passed 60%" in text
    assert text.count(">overdue</span>") == 2
    assert "33.3% passed, 1 of 3 due" in text


@pytest.mark.usefixtures("everybody", "calls")
def test_filters_by_role_and_department_hold_for_the_page_and_the_file(lee: Staff):
    browser = signed_in(lee)
    for query, expected in (
        ("role=designer", ["Ana"]),
        ("department=studio", ["Ana", "Dora"]),
        ("role=account_director&department=studio", ["Dora"]),
        ("role=designer&department=media", []),
    ):
        assert people(browser.get(f"{MATRIX}?{query}")) == expected
        assert [row["Person"] for row in rows(browser.get(f"{CSV}?{query}"))] == expected


@pytest.mark.usefixtures("everybody", "calls")
def test_a_filter_does_not_open_another_department(dora: Staff):
    response = signed_in(dora).get(f"{MATRIX}?department=media")
    assert people(response) == []
    assert "Nobody here" in response.content.decode()


@pytest.mark.usefixtures("everybody", "calls")
def test_a_filter_that_is_not_known_shows_nobody_rather_than_everybody(lee: Staff):
    browser = signed_in(lee)
    assert people(browser.get(f"{MATRIX}?role=emperor")) == []
    assert browser.get(f"{CSV}?as_of=yesterday").status_code == 400


def test_a_past_day_shows_what_was_known_that_day(lee: Staff, ana: Staff, calls: ModuleVersion):
    attempted(ana, calls, 90, TAKEN)
    browser = signed_in(lee)
    before = browser.get(f"{CSV}?role=designer&as_of=2026-03-01")
    after = browser.get(f"{CSV}?role=designer&as_of=2026-03-02")
    assert [row["Calls: state"] for row in rows(before)] == ["Not begun"]
    assert [row["Calls: state"] for row in rows(after)] == ["Passed"]


def test_the_file_has_iso_dates_raw_numbers_and_a_name_with_the_day(
    lee: Staff, ana: Staff, calls: ModuleVersion
):
    attempted(ana, calls, 90, TAKEN)
    response = signed_in(lee).get(f"{CSV}?role=designer&as_of=2026-06-01")
    assert response["Content-Disposition"] == 'attachment; filename="training-2026-06-01.csv"'
    assert response.content.startswith(b"\xef\xbb\xbf")
    (row,) = rows(response)
    assert (row["As of"], row["Role"], row["Department"]) == ("2026-06-01", "Designer", "Studio")
    assert (row["Passed"], row["Due"], row["Mean score"]) == ("1", "1", "90.00")
    assert (row["Calls: score"], row["Calls: passed on"]) == ("90.00", "2026-03-02")
    assert row["Calls: expires on"] == "2028-03-02"


def test_a_name_that_is_a_formula_stays_text_in_the_file(lee: Staff, calls: ModuleVersion):
    StaffFactory(name='=HYPERLINK("http://evil.example","Ana")')
    named = [row["Person"] for row in rows(signed_in(lee).get(CSV))]
    assert '\'=HYPERLINK("http://evil.example","Ana")' in named


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\r=1"])
def test_nothing_in_the_file_begins_like_a_formula(text: str):
    assert harmless(text) == f"'{text}"


def test_plain_text_is_left_alone():
    assert (harmless("Ana"), harmless(None), harmless(Decimal("82.0"))) == ("Ana", "", "82.0")


def test_who_left_or_has_not_come_yet_is_not_in_the_matrix(
    lee: Staff, studio: Department, calls: ModuleVersion
):
    today = timezone.localdate()
    StaffFactory(name="Gone", department=studio, ended_on=today)
    StaffFactory(name="Soon", department=studio, started_on=today + timedelta(days=1))
    assert people(signed_in(lee).get(MATRIX)) == ["Lee"]


def test_without_a_module_the_matrix_says_how_it_begins(lee: Staff):
    assert "No modules on this day" in signed_in(lee).get(MATRIX).content.decode()


def test_the_matrix_asks_as_many_queries_for_many_people_as_for_few(
    lee: Staff, calls: ModuleVersion, django_assert_max_num_queries: Any
):
    browser = signed_in(lee)
    for number in range(40):
        person = StaffFactory()
        attempted(person, calls, 50 + number, TAKEN)
    for _ in range(5):
        RequirementFactory(module=ModuleVersionFactory().module)
    for url in (MATRIX, CSV):
        with django_assert_max_num_queries(16):
            assert browser.get(url).status_code == 200
