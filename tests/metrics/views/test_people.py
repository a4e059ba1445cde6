"""People: by name and never ranked, each beside their own past, for those who may look."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from clients.models import Department
from tasks.models import WeeklyGoal
from tests.factories.asana import AsanaUserFactory, TaskFactory
from tests.factories.cast import make_cast
from tests.factories.clients import (
    AssignmentFactory,
    ClientFactory,
    ClientGoalFactory,
    EngagementFactory,
    GoalReadingFactory,
    StaffFactory,
    TouchpointFactory,
)
from tests.factories.tasks import WeeklyGoalFactory
from tests.factories.training import ModuleVersionFactory, RequirementFactory, attempted
from tests.metrics.views.browsing import browser_of, opened, queries, words

pytestmark = pytest.mark.django_db
THURSDAY = datetime(2026, 11, 19, 14, 32, tzinfo=UTC)
DAY, MONDAY, WEEK = date(2026, 11, 19), date(2026, 11, 16), timedelta(days=7)
MET, MISSED, OPEN = WeeklyGoal.Status.MET, WeeklyGoal.Status.MISSED, WeeklyGoal.Status.OPEN


@pytest.fixture(autouse=True)
def _thursday():
    with time_machine.travel(THURSDAY, tick=False):
        yield


@pytest.fixture
def cast():
    return make_cast()


def promised(cast, status, weeks_ago, client=None, **told):
    return WeeklyGoalFactory(
        client=client or cast.client_a,
        manager=cast.manager.staff,
        week_starts_on=MONDAY - WEEK * weeks_ago,
        status=status,
        **told,
    )


def page_of(user, slug="manager", query=""):
    return opened(user, f"/people/{slug}/{query}").context["page"]


def tile(page, label):
    return next(figure for name, figure in page.tiles if name == label)


def test_everybody_is_listed_by_last_name(cast):
    StaffFactory(name="Ana Ruiz"), StaffFactory(name="Zoe Ahn")
    names = [line.name for line in opened(cast.leader, "/people/").context["people"]]
    assert names == sorted(names, key=str.casefold)
    assert names.index("Ahn, Zoe") < names.index("Ruiz, Ana")
    assert "Left" not in names


def test_the_list_says_role_department_pods_and_clients(cast):
    lines = {line.name: line for line in opened(cast.leader, "/people/").context["people"]}
    manager = lines["Manager"]
    assert manager.role == "Account manager"
    assert manager.department.word == "Search"
    assert [pod.word for pod in manager.pods] == ["Amber"]
    assert manager.clients == 1
    assert lines["Marketing"].clients is None


def test_the_list_shows_no_numbers_and_no_pods_of_foreign_people(cast):
    lines = opened(cast.person("manager"), "/people/").context["people"]
    other = next(line for line in lines if line.name == "Other")
    assert (other.url, other.clients, other.pods) == ("", None, [])


OPEN_TO = {
    "leader": {"manager", "designer", "director", "other", "marketing"},
    "admin": {"manager", "designer", "director", "other", "marketing"},
    "director": {"manager", "director", "designer"},
    "manager": {"manager", "designer"},
    "designer": {"manager", "designer"},
    "manager_b": {"other"},
    "marketing": {"marketing"},
    "left": set(),
    "stranger": set(),
}


@pytest.mark.parametrize("person", OPEN_TO)
def test_a_page_is_open_to_leaders_directors_pod_mates_and_oneself(cast, person):
    user = cast.person(person)
    for slug in ("manager", "designer", "director", "other", "marketing"):
        may = slug in OPEN_TO[person]
        opened(user, f"/people/{slug}/", status=200 if may else 404)


def test_a_foreign_person_and_none_get_the_same_answer(cast):
    browser = browser_of(cast.manager)
    assert browser.get("/people/other/").status_code == 404
    assert browser.get("/people/nobody/").status_code == 404


def test_weekly_goals_stand_beside_the_persons_own_past(cast):
    for weeks_ago in range(1, 5):
        promised(cast, MET, weeks_ago)
        promised(cast, MET if weeks_ago < 3 else MISSED, weeks_ago)
    for weeks_ago in range(14, 18):
        promised(cast, MET, weeks_ago)
        promised(cast, MISSED, weeks_ago)
    promised(cast, MISSED, 0)
    hit = tile(page_of(cast.leader), "Goals hit, 13 weeks")
    assert (hit.text, hit.told) == ("75%", "6 of 8. ↑ 25 pts, better")


def test_with_fewer_than_four_weeks_there_is_no_trend(cast):
    for weeks_ago in (1, 2, 3, 14, 15, 16):
        promised(cast, MET, weeks_ago)
    assert tile(page_of(cast.leader), "Goals hit, 13 weeks").told == "3 of 3. No trend yet"


def test_goals_of_others_for_the_same_client_are_not_theirs(cast):
    promised(cast, MET, 1)
    WeeklyGoalFactory(client=cast.client_a, week_starts_on=MONDAY - WEEK, status=MISSED)
    assert tile(page_of(cast.leader), "Goals hit, 13 weeks").text == "100%"


def test_contacts_are_those_they_made_themselves(cast):
    for days in (7, 8, 20):
        at = THURSDAY - timedelta(days=days)
        TouchpointFactory(client=cast.client_a, staff=cast.manager.staff, happened_at=at)
    TouchpointFactory(client=cast.client_a, happened_at=THURSDAY - timedelta(days=7))
    page = page_of(cast.leader)
    assert tile(page, "Contacts a week").told == "3 in 13 weeks"
    assert [cell.text for cell in page.grid.rows[1].cells[-4:]] == ["1", "0", "2", "0"]


def test_tasks_on_time_are_those_assigned_to_them(cast):
    mine = AsanaUserFactory(staff=cast.manager.staff)
    due = DAY - WEEK
    done = datetime(2026, 11, 11, 9, tzinfo=UTC)
    TaskFactory(assignee=mine, first_due_on=due, completed_on=done.date(), completed_at=done)
    TaskFactory(assignee=mine, first_due_on=due)
    TaskFactory(assignee=AsanaUserFactory(), first_due_on=due)
    page = page_of(cast.leader)
    assert tile(page, "Tasks on time, 13 weeks").told == "1 of 2. No trend yet"
    cell = page.grid.rows[2].cells[-2]
    assert cell.text == "1/2"
    assert opened(cast.leader, cell.url).context["page"].measure.whole == 2


def test_a_number_of_theirs_leads_to_rows_that_say_the_same(cast):
    goal = ClientGoalFactory(client=cast.client_a, starts_on=DAY - timedelta(days=45))
    GoalReadingFactory(goal=goal, read_on=DAY, value=160)
    for weeks_ago, status in ((1, MET), (2, MISSED)):
        promised(cast, status, weeks_ago)
    page = page_of(cast.leader)
    for label in ("Clients on pace", "Goals hit, 13 weeks"):
        figure = tile(page, label)
        measure = opened(cast.leader, figure.url).context["page"].measure
        assert figure.told.startswith(f"{measure.part} of {measure.whole}"), label


def test_this_weeks_goals_and_clients_are_there(cast):
    promised(cast, MET, 0, text="Rebuild call-only ad groups")
    promised(cast, OPEN, 0, text="Agree the new booking form")
    promised(cast, MISSED, 1, text="Of last week")
    said = words(opened(cast.leader, "/people/manager/"))
    assert "Rebuild call-only ad groups" in said
    assert "Of last week" not in said
    assert [row.line.who.name for row in page_of(cast.leader).lines] == ["Acme"]


def test_a_pod_mate_reads_only_goals_of_clients_they_may_see(cast):
    elsewhere = ClientFactory(name="Elsewhere")
    EngagementFactory(client=elsewhere)
    AssignmentFactory(client=elsewhere, pod=cast.pod_b, account_manager=cast.manager.staff)
    promised(cast, OPEN, 0, client=elsewhere, text="Secret plan")
    assert "Secret plan" in words(opened(cast.person("manager"), "/people/manager/"))
    said = words(opened(cast.person("designer"), "/people/manager/"))
    assert "Secret plan" not in said
    assert "Elsewhere" not in said


def test_a_designer_has_the_clients_of_the_pod(cast):
    page = page_of(cast.leader, "designer")
    assert page.whose == "Clients of the pod"
    assert [row.line.who.name for row in page.lines] == ["Acme"]
    assert [name for name, _ in page.tiles] == [
        "Goals hit, 13 weeks",
        "Tasks on time, 13 weeks",
        "Contacts a week",
    ]


def test_training_is_for_the_person_and_those_who_answer_for_them(cast):
    version = ModuleVersionFactory(module__title="Weekly goals")
    RequirementFactory(module=version.module)
    other = ModuleVersionFactory(module__title="Privacy")
    RequirementFactory(module=other.module)
    attempted(cast.manager.staff, other, 90, on=date(2026, 3, 2))
    for person in ("leader", "director", "manager"):
        learning = page_of(cast.person(person)).learning
        assert (learning.passed, learning.required, learning.overdue) == (1, 2, 1)
        assert [line.module.title for line in learning.to_do] == ["Weekly goals"]
    assert page_of(cast.person("designer")).learning is None


def test_the_crumbs_lead_from_the_agency_down(cast):
    cast.pod_a.department = Department.objects.get(name="Search")
    crumbs = page_of(cast.leader, query="?as_of=2026-11-02").crumbs
    assert [crumb.word for crumb in crumbs] == ["Agency", "Search", "Amber"]
    assert {crumb.url.partition("?")[2] for crumb in crumbs} == {"as_of=2026-11-02"}


def test_a_past_day_is_read_from_dated_facts(cast):
    promised(cast, MET, 1)
    promised(cast, MISSED, 30)
    page = page_of(cast.leader, query="?as_of=2026-05-04")
    assert tile(page, "Goals hit, 13 weeks").text == "0%"


def test_somebody_without_any_work_has_an_empty_page_that_says_so(cast):
    page = page_of(cast.leader, "marketing")
    assert tile(page, "Goals hit, 13 weeks").text == "–"
    said = words(opened(cast.leader, "/people/marketing/"))
    assert "No clients to show" in said
    assert "No module is required of this role" in said


@pytest.mark.parametrize(
    ("person", "address", "most"),
    [
        ("leader", "/people/", 8),
        ("manager", "/people/", 10),
        ("leader", "/people/manager/", 14),
        ("director", "/people/manager/", 18),  # who they are, and whom they may see
    ],
)
def test_the_number_of_queries_does_not_grow_with_clients_and_people(cast, person, address, most):
    few = queries(cast.person(person), address)
    for number in range(8):
        row = ClientFactory()
        EngagementFactory(client=row)
        AssignmentFactory(client=row, pod=cast.pod_a, account_manager=cast.manager.staff)
        promised(cast, MET, 1, client=row)
        promised(cast, OPEN, 0, client=row)
        version = ModuleVersionFactory()
        RequirementFactory(module=version.module)
        StaffFactory(name=f"Colleague {number}")
    assert queries(cast.person(person), address) <= few <= most
