"""The rows behind the numbers of one client: its contacts, its open tasks."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from clients.models import Client
from godview.access import get_visible_or_404
from godview.periods import DAY, Period, parse_period
from metrics.queries.client import contacts_in, tasks_not_done
from metrics.views.asked import day_asked
from metrics.views.days import as_known_then
from metrics.views.onward import onward_from

ROWS_A_PAGE = 100


@login_required
@require_GET
@as_known_then
def client_contacts(request: HttpRequest, slug: str) -> HttpResponse:
    """Every contact with a client, or those of a period."""
    client = get_visible_or_404(Client.objects.all(), request.user, slug=slug)
    period = _period(request)
    rows = contacts_in(client, period, day_asked(request))
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
    context = {"overdue": rows.filter(due_on__lt=day_asked(request)).count()}
    return _page(request, client, "metrics/client_tasks.html", rows, context)


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
