from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from clients.forms import ContactForm, Deed
from clients.models import Client
from godview.access import get_visible_or_404, staff_of
from godview.http import csv_response
from metrics.dashboards.client import client_page
from metrics.dashboards.client.crumbs import crumbs_of
from metrics.dashboards.client.weeks import weeks_as_rows
from metrics.queries import help as helping
from metrics.queries.client import open_risks
from metrics.queries.share import links_of
from metrics.views.asked import moment_asked
from metrics.views.days import as_known_then, days_of
from metrics.views.onward import onward_from
from tasks.deadlines.panel import client_panel


@login_required
@require_GET
@as_known_then
def client(request: HttpRequest, slug: str) -> HttpResponse:
    """One client: how it is, and why."""
    row = get_visible_or_404(Client.objects.all(), request.user, slug=slug)
    days_of(request).about("client", row)
    onward = onward_from(request)
    now = moment_asked(request)
    page = client_page(row, now, onward, request.GET.get("goal", ""))
    if request.GET.get("format") == "csv":
        return csv_response(f"weeks-{slug}-{page.day}.csv", *weeks_as_rows(page.grid))
    deed = Deed(row, staff_of(request.user), timezone.now())
    context = {
        "page": page,
        "warning": page.warning,
        "crumbs": crumbs_of(page.line, row, onward),
        "risks": open_risks(row, now),
        "help_requests": helping.help_requests(row, now),
        "pivots": helping.pivots(row, page.day),
        "share_links": links_of(row, now),
        "share_now": now,
        "ledger": client_panel(row, request.user, now),
        "contact_form": ContactForm(deed=deed, auto_id="log-%s"),
    }
    return render(request, "metrics/client.html", context)
