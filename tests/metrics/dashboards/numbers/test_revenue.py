from datetime import date
from decimal import Decimal

import pytest

from clients.models import Fee
from godview.periods import Period
from tests.factories.clients import ExchangeRateFactory, FeeFactory, PauseFactory
from tests.metrics.histories import JUNE, LONG_AGO, client, measure, value

pytestmark = pytest.mark.django_db

MID_JUNE = date(2026, 6, 15)
BEFORE = date(2025, 9, 1)


def change_fee(of, old: int, new: int) -> None:
    FeeFactory(client=of, amount=old, ends_on=MID_JUNE)
    FeeFactory(client=of, amount=new, starts_on=MID_JUNE)


@pytest.fixture
def worked_example():
    """Start A 5,000 B 4,000 C 3,000 D 2,000 E 6,000; F is new with 3,500, G returned with 1,500."""
    client("A", fee=5000)
    change_fee(client("B"), 4000, 6000)
    change_fee(client("C"), 3000, 2000)
    client("D", (LONG_AGO, MID_JUNE), fee=2000)
    client("E", fee=6000)
    FeeFactory(client=client("F", (MID_JUNE, None)), starts_on=MID_JUNE, amount=3500)
    returned = client("G", (LONG_AGO, BEFORE), (MID_JUNE, None))
    FeeFactory(client=returned, amount=1000, ends_on=BEFORE)
    FeeFactory(client=returned, amount=1500, starts_on=MID_JUNE)


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("mrr_at_start", 20_000),
        ("mrr_new", 3500),
        ("mrr_reactivation", 1500),
        ("mrr_expansion", 2000),
        ("mrr_contraction", 1000),
        ("mrr_churned", 2000),
        ("mrr_at_end", 24_000),
        ("mrr", 24_000),
        ("grr", 0.85),
        ("nrr", 0.95),
        ("gross_revenue_churn_rate", 0.15),
        ("net_revenue_churn_rate", -0.025),
        ("quick_ratio", 7000 / 3000),
        ("quick_ratio_without_reactivation", 5500 / 3000),
        ("arpa", 4000),
    ],
)
def test_the_worked_example_of_movements(worked_example, key, expected):
    assert float(value(key)) == pytest.approx(expected)


def test_every_share_of_money_says_how_much_of_how_much(worked_example):
    kept = measure("grr")
    assert (kept.part, kept.whole, kept.small_base) == (17_000, 20_000, True)


def test_ending_one_of_two_contracts_is_a_contraction():
    two = client("Two contracts", fee=3000)
    FeeFactory(client=two, service="SEO", amount=1000, ends_on=MID_JUNE)
    assert (value("mrr_contraction"), value("mrr_churned")) == (1000, 0)


@pytest.mark.parametrize(
    ("per", "amount", "monthly"),
    [("quarter", 3000, 1000), ("half_year", 6000, 1000), ("year", 12000, 1000), ("once", 5000, 0)],
)
def test_fees_count_at_their_monthly_rate(per, amount, monthly):
    FeeFactory(client=client("Anyone"), amount=amount, per=per)
    assert value("mrr") == monthly


def test_work_by_the_hour_is_variable_and_apart_from_mrr():
    hours = client("By the hour")
    model = Fee.FinanceModel.TIME_AND_MATERIALS
    for month, amount in ((4, 3000), (5, 0), (6, 6000)):
        FeeFactory(
            client=hours,
            starts_on=date(2026, month, 1),
            ends_on=date(2026, month + 1, 1),
            amount=amount,
            finance_model=model,
        )
    FeeFactory(client=hours, starts_on=JUNE.end, amount=90_000, finance_model=model)
    assert value("mrr") == 0
    assert value("variable_revenue") == 3000


def test_a_fee_on_hold_is_shown_apart_and_is_no_churn():
    sleeper = client("Sleeper", fee=1000)
    client("Awake", fee=3000)
    PauseFactory(client=sleeper, started_on=MID_JUNE)
    assert (value("mrr"), value("paused_mrr")) == (3000, 1000)
    assert (value("mrr_paused"), value("mrr_churned")) == (1000, 0)
    assert (value("gross_revenue_churn_rate"), value("grr")) == (0, 0.75)


def test_a_pause_of_91_days_takes_the_fee_with_it():
    sleeper = client("Sleeper", fee=1000)
    PauseFactory(client=sleeper, started_on=MID_JUNE)
    later = date(2026, 9, 14)
    assert (value("mrr_churned", as_of=later), value("mrr_paused", as_of=later)) == (1000, 0)
    assert value("paused_mrr", as_of=later) == 0


def test_dollars_are_valued_by_the_rate_of_the_day_and_fx_is_apart():
    FeeFactory(client=client("Overseas"), amount=1000, currency="USD")
    ExchangeRateFactory(rate=Decimal("1.10"))
    ExchangeRateFactory(rate=Decimal("1.08"), starts_on=MID_JUNE)
    assert (value("mrr_at_start"), value("mrr_at_end")) == (1100, 1080)
    assert (value("mrr_fx"), value("mrr_contraction")) == (-20, 0)
    assert value("grr") == 1


def test_a_currency_without_a_rate_makes_sums_unknown_and_says_so():
    client("At home", fee=1000)
    FeeFactory(client=client("Overseas"), amount=1000, currency="USD")
    for key in ("mrr", "arpa", "grr", "mrr_new", "ltv_revenue"):
        assert measure(key).value is None
        assert "no exchange rate for USD" in measure(key).reason
    assert measure("grr").unit == "share"


def test_without_any_fee_money_is_unknown():
    client("Unpriced")
    assert measure("mrr").reason == "no fee is written down"


def test_a_fee_left_open_by_a_client_who_left_is_no_revenue():
    client("Gone", (LONG_AGO, MID_JUNE), fee=1000)
    client("Here", fee=500)
    assert value("mrr") == 500


def test_the_mrr_of_a_past_day_is_that_of_the_fees_then():
    change_fee(client("Anyone"), 4000, 6000)
    assert value("mrr", as_of=date(2026, 6, 14)) == 4000
    assert value("mrr", as_of=MID_JUNE) == 6000


def test_a_fee_that_begins_later_was_not_written_down_yet():
    FeeFactory(client=client("Starts"), starts_on=date(2026, 6, 2))
    before = Period(date(2026, 5, 1), date(2026, 6, 1))
    assert measure("mrr", before).reason == "no fee is written down"
    assert value("mrr") == 3000
