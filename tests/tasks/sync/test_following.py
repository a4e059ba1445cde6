"""A project that fails is tried later, then left alone for a while; the others go on."""

from datetime import timedelta

import pytest

from tasks.models import DeadLetter
from tasks.sync import streams
from tests.asana_double import AsanaDouble
from tests.asana_double.sabotage import PHRASE
from tests.asana_double.server import TOKEN
from tests.tasks.sync.drains import asked, followed, stream_of, turn
from tests.tasks.sync.test_mirror import task_named
from tests.tasks.sync.world import in_asana, mirrored

pytestmark = pytest.mark.django_db


def test_five_failures_let_a_project_rest_and_write_a_letter(double: AsanaDouble) -> None:
    here, there = followed(double)
    double.faults.add("500", path=f"/events.*resource={here.gid}")
    waits = [turn(double, here).again_in for _ in range(5)]
    assert all(wait is not None and wait <= 300 for wait in waits[:4])
    assert waits[4] is None
    stream, now = stream_of(here), double.clock.now()
    assert stream.rests_until is not None
    assert timedelta(minutes=14) < stream.rests_until - now <= timedelta(minutes=15)
    letter = DeadLetter.objects.open().get()
    assert (letter.kind, letter.key, letter.status) == ("events", here.gid, 500)
    assert letter.phrase == PHRASE
    since = len(double.log)
    turn(double, here)
    assert asked(double, since) == []
    assert turn(double, there).drained is not None


def test_after_the_rest_one_success_makes_it_good(double: AsanaDouble) -> None:
    project = followed(double)[0]
    double.faults.add("500", path="/events")
    for _ in range(5):
        turn(double, project)
    double.faults.clear()
    double.state.change_task(task_named(double, "Task 0.1"), {"name": "Renamed"})
    double.clock.advance(16 * 60)
    turn(double, project)
    stream = stream_of(project)
    assert (stream.failures, stream.rests_until, stream.reason) == (0, None, "")
    assert not DeadLetter.objects.open().exists()
    assert mirrored() == in_asana(double)


def test_what_the_token_may_not_follow_is_asked_again_tomorrow(double: AsanaDouble) -> None:
    project = followed(double)[0]
    double.faults.add("403", path="/events")
    assert turn(double, project).again_in is None
    stream = stream_of(project)
    assert stream.rests_until is not None
    assert stream.rests_until - double.clock.now() > timedelta(hours=23)
    assert "403" in stream.reason


def test_a_refused_token_stops_the_connection_with_a_plain_reason(double: AsanaDouble) -> None:
    project = followed(double)[0]
    double.tokens.pop(TOKEN)
    assert turn(double, project).again_in is None
    project.connection.refresh_from_db()
    assert not project.connection.is_working
    assert "enter a new one" in project.connection.status_reason


def test_a_long_pause_frees_the_worker(double: AsanaDouble) -> None:
    project = followed(double)[0]
    double.faults.add("429", path="/events", retry_after=30)
    again_in = turn(double, project).again_in
    assert again_in is not None
    assert 29 < again_in <= 36
    assert stream_of(project).failures == 0


def test_projects_are_due_after_a_nudge_or_an_hour(double: AsanaDouble) -> None:
    here, there = followed(double)
    now = double.clock.now()
    assert not streams.due(now).exists()
    stream = stream_of(here)
    stream.nudged_at = now
    stream.save()
    assert list(streams.due(now)) == [here]
    turn(double, here)
    assert not streams.due(double.clock.now()).exists()
    later = now + timedelta(hours=1, minutes=1)
    assert set(streams.due(later)) == {here, there}


def test_a_project_that_was_listed_but_never_followed_is_due(double: AsanaDouble) -> None:
    double.faults.add("403", path="/events")
    here, there = followed(double)
    assert set(streams.due(double.clock.now())) == {here, there}
    double.faults.clear()
    for project in (here, there):
        drained = turn(double, project).drained
        assert drained is not None
        assert drained.listed
    assert not streams.due(double.clock.now()).exists()
