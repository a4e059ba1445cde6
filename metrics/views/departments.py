"""Departments: all of them, and one with its pods, its people and its on-time rate."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from clients.models import Department


@login_required
@require_GET
def departments(request: HttpRequest) -> HttpResponse:
    found = Department.objects.all()
    return render(request, "metrics/departments.html", {"departments": found})


@login_required
@require_GET
def department(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Department, slug=slug)
    return render(request, "metrics/department.html", {"department": found})
