from datetime import date
from decimal import Decimal

import pytest

from godview.periods import Period, closed_months, month_of
from metrics.formulas.mrr import Fee, MissingRateError, Rates, variable_monthly, worth

D = Decimal
EUR = Rates("EUR")
JUNE = month_of(date(2026, 6, 1))


def fee(amount: str, per: str = "month", model: str = "retainer", **more) -> Fee:
    return Fee(
        client=more.get("client", "Halden"),
        start=more.get("start", date(2025, 1, 1)),
        end=more.get("end"),
        amount=D(amount),
        currency=more.get("currency", "EUR"),
        per=per,
        finance_model=model,
    )


@pytest.mark.parametrize(
    ("amount", "per", "monthly"),
    [
        ("1000", "month", "1000.00"),
        ("3000", "quarter", "1000.00"),
        ("6000", "half_year", "1000.00"),
        ("12000", "year", "1000.00"),
        ("100", "week", "433.33"),
        ("5000", "once", "0.00"),
    ],
)
def test_a_fee_at_its_monthly_rate(amount, per, monthly):
    assert round(fee(amount, per).monthly, 2) == D(monthly)


@pytest.mark.parametrize("model", ["retainer", "out_staff", "fixed_price"])
def test_contracted_fees_count_whatever_the_finance_model(model):
    assert not fee("1000", model=model).is_variable


def test_a_fee_from_16_june_is_a_whole_mrr_and_half_a_month_earned():
    started = fee("3000", start=date(2026, 6, 16))
    assert started.covers(date(2026, 6, 30))
    assert started.monthly == 3000
    assert started.earned_in(JUNE) == 1500


def test_a_fee_is_no_longer_charged_on_its_end():
    ending = fee("3000", end=date(2026, 6, 16))
    assert ending.covers(date(2026, 6, 15))
    assert not ending.covers(date(2026, 6, 16))
    assert ending.earned_in(JUNE) == 1500


def test_a_fee_outside_a_month_earns_nothing_in_it():
    assert fee("3000", end=date(2026, 6, 1)).earned_in(JUNE) == 0
    assert fee("3000", start=date(2026, 7, 1)).earned_in(JUNE) == 0


def test_one_off_work_earns_its_price_when_it_is_due():
    project = fee("8000", "once", start=date(2026, 6, 10))
    assert project.earned_in(JUNE) == 8000
    assert project.earned_in(month_of(date(2026, 7, 1))) == 0


def test_time_and_materials_is_the_average_of_three_full_months():
    hours = [
        fee("3000", model="time_and_materials", start=month.start, end=month.end)
        for month in closed_months(date(2026, 7, 14), 2)
    ]
    hours.append(fee("900", "once", "time_and_materials", start=date(2026, 4, 3)))
    hours.append(fee("9000", "once", "time_and_materials", start=date(2026, 7, 2)))  # not over
    months = closed_months(date(2026, 7, 14), 3)
    assert variable_monthly([*hours, fee("2500")], months, EUR) == 2300


def test_a_week_of_a_year_is_shared_out_by_the_day():
    assert fee("365", "year").earned_in(Period(date(2026, 6, 1), date(2026, 7, 1))) == D(365) / 12


def test_money_in_two_currencies_is_valued_at_the_rate_of_the_day():
    rates = Rates("EUR", {"USD": [(date(2026, 1, 1), D("0.90")), (date(2026, 6, 1), D("0.85"))]})
    amounts = {"EUR": D(1000), "USD": D(1000)}
    assert worth(amounts, rates, date(2026, 5, 31)) == 1900
    assert worth(amounts, rates, date(2026, 6, 1)) == 1850


def test_a_currency_without_a_rate_is_refused_and_not_left_out():
    rates = Rates("EUR", {"USD": [(date(2026, 6, 1), D("0.85"))]})
    with pytest.raises(MissingRateError, match="no exchange rate for USD on 2026-05-31"):
        worth({"EUR": D(1000), "USD": D(1000)}, rates, date(2026, 5, 31))
    with pytest.raises(MissingRateError, match="GBP"):
        worth({"GBP": D(1)}, rates, date(2026, 6, 1))
