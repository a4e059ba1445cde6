"""Whose each project and user of Asana is: what is known, and what we would guess."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from clients.models import Client, Staff
from godview.access import for_leaders
from godview.freshness import known_at
from godview.templatetags.display import counted
from tasks.asana_forms import MappingForm
from tasks.mapping import Mapped, map_projects, map_users
from tasks.models import AsanaConnection
from tasks.sync.matching import proposal

ROWS_A_PAGE = 100


@dataclass(frozen=True, slots=True)
class Line:
    """A project or user of Asana with the name we know it by, or the one we would guess."""

    row: Any
    name: str
    guessed: bool


def mapping(request: HttpRequest, connection: AsanaConnection) -> dict[str, Any]:
    """A page of the projects and one of the users, those that nobody has been matched to first."""
    clients = list(Client.objects.order_by("name").values_list("name", flat=True))
    staff = list(Staff.objects.order_by("name").values_list("name", flat=True))
    projects = connection.projects.in_asana()
    users = connection.asana_users.filter(deleted_at=None)
    of_projects = projects.aggregate(
        all=Count("pk"), unmatched=Count("pk", filter=Q(client=None, left_out=False))
    )
    of_users = users.aggregate(all=Count("pk"), unmatched=Count("pk", filter=Q(staff=None)))
    rows = {
        "projects": projects.annotate(known=F("client__name"), known_at=known_at()).select_related(
            "unit", "stream"
        ),
        "users": users.annotate(known=F("staff__name")),
    }
    return {
        "clients": clients,
        "staff": staff,
        "projects": _page(request, "projects", rows["projects"], of_projects["all"], clients),
        "users": _page(request, "users", rows["users"], of_users["all"], staff),
        "unmatched_projects": of_projects["unmatched"],
        "unmatched_users": of_users["unmatched"],
    }


def _page(
    request: HttpRequest, name: str, rows: "QuerySet[Any]", count: int, others: list[str]
) -> "Page[Any]":
    """The page that the address asks for under `name`: `count` rows in all."""
    paginator: Paginator[Any] = Paginator(
        rows.order_by(F("known").asc(nulls_first=True), "name", "pk"), ROWS_A_PAGE
    )
    paginator.count = count
    page = paginator.get_page(request.GET.get(name))
    page.object_list = [_line(row, others) for row in page.object_list]
    return page


def _line(row: Any, others: list[str]) -> Line:
    if row.known is not None or row.matched_by or getattr(row, "left_out", False):
        return Line(row, row.known or "", guessed=False)
    guess = proposal(row.name, others)
    return Line(row, guess or "", guessed=guess is not None)


@require_POST
@for_leaders
def projects(request: HttpRequest, pk: int) -> HttpResponse:
    connection = get_object_or_404(AsanaConnection, pk=pk)
    form = MappingForm(request.POST)
    if form.is_valid():
        tell(request, map_projects(connection, form.names(), form.left_out()), "project", "client")
    return _back(request)


@require_POST
@for_leaders
def users(request: HttpRequest, pk: int) -> HttpResponse:
    connection = get_object_or_404(AsanaConnection, pk=pk)
    form = MappingForm(request.POST)
    if form.is_valid():
        tell(request, map_users(connection, form.names()), "user", "member of staff")
    return _back(request)


def tell(request: HttpRequest, mapped: Mapped, what: str, whom: str) -> None:
    for name in mapped.refused.values():
        messages.error(request, f"There is no {whom} called “{name}”. Choose one from the list.")
    messages.success(request, f"Saved: {counted(mapped.changed, what)} changed.")


def _back(request: HttpRequest) -> HttpResponse:
    """To the same pages of the lists."""
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    return redirect(reverse("tasks:asana") + query)
