"""Numbers, limits and cells as the page writes them."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from godview.templatetags.display import counted, days, money, noun, number, percent, rounded
from godview.templatetags.display import day as on_day
from metrics.catalogue import Metric, Unit
from metrics.dashboards.why.rows import Kind, Link
from metrics.formulas.measure import Measure
from metrics.formulas.ratio import Ratio, wilson

NOUNS = {Unit.CLIENTS: noun("client"), Unit.TESTS: noun("test"), Unit.INVOICES: noun("invoice")}


def in_words(measure: Measure) -> str:
    """The value with its unit: 81.0%, 4.2 d, 2.33 times, €6,400."""
    if measure.value is None:
        return _("no data yet")
    return written(measure.value, measure.unit)


def written(value: float | Decimal, unit: str) -> str:
    match unit:
        case Unit.SHARE:
            return percent(value, 1)
        case Unit.DAYS:
            return days(int(value)) if value == int(value) else days(float(value))
        case Unit.TIMES:
            return _("%(number)s times") % {"number": number(value, 2)}
        case Unit.CLIENTS | Unit.TESTS | Unit.INVOICES:
            return counted(int(rounded(value)), NOUNS[Unit(unit)])
        case Unit.MONTHS:
            return _("%(number)s months") % {"number": number(value, 1)}
        case Unit.POINTS | Unit.INDEX:
            return signed(value, 0 if unit == Unit.POINTS else 2)
        case Unit.PER_CENT:
            return _("%(number)s of 100") % {"number": number(value, 1)}
    return money(value, unit)


def signed(value: float | Decimal, decimals: int) -> str:
    """+35, −0.27: above 0 with its sign, too."""
    return f"{'+' if value > 0 else ''}{number(value, decimals)}"


def limit_in_words(metric: Metric) -> str:
    """At least 85.0%: where the number stops being good."""
    if metric.threshold is None:
        return ""
    unit = settings.REPORTING_CURRENCY if metric.unit is Unit.MONEY else metric.unit
    side = _("At most %(limit)s") if metric.lower_is_better else _("At least %(limit)s")
    return side % {"limit": written(metric.threshold, unit)}


def likely_range(measure: Measure) -> str:
    """Where the true share probably lies, given so few cases."""
    part, whole = measure.part, measure.whole
    counted = isinstance(part, int) and isinstance(whole, int) and 0 <= part <= whole
    if measure.unit != Unit.SHARE or not counted or measure.value is None:
        return ""
    interval = wilson(Ratio(part, whole))  # type: ignore[arg-type]
    return (
        (
            _("%(interval_low)s to %(interval_high)s")
            % {"interval_low": percent(interval.low), "interval_high": percent(interval.high)}
        )
        if interval
        else ""
    )


def cell_text(value: Any, kind: Kind, today: date) -> str:
    """As it stands on the page; a CSV gets the raw value."""
    if isinstance(value, Link):
        return value.text
    if value is None or value == "":
        return "–"
    match kind:
        case Kind.DAY:
            return on_day(value, today)
        case Kind.COUNT:
            return number(value, 0 if value == int(value) else 1)
        case Kind.DAYS:
            return days(float(value))
        case Kind.SHARE:
            return percent(value)
        case Kind.TIMES:
            return number(value, 2)
        case Kind.MONEY:
            return money(value)
    return str(value)


def cell_raw(value: Any) -> Any:
    """ISO dates and raw numbers, money to the cent."""
    if isinstance(value, Link):
        return value.text
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return rounded(value, 2)
    return round(value, 4) if isinstance(value, float) else value
