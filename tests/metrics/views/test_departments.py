"""Departments: does work leave on time, whose pods are whose, and who is in them."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from clients.models import Department, Staff
from tests.factories.asana import AsanaUserFactory, MembershipFactory, ProjectFactory, TaskFactory
from tests.factories.cast import make_cast
from tests.factories.clients import (
    AssignmentFactory,
    ClientFactory,
    DepartmentFactory,
    EngagementFactory,
    StaffFactory,
    UserFactory,
)
from tests.metrics.views.browsing import browser_of, opened, queries, words

pytestmark = pytest.mark.django_db
THURSDAY = datetime(2026, 11, 19, 14, 32, tzinfo=UTC)
DAY, MONDAY, WEEK = date(2026, 11, 19), date(2026, 11, 16), timedelta(days=7)


@pytest.fixture(autouse=True)
def _thursday():
    with time_machine.travel(THURSDAY, tick=False):
        yield


@pytest.fixture
def cast():
    return make_cast()


def due(of: Staff | None, weeks_ago: int, on_time: bool):
    """A task due on the Wednesday of a week, done that day or never."""
    day = MONDAY - WEEK * weeks_ago + timedelta(days=2)
    done = datetime(day.year, day.month, day.day, 9, tzinfo=UTC) if on_time else None
    return TaskFactory(
        assignee=AsanaUserFactory(staff=of) if of else None,
        first_due_on=day,
        completed_at=done,
        completed_on=done.date() if done else None,
    )


def line_of(user, name="Search"):
    lines = opened(user, "/departments/").context["departments"]
    return next(line for line in lines if line.name == name)


def page_of(user, slug, query=""):
    return opened(user, f"/departments/{slug}/{query}").context["page"]


def test_a_department_is_told_by_the_share_of_its_tasks_done_on_time(cast):
    for on_time in (True, True, False):
        due(cast.manager.staff, 1, on_time)
    due(cast.manager.staff, 2, on_time=False)
    due(cast.manager_b.staff, 1, on_time=False)
    due(cast.manager.staff, 0, on_time=False)
    line = line_of(cast.leader)
    assert (line.on_time.rate, line.on_time.told) == ("67%", "2 of 3 tasks")
    assert line.on_time.change == "↑ 67 pts, better"
    assert (line.people, line.pods) == (2, 1)


def test_its_own_projects_count_whoever_does_the_work(cast):
    task = due(None, 1, on_time=True)
    MembershipFactory(task=task, project=ProjectFactory(department=cast.department_a))
    assert line_of(cast.leader).on_time.told == "1 of 1 tasks"


@pytest.mark.parametrize(("cases", "state"), [(7, "none"), (8, "bad")])
def test_a_few_tasks_are_no_alarm(cast, cases, state):
    for _ in range(cases):
        due(cast.manager.staff, 1, on_time=False)
    assert line_of(cast.leader).on_time.state == state


def test_the_usual_range_is_that_of_the_weeks_before(cast):
    for weeks_ago in range(2, 11):
        for case in range(10):
            due(cast.manager.staff, weeks_ago, on_time=case < 10 - weeks_ago % 3)
    for _ in range(8):
        due(cast.manager.staff, 1, on_time=True)
    page = page_of(cast.leader, cast.department_a.slug)
    assert page.on_time.usual == "Usual range 80% to 100%"
    assert page.lead.startswith("100% of tasks on time in week 46 (8 of 8 tasks).")


def test_thirteen_full_weeks_and_the_way_to_their_rows(cast):
    due(cast.manager.staff, 1, on_time=True)
    due(cast.manager.staff, 1, on_time=False)
    due(cast.manager.staff, 3, on_time=True)
    page = page_of(cast.leader, cast.department_a.slug)
    share, counts = page.grid.rows
    assert page.grid.weeks[-1] == 46
    assert [cell.text for cell in share.cells[-3:]] == ["100%", "–", "50%"]
    assert [cell.text for cell in counts.cells[-3:]] == ["1/1", "–", "1/2"]
    measure = opened(cast.leader, counts.cells[-1].url).context["page"].measure
    assert (measure.part, measure.whole) == (1, 2)


def test_its_pods_and_people_are_there_for_leaders(cast):
    page = page_of(cast.leader, cast.department_a.slug)
    assert [pod.name for pod in page.pods] == ["Amber"]
    assert [person.name for person in page.people] == ["Director", "Manager"]
    assert all(person.url for person in page.people)


def test_the_director_is_named(cast):
    cast.department_a.director = cast.director.staff
    cast.department_a.save()
    assert "directed by Director" in words(
        opened(cast.leader, f"/departments/{cast.department_a.slug}/")
    )
    assert line_of(cast.leader).director_url == "/people/director/"


@pytest.mark.parametrize("person", ["manager_b", "marketing", "stranger"])
def test_its_rate_is_everybodys_but_its_pods_and_rows_are_not(cast, person):
    due(cast.manager.staff, 1, on_time=True)
    user = cast.person(person)
    page = page_of(user, cast.department_a.slug)
    assert page.on_time.rate == "100%"
    assert (page.pods, page.why_url) == ([], "")
    assert not any(cell.url for row in page.grid.rows for cell in row.cells)
    said = words(opened(user, f"/departments/{cast.department_a.slug}/"))
    assert "No pod of this department is yours to see" in said
    assert "Acme" not in said


def test_a_director_sees_the_rows_of_their_own_department_only(cast):
    due(cast.manager.staff, 1, on_time=False)
    due(cast.manager_b.staff, 1, on_time=False)
    user = cast.person("director")
    mine = page_of(user, cast.department_a.slug)
    assert [pod.name for pod in mine.pods] == ["Amber"]
    opened(user, mine.why_url)
    assert page_of(user, cast.department_b.slug).why_url == ""
    opened(user, mine.why_url.replace(cast.department_a.slug, cast.department_b.slug), status=404)


def test_the_day_is_kept_on_the_way_down(cast):
    page = page_of(cast.leader, cast.department_a.slug, "?as_of=2026-11-02")
    assert page.grid.weeks[-1] == 44
    assert page.pods[0].url == "/pods/amber/?as_of=2026-11-02"


def test_a_department_that_is_not_there_is_not_found(cast):
    opened(cast.leader, "/departments/nowhere/", status=404)


def test_a_department_without_tasks_says_how_it_gets_some(cast):
    empty = DepartmentFactory(name="Content", slug="content")
    assert line_of(cast.leader, "Content").on_time.rate == "–"
    said = words(opened(cast.leader, f"/departments/{empty.slug}/"))
    assert "No task was due in 13 weeks" in said
    assert "Nobody works in this department." in said


def test_an_agency_without_departments_is_told_to_import_staff():
    Department.objects.all().delete()
    boss = UserFactory(is_superuser=True, is_staff=True)
    assert "No departments yet" in words(opened(boss, "/departments/"))


def test_nobody_is_signed_in_nothing_is_shown(cast):
    browser = browser_of(cast.leader)
    browser.logout()
    for address in ("/departments/", f"/departments/{cast.department_a.slug}/", "/people/"):
        assert browser.get(address).url.startswith("/accounts/login/")


@pytest.mark.parametrize(
    ("person", "page", "most"),
    [("leader", "", 10), ("director", "", 12), ("leader", "own", 12), ("director", "own", 14)],
)
def test_the_number_of_queries_does_not_grow(cast, person, page, most):
    address = f"/departments/{cast.department_a.slug}/" if page else "/departments/"
    few = queries(cast.person(person), address)
    for _ in range(8):
        row = ClientFactory()
        EngagementFactory(client=row)
        AssignmentFactory(client=row, pod=cast.pod_a, account_manager=cast.manager.staff)
        StaffFactory(department=cast.department_a)
        DepartmentFactory()
        due(cast.manager.staff, 1, on_time=True)
    assert queries(cast.person(person), address) <= few <= most
