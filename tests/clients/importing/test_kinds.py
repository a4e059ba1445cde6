"""Each other kind: what its rows mean, and that importing them twice changes nothing."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from clients import models
from clients.importing.contact import CONTACTS, TOUCHPOINTS
from clients.importing.departments import DEPARTMENTS
from clients.importing.goals import CLIENT_GOALS, GOAL_READINGS
from clients.importing.kind import Kind
from clients.importing.money import EXCHANGE_RATES, GROSS_MARGINS
from clients.importing.pods import POD_MEMBERS, PODS
from clients.importing.served import PAUSES
from clients.importing.staff import STAFF
from tests.clients.importing.files import imported, sentences
from tests.factories.clients import (
    ClientFactory,
    ClientGoalFactory,
    DepartmentFactory,
    PodFactory,
    StaffFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def agency():
    ClientFactory(external_id="C1", name="Halden Dental")
    PodFactory(external_id="PA")
    StaffFactory(external_id="S1")


def twice(kind: Kind, file: str) -> None:
    """Import, and import again: the second time nothing is new or changed."""
    first = imported(kind, file)
    assert sentences(first) == []
    assert first.new == first.rows
    again = imported(kind, file)
    assert (again.unchanged, again.writes, again.refused) == (first.rows, 0, 0)


def test_staff_with_a_department_that_is_made():
    DepartmentFactory(name="Paid media")
    twice(
        STAFF,
        """
        external_id,name,email,role,department,started_on,ended_on
        S7,Ana Ruiz,Ana@Agency.example,AM,paid media,2024-01-01,
        S8,Jo Dahl,,Founder,Sales,,2026-01-01
        """,
    )
    ana = models.Staff.objects.get(external_id="S7")
    assert (ana.email, ana.role, ana.department.name) == (
        "ana@agency.example", "account_manager", "Paid media",
    )  # fmt: skip
    assert models.Department.objects.get(name="Sales").slug == "sales"


def test_departments_with_their_director():
    twice(DEPARTMENTS, "name,director\nPaid media,S1\nDesign,\n")
    assert models.Department.objects.get(name="Paid media").director.external_id == "S1"


def test_pods():
    DepartmentFactory(name="Paid media")
    twice(PODS, "external_id,name,department\nPX,Andes,Paid media\nPY,Boreal,\n")
    assert models.Pod.objects.get(external_id="PX").department.name == "Paid media"


def test_pod_members_who_come_back():
    twice(
        POD_MEMBERS,
        """
        pod,staff,started_on,ended_on
        PA,S1,,2025-01-01
        PA,S1,2026-01-01,
        """,
    )


def test_nobody_is_in_a_pod_twice_at_once():
    report = imported(POD_MEMBERS, "pod,staff,started_on,ended_on\nPA,S1,,\nPA,S1,2026-01-01,\n")
    assert "This membership overlaps another one (always to today)" in sentences(report)[0]


def test_pauses():
    twice(PAUSES, "client,started_on,ended_on,reason\nC1,2026-07-01,2026-08-01,Rebuilding\n")


def test_rates_and_margins():
    twice(EXCHANGE_RATES, "currency,starts_on,rate\nusd,2026-01-01,0.92345678\n")
    twice(GROSS_MARGINS, "starts_on,share,note\n2026-01-01,0.42,\n")
    assert models.ExchangeRate.objects.get().rate == Decimal("0.92345678")
    assert (
        "above zero"
        in sentences(imported(EXCHANGE_RATES, "currency,starts_on,rate\nUSD,2026-02-01,0\n"))[0]
    )


def test_contacts():
    twice(CONTACTS, "client,name,email,decides\nC1,Marit Holm,marit@halden.example,yes\n")
    assert models.Contact.objects.get().decides


def test_touchpoints_know_their_day_and_whether_they_count(settings):
    settings.TIME_ZONE = "Europe/Warsaw"
    twice(
        TOUCHPOINTS,
        """
        client,happened_at,channel,direction,staff,note,automatic
        C1,2026-11-16 23:30,Phone call,out,S1,Weekly call,
        C1,2026-11-16T23:30:00Z,E-mail,from us,S1,Report,yes
        C1,2026-11-17,e-mail,incoming,,Asked about the invoice,no
        """,
    )
    rows = models.Touchpoint.objects.order_by("happened_at")
    assert [(row.happened_on.day, row.qualifies) for row in rows] == [
        (16, True), (17, False), (17, False),
    ]  # fmt: skip
    assert rows[2].happened_at == datetime(2026, 11, 16, 23, 30, tzinfo=UTC)
    assert models.Touchpoint.history.filter(happened_on=date(2026, 11, 17)).count() == 2


def test_two_touchpoints_on_one_day_with_other_words_are_two():
    twice(
        TOUCHPOINTS, "client,happened_at,channel,note\nC1,2026-11-17,sms,a\nC1,2026-11-17,sms,b\n"
    )


def test_a_touchpoint_outside_the_dates_of_the_file_is_not_touched():
    imported(TOUCHPOINTS, "client,happened_at,channel\nC1,2026-11-17,call\n")
    assert imported(TOUCHPOINTS, "client,happened_at,channel\nC1,2026-11-16,call\n").new == 1
    assert models.Touchpoint.objects.count() == 2


def test_goals_last_ninety_days_unless_told():
    twice(
        CLIENT_GOALS,
        """
        client,name,unit,baseline,target,starts_on,ends_on,matters_most
        C1,Cost per lead,€,68,42,2026-09-26,,yes
        C1,Leads,leads / mo,120,210,2026-10-01,2026-12-01,no
        """,
    )
    goal = models.ClientGoal.objects.get(name="Cost per lead")
    assert (goal.ends_on, goal.matters_most) == (date(2026, 12, 25), True)


def test_a_goal_must_move():
    report = imported(
        CLIENT_GOALS, "client,name,baseline,target,starts_on\nC1,Leads,5,5,2026-01-01\n"
    )
    assert sentences(report) == ["line 2: The target must differ from where it stands today."]


def test_readings_find_the_goal_that_ran_that_day():
    client = models.Client.objects.get()
    for month in (1, 4, 7):
        ClientGoalFactory(client=client, name="Leads", starts_on=date(2026, month, 1))
    twice(
        GOAL_READINGS,
        """
        client,goal,read_on,value,staff
        C1,Leads,2026-02-01,100.5,S1
        C1,leads,2026-04-15,130,
        """,
    )
    reading = models.GoalReading.objects.get(read_on=date(2026, 4, 15))
    assert reading.goal.starts_on == date(2026, 4, 1)


def test_a_reading_without_a_goal_that_day_is_refused():
    report = imported(GOAL_READINGS, "client,goal,read_on,value\nC1,Leads,2026-02-01,100\n")
    assert sentences(report) == [
        "line 2, goal “Leads”: Halden Dental has no goal “Leads” that ran on 2026-02-01. Correct "
        "the name, or import the goal first."
    ]
