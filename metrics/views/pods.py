"""Pods: every pod on one page, and one pod with its people, its clients and its 13 weeks."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from clients.models import Pod
from godview.access import get_visible_or_404


@login_required
@require_GET
def pods(request: HttpRequest) -> HttpResponse:
    return render(request, "metrics/pods.html", {"pods": Pod.objects.visible_to(request.user)})


@login_required
@require_GET
def pod(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_visible_or_404(Pod.objects.all(), request.user, slug=slug)
    return render(request, "metrics/pod.html", {"pod": found})
