import pytest

from metrics.formulas.activity import (
    ActivityState,
    ActivityWeek,
    ActivityWeights,
    activity_change,
    activity_index,
    scaled,
)

USUAL = [10, 12, 11, 9, 10, 12, 11, 9]


def test_5_after_eight_weeks_around_ten_and_a_half_is_a_drop():
    found = activity_change(USUAL, 5)
    assert found.state is ActivityState.DROP
    assert found.mean == 10.5
    assert found.sd == pytest.approx(1.195, abs=5e-4)
    assert found.z == pytest.approx(-4.6, abs=0.05)
    assert found.of_median == pytest.approx(0.476, abs=5e-4)


def test_a_week_like_the_others_is_steady():
    assert activity_change(USUAL, 9).state is ActivityState.STEADY


def test_under_eight_weeks_it_is_learning():
    assert activity_change(USUAL[:7], 0).state is ActivityState.LEARNING


def test_only_the_last_eight_weeks_are_the_usual():
    assert activity_change([100] * 50 + USUAL, 9).mean == 10.5


def test_eight_equal_weeks_have_no_spread_so_only_the_half_counts():
    assert activity_change([10] * 8, 9).z is None
    assert activity_change([10] * 8, 5).state is ActivityState.STEADY
    assert activity_change([10] * 8, 4.9).state is ActivityState.DROP


def test_a_client_that_was_always_silent_cannot_drop():
    assert activity_change([0] * 8, 0).state is ActivityState.STEADY
    assert activity_change([0] * 8, 0).of_median is None


def test_the_index_adds_touches_tasks_and_the_share_of_services_used():
    week = ActivityWeek(3, 2, 4, services_used=1, services_offered=4)
    assert activity_index(week) == 9.25
    assert activity_index(week, ActivityWeights(theirs=2, services=4)) == 12


def test_with_no_services_offered_their_part_is_nothing():
    assert activity_index(ActivityWeek(1, 0, 0, 0, 0)) == 1


def test_indices_are_scaled_by_the_most_active_client():
    assert scaled([5, 10, 0]) == [0.5, 1, 0]
    assert scaled([0, 0]) == [0, 0]
    assert scaled([]) == []
