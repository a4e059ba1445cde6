"""What holds for every kind of file, shown on a few."""

from datetime import date

import pytest

from clients.importing.money import FEES
from clients.importing.report import Report
from clients.importing.served import ENGAGEMENTS
from clients.importing.staff import STAFF
from clients.models import Department, Engagement, Fee, Staff
from tests.clients.importing.files import NOW, imported, sentences, workbook
from tests.factories.clients import ClientFactory, EngagementFactory, UserFactory

pytestmark = pytest.mark.django_db

TWO_FEES = """
    client,service,starts_on,ends_on,amount,currency,per,finance_model
    C1,PPC,2026-01-01,2026-07-01,3000,EUR,month,retainer
    C1,PPC,2026-07-01,,3600.50,eur,Monthly,Retainer
"""


@pytest.fixture(autouse=True)
def client_one():
    return ClientFactory(external_id="C1", name="Halden Dental")


def test_rows_are_written():
    report = imported(FEES, TWO_FEES)
    assert (report.new, report.written) == (2, True)
    assert [str(fee.amount) for fee in Fee.objects.order_by("starts_on")] == ["3000.00", "3600.50"]


def test_the_same_file_again_changes_nothing(django_assert_max_num_queries):
    imported(FEES, TWO_FEES)
    with django_assert_max_num_queries(12) as queries:
        report = imported(FEES, TWO_FEES)
    assert (report.unchanged, report.writes) == (2, 0)
    written = ("INSERT", "UPDATE", "DELETE")
    assert not [q for q in queries.captured_queries if q["sql"].startswith(written)]
    assert Fee.history.count() == 2


def test_a_changed_cell_changes_one_row_and_its_history_says_who():
    imported(FEES, TWO_FEES)
    user = UserFactory()
    report = imported(FEES, TWO_FEES.replace("3600.50", "3700"), user=user, file_name="May.csv")
    assert (report.changed, report.unchanged, report.new) == (1, 1, 0)
    newest = Fee.history.latest("history_id")
    assert (newest.history_type, newest.amount, newest.history_user) == ("~", 3700, user)
    assert (newest.history_change_reason, newest.history_date) == ("Import of May.csv", NOW)


def test_a_command_leaves_no_name_in_the_history():
    imported(FEES, TWO_FEES)
    assert Fee.history.first().history_user is None


def test_a_dry_run_tells_and_writes_nothing():
    report = imported(FEES, TWO_FEES, dry_run=True)
    assert (report.new, report.written) == (2, False)
    assert Fee.objects.count() == Fee.history.count() == 0


def test_one_bad_row_keeps_all_others_out():
    report = imported(FEES, TWO_FEES + "C1,SEO,soon,,1,EUR,month,retainer")
    assert (report.refused, report.written, report.new) == (1, False, 2)
    assert Fee.objects.count() == Fee.history.count() == 0


def test_everything_that_is_wrong_is_said_at_once_by_line_and_column():
    report = imported(
        FEES,
        """
        client,service,starts_on,amount,currency,per
        C9,PPC,2026-01-01,3000,EUR,month
        C1,,19/11/2026,-5,EURO,fortnight
        C1,SEO,2026-01-01,3000,EUR,month
        C1,SEO,2026-01-01,4000,EUR,month
        """,
    )
    assert report.refused == 3
    assert sentences(report) == [
        "line 2, client “C9”: There is no client with the external_id “C9”. Correct it, or import "
        "the client first.",
        "line 3, service: This must not be empty.",
        "line 3, starts_on “19/11/2026”: “19/11/2026” is not a date. Write the year first: "
        "2026-11-19.",
        "line 3, per “fortnight”: “fortnight” is not known here. Write one of: month, quarter, "
        "half_year, year, week, once.",
        "line 5: Line 4 says something else about the same row (amount). Keep the one that is "
        "right.",
    ]


def test_what_the_model_refuses_is_said_in_its_own_words():
    report = imported(
        FEES,
        """
        client,service,starts_on,ends_on,amount,currency
        C1,PPC,2026-01-01,,-5,EURO
        C1,SEO,2026-01-01,2026-01-01,10.123,EUR
        C1,CRO,2026-05-01,2026-01-01,10,EUR
        """,
    )
    assert sentences(report) == [
        "line 2, amount “-5”: Ensure this value is greater than or equal to 0.",
        "line 2, currency “EURO”: Write the currency as three letters, like EUR.",
        "line 2, currency “EURO”: Ensure this value has at most 3 characters (it has 4).",
        "line 3, amount “10.123”: Ensure that there are no more than 2 decimal places.",
        "line 4: The end must be after the start: it is the first day that no longer counts.",
    ]
    assert Fee.objects.count() == 0


