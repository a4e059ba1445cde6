import pytest

from metrics.formulas.retention import Headcount
from metrics.formulas.revolving_door import (
    growth_ceiling,
    months_half_way,
    revolving_door_ratio,
    towards_ceiling,
)


def count(lost: int, gained: int, returned: int) -> Headcount:
    return Headcount(100, 100, 0, gained, returned, lost, (), 0)


def test_seven_lost_for_nine_added_is_078():
    assert revolving_door_ratio(count(7, 8, 1)).value == pytest.approx(0.78, abs=5e-3)


def test_nobody_added_is_no_ratio():
    assert revolving_door_ratio(count(7, 0, 0)).value is None


@pytest.mark.parametrize(("churn", "clients"), [(0.08, 100), (0.05, 160), (0.03, 266.67)])
def test_eight_adds_a_month_stop_growing_at_this_many_clients(churn, clients):
    assert growth_ceiling(8, churn) == pytest.approx(clients, abs=0.01)


def test_without_churn_there_is_no_ceiling():
    assert growth_ceiling(8, 0) is None


def test_60_clients_with_8_adds_at_8_percent_are_632_after_a_month():
    course = towards_ceiling(60, 8, 0.08, 200)
    assert course[:2] == pytest.approx([60, 63.2])
    assert course[-1] == pytest.approx(100, abs=1e-3)


def test_half_of_the_way_to_the_ceiling_takes_83_months_from_above_and_below():
    assert months_half_way(0.08) == pytest.approx(8.3, abs=0.05)
    assert 80 < towards_ceiling(60, 8, 0.08, 9)[-1] < 82
    assert 119 > towards_ceiling(140, 8, 0.08, 9)[-1] > 118


def test_without_churn_there_is_no_way_to_a_ceiling_and_the_line_just_rises():
    assert months_half_way(0) is None
    assert towards_ceiling(60, 8, 0, 2) == [60, 68, 76]
