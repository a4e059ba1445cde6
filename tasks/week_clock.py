from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from godview.periods import DAY, WEEK
from tasks.weeks import closes_at, locks_at, week_name


@dataclass(frozen=True, slots=True)
class WeekClock:
    """Where a week stands at a moment: planned, promised, under way, over, closed."""

    monday: date
    now: datetime

    @property
    def name(self) -> str:
        return week_name(self.monday)

    @property
    def number(self) -> int:
        return self.monday.isocalendar().week

    @property
    def sunday(self) -> date:
        return self.monday + 6 * DAY

    @property
    def locks_at(self) -> datetime:
        return timezone.localtime(locks_at(self.monday))

    @property
    def closes_at(self) -> datetime:
        return timezone.localtime(closes_at(self.monday))

    @property
    def has_begun(self) -> bool:
        return self.monday <= timezone.localdate(self.now)

    @property
    def is_over(self) -> bool:
        return self.monday + WEEK <= timezone.localdate(self.now)

    @property
    def is_locked(self) -> bool:
        return locks_at(self.monday) <= self.now

    @property
    def is_closed(self) -> bool:
        return closes_at(self.monday) <= self.now
