"""The Renew list, its CSV, and the form in which a refusal is written down or changed."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from clients.models import Refusal
from clients.refusal_forms import RefusalForm
from godview.access import for_leaders, get_visible_or_404
from godview.http import csv_response
from metrics.dashboards.winback import Lost, winback_page
from metrics.queries.refusals import firm_names
from metrics.queries.stamps import read_stamps
from metrics.views.asked import day_asked
from metrics.views.days import as_known_then
from metrics.views.scoped import scoped

COLUMNS = (
    *("firm", "renew", "brand", "capacity", "pitch", "blunder", "reason", "refused_on"),
    *("remind_on", "reopened_on", "left_on", "last_fee_a_month", "rcm_code", "note"),
)


@for_leaders
@require_GET
@as_known_then
def winback(request: HttpRequest) -> HttpResponse:
    day = day_asked(request)
    part = scoped(request, "winback", _("Win back"))
    page = winback_page(request.user, read_stamps(), day, part.onward, part.scope)
    if request.GET.get("format") == "csv":
        return csv_response(f"winback-{day}.csv", COLUMNS, map(_row, page.everybody))
    return render(request, "metrics/winback.html", {"page": page, "part": part})


@for_leaders
@require_http_methods(["GET", "POST"])
def add_refusal(request: HttpRequest) -> HttpResponse:
    first = {"firm": request.GET.get("firm", "")[:200], "refused_on": timezone.localdate()}
    return _form(request, None, first)


@for_leaders
@require_http_methods(["GET", "POST"])
def edit_refusal(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_visible_or_404(Refusal.objects.select_related("client"), request.user, pk=pk)
    return _form(request, row, {})


def _form(request: HttpRequest, row: Refusal | None, first: dict[str, Any]) -> HttpResponse:
    told = request.POST if request.method == "POST" else None
    today = timezone.localdate()
    form = RefusalForm(told, instance=row, initial=first, today=today)
    if told is not None and form.is_valid():
        try:
            kept = form.keep()
        except ValidationError as error:
            form.add_error(None, ValidationError(error.messages))
        else:
            messages.success(request, _("Saved: %(kept_client)s.") % {"kept_client": kept.client})
            return redirect("winback")
    context = {"form": form, "row": row, "firms": [] if row else firm_names()}
    return render(request, "metrics/refusal.html", context)


def _row(one: Lost) -> Iterable[Any]:
    row, renew = one.row, one.renew
    marks = (renew.brand, renew.capacity, renew.pitch) if renew else (None, None, None)
    return [
        one.name,
        one.score,
        *marks,
        "yes" if renew and renew.blundered else "",
        row.get_reason_display() if row else None,
        row.refused_on if row else None,
        row.remind_on if row else None,
        row.reopened_on if row else None,
        one.left_on,
        None if one.last_fee is None else round(one.last_fee, 2),
        one.code.code if one.code else None,
        row.note if row else None,
    ]
