from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from clients.models import Client
from godview.access import is_leader
from godview.waiting import tell_clients_in_need
from metrics.dashboards.today import today as todays_numbers
from metrics.dashboards.today.pods import Colour
from metrics.views.asked import moment_asked
from metrics.views.days import as_known_then, days_of
from metrics.views.onward import onward_from


@login_required
@require_GET
@as_known_then
def today(request: HttpRequest) -> HttpResponse:
    colour: Colour = "contact" if request.GET.get("marks") == "contact" else "pace"
    page = todays_numbers(request.user, moment_asked(request), colour, onward_from(request))
    if not (days := days_of(request)).is_past:
        tell_clients_in_need(request.user, days.today, page.open_cases)
    if not page.clients and is_leader(request.user) and not Client.objects.exists():
        return redirect("welcome")  # a new agency: first things first
    only_map = request.headers.get("HX-Target") == "client-map"
    template = "metrics/_client_map.html" if only_map else "metrics/today.html"
    return render(request, template, {"page": page})
