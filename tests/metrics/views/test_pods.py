"""Pods: how each team does, whose it is to see, and the way from every number to its rows."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine

from clients.models import Client, PodMembership
from tasks.models import WeeklyGoal
from tests.factories.cast import make_cast
from tests.factories.clients import (
    AssignmentFactory,
    ClientFactory,
    ClientGoalFactory,
    EngagementFactory,
    FeeFactory,
    GoalReadingFactory,
    PauseFactory,
    PodMembershipFactory,
    StaffFactory,
    TouchpointFactory,
    UserFactory,
)
from tests.factories.tasks import WeeklyGoalFactory
from tests.metrics.views.browsing import browser_of, links, opened, queries, words

pytestmark = pytest.mark.django_db
THURSDAY = datetime(2026, 11, 19, 14, 32, tzinfo=UTC)
DAY, MONDAY, WEEK = date(2026, 11, 19), date(2026, 11, 16), timedelta(days=7)
MET, MISSED = WeeklyGoal.Status.MET, WeeklyGoal.Status.MISSED


@pytest.fixture(autouse=True)
def _thursday():
    with time_machine.travel(THURSDAY, tick=False):
        yield


@pytest.fixture
def cast():
    return make_cast()


def client(cast, name, **assignment):
    row = ClientFactory(name=name, slug=name.lower().replace(" ", "-"))
    EngagementFactory(client=row)
    told = {"pod": cast.pod_a, "account_manager": cast.manager.staff, **assignment}
    AssignmentFactory(client=row, **told)
    return row


def on_the_way(of: Client, value: int, day: date = DAY) -> None:
    """A goal from 100 to 200, half of its days gone: 150 is exactly on pace."""
    goal = ClientGoalFactory(client=of, starts_on=DAY - timedelta(days=45))
    GoalReadingFactory(goal=goal, read_on=day, value=Decimal(value))


def promised(cast, of: Client, status: str, weeks_ago: int) -> None:
    WeeklyGoalFactory(
        client=of,
        manager=cast.manager.staff,
        week_starts_on=MONDAY - WEEK * weeks_ago,
        status=status,
    )


def line_of(cast, user, name="Amber", query=""):
    lines = opened(user, f"/pods/{query}").context["pods"]
    return next(line for line in lines if line.name == name)


def page_of(user, slug="amber", query=""):
    return opened(user, f"/pods/{slug}/{query}").context["page"]


def test_a_pod_is_told_by_its_people_and_six_numbers(cast):
    for name, value in (("Zephyr", 160), ("Yarrow", 120)):
        on_the_way(client(cast, name), value)
    FeeFactory(client=cast.client_a, amount=Decimal(6400))
    TouchpointFactory(client=cast.client_a, happened_at=THURSDAY - timedelta(days=4))
    TouchpointFactory(client=Client.objects.get(name="Zephyr"), happened_at=THURSDAY)
    TouchpointFactory(client=Client.objects.get(name="Yarrow"), happened_at=THURSDAY)
    for status, weeks_ago in ((MET, 1), (MET, 4), (MISSED, 2), (MET, 5), (MISSED, 0)):
        promised(cast, cast.client_a, status, weeks_ago)
    line = line_of(cast, cast.leader)
    assert [person.name for person in line.people] == ["Left", "Manager", "Designer"]
    assert line.clients.text == "3"
    assert (line.on_pace.text, line.on_pace.told) == ("50%", "1 of 2")
    assert (line.goals_hit.text, line.goals_hit.told) == ("67%", "2 of 3")
    assert line.contact.text == "1.3 d"
    assert line.mrr.text == "€6,400"
    assert (line.kept.text, line.kept.told) == ("100%", "3 of 3")


def test_a_team_that_is_not_two_managers_and_a_designer_is_remarked(cast):
    assert line_of(cast, cast.leader).warning is None
    PodMembership.objects.get(staff=cast.designer.staff).delete()
    warning = line_of(cast, cast.leader).warning
    assert warning.startswith("2 account managers and 0 designers")
    assert warning in words(opened(cast.leader, "/pods/amber/"))


def test_a_goal_belongs_to_the_pod_that_had_the_client_in_its_week(cast):
    moved = client(cast, "Moved", ended_on=MONDAY - WEEK)
    AssignmentFactory(
        client=moved,
        pod=cast.pod_b,
        account_manager=cast.manager_b.staff,
        started_on=MONDAY - WEEK,
    )
    promised(cast, moved, MET, weeks_ago=3)
    promised(cast, moved, MISSED, weeks_ago=1)
    assert line_of(cast, cast.leader).goals_hit.told == "1 of 1"
    assert line_of(cast, cast.leader, "Basalt").goals_hit.told == "0 of 1"


def test_what_cannot_be_known_is_a_dash_with_its_reason(cast):
    line = line_of(cast, cast.leader)
    assert (line.on_pace.text, line.mrr.text) == ("–", "–")
    assert line.on_pace.told.startswith("no 90-day goal can be judged")
    assert line.mrr.told == "no fee is written down"


@pytest.mark.parametrize("metric", ["clients_on_pace", "weekly_goal_hit_rate", "mrr"])
def test_a_number_leads_to_rows_that_say_the_same(cast, metric):
    on_the_way(cast.client_a, 160)
    FeeFactory(client=cast.client_a, amount=Decimal(6400))
    promised(cast, cast.client_a, MET, 1)
    promised(cast, client(cast, "Elsewhere", pod=cast.pod_b), MISSED, 1)
    figure = page_of(cast.leader).figures[metric]
    assert "scope=pod:amber" in figure.url
    why = opened(cast.leader, figure.url).context["page"]
    assert why.scope.name == "Amber"
    assert float(why.measure.value) == {"mrr": 6400}.get(metric, 1.0)


def test_thirteen_weeks_of_pace_goals_and_contacts(cast):
    on_the_way(cast.client_a, 160)
    promised(cast, cast.client_a, MET, 0)
    promised(cast, cast.client_a, MISSED, 1)
    for days in (1, 8, 9):
        TouchpointFactory(client=cast.client_a, happened_at=THURSDAY - timedelta(days=days))
    TouchpointFactory(client=cast.client_b, happened_at=THURSDAY)
    page = page_of(cast.leader)
    assert page.grid.weeks == [35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47]
    pace, goals, contacts = page.grid.rows
    assert [cell.text for cell in pace.cells[-2:]] == ["–", "1/1"]
    assert [cell.text for cell in goals.cells[-3:]] == ["–", "0/1", "1/1"]
    assert [cell.text for cell in contacts.cells[-3:]] == ["0", "2", "1"]


def test_a_week_leads_to_its_own_rows(cast):
    promised(cast, cast.client_a, MISSED, 1)
    promised(cast, cast.client_a, MET, 2)
    cell = page_of(cast.leader).grid.rows[1].cells[-2]
    assert "period=2026-11-09..2026-11-16" in cell.url
    assert opened(cast.leader, cell.url).context["page"].measure.whole == 1


def test_a_week_far_from_the_target_is_red_but_not_on_a_few_cases(cast):
    for _ in range(4):
        promised(cast, cast.client_a, MISSED, 1)
    promised(cast, cast.client_a, MISSED, 2)
    goals = page_of(cast.leader).grid.rows[1]
    assert [cell.alarm for cell in goals.cells[-3:-1]] == [False, True]


def test_clients_come_worst_first(cast):
    for name, value, days in (("Fine", 160, 1), ("Behind", 143, 1), ("Off", 110, 1)):
        row = client(cast, name)
        on_the_way(row, value)
        TouchpointFactory(client=row, happened_at=THURSDAY - timedelta(days=days))
    TouchpointFactory(client=cast.client_a, happened_at=THURSDAY - timedelta(days=11))
    page = page_of(cast.leader)
    assert [row.line.who.name for row in page.lines] == ["Off", "Acme", "Behind", "Fine"]
    assert page.lead == "1 client off pace and 1 client over the contact standard."


def test_a_client_on_hold_is_there_and_not_judged(cast):
    on_the_way(cast.client_a, 110)
    PauseFactory(client=cast.client_a, started_on=DAY - timedelta(days=5))
    assert "on hold" in words(opened(cast.leader, "/pods/amber/"))
    assert page_of(cast.leader).figures["clients_on_pace"].text == "–"


def test_a_past_day_is_asked_for_and_kept_in_every_link(cast):
    late = client(cast, "Late", started_on=None)
    late.engagements.update(started_on=DAY - timedelta(days=10))
    query = "?as_of=2026-11-01&period=year"
    page = page_of(cast.leader, query=query)
    assert [row.line.who.name for row in page.lines] == ["Acme"]
    response = opened(cast.leader, f"/pods/amber/{query}")
    onward = [url for url in links(response) if url.startswith(("/why/", "/clients/acme"))]
    assert onward
    assert [url for url in onward if "as_of=" not in url] == []
    assert page.figures["client_retention_rate"].url.endswith("period=year&scope=pod:amber")


@pytest.mark.parametrize("query", ["?period=never", "?as_of=&known_on=", "?period=2999"])
def test_a_period_that_is_none_falls_back_to_a_quarter_up_to_today(cast, query):
    assert page_of(cast.leader, query=query).day == DAY
    assert "as_of" not in page_of(cast.leader, query=query).figures["mrr"].url


@pytest.mark.parametrize("person", ["manager", "designer", "director"])
def test_people_see_their_own_pods_and_no_other(cast, person):
    user = cast.person(person)
    assert [line.name for line in opened(user, "/pods/").context["pods"]] == ["Amber"]
    opened(user, "/pods/amber/")
    opened(user, "/pods/basalt/", status=404)


@pytest.mark.parametrize("person", ["leader", "admin"])
def test_leaders_see_every_pod(cast, person):
    user = cast.person(person)
    assert [line.name for line in opened(user, "/pods/").context["pods"]] == ["Amber", "Basalt"]
    opened(user, "/pods/basalt/")


@pytest.mark.parametrize("person", ["salesperson", "marketing", "left", "stranger"])
def test_who_is_in_no_pod_sees_none(cast, person):
    user = cast.person(person)
    assert "No pods yet" in words(opened(user, "/pods/"))
    opened(user, "/pods/amber/", status=404)


def test_of_a_shared_pod_only_ones_own_clients_are_named(cast):
    """The numbers are the pod's; the rows are the reader's."""
    guest = StaffFactory(name="Guest", slug="guest", signs_in=True)
    client(cast, "Guested", account_manager=guest)
    page = page_of(guest.user)
    assert [row.line.who.name for row in page.lines] == ["Guested"]
    assert (page.clients, page.hidden) == (2, 1)
    said = words(opened(guest.user, "/pods/amber/"))
    assert "1 of 2 are yours to see" in said
    assert "Acme" not in said


def test_a_name_is_a_link_only_where_its_page_may_be_opened(cast):
    guest = StaffFactory(name="Guest", slug="guest", signs_in=True)
    client(cast, "Guested", account_manager=guest)
    assert [person.url for person in page_of(guest.user).people] == ["", "", ""]
    assert all(person.url for person in page_of(cast.person("manager")).people)


def test_nobody_is_signed_in_nothing_is_shown(cast):
    response = browser_of(cast.leader)
    response.logout()
    for address in ("/pods/", "/pods/amber/"):
        assert response.get(address).url.startswith("/accounts/login/")


def test_an_empty_pod_says_what_to_do(cast):
    PodMembership.objects.filter(pod=cast.pod_b).delete()
    cast.client_b.assignments.all().delete()
    said = words(opened(cast.leader, "/pods/basalt/"))
    assert "Nobody is in this pod." in said
    assert "No client is in this pod." in said


def test_clients_without_a_pod_are_not_forgotten(cast):
    cast.client_b.assignments.all().delete()
    assert "1 client in no pod" in words(opened(cast.leader, "/pods/"))


def test_an_agency_without_pods_is_told_to_import_them():
    boss = UserFactory(is_superuser=True, is_staff=True)
    assert "No pods yet" in words(opened(boss, "/pods/"))


@pytest.mark.parametrize(
    ("person", "address", "most"),
    [
        ("leader", "/pods/", 9),
        ("director", "/pods/", 12),
        ("leader", "/pods/amber/", 12),
        ("director", "/pods/amber/", 14),  # three more: who they are, and whom they may see
    ],
)
def test_the_number_of_queries_does_not_grow_with_the_clients(cast, person, address, most):
    user = cast.person(person)
    few = queries(user, address)
    for number in range(10):
        row = client(cast, f"Client {number}")
        on_the_way(row, 120)
        promised(cast, row, MET, 1)
        PodMembershipFactory(pod=cast.pod_a)
    assert queries(cast.person(person), address) <= few <= most
