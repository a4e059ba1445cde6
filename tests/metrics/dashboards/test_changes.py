"""How much was saved since a page was made: told from two marks alone."""

import pytest

from metrics.dashboards.changes import Mark, mark_of, parse_mark
from metrics.queries.stamps import read_stamps
from tests.factories.clients import ClientFactory, TouchpointFactory


def test_lines_of_the_histories_and_tasks_read_are_counted_together():
    assert Mark(120, 7, 40).since(Mark(117, 7, 38)) == 5


def test_a_new_reading_of_asana_counts_all_that_it_wrote():
    assert Mark(117, 8, 3).since(Mark(117, 7, 38)) == 3


def test_after_a_restore_there_are_never_less_than_no_changes():
    assert Mark(5, 1, 0).since(Mark(117, 1, 38)) == 0


def test_a_mark_is_read_as_it_was_written_and_nonsense_is_nothing():
    assert parse_mark(str(Mark(117, 7, 38))) == Mark(117, 7, 38)
    assert [parse_mark(text) for text in ("", "1.2", "1.2.x", "1.2.-3", "9" * 30)] == [None] * 5


@pytest.mark.django_db
def test_each_saved_row_is_one_change():
    before = mark_of(read_stamps())
    touch = TouchpointFactory(client=ClientFactory())
    after = mark_of(read_stamps())
    touch.delete()
    assert after.since(before) >= 2
    assert mark_of(read_stamps()).since(after) == 1
