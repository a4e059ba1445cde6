from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from metrics.queries.scopes import Scope
from tasks.models import Tactic, Task, WeeklyGoal
from tests.factories.asana import AsanaUserFactory, MembershipFactory, TaskFactory
from tests.factories.clients import (
    AssignmentFactory,
    ClientGoalFactory,
    DepartmentFactory,
    GoalReadingFactory,
    PodFactory,
    StaffFactory,
)
from tests.factories.tasks import TacticFactory, WeeklyGoalFactory
from tests.metrics.histories import JUNE, client, measure, value

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 6, 8)
DUE = date(2026, 6, 10)
Status, Outcome = WeeklyGoal.Status, Tactic.Outcome


def goals(status: str, count: int, **more: Any) -> None:
    of = client(f"{status} {more}")
    for _ in range(count):
        WeeklyGoalFactory(client=of, status=status, **{"week_starts_on": MONDAY, **more})


def task(finished: date | None = None, due: date | None = DUE, **more: Any) -> Task:
    moment = datetime.combine(finished, time(12), tzinfo=UTC) if finished else None
    columns = {"first_due_on": due, "due_on": due, "completed_on": finished} | more
    row: Task = TaskFactory(completed_at=moment, **columns)
    return row


def test_the_worked_example_of_weekly_goals():
    goals(Status.MET, 5)
    for status in (Status.MISSED, Status.DELETED, Status.POSTPONED):
        goals(status, 1)
    goals(Status.MET, 2, unplanned=True)
    hit = measure("weekly_goal_hit_rate")
    assert (hit.value, hit.part, hit.whole) == (0.625, 5, 8)
    assert value("weekly_goal_hit_rate_naive") == pytest.approx(7 / 9)


def test_a_goal_left_open_after_its_sunday_is_missed():
    goals(Status.OPEN, 1)
    assert value("weekly_goal_hit_rate") == 0


def test_a_week_counts_where_its_sunday_lies():
    goals(Status.MET, 1, week_starts_on=date(2026, 5, 25))  # Sunday 31 May
    goals(Status.MET, 1, week_starts_on=date(2026, 6, 29))  # Sunday 5 July
    assert measure("weekly_goal_hit_rate").whole == 0
    goals(Status.MISSED, 1, week_starts_on=date(2026, 6, 22))  # Sunday 28 June
    assert measure("weekly_goal_hit_rate").whole == 1


def test_no_goal_promised_is_no_rate():
    assert "no weekly goal was promised" in measure("weekly_goal_hit_rate").reason


def test_17_tasks_due_of_which_14_on_time():
    for _ in range(14):
        task(finished=DUE)
    for _ in range(2):
        task(finished=date(2026, 6, 11))
    task()
    task(due=date(2026, 7, 1), finished=DUE)  # due after the period
    task(due=None, finished=DUE)
    on_time = measure("on_time_rate")
    assert (on_time.value, on_time.part, on_time.whole) == (14 / 17, 14, 17)
    assert measure("on_time_rate_adjusted") == on_time


def test_moving_the_date_or_deleting_the_task_changes_nothing():
    task(finished=date(2026, 6, 20), due_on=date(2026, 6, 25))
    task(deleted_at=datetime(2026, 6, 9, tzinfo=UTC))
    assert (value("on_time_rate"), measure("on_time_rate").whole) == (0, 2)


def test_a_task_with_an_hour_is_on_time_until_that_hour():
    noon = datetime(2026, 6, 10, 12, tzinfo=UTC)
    task(finished=DUE, first_due_at=noon)
    task(finished=DUE, first_due_at=noon.replace(hour=11))
    assert value("on_time_rate") == 0.5


def test_durations_are_the_middle_and_the_slowest_tenth():
    for day in (1, 2, 3, 4, 9):
        task(finished=date(2026, 6, 10 + day), start_on=date(2026, 6, 10), due=None)
    task(finished=date(2026, 6, 30), start_on=date(2026, 5, 30), due=None)
    assert value("task_duration_median") == 3.5
    assert value("task_duration_p90") == pytest.approx(20.0)


