from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError

from tasks.meetings import growth, pod, topics
from tests.factories.cast import make_cast

pytestmark = pytest.mark.django_db
TUESDAY = datetime(2026, 11, 17, 9, 30, tzinfo=UTC)


@pytest.fixture
def meeting():
    cast = make_cast()
    return pod.begin(pod=cast.pod_a, by=cast.manager.staff, worst_first=[], now=TUESDAY)


def at(minutes):
    return TUESDAY + timedelta(minutes=minutes)


def ticked(meeting, topic, minutes, done=True):
    topics.tick(meeting=meeting, topic=topic, done=done, now=at(minutes))


def test_a_topic_took_as_long_as_it_was_since_the_one_before(meeting):
    ticked(meeting, "before", 4)
    ticked(meeting, "week", 11)
    course = topics.course(meeting, at(13))
    assert course.done == {"before", "week"}
    assert course.current == "clients"
    assert {topic: gone.total_seconds() / 60 for topic, gone in course.spent.items()} == {
        "before": 4,
        "week": 7,
        "clients": 2,
    }


def test_a_topic_that_is_opened_again_is_not_done_and_keeps_its_time(meeting):
    ticked(meeting, "before", 4)
    ticked(meeting, "before", 9, done=False)
    course = topics.course(meeting, at(10))
    assert (course.done, course.current) == (frozenset(), "before")
    assert course.spent["before"] == timedelta(minutes=10)


def test_a_topic_ticked_twice_leaves_one_line_in_the_history(meeting):
    ticked(meeting, "risks", 4)
    lines = meeting.history.count()
    ticked(meeting, "risks", 6)
    assert meeting.history.count() == lines
    assert topics.last_tick(meeting) == at(4)


def test_after_the_end_no_time_runs_and_no_topic_is_ticked(meeting):
    ticked(meeting, "before", 4)
    growth.end(meeting=meeting, now=at(20))
    meeting.refresh_from_db()
    assert topics.course(meeting, at(600)).spent == {"before": timedelta(minutes=4)}
    with pytest.raises(ValidationError, match="This meeting is over"):
        ticked(meeting, "week", 30)


def test_what_is_no_topic_is_refused(meeting):
    with pytest.raises(ValidationError, match="no such topic"):
        ticked(meeting, "lunch", 4)
