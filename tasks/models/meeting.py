from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from clients.models import Pod
from godview.access import ScopedQuerySet, reach_of


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def visible_to(self, user: Any) -> Self:
        """A pod's own to who sees the pod; a growth review to who sees a client in it."""
        if reach_of(user).every_client:
            return self
        turns = MeetingTurn.objects.visible_to(user).filter(meeting=OuterRef("pk"))
        of_pod = Q(kind="pod", pod__in=Pod.objects.visible_to(user))
        return self.filter(of_pod | Q(Exists(turns), kind="growth"))

    def running(self) -> Self:
        return self.filter(ended_at=None)

    def before(self, day: date) -> Self:
        return self.filter(held_on__lt=day)


class Meeting(models.Model):
    """A growth review, in which every client has its turn, or the weekly meeting of a pod."""

    class Kind(models.TextChoices):
        GROWTH = "growth", _("Growth review")
        POD = "pod", _("Pod meeting")

    kind = models.CharField(max_length=10, choices=Kind.choices)
    pod = models.ForeignKey(
        "clients.Pod",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="meetings",
        help_text=_("Empty: a growth review of the whole agency."),
    )
    held_on = models.DateField()
    started_by = models.ForeignKey("clients.Staff", models.PROTECT, related_name="meetings_started")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = MeetingQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "pod", "held_on"],
                name="one_meeting_of_a_kind_for_a_pod_a_day",
                violation_error_message=_("This meeting has begun already: go on with it."),
            ),
            models.UniqueConstraint(
                fields=["kind", "held_on"],
                condition=Q(pod=None),
                name="one_meeting_of_a_kind_for_the_agency_a_day",
                violation_error_message=_("This meeting has begun already: go on with it."),
            ),
            models.CheckConstraint(
                name="a_pod_meeting_has_a_pod", condition=~Q(kind="pod", pod__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.pod or '*'}, {self.held_on}"


class MeetingTurn(models.Model):
    """One client's turn in a growth review: its place, and whether and how long it was seen."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="turns")
    client = models.ForeignKey("clients.Client", models.CASCADE, related_name="meeting_turns")
    place = models.PositiveIntegerField(help_text=_("Worst first, fixed when the meeting begins."))
    state = models.CharField(
        max_length=5, help_text=_("The pace it stood at: good, watch, bad or none.")
    )
    reviewed_at = models.DateTimeField(null=True, blank=True)
    seconds = models.PositiveIntegerField(default=0)

    objects = ScopedQuerySet["MeetingTurn"].as_manager()

    class Meta:
        ordering = ["meeting", "place"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "client"], name="a_client_has_one_turn_in_a_meeting"
            )
        ]

    def __str__(self) -> str:
        return f"{self.client} in {self.meeting}"
