from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError

from tasks.meetings import growth
from tasks.models import Decision, Promise, WeeklyGoal
from tasks.versions import ChangedMeanwhileError
from tests.factories.cast import make_cast

pytestmark = pytest.mark.django_db
THURSDAY = datetime(2026, 11, 19, 14, 32, tzinfo=UTC)
SUNDAY, NEXT_TUESDAY = date(2026, 11, 22), date(2026, 11, 24)


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def turn(cast):
    return begun(cast).turns.get()


def begun(cast, now=THURSDAY):
    order = [(cast.client_a.pk, "bad")]
    return growth.begin(pod=cast.pod_a, by=cast.manager.staff, worst_first=order, now=now)


def decided(turn, cast, **told):
    return growth.decide(
        **{
            "turn": turn,
            "choice": "pivot",
            "text": "Move the budget to the hero form",
            "owner": cast.manager.staff,
            "due_on": NEXT_TUESDAY,
            "by": cast.manager.staff,
            "now": THURSDAY,
            **told,
        }
    )


def test_the_order_of_the_clients_is_fixed_when_the_review_begins(cast):
    order = [(cast.client_b.pk, "bad"), (cast.client_a.pk, "good")]
    meeting = growth.begin(pod=None, by=cast.leader.staff, worst_first=order, now=THURSDAY)
    turns = meeting.turns.values_list("place", "client", "state")
    assert list(turns) == [(1, cast.client_b.pk, "bad"), (2, cast.client_a.pk, "good")]


def test_a_pod_begins_one_review_a_day(cast):
    begun(cast)
    with pytest.raises(ValidationError, match="has begun already"):
        begun(cast, THURSDAY + timedelta(hours=1))


def test_a_review_of_nobody_does_not_begin(cast):
    with pytest.raises(ValidationError, match="nothing to review"):
        growth.begin(pod=cast.pod_a, by=cast.manager.staff, worst_first=[], now=THURSDAY)


def test_a_decision_is_a_promised_weekly_goal_once_the_client_is_passed_on(cast, turn):
    decision = decided(turn, cast)
    assert not WeeklyGoal.objects.exists()
    goal = growth.pass_on(turn=turn, seconds=130, now=THURSDAY)
    decision.refresh_from_db()
    assert decision.weekly_goal == goal
    assert (goal.text, goal.due_on) == ("Move the budget to the hero form", date(2026, 11, 29))
    goal.refresh_from_db()
    assert (goal.committed_at, goal.unplanned) == (THURSDAY, False)
    assert Promise.objects.filter(weekly_goal=goal).exists()


def test_what_is_promised_cannot_be_decided_anew(cast, turn):
    decided(turn, cast)
    growth.pass_on(turn=turn, seconds=1, now=THURSDAY)
    with pytest.raises(ValidationError, match="so it is fixed"):
        decided(turn, cast, text="Something else")


def test_passing_on_twice_makes_one_goal_and_adds_the_time(cast, turn):
    decided(turn, cast)
    growth.pass_on(turn=turn, seconds=100, now=THURSDAY)
    growth.pass_on(turn=turn, seconds=30, now=THURSDAY + timedelta(minutes=5))
    turn.refresh_from_db()
    assert (turn.seconds, turn.reviewed_at) == (130, THURSDAY)
    assert WeeklyGoal.objects.count() == 1


def test_a_client_that_was_looked_at_without_a_decision_is_reviewed(cast, turn):
    assert growth.pass_on(turn=turn, seconds=20, now=THURSDAY) is None
    turn.refresh_from_db()
    assert turn.reviewed_at == THURSDAY


@pytest.mark.parametrize("choice", ["keep", "part"])
def test_keeping_on_and_parting_need_no_goal(cast, turn, choice):
    decided(turn, cast, choice=choice, text="")
    assert growth.pass_on(turn=turn, seconds=1, now=THURSDAY) is None


def test_another_decision_without_words_is_not_passed_on(cast, turn):
    decided(turn, cast, choice="pivot", text="")
    with pytest.raises(ValidationError, match="Say what will be done"):
        growth.pass_on(turn=turn, seconds=1, now=THURSDAY)
    turn.refresh_from_db()
    assert (turn.reviewed_at, turn.seconds) == (None, 0)


def test_the_second_of_two_tabs_sees_what_the_first_saved(cast, turn):
    decided(turn, cast, version=0)
    with pytest.raises(ChangedMeanwhileError) as refusal:
        decided(turn, cast, text="From the other tab", version=0)
    assert refusal.value.current.text == "Move the budget to the hero form"


def test_no_day_means_this_week_and_no_owner_the_account_manager(cast, turn):
    decided(turn, cast, owner=None, due_on=None)
    growth.pass_on(turn=turn, seconds=1, now=THURSDAY)
    decision = Decision.objects.get()
    assert (decision.owner, decision.due_on) == (cast.manager.staff, SUNDAY)


def test_a_review_that_is_over_takes_no_decision(cast, turn):
    growth.end(meeting=turn.meeting, now=THURSDAY)
    with pytest.raises(ValidationError, match="This review is over"):
        decided(turn, cast)


def test_a_screen_left_on_is_not_hours_of_talk(cast, turn):
    growth.pass_on(turn=turn, seconds=50_000, now=THURSDAY)
    turn.refresh_from_db()
    assert turn.seconds == growth.LONGEST_LOOK
