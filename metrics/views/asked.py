"""What an address asks for: the days, the scope, the period."""

from datetime import date, datetime, time, timedelta

from django.http import Http404, HttpRequest
from django.utils import timezone

from godview.hindsight import with_hindsight
from godview.periods import Period, parse_period
from metrics.queries.reach import may_see
from metrics.queries.scopes import Scope, UnknownScopeError, find_scope
from metrics.views.days import days_of


def day_asked(request: HttpRequest) -> date:
    """`?as_of=2026-06-30`: any past day; otherwise today."""
    return days_of(request).as_of


def known_on_asked(request: HttpRequest) -> date | None:
    """`?known_on=2026-06-30`: what had been entered by then; otherwise all that is known."""
    return days_of(request).known_on


def moment_asked(request: HttpRequest) -> datetime:
    """Now, or the end of the past day that is asked for."""
    day = day_asked(request)
    if day == timezone.localdate():
        return timezone.now()
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min)) - timedelta(
        seconds=1
    )


def scope_asked(request: HttpRequest) -> Scope:
    """`?scope=pod:cobalt`, if it exists and the person may see it; otherwise the same 404."""
    with with_hindsight():
        try:
            scope = find_scope(request.GET.get("scope") or "agency")
        except UnknownScopeError as error:
            raise Http404 from error
        if not may_see(request.user, scope, timezone.localdate()):
            raise Http404
    days = days_of(request)
    days.scope, days.scope_text = scope, request.GET.get("scope") or "agency"
    return scope


def period_asked(request: HttpRequest, as_of: date) -> Period:
    """`?period=month`, `quarter`, `year` or START..END; a quarter otherwise."""
    asked = request.GET.get("period", "quarter")
    try:
        return parse_period(asked, as_of)
    except ValueError:
        return parse_period("quarter", as_of)
