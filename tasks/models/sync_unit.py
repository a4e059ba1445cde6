from typing import Self

from django.db import models


class SyncUnitQuerySet(models.QuerySet["SyncUnit"]):
    def left_in(self, run: models.Model, phase: str) -> Self:
        return self.filter(run=run, phase=phase, state=SyncUnit.State.WAITING)

    def failed(self) -> Self:
        return self.filter(state__in=[SyncUnit.State.FAILED, SyncUnit.State.FROZEN])


class SyncUnit(models.Model):
    """The piece of work that is read in one go: one project in one phase, with its checkpoint.

    The row stays when the run is over: it says up to when the project is known.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        DONE = "done", "Done"
        FAILED = "failed", "Failed"
        FROZEN = "frozen", "Stopped: too many tasks missing at once"

    project = models.ForeignKey("tasks.Project", models.CASCADE, related_name="units")
    phase = models.CharField(max_length=10)
    run = models.ForeignKey(
        "tasks.SyncRun", models.SET_NULL, null=True, blank=True, related_name="units"
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    reason = models.CharField(max_length=500, blank=True)
    complete = models.BooleanField(default=False, help_text="Lists everything, not only changes.")
    offset = models.TextField(blank=True, help_text="Where the listing goes on.")
    offset_at = models.DateTimeField(null=True, blank=True)
    listed_from = models.DateTimeField(
        null=True, blank=True, help_text="When the listing in progress began."
    )
    changes_since = models.DateTimeField(
        null=True, blank=True, help_text="Asana's clock when the last finished read began."
    )
    listed_at = models.DateTimeField(
        null=True, blank=True, help_text="When the last complete listing began."
    )
    read_at = models.DateTimeField(
        null=True, blank=True, help_text="When the last finished read began."
    )
    deletions_accepted = models.BooleanField(
        default=False, help_text="A person said: these tasks were really deleted."
    )

    objects = SyncUnitQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "phase"], name="one_unit_for_a_phase")
        ]
        indexes = [models.Index(fields=["run", "phase", "state"])]

    def __str__(self) -> str:
        return f"{self.project}: {self.phase}"


class SyncPage(models.Model):
    """A page already stored of a listing in progress: which tasks it held."""

    unit = models.ForeignKey(SyncUnit, models.CASCADE, related_name="pages")
    number = models.PositiveIntegerField()
    gids = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "number"], name="a_page_is_stored_once")
        ]

    def __str__(self) -> str:
        return f"{self.unit}, page {self.number}"
