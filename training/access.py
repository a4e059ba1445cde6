"""Whose training a person may see.

Leaders see everybody's, directors that of their departments, and everyone sees their own.
"""

from typing import Any, ClassVar, Self, TypeVar

from django.apps import apps
from django.db.models import Model, Q, QuerySet

from godview.access import Reach, reach_of
from godview.hindsight import is_blind, of_today, seen_today

M = TypeVar("M", bound=Model)


class OwnTrainingQuerySet(QuerySet[M]):
    """Rows about one person's training, and so for that person and those who answer for them."""

    staff_path: ClassVar[str] = "staff"

    def visible_to(self, user: Any) -> Self:
        reach = reach_of(user)
        if reach.everything:
            return self
        if reach.nothing:
            return self.none()
        if is_blind():  # who answers for whom is a matter of today
            mine = of_today(staff_trained_under(user).values_list("pk", flat=True))
            return self.filter(**{f"{self.staff_path}__in": mine})
        return self.filter(_within(reach, f"{self.staff_path}__"))


def staff_trained_under(user: Any) -> QuerySet[Any]:
    """The members of staff whose training `user` may see."""
    staff = apps.get_model("clients", "Staff")._default_manager.all()
    reach = reach_of(user)
    if reach.everything:
        return staff
    return staff.none() if reach.nothing else seen_today(staff.filter(_within(reach)), staff)


def _within(reach: Reach, prefix: str = "") -> Q:
    mine = Q(**{f"{prefix}pk": reach.staff_id})
    if reach.department_ids:
        mine |= Q(**{f"{prefix}department_id__in": reach.department_ids})
    return mine
