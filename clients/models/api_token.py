from datetime import datetime, timedelta
from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from knox.models import AbstractAuthToken, AuthTokenManager
from simple_history.models import HistoricalRecords

USED_AT_PRECISION = timedelta(minutes=1)


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    def visible_to(self, user: Any) -> Self:
        """Everybody's own; administrators see whose tokens there are, and can revoke them."""
        if getattr(user, "is_superuser", False):
            return self
        return self.filter(user_id=user.pk) if user.is_authenticated else self.none()

    def valid_at(self, moment: datetime) -> Self:
        return self.filter(models.Q(expiry=None) | models.Q(expiry__gt=moment))


class ApiToken(AbstractAuthToken):
    """A key with which a program acts for a person. We keep its fingerprint, never the key."""

    class Scope(models.TextChoices):
        READ = "read", _("Read")
        WRITE = "write", _("Read and write")

    id = models.BigAutoField(primary_key=True)
    digest = models.CharField(max_length=128, unique=True, editable=False)
    name = models.CharField(max_length=120, help_text=_("What uses it, such as “phone system”."))
    scope = models.CharField(max_length=5, choices=Scope.choices, default=Scope.READ)
    last_used_at = models.DateTimeField(null=True, blank=True, editable=False)

    history = HistoricalRecords(excluded_fields=["digest", "last_used_at"])

    objects = AuthTokenManager.from_queryset(ApiTokenQuerySet)()

    class Meta:
        ordering = ["-created"]
        verbose_name = "API token"
        verbose_name_plural = "API tokens"

    def __str__(self) -> str:
        return f"{self.name} ({self.token_key}…)"

    def used(self, moment: datetime) -> None:
        """Note the use, to the minute: a busy program must not write a row with every request."""
        if self.last_used_at is None or moment - self.last_used_at >= USED_AT_PRECISION:
            ApiToken.objects.filter(pk=self.pk).update(last_used_at=moment)
