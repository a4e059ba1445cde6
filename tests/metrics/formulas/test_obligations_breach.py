from datetime import UTC, datetime, timedelta

import pytest

from metrics.formulas.obligations_breach import Duty, breach_rate, lost_days
from metrics.formulas.ratio import Ratio

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
IN_TIME = Duty(NOW - 9 * HOUR, NOW - 10 * HOUR)
LATE = Duty(NOW - 9 * HOUR, NOW - 8 * HOUR)
NEVER = Duty(NOW - 9 * HOUR, None)


def test_of_30_due_22_in_time_5_late_and_3_never_are_267_percent():
    found = breach_rate([IN_TIME] * 22 + [LATE] * 5 + [NEVER] * 3, NOW)
    assert found == Ratio(8, 30)
    assert found.value == pytest.approx(0.267, abs=5e-4)


def test_what_is_not_due_yet_is_left_out_open_or_done():
    ahead = NOW + HOUR
    assert breach_rate([IN_TIME, Duty(ahead, None), Duty(ahead, NOW)], NOW) == Ratio(0, 1)


def test_done_just_when_it_was_due_is_in_time_and_still_open_then_is_not():
    assert breach_rate([Duty(NOW, NOW)], NOW).value == 0
    assert breach_rate([Duty(NOW, None)], NOW).value == 1


def test_nothing_due_is_no_rate():
    assert breach_rate([], NOW).value is None


def test_75_business_days_waited_are_65_lost():
    assert lost_days(7.5) == 6.5
    assert lost_days(0.4) == 0
