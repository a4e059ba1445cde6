"""In which month clients leave: the curve, its segments, and how long clients will stay."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from godview.templatetags.display import counted, percent
from metrics.charts.survival_curve import survival_figure
from metrics.dashboards.lives import WORDS, Life, grouped, lives, segments, worst_month
from metrics.dashboards.onward import Onward
from metrics.dashboards.portfolio import book_on
from metrics.dashboards.retold import retold
from metrics.dashboards.survival.estimate import question
from metrics.formulas.book import Book
from metrics.formulas.survival import (
    Curve,
    CurveMonth,
    RestrictedMean,
    restricted_mean,
    survival_curve,
)
from metrics.queries.scopes import AGENCY, Scope, read_roster
from metrics.queries.stamps import Stamps

FEWEST = 10  # clients below which no curve is shown
HORIZON = 36  # months of the restricted mean
AT = (6, 12, 24)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for: `by` and `only` name a segment."""

    by: str = ""
    only: str = ""
    records_from: date | None = None
    discount: float = 0.10  # a year

    @property
    def discount_a_month(self) -> float:
        return float((1 + self.discount) ** (1 / 12) - 1)


@dataclass(frozen=True, slots=True)
class Segment:
    name: str
    curve: Curve
    kept: tuple[CurveMonth | None, ...]  # after 6, 12 and 24 months
    url: str

    @property
    def label(self) -> str:
        return retold(self.name)

    @property
    def median(self) -> str:
        return median_in_words(self.curve)

    @property
    def worst(self) -> CurveMonth | None:
        return worst_month(self.curve)


@dataclass(frozen=True, slots=True)
class SurvivalPage:
    day: date
    scope: Scope
    asked: Asked
    book: Book
    curve: Curve
    enough: bool
    mean: RestrictedMean | None
    segments: list[Segment]
    chosen: list[Life]  # the rows behind the page
    estimate: dict[str, Any]  # what a worker is asked
    why: dict[str, str]
    self_url: str

    @property
    def headline(self) -> str:
        year = after(self.curve, 12)
        if not self.enough or year is None:
            return _("When clients leave")
        return _("%(year_survival)s of clients stay 12 months") % {
            "year_survival": percent(year.survival, 1)
        }

    @property
    def lead(self) -> str:
        worst = worst_month(self.curve)
        seen = counted(self.curve.clients, "engagement")
        told = [
            (
                _("%(seen)s, %(curve_lost)s of them ended.")
                % {"seen": seen, "curve_lost": self.curve.lost}
            )
        ]
        if worst and worst.lost:
            told.insert(
                0,
                (
                    _(
                        "Most leave in month %(worst_month)s: %(worst_dbtr)s of all "
                        "(%(worst_lost)s of %(worst_at_risk)s who came so far)."
                    )
                    % {
                        "worst_month": worst.month,
                        "worst_dbtr": percent(worst.dbtr, 1),
                        "worst_lost": worst.lost,
                        "worst_at_risk": worst.at_risk,
                    }
                ),
            )
        return " ".join(told)

    @property
    def median(self) -> str:
        return median_in_words(self.curve)

    @property
    def year(self) -> CurveMonth | None:
        return after(self.curve, 12)

    @property
    def worst(self) -> CurveMonth | None:
        return worst_month(self.curve)

    @property
    def months(self) -> list[CurveMonth]:
        """The table under the chart: months with a loss, and every sixth one."""
        return [row for row in self.curve.months if row.lost or row.month % 6 == 0]

    @property
    def horizon(self) -> int:
        return HORIZON

    @property
    def by_word(self) -> str:
        return WORDS.get(self.asked.by, "")

    @property
    def by_told(self) -> str:
        """What the figure is narrowed to, for a picture that leaves the page."""
        return f"{self.by_word} {self.only_told}".strip()

    @property
    def only_told(self) -> str:
        return retold(self.asked.only)

    @property
    def truncated(self) -> int:
        return sum(life.lived.entered > 0 for life in self.chosen)

    def figure(self, forecast: Sequence[float] = ()) -> dict[str, Any] | None:
        if not self.enough:
            return None
        if self.segments and not self.asked.only:
            return survival_figure({one.label: one.curve for one in self.segments})
        return survival_figure({self.only_told or _("All clients"): self.curve}, forecast)


def survival_page(
    stamps: Stamps, day: date, asked: Asked, onward: Onward, scope: Scope = AGENCY
) -> SurvivalPage:
    book = book_on(stamps, day)
    roster = read_roster(scope)
    found = [
        life for life in lives(book, day, asked.records_from) if roster.has(life.client, life.start)
    ]
    parts = segments(found, asked.by, book) if asked.by in WORDS else {}
    chosen = parts.get(asked.only, []) if asked.only else found
    curve = survival_curve(grouped(chosen).elements())
    told: Mapping[str, list[Life]] = {"": chosen} if asked.only or not parts else parts
    return SurvivalPage(
        day=day,
        scope=scope,
        asked=asked,
        book=book,
        curve=curve,
        enough=curve.clients >= FEWEST,
        mean=restricted_mean(curve, HORIZON),
        segments=[_segment(name, mine, asked, onward) for name, mine in parts.items()],
        chosen=chosen,
        estimate=question(
            {name: grouped(mine) for name, mine in told.items()}, asked.discount_a_month
        ),
        self_url=onward.within("survival", by=asked.by, only=asked.only),
        why={
            key: onward.why_here(key)
            for key in (
                "survival_12_months",
                "median_lifetime",
                "dbtr_worst_month",
                "restricted_mean_lifetime",
            )
        },
    )


def _segment(name: str, mine: Sequence[Life], asked: Asked, onward: Onward) -> Segment:
    curve = survival_curve(grouped(mine).elements())
    url = onward.within("survival", by=asked.by, only=name)
    return Segment(name, curve, tuple(after(curve, months) for months in AT), f"{url}#rows")


def after(curve: Curve, months: int) -> CurveMonth | None:
    """The state after a month; None while nobody has been seen for so long."""
    return curve.at(months)


def median_in_words(curve: Curve) -> str:
    if not curve.months:
        return _("no data yet")
    return _("not reached") if curve.median is None else counted(curve.median, "month")
