from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from godview.access import ScopedQuerySet
from tasks.models.promise_event import PromiseEvent


class FindingQuerySet(ScopedQuerySet["Finding"]):
    client_path = "promise__client"

    def open(self) -> Self:
        return self.filter(state=Finding.State.OPEN)


class Finding(models.Model):
    """A promise may have been got round: the evidence, how sure we are, and what a person says."""

    class State(models.TextChoices):
        OPEN = "open", _("To be looked at")
        CONFIRMED = "confirmed", _("Confirmed")
        DISMISSED = "dismissed", _("Dismissed")

    promise = models.ForeignKey("tasks.Promise", models.PROTECT, related_name="findings")
    kind = models.CharField(max_length=9, choices=PromiseEvent.Kind.choices)
    twin = models.ForeignKey(
        "tasks.Task", models.PROTECT, null=True, blank=True, related_name="findings"
    )
    event = models.OneToOneField(
        PromiseEvent, models.PROTECT, null=True, blank=True, related_name="finding"
    )
    score = models.FloatField(help_text=_("How sure we are, from 0 to 1."))
    evidence = models.JSONField(default=dict, blank=True)
    found_at = models.DateTimeField()
    state = models.CharField(max_length=9, choices=State.choices, default=State.OPEN)
    decided_by = models.ForeignKey("clients.Staff", models.PROTECT, null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(max_length=500, blank=True)

    objects = FindingQuerySet.as_manager()

    class Meta:
        ordering = ["-found_at", "-pk"]
        indexes = [models.Index(fields=["state", "found_at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["promise", "twin"],
                condition=Q(twin__isnull=False),
                name="a_twin_is_found_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.promise}"
