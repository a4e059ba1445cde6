import pytest

from metrics.formulas.cohorts import Cohort
from metrics.formulas.estimate import Average, Estimate
from metrics.formulas.lifetime import lifetime
from metrics.formulas.lifetime_interval import lifetime_worth, modelled_lifetime, simple_lifetime
from metrics.formulas.ratio import Interval, Ratio
from metrics.formulas.sbg_fit import fit

FEE = Average(2500, 100, 40)


def test_25_months_from_24_losses_lie_between_17_and_37():
    months = simple_lifetime(lifetime([Ratio(4, 100)] * 6))
    assert months.value == pytest.approx(25)
    assert (months.interval.low, months.interval.high) == pytest.approx((16.9, 37.0), abs=0.05)


def test_without_a_loss_there_is_a_floor_elsewhere_and_no_interval_here():
    assert simple_lifetime(lifetime([Ratio(0, 40)] * 6)) is None
    assert simple_lifetime(lifetime([])) is None


def test_revenue_and_margin_say_which_they_are():
    months = simple_lifetime(lifetime([Ratio(4, 100)] * 6))
    revenue, margin = lifetime_worth(FEE, months), lifetime_worth(FEE, months, 0.40)
    assert (revenue.value, margin.value) == pytest.approx((62_500, 25_000))
    assert revenue.label.startswith("revenue; ")
    assert margin.label.startswith("margin of 40.0%; ")
    assert margin.interval.low == pytest.approx(revenue.interval.low * 0.4)


def test_the_error_of_the_fee_widens_the_interval():
    months = Estimate(25, Interval(16.9, 37.0), "told")
    sure, unsure = (lifetime_worth(Average(2500, se, 40), months) for se in (0, 500))
    assert sure.interval.low == pytest.approx(2500 * 16.9, rel=1e-3)
    assert unsure.interval.low < sure.interval.low < sure.interval.high < unsure.interval.high


def test_a_margin_below_zero_makes_a_worth_below_zero_with_its_ends_in_order():
    worth = lifetime_worth(FEE, Estimate(25, Interval(17, 37), "told"), -0.1)
    assert worth.value == pytest.approx(-6_250)
    assert worth.interval.low < worth.value < worth.interval.high < 0


def test_where_one_error_is_unknown_so_is_the_interval():
    months = Estimate(25, Interval(17, 37), "told")
    assert lifetime_worth(Average(2500, None, 1), months).interval is None
    assert lifetime_worth(FEE, Estimate(25, None, "told")).interval is None


def test_the_lifetime_of_a_model_is_labelled_as_such():
    model = fit([Cohort(1000, (131, 126, 90, 60, 42, 34, 26))])
    months = modelled_lifetime(model, 7, 0.1)
    assert months.value == pytest.approx(7.53, abs=5e-3)
    assert months.label == "sBG model after 7 renewals, discounted at 10.0% a period"
    assert months.interval.low < 7.53 < months.interval.high
