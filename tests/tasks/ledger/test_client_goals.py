from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from simple_history.utils import bulk_create_with_history

from clients.models import ClientGoal, GoalReading
from tasks.ledger import rebuilding
from tasks.ledger.client_goals import due_to_be_kept, keep
from tasks.models import Promise, PromiseEvent
from tests.factories.clients import (
    ClientFactory,
    ClientGoalFactory,
    GoalReadingFactory,
    StaffFactory,
    UserFactory,
)

NOW = datetime(2026, 11, 17, 9, tzinfo=UTC)
pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(NOW, tick=False)]
LAST_DAY = date(2026, 12, 29)
DAY_AFTER = datetime(2026, 12, 30, 9, tzinfo=UTC)


def agreed(**fields) -> tuple[ClientGoal, Promise]:
    """From 1 October, 100 to 200 leads a month by 29 December."""
    goal = ClientGoalFactory(**{"name": "Leads", **fields})
    return goal, Promise.objects.get(client_goal=goal)


def judge(now: datetime = DAY_AFTER) -> None:
    keep(due_to_be_kept(now), now)


def state(promise: Promise) -> str:
    promise.standing.refresh_from_db()
    return str(promise.standing.state)


def kinds() -> list[str]:
    return list(PromiseEvent.objects.order_by("pk").values_list("kind", flat=True))


def test_a_goal_is_promised_the_moment_it_is_agreed():
    ana = StaffFactory()
    goal, promise = agreed(agreed_by=ana)
    assert promise.text == "Leads: 100 → 200 leads / mo"
    assert (promise.kind, promise.due_on, promise.owner) == ("goal", LAST_DAY, ana)
    assert (promise.details["baseline"], promise.details["target"]) == ("100", "200")
    assert promise.client == goal.client


def test_it_is_met_when_its_last_number_is_at_the_target():
    goal, promise = agreed()
    GoalReadingFactory(goal=goal, read_on=date(2026, 12, 20), value=Decimal(203))
    judge(NOW)
    assert state(promise) == "open"
    judge()
    assert state(promise) == "done"
    assert promise.standing.completed_on == date(2026, 12, 20)
    assert kinds() == ["met"]


def test_a_number_that_fell_back_is_not_met():
    goal, promise = agreed()
    GoalReadingFactory(goal=goal, read_on=date(2026, 11, 20), value=Decimal(210))
    GoalReadingFactory(goal=goal, read_on=date(2026, 12, 20), value=Decimal(190))
    judge(DAY_AFTER + timedelta(days=7))
    assert state(promise) == "missed"


def test_a_goal_that_goes_down_is_met_below():
    goal, promise = agreed(baseline=Decimal(68), target=Decimal(42), unit="€")
    GoalReadingFactory(goal=goal, read_on=date(2026, 12, 28), value=Decimal("41.5"))
    judge()
    assert (promise.text, state(promise)) == ("Leads: €68 → €42", "done")


def test_for_a_week_the_last_number_may_still_come():
    goal, promise = agreed()
    judge(DAY_AFTER + timedelta(days=6))
    assert state(promise) == "open"
    judge(DAY_AFTER + timedelta(days=7))
    assert state(promise) == "missed"
    with time_machine.travel(DAY_AFTER + timedelta(days=9), tick=False):
        GoalReadingFactory(goal=goal, read_on=LAST_DAY, value=Decimal(200))
    assert (state(promise), kinds()) == ("done", ["missed", "met"])


def test_a_last_number_that_was_imported_judges_it_anew():
    goal, promise = agreed()
    judge(DAY_AFTER + timedelta(days=7))
    assert state(promise) == "missed"
    row = GoalReadingFactory.build(goal=goal, read_on=LAST_DAY, value=Decimal(200))
    with time_machine.travel(DAY_AFTER + timedelta(days=8), tick=False):
        bulk_create_with_history([row], GoalReading)
    judge(DAY_AFTER + timedelta(days=9))
    assert (state(promise), kinds()) == ("done", ["missed", "met"])


