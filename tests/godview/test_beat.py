"""Beat knows the same schedule, broker and clock as the workers, though it loads no apps."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import redis
from celery import current_app
from django.conf import settings

from godview import celery, jobs
from tests.house.project import complaints, run

LOADED = """
import sys
from godview.beat import app
assert app.conf.beat_schedule
print(*sys.modules)
"""
ASKED = """
from godview.beat import begin_at_once
begin_at_once()
"""


def test_it_loads_no_apps():
    done = run("-c", LOADED)
    assert done.returncode == 0, complaints(done)
    loaded = set(done.stdout.split())
    assert "godview.settings" in loaded
    assert loaded & {"clients.models", "rest_framework", "import_export"} == set()


def test_pages_and_workers_keep_the_application_with_the_jobs():
    """Whoever imports beat as well would make it the current one, without a single job."""
    celery.app.loader.import_default_modules()
    assert current_app.tasks is celery.app.tasks
    assert "godview.jobs.beat" in celery.app.tasks


def test_every_job_it_names_exists():
    celery.app.loader.import_default_modules()
    asked_for = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert asked_for <= set(celery.app.tasks)


def is_interval(job: dict) -> bool:
    """Every so often; not at an hour of the night."""
    return isinstance(job["schedule"], timedelta)


def test_a_start_asks_for_every_repeated_job_at_once(broker):
    done = run("-c", ASKED)
    assert done.returncode == 0, complaints(done)
    asked = redis.Redis.from_url(broker).llen("celery")
    repeated = [job for job in settings.CELERY_BEAT_SCHEDULE.values() if is_interval(job)]
    assert asked == len(repeated) >= 10


def test_a_broker_that_is_away_does_not_stop_it():
    done = run("-c", ASKED, CELERY_BROKER_URL="redis://127.0.0.1:1/0")
    assert done.returncode == 0, complaints(done)
    assert "The broker does not answer" in done.stdout + done.stderr


def test_a_page_in_any_thread_sends_its_jobs_to_our_broker():
    """gunicorn answers in threads of its own, where a library may fall back to its defaults."""
    with ThreadPoolExecutor(1) as threads:
        address = threads.submit(lambda: jobs.beat.app.conf.broker_url).result()
    assert address == settings.CELERY_BROKER_URL


def test_every_job_is_told_to_stop_before_it_is_stopped():
    """Celery refuses to send one whose soft limit is above the hard one."""
    celery.app.loader.import_default_modules()
    limits = {
        name: (task.soft_time_limit or 0, task.time_limit or 0)
        for name, task in celery.app.tasks.items()
        if not name.startswith("celery.")
    }
    assert {name for name, (soft, hard) in limits.items() if soft >= hard} == set()
    assert "metrics.jobs.replay_warning_scores" in limits
