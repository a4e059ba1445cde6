from datetime import date

import pytest

from clients.models import Client, Pod, Staff
from godview.access import Role
from metrics.queries.scopes import Scope
from tests.factories.clients import (
    AssignmentFactory,
    DepartmentFactory,
    FeeFactory,
    PodFactory,
    StaffFactory,
)
from tests.factories.tasks import WeeklyGoalFactory
from tests.factories.voices import CostFactory
from tests.metrics.histories import JUNE, LONG_AGO, client, measure, touch, value

pytestmark = pytest.mark.django_db

MID_JUNE = date(2026, 6, 15)


def scope_of(row: Pod | Staff | Client, kind: str) -> Scope:
    return Scope(kind, row.pk, row.name)  # type: ignore[arg-type]


def assign(of: Client, pod: Pod, start: date | None = None, end: date | None = None) -> None:
    AssignmentFactory(client=of, pod=pod, started_on=start, ended_on=end)


def test_a_pod_answers_for_the_clients_it_had_when_the_period_began():
    cobalt, ember = PodFactory(name="Cobalt"), PodFactory(name="Ember")
    moved = client("Moved")
    assign(moved, cobalt, end=MID_JUNE)
    assign(moved, ember, start=MID_JUNE)
    left = client("Left", (LONG_AGO, date(2026, 6, 25)))
    assign(left, cobalt, end=MID_JUNE)
    assign(left, ember, start=MID_JUNE)
    assert measure("client_retention_rate", scope=scope_of(cobalt, "pod")).whole == 2
    assert value("client_retention_rate", scope=scope_of(cobalt, "pod")) == 0.5
    assert measure("client_retention_rate", scope=scope_of(ember, "pod")).whole == 0
    assert value("clients_active", scope=scope_of(ember, "pod")) == 1
    assert value("clients_active", scope=scope_of(cobalt, "pod")) == 0


def test_a_client_who_left_still_counts_for_its_last_pod():
    pod = PodFactory()
    assign(client("Left", (LONG_AGO, MID_JUNE)), pod)
    assign(client("Stayed"), pod)
    assert value("client_retention_rate", scope=scope_of(pod, "pod")) == 0.5
    assert value("clients_lost", scope=scope_of(pod, "pod")) == 1


def test_a_client_taken_over_moves_mrr_between_pods_and_is_no_churn():
    cobalt, ember = PodFactory(), PodFactory()
    moved = client("Moved", fee=1000)
    assign(moved, cobalt, end=MID_JUNE)
    assign(moved, ember, start=MID_JUNE)
    assign(client("Stays", fee=500), cobalt)
    expected = {
        "mrr_at_start": (1500, 0),
        "mrr_transferred": (-1000, 1000),
        "mrr_churned": (0, 0),
        "mrr_new": (0, 0),
        "mrr_at_end": (500, 1000),
        "mrr": (500, 1000),
    }
    for key, amounts in expected.items():
        found = tuple(value(key, scope=scope_of(pod, "pod")) for pod in (cobalt, ember))
        assert found == amounts, key


def test_a_managers_goals_are_those_they_set_and_a_pods_those_of_its_clients():
    manager, pod, of = StaffFactory(), PodFactory(), client("Anyone")
    AssignmentFactory(client=of, pod=pod, account_manager=manager)
    WeeklyGoalFactory(client=of, manager=manager, week_starts_on=date(2026, 6, 8), status="met")
    WeeklyGoalFactory(client=of, week_starts_on=date(2026, 6, 8), status="missed")
    assert value("weekly_goal_hit_rate", scope=scope_of(manager, "manager")) == 1
    assert value("weekly_goal_hit_rate", scope=scope_of(pod, "pod")) == 0.5
    assert value("weekly_goal_hit_rate", scope=scope_of(of, "client")) == 0.5
    assert value("weekly_goal_hit_rate", scope=scope_of(PodFactory(), "pod")) is None


def test_a_department_has_its_pods_clients_and_those_of_its_own_managers():
    paid = DepartmentFactory(name="Paid media")
    assign(client("Of a pod"), PodFactory(department=paid))
    AssignmentFactory(
        client=client("Of a manager"),
        pod=None,
        account_manager=StaffFactory(department=paid, role=Role.ACCOUNT_MANAGER),
    )
    assign(client("Of others"), PodFactory())
    scope = Scope("department", paid.pk, paid.name)
    assert value("clients_active", scope=scope) == 2
    assert value("days_since_contact_max", scope=scope) == (JUNE.end - LONG_AGO).days


def test_one_clients_numbers_are_its_own():
    mine, other = client("Mine", fee=700), client("Other", fee=900)
    touch(mine, date(2026, 6, 29))
    touch(other, date(2026, 1, 1))
    scope = scope_of(mine, "client")
    assert (value("mrr", scope=scope), value("days_since_contact_max", scope=scope)) == (700, 2)
    assert value("client_retention_rate", scope=scope) == 1


def test_a_service_bought_besides_is_new_to_it_and_nothing_is_taken_over():
    buys = client("Buys", fee=1000)
    FeeFactory(client=buys, service="SEO", starts_on=MID_JUNE, amount=400)
    seo = Scope("service", None, "SEO")
    assert (value("mrr_new", scope=seo), value("mrr_transferred", scope=seo)) == (400, 0)
    assert value("mrr_expansion") == 400


def test_a_margin_counts_fees_and_hours_for_whoever_had_the_client_on_the_day():
    cobalt, ember = PodFactory(), PodFactory()
    moved = client("Moved", fee=3000)
    assign(moved, cobalt, end=date(2026, 6, 11))
    assign(moved, ember, start=date(2026, 6, 11))
    FeeFactory(client=moved, service="SEO", starts_on=date(2026, 6, 21), amount=900)
    for day in (5, 25):
        CostFactory(client=moved, kind="time", amount=250, spent_on=date(2026, 6, day))
    shares = [measure("gross_margin", scope=scope_of(pod, "pod")) for pod in (cobalt, ember)]
    assert [(one.part, one.whole) for one in shares] == [(750, 1000), (2050, 2300)]
    assert measure("gross_margin").whole == 3300
    assert measure("gross_margin", scope=Scope("service", None, "SEO")).whole == 300


def test_hours_for_a_client_without_any_fee_are_in_the_margin():
    client("Pays", fee=1000)
    for row, hours in ((Client.objects.get(), 400), (client("Free"), 100)):
        CostFactory(client=row, kind="time", amount=hours, spent_on=MID_JUNE)
    assert value("gross_margin") == 0.5
