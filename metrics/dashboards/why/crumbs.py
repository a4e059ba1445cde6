"""The way down to a scope: agency, department, pod, manager, client."""

from datetime import date

from clients.models import Assignment, Client, Department, Pod, Staff
from metrics.dashboards.onward import Onward
from metrics.dashboards.why.rows import Link
from metrics.queries.scopes import Scope
from metrics.queries.staff import pods_of


def crumbs_to(scope: Scope, day: date, onward: Onward) -> list[Link]:
    """From the agency to the scope itself; the places are those of the day."""
    return [Link("Agency", onward.to("today")), *_below(scope, day, onward)]


def _below(scope: Scope, day: date, onward: Onward) -> list[Link]:
    if scope.kind == "department":
        return _team(Department.objects.get(pk=scope.id or 0), None, onward)
    if scope.kind == "pod":
        pod = Pod.objects.select_related("department").get(pk=scope.id or 0)
        return _team(pod.department, pod, onward)
    if scope.is_person:
        person = Staff.objects.select_related("department").get(pk=scope.id or 0)
        places = pods_of(person, day)
        mine = places[0].pod if places else None
        home = (mine.department if mine else None) or person.department
        return [*_team(home, mine, onward), Link(person.name, onward.to("person", person.slug))]
    if scope.kind == "client":
        return _of_client(scope, day, onward)
    return [Link(scope.name, "")] if scope.is_segment else []


def _of_client(scope: Scope, day: date, onward: Onward) -> list[Link]:
    client = Client.objects.get(pk=scope.id or 0)
    rows = Assignment.objects.on(day).filter(client=client)
    held = rows.select_related("pod__department", "account_manager").first()
    pod = held.pod if held else None
    manager = held.account_manager if held else None
    above = _team(pod.department if pod else None, pod, onward)
    if manager:
        above.append(Link(manager.name, onward.person(manager.pk, manager.slug)))
    return [*above, Link(client.name, onward.to("client", client.slug))]


def _team(department: Department | None, pod: Pod | None, onward: Onward) -> list[Link]:
    found = []
    if department:
        found.append(Link(department.name, onward.to("department", department.slug)))
    if pod:
        found.append(Link(pod.name, onward.to("pod", pod.slug)))
    return found
