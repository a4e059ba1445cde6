"""A number over many weeks and months is what each of those days would have said."""

from datetime import date

import pytest

from godview.periods import Period
from metrics.dashboards.numbers import compute
from metrics.dashboards.series import series
from metrics.queries.scopes import AGENCY, find_scope
from tests.factories.clients import ClientFactory, EngagementFactory, FeeFactory
from tests.metrics.histories import LONG_AGO, client

pytestmark = pytest.mark.django_db
KEYS = ("clients_active", "mrr", "client_retention_rate", "days_since_contact_max")


@pytest.fixture
def history():
    client("Stayed", fee=1000)
    client("Left", (LONG_AGO, date(2026, 6, 15)), fee=500)
    new = ClientFactory(name="New")
    EngagementFactory(client=new, started_on=date(2026, 8, 3))
    FeeFactory(client=new, service="SEO", amount=700, starts_on=date(2026, 8, 3))


@pytest.mark.parametrize("step", ["week", "month"])
@pytest.mark.parametrize("scope", ["agency", "service:SEO"])
def test_every_value_is_that_of_its_day(history, step, scope):
    found = find_scope(scope)
    points = series(found, step, 9, date(2026, 10, 7), KEYS)
    assert len(points) == 9
    for point in points:
        assert point.measures == compute(found, point.period, point.as_of, KEYS)


def test_months_and_weeks_are_whole_and_over(history):
    months = series(AGENCY, "month", 2, date(2026, 10, 7), ["mrr"])
    weeks = series(AGENCY, "week", 2, date(2026, 10, 7), ["mrr"])
    assert [p.period for p in months] == [
        Period(date(2026, 8, 1), date(2026, 9, 1)),
        Period(date(2026, 9, 1), date(2026, 10, 1)),
    ]
    assert [p.as_of for p in weeks] == [date(2026, 9, 28), date(2026, 10, 5)]


def test_a_series_can_be_asked_as_it_was_known(history):
    assert (
        series(AGENCY, "month", 1, date(2026, 10, 7), ["clients_active"], date(2020, 1, 1))[0]
        .measures["clients_active"]
        .value
        == 0
    )
