"""Clients lost month by month, beside the days on which we changed how we work."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from clients.models import ProcessChange
from godview.periods import Period, closed_months
from godview.templatetags.display import month, signed
from metrics.dashboards.numbers import Facts
from metrics.dashboards.onward import Onward
from metrics.formulas.ratio import Ratio, wilson
from metrics.formulas.retention import churn_between
from metrics.queries.process_changes import changes_between

MONTHS = 24
BESIDE = 6  # months on each side of a change
FEWEST = 3


@dataclass(frozen=True, slots=True)
class ChurnMonth:
    period: Period
    lost: Ratio
    url: str

    @property
    def name(self) -> str:
        return month(self.period.start)


@dataclass(frozen=True, slots=True)
class Change:
    """Clients lost of client-months, before and after; what changed besides, nobody knows."""

    row: ProcessChange
    before: Ratio
    after: Ratio
    told: str


@dataclass(frozen=True, slots=True)
class Churn:
    months: list[ChurnMonth]
    changes: list[Change]


def churn(facts: Facts, onward: Onward) -> Churn:
    day = facts.as_of
    periods = closed_months(day, MONTHS)
    found = [
        ChurnMonth(
            period,
            churn_between(facts.belonging(period), period),
            onward.why_here("logo_churn_rate", period),
        )
        for period in periods
    ]
    seen = [month for month in found if month.lost.whole]
    changes = changes_between(seen[0].period.start, day) if seen else []
    return Churn(seen, [_change(row, seen) for row in changes])


def _change(row: ProcessChange, months: Sequence[ChurnMonth]) -> Change:
    """Whole months on both sides; the month of the change belongs to neither."""
    before = [one.lost for one in months if one.period.end <= row.happened_on][-BESIDE:]
    after = [one.lost for one in months if one.period.start > row.happened_on][:BESIDE]
    was, now = _pooled(before), _pooled(after)
    return Change(row, was, now, _told(was, now, min(len(before), len(after))))


def _pooled(months: Sequence[Ratio]) -> Ratio:
    return Ratio(sum(int(one.part) for one in months), sum(int(one.whole) for one in months))


def _told(was: Ratio, now: Ratio, months: int) -> str:
    """Only where the two intervals do not meet is it called a difference."""
    low, high = wilson(was), wilson(now)
    if months < FEWEST or low is None or high is None or was.value is None or now.value is None:
        return _("too early to tell")
    if high.high < low.low:
        return _("fewer leave since")
    if high.low > low.high:
        return _("more leave since")
    return _("no certain difference (%(value_100)s pts a month)") % {
        "value_100": signed((now.value - was.value) * 100, 1)
    }
