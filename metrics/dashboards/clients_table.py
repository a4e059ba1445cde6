"""The list of clients, and who among them needs a decision."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from metrics.dashboards.cases import open_cases
from metrics.dashboards.portfolio import Line, lines_for
from metrics.queries.stamps import Stamps


def clients_in_need(lines: tuple[Line, ...], stamps: Stamps, now: datetime) -> list[int]:
    """The same clients that Today lists, most urgent first."""
    return [case.client for case in open_cases(lines, stamps, now)]


def visible_lines(user: Any, stamps: Stamps, now: datetime) -> tuple[Line, ...]:
    return lines_for(user, stamps, timezone.localdate(now))
