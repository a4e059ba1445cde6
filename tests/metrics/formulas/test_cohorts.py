import pytest

from metrics.formulas.cohorts import Cohort, Exposure, exposures, exposures_of
from metrics.formulas.survival import Lived


def test_each_cohort_counts_up_to_its_own_age():
    table = exposures([Cohort(100, (10, 5, 2)), Cohort(50, (5,))])
    assert table == [Exposure(150, 15), Exposure(90, 5), Exposure(85, 2)]


def test_a_cohort_cannot_lose_more_than_it_has():
    with pytest.raises(ValueError, match="cannot lose 6"):
        exposures([Cohort(5, (4, 2))])


def test_a_period_counts_when_it_was_full_or_ended_by_a_loss():
    spells = [Lived(0, 2, left=False), Lived(0, 1, left=True), Lived(0, 0, left=False)]
    assert exposures_of(spells) == [Exposure(2, 0), Exposure(2, 1)]


def test_who_came_late_into_the_records_is_at_risk_only_after_that():
    unseen = Exposure(0, 0)
    table = exposures_of([Lived(2, 4, left=True)])
    assert table == [unseen, unseen, unseen, Exposure(1, 0), Exposure(1, 1)]
    assert exposures_of([Lived(2, 2, left=True)])[2] == Exposure(0, 0)
