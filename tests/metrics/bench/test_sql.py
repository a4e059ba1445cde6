"""The product's numbers against independent SQL over the same rows, on either database."""

from datetime import date

import pytest

from clients.models import Engagement, Pause
from godview.periods import Period, add_months, trailing
from metrics.bench import sql
from metrics.bench.agency import agency
from metrics.bench.metrics import disagreements
from metrics.bench.work import work
from metrics.dashboards.numbers import compute
from metrics.formulas.measure import of_count
from metrics.queries.scopes import AGENCY

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 19)


@pytest.fixture
def one_agency():
    made = agency(clients=24, months=14, today=TODAY, seed=3)
    work(made, tasks=800)
    former = made.clients[3]
    assert made.spells[former.pk][1] is not None
    Engagement.objects.create(client=former, started_on=add_months(TODAY, -1))
    Pause.objects.create(
        client=made.clients[1],
        started_on=add_months(TODAY, -9),
        ended_on=add_months(TODAY, -5),
    )


def test_every_figure_is_the_same_as_in_hand_written_sql(one_agency):
    periods = [trailing("month", TODAY), trailing("quarter", TODAY), trailing("year", TODAY)]
    periods += [Period(date(2026, month, 1), date(2026, month + 1, 1)) for month in range(3, 11)]
    for period in periods:
        ours = compute(AGENCY, period, period.end)
        assert disagreements(ours, sql.figures(period, period.end)) == [], str(period)


def test_a_wrong_figure_would_be_noticed():
    ours = {"clients_active": of_count(40, "clients")}
    assert disagreements(ours, {"clients_active": 41}) == ["clients_active: 40 and 41"]
    assert disagreements(ours, {"clients_active": None}) == ["clients_active: 40 and None"]
    assert disagreements(ours, {"clients_active": 40.0}) == []
