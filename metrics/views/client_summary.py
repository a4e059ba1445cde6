"""A client's page as one page of paper."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from clients.models import Client
from godview.access import get_visible_or_404
from metrics.dashboards.client import client_page
from metrics.dashboards.client.summary import client_summary
from metrics.queries.client import open_risks
from metrics.sheets.client_summary import client_summary_pdf
from metrics.views.asked import moment_asked
from metrics.views.days import as_known_then
from metrics.views.onward import onward_from


@login_required
@require_GET
@as_known_then
def summary(request: HttpRequest, slug: str) -> HttpResponse:
    row = get_visible_or_404(Client.objects.all(), request.user, slug=slug)
    now = moment_asked(request)
    page = client_page(row, now, onward_from(request))
    paper = client_summary_pdf(client_summary(page, open_risks(row, now)))
    response = HttpResponse(paper, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{slug}-{page.day}.pdf"'
    return response
