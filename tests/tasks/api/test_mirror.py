"""What is mirrored from Asana, over HTTP: read by who may see it, matched by leaders."""

from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from tasks.models import Membership, Task
from tests.api.asking import Asking
from tests.factories.world import World, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


def test_a_task_in_two_projects_names_only_those_one_may_see(world: World):
    task: Any = world.own["tasks"]
    Membership.objects.create(task=task, project=world.foreign["projects"])
    own, both = world.own["projects"].pk, {world.own["projects"].pk, world.foreign["projects"].pk}
    assert Asking(world.cast.manager).get("tasks", task.pk).json()["projects"] == [own]
    assert set(Asking(world.cast.leader).get("tasks", task.pk).json()["projects"]) == both
    foreign = world.foreign["projects"].pk
    for query in ({"project": foreign}, {"client": world.cast.client_b.pk}, {"project": 999_999}):
        assert Asking(world.cast.manager).get("tasks", **query).json()["count"] == 0
    assert Asking(world.cast.leader).get("tasks", project=foreign).json()["count"] == 2


def test_tasks_are_found_by_client_day_and_state(world: World):
    leader = Asking(world.cast.leader)
    task: Any = world.own["tasks"]
    assert leader.get("tasks", client=world.cast.client_a.pk).json()["count"] == 1
    assert leader.get("tasks", search="Ownmark").json()["count"] == 1
    first_due = {"first_due_from": "2026-11-18", "first_due_before": "2026-11-19"}
    assert leader.get("tasks", **first_due).json()["count"] == 2
    assert leader.get("tasks", completed="true").json()["count"] == 0
    now = timezone.now()
    Task.objects.filter(pk=task.pk).update(completed_at=now, completed_on=date(2026, 11, 20))
    assert leader.get("tasks", completed="true").json()["results"][0]["id"] == task.pk
    assert leader.get("tasks", completed="false").json()["count"] == 1
    assert leader.get("tasks", completed_from="2026-11-21").json()["count"] == 0
    assert leader.get("tasks", deleted="false").json()["count"] == 2


def test_nobody_writes_what_asana_says(world: World):
    admin = Asking(world.cast.admin)
    assert admin.patch("tasks", world.own["tasks"].pk, name="Mine").status_code == 405
    assert admin.delete("tasks", world.own["tasks"].pk).status_code == 405
    refused = admin.patch("projects", world.own["projects"].pk, name="Mine")
    assert refused.status_code == 400
    assert "worked out" in refused.json()["name"][0]


def test_a_leader_says_whose_project_it_is_and_nobody_guesses_again(world: World):
    leader = Asking(world.cast.leader)
    project: Any = world.foreign["projects"]
    answer = leader.patch("projects", project.pk, client=world.cast.client_a.pk)
    assert answer.status_code == 200
    assert answer.json()["matched_by"] == "person"
    assert project.history.latest().history_user == world.cast.leader
    assert Asking(world.cast.manager).get("projects", project.pk).status_code == 200
    moved = Asking(world.cast.manager).patch("projects", project.pk, client=None)
    assert moved.status_code == 403


def test_people_in_asana_and_reads_of_it_are_for_leaders(world: World):
    for noun in ("asana-users", "sync-runs"):
        assert Asking(world.cast.manager).get(noun).status_code == 403
        assert Asking(world.cast.leader).get(noun).json()["count"] == 1
    user = world.shared["asana-users"].pk
    said = Asking(world.cast.leader).patch("asana-users", user, staff=world.cast.designer.staff.pk)
    assert said.json()["matched_by"] == "person"
