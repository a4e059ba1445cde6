"""Where the rules alarm, as the agency set it: every page and number asks here."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings

from metrics.attention import default_limits
from metrics.memory import remembered
from metrics.models import Limit
from metrics.queries.stamps import Stamp, Stamps

Limits = dict[str, float]


@dataclass(frozen=True, slots=True)
class LimitHistory:
    """Every limit that was ever set: its rule, its first day and its value, the oldest first."""

    rows: tuple[tuple[str, date, float], ...]

    def on(self, day: date) -> Limits:
        """The limit of every rule on a day: set by then, or what holds where nobody set one."""
        defaults = default_limits(settings.CONTACT_STANDARD_DAYS)
        set_by_then = {
            key: value
            for key, starts_on, value in self.rows
            if starts_on <= day and key in defaults
        }
        return {**defaults, **set_by_then}


def limits_on(stamps: Stamps, day: date) -> Limits:
    return limit_history(stamps).on(day)


def limit_history(stamps: Stamps) -> LimitHistory:
    return _kept(stamps.of(Limit))


@remembered(2)
def _kept(stamp: Stamp) -> LimitHistory:
    return read_limits()


def read_limits() -> LimitHistory:
    rows = Limit.objects.order_by("starts_on").values_list("key", "starts_on", "value")
    return LimitHistory(tuple(rows))
