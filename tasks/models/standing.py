from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from godview.access import ScopedQuerySet


class StandingQuerySet(ScopedQuerySet["Standing"]):
    client_path = "promise__client"


class Standing(models.Model):
    """What the events of a promise add up to. Never edited: it can always be worked out anew."""

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        DONE = "done", _("Done")
        MISSED = "missed", _("Missed")
        GONE = "gone", _("Deleted or withdrawn")

    promise = models.OneToOneField(
        "tasks.Promise", models.CASCADE, primary_key=True, related_name="standing"
    )
    state = models.CharField(max_length=6, choices=State.choices, default=State.OPEN)
    carrier = models.ForeignKey(
        "tasks.Task",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="carries",
        help_text=_("The task that it is worked on in now."),
    )
    continues = models.ForeignKey(
        "tasks.Promise",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="continued_by",
        help_text=_("The promise that this one was made anew from: only that one counts."),
    )
    due_on = models.DateField(null=True, blank=True, help_text=_("As Asana has it now."))
    due_at = models.DateTimeField(null=True, blank=True)
    agreed_on = models.DateField(
        help_text=_("The promised day, or the last one that was approved.")
    )
    agreed_at = models.DateTimeField(null=True, blank=True)
    completed_at = models.DateTimeField(null=True, blank=True)
    completed_on = models.DateField(null=True, blank=True, help_text=_("In the agency's zone."))
    is_gone = models.BooleanField(default=False, help_text=_("Asana does not have it any more."))
    is_away = models.BooleanField(default=False, help_text=_("Not in the client's projects now."))
    parent_gid = models.CharField(max_length=64, blank=True, help_text=_("Whose subtask it is."))
    attempts = models.PositiveSmallIntegerField(
        default=0, help_text=_("Changes that nobody had agreed to.")
    )
    postponements = models.PositiveSmallIntegerField(default=0)
    days_slipped = models.SmallIntegerField(
        default=0, help_text=_("Days from the promised to the last approved day.")
    )
    asked_in_time = models.BooleanField(
        default=False,
        help_text=_("An approved postponement was asked for before it was late."),
    )
    for_the_client = models.BooleanField(
        default=False, help_text=_("Approved because the client kept us waiting.")
    )

    objects = StandingQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["state", "agreed_on"]),
            models.Index(fields=["attempts"], name="standing_changed", condition=Q(attempts__gt=0)),
            models.Index(
                fields=["postponements"], name="standing_put_off", condition=Q(postponements__gt=0)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()}: {self.promise}"
