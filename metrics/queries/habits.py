"""What managers do, counted for all of them at once."""

from datetime import timedelta

from django.db.models import Count, F, Q

from clients.models import Touchpoint
from godview.periods import Period
from metrics.formulas.ratio import Ratio
from tasks.models import WeeklyGoal


def touches_by_manager(period: Period) -> dict[int, int]:
    """Contacts in which a client heard from the manager, as a person."""
    rows = Touchpoint.objects.qualifying().filter(
        happened_on__gte=period.start, happened_on__lt=period.end, staff__isnull=False
    )
    return dict(rows.order_by().values_list("staff_id").annotate(Count("pk")))


def first_weeks_by_manager(period: Period) -> dict[int, Ratio]:
    """Weekly goals of the first two weeks of new clients: met, of those promised."""
    second_monday = timedelta(days=8)
    rows = (
        WeeklyGoal.objects.committed()
        .filter(
            week_starts_on__gte=period.start,
            week_starts_on__lt=period.end,
            client__engagements__started_on__gt=F("week_starts_on") - second_monday,
            client__engagements__started_on__lte=F("week_starts_on") + timedelta(days=6),
        )
        .order_by()
        .values_list("manager_id")
        .annotate(
            met=Count("pk", distinct=True, filter=Q(status=WeeklyGoal.Status.MET)),
            promised=Count("pk", distinct=True),
        )
    )
    return {manager: Ratio(met, promised) for manager, met, promised in rows}
