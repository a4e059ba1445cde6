"""Which required modules people have passed."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from clients.models import PodMembership, Staff
from godview.access import covers
from metrics.queries.scopes import Scope
from training.register import training_register
from training.standing import Standing


def due_modules(scope: Scope, as_of: date) -> list[Standing]:
    """Every module that somebody in the scope had to have passed by that day."""
    register = training_register(staff_of_scope(scope, as_of))
    return [standing for standing in register.required_on(as_of) if standing.is_due]


def staff_of_scope(scope: Scope, day: date) -> QuerySet[Any]:
    """A pod's members, a department's staff, one manager; a client has no people of ours."""
    staff = Staff.objects.working_on(day)
    if scope.kind == "agency":
        return staff
    if scope.kind == "department":
        return staff.filter(department=scope.id)
    if scope.kind == "pod":
        members = PodMembership.objects.filter(covers(day), pod=scope.id)
        return staff.filter(Q(pk__in=members.values("staff_id")))
    if scope.is_person:
        return staff.filter(Q(pk=scope.id))
    return staff.none()
