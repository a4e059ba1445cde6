from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from tasks import goal_tasks
from tasks.asana.errors import AsanaUnavailable
from tasks.goal_task_states import state_of
from tasks.models import DeadLetter, Project, Task, TaskWrite, WeeklyGoal
from tasks.sync import letters
from tests.factories.asana import (
    NOW,
    AsanaConnectionFactory,
    MembershipFactory,
    ProjectFactory,
    TaskFactory,
)
from tests.factories.clients import ClientFactory
from tests.factories.tasks import WeeklyGoalFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def goal() -> WeeklyGoal:
    row: WeeklyGoal = WeeklyGoalFactory(text="Launch ads", week_starts_on=date(2026, 11, 16))
    return row


@pytest.fixture
def project(goal: WeeklyGoal) -> Project:
    row: Project = ProjectFactory(client=goal.client)
    return row


def task_in(project: Project, name: str, **more: Any) -> Task:
    task: Task = TaskFactory(connection=project.connection, name=name, **more)
    MembershipFactory(task=task, project=project)
    return task


def make(goal: WeeklyGoal, project: Project) -> TaskWrite:
    return goal_tasks.make(goal=goal, project_id=project.pk, by=None, now=timezone.now())


def adopt(goal: WeeklyGoal, task: Task) -> None:
    goal_tasks.adopt(goal=goal, task_id=task.pk, now=timezone.now())


def finish(goal: WeeklyGoal, done: bool) -> TaskWrite:
    return goal_tasks.finish(goal=goal, done=done, by=None, now=timezone.now())


def letter_of(write: TaskWrite) -> DeadLetter:
    connection, now = write.project.connection, timezone.now()
    return letters.write(connection, "write", str(write.key), AsanaUnavailable("no", 500), now)


def test_what_is_asked_for_is_pending_and_asked_for_once(
    goal: WeeklyGoal, project: Project
) -> None:
    write = make(goal, project)
    assert (write.action, write.state, write.tries) == ("create", "pending", 0)
    assert state_of(goal).word == "Making the task: pending"
    with pytest.raises(ValidationError, match="on its way"):
        make(goal, project)
    with pytest.raises(ValidationError, match="on its way"):
        adopt(goal, task_in(project, "Ads"))


@pytest.mark.parametrize(
    "change",
    [{"archived": True}, {"left_out": True}, {"deleted_at": NOW}, {"client": None}],
    ids=str,
)
def test_it_is_made_only_where_the_client_s_work_is_read(
    goal: WeeklyGoal, project: Project, change: dict[str, Any]
) -> None:
    Project.objects.filter(pk=project.pk).update(**change)
    with pytest.raises(ValidationError, match="Choose a project that is read for"):
        make(goal, project)


def test_another_client_s_project_or_task_is_not_there(goal: WeeklyGoal) -> None:
    foreign = ProjectFactory(client=ClientFactory(), name="Secret project")
    with pytest.raises(ValidationError) as refusal:
        make(goal, foreign)
    assert "Secret" not in str(refusal.value)
    with pytest.raises(ValidationError, match="Choose a task in a project of"):
        adopt(goal, task_in(foreign, "Secret task"))
    assert not TaskWrite.objects.exists()


def test_nothing_is_asked_for_where_asana_is_not_connected(
    goal: WeeklyGoal, project: Project
) -> None:
    AsanaConnectionFactory().stop("refused")
    assert not goal_tasks.projects_for(goal).exists()


def test_a_task_is_found_by_words_the_open_ones_first(goal: WeeklyGoal, project: Project) -> None:
    now = timezone.now()
    done = task_in(project, "Spring ADS launch", completed_at=now)
    still = task_in(project, "Launch of the ads")
    task_in(project, "Launch party")
    task_in(project, "Ads to launch, deleted", deleted_at=now)
    assert list(goal_tasks.tasks_for(goal, "ads launch")) == [still, done]


def test_a_task_is_adopted_and_let_go_without_a_word_to_asana(
    goal: WeeklyGoal, project: Project
) -> None:
    task = task_in(project, "Ads")
    adopt(goal, task)
    goal.refresh_from_db()
    assert (goal.task, state_of(goal).state) == (task, "open")
    assert goal.history.first().task_id == task.pk
    with pytest.raises(ValidationError, match="its task already"):
        make(goal, project)
    goal_tasks.let_go(goal=goal)
    assert state_of(goal).state == "none"
    assert not TaskWrite.objects.exists()


