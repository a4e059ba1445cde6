import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.formulas.lifetime import (
    discounted_lifetime_margin,
    highest_likely_churn,
    lifetime,
    lifetime_margin,
    lifetime_revenue,
)
from metrics.formulas.ratio import Ratio


def test_four_percent_a_month_is_25_months():
    known = lifetime([Ratio(4, 100)] * 6)
    assert known.months == pytest.approx(25)
    assert (known.lost, known.client_months) == (24, 600)


def test_the_mean_is_of_the_months_and_not_of_the_clients():
    assert lifetime([Ratio(1, 10), Ratio(0, 90)]).monthly_churn == 0.05


def test_a_month_without_clients_is_left_out_of_the_mean():
    assert lifetime([Ratio(0, 0), Ratio(1, 10)]).monthly_churn == 0.1


def test_without_a_loss_there_is_a_floor_and_no_lifetime():
    known = lifetime([Ratio(0, 8)] * 5)
    assert known.months is None
    assert highest_likely_churn(40) == pytest.approx(0.072, abs=5e-4)
    assert known.at_least_months == pytest.approx(13.9, abs=0.05)


def test_nobody_has_no_lifetime_and_no_floor():
    nobody = lifetime([Ratio(0, 0)] * 6)
    assert nobody.monthly_churn is None
    assert nobody.months is None
    assert nobody.at_least_months is None


def test_an_average_fee_of_2500_at_four_percent_is_worth_62500():
    assert lifetime_revenue(2500, 0.04) == pytest.approx(62_500)


def test_of_which_40_percent_margin_leaves_25000():
    assert lifetime_margin(2500, 0.40, 0.04) == pytest.approx(25_000)


def test_a_margin_below_zero_makes_a_value_below_zero():
    assert lifetime_margin(2500, -0.1, 0.04) == pytest.approx(-6_250)


def test_a_thousand_a_month_discounted_at_one_percent_is_20200():
    assert discounted_lifetime_margin(1000, 0.04, 0.01) == pytest.approx(20_200)


@given(st.integers(1, 100_000))
def test_the_rule_of_three_is_close_to_the_bound_and_never_below_it(client_months):
    bound = highest_likely_churn(client_months)
    assert 0 < bound < 1
    assert bound <= 3 / client_months
