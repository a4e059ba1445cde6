from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from godview.templatetags.display import percent, plain, rounded
from godview.translating.later import later
from metrics.attention.facts import Facts, Limits, Reason

SHARE, TIMES, POINTS = later("share"), later("× of pace"), later("of 10")


@dataclass(frozen=True, slots=True)
class Moment:
    """When the rules are asked, and by which limits."""

    limits: Limits
    now: datetime
    today: date

    def limit(self, rule: str) -> float:
        return self.limits.values[rule]


Check = Callable[[Facts, Moment], Reason | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """`limit` is where it alarms unless the agency sets another one; None: there is none to set."""

    key: str
    name: str
    formula: str
    check: Check
    limit: float | None = None
    unit: str = ""
    highest: float = 365
    lowest: float = 0  # 1 where "this many or more" is asked: everybody has 0 or more

    @property
    def has_decimals(self) -> bool:
        """Shares, paces and scores may have them, counts may not."""
        return self.unit in (SHARE, TIMES, POINTS)

    def allows(self, limit: float) -> bool:
        inside = self.lowest <= limit <= self.highest
        return inside and (self.has_decimals or limit == rounded(limit))

    def limit_in_words(self, value: float | None) -> str:
        if value is None:
            return _("No limit to set")
        if self.unit == SHARE:
            return _("Limit %(limit)s") % {"limit": percent(value)}
        return _("Limit %(limit)s %(unit)s") % {"limit": plain(value), "unit": self.unit}
