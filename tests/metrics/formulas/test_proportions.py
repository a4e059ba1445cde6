import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.formulas.proportions import Arm, difference, sample_size

ARM = st.integers(30, 5000).flatmap(lambda n: st.builds(Arm, st.just(n), st.integers(5, n - 5)))


def test_200_and_250_of_5000_differ_by_one_point():
    found = difference(Arm(5000, 200), Arm(5000, 250))
    assert found.z == pytest.approx(2.412, abs=5e-4)
    assert found.p == pytest.approx(0.0159, abs=5e-5)
    assert found.difference == pytest.approx(0.010)
    assert (found.interval.low, found.interval.high) == pytest.approx((0.0019, 0.0181), abs=5e-5)


def test_from_4_to_5_percent_takes_6745_visitors_per_arm():
    assert sample_size(0.04, 0.05) == 6745


def test_more_power_and_smaller_differences_take_more_visitors():
    assert sample_size(0.04, 0.05, power=0.9) > 6745
    assert sample_size(0.04, 0.045) > 3 * 6745


def test_without_visitors_or_without_any_conversion_there_is_nothing_to_compare():
    assert difference(Arm(0, 0), Arm(100, 5)) is None
    assert difference(Arm(100, 0), Arm(100, 0)) is None
    assert difference(Arm(100, 100), Arm(50, 50)) is None


def test_two_equal_shares_have_no_sample_size():
    with pytest.raises(ValueError, match="two different shares"):
        sample_size(0.04, 0.04)
    with pytest.raises(ValueError, match="two different shares"):
        sample_size(0.0, 0.04)


@settings(max_examples=40, deadline=None)
@given(ARM, ARM)
def test_statsmodels_finds_the_same_test_and_interval(first, second):
    from statsmodels.stats.proportion import confint_proportions_2indep, proportions_ztest

    found = difference(first, second)
    z, p = proportions_ztest(
        [second.conversions, first.conversions], [second.visitors, first.visitors]
    )
    low, high = confint_proportions_2indep(
        second.conversions, second.visitors, first.conversions, first.visitors, method="wald"
    )
    assert (found.z, found.p) == pytest.approx((z, p), rel=1e-6, abs=1e-12)
    assert (found.interval.low, found.interval.high) == pytest.approx((low, high), abs=1e-9)