def test_a_row_that_is_there_twice_counts_once_and_is_said():
    lines = TWO_FEES.strip().splitlines()
    report = imported(FEES, "\n".join([*lines, lines[-1]]))
    assert (report.new, report.duplicates, report.rows) == (2, 1, 3)
    assert report.warnings == ["Said twice, so counted once: line 4."]


def test_a_row_with_too_many_cells_is_refused_as_a_row():
    report = imported(FEES, TWO_FEES + "C1,SEO, and more,2026-01-01,,1,EUR,month,retainer")
    assert [refusal.line for refusal in report.refusals] == [4]
    assert Fee.objects.count() == 0


def test_a_file_that_is_no_table_is_refused_as_a_whole():
    report = imported(FEES, "service,amount\nPPC,5")
    assert sentences(report) == [
        "file: The column client, starts_on, currency is missing. The first line must name the "
        "columns; known here are: client, service, starts_on, ends_on, amount, currency, per, "
        "finance_model."
    ]


def test_a_column_that_is_not_in_the_file_leaves_what_is_there():
    imported(FEES, TWO_FEES)
    report = imported(
        FEES,
        "client,service,starts_on,amount,currency\nC1,PPC,2026-01-01,3100,EUR",
    )
    assert report.changed == 1
    fee = Fee.objects.get(starts_on=date(2026, 1, 1))
    assert (fee.amount, fee.ends_on) == (3100, date(2026, 7, 1))


def test_an_empty_cell_empties_a_date():
    imported(FEES, TWO_FEES)
    imported(FEES, TWO_FEES.replace("2026-07-01,3000", ",3000"))
    assert Fee.objects.get(starts_on=date(2026, 1, 1)).ends_on is None


def test_a_workbook_counts_like_a_csv_file():
    report = imported(
        FEES,
        workbook(
            ["Client", "Service", "Starts on", "Amount", "Currency"],
            ["C1", "PPC", date(2026, 1, 1), 3000, "EUR"],
        ),
    )
    assert report.new == 1
    assert Fee.objects.get().starts_on == date(2026, 1, 1)


def test_one_may_end_and_another_begin_in_the_same_file_in_any_order():
    EngagementFactory(client__external_id="C2", started_on=date(2025, 1, 1))
    report = imported(
        ENGAGEMENTS,
        """
        client,started_on,ended_on
        C2,2026-05-01,
        C2,2025-01-01,2026-02-01
        """,
    )
    assert (report.new, report.changed, report.refused) == (1, 1, 0)
    assert Engagement.objects.filter(client__external_id="C2", ended_on=None).count() == 1


def test_stretches_that_share_a_day_are_refused_even_within_one_file():
    EngagementFactory(client__external_id="C2", started_on=date(2025, 1, 1))
    report = imported(
        ENGAGEMENTS,
        """
        client,started_on,ended_on
        C1,2026-01-01,2026-03-01
        C1,2026-02-28,
        C2,2026-05-01,
        """,
    )
    assert sentences(report) == [
        "line 3: This engagement overlaps another one (2026-01-01 to 2026-03-01). End that one "
        "first, or change the dates.",
        "line 4: This engagement overlaps another one (2025-01-01 to today). End that one first, "
        "or change the dates.",
    ]
    assert Engagement.objects.count() == 1


def test_two_people_cannot_share_an_address():
    report = imported(
        STAFF,
        """
        external_id,name,email,role
        S1,Ana Ruiz,ana@agency.example,am
        S2,Ana Other,ANA@agency.example,am
        """,
    )
    assert sentences(report) == [
        "line 3, email “ANA@agency.example”: Staff with this Email already exists."
    ]
    assert Staff.objects.count() == 0


def test_what_was_made_on_the_way_is_undone_with_the_rest():
    imported(
        STAFF,
        """
        external_id,name,role,department
        S1,Ana Ruiz,am,Paid media
        S2,Leo Sato,painter,Design
        """,
    )
    assert Department.objects.count() == 0


def test_many_rows_take_few_queries(django_assert_max_num_queries):
    rows = [f"C1,Service {n},2026-01-01,3000,EUR" for n in range(200)]
    with django_assert_max_num_queries(25):
        imported(FEES, "\n".join(["client,service,starts_on,amount,currency", *rows]))
    assert Fee.objects.count() == 200


def test_a_report_survives_being_stored():
    report = imported(FEES, TWO_FEES + "C9,SEO,soon,,1,EUR,month,retainer")
    assert Report.from_json(report.to_json()) == report


def test_a_bug_is_not_the_persons_mistake(monkeypatch):
    def broken(self, *args):
        raise ZeroDivisionError

    monkeypatch.setattr(FEES.resource, "settle", broken)
    with pytest.raises(ZeroDivisionError):
        imported(FEES, TWO_FEES)
    assert Fee.objects.count() == 0
