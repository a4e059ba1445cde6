"""The list of clients, and who among them needs a decision."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from metrics.dashboards.portfolio import Line, book_on, lines_for
from metrics.dashboards.today.cases import open_cases
from metrics.dashboards.trends import pace_trend
from metrics.queries.portfolio import open_obligations
from metrics.queries.stamps import Stamps


def clients_in_need(lines: tuple[Line, ...], stamps: Stamps, now: datetime) -> list[int]:
    """The same clients that Today lists, most urgent first."""
    day = timezone.localdate(now)
    trend, book = pace_trend(stamps, day), book_on(stamps, day)
    return [case.client for case in open_cases(lines, trend, book, open_obligations(now), now)]


def visible_lines(user: Any, stamps: Stamps, now: datetime) -> tuple[Line, ...]:
    return lines_for(user, stamps, timezone.localdate(now))
