"""When clients leave. What needs a numeric library comes from a worker, when it is ready."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from kombu.exceptions import OperationalError

from godview.access import for_leaders
from godview.http import csv_response
from godview.periods import parse_day, parse_period
from metrics.dashboards.lives import WORDS, Life
from metrics.dashboards.past import Moment, Past
from metrics.dashboards.survival import Asked, SurvivalPage, survival_page
from metrics.dashboards.survival.estimate import Answer
from metrics.dashboards.survival.kept import is_first_to_ask, known
from metrics.dashboards.survival.told import Forecast, forecast, test_in_words
from metrics.formulas.survival import Curve, Lived
from metrics.jobs import estimate_survival
from metrics.queries.beginnings import records_begin
from metrics.queries.names import Name, names_seen_by
from metrics.queries.stamps import read_stamps
from metrics.views.asked import day_asked
from metrics.views.days import as_known_then
from metrics.views.onward import onward_from
from metrics.views.scoped import Scoped, scoped

DISCOUNTS = ("0", "5", "10", "15")
TRIES = 6
MONTHS = ("segment", "month", "at_risk", "lost", "hazard", "survival", "low", "high", "dbtr")
CLIENTS = ("client", "segment", "started_on", "ended_on", "months_seen_from", "months", "left")


@for_leaders
@require_GET
@as_known_then
def survival(request: HttpRequest) -> HttpResponse:
    day = day_asked(request)
    part = scoped(request, "survival", _("Survival"))
    page = _page(request, day, part)
    if request.GET.get("format") == "csv":
        return _csv(request, page)
    told = known(page.estimate)
    asks = page.enough and told is None
    context = {
        "page": page,
        "part": part,
        "by": WORDS,
        "discounts": DISCOUNTS,
        "figure": page.figure(told.survival if told else ()),
        "waiting": _waiting(request, page) if asks else None,
        **_told(page, told, day),
        **_rows(request, page),
    }
    return render(request, "metrics/survival.html", context)


@for_leaders
@require_GET
@as_known_then
def survival_forecast(request: HttpRequest) -> HttpResponse:
    """The part that a worker counts: asked for again until it is there, and not for ever."""
    day = day_asked(request)
    part = scoped(request, "survival", _("Survival"))
    page = _page(request, day, part)
    told = known(page.estimate)
    waiting = None if told else _waiting(request, page)
    return render(
        request,
        "metrics/_survival_forecast.html",
        {"page": page, "part": part, "waiting": waiting, **_told(page, told, day)},
    )


@dataclass(frozen=True, slots=True)
class Behind:
    """The stretches behind a number: of a segment, or of one month of the relationship."""

    month: int | None
    only_left: bool

    def shown(self, page: SurvivalPage) -> list[Life]:
        if self.month is None:
            return page.chosen
        return [life for life in page.chosen if self._counts(life.lived, self.month)]

    def told(self, page: SurvivalPage) -> str:
        which = [page.only_told] if page.asked.only else []
        if self.month is not None:
            deed = (
                _("left in month %(month)s")
                if self.only_left
                else _("could leave in month %(month)s")
            )
            which.append(deed % {"month": self.month})
        return ", ".join(which)

    def _counts(self, lived: Lived, month: int) -> bool:
        return lived.left_in(month) if self.only_left else lived.could_leave_in(month)


@dataclass(frozen=True, slots=True)
class Waiting:
    """`url` is where to look again, empty when it makes no sense to go on."""

    url: str
    seconds: int
    reason: str = ""


def _waiting(request: HttpRequest, page: SurvivalPage) -> Waiting:
    tries = request.GET.get("try", "0")
    number = int(tries) if tries.isdecimal() and len(tries) < 3 else TRIES
    if is_first_to_ask(page.estimate):
        try:
            estimate_survival.apply_async((page.estimate,), retry=False)
        except OperationalError:
            return Waiting("", 0, _("No worker can be reached, so it cannot be counted now."))
    if number >= TRIES:
        return Waiting("", 0, _("The worker is busy. Open the page again in a minute."))
    query = request.GET.copy()
    query["try"] = str(number + 1)
    return Waiting(f"?{query.urlencode()}", 1 + number)


def _told(page: SurvivalPage, told: Answer | None, day: date) -> dict[str, Any]:
    return {"forecast": _forecast(page, told, day), "test": test_in_words(told, page.by_word)}


def _forecast(page: SurvivalPage, told: Answer | None, day: date) -> Forecast | None:
    if told is None:
        return None
    moment = Moment(parse_period("year", day), day)
    facts = Past(page.scope, [moment], read_stamps()).facts()[0]
    return forecast(told, facts, page.asked)


def _page(request: HttpRequest, day: date, part: Scoped) -> SurvivalPage:
    return survival_page(read_stamps(), day, _asked(request), part.onward, part.scope)


def _asked(request: HttpRequest) -> Asked:
    """Nonsense in the address falls back to the default."""
    by, discount = request.GET.get("by", ""), request.GET.get("discount", "10")
    by = by if by in WORDS else ""
    try:
        since: date | None = parse_day(request.GET.get("records_from", ""))
    except ValueError:
        since = settings.RECORDS_BEGIN or records_begin()
    return Asked(
        by=by,
        only=request.GET.get("only", "")[:120] if by else "",
        records_from=since,
        discount=int(discount if discount in DISCOUNTS else "10") / 100,
    )


def _behind(request: HttpRequest) -> Behind:
    month = request.GET.get("month", "")
    known = month.isdecimal() and len(month) < 4
    return Behind(int(month) if known else None, request.GET.get("left") == "1")


def _rows(request: HttpRequest, page: SurvivalPage) -> dict[str, Any]:
    """The stretches behind a number, the shortest of those that ended first."""
    behind = _behind(request)
    if not page.asked.only and behind.month is None:
        return {"rows": None}
    names = names_seen_by(request.user, page.day)
    shown = sorted(behind.shown(page), key=lambda life: (not life.lived.left, life.lived.lived))
    onward = onward_from(request)
    return {
        "rows_told": behind.told(page),
        "rows": [
            (names[life.client], onward.to("client", names[life.client].slug), life)
            for life in shown
        ],
    }


def _csv(request: HttpRequest, page: SurvivalPage) -> HttpResponse:
    if request.GET.get("rows") == "clients":
        names, shown = names_seen_by(request.user, page.day), _behind(request).shown(page)
        rows = [_client_row(names[life.client], page.asked.only, life) for life in shown]
        return csv_response(f"survival-clients-{page.day}.csv", CLIENTS, rows)
    curves = {page.asked.only or "all": page.curve}
    if not page.asked.only:
        curves |= {one.name: one.curve for one in page.segments}
    rows = [row for name, curve in curves.items() for row in _month_rows(name, curve)]
    return csv_response(f"survival-{page.day}.csv", MONTHS, rows)


def _client_row(name: Name, segment: str, life: Life) -> list[Any]:
    lived = life.lived
    return [
        name.name, segment, life.start, life.end, lived.entered, lived.lived,
        "yes" if lived.left else "no",
    ]  # fmt: skip


def _month_rows(name: str, curve: Curve) -> Iterable[list[Any]]:
    for row in curve.months:
        shares = (row.hazard.value, row.survival, row.low, row.high, row.dbtr)
        exact = [None if share is None else round(share, 6) for share in shares]
        yield [name, row.month, row.at_risk, row.lost, *exact]
