from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError

from tasks import weekly_goals
from tasks.models import WeeklyGoal
from tasks.versions import ChangedMeanwhileError
from tests.factories.clients import ClientFactory, ClientGoalFactory, StaffFactory
from tests.factories.tasks import WeeklyGoalFactory

pytestmark = pytest.mark.django_db
Status = WeeklyGoal.Status
LAST_WEEK, THIS_WEEK, NEXT_WEEK = date(2026, 11, 9), date(2026, 11, 16), date(2026, 11, 23)
NOON = datetime(2026, 11, 16, 12, tzinfo=UTC)
BEFORE_NOON = NOON - timedelta(minutes=1)
THURSDAY = datetime(2026, 11, 19, 14, 32, tzinfo=UTC)


def added(now=BEFORE_NOON, week=THIS_WEEK, **told):
    return weekly_goals.add(
        **{
            "client": told.pop("client", None) or ClientFactory(),
            "manager": told.pop("manager", None) or StaffFactory(),
            "week_starts_on": week,
            "text": "Launch Black Friday feed",
            "now": now,
            **told,
        }
    )


def test_a_goal_set_before_the_lock_is_planned_and_not_promised_yet():
    goal = added()
    assert (goal.unplanned, goal.committed_at, goal.status) == (False, None, Status.OPEN)
    assert goal.due_on == date(2026, 11, 22)


@pytest.mark.parametrize("now", [NOON, THURSDAY])
def test_a_goal_set_from_the_lock_on_is_unplanned_and_promised_at_once(now):
    goal = added(now=now)
    assert (goal.unplanned, goal.committed_at) == (True, now)
    assert not WeeklyGoal.objects.committed().exists()


def test_a_goal_for_next_week_is_planned_all_week():
    assert not added(now=THURSDAY, week=NEXT_WEEK).unplanned


def test_a_week_that_is_over_takes_no_goal():
    with pytest.raises(ValidationError, match=r"Week 46 \(9 Nov to 15 Nov\) is over"):
        added(week=LAST_WEEK)


def test_a_week_starts_on_a_monday():
    with pytest.raises(ValidationError, match="write 2026-11-16"):
        added(week=date(2026, 11, 18))


def test_nobody_plans_a_year_ahead():
    with pytest.raises(ValidationError, match="at most 13 weeks ahead"):
        added(week=date(2027, 11, 15))


def test_it_serves_a_goal_of_the_same_client_or_openly_none():
    goal_of_client = ClientGoalFactory()
    assert added(client=goal_of_client.client, client_goal=goal_of_client).client_goal
    assert added(client_goal=None).client_goal is None
    with pytest.raises(ValidationError, match="another client"):
        added(client_goal=goal_of_client)


def test_the_same_words_are_set_once_a_week():
    goal = added()
    with pytest.raises(ValidationError, match="has this goal for this week already"):
        added(client=goal.client, text="  Launch  Black Friday feed ")
    added(client=goal.client, week=NEXT_WEEK)


def test_empty_words_are_refused():
    with pytest.raises(ValidationError):
        added(text="   ")


def test_words_may_change_until_the_lock():
    goal = added()
    changed = weekly_goals.edit(
        goal=goal, now=BEFORE_NOON, text="Launch two feeds", client_goal=None, version=1
    )
    changed.refresh_from_db()
    assert (changed.text, changed.version) == ("Launch two feeds", 2)


def test_the_clock_locks_even_when_no_job_ever_ran():
    goal = added()
    assert goal.committed_at is None
    with pytest.raises(ValidationError, match="words are fixed"):
        weekly_goals.edit(goal=goal, now=NOON, text="An easier one", client_goal=None)
    goal.refresh_from_db()
    assert goal.text == "Launch Black Friday feed"


def test_after_the_lock_it_may_still_name_the_90_day_goal_it_serves():
    goal = added()
    serves = ClientGoalFactory(client=goal.client)
    weekly_goals.edit(goal=goal, now=THURSDAY, text=goal.text, client_goal=serves)
    goal.refresh_from_db()
    assert goal.client_goal == serves


def test_the_job_writes_the_moment_of_the_lock_and_not_of_its_run():
    goal, next_goal = added(), added(week=NEXT_WEEK)
    assert weekly_goals.lock_due_weeks(BEFORE_NOON) == 0
    assert weekly_goals.lock_due_weeks(THURSDAY) == 1
    for row in (goal, next_goal):
        row.refresh_from_db()
    assert goal.committed_at == NOON
    assert next_goal.committed_at is None
    assert goal.history.first().committed_at == NOON


def test_a_second_run_of_the_job_changes_nothing():
    goal = added()
    weekly_goals.lock_due_weeks(THURSDAY)
    assert weekly_goals.lock_due_weeks(THURSDAY) == 0
    assert goal.history.count() == 2


def test_a_job_that_slept_for_weeks_dates_every_week_by_its_own_lock():
    old = WeeklyGoalFactory(week_starts_on=LAST_WEEK, committed_at=None)
    added()
    assert weekly_goals.lock_due_weeks(THURSDAY) == 2
    old.refresh_from_db()
    assert old.committed_at == NOON - timedelta(days=7)


def test_a_manager_may_promise_the_week_earlier():
    goal = added()
    other = added()
    saturday = NOON - timedelta(days=2)
    promised = weekly_goals.commit_week(
        manager=goal.manager, week_starts_on=THIS_WEEK, now=saturday
    )
    goal.refresh_from_db()
    other.refresh_from_db()
    assert (promised, goal.committed_at, other.committed_at) == (1, saturday, None)
    with pytest.raises(ValidationError, match="words are fixed"):
        weekly_goals.edit(goal=goal, now=saturday, text="An easier one", client_goal=None)


