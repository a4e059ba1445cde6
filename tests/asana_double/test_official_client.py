"""The double before Asana's own client: what that sends is allowed, what it gets is understood."""

import json
from typing import Any

import asana
import pytest
from asana.rest import ApiException

from tests.asana_double import AsanaDouble
from tests.asana_double.receiver import Receiver
from tests.asana_double.records import Project
from tests.asana_double.server import TOKEN


@pytest.fixture
def client(double: AsanaDouble) -> Any:
    settings = asana.Configuration()
    settings.host, settings.access_token = double.url, TOKEN
    settings.retry_strategy = False
    return asana.ApiClient(settings)


@pytest.fixture
def acme(double: AsanaDouble) -> Project:
    return double.state.add_project("Acme")


def drained(client: Any, resource: str, sync: str) -> list[Any]:
    found: list[Any] = []
    events = asana.EventsApi(client)
    while True:
        page = events.get_events(resource, {"sync": sync}, full_payload=True)
        found += page["data"]
        sync = page["sync"]
        if not page["has_more"]:
            return found


def test_a_first_token_comes_with_the_refusal_and_250_events_in_three_requests(
    double: AsanaDouble, client: Any, acme: Project
) -> None:
    with pytest.raises(ApiException) as refused:
        asana.EventsApi(client).get_events(acme.gid, {}, full_payload=True)
    assert refused.value.status == 412
    double.state.diary.quiet = True
    for number in range(125):  # each is told twice: to the project, and to its section
        double.state.add_task(f"Task {number}", [acme.gid])
    double.log.clear()
    sync = json.loads(refused.value.body)["sync"]
    assert len(drained(client, acme.gid, sync)) == 250
    assert len(double.requests("/events")) == 3


def test_stories_search_and_copies(double: AsanaDouble, client: Any, acme: Project) -> None:
    task = double.state.add_task("Page", [acme.gid], due_on="2026-05-01")
    tasks, stories = asana.TasksApi(client), asana.StoriesApi(client)
    tasks.update_task({"data": {"due_on": "2026-05-09"}}, task.gid, {})
    wanted = {"opt_fields": "resource_subtype,old_dates.due_on,new_dates.due_on,created_by"}
    told = list(stories.get_stories_for_task(task.gid, wanted))
    assert told[-1]["old_dates"] == {"due_on": "2026-05-01"}
    query = {"modified_at.after": "2026-01-01T00:00:00.000Z", "sort_by": "modified_at"}
    workspace = double.state.workspace.gid
    found = tasks.search_tasks_for_workspace(workspace, query, full_payload=True)["data"]
    assert [one["gid"] for one in found] == [task.gid]
    assert list(tasks.search_tasks_for_workspace(workspace, dict(query))) == found
    job = tasks.duplicate_task({"data": {"include": "dates"}}, task.gid, {})
    assert asana.JobsApi(client).get_job(job["gid"], {})["status"] == "succeeded"


def test_every_write_of_the_sync(double: AsanaDouble, client: Any, acme: Project) -> None:
    tasks, beta = asana.TasksApi(client), double.state.add_project("Beta")
    made = tasks.create_task({"data": {"name": "Goal", "projects": [acme.gid]}}, {})
    below = tasks.create_task({"data": {"name": "Step", "parent": made["gid"]}}, {})
    tasks.add_project_for_task({"data": {"project": beta.gid}}, made["gid"])
    tasks.remove_project_for_task({"data": {"project": acme.gid}}, made["gid"])
    tasks.set_parent_for_task({"data": {"parent": None}}, below["gid"], {})
    asana.StoriesApi(client).create_story_for_task({"data": {"text": "Done?"}}, made["gid"], {})
    shown = tasks.get_task(made["gid"], {"opt_fields": "projects,num_subtasks"})
    assert ([one["gid"] for one in shown["projects"]], shown["num_subtasks"]) == ([beta.gid], 0)
    tasks.delete_task(made["gid"])
    with pytest.raises(ApiException) as gone:
        tasks.get_task(made["gid"], {})
    assert gone.value.status == 404


def test_a_webhook_from_its_making_to_its_end(
    double: AsanaDouble, client: Any, acme: Project, receiver: Receiver
) -> None:
    webhooks = asana.WebhooksApi(client)
    asked = {"data": {"resource": acme.gid, "target": receiver.url}}
    made = webhooks.create_webhook(asked, {}, full_payload=True)
    assert made["X-Hook-Secret"] == receiver.secrets[0]
    listed = list(webhooks.get_webhooks(double.state.workspace.gid, {"resource": acme.gid}))
    assert [one["gid"] for one in listed] == [made["data"]["gid"]]
    webhooks.delete_webhook(made["data"]["gid"])
    assert double.state.webhooks == {}
