"""The weekly goals of every client, week by week and by who set them: one query."""

from datetime import date
from typing import NamedTuple

from django.db.models import Count, Q

from godview.periods import Period
from tasks.models import WeeklyGoal


class GoalsOfWeek(NamedTuple):
    client: int
    manager: int | None
    monday: date
    met: int
    committed: int
    open: int


def goals_of_weeks(weeks: Period) -> list[GoalsOfWeek]:
    rows = (
        WeeklyGoal.objects.committed()
        .filter(week_starts_on__gte=weeks.start, week_starts_on__lt=weeks.end)
        .order_by()
        .values_list("client_id", "manager_id", "week_starts_on")
        .annotate(
            met=Count("pk", filter=Q(status=WeeklyGoal.Status.MET)),
            committed=Count("pk"),
            open=Count("pk", filter=Q(status=WeeklyGoal.Status.OPEN)),
        )
    )
    return [GoalsOfWeek(*row) for row in rows]
