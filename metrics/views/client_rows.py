"""The rows behind the numbers of one client: its contacts, its open tasks."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from clients.models import Client, Touchpoint
from godview.access import get_visible_or_404
from godview.http import csv_response
from godview.periods import DAY, Period, parse_period
from metrics.queries.client import contacts_in, tasks_not_done
from metrics.views.asked import day_asked
from metrics.views.days import as_known_then
from metrics.views.onward import onward_from
from tasks.models import Task

ROWS_A_PAGE = 100
CONTACTS = ("happened_at", "channel", "direction", "counts", "staff", "contact", "note")
TASKS = ("gid", "task", "assignee", "first_due_on", "due_on")


@login_required
@require_GET
@as_known_then
def client_contacts(request: HttpRequest, slug: str) -> HttpResponse:
    """Every contact with a client, or those of a period."""
    client = get_visible_or_404(Client.objects.all(), request.user, slug=slug)
    period = _period(request)
    rows = contacts_in(client, period, day_asked(request))
    if request.GET.get("format") == "csv":
        lines = (contact_line(row) for row in rows)
        return csv_response(f"contacts-{slug}-{day_asked(request)}.csv", CONTACTS, lines)
    context = {
        "counting": rows.filter(qualifies=True).count(),
        "period": period,
        "last_day": period.end - DAY if period else None,
    }
    return _page(request, client, "metrics/client_contacts.html", rows, context)


@login_required
@require_GET
@as_known_then
def client_tasks(request: HttpRequest, slug: str) -> HttpResponse:
    """Every open task of a client, the most overdue first."""
    client = get_visible_or_404(Client.objects.all(), request.user, slug=slug)
    rows = tasks_not_done(client)
    if request.GET.get("format") == "csv":
        lines = (task_line(row) for row in rows)
        return csv_response(f"tasks-{slug}-{day_asked(request)}.csv", TASKS, lines)
    context = {"overdue": rows.filter(due_on__lt=day_asked(request)).count()}
    return _page(request, client, "metrics/client_tasks.html", rows, context)


def contact_line(row: Touchpoint) -> tuple[Any, ...]:
    moment = timezone.localtime(row.happened_at).isoformat(timespec="minutes")
    who = row.staff.name if row.staff else None
    whom = row.contact.name if row.contact else None
    return moment, row.channel, row.direction, int(row.qualifies), who, whom, row.note


def task_line(row: Task) -> tuple[Any, ...]:
    who = row.assignee.name if row.assignee else None
    return row.gid, str(row), who, row.first_due_on, row.due_on


def _page(
    request: HttpRequest, client: Client, template: str, rows: Any, context: dict[str, Any]
) -> HttpResponse:
    page = Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page"))
    common = {
        "client": client,
        "client_url": onward_from(request).to("client", client.slug),
        "day": day_asked(request),
        "rows": page,
        "count": page.paginator.count,
    }
    return render(request, template, {**common, **context})


def _period(request: HttpRequest) -> Period | None:
    """The stretch that the address asks for; without one, everything."""
    try:
        return parse_period(request.GET.get("period", ""), day_asked(request) + DAY)
    except ValueError:
        return None
