"""Whom a person may look at."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from clients.models import PodMembership, Staff
from godview.access import reach_of
from godview.hindsight import of_today


def colleagues_of(user: Any, today: date) -> QuerySet[Staff]:
    """The people whose page `user` may open: all, or oneself, one's pods and one's departments."""
    reach = reach_of(user)
    if reach.everything:
        return Staff.objects.all()
    if reach.nothing:
        return Staff.objects.none()
    pods = Q(pod__in=reach.pod_ids) | Q(pod__department__in=reach.department_ids)
    together = PodMembership.objects.on(today).filter(pods).values_list("staff_id", flat=True)
    led = Q(department__in=reach.department_ids)
    return Staff.objects.filter(Q(pk=reach.staff_id) | led | Q(pk__in=of_today(together)))
