from datetime import UTC, date, datetime

import pytest

from tasks.importing.weekly_goals import WEEKLY_GOALS
from tasks.models import WeeklyGoal
from tests.clients.importing.files import NOW, imported, sentences
from tests.factories.clients import ClientFactory, ClientGoalFactory, StaffFactory
from tests.factories.tasks import WeeklyGoalFactory

pytestmark = pytest.mark.django_db

FILE = """
    client,manager,week_starts_on,text,status
    C1,S1,2026-11-09,Launch   the campaign,Hit
    C1,S1,2026-11-09,Agree the form,not met
    C1,S1,2026-11-16,Launch the campaign,
    C1,S1,2026-11-23,Next week's promise,open
"""


@pytest.fixture(autouse=True)
def agency(settings):
    settings.TIME_ZONE = "Europe/London"
    ClientFactory(external_id="C1", name="Halden Dental")
    StaffFactory(external_id="S1")


def test_goals_of_the_past_were_promised_when_their_week_locked():
    assert imported(WEEKLY_GOALS, FILE).new == 4
    goals = WeeklyGoal.objects.order_by("week_starts_on", "text")
    assert [(goal.text, goal.status) for goal in goals] == [
        ("Agree the form", "missed"),
        ("Launch the campaign", "met"),
        ("Launch the campaign", "open"),
        ("Next week's promise", "open"),
    ]
    assert goals[0].committed_at == datetime(2026, 11, 9, 12, tzinfo=UTC)
    assert goals[0].closed_at == datetime(2026, 11, 16, tzinfo=UTC)
    assert goals[2].closed_at is None
    assert goals[3].committed_at is None
    assert not any(goal.unplanned for goal in goals)


def test_the_same_file_again_changes_nothing():
    imported(WEEKLY_GOALS, FILE)
    report = imported(WEEKLY_GOALS, FILE)
    assert (report.unchanged, report.writes) == (4, 0)
    assert WeeklyGoal.history.count() == 4


def test_a_result_closes_the_goal_and_counts_as_a_new_version():
    imported(WEEKLY_GOALS, FILE)
    report = imported(WEEKLY_GOALS, FILE.replace("campaign,\n", "campaign,done\n"))
    assert report.changed == 1
    goal = WeeklyGoal.objects.get(week_starts_on=date(2026, 11, 16))
    assert (goal.status, goal.closed_at, goal.version) == ("met", NOW, 2)
    assert goal.history.count() == 2


def test_one_that_was_promised_after_the_lock_is_unplanned():
    imported(
        WEEKLY_GOALS,
        """
        client,manager,week_starts_on,text,committed_at,unplanned
        C1,S1,2026-11-09,Late,2026-11-09 12:01,
        C1,S1,2026-11-09,In time,2026-11-09 11:59,
        C1,S1,2026-11-09,Late but agreed,2026-11-10,no
        """,
    )
    found = dict(WeeklyGoal.objects.values_list("text", "unplanned"))
    assert found == {"Late": True, "In time": False, "Late but agreed": False}


def test_a_week_starts_on_a_monday():
    report = imported(WEEKLY_GOALS, FILE.replace("2026-11-16", "2026-11-18"))
    assert sentences(report) == [
        "line 4, week_starts_on “2026-11-18”: A week starts on a Monday: write 2026-11-16."
    ]


def test_a_goal_may_serve_a_ninety_day_goal():
    goal = ClientGoalFactory(
        client__external_id="C2", client__name="Northbay", name="Leads", starts_on=date(2026, 10, 1)
    )
    header = "client,manager,week_starts_on,text,client_goal\n"
    assert imported(WEEKLY_GOALS, header + "C2,S1,2026-11-09,A,leads\nC2,S1,2026-11-09,B,\n").ok
    assert WeeklyGoal.objects.get(text="A").client_goal == goal
    assert WeeklyGoal.objects.get(text="B").client_goal is None
    report = imported(WEEKLY_GOALS, header + "C1,S1,2026-11-09,A,Leads\n")
    assert "Halden Dental has no goal “Leads”" in sentences(report)[0]


def test_the_same_words_in_another_week_are_another_goal():
    kept = WeeklyGoalFactory(
        client__external_id="C3", week_starts_on=date(2026, 11, 2), text="Launch"
    )
    imported(
        WEEKLY_GOALS, "client,manager,week_starts_on,text,status\nC3,S1,2026-11-09,Launch,hit\n"
    )
    kept.refresh_from_db()
    assert kept.status == "open"
