from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

# Asana keeps a token for at most a day, and may forget it sooner.
TOKEN_LIVES = timedelta(hours=12)


class EventStreamQuerySet(models.QuerySet["EventStream"]):
    def due_at(self, moment: datetime, patience: timedelta) -> Self:
        """Those to be drained: a nudge came, or the last drain is long ago."""
        waited = Q(drained_at=None) | Q(drained_at__lt=moment - patience)
        rested = Q(rests_until=None) | Q(rests_until__lte=moment)
        return self.filter(waited | Q(nudged_at__isnull=False), rested)


class EventStream(models.Model):
    """Where we stand in what Asana tells of a project: the token to go on from, and since when."""

    project = models.OneToOneField("tasks.Project", models.CASCADE, related_name="stream")
    sync_token = models.CharField(max_length=300, blank=True)
    token_at = models.DateTimeField(
        null=True, blank=True, help_text=_("When Asana gave the token.")
    )
    drained_at = models.DateTimeField(
        null=True, blank=True, help_text=_("When all that had happened was last known.")
    )
    nudged_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text=_("Something happened that has not been read yet."),
    )
    failures = models.PositiveSmallIntegerField(default=0)
    rests_until = models.DateTimeField(
        null=True,
        blank=True,
        help_text=_("It failed so often that it is left alone for a while."),
    )
    reason = models.CharField(max_length=500, blank=True)

    objects = EventStreamQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["drained_at"])]

    def __str__(self) -> str:
        return f"Events of {self.project}"
