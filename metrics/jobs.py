"""Celery entrances of the numbers."""

from datetime import date, timedelta
from typing import Any

from celery import shared_task
from django.utils import timezone

from metrics import attending, scoring
from metrics.dashboards.coaching.compare import compared
from metrics.dashboards.coaching.habits import practices
from metrics.dashboards.coaching.page import keep as keep_habits
from metrics.dashboards.portfolio import all_lines
from metrics.dashboards.series import moments
from metrics.dashboards.snapshots import keep as keep_snapshots_of
from metrics.dashboards.snapshots import kept_scopes
from metrics.dashboards.survival.estimate import answer
from metrics.dashboards.survival.kept import keep
from metrics.queries.known import as_known_on
from metrics.queries.stamps import read_stamps


@shared_task(ignore_result=True, soft_time_limit=60)
def estimate_survival(asked: dict[str, Any]) -> None:
    """The only place where numpy and scipy are loaded for a page."""
    keep(asked, answer(asked))


MONTHS_KEPT, WEEKS_KEPT = 36, 26


@shared_task(ignore_result=True, soft_time_limit=1800, time_limit=1860)
def keep_snapshots() -> int:
    """The numbers of past months and weeks, counted where they are not, or not any more."""
    now = timezone.now()
    today = timezone.localdate(now)
    asked = [*moments("month", MONTHS_KEPT, today), *moments("week", WEEKS_KEPT, today)]
    return sum(keep_snapshots_of(scope, asked, now) for scope in kept_scopes())


@shared_task
def refresh_attention() -> int:
    """Open what was crossed since the last look, and clear what is kept again."""
    return attending.refresh(timezone.now())


@shared_task
def keep_warning_scores() -> int:
    """The scores of the day that is over."""
    return scoring.keep_scores(timezone.localdate() - timedelta(days=1))


@shared_task(ignore_result=True, soft_time_limit=1800, time_limit=1860)
def replay_warning_scores(today: str) -> int:
    """The weeks before anybody kept scores, from the dated facts."""
    return scoring.replay(date.fromisoformat(today))


@shared_task(ignore_result=True, soft_time_limit=300)
def compare_habits(day: str, known_on: str = "") -> None:
    """What the best managers do differently; scipy is loaded here and not for the page."""
    asked = date.fromisoformat(day)
    then = date.fromisoformat(known_on) if known_on else None
    with as_known_on(then):
        told = compared(practices(all_lines(read_stamps(), asked), asked))
    keep_habits(asked, told, then)
