from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from metrics.dashboards.today import today as todays_numbers


@login_required
@require_GET
def today(request: HttpRequest) -> HttpResponse:
    colour = "contact" if request.GET.get("marks") == "contact" else "pace"
    page = todays_numbers(request.user, timezone.now(), colour)  # type: ignore[arg-type]
    only_map = request.headers.get("HX-Target") == "client-map"
    template = "metrics/_client_map.html" if only_map else "metrics/today.html"
    return render(request, template, {"page": page})
