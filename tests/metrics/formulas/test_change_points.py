import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.formulas.change_points import ChangePoint, change_points

USUAL = [10, 12, 11, 9, 10, 12, 11, 9]


def test_a_fall_from_10_to_5_is_found_in_its_week():
    (found,) = change_points([*USUAL, *USUAL, 5, 4, 6, 5, 5, 4])
    assert found.at == 16
    assert (found.before, found.after) == pytest.approx((10.5, 29 / 6))


def test_a_fall_and_a_recovery_are_two_changes():
    weeks = [*USUAL, *USUAL, 2, 3, 2, 1, 3, 2, 2, 3, *USUAL]
    assert [point.at for point in change_points(weeks)] == [16, 24]


def test_a_plain_step_without_any_noise_is_found():
    assert change_points([10.0] * 10 + [4.0] * 10) == [ChangePoint(10, 10.0, 4.0)]


def test_an_even_or_a_short_history_has_no_changes():
    assert change_points([7] * 30) == []
    assert change_points([1, 9, 1, 9, 1, 9, 1]) == []
    assert change_points([]) == []


def test_one_odd_week_is_not_a_change():
    assert change_points([*USUAL, 30, *USUAL]) == []


def test_noise_alone_is_hardly_ever_taken_for_a_change():
    chance = random.Random(26)
    histories = [[chance.gauss(10, 2) for _ in range(52)] for _ in range(100)]
    assert sum(bool(change_points(weeks)) for weeks in histories) <= 10


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, 20), min_size=8, max_size=40))
def test_changes_are_at_least_four_weeks_apart_and_their_levels_join(weeks):
    found = change_points(weeks)
    edges = [0, *(point.at for point in found), len(weeks)]
    assert all(b - a >= 4 for a, b in pairwise(edges))
    assert all(a.after == b.before for a, b in pairwise(found))
