from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from clients.models import Client
from godview.access import is_leader, reach_of
from godview.waiting import tell_clients_in_need
from metrics.dashboards.changes import mark_of, parse_mark
from metrics.dashboards.pod_meeting.listed import PodsTurn, due_today
from metrics.dashboards.today import today as todays_numbers
from metrics.dashboards.today.pods import Colour
from metrics.queries.scopes import SEGMENTS
from metrics.queries.stamps import read_stamps
from metrics.views.asked import moment_asked
from metrics.views.days import as_known_then, days_of
from metrics.views.scoped import Scoped, scoped

ALTITUDES = ("agency", "department", "pod", "manager", *SEGMENTS)
COLOURS: dict[str, Colour] = {"light": "light", "contact": "contact"}


@login_required
@require_GET
@as_known_then
def today(request: HttpRequest) -> HttpResponse:
    """Of the agency, or with `?scope=` of a department, a pod, a manager or a kind of client."""
    stamps = read_stamps()
    part = scoped(request, "today", _("Agency"), stamps)
    if part.scope.kind not in ALTITUDES:
        raise Http404
    colour = COLOURS.get(request.GET.get("marks", ""), "pace")
    now = moment_asked(request)
    page = todays_numbers(request.user, now, colour, part.onward, part.scope, stamps)
    if (
        not (days := days_of(request)).is_past
        and part.scope.is_agency
        and "cases" not in page.failed
    ):
        tell_clients_in_need(request.user, days.today, page.open_cases)
    asks_for_a_day = bool({"as_of", "known_on"} & request.GET.keys())
    is_new = not asks_for_a_day and not page.clients and not Client.objects.exists()
    if is_new and is_leader(request.user):
        return redirect("welcome")  # a new agency: first things first
    only_map = request.headers.get("HX-Target") == "client-map"
    template = "metrics/_client_map.html" if only_map else "metrics/today.html"
    context = {
        "page": page,
        "part": part,
        "page_url": _page_url(part),
        "mark": mark_of(stamps),
        "meetings": _meetings(request),
    }
    return render(request, template, context)


@login_required
@require_GET
def changes(request: HttpRequest) -> HttpResponse:
    """How many changes were saved since a page was made: asked once a minute by open pages."""
    since, told = parse_mark(request.GET.get("since", "")), request.GET.get("told", "")
    count = mark_of(read_stamps()).since(since) if since else 0
    if count and str(count) == told:
        return HttpResponse(status=204)  # said already: nothing on the page moves
    context = {"count": count, "is_first": not told}
    response = render(request, "metrics/_changes.html", context)
    if not count:
        response["HX-Reswap"] = "none"  # only the clock goes on
    return response


def _meetings(request: HttpRequest) -> list[PodsTurn]:
    """Of the person's own pods: those that meet today."""
    pods, days = reach_of(request.user).pod_ids, days_of(request)
    return due_today(pods, days.today) if pods and not days.is_past else []


def _page_url(part: Scoped) -> tuple[str, str]:
    """The page of the team or person that Today is narrowed to: its word, its address."""
    page = {"department": "department", "pod": "pod", "manager": "person"}.get(part.scope.kind)
    slug = part.text.partition(":")[2]
    return (part.scope.called, part.onward.to(page, slug)) if page else ("", "")
