import pytest
from django.urls import reverse
from django.utils import timezone

from tasks.models import TaskWrite, WeeklyGoal
from tests.factories.asana import MembershipFactory, ProjectFactory, TaskFactory
from tests.factories.cast import make_cast
from tests.factories.tasks import WeeklyGoalFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def manager(cast, client):
    client.force_login(cast.manager)
    return client


@pytest.fixture
def goal(cast):
    return WeeklyGoalFactory(client=cast.client_a, manager=cast.manager.staff, text="Launch ads")


@pytest.fixture
def project(cast):
    return ProjectFactory(client=cast.client_a, name="Acme search")


def at(goal):
    return reverse("tasks:goal_task", args=[goal.pk])


@pytest.mark.parametrize("who", ["manager_b", "stranger", "left"])
def test_a_goal_of_another_pod_is_not_there(cast, client, goal, project, who):
    client.force_login(getattr(cast, who))
    said = {"deed": "make", "project": project.pk}
    assert client.get(at(goal)).status_code == 404
    assert client.post(at(goal), said).status_code == 404
    assert not TaskWrite.objects.exists()


def test_who_may_only_look_sees_no_button_and_is_refused(cast, client, goal, project):
    client.force_login(cast.designer)
    assert "Make the task" not in client.get(at(goal)).content.decode()
    assert client.post(at(goal), {"deed": "make", "project": project.pk}).status_code == 403


def test_a_task_is_asked_for_and_shown_as_pending(manager, cast, goal, project):
    assert "Acme search" in manager.get(at(goal)).content.decode()
    said = {"deed": "make", "project": project.pk}
    page = manager.post(at(goal), said, follow=True).content.decode()
    assert "Making the task: pending" in page
    write = TaskWrite.objects.get()
    assert (write.project, write.asked_by) == (project, cast.manager.staff)


@pytest.mark.parametrize("said", [{}, {"deed": "make"}, {"deed": "adopt", "task": "²"}], ids=str)
def test_what_was_not_chosen_is_told_in_words(manager, goal, said):
    answer = manager.post(at(goal), said)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()


def test_one_that_is_there_is_found_by_words_and_chosen(manager, goal, project):
    task = TaskFactory(connection=project.connection, name="Spring launch")
    MembershipFactory(task=task, project=project)
    MembershipFactory(task=TaskFactory(connection=project.connection, name="Party"))
    page = manager.get(at(goal), {"words": "launch"}).content.decode()
    assert "Choose Spring launch" in page
    assert "Choose Party" not in page
    page = manager.post(at(goal), {"deed": "adopt", "task": task.pk}, follow=True)
    assert "The goal is worked on in “Spring launch”" in page.content.decode()
    assert "Mark it done in Asana" in page.content.decode()
    manager.post(at(goal), {"deed": "finish"})
    assert TaskWrite.objects.get().action == "complete"
    assert "Marking it done: pending" in manager.get(at(goal)).content.decode()


def test_another_task_may_be_chosen(manager, goal, project):
    goal.task = TaskFactory(connection=project.connection)
    goal.save()
    manager.post(at(goal), {"deed": "let go"})
    assert WeeklyGoal.objects.get().task is None


def test_a_task_moved_to_where_one_sees_nothing_is_not_shown(manager, cast, goal, project):
    theirs = ProjectFactory(client=cast.client_b)
    task = TaskFactory(connection=project.connection, name="Secret launch")
    place = MembershipFactory(task=task, project=project)
    WeeklyGoal.objects.update(task=task)
    assert "Secret launch" in manager.get(at(goal)).content.decode()
    place.project = theirs
    place.save()
    page = manager.get(at(goal)).content.decode()
    assert "Secret launch" not in page
    assert task.asana_url not in page
    assert "It is in no project of" in page
    assert "Mark it done" not in page
    manager.post(at(goal), {"deed": "let go"})
    assert WeeklyGoal.objects.get().task is None


def test_what_failed_says_why_and_is_tried_again(manager, goal, project):
    TaskWrite.objects.create(
        goal=goal,
        project=project,
        action="create",
        state="failed",
        reason="The token's user has no access to it (403).",
        asked_at=timezone.now(),
    )
    page = manager.get(at(goal)).content.decode()
    assert "has no access to it (403)" in page
    assert "Make the task in Asana" in page
    manager.post(at(goal), {"deed": "try again"})
    assert TaskWrite.objects.get().state == "pending"


def test_without_a_project_of_the_client_it_says_what_to_do(manager, goal):
    assert "a leader says on the Asana page" in manager.get(at(goal)).content.decode()


@pytest.mark.parametrize("count", [3, 60])
def test_the_page_asks_the_same_few_questions_for_any_number_of_tasks(
    manager, goal, project, django_assert_max_num_queries, count
):
    for task in TaskFactory.create_batch(count, connection=project.connection):
        MembershipFactory(task=task, project=project)
    with django_assert_max_num_queries(16):
        page = manager.get(at(goal)).content.decode()
    assert ("35 more" in page) == (count == 60)
