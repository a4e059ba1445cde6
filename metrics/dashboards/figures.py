"""Numbers as pages write them: short, with their counts, and with the way to their rows."""

from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from godview.hindsight import is_blind
from godview.templatetags.display import counted, days, money, money_short, number, percent
from godview.translating.later import later
from metrics.catalogue import CATALOGUE, Unit
from metrics.dashboards.portfolio import State
from metrics.dashboards.retold import retold
from metrics.formulas.measure import Measure
from metrics.formulas.ratio import Quantity

NO_LINE = mark_safe("")
LOST = later("What Asana told then is not kept")
FEWEST = 8  # cases below which a share is not judged
FAR_OFF, A_LITTLE_OFF = 0.15, 0.075  # how far beyond its target a share is bad, or worth watching


@dataclass(frozen=True, slots=True)
class Figure:
    """`told` is its counts, or the reason why it is unknown."""

    text: str
    told: str
    url: str
    state: State = "none"
    spark: SafeString = NO_LINE

    @property
    def stands_out(self) -> bool:
        return self.state in ("bad", "watch")


def figure(key: str, measure: Measure, url: str) -> Figure:
    if _is_lost(key):
        return Figure("–", LOST, url)
    return Figure(in_short(measure), _told(measure), url, state(key, measure))


def in_short(measure: Measure) -> str:
    """76%, 4.2 d, €61k, 2.33; a dash for what is unknown."""
    value = measure.value
    if value is None:
        return "–"
    match measure.unit:
        case Unit.SHARE:
            return percent(value)
        case Unit.DAYS:
            return days(float(value)) if value != int(value) else days(int(value))
        case Unit.CLIENTS | Unit.TESTS | Unit.INVOICES:
            return number(value)
        case Unit.POINTS:
            return f"{'+' if value > 0 else ''}{number(value)}"
        case Unit.INDEX:
            return f"{'+' if value > 0 else ''}{number(value, 2)}"
        case Unit.TIMES:
            return number(value, 2)
        case Unit.MONTHS | Unit.PER_CENT:
            return number(value, 1)
    return money_short(value, measure.unit)


def state(key: str, measure: Measure) -> State:
    """Only what is far from its target is bad: red used for everything would say nothing."""
    metric, value = CATALOGUE[key], measure.value
    if value is None or metric.threshold is None:
        return "none"
    if metric.unit is not Unit.SHARE:
        return "bad" if metric.is_breached_by(float(value)) else "good"
    missing = float(value) - metric.threshold
    return judged(missing if metric.lower_is_better else -missing, measure.whole)


def judged(missing: float, cases: Quantity | None) -> State:
    """How bad it is that so much of a share is missing; with too few cases nobody can say."""
    if cases is not None and cases < FEWEST:
        return "none"
    if missing > FAR_OFF:
        return "bad"
    return "watch" if missing > A_LITTLE_OFF else "good"


def _told(measure: Measure) -> str:
    """18 of 20; the reason where there is no number."""
    if measure.reason:
        return retold(measure.reason)
    if measure.part is None or measure.whole is None:
        return ""
    if measure.unit == Unit.DAYS:
        return counted(int(measure.whole), "client")
    counts = isinstance(measure.part, int) and isinstance(measure.whole, int)
    write = number if counts else money
    return _("%(measure_part)s of %(measure_whole)s") % {
        "measure_part": write(measure.part),
        "measure_whole": write(measure.whole),
    }


def none_due(key: str, words: str) -> str:
    """Why a share is unknown: of a past day it may be for want of what was told then."""
    return LOST if _is_lost(key) else words


def _is_lost(key: str) -> bool:
    return is_blind() and not CATALOGUE[key].keeps_entries
