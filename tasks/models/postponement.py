from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from godview.access import ScopedQuerySet


class PostponementQuerySet(ScopedQuerySet["Postponement"]):
    client_path = "promise__client"

    def open(self) -> Self:
        return self.filter(state=Postponement.State.ASKED)

    def approved(self) -> Self:
        return self.filter(state=Postponement.State.APPROVED)


class Postponement(models.Model):
    """Asked for in the open: a reason and a new day. Until it is approved the old day counts."""

    class Reason(models.TextChoices):
        CLIENT = "client", _("Blocked by the client")
        CLIENT_CHANGED = "changed", _("The client changed their mind")
        PRIORITY = "priority", _("Something else came first")
        CAPACITY = "capacity", _("Too much at once")
        WAITING = "waiting", _("Waiting for another task")
        ESTIMATE = "estimate", _("More work than we thought")
        OTHER = "other", _("Something else")

    class State(models.TextChoices):
        ASKED = "asked", _("Asked for")
        APPROVED = "approved", _("Approved")
        REFUSED = "refused", _("Refused")

    promise = models.ForeignKey("tasks.Promise", models.PROTECT, related_name="postponed")
    due_on = models.DateField(help_text=_("The new day."))
    reason = models.CharField(max_length=8, choices=Reason.choices)
    text = models.CharField(max_length=500)
    obligation = models.ForeignKey(
        "clients.Obligation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="postponements",
        help_text=_("What the client owes us, where that is the reason."),
    )
    asked_by = models.ForeignKey("clients.Staff", models.PROTECT, related_name="postponements")
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.ASKED)
    decided_by = models.ForeignKey(
        "clients.Staff", models.PROTECT, null=True, blank=True, related_name="postponements_decided"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(max_length=500, blank=True)

    objects = PostponementQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        indexes = [models.Index(fields=["state", "asked_at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["promise"],
                condition=Q(state="asked"),
                name="one_open_postponement_of_a_promise",
                violation_error_message=_("A new day was asked for already: wait for the answer."),
            ),
            models.CheckConstraint(
                name="a_client_who_blocks_owes_us_something",
                condition=~Q(reason="client") | Q(obligation__isnull=False),
                violation_error_message=_("Say what the client owes us: choose the open request."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.promise}, to {self.due_on}"
