from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from clients.models import Client


@login_required
@require_GET
def clients(request: HttpRequest) -> HttpResponse:
    rows = Client.objects.visible_to(request.user)
    return render(request, "metrics/clients.html", {"rows": rows})
