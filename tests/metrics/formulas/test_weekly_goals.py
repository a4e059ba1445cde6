import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.formulas.ratio import Ratio
from metrics.formulas.weekly_goals import (
    WeeklyGoals,
    controllable_hit_rate,
    naive_hit_rate,
    pooled,
    weekly_goal_hit_rate,
)

WORKED_EXAMPLE = WeeklyGoals(
    met=5, missed=1, deleted=1, postponed=1, excused=1, unplanned=2, unplanned_met=2
)


def test_five_of_eight_promised_goals_were_met():
    assert weekly_goal_hit_rate(WORKED_EXAMPLE) == Ratio(5, 8)
    assert weekly_goal_hit_rate(WORKED_EXAMPLE).value == 0.625


def test_a_todo_list_would_flatter_it_to_seven_of_nine():
    assert naive_hit_rate(WORKED_EXAMPLE) == Ratio(7, 9)


def test_without_what_the_client_broke_it_is_five_of_seven():
    assert controllable_hit_rate(WORKED_EXAMPLE) == Ratio(5, 7)


def test_a_team_pools_its_counts_and_does_not_average_its_rates():
    team = pooled([Ratio(5, 8), Ratio(1, 1), Ratio(2, 6)])
    assert team == Ratio(8, 15)
    assert team.value == pytest.approx(0.533, abs=5e-4)


def test_nothing_promised_is_no_rate():
    assert weekly_goal_hit_rate(WeeklyGoals()).value is None
    assert weekly_goal_hit_rate(WeeklyGoals(unplanned=3, unplanned_met=3)).value is None


COUNTS = st.integers(0, 50)


@given(COUNTS, COUNTS, COUNTS, COUNTS, COUNTS, COUNTS)
def test_adding_or_deleting_goals_after_the_lock_never_raises_the_rate(
    met, missed, deleted, postponed, unplanned, unplanned_met
):
    honest = WeeklyGoals(met, missed + deleted, 0, postponed)
    gamed = WeeklyGoals(
        met, missed, deleted, postponed, 0, unplanned + unplanned_met, unplanned_met
    )
    assert weekly_goal_hit_rate(gamed) == weekly_goal_hit_rate(honest)
