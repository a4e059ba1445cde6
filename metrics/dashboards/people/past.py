"""A person's last thirteen full weeks beside the thirteen before: never beside other people."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from godview.drawing import sparkline
from godview.periods import Period, full_weeks_before
from godview.templatetags.display import counted, number, percent, rounded
from godview.translating.later import later
from metrics.catalogue import CATALOGUE
from metrics.dashboards.figures import Figure, none_due
from metrics.dashboards.grid import WEEKS
from metrics.dashboards.onward import Onward
from metrics.formulas.ratio import Ratio
from metrics.formulas.weekly_goals import pooled

FEWEST_WEEKS = 4  # below, there is no trend yet
NOT_YET = later("No trend yet")  # fewer than 4 weeks on a side
NOBODY = Ratio(0, 0)


@dataclass(frozen=True, slots=True)
class Halves:
    """The weeks of now and of before, oldest first."""

    now: list[Ratio]
    before: list[Ratio]

    @property
    def change(self) -> int | None:
        """In points, as the two rounded shares show it; unknown with too few weeks on a side."""
        now, before = pooled(self.now).value, pooled(self.before).value
        sides = (self.now, self.before)
        if now is None or before is None or any(_told(side) < FEWEST_WEEKS for side in sides):
            return None
        return int(rounded(now * 100) - rounded(before * 100))


def recent(day: date) -> Period:
    """The thirteen full weeks that are over by a day."""
    weeks = full_weeks_before(day, WEEKS)
    return Period(weeks[0].start, weeks[-1].end)


def halves(weeks: Mapping[date, Ratio], day: date) -> Halves:
    found = [weeks.get(week.start, NOBODY) for week in full_weeks_before(day, 2 * WEEKS)]
    return Halves(now=found[WEEKS:], before=found[:WEEKS])


def share_figure(key: str, of: Halves, scope: str, day: date, onward: Onward) -> Figure:
    """A share over the thirteen weeks, and how it compares with the person's own past."""
    total, target = pooled(of.now), CATALOGUE[key].threshold
    url = onward.why(key, scope, recent(day))
    if total.value is None:
        return Figure("–", none_due(key, _("None due in 13 weeks")), url)
    words = _("%(total_part)s of %(total_whole)s. %(of_change)s") % {
        "total_part": total.part,
        "total_whole": total.whole,
        "of_change": _compared(of.change),
    }
    values = [week.value for week in of.now]
    line = sparkline(values, "good", target)
    return Figure(percent(total.value), words, url, spark=line)


def count_figure(now: Sequence[int], before: Sequence[int], url: str) -> Figure:
    """How many a week on average, beside the thirteen weeks before."""
    mean, past = sum(now) / WEEKS, sum(before) / WEEKS
    words = _("%(count)s in 13 weeks") % {"count": number(sum(now))}
    if sum(before):
        words += _(". Before %(past)s") % {"past": number(past, 1)}
    return Figure(number(mean, 1), words, url, spark=sparkline(now, "good"))


def _told(weeks: Iterable[Ratio]) -> int:
    return sum(bool(week.whole) for week in weeks)


def _compared(change: int | None) -> str:
    if change is None:
        return NOT_YET
    if not change:
        return _("As before")
    told = _("↑ %(change)s, better") if change > 0 else _("↓ %(change)s, worse")
    return told % {"change": counted(abs(change), "pt")}
