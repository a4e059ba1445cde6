"""Who works here: everybody by name, with their department, and the pods they are in."""

from datetime import date
from typing import Any, NamedTuple

from clients.models import PodMembership, Staff
from godview.folding import by_letters
from tasks.models import WeeklyGoal


class Place(NamedTuple):
    """A pod that somebody is in on a day."""

    pod_id: int
    name: str
    slug: str


def staff_on(day: date) -> list[Staff]:
    working = Staff.objects.working_on(day).select_related("department").order_by()
    return sorted(working, key=lambda one: by_letters(one.name))


def pods_by_person(day: date, user: Any) -> dict[int, list[Place]]:
    """The pods of everybody on a day, as far as `user` may see these pods."""
    rows = PodMembership.objects.on(day).visible_to(user).order_by("pod__name")
    found: dict[int, list[Place]] = {}
    for row in rows.values_list("staff_id", "pod_id", "pod__name", "pod__slug"):
        found.setdefault(row[0], []).append(Place(*row[1:]))
    return found


def pods_of(person: Staff, day: date) -> list[PodMembership]:
    """The pods that somebody is in on a day, each with its department."""
    rows = PodMembership.objects.on(day).filter(staff=person)
    return list(rows.select_related("pod__department").order_by("pod__name"))


def goals_of_week(person: Staff, monday: date, user: Any) -> list[WeeklyGoal]:
    """What the person promised for a week, for the clients that `user` may see, by client."""
    rows = WeeklyGoal.objects.visible_to(user).of_week(monday).filter(manager=person)
    return list(rows.select_related("client").order_by("client__name", "pk"))
