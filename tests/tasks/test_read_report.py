"""What a read could not bring: the exact reason, and what to click, from a real read."""

import pytest

from tasks.read_report import AGAIN, Finding, report_of, what_to_click
from tests.asana_double import AsanaDouble
from tests.factories.clients import ClientFactory
from tests.tasks.sync.world import connect, fill, sync

pytestmark = pytest.mark.django_db


def test_everything_that_was_not_read_is_named_with_what_to_click(double: AsanaDouble) -> None:
    ClientFactory(name="Client 0")
    first, second, third = fill(double)
    double.faults.add("403", path=f"/projects/{second}/tasks")
    double.faults.add("500", path=f"/projects/{third}/tasks")
    connection = connect(double)
    report = report_of(sync(double, connection, full=True))
    assert (report.projects, report.read) == (3, 1)
    forbidden, broken = report.skipped.rows
    assert forbidden == Finding(
        what="Client 1",
        reason="The token's user has no access to it (403)",
        click="In Asana: open the project, Share, invite Ada.",
        url=f"https://app.asana.com/0/{second}/list",
        link="Open in Asana",
    )
    assert "phrase" in broken.reason
    assert broken.click == AGAIN
    assert [row.what for row in report.projects_unmatched.rows] == ["Client 1", "Client 2"]
    assert report.projects_unmatched.rows[0].url == "/connect/asana/projects/?projects_q=Client%201"
    assert len(report.users_unmatched.rows) == 3
    assert first not in {row.url for row in report.skipped.rows}


def test_tasks_of_nobody_and_of_no_client_are_counted(double: AsanaDouble) -> None:
    fill(double, projects=1, tasks=3, nested=9)
    project = next(iter(double.state.projects))
    double.state.add_task("Whose?", [project])
    report = report_of(sync(double, connect(double), full=True))
    assert report.tasks == 6
    assert (report.tasks_of_nobody, report.tasks_of_no_client) == (3, report.open_tasks)
    assert not report.skipped.count


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("Asana refused the token (401): enter a new one", "Replace the token"),
        ("The workspace's Asana plan does not include this (402)", "Billing"),
        ("Asana does not know it (404)", "invite Ada; if not, leave it out"),
        ("60 of 100 tasks are missing at once. Nothing was marked", "They were deleted"),
        ("Asana answered 400: The result is too large", "move finished work"),
        ("Asana did not answer in time; tried 8 times", "Nothing in Asana"),
    ],
)
def test_each_reason_has_its_click(reason: str, words: str) -> None:
    assert words in what_to_click(reason, "Ada")
