"""Who works here, in which pod, and whom a person may look at."""

from datetime import date
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from clients.models import PodMembership, Staff
from godview.access import reach_of


class Member(NamedTuple):
    """A member of a pod on a day."""

    pod_id: int
    pod: str
    pod_slug: str
    staff_id: int
    name: str
    slug: str
    role: str


def colleagues_of(user: Any) -> QuerySet[Staff]:
    """The people whose page `user` may open: all, or oneself, one's pods and one's departments."""
    reach = reach_of(user)
    if reach.everything:
        return Staff.objects.all()
    if reach.nothing:
        return Staff.objects.none()
    today = timezone.localdate()
    together = PodMembership.objects.on(today).filter(staff=OuterRef("pk"), pod__in=reach.pod_ids)
    led = Q(department__in=reach.department_ids)
    return Staff.objects.filter(Q(pk=reach.staff_id) | led | Exists(together))


def members_on(day: date, user: Any) -> list[Member]:
    """Everybody in the pods that `user` may see, by pod, managers first."""
    rows = (
        PodMembership.objects.on(day)
        .visible_to(user)
        .order_by("pod__name", "staff__role", "staff__name")
        .values_list(
            "pod_id",
            "pod__name",
            "pod__slug",
            "staff_id",
            "staff__name",
            "staff__slug",
            "staff__role",
        )
    )
    return [Member(*row) for row in rows]