def test_one_that_was_over_before_we_knew_of_it_has_no_story():
    ClientGoal.objects.bulk_create([ClientGoalFactory.build(client=ClientFactory())])
    assert not Promise.objects.exists()
    judge(DAY_AFTER + timedelta(days=30))
    assert Promise.objects.get().standing.state == "missed"
    assert kinds() == []


@pytest.mark.parametrize(
    "change",
    [{"target": 150}, {"baseline": 120}, {"ends_on": "2027-03-01"}, {"name": "Other"}],
    ids=lambda change: next(iter(change)),
)
def test_nobody_changes_it_by_hand(change):
    goal, _ = agreed()
    rows = ClientGoal.objects.filter(pk=goal.pk)
    with pytest.raises(DatabaseError, match="locked"), transaction.atomic():
        rows.update(**change)
    with pytest.raises(DatabaseError, match="locked"), transaction.atomic():
        rows.update(version=2, **change)
    with pytest.raises(DatabaseError, match="locked"), transaction.atomic():
        rows.update(version=0)  # and then, with the version put right again, the terms
    assert rows.update(matters_most=True) == 1


def read(goal: ClientGoal, day: date, value: int, user: object) -> GoalReading:
    reading = GoalReadingFactory.build(goal=goal, read_on=day, value=Decimal(value))
    reading._history_user = user
    reading.save()
    return reading


def test_who_takes_the_last_number_away_is_named_and_not_who_wrote_the_one_before():
    ana, bo = (StaffFactory(user=UserFactory()) for _ in range(2))
    goal, promise = agreed()
    read(goal, date(2026, 12, 1), 203, ana.user)
    last = read(goal, date(2026, 12, 20), 150, ana.user)
    judge(DAY_AFTER + timedelta(days=7))
    with time_machine.travel(DAY_AFTER + timedelta(days=8), tick=False):
        last._history_user = bo.user
        last.delete()
    met = promise.events.get(kind="met")
    assert (met.actor, met.evidence["text"]) == (bo, "203 before that 150")


def test_who_writes_the_last_number_without_being_of_the_staff_is_named_too():
    goal, promise = agreed()
    admin = UserFactory(email="root@agency.example")
    reading = read(goal, date(2026, 12, 20), 203, admin)
    judge()
    assert promise.events.get(kind="met").actor_name == "root@agency.example"
    with time_machine.travel(DAY_AFTER, tick=False):
        reading._history_user = admin
        reading.delete()
    undone = promise.events.get(kind="unmarked")
    assert undone.actor_name == admin.email
    assert undone.evidence == {"text": "no number before that 203"}


def test_nobody_puts_another_row_in_its_place():
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite has INSERT OR REPLACE")
    goal, _ = agreed()
    names = [field.column for field in ClientGoal._meta.concrete_fields]
    told = ", ".join("101" if name == "target" else name for name in names)
    replace = (
        f"INSERT OR REPLACE INTO clients_clientgoal ({', '.join(names)}) "
        f"SELECT {told} FROM clients_clientgoal"
    )
    with pytest.raises(DatabaseError, match="locked"), transaction.atomic():
        connection.cursor().execute(replace)
    goal.refresh_from_db()
    assert goal.target == Decimal(200)


def test_nor_by_a_form_of_the_program():
    goal, _ = agreed()
    goal.target = Decimal(150)
    with pytest.raises(ValidationError, match="a leader changes it"):
        goal.full_clean()


def test_what_the_ledger_says_of_goals_can_be_worked_out_again():
    goal, _ = agreed()
    agreed(name="Calls")
    GoalReadingFactory(goal=goal, read_on=date(2026, 12, 20), value=Decimal(203))
    judge(DAY_AFTER + timedelta(days=30))
    assert list(rebuilding.differing()) == []