def test_marking_a_goal_writes_nothing_to_asana(goal: WeeklyGoal, project: Project) -> None:
    adopt(goal, task_in(project, "Ads"))
    goal.refresh_from_db()
    goal.status = "met"
    goal.save()
    assert not TaskWrite.objects.exists()


def test_its_task_is_marked_done_and_opened_again_when_asked(
    goal: WeeklyGoal, project: Project
) -> None:
    with pytest.raises(ValidationError, match="no task in Asana"):
        finish(goal, True)
    task = task_in(project, "Ads")
    adopt(goal, task)
    with pytest.raises(ValidationError, match="open in Asana already"):
        finish(goal, False)
    write = finish(goal, True)
    assert (write.action, write.project) == ("complete", project)
    with pytest.raises(ValidationError, match="on its way"):
        finish(goal, True)


def test_nothing_opposite_is_asked_for_while_something_is_on_its_way(
    goal: WeeklyGoal, project: Project
) -> None:
    task = task_in(project, "Ads")
    adopt(goal, task)
    waiting = finish(goal, True)
    Task.objects.update(completed_at=NOW)  # its answer was lost, and a read has shown it
    with pytest.raises(ValidationError, match="wait until it is there"):
        finish(goal, False)
    TaskWrite.objects.update(state="failed")
    newer = finish(goal, False)
    with pytest.raises(ValidationError, match="wait until it is there"):
        goal_tasks.try_again(write=waiting)
    TaskWrite.objects.filter(pk=newer.pk).update(state="confirmed")
    with pytest.raises(ValidationError, match="asked for since then"):
        goal_tasks.try_again(write=waiting)


def test_a_task_that_left_the_client_s_projects_is_not_said_to_be_unconnected(
    goal: WeeklyGoal, project: Project
) -> None:
    adopt(goal, task_in(project, "Ads"))
    Project.objects.update(client=ClientFactory())
    with pytest.raises(ValidationError, match=f"in no project of {goal.client} any more"):
        finish(goal, True)
    Project.objects.update(client=goal.client)
    project.connection.stop("refused")
    with pytest.raises(ValidationError, match="not connected where this task is"):
        finish(goal, True)


def test_what_failed_is_tried_again_and_only_that(goal: WeeklyGoal, project: Project) -> None:
    write = make(goal, project)
    with pytest.raises(ValidationError, match="on its way"):
        goal_tasks.try_again(write=write)
    TaskWrite.objects.update(state="confirmed")
    with pytest.raises(ValidationError, match="nothing to try again"):
        goal_tasks.try_again(write=write)
    TaskWrite.objects.update(state="failed", reason="Asana said no.", tries=8)
    assert state_of(goal).reason == "Asana said no."
    asked_at = write.asked_at
    again = goal_tasks.try_again(write=write)
    assert (again.state, again.reason, again.tries) == ("pending", "", 1)
    assert again.asked_at == asked_at


def test_choosing_a_task_settles_what_could_not_be_made(goal: WeeklyGoal, project: Project) -> None:
    write = make(goal, project)
    letter = letter_of(write)
    TaskWrite.objects.update(state="failed")
    chosen = task_in(project, "Ads")
    adopt(goal, chosen)
    goal.refresh_from_db()
    assert state_of(goal).state == "open"
    letter.refresh_from_db()
    assert letter.settled_at
    with pytest.raises(ValidationError, match="its task already"):
        goal_tasks.try_again(write=write)
    assert WeeklyGoal.objects.get().task == chosen


def test_what_failed_about_one_task_is_not_done_to_another(
    goal: WeeklyGoal, project: Project
) -> None:
    adopt(goal, task_in(project, "Ads"))
    write = finish(goal, True)
    TaskWrite.objects.update(state="failed")
    goal_tasks.let_go(goal=goal)
    assert state_of(goal).state == "none"
    adopt(goal, task_in(project, "Other ads"))
    assert state_of(goal).state == "open"
    with pytest.raises(ValidationError, match="chosen or asked for since then"):
        goal_tasks.try_again(write=write)


def test_a_withdrawn_goal_gets_no_task(goal: WeeklyGoal, project: Project) -> None:
    WeeklyGoal.objects.update(status="deleted")
    with pytest.raises(ValidationError, match="withdrawn"):
        make(goal, project)


def test_a_task_that_failed_is_not_tried_again_for_a_withdrawn_goal(
    goal: WeeklyGoal, project: Project
) -> None:
    write = make(goal, project)
    TaskWrite.objects.update(state="failed")
    WeeklyGoal.objects.update(status="deleted")
    with pytest.raises(ValidationError, match="withdrawn"):
        goal_tasks.try_again(write=write)
