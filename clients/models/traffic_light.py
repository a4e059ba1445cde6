from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from clients.models.monday import a_monday
from godview.access import ScopedQuerySet

SHORTEST_NOTE = 10


class TrafficLightQuerySet(ScopedQuerySet["TrafficLight"]):
    def as_they_stand(self, moment: datetime | None = None) -> Self:
        """Of each client and week only the last marking (by `moment`)."""
        same = TrafficLight.objects.filter(
            client=OuterRef("client"), week_starts_on=OuterRef("week_starts_on")
        )
        if moment is not None:
            same = same.filter(marked_at__lte=moment)
        last = same.order_by("-marked_at", "-pk").values("pk")[:1]
        return self.filter(pk=Subquery(last))


class TrafficLight(models.Model):
    """How a client's week went, as its manager marks it. Marking again adds a row; the last counts.

    Yellow says that nothing happened. A week that nobody marked has no row: blank is not yellow.
    """

    class Color(models.TextChoices):
        GREEN = "green", _("Green: we moved it forward")
        YELLOW = "yellow", _("Yellow: nothing happened")
        RED = "red", _("Red: we slipped")

    client = models.ForeignKey("clients.Client", models.CASCADE, related_name="traffic_lights")
    week_starts_on = models.DateField(validators=[a_monday])
    color = models.CharField(max_length=6, choices=Color.choices)
    note = models.CharField(max_length=500, blank=True)
    staff = models.ForeignKey(
        "clients.Staff", models.PROTECT, null=True, blank=True, related_name="traffic_lights"
    )
    marked_at = models.DateTimeField(default=timezone.now)

    objects = TrafficLightQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-week_starts_on", "client", "-marked_at"]
        indexes = [models.Index(fields=["client", "week_starts_on", "-marked_at"])]

    def __str__(self) -> str:
        return f"{self.client}, week of {self.week_starts_on}: {self.color}"

    @property
    def is_late(self) -> bool:
        """Marked after its week was over."""
        week_after = self.week_starts_on + timedelta(days=7)
        return timezone.localtime(self.marked_at).date() >= week_after

    @property
    def lacks_note(self) -> bool:
        """A red week says what happened, in a few words."""
        return self.color == self.Color.RED and len(self.note.strip()) < SHORTEST_NOTE
