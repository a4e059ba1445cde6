import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.formulas.chi_square import chi_square_p


@settings(max_examples=100, deadline=None)
@given(st.floats(0, 300), st.integers(1, 40))
def test_scipy_finds_the_same_chance(statistic, df):
    from scipy.stats import chi2

    assert chi_square_p(statistic, df) == pytest.approx(chi2.sf(statistic, df), rel=1e-9)


def test_no_difference_at_all_is_certain_to_be_reached_by_chance():
    assert chi_square_p(0, 3) == 1
    assert chi_square_p(5e-324, 3) == 1  # half of which is 0


def test_a_test_without_degrees_of_freedom_is_refused():
    with pytest.raises(ValueError, match="at least one"):
        chi_square_p(1, 0)
