"""Why a number is what it is: its sentence, its formula, its last 13 values and its rows."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from metrics.catalogue import CATALOGUE


@login_required
@require_GET
def why(request: HttpRequest, key: str) -> HttpResponse:
    if key not in CATALOGUE:
        raise Http404
    return render(request, "metrics/why.html", {"metric": CATALOGUE[key]})
