from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.formulas.ratio import Interval, Ratio, wilson

COUNTS = st.integers(1, 10_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))

# statsmodels 0.15.0: proportion_confint(part, whole, method="wilson")
STATSMODELS = [
    (7, 10, 0.396778147461, 0.892208732594),
    (0, 10, 0.0, 0.277532799863),
    (10, 10, 0.722467200137, 1.0),
    (18, 20, 0.698966354772, 0.972133518786),
    (149, 154, 0.926254198735, 0.986053638990),
]


def test_18_of_20_is_090_and_2_of_20_are_missing():
    ratio = Ratio(18, 20)
    assert ratio.value == 0.9
    assert ratio.rest == Ratio(2, 20)
    assert not ratio.small_base


def test_a_ratio_of_nobody_has_no_value():
    assert Ratio(0, 0).value is None
    assert Ratio(3, 0).value is None
    assert wilson(Ratio(0, 0)) is None


def test_money_divides_as_money():
    assert Ratio(Decimal("3000.00"), Decimal(20_000)).value == 0.15


def test_fewer_than_twenty_cases_are_a_small_base():
    assert Ratio(19, 19).small_base
    assert Ratio(0, 0).small_base


@pytest.mark.parametrize(("part", "whole", "low", "high"), STATSMODELS)
def test_wilson_agrees_with_statsmodels(part, whole, low, high):
    interval = wilson(Ratio(part, whole))
    assert interval is not None
    assert interval.low == pytest.approx(low, abs=1e-9)
    assert interval.high == pytest.approx(high, abs=1e-9)


def test_wilson_refuses_what_is_no_share_of_counted_cases():
    with pytest.raises(ValueError, match="not a share"):
        wilson(Ratio(5, 4))


@given(COUNTS)
def test_wilson_lies_within_0_and_1_and_holds_the_share(counts):
    ratio = Ratio(*counts)
    interval = wilson(ratio)
    assert isinstance(interval, Interval)
    assert 0 <= interval.low <= interval.high <= 1
    assert interval.low - 1e-12 <= ratio.value <= interval.high + 1e-12


@given(COUNTS)
def test_a_share_and_its_rest_make_a_whole(counts):
    ratio = Ratio(*counts)
    assert ratio.value + ratio.rest.value == pytest.approx(1)
