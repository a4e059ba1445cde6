"""MRR from month to month: every line of the bridge, and what cannot be valued says why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from godview.periods import Period, closed_months, month_of
from godview.templatetags.display import month
from godview.translating.later import later, later_of
from metrics.dashboards.onward import Onward
from metrics.dashboards.past import Moment, Past, PastFacts
from metrics.formulas.movements import Movements
from metrics.formulas.mrr import MissingRateError
from metrics.memory import remembered
from metrics.queries.scopes import AGENCY, Scope
from metrics.queries.stamps import Stamps

MONTHS = 12
LINES = {
    "start": later("At the start"),
    "new": later("New"),
    "reactivation": later("Came back"),
    "expansion": later("Bigger fees"),
    "contraction": later("Smaller fees"),
    "churned": later_of("money", "Lost"),
    "paused": later("On hold"),
    "resumed": later("Off hold"),
    "fx": later("Exchange rates"),
    "end": later("At the end"),
}
TAKEN = ("contraction", "churned", "paused")  # these are subtracted


@dataclass(frozen=True, slots=True)
class Cell:
    line: str
    amount: Decimal
    url: str

    @property
    def signed(self) -> Decimal:
        return -self.amount if self.line in TAKEN else self.amount

    @property
    def is_total(self) -> bool:
        return self.line in ("start", "end")


@dataclass(frozen=True, slots=True)
class Month:
    """`moved` is None where an exchange rate is missing, which `reason` then names."""

    period: Period
    facts: PastFacts
    moved: Movements | None
    cells: list[Cell]
    reason: str = ""
    is_open: bool = False  # not over yet

    @property
    def key(self) -> str:
        return f"{self.period.start:%Y-%m}"

    @property
    def name(self) -> str:
        return month(self.period.start)


def lines_of(scope: Scope) -> dict[str, str]:
    """A part of the agency also takes clients over from others, and hands them on."""
    if scope.is_agency or scope.is_segment:
        return LINES
    *lines, end = LINES.items()
    return dict([*lines, ("transferred", _("Handed over")), end])


def months(stamps: Stamps, day: date, onward: Onward, scope: Scope = AGENCY) -> list[Month]:
    """Twelve closed months and the one that runs, oldest first, all as they are known on the day.

    What is at the end of a month is at the start of the next: the columns add up exactly.
    """
    periods = closed_months(day, MONTHS)
    running = month_of(day)
    if running.start < day:
        periods.append(running.closed_by(day))
    past = Past(scope, [Moment(period, day) for period in periods], stamps)
    found = moved_in(stamps, scope, tuple(periods), day)
    return [
        _month(facts, moved, running.start, onward)
        for facts, moved in zip(past.facts(), found, strict=True)
    ]


@remembered(8)
def moved_in(
    stamps: Stamps, scope: Scope, periods: tuple[Period, ...], day: date
) -> tuple[Movements | MissingRateError, ...]:
    """How the fees of a part of the agency moved in each period, or which rate is missing."""
    past = Past(scope, [Moment(period, day) for period in periods], stamps)
    return tuple(_moved(facts) for facts in past.facts())


def _moved(facts: PastFacts) -> Movements | MissingRateError:
    try:
        return facts.movements
    except MissingRateError as missing:
        return missing


def _month(
    facts: PastFacts, moved: Movements | MissingRateError, running: date, onward: Onward
) -> Month:
    period, is_open = facts.period, facts.period.start == running
    if isinstance(moved, MissingRateError):
        return Month(period, facts, None, [], str(moved), is_open)
    cells = [
        Cell(line, getattr(moved, line), onward.why_here(_metric(line), period))
        for line in lines_of(facts.scope)
    ]
    return Month(period, facts, moved, cells, "", is_open)


def _metric(line: str) -> str:
    return f"mrr_at_{line}" if line in ("start", "end") else f"mrr_{line}"


def chosen(found: Sequence[Month], asked: str) -> Month:
    """The month that the address names; otherwise the last one that is over."""
    named = next((month for month in found if month.key == asked), None)
    over = [month for month in found if not month.is_open]
    return named or over[-1]
