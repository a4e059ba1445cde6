"""A standing is nothing of its own: whatever happened, it can be worked out again."""

from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from tasks import weekly_goals
from tasks.ledger import deciding, guard, postponing, rebuilding
from tasks.ledger.excuses import Evidence
from tasks.ledger.goals import keep
from tasks.models import Finding, PromiseEvent, Standing, WeeklyGoal
from tests.factories.asana import ProjectFactory, TaskFactory
from tests.factories.clients import ObligationFactory, StaffFactory
from tests.factories.tasks import WeeklyGoalFactory
from tests.tasks.ledger.conftest import LATER, Work

NEXT_FRIDAY = date(2026, 11, 27)
NAMES = (
    *("moved", "cleared", "gone", "back", "away", "under"),
    *("done", "reopened", "rolls", "late", "blocked"),
)


@pytest.fixture
def eventful(work: Work) -> Work:
    """Everything that can happen to a promise, once."""
    tasks = {name: work.promised(name.capitalize()) for name in NAMES}
    lea = StaffFactory()
    for name in ("late", "blocked"):
        why = {"reason": "priority", "text": "Later"}
        if name == "blocked":
            owed = ObligationFactory(client=work.client)
            why = {"reason": "client", "text": "Waiting", "obligation": owed}
        asked = postponing.ask(
            promise=tasks[name][1], by=work.ana, due_on=NEXT_FRIDAY, now=LATER, **why
        )
        postponing.approve(postponement=asked, by=lea, now=LATER)
    work.change(tasks["moved"][0], due_on=NEXT_FRIDAY)
    work.change(tasks["cleared"][0], due_on=None)
    for name in ("gone", "back"):
        work.change(tasks[name][0], deleted_at=LATER)
    tasks["away"][0].memberships.update(project=ProjectFactory(connection=work.connection))
    work.change(tasks["under"][0], parent=TaskFactory(connection=work.connection))
    for name in ("done", "reopened"):
        work.change(tasks[name][0], completed_at=LATER, completed_on=LATER.date())
    work.reckon()
    work.change(tasks["back"][0], deleted_at=None)
    work.change(tasks["reopened"][0], completed_at=None, completed_on=None)
    work.change(tasks["rolls"][0], due_on=NEXT_FRIDAY)
    rolled = Evidence(rolled_over=True, finished_at=datetime(2026, 11, 16, 15, tzinfo=UTC))
    gid = tasks["rolls"][0].gid
    work.reckon(lambda gids: {gid: rolled})
    twin = work.task("Gone again", due_on=NEXT_FRIDAY, first_seen_at=LATER + timedelta(hours=1))
    work.reckon()
    deciding.confirm(finding=Finding.objects.get(twin=twin), by=lea, now=LATER)
    moved = Finding.objects.get(promise=tasks["moved"][1])
    deciding.dismiss(finding=moved, by=lea, now=LATER, note="Agreed by telephone")
    goal = WeeklyGoalFactory(client=work.client, manager=work.ana)
    weekly_goals.mark(goal=goal, status="met", now=datetime(2026, 11, 10, tzinfo=UTC))
    work.reckon()
    return work


def test_after_everything_that_can_happen_it_is_what_its_events_say(eventful: Work):
    assert Standing.objects.count() == 14
    assert [kept.promise.text for kept, _ in rebuilding.differing()] == []


def test_what_was_changed_by_hand_is_found_and_put_right(eventful: Work):
    Standing.objects.filter(attempts__gt=0).update(attempts=0, state="done")
    with pytest.raises(CommandError, match="are not what the ledger says"):
        call_command("check_ledger", stdout=StringIO())
    said = StringIO()
    call_command("check_ledger", "--mend", stdout=said)
    assert "were put right" in said.getvalue()
    call_command("check_ledger", stdout=said)
    assert "stands as the ledger says" in said.getvalue()


def test_when_a_task_that_repeats_was_done_is_not_taken_from_the_standing(eventful: Work):
    rolled = Standing.objects.get(promise__text="Rolls", carrier=None)
    Standing.objects.filter(pk=rolled.pk).update(completed_at=None, completed_on=NEXT_FRIDAY)
    assert rebuilding.mend() == 1
    assert Standing.objects.get(pk=rolled.pk).completed_at == rolled.completed_at


def test_a_goal_that_was_not_met_was_never_closed(db: None):
    WeeklyGoalFactory(status="missed")
    keep(WeeklyGoal.objects.all(), LATER)
    Standing.objects.update(completed_on=NEXT_FRIDAY)
    assert rebuilding.mend() == 1
    assert Standing.objects.get().completed_on is None


def test_a_finding_that_was_dismissed_by_hand_still_counts(work: Work):
    task, _ = work.promised()
    work.change(task, due_on=NEXT_FRIDAY)
    work.reckon()
    Finding.objects.update(state="dismissed")
    Standing.objects.update(attempts=0)
    assert rebuilding.mend() == 1
    assert Standing.objects.get().attempts == 1


def test_a_guard_that_was_taken_away_is_noticed_and_set_again(eventful: Work):
    guard.remove(connection)
    with pytest.raises(CommandError, match="does not guard"):
        call_command("check_ledger", stdout=StringIO())
    call_command("check_ledger", "--mend", stdout=StringIO())
    assert guard.is_installed(connection)


def test_a_goal_that_was_forged_to_be_met_is_found_and_named(db: None):
    goal = WeeklyGoalFactory(status="missed")
    keep(WeeklyGoal.objects.all(), LATER)
    WeeklyGoal.objects.update(status="met")
    Standing.objects.update(state="done")
    ((kept, right),) = rebuilding.differing()
    assert (kept.state, right.state) == ("done", "missed")
    rebuilding.mend()
    keep(WeeklyGoal.objects.all(), LATER)
    event = PromiseEvent.objects.get(promise__weekly_goal=goal)
    assert (event.kind, event.actor_name) == ("met", "")
