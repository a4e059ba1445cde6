"""A weekly goal's task over HTTP: made in a project of the client, or chosen."""

import pytest

from tasks.models import TaskWrite, WeeklyGoal
from tests.api.asking import Asking
from tests.factories.asana import MembershipFactory, ProjectFactory, TaskFactory
from tests.factories.cast import Cast, make_cast
from tests.factories.tasks import WeeklyGoalFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def goal(cast: Cast) -> WeeklyGoal:
    row: WeeklyGoal = WeeklyGoalFactory(client=cast.client_a, manager=cast.manager.staff)
    return row


def test_a_task_is_asked_for_in_a_project_and_pending(cast: Cast, goal: WeeklyGoal) -> None:
    project = ProjectFactory(client=cast.client_a)
    manager = Asking(cast.manager)
    answer = manager.post(f"weekly-goals/{goal.pk}/task", project=project.pk)
    assert (answer.status_code, answer.json()["state"]) == (200, "pending")
    assert TaskWrite.objects.get().asked_by == cast.manager.staff
    twice = manager.post(f"weekly-goals/{goal.pk}/task", project=project.pk)
    assert (twice.status_code, "on its way" in twice.content.decode()) == (400, True)


def test_a_task_that_is_there_is_chosen(cast: Cast, goal: WeeklyGoal) -> None:
    home = MembershipFactory(project__client=cast.client_a)
    manager = Asking(cast.manager)
    answer = manager.post(f"weekly-goals/{goal.pk}/task", task=home.task_id)
    assert answer.json()["url"] == home.task.asana_url
    assert manager.get(f"weekly-goals/{goal.pk}").json()["task"] == home.task_id


def test_what_is_foreign_is_absent(cast: Cast, goal: WeeklyGoal) -> None:
    foreign = ProjectFactory(client=cast.client_b)
    manager, other = Asking(cast.manager), Asking(cast.manager_b)
    for said in (
        {"project": foreign.pk},
        {"task": TaskFactory().pk},
        {},
        {"task": 1, "project": 1},
    ):
        answer = manager.post(f"weekly-goals/{goal.pk}/task", **said)
        assert answer.status_code == 400
        assert foreign.name not in answer.content.decode()
    assert other.post(f"weekly-goals/{goal.pk}/task", project=foreign.pk).status_code == 404
    assert Asking(cast.designer).post(f"weekly-goals/{goal.pk}/task", task=1).status_code == 403
    assert not TaskWrite.objects.exists()
