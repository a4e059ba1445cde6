from datetime import UTC, date, datetime

import pytest
import time_machine
from django.conf import settings

from godview.celery import app
from tasks.jobs import lock_weeks
from tests.factories.tasks import WeeklyGoalFactory


@pytest.mark.django_db
def test_the_job_promises_the_goals_of_the_running_week():
    goal = WeeklyGoalFactory(week_starts_on=date(2026, 11, 16), committed_at=None)
    with time_machine.travel(datetime(2026, 11, 19, 14, 32, tzinfo=UTC), tick=False):
        assert lock_weeks() == 1
    goal.refresh_from_db()
    assert goal.committed_at == datetime(2026, 11, 16, 12, tzinfo=UTC)


def test_beat_knows_the_job_by_its_name():
    app.loader.import_default_modules()
    entry = settings.CELERY_BEAT_SCHEDULE["lock-weeks"]
    assert entry["task"] in app.tasks
