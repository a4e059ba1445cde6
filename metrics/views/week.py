"""My week: one manager's clients in a grid."""

from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_GET

from clients.forms import CHANNELS
from clients.models import Staff
from godview.access import staff_of
from godview.periods import monday_of
from metrics.charts.week_row import Look, week_row
from metrics.dashboards.week import Trouble, WeekPage, WeekRow, week_page
from metrics.queries.week import managers_seen_by
from tasks.weeks import monday_named


@login_required
@require_GET
def week(request: HttpRequest) -> HttpResponse:
    return show(request, asked_page(request))


def asked_page(request: HttpRequest) -> WeekPage:
    """The week and the manager that the address asks for, as the person may see them."""
    now = timezone.now()
    managers = list(managers_seen_by(request.user, timezone.localdate(now)))
    return week_page(
        user=request.user,
        manager=_asked_manager(request, managers),
        managers=managers,
        monday=_asked_monday(request, now),
        now=now,
    )


def show(request: HttpRequest, page: WeekPage, trouble: Trouble | None = None) -> HttpResponse:
    context = context_of(request, page)
    shown = page.only("" if trouble else request.GET.get("show", ""))
    context["rows"] = [_drawn(request, row, context, trouble) for row in shown]
    context["left_out"] = len(page.rows) - len(shown)
    return render(request, "metrics/week.html", context, status=422 if trouble else 200)


def show_row(
    request: HttpRequest, page: WeekPage, row: WeekRow, focus: str, trouble: Trouble | None
) -> HttpResponse:
    """One row and the counts, with the keyboard on `focus`: for htmx."""
    context = context_of(request, page)
    drawn = _drawn(request, row, context, trouble)
    context["row"] = mark_safe(drawn.replace(f'id="{focus}"', f'id="{focus}" autofocus', 1))  # noqa: S308
    return render(request, "metrics/_week_swap.html", context | {"swapped": True})


def _drawn(
    request: HttpRequest, row: WeekRow, context: dict[str, Any], trouble: Trouble | None
) -> SafeString:
    """A row as it is kept; where something was refused, one with the reason and what was typed."""
    if trouble is None or trouble.client.pk != row.client.id:
        return week_row(row, context["look"], get_token(request))
    line = row.line_of(trouble.goal_id)
    draft = trouble.typed.get("text") if trouble.form == "note" else None
    told = {"row": row, "trouble": trouble, "draft": draft, "line": line}
    told["choices"] = row.choices(line)
    return render_to_string("metrics/_week_row.html", context | told, request)


def address(page: WeekPage) -> str:
    return f"{reverse('week')}?{query(page)}"


def query(page: WeekPage) -> str:
    manager = {"manager": page.manager.slug} if page.manager else {}
    return urlencode({"week": page.clock.name, **manager})


def context_of(request: HttpRequest, page: WeekPage) -> dict[str, Any]:
    may, clock = request.user.has_perm, page.clock
    look = Look(
        query=f"?{query(page)}",
        monday=clock.monday,
        today=page.today,
        has_begun=clock.has_begun,
        is_locked=clock.is_locked,
        is_over=clock.is_over,
        may_set_goals=may("tasks.change_weeklygoal"),
        may_log_contact=may("clients.add_touchpoint"),
        may_set_lights=may("clients.add_trafficlight"),
    )
    return {"page": page, "clock": clock, "look": look, "channels": CHANNELS}


def _asked_monday(request: HttpRequest, now: datetime) -> date:
    name = request.GET.get("week")
    if not name:
        return monday_of(timezone.localdate(now))
    try:
        return monday_named(name)
    except ValueError:
        raise Http404 from None


def _asked_manager(request: HttpRequest, managers: list[Staff]) -> Staff | None:
    """The one asked for; else oneself; else the first of those one may see."""
    slug = request.GET.get("manager")
    if slug:
        found = next((one for one in managers if one.slug == slug), None)
        if found is None:
            raise Http404
        return found
    mine = staff_of(request.user)
    return mine if mine in managers else next(iter(managers), None)
