import json
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from godview.periods import Period, parse_day, parse_period
from metrics.catalogue import CATALOGUE, Metric, Unit
from metrics.dashboards.numbers import compute
from metrics.dashboards.series import LONGEST, STEPS, Point, series
from metrics.formulas.measure import Measure
from metrics.formulas.ratio import Quantity
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
        parser.add_argument(
            "--known-on",
            help="only what had been entered by the end of this day",
        )
        parser.add_argument("--scope", default="agency", help=FORM)
        parser.add_argument(
            "--series", choices=STEPS, help="the last whole weeks or months, oldest first"
        )
        parser.add_argument("--count", type=int, default=13, help="of --series: how many of them")
        parser.add_argument(
            "--metric",
            action="append",
            choices=sorted(CATALOGUE),
            help="only this one; repeatable",
        )
        parser.add_argument("--format", choices=["table", "json"], default="table")

    def handle(self, *args: Any, **options: Any) -> None:
        as_of, period = read_days(options["as_of"], options["period"], timezone.localdate())
        try:
            scope = find_scope(options["scope"])
        except UnknownScopeError as unknown:
            raise CommandError(str(unknown), returncode=2) from unknown
        known_on = read_known_on(options["known_on"])
        if options["series"]:
            if not 1 <= options["count"] <= LONGEST:
                raise CommandError(f"--count is from 1 to {LONGEST}.", returncode=2)
            keys = options["metric"] or list(CATALOGUE)
            points = series(scope, options["series"], options["count"], as_of, keys, known_on)
            written = series_as_json if options["format"] == "json" else series_as_table
            self.stdout.write(written(points))
            return
        measures = compute(scope, period, as_of, options["metric"], known_on)
        context = {
            "as_of": as_of.isoformat(),
            "period": str(period),
            "scope": str(scope),
            "currency": settings.REPORTING_CURRENCY,
        }
        if known_on is not None:
            context["known_on"] = known_on.isoformat()
        if options["format"] == "json":
            self.stdout.write(as_json(measures, context))
        else:
            self.stdout.write(as_table(measures, context))


def read_days(as_of: str | None, period: str, today: date) -> tuple[date, Period]:
    """The day and the period asked for; with START..END alone, the day is END.

    A period that runs beyond the day is cut there: nothing is known after it.
    """
    try:
        day = today if as_of is None else parse_day(as_of)
        read = parse_period(period, day)
    except ValueError as wrong:
        raise CommandError(str(wrong), returncode=2) from wrong
    if as_of is None and ".." in period:
        day = read.end
    if read.start >= day:
        raise CommandError(f"The period {read} has not begun on {day}.", returncode=2)
    return day, read.closed_by(day)


def read_known_on(text: str | None) -> date | None:
    try:
        return None if text is None else parse_day(text)
    except ValueError as wrong:
        raise CommandError(str(wrong), returncode=2) from wrong


def as_json(measures: dict[str, Measure], context: dict[str, str]) -> str:
    """Each metric's key to its measure, and the context under `_context`."""
    document: dict[str, Any] = {"_context": context}
    document |= {key: measure.as_json() for key, measure in measures.items()}
    return json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False)


def series_as_json(points: list[Point]) -> str:
    document = [
        {
            "period": str(point.period),
            "as_of": point.as_of.isoformat(),
            **{key: measure.as_json() for key, measure in point.measures.items()},
        }
        for point in points
    ]
    return json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False)


def series_as_table(points: list[Point]) -> str:
    """One line for each week or month and number: its last day, the number's key, its value."""
    rows = [
        (point.as_of.isoformat(), key, _value(measure), _counts(CATALOGUE[key], measure))
        for point in points
        for key, measure in point.measures.items()
    ]
    wide = [max(len(row[column]) for row in rows) for column in range(3)]
    return "\n".join(
        f"{day}  {key:<{wide[1]}}  {value:>{wide[2]}}  {counts}".rstrip()
        for day, key, value, counts in rows
    )


def as_table(measures: dict[str, Measure], context: dict[str, str]) -> str:
    """One line for each metric: its name, its key, its value, and the counts or the reason."""
    rows = [
        (CATALOGUE[key].name, key, _value(measure), _counts(CATALOGUE[key], measure))
        for key, measure in measures.items()
    ]
    wide = [max(len(row[column]) for row in rows) for column in range(3)]
    head = "{scope}, {period}, as of {as_of}, money in {currency}".format(**context)
    if "known_on" in context:
        head += f", as known on {context['known_on']}"
    lines = (
        f"{name:<{wide[0]}}  {key:<{wide[1]}}  {value:>{wide[2]}}  {counts}".rstrip()
        for name, key, value, counts in rows
    )
    return "\n".join([head, "", *lines])


def _value(measure: Measure) -> str:
    value = measure.value
    if value is None:
        return "no data yet"
    if measure.unit == Unit.SHARE:
        return f"{100 * value:.1f} %"
    counts = (Unit.CLIENTS, Unit.TESTS, Unit.DAYS, Unit.INVOICES)
    whole_number = measure.unit in counts and value == int(value)
    return f"{value:,.0f} {measure.unit}" if whole_number else f"{value:,.2f} {measure.unit}"


def _counts(metric: Metric, measure: Measure) -> str:
    if measure.reason:
        return measure.reason
    few = " (small base)" if measure.small_base else ""
    if measure.whole is None:
        return few.strip()
    whole = _counted(measure.whole)
    if measure.part is None:
        return f"of {whole}{few}"
    return metric.counts.format(part=_counted(measure.part), whole=whole) + few


def _counted(quantity: Quantity) -> str:
    return f"{quantity:,}" if isinstance(quantity, int) else f"{quantity:,.2f}"
