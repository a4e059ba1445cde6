from datetime import date
from decimal import Decimal

import pytest

from godview.periods import closed_months
from tests.factories.clients import GrossMarginFactory
from tests.metrics.histories import JUNE, LONG_AGO, client, measure, value

pytestmark = pytest.mark.django_db


@pytest.fixture
def four_percent_a_month():
    """25 clients, of whom one leaves in every month and another one comes: 4 % a month."""
    for number in range(19):
        client(f"Stays {number}", fee=2500)
    for number, month in enumerate(closed_months(JUNE.end, 6)):
        middle = month.start.replace(day=15)
        client(f"Leaves {number}", (LONG_AGO, middle), fee=2500)
        client(f"Comes {number}", (middle, None), fee=2500)


def test_four_percent_a_month_is_25_months_and_62500(four_percent_a_month):
    GrossMarginFactory(share=Decimal("0.4"))
    assert value("monthly_churn_rate") == pytest.approx(0.04)
    assert value("lifetime_months") == pytest.approx(25)
    assert value("arpa") == 2500
    assert value("ltv_revenue") == pytest.approx(62_500)
    assert value("ltv_margin") == pytest.approx(25_000)
    assert (measure("ltv_margin").part, measure("ltv_margin").whole) == (6, 150)


def test_without_a_margin_there_is_no_margin_value(four_percent_a_month):
    GrossMarginFactory(starts_on=date(2026, 7, 2))
    assert measure("ltv_margin").reason == "no gross margin is written down for 2026-07-01"


def test_the_margin_of_the_day_counts(four_percent_a_month):
    GrossMarginFactory(share=Decimal("0.4"))
    GrossMarginFactory(share=Decimal("-0.1"), starts_on=date(2026, 6, 20))
    assert value("ltv_margin") == pytest.approx(-6_250)


def test_nobody_left_gives_a_floor_and_neither_0_nor_infinity():
    for number in range(8):
        client(f"Loyal {number}", (date(2026, 1, 2), None), fee=1000)
    lifetime = measure("lifetime_months")
    assert lifetime.value is None
    assert lifetime.reason == "nobody left in 6 months: at least 13.9 months (95 %)"
    assert (lifetime.part, lifetime.whole) == (0, 40)
    assert value("lifetime_months_at_least") == pytest.approx(13.9, abs=0.05)
    assert measure("ltv_revenue").reason == lifetime.reason


def test_nobody_has_no_lifetime():
    assert (
        measure("lifetime_months").reason == "no clients in the 6 closed months before 2026-07-01"
    )
    assert measure("lifetime_months_at_least").value is None
