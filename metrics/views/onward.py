"""What the links of a page keep, and whose pages they may lead to."""

from datetime import date

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from godview.access import reach_of
from godview.hindsight import with_hindsight
from godview.periods import Period, parse_period
from metrics.dashboards.onward import Onward
from metrics.queries.people import colleagues_of
from metrics.views.asked import day_asked, period_asked
from metrics.views.days import days_of


def onward_from(request: HttpRequest) -> Onward:
    """Only what can be read is kept: nonsense in an address ends with it."""
    days, people = days_of(request), None
    if not reach_of(request.user).everything:
        with with_hindsight():
            mine = colleagues_of(request.user, days.today).values_list("pk", flat=True)
            people = frozenset(mine)
    return Onward(period=_period_kept(request, days.as_of), people=people, **days.in_address)


def period_of(request: HttpRequest) -> tuple[date, Period]:
    """The day and the period of a page; a period never runs beyond its day."""
    day = day_asked(request)
    period = period_asked(request, day)
    return day, period.closed_by(day) if period.start < day else parse_period("quarter", day)


def _period_kept(request: HttpRequest, day: date) -> str:
    text = request.GET.get("period", "")
    try:
        return text if parse_period(text, day).start < day else ""
    except ValueError:
        return ""


def teams(onward: Onward) -> list[tuple[str, str, str]]:
    """The three lists of who works here: name, word, address."""
    words = {"pods": _("Pods"), "people": _("People"), "departments": _("Departments")}
    return [(name, word, onward.to(name)) for name, word in words.items()]


def in_words(period: Period) -> str:
    """3 months, 7 days: how long a period is, for the head of a column."""
    if period.months.is_integer():
        months = int(period.months)
        return ngettext("%(count)s month", "%(count)s months", months) % {"count": months}
    return ngettext("%(count)s day", "%(count)s days", period.days) % {"count": period.days}
