"""Thirteen values at once are the very numbers that each of those days would have told."""

from datetime import date

import pytest

from godview.periods import Period, trailing
from metrics.dashboards.numbers import NUMBERS, Facts
from metrics.dashboards.past import Past
from metrics.dashboards.why.course import moments
from metrics.queries.stamps import read_stamps
from tests.metrics.lively import DAY, Lively

pytestmark = pytest.mark.django_db
WEEK_46 = Period(date(2026, 11, 9), date(2026, 11, 16))
ASKED = {
    "month": trailing("month", DAY),
    "quarter": trailing("quarter", DAY),
    str(WEEK_46): WEEK_46,
}


def different(scope, asked, period) -> dict[str, list[str]]:
    """Where a value of the course is not what the day itself would say."""
    found: dict[str, list[str]] = {}
    by_step: dict[tuple, list] = {}
    for key in NUMBERS:
        days = moments(key, period, DAY, asked)
        by_step.setdefault(tuple(days), []).append(key)
    for days, keys in by_step.items():
        past = Past(scope, days, read_stamps()).facts()
        for place in (0, 4, 9, 12):  # all thirteen would take a minute and show no more
            alone = Facts(scope, days[place].period, days[place].as_of)
            for key in keys:
                told, true = NUMBERS[key](past[place]), NUMBERS[key](alone)
                if told != true:
                    found.setdefault(key, []).append(f"{days[place]}: {told} is not {true}")
    return found


@pytest.mark.parametrize("kind", ["agency", "department", "pod", "manager", "client", "nobody"])
def test_a_value_of_the_past_is_what_that_day_would_have_said(one_lively: Lively, kind):
    scope = one_lively.scopes()[kind]
    for asked, period in ASKED.items():
        assert different(scope, asked, period) == {}, asked


def test_thirteen_values_ask_no_more_than_one(one_lively: Lively, django_assert_max_num_queries):
    scope = one_lively.scopes()["pod"]
    for key in NUMBERS:
        days = moments(key, trailing("month", DAY), DAY, "month")
        stamps = read_stamps()
        with django_assert_max_num_queries(9):
            for facts in Past(scope, days, stamps).facts():
                NUMBERS[key](facts)
