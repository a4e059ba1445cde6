"""The lists in which a person says whose each project and user of Asana is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from clients.models import Client, Staff
from godview.freshness import known_at
from godview.translating.later import later
from tasks.models import AsanaConnection, MatchedBy
from tasks.sync.matching import proposal, proposed_staff

ROWS_A_PAGE = 100
PERSON = MatchedBy.PERSON
PROJECTS = {
    "open": (later("To decide"), Q(client=None, left_out=False)),
    "matched": (later("With a client"), Q(client__isnull=False, left_out=False)),
    "out": (later("Left out"), Q(left_out=True)),
}
USERS = {
    "open": (later("To decide"), Q(staff=None) & ~Q(matched_by=PERSON)),
    "matched": (later("Our people"), Q(staff__isnull=False)),
    "out": (later("Not ours"), Q(staff=None, matched_by=PERSON)),
}
Shows = dict[str, tuple[str, Q]]


@dataclass(frozen=True, slots=True)
class Line:
    """A project or user of Asana with the name we know it by, or the one we would guess."""

    row: Any
    name: str
    guessed: bool
    left_out: bool


@dataclass(frozen=True, slots=True)
class MappingList:
    """One page of a list, what it was filtered by, and the names that can be chosen."""

    name: str
    lines: "Page[Any]"
    words: str
    show: str
    shows: list[tuple[str, str]]
    choices: list[str]
    total: int
    undecided: int


def project_list(request: HttpRequest, connection: AsanaConnection) -> MappingList:
    clients = list(Client.objects.order_by("name").values_list("name", flat=True))
    rows = connection.projects.in_asana().annotate(known=F("client__name"), known_at=known_at())

    def line(row: Any) -> Line:
        is_said = row.known is not None or row.matched_by or row.left_out
        return _line(row, row.left_out, None if is_said else proposal(row.name, clients))

    joined = rows.select_related("unit", "stream")
    return _list(request, "projects", joined, PROJECTS, line, clients)


def user_list(request: HttpRequest, connection: AsanaConnection) -> MappingList:
    staff = list(Staff.objects.order_by("name").values_list("name", "email"))
    rows = connection.asana_users.filter(deleted_at=None).annotate(known=F("staff__name"))

    def line(row: Any) -> Line:
        is_out = row.known is None and row.matched_by == PERSON
        is_said = row.known is not None or row.matched_by
        return _line(row, is_out, None if is_said else proposed_staff(row.name, row.email, staff))

    return _list(request, "users", rows, USERS, line, [name for name, _ in staff])


def _line(row: Any, left_out: bool, guess: str | None) -> Line:
    return Line(row, row.known or guess or "", guessed=guess is not None, left_out=left_out)


def _list(
    request: HttpRequest,
    name: str,
    rows: "QuerySet[Any]",
    shows: Shows,
    line: Callable[[Any], Line],
    choices: list[str],
) -> MappingList:
    """Those that nobody has been matched to come first."""
    words = request.GET.get(f"{name}_q", "").strip()
    show = request.GET.get(f"{name}_show", "")
    wanted = shows[show][1] if show in shows else Q()
    if words:
        wanted &= Q(name__icontains=words) | Q(known__icontains=words)
    found = rows.filter(wanted).order_by(F("known").asc(nulls_first=True), "name", "pk")
    counts = rows.aggregate(all=Count("pk"), open=Count("pk", filter=shows["open"][1]))
    pages: Paginator[Any] = Paginator(found, ROWS_A_PAGE)
    if not wanted:
        pages.count = counts["all"]
    page = pages.get_page(request.GET.get(name))
    page.object_list = [line(row) for row in page.object_list]
    return MappingList(
        name=name,
        lines=page,
        words=words,
        show=show if show in shows else "",
        shows=[("", _("All")), *((key, label) for key, (label, _) in shows.items())],
        choices=choices,
        total=counts["all"],
        undecided=counts["open"],
    )
