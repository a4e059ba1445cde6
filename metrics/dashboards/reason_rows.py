"""Where the rows behind each rule of the attention list are."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from godview.periods import DAY, Period
from metrics.attention import MOVED_DAYS, REPLY_DAYS
from metrics.dashboards.onward import Onward
from metrics.dashboards.today.pods import recent_weeks


@dataclass(frozen=True, slots=True)
class Asked:
    """A client on a day, and what the address keeps."""

    slug: str
    day: date
    onward: Onward

    @property
    def scope(self) -> str:
        return f"client:{self.slug}"

    def back(self, days: int) -> Period:
        """So many days, this one among them."""
        return Period(self.day + DAY - days * DAY, self.day + DAY)


def rows_of(rule: str, slug: str, day: date, onward: Onward) -> str:
    """The address of the rows; the client's own page shows those of most rules."""
    asked = Asked(slug, day, onward)
    found = ELSEWHERE.get(rule)
    return found(asked) if found else onward.to("client", slug) + ON_THE_PAGE.get(rule, "")


def _goals(asked: Asked) -> str:
    return asked.onward.why("weekly_goal_hit_rate", asked.scope, recent_weeks(asked.day))


def _breach(asked: Asked) -> str:
    return asked.onward.why("expectation_breach_rate", asked.scope, asked.back(REPLY_DAYS))


def _payment(asked: Asked) -> str:
    return asked.onward.why("payments_late", asked.scope)


def _moved(asked: Asked) -> str:
    happened = str(asked.back(MOVED_DAYS))
    return Onward().to("deadlines", client=asked.slug, what="attempt", happened=happened)


def _late(asked: Asked) -> str:
    return Onward().to("deadlines", client=asked.slug, kind="task", state="late")


ELSEWHERE: dict[str, Callable[[Asked], str]] = {
    "goals": _goals,
    "breach": _breach,
    "payment": _payment,
    "moved": _moved,
    "late": _late,
}
ON_THE_PAGE = {
    "pace": "#goals",
    "contact": "#contacts",
    "silence": "#contacts",
    "reply": "#agreement",
    "no_goals": "#weeks",
    "reds": "#weeks",
    "disagree": "#weeks",
}
