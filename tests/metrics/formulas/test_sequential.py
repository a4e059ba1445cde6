import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.formulas.proportions import Arm, difference
from metrics.formulas.sequential import always_valid, always_valid_p

A, B = Arm(5000, 200), Arm(5000, 250)
ALPHA = 0.05


def test_at_10000_visitors_one_point_is_within_127_points_and_so_not_certain_yet():
    found = difference(A, B)
    band = always_valid(found, 10_000)
    assert band.high - found.difference == pytest.approx(0.0127, abs=5e-5)
    assert band.low < 0 < band.high
    assert always_valid_p(found, 10_000) > ALPHA


def test_the_price_of_looking_is_a_wider_interval():
    found = difference(A, B)
    assert always_valid(found, 10_000).low < found.interval.low


def test_where_nothing_varies_nothing_is_certain():
    found = difference(Arm(100, 0), Arm(100, 100))
    assert always_valid_p(found, 200) == 1


@settings(max_examples=60)
@given(st.integers(26, 400), st.integers(26, 400), st.integers(1000, 50_000))
def test_the_chance_is_below_5_percent_exactly_when_the_interval_leaves_out_zero(won, lost, n):
    found = difference(Arm(n, lost), Arm(n, won))
    band = always_valid(found, 2 * n)
    assert (always_valid_p(found, 2 * n) < ALPHA) is (band.low > 0 or band.high < 0)


def test_looking_twenty_times_makes_a_quarter_of_false_wins_unless_the_interval_allows_it():
    import numpy as np

    experiments, looks, each = 1500, 20, 500
    chance = np.random.default_rng(15)
    first, second = chance.binomial(each, 0.05, (2, experiments, looks)).cumsum(axis=2)
    fooled_by_fixed = fooled_by_sequential = 0
    for a, b in zip(first.tolist(), second.tolist(), strict=True):
        seen = [
            (difference(Arm(n, x), Arm(n, y)), 2 * n)
            for n, x, y in zip(range(each, each * looks + 1, each), a, b, strict=True)
        ]
        fooled_by_fixed += any(found.p < ALPHA for found, _ in seen)
        fooled_by_sequential += any(always_valid_p(found, n) < ALPHA for found, n in seen)
    assert 0.21 < fooled_by_fixed / experiments < 0.29
    assert fooled_by_sequential / experiments <= ALPHA
