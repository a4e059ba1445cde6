"""What an address asks for: the day, the scope, the period. Nonsense falls back to the default."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone

from clients.models import Client, Pod
from godview.access import reach_of
from godview.periods import Period, parse_period
from metrics.queries.people import colleagues_of
from metrics.queries.scopes import Scope, UnknownScopeError, find_scope


def day_asked(request: HttpRequest) -> date:
    """`?as_of=2026-06-30`: any past day; otherwise today."""
    today = timezone.localdate()
    try:
        asked = date.fromisoformat(request.GET.get("as_of", ""))
    except ValueError:
        return today
    return min(asked, today)


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
    try:
        scope = find_scope(request.GET.get("scope") or "agency")
    except UnknownScopeError as error:
        raise Http404 from error
    if not _may_see(request.user, scope):
        raise Http404
    return scope


def _may_see(user: Any, scope: Scope) -> bool:
    """The agency's totals are everybody's; the rest follows a person's reach."""
    reach = reach_of(user)
    if reach.everything or scope.id is None:
        return True
    if scope.kind == "client":
        return Client.objects.visible_to(user).filter(pk=scope.id).exists()
    if scope.kind == "pod":
        return Pod.objects.visible_to(user).filter(pk=scope.id).exists()
    if scope.kind == "manager":
        return colleagues_of(user, timezone.localdate()).filter(pk=scope.id).exists()
    return scope.id in reach.department_ids


def period_asked(request: HttpRequest, as_of: date) -> Period:
    """`?period=month`, `quarter`, `year` or START..END; a quarter otherwise."""
    asked = request.GET.get("period", "quarter")
    try:
        return parse_period(asked, as_of)
    except ValueError:
        return parse_period("quarter", as_of)
