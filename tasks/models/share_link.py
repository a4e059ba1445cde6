from datetime import datetime
from typing import Self

from django.db import models

from godview.access import ScopedQuerySet


class ShareLinkQuerySet(ScopedQuerySet["ShareLink"]):
    def open_at(self, moment: datetime) -> Self:
        return self.filter(expires_at__gt=moment, revoked_at=None)


class ShareLink(models.Model):
    """A link with which a client reads its own weekly goals. Only a hash of it is kept."""

    client = models.ForeignKey("clients.Client", models.PROTECT, related_name="share_links")
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_by = models.ForeignKey("clients.Staff", models.PROTECT, related_name="share_links")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = ShareLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"Link for {self.client}"


class SharedWeek(models.Model):
    """Proof that a week was shared: since when it could be read, and when it first was."""

    link = models.ForeignKey(ShareLink, models.PROTECT, related_name="weeks")
    week_starts_on = models.DateField()
    shared_at = models.DateTimeField()
    first_opened_at = models.DateTimeField(null=True, blank=True)

    class SharedWeekQuerySet(ScopedQuerySet["SharedWeek"]):
        client_path = "link__client"

    objects = SharedWeekQuerySet.as_manager()

    class Meta:
        ordering = ["-week_starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["link", "week_starts_on"], name="a_week_is_shared_once_by_a_link"
            )
        ]

    def __str__(self) -> str:
        return f"{self.link}, week of {self.week_starts_on}"
