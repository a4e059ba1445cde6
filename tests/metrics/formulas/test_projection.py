import pytest

from metrics.formulas.lifetime import highest_likely_churn
from metrics.formulas.projection import projected_lifetime
from metrics.formulas.survival import survival_curve
from tests.metrics.formulas.test_survival import TEN_CLIENTS, left, still_here


def test_up_to_the_last_loss_it_is_the_curve_and_then_an_even_tail():
    curve = survival_curve(TEN_CLIENTS)
    hazard = 4 / sum(row.at_risk for row in curve.months)
    seen = sum(row.survival for row in curve.months[:9])
    tail = sum(curve.at(8).survival * (1 - hazard) ** ahead for ahead in range(1, 52))
    projected = projected_lifetime(curve)
    assert projected.value == pytest.approx(seen + tail)
    assert projected.label == "seen up to month 8, then 4.9% a month, cut off at 60 months"
    assert projected.interval.low < projected.value < projected.interval.high


def test_it_is_cut_off_after_five_years():
    assert projected_lifetime(survival_curve(left(1) + still_here(*[90] * 5000))).value < 60


def test_when_all_have_left_it_is_their_mean():
    assert projected_lifetime(survival_curve(left(2, 4, 6))).value == pytest.approx(4)


def test_a_discount_counts_later_months_less():
    curve = survival_curve(TEN_CLIENTS)
    assert projected_lifetime(curve, 0.01).value < projected_lifetime(curve).value


def test_when_nobody_has_left_it_is_a_floor_and_says_so():
    floor = projected_lifetime(survival_curve(still_here(*[3] * 10)))
    hazard = highest_likely_churn(40)
    assert floor.value == pytest.approx(sum((1 - hazard) ** month for month in range(1, 61)))
    assert floor.interval is None
    assert floor.label.startswith("at least")


def test_nobody_has_no_projection():
    assert projected_lifetime(survival_curve([])) is None
