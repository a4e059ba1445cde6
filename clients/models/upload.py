import uuid
from datetime import datetime, timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models

KEPT_HOURS = 24


class UploadQuerySet(models.QuerySet["Upload"]):
    def of(self, user: Any) -> Self:
        """Only whoever sent a file may look into it and import it."""
        return self.filter(uploaded_by_id=user.pk)

    def imported(self) -> Self:
        return self.filter(imported_at__isnull=False)

    def forgotten_at(self, moment: datetime) -> Self:
        """Sent, looked at, and never imported."""
        before = moment - timedelta(hours=KEPT_HOURS)
        return self.filter(imported_at__isnull=True, uploaded_at__lt=before)


class Upload(models.Model):
    """A file that somebody sent to be imported: kept from its preview to its import.

    Afterwards its content is gone and the report stays: who imported what, when, and what it did.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=40)
    file_name = models.CharField(max_length=200)
    content = models.BinaryField()
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="uploads"
    )
    uploaded_at = models.DateTimeField()
    imported_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    report: Any = models.JSONField(default=dict)

    objects = UploadQuerySet.as_manager()

    class Meta:
        ordering = ["-uploaded_at"]
        indexes = [models.Index(fields=["uploaded_at"])]

    def __str__(self) -> str:
        return f"{self.file_name} ({self.kind})"