@pytest.mark.parametrize(
    "change",
    [
        {"text": "An easier one"},
        {"week_starts_on": NEXT_WEEK},
        {"unplanned": True},
        {"committed_at": None},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_promise_cannot_be_changed_through_any_form(change):
    goal = WeeklyGoalFactory()
    for name, value in change.items():
        setattr(goal, name, value)
    with pytest.raises(ValidationError, match="This goal was promised"):
        goal.full_clean()


def test_before_the_lock_it_is_gone():
    assert weekly_goals.withdraw(goal=added(), now=BEFORE_NOON) is None
    assert not WeeklyGoal.objects.exists()


def test_after_the_lock_it_stays_and_counts():
    goal = weekly_goals.withdraw(goal=added(), now=NOON)
    assert (goal.status, goal.closed_at) == (Status.DELETED, NOON)
    assert WeeklyGoal.objects.committed().get() == goal


def test_a_withdrawn_goal_is_not_marked_met_afterwards():
    goal = weekly_goals.withdraw(goal=added(), now=NOON)
    with pytest.raises(ValidationError, match="was withdrawn and stays so"):
        weekly_goals.mark(goal=goal, status=Status.MET, now=THURSDAY)


def test_it_cannot_come_back_under_the_same_words_as_an_easy_hit():
    goal = weekly_goals.withdraw(goal=added(), now=NOON)
    with pytest.raises(ValidationError, match="already"):
        added(client=goal.client, now=THURSDAY)


@pytest.mark.parametrize("status", [Status.MET, Status.MISSED])
def test_a_goal_is_hit_or_missed_with_the_moment_and_a_reason(status):
    goal = weekly_goals.mark(goal=added(), status=status, now=THURSDAY, note=" Late photos. ")
    goal.refresh_from_db()
    assert (goal.status, goal.closed_at, goal.note) == (status, THURSDAY, "Late photos.")


def test_a_slip_is_put_right_until_the_next_weeks_lock():
    goal = weekly_goals.mark(goal=added(), status=Status.MET, now=THURSDAY)
    weekly_goals.mark(goal=goal, status=Status.OPEN, now=THURSDAY)
    goal.refresh_from_db()
    assert (goal.status, goal.closed_at) == (Status.OPEN, None)
    closes = NOON + timedelta(days=7)
    goal = weekly_goals.mark(goal=goal, status=Status.MISSED, now=closes - timedelta(minutes=1))
    with pytest.raises(ValidationError, match=r"Week 47 \(16 Nov to 22 Nov\) is closed"):
        weekly_goals.mark(goal=goal, status=Status.MET, now=closes)


def test_one_that_nobody_marked_may_be_marked_later():
    late = weekly_goals.mark(goal=added(), status=Status.MISSED, now=NOON + timedelta(days=30))
    assert late.status == Status.MISSED


def test_a_week_that_has_not_begun_is_not_marked():
    goal = added(week=NEXT_WEEK)
    with pytest.raises(ValidationError, match="has not begun"):
        weekly_goals.mark(goal=goal, status=Status.MET, now=THURSDAY)


@pytest.mark.parametrize("status", [Status.DELETED, Status.POSTPONED, "won"])
def test_only_hit_and_missed_are_marks(status):
    with pytest.raises(ValidationError, match="choose one of these"):
        weekly_goals.mark(goal=added(), status=status, now=THURSDAY)


def test_the_second_one_is_told_what_the_first_has_saved():
    goal = added()
    weekly_goals.edit(goal=goal, now=BEFORE_NOON, text="Theirs", client_goal=None, version=1)
    with pytest.raises(ChangedMeanwhileError, match="Compare both") as refusal:
        weekly_goals.edit(goal=goal, now=BEFORE_NOON, text="Mine", client_goal=None, version=1)
    assert refusal.value.current.text == "Theirs"
    assert refusal.value.current.version == 2


def test_a_mark_on_an_old_page_is_refused():
    goal = weekly_goals.mark(goal=added(), status=Status.MISSED, now=THURSDAY, version=1)
    with pytest.raises(ChangedMeanwhileError):
        weekly_goals.mark(goal=goal, status=Status.MET, now=THURSDAY, version=1)
    goal.refresh_from_db()
    assert goal.status == Status.MISSED


def test_the_lock_itself_is_no_change_of_somebody_else():
    goal = added()
    weekly_goals.lock_due_weeks(THURSDAY)
    assert weekly_goals.mark(goal=goal, status=Status.MET, now=THURSDAY, version=1).version == 2


def test_the_frozen_rate_counts_what_was_promised():
    """Of 8 promised: 5 met, 1 missed, 1 withdrawn, 1 left open; 2 added late and done."""
    client, manager = ClientFactory(), StaffFactory()
    told = {"client": client, "manager": manager}
    promised = [added(text=f"Goal {n}", **told) for n in range(8)]
    weekly_goals.lock_due_weeks(NOON)
    for goal in promised[:5]:
        weekly_goals.mark(goal=goal, status=Status.MET, now=THURSDAY)
    weekly_goals.mark(goal=promised[5], status=Status.MISSED, now=THURSDAY)
    weekly_goals.withdraw(goal=promised[6], now=THURSDAY)
    for n in range(2):
        late = added(text=f"Late {n}", now=THURSDAY, **told)
        weekly_goals.mark(goal=late, status=Status.MET, now=THURSDAY)
    committed = WeeklyGoal.objects.of_week(THIS_WEEK).committed()
    assert committed.count() == 8
    assert committed.filter(status=Status.MET).count() == 5
