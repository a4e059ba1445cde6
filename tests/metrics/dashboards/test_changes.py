"""How much was saved since a page was made."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from metrics.dashboards.changes import Mark, mark_of, parse_mark
from metrics.queries.entered import entered_models
from metrics.queries.stamps import read_stamps
from tests.factories.clients import ClientFactory, TouchpointFactory

NOTHING = (0,) * len(entered_models())


def test_tasks_read_are_counted_without_looking_at_a_row():
    assert Mark(NOTHING, 7, 40).since(Mark(NOTHING, 7, 38)) == 2


def test_a_new_reading_of_asana_counts_all_that_it_wrote():
    assert Mark(NOTHING, 8, 3).since(Mark(NOTHING, 7, 38)) == 3


def test_after_a_restore_there_are_never_less_than_no_changes():
    later = (117,) * len(NOTHING)
    assert Mark(NOTHING, 1, 0).since(Mark(later, 1, 38)) == 0


def test_a_mark_is_read_as_it_was_written_and_nonsense_is_nothing():
    mark = Mark(tuple(range(len(NOTHING))), 7, 38)
    assert parse_mark(str(mark)) == mark
    wrong = ("", "1.2.3", str(mark)[1:], f"{mark}.1", str(mark).replace("7", "x"), "9" * 30)
    assert [parse_mark(text) for text in wrong] == [None] * len(wrong)


@pytest.mark.django_db
def test_each_saved_row_is_one_change():
    client = ClientFactory()
    before = mark_of(read_stamps())
    touch = TouchpointFactory(client=client)
    after = mark_of(read_stamps())
    touch.delete()
    assert after.since(before) == 1
    assert mark_of(read_stamps()).since(after) == 1
    assert mark_of(read_stamps()).since(before) == 2


@pytest.mark.django_db
def test_what_was_rolled_back_is_no_change():
    """On PostgreSQL its numbers are used up all the same."""
    client = ClientFactory()
    before = mark_of(read_stamps())
    with transaction.atomic():
        TouchpointFactory.create_batch(5, client=client)
        transaction.set_rollback(True)
    TouchpointFactory(client=client)
    assert mark_of(read_stamps()).since(before) == 1


@pytest.mark.django_db
def test_while_nothing_changes_nothing_is_counted():
    ClientFactory()
    before, after = mark_of(read_stamps()), mark_of(read_stamps())
    with CaptureQueriesContext(connection) as captured:
        assert after.since(before) == 0
    assert len(captured) == 0
