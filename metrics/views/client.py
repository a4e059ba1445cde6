from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from clients.forms import ContactForm, Deed
from clients.models import Client
from godview.access import get_visible_or_404, staff_of
from metrics.dashboards.client import client_page
from metrics.views.asked import moment_asked


@login_required
@require_GET
def client(request: HttpRequest, slug: str) -> HttpResponse:
    """One client: how it is, and why."""
    row = get_visible_or_404(Client.objects.all(), request.user, slug=slug)
    page = client_page(row, moment_asked(request), request.GET.get("goal", ""))
    deed = Deed(row, staff_of(request.user), timezone.now())
    context = {"page": page, "contact_form": ContactForm(deed=deed, auto_id="log-%s")}
    return render(request, "metrics/client.html", context)
