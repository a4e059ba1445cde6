from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError

from tasks.meetings import growth, pod
from tasks.models import Meeting, Promise, WeeklyGoal
from tasks.versions import ChangedMeanwhileError
from tests.factories.cast import make_cast

pytestmark = pytest.mark.django_db
TUESDAY = datetime(2026, 11, 17, 9, 30, tzinfo=UTC)
WEEK = timedelta(days=7)


@pytest.fixture
def cast():
    return make_cast()


def begun(cast, now=TUESDAY, clients=True):
    order = [(cast.client_a.pk, "bad")] if clients else []
    return pod.begin(pod=cast.pod_a, by=cast.manager.staff, worst_first=order, now=now)


def decided(turn, cast, **told):
    said = {"choice": "pivot", "text": "New hero form", "owner": None, "due_on": None, **told}
    return pod.decide(turn=turn, by=cast.manager.staff, now=TUESDAY, **said)


def test_a_pod_where_all_is_well_meets_all_the_same(cast):
    meeting = begun(cast, clients=False)
    assert (meeting.kind, meeting.pod, meeting.turns.count()) == ("pod", cast.pod_a, 0)


def test_a_pod_meets_once_a_day(cast):
    begun(cast)
    with pytest.raises(ValidationError, match="has begun already"):
        begun(cast)


def test_a_meeting_that_nobody_ended_ends_with_what_was_last_done_in_it(cast):
    left = begun(cast)
    pod.tick(turn=left.turns.get(), done=True, now=TUESDAY + timedelta(minutes=12))
    begun(cast, TUESDAY + WEEK)
    left.refresh_from_db()
    assert left.ended_at == TUESDAY + timedelta(minutes=12)


def test_a_decision_is_promised_at_once_and_ticks_its_client_off(cast):
    turn = begun(cast).turns.get()
    goal = decided(turn, cast, due_on=date(2026, 11, 26))
    turn.refresh_from_db()
    assert turn.reviewed_at == TUESDAY
    assert (goal.text, goal.manager, goal.due_on) == (
        "New hero form",
        cast.manager.staff,
        date(2026, 11, 29),
    )
    assert Promise.objects.filter(weekly_goal=goal).exists()


def test_who_decides_second_is_told_what_the_first_decided(cast):
    turn = begun(cast).turns.get()
    decided(turn, cast, version=0)
    with pytest.raises(ChangedMeanwhileError) as refusal:
        decided(turn, cast, text="Something else", version=0)
    assert refusal.value.current.text == "New hero form"
    assert WeeklyGoal.objects.count() == 1


def test_a_decision_without_words_leaves_nothing_behind(cast):
    turn = begun(cast).turns.get()
    with pytest.raises(ValidationError, match="Say what will be done"):
        decided(turn, cast, text="")
    turn.refresh_from_db()
    assert (turn.reviewed_at, turn.meeting.decisions.count()) == (None, 0)


def test_one_more_client_is_taken_up_after_the_others_and_once(cast):
    meeting = begun(cast)
    for _time in range(2):
        turn = pod.take_up(meeting=meeting, client=cast.client_b, state="good")
    assert (turn.place, meeting.turns.count()) == (2, 2)


def test_a_tick_is_taken_back(cast):
    turn = begun(cast).turns.get()
    for done, moment in ((True, TUESDAY), (False, None)):
        pod.tick(turn=turn, done=done, now=TUESDAY)
        turn.refresh_from_db()
        assert turn.reviewed_at == moment


def test_one_that_was_ended_too_soon_goes_on_the_same_day_only(cast):
    meeting = begun(cast)
    growth.end(meeting=meeting, now=TUESDAY)
    pod.go_on(meeting=meeting, now=TUESDAY + timedelta(hours=1))
    assert Meeting.objects.get().ended_at is None
    with pytest.raises(ValidationError, match="another day"):
        pod.go_on(meeting=meeting, now=TUESDAY + WEEK)
