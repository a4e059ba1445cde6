from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from clients.goals import add_reading, agree, correct_reading
from clients.models import ClientGoal
from tests.factories.clients import ClientFactory, ClientGoalFactory, StaffFactory

TODAY = date(2026, 11, 19)
pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(TODAY, tick=False)]


def agreed(client, **told):
    return agree(
        **{
            "client": client,
            "name": "Leads",
            "unit": "leads / mo",
            "baseline": Decimal(90),
            "target": Decimal(150),
            "starts_on": TODAY,
            **told,
        }
    )


def test_a_goal_ends_ninety_days_after_it_starts():
    director = StaffFactory()
    goal = agreed(ClientFactory(), agreed_by=director)
    assert goal.ends_on == date(2027, 2, 17)
    assert (goal.ends_on - goal.starts_on).days == 90
    assert goal.agreed_by == director


def test_a_goal_may_go_down():
    goal = agreed(ClientFactory(), name="Cost per lead", baseline=Decimal(68), target=Decimal(42))
    assert goal.pk


def test_a_target_that_is_where_we_stand_is_refused():
    with pytest.raises(ValidationError, match="must differ"):
        agreed(ClientFactory(), target=Decimal(90))


def test_the_same_goal_cannot_be_agreed_again_while_it_runs():
    client = ClientFactory()
    agreed(client)
    with pytest.raises(ValidationError, match="until 17 Feb 2027"):
        agreed(client, name="leads ", starts_on=TODAY + timedelta(days=30))
    agreed(client, starts_on=TODAY + timedelta(days=90))
    agreed(ClientFactory())


def test_only_one_goal_matters_most_at_a_time():
    client = ClientFactory()
    old = ClientGoalFactory(client=client, matters_most=True, starts_on=date(2026, 1, 1))
    first = agreed(client, matters_most=True)
    second = agreed(client, name="Revenue", matters_most=True)
    for goal in (old, first):
        goal.refresh_from_db()
    assert (old.matters_most, first.matters_most, second.matters_most) == (True, False, True)
    assert first.history.count() == 2, "the history says that it mattered most before"


def test_a_reading_is_kept_with_its_day_and_person():
    goal, staff = agreed(ClientFactory()), StaffFactory()
    reading = add_reading(
        goal=goal, value=Decimal("97.5"), read_on=TODAY, today=TODAY, staff=staff, note="From ads."
    )
    reading.refresh_from_db()
    assert (reading.value, reading.staff, reading.note) == (Decimal("97.5"), staff, "From ads.")


def test_a_goal_has_one_reading_a_day_and_a_slip_can_be_put_right():
    goal = agreed(ClientFactory())
    reading = add_reading(goal=goal, value=Decimal(91), read_on=TODAY, today=TODAY)
    with pytest.raises(ValidationError, match="change that one"):
        add_reading(goal=goal, value=Decimal(92), read_on=TODAY, today=TODAY)
    correct_reading(reading=reading, value=Decimal(19), note="Typed the wrong way round.")
    after, before = reading.history.all()
    assert (before.value, after.value) == (Decimal(91), Decimal(19))


@pytest.mark.parametrize(
    ("read_on", "sentence"),
    [
        (date(2026, 11, 20), "today or earlier"),
        (date(2026, 11, 18), "runs from 19 Nov to 17 Feb 2027"),
    ],
)
def test_a_reading_in_the_future_or_outside_the_goal_is_refused(read_on, sentence):
    goal = agreed(ClientFactory())
    with pytest.raises(ValidationError, match=sentence):
        add_reading(goal=goal, value=Decimal(91), read_on=read_on, today=TODAY)
    assert not goal.readings.exists()


def test_the_last_reading_is_on_the_day_the_goal_ends():
    goal = ClientGoalFactory(starts_on=date(2026, 1, 1))
    add_reading(goal=goal, value=Decimal(200), read_on=goal.ends_on, today=TODAY)
    after = goal.ends_on + timedelta(days=1)
    with pytest.raises(ValidationError, match="agree on a new goal"):
        add_reading(goal=goal, value=Decimal(200), read_on=after, today=TODAY)


def test_a_goal_runs_from_its_first_day_up_to_and_without_its_last():
    goal = ClientGoalFactory(starts_on=date(2026, 1, 1))
    running = ClientGoal.objects.running_on
    assert running(goal.starts_on).exists()
    assert running(goal.ends_on - timedelta(days=1)).exists()
    assert not running(goal.ends_on).exists()
