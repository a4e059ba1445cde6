from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError

from tasks.ledger import postponing
from tasks.ledger.goals import keep
from tasks.models import Finding, Postponement, Promise, PromiseEvent, WeeklyGoal
from tests.factories.clients import ObligationFactory, StaffFactory
from tests.factories.tasks import WeeklyGoalFactory
from tests.tasks.ledger.conftest import FRIDAY, LATER, Work

NEXT_FRIDAY = date(2026, 11, 27)
THIS_MONDAY = date(2026, 11, 16)
LATE = datetime(2026, 11, 21, 9, tzinfo=UTC)  # a day after it was due


def asked(work: Work, promise: Promise, due_on: date = NEXT_FRIDAY, **more) -> Postponement:
    said = {"reason": "priority", "text": "A launch came first", "now": LATER, **more}
    return postponing.ask(promise=promise, by=work.ana, due_on=due_on, **said)


def test_until_it_is_approved_the_old_day_counts(work: Work):
    _, promise = work.promised()
    asked(work, promise)
    promise.standing.refresh_from_db()
    assert (promise.standing.agreed_on, promise.standing.postponements) == (FRIDAY, 0)


def test_approved_the_new_day_counts_and_it_is_one_more_postponement(work: Work):
    _, promise = work.promised()
    postponing.approve(postponement=asked(work, promise), by=StaffFactory(), now=LATER)
    standing = promise.standing
    standing.refresh_from_db()
    assert (standing.agreed_on, standing.postponements, standing.days_slipped) == (
        NEXT_FRIDAY,
        1,
        7,
    )
    kinds = promise.events.order_by("pk").values_list("kind", "was", "now")
    assert list(kinds) == [
        ("asked", "2026-11-20", "2026-11-27"),
        ("postponed", "2026-11-20", "2026-11-27"),
    ]
    promise.refresh_from_db()
    assert promise.due_on == FRIDAY


def test_moving_it_in_asana_to_the_approved_day_raises_nothing(work: Work):
    task, promise = work.promised()
    postponing.approve(postponement=asked(work, promise), by=StaffFactory(), now=LATER)
    work.change(task, due_on=NEXT_FRIDAY)
    work.reckon()
    assert promise.events.get(kind="moved").excuse == "approved"
    assert not Finding.objects.exists()


def test_moving_it_beyond_the_approved_day_does(work: Work):
    task, promise = work.promised()
    postponing.approve(postponement=asked(work, promise), by=StaffFactory(), now=LATER)
    work.change(task, due_on=date(2026, 12, 4))
    work.reckon()
    assert Finding.objects.get().kind == "moved"


def test_refused_the_old_day_stands(work: Work):
    _, promise = work.promised()
    postponing.refuse(postponement=asked(work, promise), by=StaffFactory(), now=LATER, note="No")
    promise.standing.refresh_from_db()
    assert promise.standing.agreed_on == FRIDAY
    assert promise.events.last().kind == "refused"


def test_what_the_client_blocks_names_what_the_client_owes(work: Work):
    _, promise = work.promised()
    with pytest.raises(ValidationError, match="what the client owes"):
        asked(work, promise, reason="client")
    owed = ObligationFactory(client=work.client)
    row = asked(work, promise, reason="client", obligation=owed)
    postponing.approve(postponement=row, by=StaffFactory(), now=LATER)
    promise.standing.refresh_from_db()
    assert promise.standing.for_the_client


def test_what_another_client_owes_is_no_reason(work: Work):
    _, promise = work.promised()
    with pytest.raises(ValidationError, match="Another client"):
        asked(work, promise, reason="client", obligation=ObligationFactory())


@pytest.mark.parametrize("day", [FRIDAY, date(2026, 11, 10)], ids=["the same day", "a past day"])
def test_only_a_later_day_can_be_asked_for(work: Work, day: date):
    _, promise = work.promised()
    with pytest.raises(ValidationError):
        asked(work, promise, due_on=day)
    assert not PromiseEvent.objects.exists()


def test_nobody_approves_what_they_asked_for(work: Work):
    _, promise = work.promised()
    with pytest.raises(ValidationError, match="cannot agree"):
        postponing.approve(postponement=asked(work, promise), by=work.ana, now=LATER)


def test_one_question_at_a_time_and_one_answer_to_each(work: Work):
    _, promise = work.promised()
    row = asked(work, promise)
    with pytest.raises(ValidationError, match="asked for already"):
        asked(work, promise)
    postponing.refuse(postponement=row, by=StaffFactory(), now=LATER)
    with pytest.raises(ValidationError, match="quicker"):
        postponing.approve(postponement=row, by=StaffFactory(), now=LATER)


def test_what_is_done_is_not_postponed(work: Work):
    _, promise = work.promised(completed_at=LATER, completed_on=FRIDAY)
    with pytest.raises(ValidationError, match="not open any more"):
        asked(work, promise)


def test_a_weekly_goal_that_is_put_off_is_not_met_in_its_week(work: Work):
    goal = WeeklyGoalFactory(client=work.client, manager=work.ana, week_starts_on=THIS_MONDAY)
    keep(WeeklyGoal.objects.all(), LATER)
    row = asked(work, goal.promise)
    postponing.approve(postponement=row, by=StaffFactory(), now=LATER)
    goal.refresh_from_db()
    assert goal.status == "postponed"
    keep(WeeklyGoal.objects.all(), LATER)
    assert [event.kind for event in goal.promise.events.order_by("pk")] == ["asked", "postponed"]


def test_what_was_done_meanwhile_is_not_postponed_any_more(db: None):
    goal = WeeklyGoalFactory(week_starts_on=THIS_MONDAY)
    keep(WeeklyGoal.objects.all(), LATER)
    request = postponing.ask(
        promise=Promise.objects.get(),
        by=goal.manager,
        due_on=NEXT_FRIDAY,
        reason="priority",
        text="A launch",
        now=LATER,
    )
    WeeklyGoal.objects.update(status="met")
    keep(WeeklyGoal.objects.all(), LATER)
    with pytest.raises(ValidationError, match="It is done by now"):
        postponing.approve(postponement=request, by=StaffFactory(), now=LATER)
    goal.refresh_from_db()
    assert goal.status == "met"
    postponing.refuse(postponement=request, by=StaffFactory(), now=LATER)


def test_a_second_request_does_not_wash_the_first_one_clean(work: Work):
    _, promise = work.promised()
    for day, asked_at in ((NEXT_FRIDAY, LATE), (date(2026, 12, 4), LATE)):
        request = asked(work, promise, day, now=asked_at)
        postponing.approve(postponement=request, by=StaffFactory(), now=asked_at)
    promise.standing.refresh_from_db()
    assert promise.standing.postponements == 2
    assert not promise.standing.asked_in_time


def test_put_off_in_time_it_stays_so_when_it_is_put_off_again(work: Work):
    _, promise = work.promised()
    for day, asked_at in ((NEXT_FRIDAY, LATER), (date(2026, 12, 4), LATE)):
        request = asked(work, promise, day, now=asked_at)
        postponing.approve(postponement=request, by=StaffFactory(), now=asked_at)
    promise.standing.refresh_from_db()
    assert promise.standing.asked_in_time