def test_without_a_start_a_task_began_when_it_was_created():
    task(finished=DUE, created_at=datetime(2026, 6, 9, 0, tzinfo=UTC), due=None)
    assert value("task_duration_median") == pytest.approx(1.5)


def test_a_task_finished_before_its_planned_start_took_no_time():
    task(finished=DUE, start_on=date(2026, 6, 20), due=None)
    assert value("task_duration_median") == 0


def tactics(outcome: str, count: int, ended_on: date = DUE) -> None:
    for _ in range(count):
        TacticFactory(outcome=outcome, started_on=date(2026, 5, 1), ended_on=ended_on)


def test_the_worked_example_of_tactics():
    tactics(Outcome.WIN, 7)
    tactics(Outcome.LOSS, 3)
    tactics(Outcome.INCONCLUSIVE, 4)
    TacticFactory(started_on=date(2026, 6, 2))
    assert value("tactic_win_rate") == 0.7
    assert value("tactic_win_loss_ratio") == pytest.approx(7 / 3)
    assert value("tactic_decisive_share") == pytest.approx(10 / 14)


def test_without_a_loss_the_odds_are_the_reason():
    tactics(Outcome.WIN, 7)
    assert measure("tactic_win_loss_ratio").value is None
    assert measure("tactic_win_loss_ratio").reason == "7:0"
    assert measure("tactic_win_loss_ratio").part == 7


def test_a_tactic_counts_when_it_ended_after_the_start_up_to_and_on_the_end():
    tactics(Outcome.WIN, 1, ended_on=JUNE.start)
    tactics(Outcome.LOSS, 1, ended_on=JUNE.end)
    assert measure("tactic_win_rate").whole == 1
    assert value("tactic_win_rate") == 0


def goal_at(percent: int, of: Any, **more: Any) -> None:
    """A goal from 0 to 100 whose half time is over on 1 July, with one reading."""
    goal = ClientGoalFactory(
        client=of, baseline=0, target=100, **{"starts_on": date(2026, 5, 17), **more}
    )
    GoalReadingFactory(goal=goal, read_on=date(2026, 6, 28), value=percent)


def test_clients_on_pace_are_judged_by_the_goal_that_matters_most():
    ahead, behind, new = client("Ahead"), client("Behind"), client("New")
    goal_at(60, ahead, matters_most=True)
    goal_at(5, ahead)
    goal_at(40, behind)
    goal_at(0, new, starts_on=date(2026, 6, 20))
    on_pace = measure("clients_on_pace")
    assert (on_pace.value, on_pace.part, on_pace.whole) == (0.5, 1, 2)


def test_a_reading_in_the_future_is_not_known_yet():
    of = client("Anyone")
    goal_at(10, of)
    GoalReadingFactory(goal=of.goals.get(), read_on=date(2026, 7, 2), value=90)
    assert value("clients_on_pace") == 0
    assert value("clients_on_pace", as_of=date(2026, 7, 2)) == 1


def test_tasks_count_for_the_pod_of_their_client_the_person_and_the_department():
    of, pod, paid = client("Anyone"), PodFactory(), DepartmentFactory()
    person = StaffFactory(department=paid)
    AssignmentFactory(client=of, pod=pod, account_manager=None)
    mine = task(finished=DUE, assignee=AsanaUserFactory(staff=person))
    MembershipFactory(task=mine, project__client=of)
    MembershipFactory(task=mine, project__client=of)  # in two projects, and yet one task
    of_the_house = task()
    MembershipFactory(task=of_the_house, project__department=paid)
    task()  # nobody's
    assert measure("on_time_rate").whole == 3
    expected = {
        Scope("pod", pod.pk): 1,
        Scope("client", of.pk): 1,
        Scope("manager", person.pk): 1,
        Scope("department", paid.pk): 2,
        Scope("pod", PodFactory().pk): 0,
    }
    for scope, tasks in expected.items():
        assert measure("on_time_rate", scope=scope).whole == tasks, scope.kind
        assert (measure("task_duration_median", scope=scope).whole or 0) <= tasks
