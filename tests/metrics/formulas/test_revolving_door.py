import pytest

from metrics.formulas.retention import Headcount
from metrics.formulas.revolving_door import growth_ceiling, revolving_door_ratio


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
