"""What clients owed us an answer to, by the day it was due."""

from datetime import date, datetime
from typing import NamedTuple

from django.utils import timezone

from clients.models import Obligation
from godview.business_time import BusinessCalendar
from godview.periods import DAY, Period, start_of_day
from metrics.queries.scopes import Scope


class Owed(NamedTuple):
    client: int
    text: str
    kind: str
    asked_at: datetime
    due_at: datetime
    answered_at: datetime | None
    country: str
    time_zone: str

    @property
    def day(self) -> date:
        return timezone.localdate(self.due_at)

    def waited(self, now: datetime) -> float:
        """Business days from the question to the answer, or to now, in the client's calendar."""
        calendar = BusinessCalendar.of(self.country, self.time_zone)
        start = calendar.starts_counting(self.asked_at)
        end = calendar.starts_counting(min(self.answered_at or now, now))
        office = (calendar.closes.hour - calendar.opens.hour) * 3600
        clock = (_seconds(end) - _seconds(start)) / office
        return calendar.business_days_between(start.date(), end.date()) + clock


def owed_in(scope: Scope, period: Period) -> list[Owed]:
    """Due after the period's start, up to and on its end."""
    zone = timezone.get_default_timezone()
    first, last = start_of_day(period.start + DAY, zone), start_of_day(period.end + DAY, zone)
    mine = Obligation.objects.filter(scope.clients_ever())
    rows = mine.filter(due_at__gte=first, due_at__lt=last).order_by("due_at", "pk")
    columns = ("client_id", "text", "kind", "asked_at", "due_at", "answered_at")
    more = ("client__country", "client__time_zone")
    return [Owed(*row) for row in rows.values_list(*columns, *more)]


def _seconds(moment: datetime) -> int:
    return moment.hour * 3600 + moment.minute * 60 + moment.second
