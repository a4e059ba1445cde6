from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction

from tasks import weekly_goals
from tasks.ledger.goals import keep
from tasks.models import Promise, PromiseEvent, WeeklyGoal
from tests.factories.clients import ClientFactory, StaffFactory
from tests.factories.tasks import A_MONDAY, WeeklyGoalFactory

pytestmark = pytest.mark.django_db
TUESDAY = datetime(2026, 11, 10, 9, tzinfo=UTC)
SUNDAY_BEFORE = datetime(2026, 11, 8, 9, tzinfo=UTC)


def kinds() -> list[str]:
    return list(PromiseEvent.objects.order_by("pk").values_list("kind", flat=True))


def test_a_goal_is_promised_when_its_week_is_locked_with_its_words_and_its_sunday():
    goal = WeeklyGoalFactory(committed_at=None, text="Feed live")
    assert weekly_goals.lock_due_weeks(SUNDAY_BEFORE) == 0
    assert not Promise.objects.exists()
    weekly_goals.lock_due_weeks(TUESDAY)
    promise = Promise.objects.get()
    assert (promise.kind, promise.text, promise.due_on) == ("week", "Feed live", goal.due_on)
    assert (promise.client, promise.owner) == (goal.client, goal.manager)
    assert (promise.weekly_goal, promise.unplanned) == (goal, False)
    assert promise.committed_at == datetime(2026, 11, 9, 12, tzinfo=UTC)


def test_one_that_is_added_after_the_lock_is_promised_at_once_and_unplanned():
    weekly_goals.add(
        client=ClientFactory(),
        manager=StaffFactory(),
        week_starts_on=A_MONDAY,
        text="One more",
        now=TUESDAY,
    )
    promise = Promise.objects.get()
    assert (promise.unplanned, promise.committed_at) == (True, TUESDAY)


def test_marked_before_any_job_wrote_the_lock_down_it_was_promised_at_the_lock():
    goal = WeeklyGoalFactory(committed_at=None)
    weekly_goals.mark(goal=goal, status="met", now=TUESDAY)
    assert Promise.objects.get().committed_at == datetime(2026, 11, 9, 12, tzinfo=UTC)
    assert kinds() == ["met"]


def test_what_becomes_of_it_is_told_in_order():
    goal = WeeklyGoalFactory()
    for status in ("met", "open", "missed"):
        goal = weekly_goals.mark(goal=goal, status=status, now=TUESDAY)
    assert kinds() == ["met", "unmarked", "missed"]
    standing = Promise.objects.get().standing
    assert (standing.state, standing.completed_at) == ("missed", None)


def test_one_that_is_hit_is_done_when_it_was_marked():
    weekly_goals.mark(goal=WeeklyGoalFactory(), status="met", now=TUESDAY)
    standing = Promise.objects.get().standing
    assert (standing.state, standing.completed_at) == ("done", TUESDAY)


def test_one_that_is_withdrawn_after_the_lock_still_stands_in_the_ledger():
    weekly_goals.withdraw(goal=WeeklyGoalFactory(), now=TUESDAY)
    assert kinds() == ["withdrawn"]
    assert Promise.objects.get().standing.state == "gone"


def test_a_result_that_was_imported_is_the_standing_without_a_story():
    WeeklyGoalFactory(status="missed")
    keep(WeeklyGoal.objects.all(), TUESDAY)
    assert kinds() == []
    assert Promise.objects.get().standing.state == "missed"


@pytest.mark.parametrize(
    "change",
    [
        {"text": "Feed planned"},
        {"week_starts_on": "2026-11-16"},
        {"unplanned": True},
        {"committed_at": None},
    ],
    ids=lambda change: next(iter(change)),
)
def test_once_it_is_promised_the_database_lets_nobody_make_it_another_one(change):
    goals = WeeklyGoal.objects.filter(pk=WeeklyGoalFactory(text="Feed live").pk)
    with pytest.raises(DatabaseError, match="was promised"), transaction.atomic():
        goals.update(**change)
    assert goals.update(status="met", note="As agreed") == 1


def test_nobody_puts_another_row_in_the_place_of_a_promised_one():
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite has INSERT OR REPLACE")
    WeeklyGoalFactory(text="Feed live")
    names = [field.column for field in WeeklyGoal._meta.concrete_fields]
    told = ", ".join("'Easier'" if name == "text" else name for name in names)
    replace = (
        f"INSERT OR REPLACE INTO tasks_weeklygoal ({', '.join(names)}) "
        f"SELECT {told} FROM tasks_weeklygoal"
    )
    with pytest.raises(DatabaseError, match="was promised"), transaction.atomic():
        connection.cursor().execute(replace)


def test_until_then_it_may_be_anything():
    goals = WeeklyGoal.objects.filter(pk=WeeklyGoalFactory(committed_at=None).pk)
    assert goals.update(text="Feed planned", week_starts_on="2026-11-16") == 1


def test_who_marked_it_is_known_from_its_history(django_user_model):
    user = django_user_model.objects.create_user("ana@agency.example")
    ana = StaffFactory(name="Ana Ruiz", user=user)
    goal = WeeklyGoalFactory()
    keep(WeeklyGoal.objects.all(), TUESDAY)
    goal.status = "met"
    goal._history_user = user
    goal.save()
    keep(WeeklyGoal.objects.all(), TUESDAY)
    event = PromiseEvent.objects.get()
    assert (event.actor, event.actor_name) == (ana, "Ana Ruiz")


def test_a_promised_goal_and_its_client_cannot_be_deleted():
    goal = WeeklyGoalFactory()
    keep(WeeklyGoal.objects.all(), TUESDAY)
    with pytest.raises(Exception, match="protected foreign keys"):
        goal.client.delete()
    with pytest.raises(Exception, match="protected foreign keys"):
        goal.delete()


def test_a_locked_goal_keeps_its_words_in_the_program_too():
    goal = WeeklyGoalFactory(text="Feed live")
    with pytest.raises(ValidationError, match="words are fixed"):
        weekly_goals.edit(goal=goal, now=TUESDAY, text="Feed planned", client_goal=None)


def test_an_account_without_a_member_of_staff_is_named_too(django_user_model):
    admin = django_user_model.objects.create_user("root@agency.example")
    goal = WeeklyGoalFactory()
    keep(WeeklyGoal.objects.all(), TUESDAY)
    goal.status, goal._history_user = "met", admin
    goal.save()
    keep(WeeklyGoal.objects.all(), TUESDAY)
    assert PromiseEvent.objects.get().actor_name == "root@agency.example"
