from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _


class SyncUnitQuerySet(models.QuerySet["SyncUnit"]):
    def left_in(self, run: models.Model) -> Self:
        return self.filter(run=run, state=SyncUnit.State.WAITING)

    def troubled(self) -> Self:
        """Whatever was not read to its end."""
        return self.exclude(state=SyncUnit.State.DONE)


class SyncUnit(models.Model):
    """How far one project is known: the piece of work that is read in one go, and its checkpoint.

    The row stays when the run is over: the next one begins where it ended.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        DONE = "done", _("Read")
        FAILED = "failed", _("Not read")
        FROZEN = "frozen", _("Too many tasks missing at once")

    project = models.OneToOneField("tasks.Project", models.CASCADE, related_name="unit")
    run = models.ForeignKey(
        "tasks.SyncRun", models.SET_NULL, null=True, blank=True, related_name="units"
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    reason = models.CharField(max_length=500, blank=True)

    complete = models.BooleanField(default=True, help_text=_("Lists everything, not only changes."))
    finished_since = models.DateTimeField(
        null=True,
        blank=True,
        help_text=_("A listing leaves out what was finished before this."),
    )
    offset = models.TextField(blank=True, help_text=_("Where the listing in progress goes on."))
    offset_at = models.DateTimeField(null=True, blank=True)
    asana_time = models.DateTimeField(
        null=True,
        blank=True,
        help_text=_("Asana's clock when the read in progress began."),
    )

    read_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text=_("When the last finished read began: the project's age."),
    )
    listed_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text=_("When the last finished complete listing began."),
    )
    changes_since = models.DateTimeField(
        null=True,
        blank=True,
        help_text=_("What changed before is known, by Asana's clock."),
    )
    deletions_accepted = models.BooleanField(
        default=False, help_text=_("A person said: these tasks were really deleted.")
    )

    objects = SyncUnitQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["run", "state"])]

    def __str__(self) -> str:
        return f"{self.project}: {self.get_state_display()}"


class SyncPage(models.Model):
    """A stored page of a complete listing in progress: which tasks it held."""

    unit = models.ForeignKey(SyncUnit, models.CASCADE, related_name="pages")
    gids = models.JSONField()

    def __str__(self) -> str:
        return f"{self.unit}, {len(self.gids)} tasks"
