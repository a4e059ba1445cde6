"""The money page: MRR and how it moved, who explains it, the revolving door, lifetime values."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from godview.periods import Period
from godview.templatetags.display import counted, money, number
from metrics.catalogue import CATALOGUE
from metrics.charts.money_bars import churn_line, waterfall_bars
from metrics.charts.revolving_door import revolving_door
from metrics.dashboards.figures import Figure, figure
from metrics.dashboards.money.churn import Churn, churn
from metrics.dashboards.money.months import Month, chosen, lines_of, months
from metrics.dashboards.money.parts import Explained, explained
from metrics.dashboards.numbers import NUMBERS, Facts
from metrics.dashboards.onward import Onward
from metrics.dashboards.past import Moment, Past
from metrics.dashboards.retold import retold
from metrics.dashboards.survival.told import Line, money_line
from metrics.dashboards.survival.worth import simple_forms
from metrics.queries.scopes import AGENCY, Scope
from metrics.queries.stamps import Stamps

SHOWN = (
    *("mrr", "arpa", "paused_mrr", "variable_revenue", "largest_client_share"),
    *("quick_ratio", "grr", "nrr", "gross_revenue_churn_rate", "net_revenue_churn_rate"),
)
FEWEST_BARS = 5  # under it the table alone is clearer


@dataclass(frozen=True, slots=True)
class Named:
    name: str
    figure: Figure


@dataclass(frozen=True, slots=True)
class Door:
    """The rate you lose competes with the rate you add."""

    sentence: str
    picture: SafeString
    figures: list[Named]


@dataclass(frozen=True, slots=True)
class MoneyPage:
    day: date
    period: Period
    figures: list[Named]
    months: list[Month]
    month: Month
    explained: list[Explained]
    door: Door
    churn: Churn
    worth: list[Line]

    @property
    def has_money(self) -> bool:
        return any(cell.amount for month in self.months for cell in month.cells)

    @property
    def lines(self) -> dict[str, str]:
        return lines_of(self.month.facts.scope)

    @property
    def headline(self) -> str:
        return _("%(mrr)s a month") % {"mrr": self.figures[0].figure.text}

    @property
    def lead(self) -> str:
        moved = self.month.moved
        if moved is None:
            return _("%(month_name)s cannot be valued: %(month_reason)s.") % {
                "month_name": self.month.name,
                "month_reason": retold(self.month.reason),
            }
        change = moved.end - moved.start
        more = _("%(amount)s more, better") if change > 0 else _("%(amount)s less, worse")
        what = more % {"amount": money(abs(change))} if change else _("no change")
        by = f" {self.explained[0].sentence}" if self.explained and change else ""
        return f"{self.month.name}: {what}.{by}"

    @property
    def bars(self) -> dict[str, Any] | None:
        known = [month for month in self.months if month.moved]
        if len(known) < FEWEST_BARS:
            return None
        cells = {month.name: month.cells for month in known}
        return waterfall_bars(
            {name: {one.line: float(one.amount) for one in mine} for name, mine in cells.items()},
            {name: {one.line: one.url for one in mine} for name, mine in cells.items()},
        )

    @property
    def churn_figure(self) -> dict[str, Any] | None:
        points = [(one.period.start, one.lost.value or 0.0, one.url) for one in self.churn.months]
        marks = [(one.row.happened_on, place) for place, one in enumerate(self.churn.changes, 1)]
        return churn_line(points, marks)


def money_page(
    stamps: Stamps,
    day: date,
    period: Period,
    asked: str,
    discount: float,
    onward: Onward,
    scope: Scope = AGENCY,
) -> MoneyPage:
    """`asked` is the month whose change is explained; `discount` a share a month."""
    found = months(stamps, day, onward, scope)
    month = chosen(found, asked)
    facts = Past(scope, [Moment(period, day)], stamps).facts()[0]
    return MoneyPage(
        day=day,
        period=period,
        figures=_figures(SHOWN, facts, onward),
        months=found,
        month=month,
        explained=explained(month, onward, scope),
        door=_door(facts, onward),
        churn=churn(facts, onward),
        worth=[money_line(form, _("any client")) for form in simple_forms(facts, discount)],
    )


def _figures(keys: Sequence[str], facts: Facts, onward: Onward) -> list[Named]:
    return [
        Named(CATALOGUE[key].name, figure(key, NUMBERS[key](facts), onward.why_here(key)))
        for key in keys
    ]


def _door(facts: Facts, onward: Onward) -> Door:
    count = facts.headcount
    added, lost = count.gained + count.returned, count.lost
    told = _("%(added)s added and %(lost)s lost in %(facts_period)s") % {
        "added": counted(added, "client"),
        "lost": lost,
        "facts_period": _months(facts.period),
    }
    ratio, ceiling = NUMBERS["revolving_door_ratio"](facts), NUMBERS["growth_ceiling"](facts)
    if ratio.value is not None:
        told += _(": %(ratio_value)s lost for each one added") % {
            "ratio_value": number(ratio.value, 2)
        }
    if ceiling.value is not None:
        told += _(
            ". At this pace growth stops at %(ceiling_value)s clients; today there are "
            "%(facts_active)s"
        ) % {"ceiling_value": number(ceiling.value), "facts_active": len(facts.active)}
    keys = ("clients_gained", "clients_returned", "clients_lost")
    names = _figures((*keys, "revolving_door_ratio", "growth_ceiling"), facts, onward)
    return Door(f"{told}.", revolving_door(added, lost), names)


def _months(period: Period) -> str:
    whole = period.months
    return counted(int(whole), "month") if whole.is_integer() else counted(period.days, "day")
