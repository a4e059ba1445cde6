"""The way down to a scope: agency, department, pod, manager, client."""

from collections.abc import Callable
from datetime import date

from django.utils.translation import gettext as _

from clients.models import Assignment, Client, Department, Pod, Staff
from metrics.dashboards.onward import Onward
from metrics.dashboards.why.rows import Link
from metrics.queries.scopes import Scope
from metrics.queries.staff import pods_of

# Where a step leads: its kind, its number and its name in addresses.
To = Callable[[str, int, str], str]


def crumbs_to(scope: Scope, day: date, onward: Onward) -> list[Link]:
    """From the agency to the scope itself, page by page; the places are those of the day."""

    def page(kind: str, pk: int, slug: str) -> str:
        return onward.person(pk, slug) if kind == "manager" else onward.to(kind, slug)

    return [Link(_("Agency"), onward.to("today")), *_below(scope, day, onward, page)]


def altitudes_to(scope: Scope, day: date, onward: Onward) -> list[Link]:
    """The same way down on Today: each step is Today of that part of the agency."""

    def today(kind: str, pk: int, slug: str) -> str:
        return onward.part(kind, slug)

    return [Link(_("Agency"), onward.to("today")), *_below(scope, day, onward, today)]


def _below(scope: Scope, day: date, onward: Onward, to: To) -> list[Link]:
    if scope.kind == "department":
        return _team(Department.objects.get(pk=scope.id or 0), None, to)
    if scope.kind == "pod":
        pod = Pod.objects.select_related("department").get(pk=scope.id or 0)
        return _team(pod.department, pod, to)
    if scope.is_person:
        person = Staff.objects.select_related("department").get(pk=scope.id or 0)
        places = pods_of(person, day)
        mine = places[0].pod if places else None
        home = (mine.department if mine else None) or person.department
        return [*_team(home, mine, to), Link(person.name, to("manager", person.pk, person.slug))]
    if scope.kind == "client":
        return _of_client(scope, day, onward, to)
    return [Link(scope.called, "")] if scope.is_segment else []


def _of_client(scope: Scope, day: date, onward: Onward, to: To) -> list[Link]:
    client = Client.objects.get(pk=scope.id or 0)
    rows = Assignment.objects.on(day).filter(client=client)
    held = rows.select_related("pod__department", "account_manager").first()
    pod = held.pod if held else None
    manager = held.account_manager if held else None
    above = _team(pod.department if pod else None, pod, to)
    if manager:
        above.append(Link(manager.name, to("manager", manager.pk, manager.slug)))
    return [*above, Link(client.name, onward.to("client", client.slug))]


def _team(department: Department | None, pod: Pod | None, to: To) -> list[Link]:
    found = []
    if department:
        found.append(Link(department.name, to("department", department.pk, department.slug)))
    if pod:
        found.append(Link(pod.name, to("pod", pod.pk, pod.slug)))
    return found
