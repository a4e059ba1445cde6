"""Tests on clients' websites: which won, how sure we are, and one test with its sums."""

from typing import Any

import django_tables2
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from godview.access import get_visible_or_404
from godview.http import csv_response
from metrics.charts.interval_plot import axis
from metrics.dashboards.experiments.lines import lines_for
from metrics.dashboards.experiments.page import experiment_page
from metrics.dashboards.experiments.records import bars, decided_in, designers, record_of
from metrics.dashboards.experiments.words import CONFIDENCES
from metrics.experiment_filters import TestsFilter, confidence_asked
from metrics.experiment_table import (
    CSV_HEADER,
    READINGS_HEADER,
    TestsTable,
    csv_row,
    readings_csv,
    table_row,
)
from metrics.formulas.tactics import tactic_win_rate
from metrics.views.asked import day_asked
from metrics.views.days import as_known_then, days_of
from metrics.views.onward import onward_from
from tasks.models import Experiment


@login_required
@require_GET
@as_known_then
def experiments(request: HttpRequest) -> HttpResponse:
    """All tests a person may see: filter, sort, another confidence, CSV."""
    day, confidence = day_asked(request), confidence_asked(request.GET.get("confidence"))
    alpha = None if not confidence else round(1 - int(confidence) / 100, 2)
    lines = lines_for(request.user, day, alpha, planned_ahead=day == timezone.localdate())
    form = TestsFilter(request.GET, lines, day)
    table = TestsTable([table_row(line) for line in form.chosen()])
    django_tables2.RequestConfig(request, paginate=False).configure(table)
    shown = [row["line"] for row in table.data]
    if request.GET.get("format") == "csv":
        rows = (csv_row(line, alpha) for line in shown)
        return csv_response(f"experiments-{day}.csv", CSV_HEADER, rows)
    asked_for = form.of_everybody_asked_for()
    decided = decided_in(asked_for, form.stretch)
    record = record_of(decided)
    context: dict[str, Any] = {
        "form": form,
        "asked": form.asked(),
        "table": table,
        "lines": shown,
        "count": len(asked_for),
        "all": len(lines),
        "bars": bars(asked_for),
        "record": record,
        "designers": designers(decided, tactic_win_rate(record)),
        "confidence": confidence,
        "confidences": CONFIDENCES,
        "otherwise": sum(bool(line.planned_word) for line in asked_for),
        "axis": axis(),
        "why_url": onward_from(request).to("why", "experiment_win_rate", period="year"),
        "day": day,
    }
    return render(request, "metrics/experiments.html", context)


@login_required
@require_GET
@as_known_then
def experiment(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_visible_or_404(
        Experiment.objects.select_related("client", "designer", "tactic"), request.user, pk=pk
    )
    if days_of(request).known_on and not Experiment.objects.filter(pk=row.pk).exists():
        return render(request, "metrics/not_known_then.html", {"name": row.name})
    page = experiment_page(row, day_asked(request), onward_from(request))
    if request.GET.get("format") == "csv":
        name = f"readings-{row.pk}-{page.day}.csv"
        return csv_response(name, READINGS_HEADER, readings_csv(page))
    return render(
        request,
        "metrics/experiment.html",
        {"page": page, "is_today": page.day == timezone.localdate()},
    )
