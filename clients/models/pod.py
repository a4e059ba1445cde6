from collections import Counter
from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from clients.models.assignment import Assignment
from clients.models.stretch import ends_after_start, refuse_overlap
from godview.access import Role, covers, reach_of
from godview.hindsight import seen_today
from godview.templatetags.display import counted


class PodQuerySet(models.QuerySet["Pod"]):
    def visible_to(self, user: Any) -> Self:
        """Their own, those of their departments, and those that share a client with them today."""
        reach = reach_of(user)
        if reach.every_client:
            return self
        today = timezone.localdate()
        shared = Assignment.objects.filter(reach.assignments()).on(today).values("pod_id")
        mine: Self = seen_today(
            self.filter(
                Q(pk__in=reach.pod_ids)
                | Q(department_id__in=reach.department_ids)
                | Q(pk__in=shared)
            ),
            self,
        )
        return mine

    def named(self, reference: str) -> Self:
        return self.filter(Q(external_id=reference) | Q(slug=reference) | Q(name=reference))


class Pod(models.Model):
    """A team that serves clients together: two account managers and one designer."""

    external_id = models.CharField(max_length=80, unique=True)
    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=140, unique=True)
    department = models.ForeignKey(
        "clients.Department", models.PROTECT, null=True, blank=True, related_name="pods"
    )

    objects = PodQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def composition_warning(self, day: date) -> str | None:
        """What is unusual about the team on `day`, in words; None when it is as it should be."""
        roles = Counter(self.memberships.filter(covers(day)).values_list("staff__role", flat=True))
        return composition_warning(roles[Role.ACCOUNT_MANAGER], roles[Role.DESIGNER])


def composition_warning(managers: int, designers: int) -> str | None:
    if (managers, designers) == (2, 1):
        return None
    return _("%(managers)s and %(designers)s; a pod is two account managers and one designer.") % {
        "managers": counted(managers, "account manager"),
        "designers": counted(designers, "designer"),
    }


class PodMembershipQuerySet(models.QuerySet["PodMembership"]):
    def on(self, day: date) -> Self:
        return self.filter(covers(day))

    def visible_to(self, user: Any) -> Self:
        reach = reach_of(user)
        return self if reach.every_client else self.filter(pod__in=Pod.objects.visible_to(user))


class PodMembership(models.Model):
    """Who was in which pod, and when: history stays right when people move."""

    pod = models.ForeignKey(Pod, models.CASCADE, related_name="memberships")
    staff = models.ForeignKey("clients.Staff", models.PROTECT, related_name="pod_memberships")
    started_on = models.DateField(null=True, blank=True, help_text=_("Empty: since the pod began."))
    ended_on = models.DateField(
        null=True, blank=True, help_text=_("The first day no longer in it.")
    )

    objects = PodMembershipQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["pod__name", "staff__name", "started_on"]
        constraints = [
            ends_after_start("pod_membership_ends_after_start"),
            models.UniqueConstraint(
                fields=["pod", "staff"],
                condition=Q(ended_on__isnull=True),
                name="one_open_membership_in_a_pod",
                violation_error_message=_("This person is in this pod already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.staff} in {self.pod}"

    def clean(self) -> None:
        if self.pod_id and self.staff_id:
            refuse_overlap(self, "membership", pod=self.pod, staff=self.staff)
