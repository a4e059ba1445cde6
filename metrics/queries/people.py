"""Whom a person may look at."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from clients.models import PodMembership, Staff
from godview.access import reach_of
from godview.hindsight import seen_today


def colleagues_of(user: Any, today: date) -> QuerySet[Staff]:
    """The people whose page `user` may open: all, or oneself, one's pods and one's departments."""
    reach = reach_of(user)
    if reach.everything:
        return Staff.objects.all()
    if reach.nothing:
        return Staff.objects.none()
    pods = Q(pod__in=reach.pod_ids) | Q(pod__department__in=reach.department_ids)
    together = PodMembership.objects.on(today).filter(pods, staff=OuterRef("pk"))
    led = Q(department__in=reach.department_ids)
    mine = Staff.objects.filter(Q(pk=reach.staff_id) | led | Exists(together))
    seen: QuerySet[Staff] = seen_today(mine, Staff.objects.all())
    return seen
