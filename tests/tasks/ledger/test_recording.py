from datetime import UTC, date, datetime

import pytest

from tasks.ledger import differences
from tasks.ledger.excuses import Evidence
from tasks.ledger.recording import record
from tasks.models import Finding, Promise, PromiseEvent, Standing
from tests.factories.asana import MembershipFactory, ProjectFactory, TaskFactory
from tests.tasks.ledger.conftest import FRIDAY, LATER, Work

NEXT_FRIDAY = date(2026, 11, 27)


def only_event() -> PromiseEvent:
    return PromiseEvent.objects.get()


def test_a_date_that_moves_is_told_and_the_promise_stays(work: Work):
    task, promise = work.promised()
    work.change(task, due_on=NEXT_FRIDAY)
    work.reckon()
    event = only_event()
    assert (event.kind, event.was, event.now) == ("moved", "2026-11-20", "2026-11-27")
    assert (event.happened_at, event.known_by, event.excuse) == (LATER, "snapshot", "")
    promise.refresh_from_db()
    assert promise.due_on == FRIDAY
    assert (promise.standing.due_on, promise.standing.agreed_on) == (NEXT_FRIDAY, FRIDAY)
    assert promise.standing.attempts == 1
    assert Finding.objects.get().event == event


def test_nothing_is_told_twice(work: Work):
    task, _ = work.promised()
    work.change(task, due_on=NEXT_FRIDAY)
    work.reckon()
    work.reckon()
    assert PromiseEvent.objects.count() == 1


def test_two_workers_with_the_same_news_tell_it_once(work: Work):
    task, _ = work.promised()
    work.change(task, due_on=NEXT_FRIDAY)
    found = differences.find(work.connection)
    record(found, {}, LATER)
    record(found, {}, LATER)
    assert PromiseEvent.objects.count() == 1


def test_a_date_taken_away_and_set_again_is_told_both_times(work: Work):
    task, _ = work.promised()
    work.change(task, due_on=None)
    work.reckon()
    work.change(task, due_on=NEXT_FRIDAY)
    work.reckon()
    kinds = PromiseEvent.objects.values_list("kind", "was", "now", "excuse")
    assert list(kinds) == [
        ("cleared", "2026-11-20", "", ""),
        ("moved", "", "2026-11-27", ""),
    ]
    assert Standing.objects.get().attempts == 2


@pytest.mark.parametrize(
    ("after", "excuse"),
    [
        ({"due_on": date(2026, 11, 18)}, "earlier"),
        ({"due_on": FRIDAY, "due_at": datetime(2026, 11, 20, 17, tzinfo=UTC)}, "same_day"),
    ],
    ids=["an earlier day", "an hour on the same day"],
)
def test_what_makes_no_promise_later_needs_no_finding(work: Work, after, excuse):
    task, promise = work.promised()
    work.change(task, **after)
    work.reckon()
    assert only_event().excuse == excuse
    assert not Finding.objects.exists()
    assert promise.standing.attempts == 0


def test_a_deleted_task_is_gone_and_back_it_is_open_again(work: Work):
    task, promise = work.promised()
    work.change(task, deleted_at=LATER)
    work.reckon()
    assert only_event().kind == "deleted"
    assert Standing.objects.get().state == "gone"
    work.change(task, deleted_at=None)
    work.reckon()
    assert promise.events.last().kind == "restored"
    assert Standing.objects.get().state == "open"


def test_what_was_done_may_be_deleted_or_moved(work: Work):
    task, _ = work.promised()
    work.change(task, completed_at=LATER, completed_on=date(2026, 11, 17))
    work.reckon()
    assert not PromiseEvent.objects.exists()
    work.change(task, deleted_at=LATER, due_on=NEXT_FRIDAY)
    work.reckon()
    assert set(PromiseEvent.objects.values_list("excuse", flat=True)) == {"done"}
    assert not Finding.objects.exists()
    assert Standing.objects.get().state == "done"


def test_out_of_the_clients_projects_and_back(work: Work):
    task, promise = work.promised()
    task.memberships.update(project=ProjectFactory(connection=work.connection))
    work.reckon()
    assert only_event().kind == "removed"
    MembershipFactory(task=task, project=work.project)
    work.reckon()
    assert promise.events.last().kind == "returned"
    assert not Standing.objects.get().is_away


def test_another_project_of_the_same_client_is_no_move(work: Work):
    task, _ = work.promised()
    other = ProjectFactory(connection=work.connection, client=work.client)
    task.memberships.update(project=other)
    work.reckon()
    assert not PromiseEvent.objects.exists()


def test_hidden_under_another_task(work: Work):
    task, _ = work.promised()
    work.change(task, parent=TaskFactory(connection=work.connection, gid="77"))
    work.reckon()
    assert (only_event().kind, only_event().now) == ("subtask", "77")


def test_done_and_opened_again_is_told(work: Work):
    task, _ = work.promised()
    work.change(task, completed_at=LATER, completed_on=date(2026, 11, 17))
    work.reckon()
    work.change(task, completed_at=None, completed_on=None)
    work.reckon()
    assert only_event().kind == "reopened"
    assert Standing.objects.get().state == "open"


def test_asanas_own_record_names_who_and_when(work: Work):
    task, _ = work.promised()
    work.change(task, due_on=NEXT_FRIDAY)
    noon = datetime(2026, 11, 16, 12, tzinfo=UTC)
    told = Evidence(work.user.gid, "Ana R.", noon, stories=("s1",))
    work.reckon(lambda gids: dict.fromkeys(gids, told))
    event = only_event()
    assert (event.actor, event.actor_name, event.happened_at) == (work.ana, "Ana R.", noon)
    assert (event.known_by, event.evidence["stories"]) == ("story", ["s1"])
    assert Finding.objects.get().score == 1.0


def test_what_asana_moved_by_itself_is_told_apart(work: Work):
    task, _ = work.promised()
    work.change(task, due_on=NEXT_FRIDAY)
    work.reckon(lambda gids: dict.fromkeys(gids, Evidence(by_system=True)))
    assert only_event().excuse == "rollup"
    assert not Finding.objects.exists()


def test_a_task_that_repeats_keeps_its_promise_and_makes_the_next_one(work: Work):
    task, promise = work.promised()
    done = datetime(2026, 11, 16, 15, tzinfo=UTC)
    work.change(task, due_on=NEXT_FRIDAY)
    told = Evidence(rolled_over=True, finished_at=done)
    work.reckon(lambda gids: dict.fromkeys(gids, told))
    work.reckon()
    promise.standing.refresh_from_db()
    assert (promise.standing.state, promise.standing.completed_at) == ("done", done)
    assert only_event().excuse == "recurring"
    anew = Promise.objects.get(due_on=NEXT_FRIDAY)
    assert (anew.task, anew.standing.state) == (task, "open")


def test_it_takes_the_same_few_queries_for_one_change_and_for_many(
    work: Work, django_assert_max_num_queries
):
    tasks = [work.task(f"Task {n}") for n in range(40)]
    work.reckon()
    for task in tasks:
        work.change(task, due_on=NEXT_FRIDAY)
    with django_assert_max_num_queries(12):
        work.reckon()
    assert Finding.objects.count() == 40
