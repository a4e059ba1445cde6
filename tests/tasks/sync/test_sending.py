"""What is asked of Asana is done once: through lost answers, dead workers, refusals and replays."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from tasks import goal_tasks, jobs
from tasks.goal_task_states import state_of
from tasks.models import (
    AsanaConnection,
    AsanaUser,
    DeadLetter,
    Project,
    Promise,
    Task,
    TaskWrite,
    WeeklyGoal,
)
from tasks.sync import sending
from tasks.sync.replaying import replay
from tests.asana_double import AsanaDouble
from tests.factories.clients import ClientFactory, StaffFactory
from tests.factories.tasks import WeeklyGoalFactory
from tests.tasks.sync.world import connect, fill, means, sync

pytestmark = pytest.mark.django_db


@pytest.fixture
def asana(double: AsanaDouble) -> AsanaConnection:
    """A client's project that has been read, and its manager."""
    ClientFactory(name="Client 0")
    fill(double, projects=1, tasks=2)
    connection = connect(double)
    sync(double, connection, full=True)
    AsanaUser.objects.filter(name="Person 1").update(staff=StaffFactory(name="Ana"))
    return connection


@pytest.fixture
def goal(asana: AsanaConnection) -> WeeklyGoal:
    project = Project.objects.get()
    row: WeeklyGoal = WeeklyGoalFactory(
        client=project.client,
        manager=AsanaUser.objects.get(name="Person 1").staff,
        text="Launch “spring” ads",
        week_starts_on=date(2026, 11, 16),
    )
    return row


def ask(goal: WeeklyGoal) -> TaskWrite:
    project = Project.objects.get()
    return goal_tasks.make(goal=goal, project_id=project.pk, by=None, now=timezone.now())


def send(double: AsanaDouble, write: TaskWrite, **more: Any) -> TaskWrite:
    sending.send(write.pk, means(double, **more))
    write.refresh_from_db()
    return write


def made(double: AsanaDouble) -> list[Any]:
    return [task for task in double.state.tasks.values() if "Launch" in task.name]


def test_a_task_is_made_with_the_goal_s_words_day_and_manager(
    double: AsanaDouble, goal: WeeklyGoal
) -> None:
    write = send(double, ask(goal))
    (task,) = made(double)
    assert (task.name, task.due_on) == ("Launch “spring” ads", "2026-11-22")
    assert task.assignee == AsanaUser.objects.get(name="Person 1").gid
    assert str(write.key) in task.notes
    goal.refresh_from_db()
    assert (write.state, write.task_gid) == ("confirmed", task.gid)
    assert goal.task == Task.objects.get(gid=task.gid)
    assert goal.task.projects.get().client == goal.client
    assert state_of(goal).state == "open"
    assert double.invalid == []


@pytest.mark.parametrize("fault", ["done, then 504", "cut json", "short body", "reset"])
def test_a_lost_answer_makes_no_second_task(
    double: AsanaDouble, goal: WeeklyGoal, fault: str
) -> None:
    double.faults.add(fault, method="POST", times=1)
    write = send(double, ask(goal))
    assert (write.state, write.tries, len(made(double))) == ("pending", 1, 1)
    assert "Tried 1 of 8 times" in write.reason
    write = send(double, write)
    assert (write.state, len(made(double))) == ("confirmed", 1)
    assert len(double.requests("/tasks", "POST")) == 1
    goal.refresh_from_db()
    assert goal.task is not None


def test_asking_anew_for_what_was_given_up_makes_no_second_task(
    double: AsanaDouble, goal: WeeklyGoal
) -> None:
    double.faults.add("done, then 504", method="POST", times=1)
    first = send(double, ask(goal))
    double.faults.add("403", times=1)  # where it is looked for
    assert (send(double, first).state, len(made(double))) == ("failed", 1)
    second = send(double, ask(goal))
    (task,) = made(double)
    assert (second.state, second.task_gid) == ("confirmed", task.gid)
    assert not DeadLetter.objects.open().exists()
    goal_tasks.let_go(goal=goal)
    assert send(double, ask(goal)).task_gid != task.gid  # another one was wanted


