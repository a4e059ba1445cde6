"""What the clock asks for, and how often. A job that is late by so long is not worth doing."""

from datetime import timedelta
from typing import Any

from celery.schedules import crontab


def schedule(sync_every_seconds: int) -> dict[str, dict[str, Any]]:
    return {
        "worker-heartbeat": {
            "task": "godview.jobs.beat",
            "schedule": timedelta(seconds=20),
            "options": {"expires": 20},
        },
        "sync-asana": {
            "task": "tasks.jobs.sync_all_connections",
            "schedule": timedelta(seconds=sync_every_seconds),
            "options": {"expires": sync_every_seconds},
        },
        "drain-asana": {
            "task": "tasks.jobs.drain_due_projects",
            "schedule": timedelta(seconds=30),
            "options": {"expires": 30},
        },
        "sweep-asana": {
            "task": "tasks.jobs.sweep_workspaces",
            "schedule": timedelta(minutes=3),
            "options": {"expires": 180},
        },
        "send-to-asana": {
            "task": "tasks.jobs.send_due_writes",
            "schedule": timedelta(minutes=1),
            "options": {"expires": 60},
        },
        "watch-webhooks": {
            "task": "tasks.jobs.watch_webhooks",
            "schedule": timedelta(minutes=10),
            "options": {"expires": 600},
        },
        "lock-weeks": {
            "task": "tasks.jobs.lock_weeks",
            "schedule": timedelta(minutes=10),
            "options": {"expires": 600},
        },
        "keep-client-goals": {
            "task": "tasks.jobs.keep_client_goals",
            "schedule": timedelta(minutes=10),
            "options": {"expires": 600},
        },
        "keep-snapshots": {
            "task": "metrics.jobs.keep_snapshots",
            "schedule": crontab(hour="2", minute="40"),
            "options": {"expires": 4 * 3600},
        },
        "refresh-attention": {
            "task": "metrics.jobs.refresh_attention",
            "schedule": timedelta(minutes=10),
            "options": {"expires": 600},
        },
        "keep-warning-scores": {
            "task": "metrics.jobs.keep_warning_scores",
            "schedule": crontab(hour="1", minute="10"),
            "options": {"expires": 4 * 3600},
        },
        "close-sign-ins": {
            "task": "clients.jobs.close_sign_ins",
            "schedule": timedelta(hours=1),
            "options": {"expires": 3600},
        },
        "resume-abandoned-syncs": {
            "task": "tasks.jobs.resume_abandoned_runs",
            "schedule": timedelta(seconds=30),
            "options": {"expires": 30},
        },
    }
