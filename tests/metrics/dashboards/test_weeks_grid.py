"""Thirteen weeks of people, pods and clients: what is counted, and what a dash means."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from metrics.dashboards.onward import Onward
from metrics.dashboards.portfolio import all_lines
from metrics.dashboards.weeks_grid import weeks_grid
from metrics.dashboards.weeks_grid.cells import (
    Week,
    contact_cell,
    goals_cell,
    mean_cell,
    pace_cell,
    unknown,
)
from metrics.dashboards.weeks_grid.drawn import week_cells
from metrics.formulas.pace import PaceState
from metrics.queries.stamps import read_stamps
from tests.factories.cast import make_cast
from tests.factories.clients import ClientGoalFactory, GoalReadingFactory, TouchpointFactory
from tests.factories.tasks import WeeklyGoalFactory
from tests.factories.voices import TrafficLightFactory

NOW = datetime(2026, 11, 19, 14, 32, tzinfo=UTC)
DAY = date(2026, 11, 19)
MONDAY = date(2026, 11, 16)
WEEK = timedelta(days=7)


def grid(kind, metric):
    stamps = read_stamps()
    return weeks_grid(kind, metric, all_lines(stamps, DAY), stamps, DAY, Onward())


def texts(shown, name):
    return [cell.text for row in shown.rows if row.unit.name == name for cell in row.cells]


@pytest.fixture
def cast(db):
    return make_cast()


# -- one cell, without a database


def test_a_screen_reader_hears_the_number_the_week_and_the_word():
    week = Week(date(2026, 10, 26), date(2026, 10, 29))
    drawn = week_cells("90-day pace", [week], [pace_cell(PaceState.OFF)])
    assert '<span class="sr">90-day pace, week 44, off pace</span>' in drawn


def test_a_missing_week_is_a_dash_and_never_0():
    cells = [goals_cell(0, 0, True), pace_cell(None), contact_cell(None, 10), mean_cell([], 10, "")]
    assert {cell.text for cell in cells} == {"–"}
    assert {cell.value for cell in cells} == {None}


def test_nothing_hit_of_something_promised_is_no_dash():
    assert goals_cell(0, 3, True).text == "0/3"


def test_red_needs_a_limit_that_is_crossed():
    assert [contact_cell(days, 10).alarm for days in (10, 11)] == [False, True]
    assert [mean_cell([days], 10, "").alarm for days in (10, 11)] == [False, True]


def test_a_week_that_still_runs_is_not_in_red():
    assert not goals_cell(0, 9, is_over=False).alarm
    assert goals_cell(0, 9, is_over=True).alarm


def test_only_the_week_that_runs_is_tinted():
    weeks = [Week(MONDAY - WEEK, DAY - WEEK), Week(MONDAY, DAY)]
    drawn = week_cells("90-day pace", weeks, [unknown(), unknown()])
    assert drawn.count('class="now"') == 1
    assert drawn.index('data-week="46"') < drawn.index('class="now"')


# -- the whole grid


def test_weekly_goals_are_the_managers_who_set_them(cast):
    for monday, status in ((MONDAY - WEEK, "met"), (MONDAY - WEEK, "missed"), (MONDAY, "open")):
        WeeklyGoalFactory(client=cast.client_a, week_starts_on=monday, status=status,
                          text=f"{monday} {status}", manager=cast.manager.staff)  # fmt: skip
    people, pods, clients = (grid(kind, "goals") for kind in ("people", "pods", "clients"))
    assert texts(people, "Manager")[-3:] == ["–", "1/2", "0/1"]
    assert texts(pods, "Amber")[-3:] == ["–", "1/2", "0/1"]
    assert texts(clients, "Acme")[-3:] == ["–", "1/2", "0/1"]
    assert set(texts(clients, "Boreal")) == {"–"}


def test_pace_is_that_of_the_same_weekday_and_a_pod_shows_its_share(cast):
    goal = ClientGoalFactory(client=cast.client_a, starts_on=DAY - timedelta(days=45))
    GoalReadingFactory(goal=goal, read_on=DAY, value=Decimal(110))
    GoalReadingFactory(goal=goal, read_on=DAY - WEEK, value=Decimal(145))
    [acme] = [row for row in grid("clients", "pace").rows if row.unit.name == "Acme"]
    assert [cell.value for cell in acme.cells[-2:]] == ["on", "off"]
    assert texts(grid("pods", "pace"), "Amber")[-2:] == ["1/1", "0/1"]


def test_lights_of_a_week_that_nobody_marked_are_a_dash(cast):
    TrafficLightFactory(
        client=cast.client_a, week_starts_on=MONDAY - WEEK, color="green", marked_at=NOW
    )
    [acme] = [row for row in grid("clients", "light").rows if row.unit.name == "Acme"]
    assert [cell.value for cell in acme.cells[-2:]] == ["green", None]
    assert texts(grid("people", "light"), "Manager")[-2:] == ["1/1", "–"]


def test_contact_is_in_days_and_a_pods_is_the_mean_of_its_clients(cast):
    TouchpointFactory(client=cast.client_a, happened_at=NOW - timedelta(days=3))
    assert texts(grid("clients", "contact"), "Acme")[-1] == "3"
    assert texts(grid("pods", "contact"), "Amber")[-1] == "3.0"


def test_rows_stand_by_name_and_are_never_ranked(cast):
    assert [row.unit.name for row in grid("pods", "goals").rows] == ["Amber", "Basalt"]
