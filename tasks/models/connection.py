from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from godview.encryption import EncryptedTextField, Secret, no_secret


def default_requests_per_minute() -> int:
    return settings.ASANA_REQUESTS_PER_MINUTE


class AsanaConnectionQuerySet(models.QuerySet["AsanaConnection"]):
    def working(self) -> Self:
        return self.filter(status=AsanaConnection.Status.WORKING)

    def tied(self) -> Self:
        """Without the one whose workspace nobody has chosen yet."""
        return self.exclude(workspace_gid="")


class AsanaConnection(models.Model):
    """The agency's tie to one Asana workspace: whose eyes we read with, and whether they work."""

    class Status(models.TextChoices):
        WORKING = "working", _("Working")
        STOPPED = "stopped", _("Stopped")

    workspace_gid = models.CharField(max_length=64, unique=True)
    workspace_name = models.CharField(max_length=300)
    acts_as = models.CharField(
        max_length=300, help_text=_("Whose token it is: we see what they see.")
    )
    token = EncryptedTextField(help_text=_("A personal one, or the current one under OAuth."))
    token_hint = models.CharField(
        max_length=4, help_text=_("The last four characters of the token.")
    )
    refresh_token = EncryptedTextField(default=no_secret)
    token_expires_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text=_("Under OAuth, when a new token must be asked for."),
    )
    may_search = models.BooleanField(
        null=True,
        blank=True,
        help_text=_("Whether the plan has search; empty: not tried yet."),
    )
    searched_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text=_("Up to when changes were swept for, by Asana's clock."),
    )
    requests_per_minute = models.PositiveIntegerField(
        default=default_requests_per_minute,
        help_text=_("What Asana allows this token: 150 (free plan), 1500 (paid). 0: no limit."),
    )
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.WORKING)
    status_reason = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text=_("When the last complete read of this workspace began."),
    )

    objects = AsanaConnectionQuerySet.as_manager()
    history = HistoricalRecords(
        excluded_fields=["token", "refresh_token", "token_expires_at", "searched_at", "read_at"]
    )

    class Meta:
        ordering = ["workspace_name"]
        verbose_name = "Asana connection"

    def __str__(self) -> str:
        return self.workspace_name

    @property
    def is_working(self) -> bool:
        return self.status == self.Status.WORKING

    @property
    def is_new(self) -> bool:
        """Being set up: who and what is there may be listed, but its tasks are not read yet."""
        return not (self.is_working or self.read_at or self.status_reason)

    def set_token(self, token: str) -> None:
        self.token = Secret.of(token)
        self.token_hint = token[-4:] if len(token) >= 12 else ""

    def stop(self, reason: str) -> None:
        """No more requests with this token until a person gives another one."""
        self.status = self.Status.STOPPED
        self.status_reason = reason[:500]
        self.save(update_fields=["status", "status_reason"])
