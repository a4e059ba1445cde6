import pytest

from metrics.formulas.estimate import around, average, relative_variance
from metrics.formulas.ratio import Interval


def test_a_mean_comes_with_its_standard_error():
    fees = average([1000, 2000, 3000])
    assert (fees.mean, fees.cases) == (2000, 3)
    assert fees.se == pytest.approx(1000 / 3**0.5)


def test_one_value_has_a_mean_and_no_error_and_no_values_have_neither():
    assert average([1000]).se is None
    assert average([]) is None


def test_an_interval_on_the_log_scale_and_what_it_was_made_of_go_both_ways():
    interval = around(100, 0.04)
    assert interval.low * interval.high == pytest.approx(100**2)
    assert relative_variance(interval) == pytest.approx(0.04)
    assert around(100, 0) == Interval(100, 100)
