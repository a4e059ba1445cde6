import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.formulas.spread import median, percentile


def test_the_middle_of_six_is_between_the_two_in_the_middle():
    assert median([31, 1, 9, 2, 4, 3]) == 3.5


def test_the_slow_end_lies_between_neighbours_in_proportion():
    # numpy.percentile([1, 2, 3, 4, 9, 31], 90) is 20.0
    assert percentile([1, 2, 3, 4, 9, 31], 0.9) == pytest.approx(20.0)


def test_no_values_have_no_middle():
    assert median([]) is None


@given(st.lists(st.floats(-1e6, 1e6), min_size=1), st.floats(0, 1))
def test_a_percentile_lies_among_the_values(values, share):
    assert min(values) <= percentile(values, share) <= max(values)
