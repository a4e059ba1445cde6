"""Were the warnings right? Month by month, over the year up to each month's end."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.utils.translation import gettext as _

from godview.periods import add_months
from godview.templatetags.display import number, percent
from metrics.dashboards.portfolio import book_on
from metrics.formulas.ratio import Ratio, wilson
from metrics.formulas.warning_judge import Departure, Judgement, ScoreReading, judge
from metrics.models import WarningScore
from metrics.queries.stamps import Stamps

MONTHS = 12
YEAR = timedelta(days=365)
FIRST_LOSS_AFTER = timedelta(days=30)  # before, nobody could have been warned
SMALL = 20


@dataclass(frozen=True, slots=True)
class Share:
    text: str
    counts: str
    between: str
    small: bool


@dataclass(frozen=True, slots=True)
class Month:
    ends_on: date
    precision: Share
    recall: Share
    lead: str
    watermelon: Share
    unread: int


@dataclass(frozen=True, slots=True)
class Judged:
    months: list[Month]
    first: date | None
    readings: int


def judged_months(stamps: Stamps, today: date) -> Judged:
    """The twelve closed months up to today, the newest first."""
    ends = [add_months(today.replace(day=1), -back) for back in range(MONTHS)]
    rows = WarningScore.objects.filter(as_of__gte=ends[-1] - YEAR * 2, as_of__lte=today)
    readings = [
        ScoreReading(*row) for row in rows.order_by("as_of").values_list("client", "as_of", "score")
    ]
    first = readings[0].read_on if readings else None
    departures = [
        Departure(client, spell.end)
        for client, tenure in book_on(stamps, today).tenures.items()
        for spell in tenure.spells
        if spell.end is not None and first is not None and spell.end > first + FIRST_LOSS_AFTER
    ]
    months = [_month(readings, departures, end) for end in ends if first and first < end]
    return Judged(months, first, len(readings))


def judgement_at(readings: list[ScoreReading], departures: list[Departure], end: date) -> Judgement:
    """The warnings and the losses of the year before a day, from nothing dated after it.

    A loss early in that year is held against the warnings before it, too.
    """
    lost = [one for one in departures if end - YEAR < one.left_on <= end]
    warned = judge([one for one in readings if end - YEAR < one.read_on <= end], lost, end)
    return replace(judge(readings, lost, end), precision=warned.precision)


def _month(readings: list[ScoreReading], departures: list[Departure], end: date) -> Month:
    found = judgement_at(readings, departures, end)
    lead = found.lead_days_median
    return Month(
        ends_on=end - timedelta(days=1),
        precision=_share(found.precision),
        recall=_share(found.recall),
        lead="–" if lead is None else f"{number(lead)} d",
        watermelon=_share(found.watermelon),
        unread=found.unread,
    )


def _share(ratio: Ratio) -> Share:
    between = wilson(ratio)
    if ratio.value is None or between is None:
        return Share("–", "none", "", False)
    return Share(
        percent(ratio.value),
        (
            _("%(ratio_part)s of %(ratio_whole)s")
            % {"ratio_part": ratio.part, "ratio_whole": ratio.whole}
        ),
        (
            _("%(between_low)s to %(between_high)s")
            % {"between_low": percent(between.low), "between_high": percent(between.high)}
        ),
        ratio.whole < SMALL,
    )
