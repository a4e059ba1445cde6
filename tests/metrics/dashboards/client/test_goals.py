from datetime import date, timedelta
from decimal import Decimal

import pytest

from metrics.dashboards.client.goals import goal_lines, pace_by_day
from metrics.formulas.pace import PaceState
from metrics.queries.client import goals_with_readings
from metrics.queries.limits import LimitHistory
from tests.factories.clients import ClientFactory, ClientGoalFactory, GoalReadingFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 19)
START = DAY - timedelta(days=45)


@pytest.fixture
def client():
    return ClientFactory()


def lines(client, day=DAY):
    return goal_lines(goals_with_readings(client, START, day), day, off_below=0.8)


@pytest.mark.parametrize(
    ("unit", "way"),
    [("€", "€68 → €42"), ("%", "68% → 42%"), ("/ mo", "68 → 42 / mo"), ("", "68 → 42")],
)
def test_the_way_of_a_goal_is_written_with_its_unit(client, unit, way):
    ClientGoalFactory(client=client, unit=unit, baseline=68, target=42, starts_on=START)
    assert [line.way for line in lines(client)] == [way]


def test_a_goal_that_goes_down_is_judged_like_one_that_goes_up(client):
    goal = ClientGoalFactory(client=client, unit="€", baseline=68, target=42, starts_on=START)
    GoalReadingFactory(goal=goal, read_on=DAY, value=Decimal("57.34"))
    [line] = lines(client)
    assert line.sum_in_words() == "41% ÷ 50% expected"
    assert (line.ratio, line.words) == ("0.82", "Behind")
    assert line.now_in_words == "now €57.34"


def test_the_goal_that_matters_most_stands_for_the_client(client):
    for name, value, most in (("Fine", 190, False), ("Most", 150, True), ("Worst", 101, False)):
        goal = ClientGoalFactory(client=client, name=name, matters_most=most, starts_on=START)
        GoalReadingFactory(goal=goal, read_on=DAY, value=value)
    assert [(line.goal.name, line.stands) for line in lines(client)] == [
        ("Most", True),
        ("Worst", False),
        ("Fine", False),
    ]


def test_a_reading_of_tomorrow_is_not_known_today(client):
    goal = ClientGoalFactory(client=client, starts_on=START)
    GoalReadingFactory(goal=goal, read_on=DAY + timedelta(days=1), value=150)
    [line] = lines(client)
    assert line.now is None
    assert line.words == "No reading yet"


def test_the_weeks_show_the_pace_as_it_was_known_then(client):
    goal = ClientGoalFactory(client=client, starts_on=START)
    GoalReadingFactory(goal=goal, read_on=START + timedelta(days=20), value=122)
    GoalReadingFactory(goal=goal, read_on=DAY, value=110)
    days = [START - timedelta(days=1), START + timedelta(days=20), DAY]
    found = pace_by_day(goals_with_readings(client, START, DAY), days, LimitHistory(()))
    assert [one and one.pace.state for one in found] == [None, PaceState.ON, PaceState.OFF]
