import json
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from godview.periods import Period, parse_period
from metrics.catalogue import CATALOGUE
from metrics.dashboards.numbers import compute
from metrics.formulas.measure import Measure
from metrics.queries.scopes import FORM, UnknownScopeError, find_scope


class Command(BaseCommand):
    help = "Print every number of the agency, or of a part of it, for any past day."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--as-of", help="the day the numbers speak of, such as 2026-06-30; today if not given"
        )
        parser.add_argument(
            "--period",
            default="month",
            help="month, quarter or year (ending on --as-of), or START..END; month if not given",
        )
        parser.add_argument("--scope", default="agency", help=FORM)
        parser.add_argument("--format", choices=["table", "json"], default="table")

    def handle(self, *args: Any, **options: Any) -> None:
        as_of, period = read_days(options["as_of"], options["period"], timezone.localdate())
        try:
            scope = find_scope(options["scope"])
        except UnknownScopeError as unknown:
            raise CommandError(str(unknown), returncode=2) from unknown
        measures = compute(scope, period, as_of)
        context = {
            "as_of": as_of.isoformat(),
            "period": str(period),
            "scope": str(scope),
            "currency": settings.REPORTING_CURRENCY,
        }
        if options["format"] == "json":
            self.stdout.write(as_json(measures, context))
        else:
            self.stdout.write(as_table(measures, context))


def read_days(as_of: str | None, period: str, today: date) -> tuple[date, Period]:
    """The day and the period asked for; with START..END alone, the day is END.

    A period that runs beyond the day is cut there: nothing is known after it.
    """
    try:
        if as_of is None and ".." in period:
            read = parse_period(period, today)
            return read.end, read
        day = today if as_of is None else date.fromisoformat(as_of)
    except ValueError as wrong:
        raise CommandError(_sentence(wrong), returncode=2) from wrong
    try:
        read = parse_period(period, day)
    except ValueError as wrong:
        raise CommandError(str(wrong), returncode=2) from wrong
    if read.start >= day:
        raise CommandError(f"The period {read} has not begun on {day}.", returncode=2)
    return day, read.closed_by(day)


def _sentence(wrong: ValueError) -> str:
    text = str(wrong)
    if "isoformat" in text or "day is out of range" in text or "month must be" in text:
        return f"{text}. Write a day as 2026-06-30."
    return text


def as_json(measures: dict[str, Measure], context: dict[str, str]) -> str:
    """Each metric's key to its measure, and the context under `_context`."""
    document: dict[str, Any] = {"_context": context}
    document |= {key: measure.as_json() for key, measure in measures.items()}
    return json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False)


def as_table(measures: dict[str, Measure], context: dict[str, str]) -> str:
    rows = [(CATALOGUE[key].name, *_cells(measure), key) for key, measure in measures.items()]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    lines = [f"{context['scope']}, {context['period']}, as of {context['as_of']}", ""]
    for name, value, counts, key in rows:
        cells = f"{name:<{widths[0]}}  {value:>{widths[1]}}  {counts:<{widths[2]}}"
        lines.append(f"{cells}  {key}")
    return "\n".join(lines)


def _cells(measure: Measure) -> tuple[str, str]:
    """The value with its unit, and its counts or the reason why there is none."""
    if measure.value is None:
        return "no data yet", measure.reason or ""
    counts = ""
    if measure.part is not None and measure.whole is not None:
        counts = f"{measure.part:,.10g} of {measure.whole:,.10g}"
    elif measure.whole is not None:
        counts = f"of {measure.whole:,.10g}"
    return _value(measure), f"{counts}{' (small base)' if measure.small_base else ''}"


def _value(measure: Measure) -> str:
    value = measure.value
    assert value is not None
    if measure.unit == "share":
        return f"{100 * value:.1f} %"
    if measure.unit in ("clients", "days") and float(value).is_integer():
        return f"{value:,.0f} {measure.unit}"
    if measure.unit in ("times", "clients", "days", "months", "per cent"):
        return f"{value:,.2f} {measure.unit}"
    return f"{value:,.2f} {measure.unit}"
