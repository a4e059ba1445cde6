from datetime import date, timedelta

import pytest

from metrics.formulas.ratio import Ratio
from metrics.formulas.traffic_light import Light, LightRecord, Mark, leniency

G, Y, R = Light.GREEN, Light.YELLOW, Light.RED
MONDAY = date(2026, 3, 2)
LATER = date(2026, 12, 1)


def after(weeks: int, days: int = 0) -> date:
    return MONDAY + timedelta(weeks=weeks, days=days)


def test_five_green_four_yellow_and_two_red_of_twelve_weeks():
    record = LightRecord([G] * 5 + [Y] * 4 + [R] * 2 + [None])
    assert record.index.value == pytest.approx(0.273, abs=5e-4)
    assert record.coverage == Ratio(11, 12)
    assert record.coverage.value == pytest.approx(0.917, abs=5e-4)


def test_a_blank_week_is_no_yellow():
    assert LightRecord([G, None]).index.value == 1
    assert LightRecord([None, None]).index.value is None
    assert LightRecord([]).coverage.value is None


def test_two_reds_in_a_row_escalate_even_with_a_blank_week_between():
    assert LightRecord([G, R, R]).escalates
    assert LightRecord([R, None, R]).red_streak == 2
    assert not LightRecord([R, R, Y]).escalates
    assert not LightRecord([R]).escalates
    assert LightRecord([]).red_streak == 0


def test_the_trend_is_the_last_four_marks_less_the_four_before():
    assert LightRecord([R, Y, R, Y, G, None, G, Y, G]).trend == pytest.approx(1.25)
    assert LightRecord([G] * 7).trend is None


def test_a_green_week_before_a_loss_within_eight_weeks_was_too_kind():
    marks = [Mark("A", after(0), G), Mark("A", after(1), Y), Mark("B", after(0), G)]
    found = leniency(marks, {"A": [after(8)]}, LATER)
    assert found.green_before_loss == Ratio(1, 2)
    assert found.lost_after[Y] == Ratio(1, 1)
    assert found.lost_after[R].value is None
    assert found.before_losses == Ratio(1, 2)


def test_a_loss_after_the_eight_weeks_or_before_the_mark_says_nothing_of_it():
    marks = [Mark("A", after(0), G)]
    assert leniency(marks, {"A": [after(8, 1)]}, LATER).green_before_loss == Ratio(0, 1)
    assert leniency(marks, {"A": [after(0)]}, LATER).green_before_loss == Ratio(0, 1)


def test_a_mark_whose_eight_weeks_are_not_over_is_not_judged_yet():
    marks = [Mark("A", after(0), G)]
    assert leniency(marks, {"A": [after(1)]}, after(8) - timedelta(days=1)).green_before_loss == (
        Ratio(0, 0)
    )
    assert leniency(marks, {"A": [after(1)]}, after(8)).green_before_loss == Ratio(1, 1)
