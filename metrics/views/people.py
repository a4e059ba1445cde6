"""People: staff by name, never ranked; one person against their own past."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from clients.models import Staff


@login_required
@require_GET
def people(request: HttpRequest) -> HttpResponse:
    return render(request, "metrics/people.html", {"people": Staff.objects.all()})


@login_required
@require_GET
def person(request: HttpRequest, slug: str) -> HttpResponse:
    return render(request, "metrics/person.html", {"person": get_object_or_404(Staff, slug=slug)})
