"""Segments: the page, its CSV, the agency's own rules, and scoring capacity for many at once."""

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from clients.models import Client
from clients.potential import score_capacities, set_rules
from godview.access import for_leaders
from godview.http import csv_response
from godview.templatetags.display import counted
from metrics.dashboards.onward import Onward
from metrics.dashboards.segments import Asked, Member, SegmentsPage, segments_page
from metrics.dashboards.segments.page import SCORED_AT_ONCE
from metrics.queries.scopes import AGENCY, Scope
from metrics.queries.stamps import read_stamps
from metrics.views.asked import day_asked
from metrics.views.days import as_known_then
from metrics.views.onward import onward_from
from metrics.views.scoped import scoped

COLUMNS = (
    *("client", "pod", "manager", "quadrant", "rcm_code", "activity", "capacity_a_year"),
    *("pays_a_month", "days_since_work", "rule"),
)
LARGEST = Decimal(10) ** 12


@for_leaders
@require_GET
@as_known_then
def segments(request: HttpRequest) -> HttpResponse:
    part = scoped(request, "segments", _("Segments"))
    page = _page(request, part.onward, part.scope)
    if request.GET.get("format") == "csv":
        rows = map(_row, page.shown if any(page.asked) else page.members)
        return csv_response(f"segments-{page.day}.csv", COLUMNS, rows)
    return render(request, "metrics/segments.html", {"page": page, "part": part})


@for_leaders
@require_http_methods(["GET", "POST"])
def segment_rules(request: HttpRequest) -> HttpResponse:
    """One field for each quadrant and for each code that a client has."""
    page = _page(request, onward_from(request))
    known = [*(group.rule for group in page.groups), *(rule for rule, *_ in page.codes)]
    if request.method == "POST":
        told = {rule.code: request.POST.get(f"rule-{rule.code}", "").strip() for rule in known}
        changed = {
            rule.code: "" if told[rule.code] == str(rule.default) else told[rule.code]
            for rule in known
        }
        try:
            count = set_rules(changed)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(
                request,
                _("Saved: %(counted_count_rule)s changed.")
                % {"counted_count_rule": counted(count, "rule")},
            )
            return redirect("segments")
    return render(request, "metrics/segment_rules.html", {"page": page, "rules": known})


@for_leaders
@require_http_methods(["GET", "POST"])
def score_capacity(request: HttpRequest) -> HttpResponse:
    """Twenty clients without one, the largest fee first; an empty field is left for later."""
    members = _page(request, onward_from(request)).missing[:SCORED_AT_ONCE]
    errors: dict[int, str] = {}
    if request.method == "POST":
        amounts: dict[int, Decimal] = {}
        for one in members:
            text = request.POST.get(f"capacity-{one.line.id}", "")
            try:
                amount = _amount(text)
            except ValueError as error:
                errors[one.line.id] = str(error)
            else:
                if amount is not None:
                    amounts[one.line.id] = amount
        if not errors:
            count = _score(amounts)
            messages.success(
                request,
                _("Scored: %(counted_count_client)s.")
                % {"counted_count_client": counted(count, "client")},
            )
            return redirect("segments")
    lines = [
        (one, request.POST.get(f"capacity-{one.line.id}", ""), errors.get(one.line.id, ""))
        for one in members
    ]
    context = {"lines": lines, "currency": settings.REPORTING_CURRENCY}
    return render(request, "metrics/score_capacity.html", context)


def _score(amounts: dict[int, Decimal]) -> int:
    rows = Client.objects.in_bulk(list(amounts))
    told = {rows[pk]: amount for pk, amount in amounts.items()}
    return score_capacities(told, settings.REPORTING_CURRENCY, timezone.localdate())


def _amount(text: str) -> Decimal | None:
    """60,000 or 60 000; nothing for an empty field."""
    plain = "".join(text.split()).replace(",", "")
    if not plain:
        return None
    try:
        amount = Decimal(plain)
    except InvalidOperation:
        raise ValueError(_("Write a number, such as 60000.")) from None
    if not amount.is_finite() or not 0 <= amount < LARGEST:
        raise ValueError("Write an amount from 0 on.")
    return amount.quantize(Decimal("0.01"))


def _page(request: HttpRequest, onward: Onward, scope: Scope = AGENCY) -> SegmentsPage:
    asked = Asked(*(request.GET.get(name, "")[:20] for name in ("quadrant", "code", "r", "c")))
    return segments_page(read_stamps(), day_asked(request), asked, onward, scope)


def _row(one: Member) -> Iterable[Any]:
    who, told = one.line.who, one.potential
    return [
        who.name,
        who.pod,
        who.manager,
        one.quadrant,
        one.code.code if one.code else None,
        None if told.activity is None else round(told.activity, 3),
        None if told.capacity is None else round(told.capacity, 2),
        None if told.pays is None else round(told.pays, 2),
        told.days_since_work,
        one.rule.text if one.rule else None,
    ]
