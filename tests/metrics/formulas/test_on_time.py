import pytest

from metrics.formulas.on_time import DueTasks, on_time_rate, on_time_rate_adjusted

WORKED_EXAMPLE = DueTasks(on_time=14, late=2, never=1, postponed=3)


def test_14_of_20_on_time_is_70_percent_strict():
    assert WORKED_EXAMPLE.due == 20
    assert on_time_rate(WORKED_EXAMPLE).value == 0.7


def test_without_three_approved_postponements_it_is_14_of_17():
    assert on_time_rate_adjusted(WORKED_EXAMPLE).value == pytest.approx(0.824, abs=5e-4)


def test_with_none_postponed_both_are_the_same():
    tasks = DueTasks(on_time=9, late=1, never=0)
    assert on_time_rate(tasks) == on_time_rate_adjusted(tasks)


def test_a_task_that_was_never_done_stays_in_the_count():
    assert on_time_rate(DueTasks(on_time=0, late=0, never=3)).value == 0


def test_nothing_due_is_no_rate():
    assert on_time_rate(DueTasks(0, 0, 0)).value is None
