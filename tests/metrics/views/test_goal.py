"""One 90-day goal: will we reach it, and today's value told on the same page."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine

from clients.models import GoalReading
from tests.factories.cast import make_cast
from tests.factories.clients import ClientGoalFactory, GoalReadingFactory
from tests.factories.tasks import TacticFactory, WeeklyGoalFactory
from tests.metrics.views.browsing import browser_of, links, opened, queries, words

pytestmark = pytest.mark.django_db
THURSDAY = datetime(2026, 11, 19, 14, 32, tzinfo=UTC)
DAY = THURSDAY.date()


@pytest.fixture(autouse=True)
def _thursday():
    with time_machine.travel(THURSDAY, tick=False):
        yield


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def goal(cast):
    return ClientGoalFactory(
        client=cast.client_a,
        name="Cost per lead",
        unit="€",
        baseline=68,
        target=42,
        starts_on=DAY - timedelta(days=54),
    )


def address(goal):
    return f"/clients/acme/goals/{goal.pk}/"


def test_a_goal_behind_its_pace_will_not_be_reached_like_this(cast, goal):
    GoalReadingFactory(goal=goal, read_on=DAY, value=Decimal("57.34"))
    said = words(opened(cast.manager, address(goal)))
    assert "41% ÷ 60% expected = 0.68" in said
    assert "Not at this pace: €50.20 by 24 Dec, €42 was agreed." in said
    assert "Expected by today €52.40" in said
    assert "day 55 of 90" in said


@pytest.mark.parametrize(
    ("value", "back", "sentence"),
    [
        (None, 0, "Nobody can say yet"),
        (42, 0, "Reached: €42, and €42 was agreed."),
        (50, 0, "Yes, if it goes on like this"),
        (60, 50, "Not reached: €60 on the last day"),
    ],
)
def test_the_answer_is_one_sentence(cast, value, back, sentence):
    start = DAY - timedelta(days=54 + back)
    told = {"client": cast.client_a, "unit": "€", "baseline": 68, "target": 42}
    goal = ClientGoalFactory(**told, starts_on=start)
    if value is not None:
        GoalReadingFactory(goal=goal, read_on=start + timedelta(days=54), value=value)
    assert sentence in words(opened(cast.manager, address(goal)))


def test_a_new_goal_is_not_judged(cast):
    goal = ClientGoalFactory(client=cast.client_a, starts_on=DAY - timedelta(days=5))
    GoalReadingFactory(goal=goal, read_on=DAY, value=101)
    assert "Too early to say" in words(opened(cast.manager, address(goal)))


def test_todays_value_is_told_and_a_mistake_stands_beside_its_field(cast, goal):
    browser = browser_of(cast.manager)
    page = browser.post(address(goal), {"value": "much", "read_on": "2026-11-19"})
    assert "Enter a number." in page.content.decode()
    assert not GoalReading.objects.exists()
    told = browser.post(address(goal), {"value": "57.30", "read_on": "2026-11-19"})
    assert told.url == address(goal)
    page = words(opened(cast.manager, address(goal)))
    assert "1 reading" in page
    assert "19 Nov €57.30 Manager" in page


def test_the_weeks_and_the_tactics_that_served_it_are_there(cast, goal):
    week = {"client": cast.client_a, "manager": cast.manager.staff, "client_goal": goal}
    WeeklyGoalFactory(
        **week, text="Rebuild the ads", week_starts_on=date(2026, 11, 9), status="met"
    )
    WeeklyGoalFactory(client=cast.client_a, text="Something else")
    TacticFactory(client=cast.client_a, name="Call-only ads", started_on=DAY - timedelta(days=20))
    said = words(opened(cast.manager, address(goal)))
    assert "1 of 1 closed goal hit" in said
    assert "Rebuild the ads week 46" in said
    assert "Something else" not in said
    assert "Call-only ads" in said


def test_five_points_make_a_line_with_its_table_beside(cast, goal):
    for back in range(4):
        GoalReadingFactory(goal=goal, read_on=DAY - timedelta(days=back), value=60 + back)
    page = opened(cast.manager, address(goal))
    assert b'<script id="figure-goal" type="application/json">' in page.content
    assert "4 readings" in words(page)
    rows = opened(cast.manager, f"{address(goal)}?format=csv").content.decode("utf-8-sig")
    assert rows.splitlines()[0] == "goal,unit,read_on,value,by,note"
    assert len(rows.splitlines()) == 5


def test_the_way_to_a_goal_is_a_click_each(cast, goal):
    page = opened(cast.leader, address(goal))
    for step in ("/", "/pods/amber/", f"/people/{cast.manager.staff.slug}/", "/clients/acme/"):
        assert step in links(page)
    assert address(goal) in links(opened(cast.leader, "/clients/acme/"))


def test_a_foreign_goal_is_absent_and_accounting_only_reads(cast, goal):
    foreign = ClientGoalFactory(client=cast.client_b)
    browser = browser_of(cast.manager)
    for url in (f"/clients/acme/goals/{foreign.pk}/", f"/clients/boreal/goals/{foreign.pk}/"):
        assert browser.get(url).status_code == 404
    assert opened(cast.accounting, address(goal))
    assert browser_of(cast.accounting).post(address(goal), {"value": "1"}).status_code == 403


def test_the_page_asks_the_database_little(cast, goal):
    for back in range(20):
        GoalReadingFactory(goal=goal, read_on=DAY - timedelta(days=back))
    assert queries(cast.manager, address(goal)) <= 20