def test_what_was_asked_of_one_task_is_not_done_to_another(
    double: AsanaDouble, goal: WeeklyGoal
) -> None:
    send(double, ask(goal))
    goal.refresh_from_db()
    write = goal_tasks.finish(goal=goal, done=True, by=None, now=timezone.now())
    other = Task.objects.filter(projects__client=goal.client).exclude(pk=goal.task_id).first()
    WeeklyGoal.objects.update(task=other)  # by hand
    assert send(double, write).reason == "Another task was chosen before this was sent."
    assert not double.requests(method="PUT")


def test_a_worker_killed_after_asking_makes_no_second_task(
    double: AsanaDouble, goal: WeeklyGoal, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = ask(goal)

    def die(*args: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(sending, "_store", die)
        with pytest.raises(KeyboardInterrupt):
            send(double, write)
    write.refresh_from_db()
    assert (write.state, write.tries, len(made(double))) == ("pending", 1, 1)
    assert send(double, write).state == "confirmed"
    assert len(made(double)) == 1


def test_a_request_that_never_arrived_is_made_at_the_next_try(
    double: AsanaDouble, goal: WeeklyGoal
) -> None:
    double.faults.add("503", method="POST", times=1)
    write = send(double, ask(goal))
    assert (write.state, made(double)) == ("pending", [])
    assert send(double, write).state == "confirmed"
    assert len(made(double)) == 1


def test_tries_come_later_and_later_and_end_with_a_reason_and_a_letter(
    double: AsanaDouble, goal: WeeklyGoal
) -> None:
    double.faults.add("500", method="POST")
    write = ask(goal)
    moments = []
    for _ in range(sending.MOST_TRIES):
        waited = sending.AFTER[write.tries]
        assert write not in sending.due(write.asked_at + waited - timedelta(seconds=1))
        assert write in sending.due(write.asked_at + waited)
        moments.append(waited)
        send(double, write)
    assert moments == sorted(set(moments))
    assert write.state == "failed"
    assert "phrase" in write.reason
    assert state_of(goal).word == "Not written to Asana"
    letter = DeadLetter.objects.get()
    assert (letter.kind, letter.status) == ("write", 500)
    double.faults.clear()
    replay(letter, timezone.now())
    assert send(double, write).state == "confirmed"
    assert len(made(double)) == 1
    assert not DeadLetter.objects.open().exists()


def test_a_refusal_ends_it_at_once(double: AsanaDouble, goal: WeeklyGoal) -> None:
    double.faults.add("403", method="POST")
    write = send(double, ask(goal))
    assert (write.state, write.tries) == ("failed", 1)
    assert "no access" in write.reason


def test_a_refused_token_stops_the_connection_and_what_was_asked_waits(
    double: AsanaDouble, goal: WeeklyGoal, asana: AsanaConnection
) -> None:
    double.faults.add("401")
    write = send(double, ask(goal))
    asana.refresh_from_db()
    assert (write.state, asana.status) == ("pending", "stopped")
    assert write not in sending.due(timezone.now() + timedelta(days=1))


def test_a_pause_that_asana_wants_is_no_try(double: AsanaDouble, goal: WeeklyGoal) -> None:
    from tasks.asana.budget import LocalBudget

    budget = LocalBudget(0)
    budget.pause(60)
    write = send(double, ask(goal), budget=budget)
    assert (write.state, write.tries) == ("pending", 0)
    assert not double.requests("/tasks", "POST")


def test_a_task_is_marked_done_and_opened_again(double: AsanaDouble, goal: WeeklyGoal) -> None:
    send(double, ask(goal))
    now = timezone.now()
    for done in (True, False):
        double.faults.add("done, then 504", method="PUT", times=1)
        write = send(double, goal_tasks.finish(goal=goal, done=done, by=None, now=now))
        assert write.state == "confirmed"
        assert bool(made(double)[0].completed_at) is done
        assert Task.objects.get(name=goal.text).is_completed is done


def test_what_a_read_has_shown_meanwhile_is_confirmed_without_asking(
    double: AsanaDouble, goal: WeeklyGoal
) -> None:
    send(double, ask(goal))
    write = goal_tasks.finish(goal=goal, done=True, by=None, now=timezone.now())
    Task.objects.filter(name=goal.text).update(completed_at=timezone.now())
    before = len(double.log)
    assert send(double, write).state == "confirmed"
    assert len(double.log) == before


def test_the_task_is_a_promise_of_its_own_and_the_goal_counts_as_before(
    double: AsanaDouble, goal: WeeklyGoal, asana: AsanaConnection
) -> None:
    send(double, ask(goal))
    sync(double, asana)
    sync(double, asana, full=True)
    assert made(double)[0].gid == goal.writes.get().task_gid
    assert Promise.objects.filter(task__name=goal.text, kind="task").count() == 1
    assert Task.objects.filter(name=goal.text).count() == 1
    assert not goal.client.promises.filter(findings__isnull=False).exists()


def test_a_goal_that_was_withdrawn_meanwhile_gets_no_task(
    double: AsanaDouble, goal: WeeklyGoal
) -> None:
    write = ask(goal)
    WeeklyGoal.objects.update(status="deleted")
    assert send(double, write).state == "failed"
    assert made(double) == []


def test_a_task_that_was_chosen_meanwhile_is_never_replaced(
    double: AsanaDouble, goal: WeeklyGoal
) -> None:
    double.faults.add("403", method="POST", times=1)
    write = send(double, ask(goal))
    letter = DeadLetter.objects.open().get()
    chosen = Task.objects.filter(projects__client=goal.client).earliest("pk")
    goal_tasks.adopt(goal=goal, task_id=chosen.pk, now=timezone.now())
    assert not DeadLetter.objects.open().exists()
    with pytest.raises(ValidationError, match="its task already"):
        replay(letter, timezone.now())
    TaskWrite.objects.update(state="pending")
    assert send(double, write).reason == "Another task was chosen before this was sent."
    TaskWrite.objects.update(state="pending")
    sending._confirm(write, timezone.now(), Task.objects.exclude(pk=chosen.pk).earliest("pk"))
    goal.refresh_from_db()
    assert (goal.task, made(double)) == (chosen, [])


def test_nothing_is_made_or_marked_where_it_is_another_client_s_now(
    double: AsanaDouble, goal: WeeklyGoal
) -> None:
    project, other = Project.objects.get(), ClientFactory(name="Client B")
    write = ask(goal)
    Project.objects.update(client=other)
    write = send(double, write)
    assert (write.state, made(double)) == ("failed", [])
    assert (
        write.reason == f"“{project}” is no longer read for {goal.client}: choose another project."
    )
    goal_tasks.try_again(write=write)  # days later
    assert (send(double, write).state, made(double)) == ("failed", [])
    Project.objects.update(client=goal.client)
    goal_tasks.try_again(write=write)
    assert send(double, write).state == "confirmed"
    marked = goal_tasks.finish(goal=goal, done=True, by=None, now=timezone.now())
    Project.objects.update(client=other)
    assert "in no project of" in send(double, marked).reason
    assert made(double)[0].completed_at is None


def test_what_waits_and_is_so_already_needs_no_more_waiting(
    double: AsanaDouble, goal: WeeklyGoal
) -> None:
    send(double, ask(goal))
    write = goal_tasks.finish(goal=goal, done=True, by=None, now=timezone.now())
    TaskWrite.objects.filter(pk=write.pk).update(tries=7)
    assert write not in sending.due(write.asked_at)
    Task.objects.filter(name=goal.text).update(completed_at=timezone.now())
    assert write in sending.due(write.asked_at)


def test_the_worker_s_job_sends_it_on_the_budget_that_all_share(
    double: AsanaDouble,
    goal: WeeklyGoal,
    settings: Any,
) -> None:
    settings.ASANA_BASE_URL = double.url
    write = ask(goal)
    jobs.send_write(write.pk)
    write.refresh_from_db()
    assert write.state == "confirmed"
    assert [one.body["data"]["name"] for one in double.requests("/tasks", "POST")] == [goal.text]
    jobs.send_write(write.pk)
    assert len(made(double)) == 1
