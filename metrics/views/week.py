"""My week: one manager's clients in a grid."""

from datetime import date, datetime
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from django.views.decorators.http import require_GET

from clients.forms import CHANNELS
from clients.models import Client, Staff
from godview.access import staff_of
from godview.periods import monday_of
from godview.templatetags.components import icon
from metrics.dashboards.week import Trouble, WeekPage, week_page
from metrics.queries.week import managers_seen_by
from tasks.weeks import monday_named


@login_required
@require_GET
def week(request: HttpRequest) -> HttpResponse:
    return show(request, asked_page(request))


def asked_page(request: HttpRequest) -> WeekPage:
    """The week and the manager that the address asks for, as the person may see them."""
    now = timezone.now()
    managers = list(managers_seen_by(request.user, timezone.localdate(now)))
    return week_page(
        user=request.user,
        manager=_asked_manager(request, managers),
        managers=managers,
        monday=_asked_monday(request, now),
        now=now,
    )


def show(request: HttpRequest, page: WeekPage, trouble: Trouble | None = None) -> HttpResponse:
    status = 422 if trouble else 200
    return render(request, "metrics/week.html", context_of(request, page, trouble), status=status)


def show_row(
    request: HttpRequest, page: WeekPage, client: Client, focus: str, trouble: Trouble | None
) -> HttpResponse:
    """One row and the counts, with the keyboard on `focus`: for htmx."""
    context = context_of(request, page, trouble) | {"row": page.row_of(client), "swapped": True}
    html = render_to_string("metrics/_week_swap.html", context, request)
    return HttpResponse(html.replace(f'id="{focus}"', f'id="{focus}" autofocus', 1))


def address(page: WeekPage) -> str:
    return f"{reverse('week')}?{query(page)}"


def query(page: WeekPage) -> str:
    manager = {"manager": page.manager.slug} if page.manager else {}
    return urlencode({"week": page.clock.name, **manager})


def context_of(
    request: HttpRequest, page: WeekPage, trouble: Trouble | None = None
) -> dict[str, object]:
    row = page.row_of(trouble.client) if trouble else None
    if row is not None:
        row.trouble = trouble
    may = request.user.has_perm
    return {
        "page": page,
        "clock": page.clock,
        "monday": page.clock.monday.isoformat(),
        "query": escape(f"?{query(page)}"),
        "plus": icon("plus"),
        "channels": CHANNELS,
        "may_set_goals": may("tasks.change_weeklygoal"),
        "may_log_contact": may("clients.add_touchpoint"),
    }


def _asked_monday(request: HttpRequest, now: datetime) -> date:
    name = request.GET.get("week")
    if not name:
        return monday_of(timezone.localdate(now))
    try:
        return monday_named(name)
    except ValueError:
        raise Http404 from None


def _asked_manager(request: HttpRequest, managers: list[Staff]) -> Staff | None:
    """The one asked for; else oneself; else the first of those one may see."""
    slug = request.GET.get("manager")
    if slug:
        found = next((one for one in managers if one.slug == slug), None)
        if found is None:
            raise Http404
        return found
    mine = staff_of(request.user)
    return mine if mine in managers else next(iter(managers), None)
