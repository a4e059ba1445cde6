from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.formulas.contact import days_since_contact, silence

SINCE = date(2026, 1, 1)
TODAY = date(2026, 11, 19)


def test_the_average_looks_fine_while_one_client_is_silent_for_31_days():
    waits = silence([1, 2, 3, 4, 9, 31])
    assert waits.mean.value == pytest.approx(8.33, abs=5e-3)
    assert waits.median == 3.5
    assert waits.longest == 31
    assert waits.over_standard == 1
    assert waits.share_over_standard.value == pytest.approx(0.167, abs=5e-4)


def test_ten_days_are_within_the_standard_and_eleven_are_not():
    assert silence([10]).over_standard == 0
    assert silence([11]).over_standard == 1


def test_nobody_has_no_silence():
    waits = silence([])
    assert waits.mean.value is None
    assert (waits.median, waits.longest, waits.over_standard) == (None, None, 0)


def test_a_touch_today_is_no_days_ago():
    assert days_since_contact(TODAY, SINCE, TODAY) == 0


def test_a_client_never_contacted_waits_since_it_started():
    assert days_since_contact(None, date(2026, 11, 7), TODAY) == 12
    assert days_since_contact(None, TODAY, TODAY) == 0


def test_a_touch_in_the_future_has_not_happened():
    assert days_since_contact(date(2026, 11, 20), date(2026, 11, 1), TODAY) == 18


@given(st.lists(st.integers(0, 400), min_size=1))
def test_the_longest_wait_is_never_below_the_average(days):
    waits = silence(days)
    assert min(days) <= waits.median <= waits.longest
    assert waits.mean.value <= waits.longest
