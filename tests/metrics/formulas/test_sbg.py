from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.formulas.sbg import Sbg, interval

# Fader and Hardie (2007), "How to project customer retention", Journal of Interactive Marketing
# 21(1): parameters from the first seven years.
HIGH_END = Sbg(0.668, 3.806, -1611.16)
REGULAR = Sbg(0.704, 1.182, -1680.27)
PARAMETERS = st.tuples(st.floats(0.05, 50), st.floats(0.05, 50))


def test_the_high_end_customers_of_years_8_to_12():
    survival = [HIGH_END.survival(year) for year in range(8, 13)]
    assert survival == pytest.approx([0.460, 0.436, 0.414, 0.395, 0.378], abs=6e-4)
    retention = [HIGH_END.retention(year) for year in (1, 2, 3)]
    assert retention == pytest.approx([0.851, 0.878, 0.897], abs=6e-4)


def test_the_regular_customers_of_years_8_to_12_come_within_half_a_point_of_what_happened():
    survival = [REGULAR.survival(year) for year in range(8, 13)]
    assert survival == pytest.approx([0.223, 0.207, 0.194, 0.183, 0.173], abs=5e-3)


def test_after_seven_renewals_a_high_end_customer_is_good_for_753_more_years_at_10_percent():
    assert HIGH_END.residual_lifetime(7, 0.10) == pytest.approx(7.530, abs=5e-4)


def test_a_new_high_end_customer_is_good_for_592_years_at_10_percent():
    assert HIGH_END.expected_lifetime(0.10) == pytest.approx(5.92, abs=5e-3)


def test_without_a_discount_the_lifetime_is_finite_only_for_alpha_above_1():
    assert HIGH_END.residual_lifetime(0, 0) == inf
    assert Sbg(3.0, 4.0, 0).residual_lifetime(0, 0) == pytest.approx(2.0)
    assert Sbg(3.0, 4.0, 0).within(5000) == pytest.approx(2.0, abs=1e-4)


def test_within_a_horizon_it_is_always_finite():
    assert HIGH_END.within(2) == pytest.approx(HIGH_END.survival(1) + HIGH_END.survival(2))
    assert HIGH_END.within(60, 7) > HIGH_END.within(60)


def test_a_fit_too_flat_to_tell_has_no_interval():
    assert interval(HIGH_END, 7, 0.1) is None


@settings(max_examples=40, deadline=None)
@given(PARAMETERS, st.integers(1, 60))
def test_scipy_knows_the_same_distribution(parameters, period):
    from scipy.stats import betanbinom

    alpha, beta = parameters
    model = Sbg(alpha, beta, 0)
    # Years renewed before the loss: a geometric whose chance is spread as a beta.
    expected = betanbinom.pmf(period - 1, 1, alpha, beta)
    assert model.lost_in(period) == pytest.approx(expected, rel=1e-6)


@settings(max_examples=40)
@given(PARAMETERS, st.integers(1, 40))
def test_losses_and_survivors_make_a_whole_and_retention_rises(parameters, periods):
    model = Sbg(*parameters, 0)
    gone = sum(model.lost_in(period) for period in range(1, periods + 1))
    assert gone + model.survival(periods) == pytest.approx(1)
    assert model.retention(periods) < model.retention(periods + 1)


@settings(max_examples=25, deadline=None)
@given(PARAMETERS, st.integers(0, 12), st.floats(0.02, 0.5))
def test_the_closed_form_is_the_sum_it_stands_for(parameters, renewals, discount):
    model = Sbg(*parameters, 0)
    here = model.survival(renewals)
    total = sum(
        model.survival(renewals + ahead) / here / (1 + discount) ** (ahead - 1)
        for ahead in range(1, 1200)
    )
    assert model.residual_lifetime(renewals, discount) == pytest.approx(total, rel=1e-6)
