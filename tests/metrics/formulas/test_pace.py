from datetime import date, timedelta
from decimal import Decimal

import pytest

from metrics.formulas.pace import PaceState, Reading, pace

D = Decimal
START = date(2026, 9, 26)
END = START + timedelta(days=90)


def on_day(
    day: int,
    reading: str | None,
    baseline: str = "0",
    target: str = "100",
    read_on_day: int | None = None,
):
    read_on = START + timedelta(days=day if read_on_day is None else read_on_day)
    known = None if reading is None else Reading(D(reading), read_on)
    return pace(D(baseline), D(target), known, START, END, START + timedelta(days=day))


def test_22_percent_done_on_day_40_is_0495_of_pace():
    reached = on_day(40, "22")
    assert reached.expected == pytest.approx(0.444, abs=5e-4)
    assert reached.ratio == pytest.approx(0.495)
    assert reached.state is PaceState.OFF


def test_a_cost_that_must_fall_is_judged_by_how_far_it_fell():
    # from 68 to 42 a lead; 57.30 on day 54 of 90
    reached = on_day(54, "57.30", baseline="68", target="42")
    assert reached.progress == pytest.approx(0.4115, abs=5e-5)
    assert reached.ratio == pytest.approx(0.686, abs=5e-4)
    assert reached.state is PaceState.OFF


@pytest.mark.parametrize(
    ("reading", "state"),
    [
        ("47.5", PaceState.ON),  # exactly 0.95 of the 50 expected
        ("47.4", PaceState.BEHIND),
        ("40", PaceState.BEHIND),  # exactly 0.80
        ("39.9", PaceState.OFF),
        ("120", PaceState.ON),
        ("-5", PaceState.OFF),
    ],
)
def test_on_pace_from_095_behind_from_080_else_off(reading, state):
    assert on_day(45, reading).state is state


def test_the_first_14_days_are_too_early_to_judge():
    assert on_day(13, "0").state is PaceState.TOO_NEW
    assert on_day(14, "0").state is PaceState.OFF
    assert on_day(0, "0").ratio is None


def test_without_a_reading_there_is_no_pace():
    assert on_day(40, None).state is PaceState.NO_READING
    assert on_day(40, None).ratio is None
    assert on_day(3, None).state is PaceState.TOO_NEW


def test_after_the_last_day_all_of_the_way_is_expected():
    assert on_day(200, "90").expected == 1
    assert on_day(200, "90").state is PaceState.BEHIND


def test_a_goal_does_not_fall_behind_between_two_readings():
    assert on_day(40, "44", read_on_day=40).state is PaceState.ON
    assert on_day(52, "44", read_on_day=40).state is PaceState.ON
    assert on_day(52, "44", read_on_day=40).expected == pytest.approx(40 / 90)


def test_a_reading_over_30_days_old_judges_nothing_any_more():
    assert on_day(60, "33.3", read_on_day=30).state is PaceState.ON
    assert on_day(61, "33.3", read_on_day=30).state is PaceState.NO_READING


def test_a_reading_of_the_first_days_judges_nothing_later():
    assert on_day(20, "20", read_on_day=3).state is PaceState.NO_READING
