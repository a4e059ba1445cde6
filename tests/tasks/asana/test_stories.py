from tests.asana_double import AsanaDouble
from tests.tasks.asana.clients import client_of


def test_the_stories_of_a_task_say_what_became_of_its_due_date(double: AsanaDouble) -> None:
    project = double.state.add_project("Acme")
    task = double.state.add_task("Report", [project.gid], due_on="2026-05-04")
    double.state.change_task(task, {"due_on": "2026-05-11"})
    (moved,) = [
        story
        for story in client_of(double).stories(task.gid)
        if story["resource_subtype"] == "due_date_changed"
        and (story.get("old_dates") or {}).get("due_on")
    ]
    assert moved["old_dates"]["due_on"] == "2026-05-04"
    assert moved["new_dates"]["due_on"] == "2026-05-11"
    assert "text" not in moved


def test_more_stories_than_a_page_holds(double: AsanaDouble) -> None:
    project = double.state.add_project("Acme")
    task = double.state.add_task("Report", [project.gid])
    for number in range(120):
        double.state.change_task(task, {"name": f"Report {number}"})
    gids = [story["gid"] for story in client_of(double).stories(task.gid)]
    assert len(gids) == len(set(gids)) >= 120
