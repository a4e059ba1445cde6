"""Where the rules alarm, as the agency set it."""

from datetime import date

from django.conf import settings

from metrics.attention import default_limits
from metrics.memory import remembered
from metrics.models import Limit
from metrics.queries.stamps import Stamp, Stamps


def limits_on(stamps: Stamps, day: date) -> dict[str, float]:
    """The limit of every rule on a day: set by then, or what holds where nobody set one."""
    set_by_then = dict(_set(stamps.of(Limit), day))
    defaults = default_limits(settings.CONTACT_STANDARD_DAYS)
    return {key: set_by_then.get(key, value) for key, value in defaults.items()}


@remembered(4)
def _set(stamp: Stamp, day: date) -> tuple[tuple[str, float], ...]:
    return tuple(Limit.objects.on(day).values_list("key", "value"))
