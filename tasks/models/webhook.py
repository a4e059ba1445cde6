from django.db import models
from django.utils.translation import gettext_lazy as _

from godview.encryption import EncryptedTextField, no_secret


class Webhook(models.Model):
    """Asana's promise to nudge us when a project changes: at which address, and with what secret.

    Only while it is pending does its address take a secret, and only once.
    """

    class State(models.TextChoices):
        PENDING = "pending", _("Being set up")
        ACTIVE = "active", _("Active")
        GONE = "gone", _("Not there any more")

    project = models.OneToOneField("tasks.Project", models.CASCADE, related_name="webhook")
    key = models.CharField(
        max_length=64, unique=True, help_text=_("What makes its address secret.")
    )
    gid = models.CharField(max_length=64, blank=True)
    secret = EncryptedTextField(default=no_secret)
    state = models.CharField(max_length=8, choices=State.choices, default=State.PENDING)
    reason = models.CharField(max_length=500, blank=True)
    pending_until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"Webhook of {self.project}"


class WebhookDelivery(models.Model):
    """What Asana sent, as it came. It is a nudge: nothing in it is believed."""

    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="deliveries")
    body_hash = models.CharField(max_length=64)
    window = models.PositiveBigIntegerField(
        help_text=_("The ten minutes it came in: the same body again in them is a repeat.")
    )
    body = models.TextField()
    received_at = models.DateTimeField()
    handled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-received_at", "-pk"]
        indexes = [models.Index(fields=["received_at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["webhook", "body_hash", "window"], name="a_delivery_is_stored_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.webhook}, {self.received_at:%Y-%m-%d %H:%M:%S}"
