import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.formulas.promises import (
    PromiseRecord,
    attempted_change_rate,
    postponement_days_mean,
    postponement_rate,
)

COUNTS = st.integers(0, 500)


def test_three_of_twenty_postponed_are_fifteen_per_cent_and_slipped_seven_days():
    record = PromiseRecord(committed=20, postponed=3, days_slipped=2 + 5 + 14, attempted=1)
    assert postponement_rate(record).value == pytest.approx(0.15)
    assert postponement_days_mean(record).value == pytest.approx(7)
    assert attempted_change_rate(record).value == pytest.approx(0.05)


def test_nothing_due_is_no_rate():
    assert postponement_rate(PromiseRecord()).value is None
    assert postponement_days_mean(PromiseRecord(committed=4)).value is None
    assert attempted_change_rate(PromiseRecord()).value is None


@given(*[st.builds(PromiseRecord, COUNTS, COUNTS, COUNTS, COUNTS)] * 2)
def test_two_periods_add_up(one: PromiseRecord, other: PromiseRecord):
    both = one + other
    assert both.committed == one.committed + other.committed
    assert postponement_rate(both).part == one.postponed + other.postponed
